"""Videos: added once, known by their content, found again when they move.

Adding reads the time of every frame before it returns; filmstrip, waveform and working copy are jobs. A video under one of
the roots stays where it is; any other is copied into the data folder.
"""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import Any

from coder_app.errors import MediaError
from coder_app.jobs import queue, worker
from coder_app.media import fingerprint, frames, probe
from coder_app.media.frames import FrameTimes
from coder_app.model.ids import new_id, now
from coder_app.workflow import access, filenames, media_files, media_roots, names, tasks
from coder_app.workflow.lab import Lab
from coder_app.workflow.media_files import FILMSTRIP, FILMSTRIP_INDEX, WAVEFORM
from coder_app.workflow.media_relink import relink
from coder_app.workflow.media_roots import add_root, browse, remove_root, roots

__all__ = [
    "FILMSTRIP",
    "FILMSTRIP_INDEX",
    "WAVEFORM",
    "add",
    "add_root",
    "bin",
    "browse",
    "copy_in",
    "frame_times",
    "get",
    "listing",
    "make_again",
    "pick",
    "relink",
    "remove_root",
    "rename",
    "restore",
    "roots",
    "take_in",
    "video_path",
]

Row = dict[str, Any]

LOOK_S = 0.2


def add(lab: Lab, person: Row, path: Path | str, name: str | None = None, wait: bool = False) -> Row:
    """Add the video at `path`, any readable file; under a root it stays in place, else it is copied in.

    Returns its row as in `listing`, with `note`: None, or a sentence that this content was here already. With `wait` the
    jobs about it are done, in this process, before it returns.
    Raises MediaError naming the file and the reason, NotAllowed.
    """
    access.require(person, "media.add")
    file = Path(path).expanduser()
    media_files.check_file(file)
    row = _known(lab, person, file)
    if row is None:
        info, times = probe.read(file)
        place = file if media_roots.holds(lab, file) else copy_in(lab, file)
        row = _new(lab, person, place, name or file.name, info, times)
    if wait:
        _finish_jobs(lab, row["id"])
    return media_files.described(lab.folder, get(lab, row["id"])) | {"note": row.get("note")}


def pick(lab: Lab, person: Row, root: Path | str, sub: str) -> Row:
    """Add the video `sub` inside a root, as named by a page. Raises NotAllowed for a place outside the roots."""
    access.require(person, "media.add")
    return add(lab, person, media_roots.inside(lab, root, sub))


def take_in(lab: Lab, person: Row, file: Path) -> Row:
    """Add a file that already lies in the data folder's `media/` as its own, for example an upload that is complete.

    The file is removed if its content was here already.
    """
    access.require(person, "media.add")
    row = _known(lab, person, file)
    if row is None:
        row = _new(lab, person, file, file.name, *probe.read(file))
    elif media_files.original(lab.folder, get(lab, row["id"])).resolve() != file.resolve():
        file.unlink()
    return media_files.described(lab.folder, get(lab, row["id"])) | {"note": row.get("note")}


def listing(lab: Lab, person: Row) -> list[Row]:
    """All videos not in the bin, newest first.

    Each row of `media` with `fps` (frames over measured time), `length_us`, `file` (the original's absolute path) and
    `missing` (it is not there).
    """
    access.require(person, "media.view")
    rows = sorted(lab.store.all("media"), key=lambda row: (row["made_at"], row["id"]), reverse=True)
    return [media_files.described(lab.folder, row) for row in rows]


def get(lab: Lab, media_id: str) -> Row:
    """The row, also from the bin. Raises NotFound."""
    return media_files.get(lab.store, media_id)


def rename(lab: Lab, person: Row, media_id: str, name: str) -> Row:
    access.require(person, "media.edit")
    before = get(lab, media_id)
    lab.store.update("media", media_id, name=names.clean(name, "a video"))
    lab.store.log(person["id"], "media.rename", media_id, before=before["name"], after=name)
    return media_files.described(lab.folder, get(lab, media_id))


def bin(lab: Lab, person: Row, media_id: str) -> None:
    """Into the bin; observations and codings keep it, and its file stays where it is."""
    access.require(person, "media.edit")
    get(lab, media_id)
    lab.store.update("media", media_id, binned_at=now())
    lab.store.log(person["id"], "media.bin", media_id)


def restore(lab: Lab, person: Row, media_id: str) -> Row:
    access.require(person, "media.edit")
    get(lab, media_id)
    lab.store.update("media", media_id, binned_at=None)
    lab.store.log(person["id"], "media.restore", media_id)
    return media_files.described(lab.folder, get(lab, media_id))


def make_again(lab: Lab, person: Row, media_id: str) -> list[str]:
    """Queue what is derived and not there, also a working copy that failed. Returns the ids of the jobs."""
    access.require(person, "media.edit")
    row = get(lab, media_id)
    if row["working_copy"] == "failed":
        lab.store.update("media", media_id, working_copy="needed")
    return media_files.queue_missing(lab.folder, lab.store, get(lab, media_id))


def frame_times(lab: Lab, media_id: str) -> FrameTimes:
    """The time of every frame of the original, on the container's clock. Raises NotFound, MediaError."""
    return media_files.frame_times(lab.folder, get(lab, media_id))


def video_path(lab: Lab, media_id: str, original: bool = False) -> Path:
    """The file to play: the working copy where one is ready, else the original. Raises MediaError if it is not there."""
    row = get(lab, media_id)
    return media_files.present(lab.folder, row) if original else media_files.playable(lab.folder, row)


def copy_in(lab: Lab, file: Path, name: str | None = None) -> Path:
    """Copy a file into the data folder's `media/` under `name` (by default its own), numbered where that is taken.

    Returns the copy. Raises MediaError: no room (code "no_space"), or it could not be copied.
    """
    media_files.check_file(file)
    folder = lab.folder.media
    filenames.check_space(folder, file.stat().st_size, file.name)
    partial = folder / f".{new_id()}.part"
    try:
        shutil.copyfile(file, partial)
        return filenames.settle(partial, folder, name or file.name)
    except OSError as error:
        raise MediaError(f"{file} could not be copied into {folder}: {error.strerror or error}.") from error
    finally:
        partial.unlink(missing_ok=True)


def _known(lab: Lab, person: Row, file: Path) -> Row | None:
    """The video with this very content, with a `note`; out of the bin, and found again if its own file had moved."""
    found = next(iter(lab.store.all("media", fingerprint=fingerprint.of(file), binned=True)), None)
    if found is None:
        return None
    note = f"{file.name} is here already, as {found['name']}"
    if found["binned_at"] is not None:
        lab.store.update("media", found["id"], binned_at=None)
        lab.store.log(person["id"], "media.restore", found["id"])
        note += ", taken out of the bin"
    if not media_files.original(lab.folder, found).is_file():
        place = file if media_roots.holds(lab, file) else copy_in(lab, file)
        path, copied = media_files.path_to_keep(lab.folder, place)
        lab.store.update("media", found["id"], path=path, copied=copied)
        lab.store.log(person["id"], "media.relink", found["id"], before=found["path"], after=path)
        note += ", and found again at its new place"
    return found | {"note": note + "."}


def _new(lab: Lab, person: Row, file: Path, name: str, info: probe.MediaInfo, times: FrameTimes) -> Row:
    media_id = new_id()
    frames.save(times, lab.folder.derived_of(media_id) / media_files.FRAMES)
    path, copied = media_files.path_to_keep(lab.folder, file)
    row = lab.store.insert(
        "media",
        id=media_id,
        name=names.clean(name, "a video"),
        path=path,
        copied=copied,
        fingerprint=fingerprint.of(file),
        size_bytes=file.stat().st_size,
        info=info.to_json(),
        frame_count=info.n_frames,
        first_us=info.first_us,
        end_us=info.end_us,
        working_copy="needed" if info.needs_working_copy else "not_needed",
        problems=list(info.problems),
    )
    lab.store.log(person["id"], "media.add", media_id, path=path, copied=copied)
    media_files.queue_missing(lab.folder, lab.store, row)
    return row


def _finish_jobs(lab: Lab, media_id: str) -> None:
    """Work on the queue in this process until no job about the video waits or runs, here or in the app's own worker."""
    tasks.register()
    while any(job["state"] not in queue.ENDED for job in queue.about(lab.store, media_id)):
        if worker.run_one(lab.folder, lab.store) is None:
            time.sleep(LOOK_S)
