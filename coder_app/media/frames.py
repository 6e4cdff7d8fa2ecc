"""When each frame of a video is shown: the table that frame numbers are indices into.

Times are container presentation times as browsers give them, not shifted to zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from coder_app.media.library import ODD_ERRORS, Progress, no_video, silent
from coder_app.media.output import replacing
from coder_app.media.scan import Scan, scan


@dataclass(frozen=True, eq=False)
class FrameTimes:
    """`container_us`: int64, shape (n_frames,), strictly increasing; `end_us`: where the last frame ends. Container time."""

    container_us: np.ndarray
    end_us: int

    def __len__(self) -> int:
        return len(self.container_us)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, FrameTimes):
            return NotImplemented
        return self.end_us == other.end_us and np.array_equal(self.container_us, other.container_us)

    __hash__ = None  # type: ignore[assignment]

    @property
    def observation_us(self) -> np.ndarray:
        """The times on the observation clock, where the first frame is 0."""
        return self.container_us - self.container_us[0]


def read(path: Path | str, progress: Progress = silent) -> FrameTimes:
    """Reads the packet times of a video; an hour takes seconds. Raises MediaError naming the file and the reason."""
    return of(scan(path, progress))


def of(found: Scan) -> FrameTimes:
    """The table of a scan that was made already."""
    return FrameTimes(found.container_us, found.end_us)


def save(times: FrameTimes, npy: Path | str) -> None:
    """Writes the table as one NumPy array of int64: a time for each frame, then the end."""
    with replacing(Path(npy)) as part, part.open("wb") as file:
        np.save(file, np.append(times.container_us, np.int64(times.end_us)).astype("<i8"), allow_pickle=False)


def load(npy: Path | str) -> FrameTimes:
    """Reads what `save` wrote. Raises MediaError where it is missing or damaged; it can be made again from the video."""
    npy = Path(npy)
    try:
        stored = np.load(npy, allow_pickle=False)
    except ODD_ERRORS as error:
        raise no_video(npy, f"the frame times can't be read ({error}).", "Delete this file; it is made again.") from error
    if stored.ndim != 1 or len(stored) < 2 or stored.dtype != np.int64 or np.any(np.diff(stored) <= 0):
        raise no_video(npy, "these are no frame times.", "Delete this file; it is made again.")
    return FrameTimes(stored[:-1], int(stored[-1]))
