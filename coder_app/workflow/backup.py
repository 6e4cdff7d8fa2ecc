"""Backup and restore of a whole lab: records and the videos that were copied in. See `archive` for the file."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Iterable
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from coder_app import __version__
from coder_app.errors import Conflict, StoreError
from coder_app.jobs import queue
from coder_app.media import fingerprint
from coder_app.model.ids import new_id, now
from coder_app.store import snapshot
from coder_app.store.folder import DataFolder
from coder_app.store.repository import Store
from coder_app.workflow import access, archive, filenames, media_files
from coder_app.workflow.lab import Lab

Row = dict[str, Any]

# Settings of the place rather than of the records: a restore over the present folder leaves them.
OF_THE_PLACE = ("port", "cookie_name", "cookie_secret", "sample_copied")


def silent(fraction: float, message: str) -> None:
    """A progress callback that says nothing."""


def make(lab: Lab, person: Row, target: Path | None = None, progress: archive.Progress = silent) -> Row:
    """Back the lab up into one file, by default a new one in the data folder's `backups/`; others may go on working.

    Returns {"path", "size_bytes", "made_at", "videos", "elsewhere"}: `elsewhere` names the videos that are not in it because
    they stay under their own folders. Raises NotAllowed, StoreError, Conflict (the file exists), and what `progress` raises;
    then there is no file.
    """
    access.require(person, "backup.make")
    path = _new_path(lab) if target is None else target.expanduser().absolute()
    made = write(lab.folder, lab.store, path, progress)
    lab.store.log(person["id"], "backup.make", None, path=str(path))
    return made


def enqueue(lab: Lab, person: Row) -> str:
    """As `make` into `backups/`, as a job; returns its id. The job's result is what `make` returns."""
    access.require(person, "backup.make")
    path = _new_path(lab)
    lab.store.log(person["id"], "backup.make", None, path=str(path))
    return queue.enqueue(lab.store, "backup", f"Backup {path.stem}", about=lab.folder_id, path=str(path))


def restore_into(file: Path, folder: Path, progress: archive.Progress = silent) -> Row:
    """Restore a backup into a data folder that does not exist yet, or is empty.

    Everything is unpacked and checked beside it first. Returns {"path", "made_at", "videos", "elsewhere"}.
    Raises StoreError, Conflict (the folder has something in it).
    """
    target = DataFolder(folder)
    if target.path.exists() and (not target.path.is_dir() or any(target.path.iterdir())):
        raise Conflict(f"{target.path} exists and is not empty. Name a new folder, or restore over that one (--over).")
    manifest = archive.read_manifest(file)
    target.path.parent.mkdir(parents=True, exist_ok=True)
    target.check_place()
    filenames.check_space(target.path.parent, manifest.size_bytes, f"The backup {file.name}")
    with TemporaryDirectory(prefix=f".{target.path.name}.", dir=target.path.parent) as temporary:
        fresh = Path(temporary) / "data"
        fresh.mkdir(mode=0o700)
        archive.unpack(file, manifest, fresh, progress)
        _as_sqlite(fresh, manifest)
        if target.path.exists():
            target.path.rmdir()
        os.replace(fresh, target.path)
    target.make()
    store = Store.open(target.database_url)
    try:
        _derive_again(target, store)
    finally:
        store.close()
    return _restored(manifest, target.path)


def restore_over(lab: Lab, person: Row, file: Path, progress: archive.Progress = silent) -> Row:
    """Replace the lab's present records by those of a backup, and bring its videos back.

    The present records are first kept as a backup of their own under `backups/`, without videos: no video of the folder is
    deleted or overwritten. The records change in one transaction, after everything has been checked; on any error they
    are as before. Returns as `restore_into`, with `kept`, the path of that backup.
    """
    access.require(person, "backup.restore")
    manifest = archive.read_manifest(file)
    filenames.check_space(lab.folder.path, manifest.size_bytes, f"The backup {file.name}")
    with TemporaryDirectory(prefix=".restore.", dir=lab.folder.path) as temporary:
        fresh = Path(temporary)
        archive.unpack(file, manifest, fresh, progress)
        _as_sqlite(fresh, manifest)
        kept = _new_path(lab, "before restore")
        write(lab.folder, lab.store, kept, silent, with_videos=False)
        source = Store.open(f"sqlite:///{fresh / archive.DATABASE}")
        try:
            moved = _bring_videos(lab, fresh, source)
            snapshot.replace(lab.store, lambda table: _moved(table, snapshot.rows_of(source, table), moved), OF_THE_PLACE)
        finally:
            source.close()
    lab.desk.clear()
    _derive_again(lab.folder, lab.store)
    who = person["id"] if lab.store.get("person", person["id"]) else None
    lab.store.log(who, "backup.restore", None, file=str(file), kept=str(kept))
    return _restored(manifest, lab.folder.path) | {"kept": str(kept)}


def listing(lab: Lab, person: Row) -> list[Row]:
    """The backups in the data folder's `backups/`, newest first: {"path", "name", "size_bytes", "made_at"}."""
    access.require(person, "backup.make")
    found = []
    for file in Path(lab.folder.backups).glob("*.zip"):
        try:
            made_at = archive.read_manifest(file).made_at
        except StoreError:
            continue
        found.append({"path": str(file), "name": file.name, "size_bytes": file.stat().st_size, "made_at": made_at})
    return sorted(found, key=lambda row: str(row["made_at"]), reverse=True)


def _new_path(lab: Lab, kind: str = "coder-app") -> Path:
    """A free name in `backups/`, with the instant (UTC) in it."""
    stem = f"{kind} {now()[:19].replace(':', '-').replace('T', ' ')}"
    names = (stem if number == 1 else f"{stem} ({number})" for number in count(1))
    return next(path for name in names if not (path := lab.folder.backups / f"{name}.zip").exists())


def write(folder: DataFolder, store: Store, path: Path, progress: archive.Progress, with_videos: bool = True) -> Row:
    """Records first, then the videos they name, into a temporary file that gets its name when it is whole."""
    if path.exists():
        raise Conflict(f"{path} exists already. Name another file, or move that one away.")
    if not path.parent.is_dir():
        raise StoreError(f"The folder {path.parent} does not exist. Make it first, or name another.")
    partial = path.with_name(f".{path.name}.{new_id()}.part")
    made_at = now()
    try:
        with TemporaryDirectory(prefix=".backup.", dir=folder.path) as temporary:
            records = _records(folder, store, Path(temporary))
            rows = store.all("media", binned=True)
            inside = {row["path"]: folder.path / row["path"] for row in rows if with_videos and row["copied"]}
            inside = {name: file for name, file in inside.items() if file.is_file()}
            size = sum(file.stat().st_size for file in (*inside.values(), *records.values()))
            filenames.check_space(path.parent, size, "The backup")
            with zipfile.ZipFile(partial, "w") as zipped:
                writer = archive.Writer(zipped, size, progress)
                for name, file in (records | inside).items():
                    writer.put(file, name)
                elsewhere = tuple(str(row["path"]) for row in rows if row["path"] not in inside)
                about = {"app_version": __version__, "made_at": made_at, "folder_id": str(store.setting("folder_id"))}
                kind = "sqlite" if folder.database_file else "postgresql"
                writer.close(**about, database=kind, elsewhere=elsewhere)
        _to_disk(partial)
        os.replace(partial, path)
    except OSError as error:
        raise StoreError(f"The backup {path} could not be written: {error.strerror or error}.") from error
    finally:
        partial.unlink(missing_ok=True)
    size = path.stat().st_size
    return {"path": str(path), "size_bytes": size, "made_at": made_at, "videos": len(inside), "elsewhere": list(elsewhere)}


def _to_disk(file: Path) -> None:
    with file.open("rb+") as written:
        os.fsync(written.fileno())


def _records(folder: DataFolder, store: Store, temporary: Path) -> dict[str, Path]:
    """The records as files, by their names in the archive."""
    if folder.database_file is not None:
        snapshot.copy_sqlite(folder.database_file, temporary / archive.DATABASE)
        return {archive.DATABASE: temporary / archive.DATABASE}
    return {archive.TABLES + file.name: file for file in snapshot.write_lines(store, temporary)}


def _as_sqlite(fresh: Path, manifest: archive.Manifest) -> None:
    """Make sure that `fresh` holds `coder.sqlite`, whole and at this version's tables, whatever the backup had."""
    database = fresh / archive.DATABASE
    if manifest.database == "sqlite":
        if not database.is_file():
            raise StoreError("The backup has no records in it. Choose another file.")
        snapshot.check_sqlite(database)
    store = Store.open(f"sqlite:///{database}")
    try:
        if manifest.database != "sqlite":
            tables = fresh / archive.TABLES
            snapshot.replace(store, lambda table: snapshot.read_lines(tables, table))
            shutil.rmtree(tables)
    finally:
        store.close()


def _bring_videos(lab: Lab, fresh: Path, source: Store) -> dict[str, str]:
    """Move the backup's videos into the present `media/`. Returns old path -> new path of those whose name was taken."""
    moved: dict[str, str] = {}
    root = Path(lab.folder.path)
    for row in source.all("media", binned=True, copied=True):
        file, place = fresh / row["path"], root / row["path"]
        if not file.is_file() or (place.is_file() and fingerprint.of(place) == fingerprint.of(file)):
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        settled = filenames.settle(file, place.parent, place.name)
        if settled != place:
            moved[row["path"]] = settled.relative_to(root).as_posix()
    return moved


def _moved(table: str, rows: Iterable[Row], moved: dict[str, str]) -> Iterable[Row]:
    if table != "media" or not moved:
        return rows
    return (row | {"path": moved.get(row["path"], row["path"])} for row in rows)


def _derive_again(folder: DataFolder, store: Store) -> None:
    """Queue what is derived from the videos and is not there: backups leave it out."""
    for row in store.all("media"):
        media_files.queue_missing(folder, store, row)


def _restored(manifest: archive.Manifest, path: Path) -> Row:
    videos = sum(name.startswith(archive.MEDIA) for name in manifest.entries)
    return {"path": str(path), "made_at": manifest.made_at, "videos": videos, "elsewhere": list(manifest.elsewhere)}
