"""A lock on a file that the operating system lets go of when its holder dies, however that happens."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

FAR = 1 << 30  # Windows locks bytes against reading too: a byte far behind the text


class FileLock:
    """Held by one process at a time; the file stays, with a line about the holder in it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle: int | None = None

    def acquire(self, wait: bool = False) -> bool:
        """Takes the lock; False if another holds it, unless `wait`."""
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        while not _lock(handle):
            if not wait:
                os.close(handle)
                return False
            time.sleep(0.05)
        os.ftruncate(handle, 0)
        os.write(handle, f"process {os.getpid()}\n".encode())
        self._handle = handle
        return True

    def release(self) -> None:
        """Lets go; harmless when not held."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def note(self, text: str) -> None:
        """Replaces the line about the holder, for example with its address."""
        if self._handle is not None:
            os.ftruncate(self._handle, 0)
            os.lseek(self._handle, 0, os.SEEK_SET)
            os.write(self._handle, f"process {os.getpid()}, {text}\n".encode())

    def holder(self) -> str:
        """What the present holder wrote about itself; empty if nothing."""
        try:
            return self.path.read_text(encoding="utf-8").strip()
        except OSError:
            return ""

    def __enter__(self) -> FileLock:
        return self

    def __exit__(self, *_error: object) -> None:
        self.release()


def _lock(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(handle, FAR, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            os.lseek(handle, 0, os.SEEK_SET)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
