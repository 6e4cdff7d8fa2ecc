"""Fixtures of the media tests: each kind of clip is made once a run; what a test writes goes to its own folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from clips import KINDS, Clip, numbered_clip


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Clip]:
    """`clip(kind, **options)` as `numbered_clip`; the same call gives the same file, so tests must not change it."""
    folder = tmp_path_factory.mktemp("clips")
    made: dict[str, Clip] = {}

    def make(kind: str = "25", **options: object) -> Clip:
        key = repr((kind, sorted(options.items())))
        if key not in made:
            path: Path = folder / f"{len(made)}.{KINDS[kind].suffix}"
            made[key] = numbered_clip(path, kind, **options)  # type: ignore[arg-type]
        return made[key]

    return make
