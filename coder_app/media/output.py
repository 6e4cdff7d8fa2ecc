"""Derived files are written beside their place and renamed, and long work reports on itself."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from coder_app.media.library import Progress, in_words

EVERY_S = 0.1


@contextmanager
def replacing(out: Path) -> Iterator[Path]:
    """A temporary path in the folder of `out`, made if missing; renamed to `out` at the end, removed on any error."""
    with in_words(out):
        out.parent.mkdir(parents=True, exist_ok=True)
    part = out.with_name(f".{out.name}.{uuid4().hex}.part")
    try:
        yield part
        with in_words(out):
            os.replace(part, out)
    finally:
        part.unlink(missing_ok=True)


class Reporter:
    """Calls `progress(fraction, message)` at most ten times a second; the callback may raise to stop the work."""

    def __init__(self, progress: Progress, message: str) -> None:
        self._progress = progress
        self._message = message
        self._due = 0.0

    def __call__(self, fraction: float) -> None:
        now = time.monotonic()
        if now >= self._due:
            self._progress(min(max(fraction, 0.0), 1.0), self._message)
            self._due = now + EVERY_S

    def done(self) -> None:
        self._progress(1.0, self._message)
