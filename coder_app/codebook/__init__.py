"""Scheme files: read, check, print. `load.read` and `load.parse` give schemes; `shipped` lists those that come with the app."""

from __future__ import annotations

from pathlib import Path

from coder_app import shipped as _shipped


def shipped() -> dict[str, Path]:
    """The scheme files that come with the app, by scheme id (a file is named after its scheme), sorted."""
    return {path.stem: path for path in sorted(_shipped.shipped("schemes").glob("*.yaml"))}
