"""A report on disk: whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from coder_app.errors import StoreError


def save(path: Path, content: bytes) -> Path:
    """Writes beside `path` and renames, so that nobody ever reads half a file. Raises StoreError naming the path."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {error.strerror}. Choose a folder that exists and is yours.") from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, path)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise StoreError(
            f"{path} cannot be written: {error.strerror}. Is the disk full, or the file open elsewhere?"
        ) from error
    return path


def _umask() -> int:
    """The process's mask; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
