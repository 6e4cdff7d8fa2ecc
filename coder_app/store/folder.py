"""The data folder: everything of one lab, in one place.

`coder.sqlite` (unless the records are on PostgreSQL), `media/` (videos copied in), `derived/` (frame tables, waveforms,
filmstrips, working copies: always rebuildable), `trash/`, `backups/`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import platformdirs

from coder_app.errors import StoreError
from coder_app.store.filelock import FileLock
from coder_app.store.network import network_kind

DATABASE = "coder.sqlite"


class DataFolder:
    """The paths of one data folder. Making the object touches nothing; `make` creates the folder."""

    def __init__(self, path: Path, database: str | None = None) -> None:
        self.path = path.expanduser().absolute()
        self._database = database

    @staticmethod
    def default() -> Path:
        """`CODER_DATA`, else the platform's place for a user's data."""
        named = os.environ.get("CODER_DATA")
        return Path(named) if named else Path(platformdirs.user_data_dir("coder-app", appauthor=False))

    @property
    def database_url(self) -> str:
        """Where the records are: the address given, else the file in the folder."""
        return self._database or f"sqlite:///{self.path / DATABASE}"

    @property
    def database_file(self) -> Path | None:
        """The SQLite file, or None when the records are on a server."""
        return None if self._database else self.path / DATABASE

    @property
    def media(self) -> Path:
        return self.path / "media"

    @property
    def derived(self) -> Path:
        return self.path / "derived"

    @property
    def trash(self) -> Path:
        return self.path / "trash"

    @property
    def backups(self) -> Path:
        return self.path / "backups"

    @property
    def uploads(self) -> Path:
        """Where unfinished uploads lie."""
        return self.path / "uploads"

    def derived_of(self, media_id: str) -> Path:
        """The folder of what was made from that video; made if missing."""
        folder = self.derived / media_id
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def make(self) -> None:
        """Creates the folder and its parts, readable only by this account. Raises StoreError where that cannot be, and for a
        SQLite database on a network drive."""
        self.check_place()
        try:
            if not self.path.exists():
                self.path.mkdir(parents=True, mode=0o700)
            for part in (self.media, self.derived, self.trash, self.backups, self.uploads):
                part.mkdir(exist_ok=True)
        except OSError as error:
            message = f"The data folder {self.path} cannot be made: {error.strerror}. Name another with --data."
            raise StoreError(message) from error

    def check_place(self) -> None:
        """Refuses a network drive for SQLite: two machines, or one that loses its line, would tear the database."""
        kind = None if self._database else network_kind(self.path)
        if kind is not None:
            raise StoreError(
                f"{self.path} is on a network drive ({kind}). The database's write-ahead log is not safe there. Keep the "
                "data folder on a disk of this machine (--data); videos may stay on the drive. Several machines share records "
                "through --database."
            )

    def lock(self) -> FileLock:
        """The right to be the one server of this folder, held until `release` or the end of the process, however it ends.
        Raises StoreError, naming the holder, if another server has it."""
        lock = FileLock(self.path / "server.lock")
        if not lock.acquire():
            raise StoreError(
                f"Coder App is already running on {self.path} ({lock.holder() or 'another process'}). "
                "Use that window, stop it first, or name another folder with --data."
            )
        return lock

    @contextmanager
    def setting_up(self) -> Iterator[None]:
        """One process at a time: for making the folder, migrating and the first records."""
        lock = FileLock(self.path / "setup.lock")
        lock.acquire(wait=True)
        try:
            yield
        finally:
            lock.release()

    def free_bytes(self) -> int:
        return shutil.disk_usage(self.path).free
