"""Tells the app where a video is now. Codes are times of its frames, so it must be the same video, or have the same frames."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from coder_app.errors import MediaError, NotAllowed
from coder_app.media import fingerprint, frames, probe
from coder_app.media.frames import FrameTimes
from coder_app.workflow import access, media_files, media_roots
from coder_app.workflow.lab import Lab

Row = dict[str, Any]

# Field of MediaInfo -> what it is called when two files differ in it.
COMPARED = {
    "video_codec": "picture coding",
    "width": "picture width",
    "height": "picture height",
    "has_audio": "sound",
    "measured_fps": "frames a second",
    "n_frames": "frames",
    "end_us": "length in microseconds",
}


def relink(lab: Lab, person: Row, media_id: str, path: Path | str, same_frames: bool = False, anywhere: bool = False) -> Row:
    """The video's file is now at `path`.

    The content must be what was added (its fingerprint is equal). With `same_frames` another file is taken too, for example
    a smaller copy, if its frames stand at exactly the same times from the first frame on; what is derived is made again.
    The file stays where it is. It must lie in one of the roots, unless `anywhere`: for the command line, whose user reads any
    file anyway. Returns the row as in `media.listing`.
    Raises MediaError, code "other_video", saying what differs; NotFound; NotAllowed (also for a file outside the roots).
    """
    access.require(person, "media.edit")
    row = media_files.get(lab.store, media_id)
    file = Path(path).expanduser()
    if not anywhere and not media_roots.holds(lab, file):
        raise NotAllowed(f"{file} is in none of the folders videos are picked from. Add its folder to them first, then relink.")
    media_files.check_file(file)
    kept, copied = media_files.path_to_keep(lab.folder, file)
    changed: Row = {"path": kept, "copied": copied}
    if fingerprint.of(file) != row["fingerprint"]:
        changed |= _other_file(lab, row, file, same_frames)
    lab.store.update("media", media_id, **changed)
    lab.store.log(person["id"], "media.relink", media_id, before=row["path"], after=kept, same_content=len(changed) == 2)
    row = media_files.get(lab.store, media_id)
    media_files.queue_missing(lab.folder, lab.store, row)
    return media_files.described(lab.folder, row)


def _other_file(lab: Lab, row: Row, file: Path, same_frames: bool) -> Row:
    """The columns that another file with the same frames changes; its derived files are removed. Raises MediaError."""
    info, times = probe.read(file)
    known = media_files.frame_times(lab.folder, row)
    differs = [*_facts_that_differ(row["info"], info.to_json()), *_frames_that_differ(known, times)]
    equal = not list(_frames_that_differ(known, times))
    if not (equal and same_frames):
        way_on = (
            "Its frames are at the same times, so it may be accepted: --same-frames, or the switch on the Videos page."
            if equal
            else "Codes are times of frames, so it cannot stand in for it. Add it as a video of its own."
        )
        told = "; ".join(differs) or "only the stored bytes differ"
        raise MediaError(f"{file} is not the video {row['name']}: {told}. {way_on}", code="other_video")
    media_files.remove_derived(lab.folder, row["id"])
    frames.save(times, lab.folder.derived_of(row["id"]) / media_files.FRAMES)
    return {
        "fingerprint": fingerprint.of(file),
        "size_bytes": file.stat().st_size,
        "info": info.to_json(),
        "first_us": info.first_us,
        "working_copy": "needed" if info.needs_working_copy else "not_needed",
        "problems": list(info.problems),
    }


def _facts_that_differ(before: Row, after: Row) -> Iterator[str]:
    for key, name in COMPARED.items():
        if before[key] != after[key]:
            yield f"{name} {_shown(after[key])}, not {_shown(before[key])}"


def _frames_that_differ(before: FrameTimes, after: FrameTimes) -> Iterator[str]:
    """Whether the frames, from the first on, and the end are at the same times; which is the first that is not."""
    if len(before) != len(after):
        yield f"{len(after)} frame times, not {len(before)}"
        return
    other = np.flatnonzero(before.observation_us != after.observation_us)
    if len(other):
        at = int(other[0])
        yield f"frame {at} is at {int(after.observation_us[at])} µs, not {int(before.observation_us[at])}"
    ends = [times.end_us - int(times.container_us[0]) for times in (before, after)]
    if ends[0] != ends[1]:
        yield f"the last frame ends at {ends[1]} µs, not {ends[0]}"


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.3f}" if isinstance(value, float) else str(value)
