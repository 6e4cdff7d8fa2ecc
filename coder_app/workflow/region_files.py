"""Where the motion of a video's regions is kept: needs the data folder and the store, not a whole lab.

A file is named by the place of its region, so that a region that was moved is measured anew, and one moved back is not.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from coder_app.media.motion import Box
from coder_app.store.folder import DataFolder
from coder_app.store.repository import Store

Row = dict[str, Any]

FILES = "motion_*.f32"


def box_of(row: Row) -> Box:
    return Box(row["x"], row["y"], row["width"], row["height"])


def file_of(folder: DataFolder, media_id: str, box: Box) -> Path:
    return folder.derived_of(media_id) / FILES.replace("*", f"{box.x}_{box.y}_{box.width}_{box.height}")


def missing(folder: DataFolder, store: Store, media_id: str) -> dict[Box, Path]:
    """The places of regions that are not measured yet, and the file of each."""
    files = {box: file_of(folder, media_id, box) for box in map(box_of, store.all("region", media_id=media_id))}
    return {box: file for box, file in files.items() if not file.is_file()}


def tidy(folder: DataFolder, store: Store, media_id: str) -> None:
    """Removes what was measured where no region is any more."""
    kept = {file_of(folder, media_id, box_of(row)) for row in store.all("region", media_id=media_id)}
    for file in folder.derived_of(media_id).glob(FILES):
        if file not in kept:
            file.unlink(missing_ok=True)
