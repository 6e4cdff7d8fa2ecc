"""Where the files of a video are, and what is derived from it: needs the data folder and the store, not a whole lab.

`derived/<media id>/` holds the frame table, filmstrip, waveform, working copy, and, once asked for, the spectrogram and the
motion of regions. All of it can be made again.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from coder_app.errors import MediaError, NotFound
from coder_app.jobs import queue
from coder_app.media import frames
from coder_app.store.folder import DataFolder
from coder_app.store.repository import Store

Row = dict[str, Any]

FRAMES = "frames.npy"
WORKING_COPY = "working.mp4"
WAVEFORM = "waveform.i8"
FILMSTRIP = "filmstrip.jpg"
FILMSTRIP_INDEX = "filmstrip.json"
SPECTROGRAM = "spectrogram.u8"
SPECTROGRAM_INDEX = "spectrogram.json"

# Task -> the file it makes and what it is called on the list of jobs.
DERIVED = {
    "filmstrip": (FILMSTRIP, "Filmstrip"),
    "waveform": (WAVEFORM, "Waveform"),
    "working_copy": (WORKING_COPY, "Working copy"),
    "spectrogram": (SPECTROGRAM, "Spectrogram"),
}


def get(store: Store, media_id: str) -> Row:
    """The row, also from the bin. Raises NotFound."""
    found = store.get("media", media_id)
    if found is None:
        raise NotFound(f"There is no video {media_id}. See the list of videos: coder-app media list")
    return found


def original(folder: DataFolder, row: Row) -> Path:
    """Where the original should be; rows of copied videos hold a path relative to the data folder."""
    return folder.path / row["path"]


def present(folder: DataFolder, row: Row) -> Path:
    """The original. Raises MediaError, saying how to relink it, if it is not there."""
    file = original(folder, row)
    if not file.is_file():
        raise MediaError(
            f"The video {row['name']} is not at {file} any more. Put it back, or relink it on the Videos page or with: "
            f"coder-app media relink {row['id']} FILE",
            code="media_missing",
        )
    return file


def playable(folder: DataFolder, row: Row) -> Path:
    """The working copy where one is ready, else the original, as `present`."""
    copy = folder.derived_of(row["id"]) / WORKING_COPY
    return copy if row["working_copy"] == "ready" and copy.is_file() else present(folder, row)


def frame_times(folder: DataFolder, row: Row) -> frames.FrameTimes:
    """The time of every frame on the container's clock, read anew from the video if the derived file is gone."""
    table = folder.derived_of(row["id"]) / FRAMES
    if not table.is_file():
        frames.save(frames.read(present(folder, row)), table)
    return frames.load(table)


def remove_derived(folder: DataFolder, media_id: str) -> None:
    """Removes all that is derived from a video; what a job is writing at this moment stays."""
    for file in folder.derived_of(media_id).glob("[!.]*"):
        file.unlink()


def described(folder: DataFolder, row: Row) -> Row:
    """The row with `fps` (as measured), `length_us`, `file` (the original's absolute path) and `missing` (it is not there)."""
    file = original(folder, row)
    return row | {
        "fps": row["info"]["measured_fps"],
        "length_us": row["end_us"],
        "file": str(file),
        "missing": not file.is_file(),
    }


def check_file(file: Path) -> None:
    """Raise MediaError unless `file` is a file that can be read."""
    if not file.exists():
        raise MediaError(f"{file} does not exist. Check the path.")
    if not file.is_file():
        raise MediaError(f"{file} is not a file. Name one video file.")
    if not os.access(file, os.R_OK):
        raise MediaError(f"{file} may not be read by this account. Change its permissions.")


def path_to_keep(folder: DataFolder, file: Path) -> tuple[str, bool]:
    """What the row says of a file: its path, relative if it lies in the data folder's `media/`, and whether it does."""
    place, own = file.resolve(), folder.media.resolve()
    if place.is_relative_to(own):
        return f"media/{place.relative_to(own).as_posix()}", True
    return str(place), False


def queue_missing(folder: DataFolder, store: Store, row: Row) -> list[str]:
    """Queue the jobs for everything derived from a video that is neither there nor on its way; returns their ids."""
    wanted = ["filmstrip", *(["waveform"] if row["info"]["has_audio"] else [])]
    if row["working_copy"] == "ready" and not (folder.derived_of(row["id"]) / WORKING_COPY).is_file():
        store.update("media", row["id"], working_copy="needed")
        row = row | {"working_copy": "needed"}
    if row["working_copy"] == "needed":
        wanted.append("working_copy")
    coming = {job["task"] for job in queue.about(store, row["id"]) if job["state"] not in queue.ENDED}
    made = folder.derived_of(row["id"])
    return [
        queue.enqueue(store, task, f"{DERIVED[task][1]} of {row['name']}", about=row["id"], media_id=row["id"])
        for task in wanted
        if task not in coming and not (made / DERIVED[task][0]).is_file()
    ]
