"""Names of files that come from outside: made safe for every system, put in place without overwriting anything."""

from __future__ import annotations

import os
import re
import shutil
import unicodedata
from pathlib import Path

from coder_app.errors import MediaError

LONGEST = 120
SPARE_BYTES = 64 * 1024 * 1024
FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def safe(name: str) -> str:
    """The last part of `name`, without characters some system forbids, hidden or reserved beginnings; never empty."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    last = "".join("_" if unicodedata.category(c) in ("Cf", "Cs", "Co", "Cn") else c for c in FORBIDDEN.sub("_", last))
    last = last.strip().lstrip(".").rstrip(". ")
    if RESERVED.fullmatch(last):
        last = f"_{last}"
    stem, suffix = os.path.splitext(last)
    if len(suffix) > 12:
        stem, suffix = last, ""
    while len((stem + suffix).encode()) > LONGEST:
        stem = stem[:-1]
    return stem + suffix or "video"


def settle(file: Path, folder: Path, name: str) -> Path:
    """Move `file` (on the same drive) into `folder` as `safe(name)`, numbered where that is taken; return where it is now."""
    stem, suffix = os.path.splitext(safe(name))
    for number in range(1, 10_000):
        target = folder / (f"{stem}{suffix}" if number == 1 else f"{stem} ({number}){suffix}")
        try:
            target.open("xb").close()
        except FileExistsError:
            continue
        os.replace(file, target)
        return target
    raise MediaError(f"{folder} has too many files named {stem}{suffix}. Rename the file and add it again.")


def check_space(folder: Path, needed_bytes: int, what: str) -> None:
    """Raise MediaError unless the drive of `folder` has room for that much and 64 MiB more, which the database keeps."""
    free = shutil.disk_usage(folder).free
    if needed_bytes + SPARE_BYTES > free:
        raise MediaError(
            f"{what} needs {megabytes(needed_bytes)}, and the drive of {folder} has {megabytes(free)} free. "
            "Make room there, or put the video in a folder on another drive and add that folder to the list.",
            code="no_space",
        )


def megabytes(size: int) -> str:
    """A size a person can compare: `1,234 MB`."""
    return f"{-(-size // 1_000_000):,} MB"
