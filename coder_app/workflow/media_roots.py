"""The folders that videos may be picked from in the browser: the data folder's own `media/`, and those a lab adds.

A page can name any path, so what it names is resolved first, links included, and refused unless it still lies in a root.
"""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from coder_app.errors import Conflict, Invalid, MediaError, NotAllowed, NotFound
from coder_app.workflow import access
from coder_app.workflow.lab import Lab

Row = dict[str, Any]

SETTING = "media_roots"
VIDEO_SUFFIXES = (
    *(".mp4", ".m4v", ".mov", ".qt", ".webm", ".mkv", ".avi", ".mpg", ".mpeg", ".mts", ".m2ts", ".ts"),
    *(".wmv", ".asf", ".flv", ".3gp", ".3g2", ".ogv", ".vob", ".mxf", ".dv"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A folder or a video inside a root. `sub` is its path from the root, with slashes; `size_bytes` is None for folders."""

    name: str
    sub: str
    is_folder: bool
    size_bytes: int | None

    def to_json(self) -> Row:
        return asdict(self)


def roots(lab: Lab) -> list[Path]:
    """The data folder's `media/` first, then the added ones in the order they were added, also those not mounted now."""
    return [Path(lab.folder.media).resolve(), *(Path(text) for text in lab.store.setting(SETTING, default=[]))]


def add_root(lab: Lab, person: Row, path: Path | str) -> list[Path]:
    """One more root, kept resolved. Raises Invalid unless it is a folder, Conflict where it is or holds the data folder."""
    access.require(person, "media.edit")
    given = Path(path).expanduser()
    folder = given.resolve()
    if not folder.is_dir():
        raise Invalid(f"{given} is not a folder that can be opened. Check the path, and that the drive is mounted.")
    data = Path(lab.folder.path).resolve()
    if data.is_relative_to(folder):
        raise Conflict(f"{folder} holds the data folder itself. Choose the folder the videos are in.")
    present = roots(lab)
    if folder not in present:
        _save(lab, [*present[1:], folder])
        lab.store.log(person["id"], "media.add_root", None, path=str(folder))
    return roots(lab)


def remove_root(lab: Lab, person: Row, path: Path | str) -> list[Path]:
    """Take a root off the list; videos added from it stay. Raises NotFound, or Conflict for the data folder's own."""
    access.require(person, "media.edit")
    folder = Path(path).expanduser().resolve()
    own, *added = roots(lab)
    if folder == own:
        raise Conflict(f"{folder} is the data folder's own place for videos and stays on the list.")
    if folder not in added:
        raise NotFound(f"{folder} is not on the list of folders: {', '.join(map(str, added)) or 'none was added'}.")
    _save(lab, [root for root in added if root != folder])
    lab.store.log(person["id"], "media.remove_root", None, path=str(folder))
    return roots(lab)


def browse(lab: Lab, root: Path | str, sub: str = "") -> list[Entry]:
    """Folders, then videos (by suffix), of `sub` inside `root`, by name. Hidden ones and links leading out are left out.

    Raises NotAllowed for a place outside the roots, MediaError for a folder that cannot be read.
    """
    top, folder = _root(lab, root), inside(lab, root, sub)
    try:
        entries = [_entry(top, Path(item.path)) for item in os.scandir(folder) if not item.name.startswith(".")]
    except OSError as error:
        raise MediaError(f"{folder} cannot be listed: {error.strerror}. Check that it exists and may be read.") from error
    return sorted(filter(None, entries), key=lambda e: (not e.is_folder, e.name.casefold()))


def inside(lab: Lab, root: Path | str, sub: str) -> Path:
    """The resolved path of `sub` in `root`. Raises NotAllowed for no root, or a place outside, links followed."""
    top = _root(lab, root)
    if "\0" in sub:
        raise NotAllowed("A path cannot hold a null character. Choose the file from the list.")
    place = (top / sub.lstrip("/\\")).resolve()
    if not place.is_relative_to(top):
        raise NotAllowed(f"{sub} leads out of {top}. Choose a file inside it, or add its own folder to the list of folders.")
    return place


def holds(lab: Lab, path: Path) -> bool:
    """Whether the file, links followed, lies in one of the roots."""
    place = path.resolve()
    return any(place.is_relative_to(root) for root in roots(lab))


def _root(lab: Lab, root: Path | str) -> Path:
    top = Path(root).resolve()
    if top not in roots(lab):
        raise NotAllowed(f"{root} is not one of the folders videos are picked from. A researcher adds them on the Videos page.")
    return top


def _entry(top: Path, path: Path) -> Entry | None:
    try:
        place = path.resolve()
        if not place.is_relative_to(top):
            return None
        sub = path.relative_to(top).as_posix()
        if place.is_dir():
            return Entry(path.name, sub, True, None)
        if place.is_file() and path.suffix.lower() in VIDEO_SUFFIXES:
            return Entry(path.name, sub, False, place.stat().st_size)
    except OSError:  # it vanished, or may not be read
        return None
    return None


def _save(lab: Lab, added: list[Path]) -> None:
    lab.store.set_setting(SETTING, [str(root) for root in added])
