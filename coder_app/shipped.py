"""Finds the folders that ship with the app: `schemes/` and `sample_data/`, in a wheel or in the source tree."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def shipped(name: str) -> Path:
    """Folder `name` ("schemes" or "sample_data"): inside the wheel under `_shipped`, else beside the package."""
    for folder in (PACKAGE / "_shipped" / name, PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"{name}/ was not installed with coder_app. Install the package again: pip install .")
