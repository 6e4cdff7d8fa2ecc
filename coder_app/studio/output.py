"""Files of the studio: a folder that is missing is made, and a file appears once it is whole."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from coder_app.errors import StoreError


@contextmanager
def whole(out: Path) -> Iterator[Path]:
    """A path beside `out` with the same ending: renamed to it in the end, removed on any error. Raises StoreError."""
    part = out.with_name(f".{out.stem}.{uuid4().hex}{out.suffix}")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        yield part
        os.replace(part, out)
    except OSError as error:
        raise StoreError(f"{out} cannot be written: {error.strerror or error}. Choose a folder that is yours.") from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink()


def put(out: Path, content: bytes) -> Path:
    """Writes `content` to `out`, and returns `out`. Raises StoreError."""
    with whole(out) as part:
        part.write_bytes(content)
    return out
