"""How much moves in parts of a video's picture, from each frame to the next.

The motion energy of a frame in a region is the mean, over the region's pixels, of the absolute difference in grey level (0 to
255) from the frame before; differences up to `NOISE` count as none, so that grain and compression do not add up. Pictures are
taken upright, with square pixels, at most `MAX_SIDE` px on their longer side.

File: little-endian float32, one value a frame of the frame table, NaN where there is none: of the first frame, which follows
no other, and of a frame that can't be decoded (the one after it is compared with the last that could be). Where frames don't
follow at one rate a longer interval shows more change; nothing is divided by it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from coder_app.media import frames
from coder_app.media.library import Progress, load, no_video, only, opened, silent, time_base, video_of
from coder_app.media.output import Reporter, replacing
from coder_app.media.picture import even, grey, shown_size
from coder_app.media.scan import Tracks, first_picture, microseconds, pictures

NOISE = 10
MAX_SIDE = 640
WHOLE = 10_000


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the upright picture: left edge, top, width and height in ten-thousandths (`WHOLE`) of its width and height."""

    x: int
    y: int
    width: int
    height: int

    def pixels(self, width: int, height: int) -> tuple[slice, slice]:
        """Rows and columns, of a picture of that size, that the box touches; at least one of each."""
        return _touched(self.y, self.height, height), _touched(self.x, self.width, width)


def make(
    path: Path | str, outs: Mapping[Box, Path], progress: Progress = silent, *, times: frames.FrameTimes | None = None
) -> None:
    """Measures all boxes in one pass over the video and writes each one's energies to its file.

    `times` : the video's frame times, if known already. Raises MediaError, and whatever `progress` raises.
    """
    path = Path(path)
    times = times if times is not None else frames.read(path)
    _, tracks = first_picture(path)
    report = Reporter(progress, "Measuring motion")
    found = {box: np.full(len(times), np.nan, np.float32) for box in outs}
    before: np.ndarray | None = None
    for place, picture in _grey_frames(path, tracks, times):
        if before is not None:
            changed = _changed(before, picture)
            for box, energies in found.items():
                energies[place] = changed[box.pixels(*reversed(changed.shape))].mean()
        before = picture
        report(place / len(times))
    if before is None:
        raise no_video(path, "none of its pictures can be decoded.", "Check that it plays elsewhere.")
    for box, out in outs.items():
        with replacing(out) as part:
            part.write_bytes(found[box].astype("<f4").tobytes())
    report.done()


def _changed(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """Difference in grey level of each pixel, those up to `NOISE` as 0."""
    cv2 = load("cv2")
    _, changed = cv2.threshold(cv2.absdiff(before, after), NOISE, 0, cv2.THRESH_TOZERO)
    return np.asarray(changed)


def _grey_frames(path: Path, tracks: Tracks, times: frames.FrameTimes) -> Iterator[tuple[int, np.ndarray]]:
    """Frame number and picture of every frame of the table that can be decoded, in order."""
    width, height = shown_size(tracks)
    scale = min(1.0, MAX_SIDE / max(width, height))
    size = even(width * scale), even(height * scale)
    places = {int(at_us): place for place, at_us in enumerate(times.container_us)}
    reached = -1
    with opened(path) as container:
        stream = video_of(container, path)
        stream.thread_type = "AUTO"
        only(container, stream)
        base = time_base(stream)
        for frame in pictures(container, stream):
            tick = frame.pts if frame.pts is not None else frame.dts
            at_us = int(microseconds(np.array([tick or 0], np.int64), base)[0])
            place = places.get(at_us, -1)
            if place > reached:
                reached = place
                yield place, grey(frame, tracks.rotation, *size)


def _touched(start: int, length: int, pixels: int) -> slice:
    first = min(start * pixels // WHOLE, pixels - 1)
    return slice(first, max(-(-(start + length) * pixels // WHOLE), first + 1))
