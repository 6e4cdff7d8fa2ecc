"""The file of a backup: a .zip with the records, the videos that were copied in, and a manifest that can prove both.

`manifest.json` (the last entry) says which format and which version wrote the file, when, and for every other entry its
size and SHA-256. Records are `coder.sqlite`, or `tables/<table>.jsonl` where they were on PostgreSQL; videos are `media/...`.
Derived files are left out: they are made again.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from coder_app.errors import StoreError

FORMAT = "coder-app backup"
FORMAT_VERSION = 1
MANIFEST = "manifest.json"
DATABASE = "coder.sqlite"
TABLES = "tables/"
MEDIA = "media/"
PIECE_BYTES = 1 << 20
ABOUT = ("app_version", "made_at", "folder_id", "database", "entries")
SQUEEZED = (".jsonl", ".sqlite", ".json")

Progress = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says about itself. `entries`: name -> {"size", "sha256"}; `elsewhere`: videos that are not in it."""

    app_version: str
    made_at: str
    folder_id: str
    database: str
    entries: dict[str, dict[str, Any]]
    elsewhere: tuple[str, ...]

    @property
    def size_bytes(self) -> int:
        return sum(entry["size"] for entry in self.entries.values())

    def to_json(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "format_version": FORMAT_VERSION,
            "app_version": self.app_version,
            "made_at": self.made_at,
            "folder_id": self.folder_id,
            "database": self.database,
            "entries": self.entries,
            "elsewhere": list(self.elsewhere),
        }


class Writer:
    """Puts files into an open archive and keeps their sums; `close` writes the manifest."""

    def __init__(self, archive: zipfile.ZipFile, total_bytes: int, progress: Progress) -> None:
        self._archive, self._total, self._progress = archive, max(total_bytes, 1), progress
        self._done = 0
        self.entries: dict[str, dict[str, Any]] = {}

    def put(self, file: Path, name: str) -> None:
        """Add `file` as entry `name`. Raises StoreError if it cannot be read, and what `progress` raises."""
        entry = zipfile.ZipInfo.from_file(file, name, strict_timestamps=False)
        entry.compress_type = zipfile.ZIP_DEFLATED if name.endswith(SQUEEZED) else zipfile.ZIP_STORED
        try:
            with file.open("rb") as source, self._archive.open(entry, "w", force_zip64=True) as target:
                self.entries[name] = self._copy(source, target, name)
        except OSError as error:
            raise StoreError(f"{file} could not be put into the backup: {error.strerror or error}.") from error

    def close(self, **about: Any) -> Manifest:
        manifest = Manifest(entries=self.entries, **about)
        text = json.dumps(manifest.to_json(), indent=1, ensure_ascii=False)
        self._archive.writestr(MANIFEST, text, compress_type=zipfile.ZIP_DEFLATED)
        return manifest

    def _copy(self, source: IO[bytes], target: IO[bytes], name: str) -> dict[str, Any]:
        digest, size = hashlib.sha256(), 0
        while piece := source.read(PIECE_BYTES):
            target.write(piece)
            digest.update(piece)
            size += len(piece)
            self._done += len(piece)
            self._progress(min(self._done / self._total, 1.0), name)
        return {"size": size, "sha256": digest.hexdigest()}


def read_manifest(file: Path) -> Manifest:
    """The manifest of the backup `file`. Raises StoreError if it is none, or of a newer format."""
    try:
        with zipfile.ZipFile(file) as archive:
            data = json.loads(archive.read(MANIFEST))
            names = [entry.filename for entry in archive.infolist()]
    except FileNotFoundError as error:
        raise StoreError(f"{file} does not exist. Name the .zip file of a backup.") from error
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, zlib.error) as error:
        raise StoreError(f"{file} is no whole backup of Coder App: {error}. Choose another file.") from error
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise StoreError(f"{file} is a .zip file, but no backup of Coder App. Choose another file.")
    version = data.get("format_version")
    if isinstance(version, int) and version > FORMAT_VERSION:
        made_by = data.get("app_version")
        raise StoreError(f"{file} was made by Coder App {made_by}, which is newer. Install that version to restore it.")
    if not _is_whole(data):
        raise StoreError(f"{file} has a manifest that Coder App did not write. Choose another backup.")
    manifest = Manifest(**{name: data[name] for name in ABOUT}, elsewhere=tuple(data["elsewhere"]))
    if sorted(names) != sorted([*manifest.entries, MANIFEST]):
        raise StoreError(f"{file} does not hold the files its manifest names. Choose another backup.")
    for name in manifest.entries:
        _check_name(file, name)
    return manifest


def _is_whole(data: dict[str, Any]) -> bool:
    """Whether a manifest says all that it has to, in the right types."""
    entries, elsewhere = data.get("entries"), data.get("elsewhere")
    return (
        type(data.get("format_version")) is int
        and all(isinstance(data.get(name), str) for name in ABOUT if name != "entries")
        and isinstance(elsewhere, list)
        and all(isinstance(name, str) for name in elsewhere)
        and isinstance(entries, dict)
        and all(isinstance(one, dict) and type(one.get("size")) is int and "sha256" in one for one in entries.values())
    )


def unpack(file: Path, manifest: Manifest, folder: Path, progress: Progress) -> None:
    """Write every entry into `folder`, checking its sum on the way. Raises StoreError for the first that differs."""
    done, total = 0, max(manifest.size_bytes, 1)
    try:
        with zipfile.ZipFile(file) as archive:
            for name, known in manifest.entries.items():
                target = folder / name
                target.parent.mkdir(parents=True, exist_ok=True)
                digest, size = hashlib.sha256(), 0
                with archive.open(name) as source, target.open("wb") as out:
                    while size <= known["size"] and (piece := source.read(PIECE_BYTES)):
                        out.write(piece)
                        digest.update(piece)
                        size += len(piece)
                        progress(min((done + size) / total, 1.0), name)
                done += size
                if size != known["size"] or digest.hexdigest() != known["sha256"]:
                    raise StoreError(f"{file}: {name} is not what was backed up (its checksum differs). Choose another backup.")
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise StoreError(f"{file} is damaged: {error}. Choose another backup.") from error


def _check_name(file: Path, name: str) -> None:
    """Entries may only be the records, or files under `media/`, and may not climb out."""
    path = PurePosixPath(name)
    is_ours = name == DATABASE or name.startswith((TABLES, MEDIA))
    if not is_ours or path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or "\0" in name:
        raise StoreError(f"{file} holds a file with the unsafe name {name!r}. It was not made by Coder App; do not use it.")
