"""Small pictures of a video side by side, for the timeline.

The JPEG holds thumbnails `HEIGHT` px high, left to right in order of time; the JSON beside it (same name, suffix .json) says
{"times_us": observation time of each thumbnail's frame, "width": of one thumbnail, "height"}. A thumbnail is wanted every
second, or less often where the strip would grow past `MAX_THUMBS` or the width a JPEG can have. Each is the keyframe at or
before its wanted time, found by a seek, so only one picture is decoded for each; a video of up to `WHOLE_US` is decoded as a
whole and gives the wanted frames themselves.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from coder_app.media import frames
from coder_app.media.library import Progress, load, no_video, only, opened, silent, time_base, video_of
from coder_app.media.output import Reporter, replacing
from coder_app.media.picture import even, jpeg, rgb, shown_size
from coder_app.media.scan import first_picture, microseconds, pictures

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

HEIGHT = 96
MAX_THUMBS = 600
MAX_WIDTH = 65_500
EVERY_US = 1_000_000
WHOLE_US = 120_000_000

Found = Iterator[tuple[int, "VideoFrame | None"]]
"""Container time reached, and the frame at it where it is wanted."""


def make(path: Path | str, out: Path | str, progress: Progress = silent, *, times: frames.FrameTimes | None = None) -> Path:
    """Writes the filmstrip of `path` to the JPEG `out` and its index beside it; returns `out`.

    `times` : the video's frame times, if known already. Raises MediaError, and whatever `progress` raises.
    """
    path, out = Path(path), Path(out)
    times = times if times is not None else frames.read(path)
    _, tracks = first_picture(path)
    width_shown, height_shown = shown_size(tracks)
    width = min(even(HEIGHT * width_shown / height_shown), MAX_WIDTH)
    wanted = wanted_us(times, width)
    report = Reporter(progress, "Making the filmstrip")
    thumbs: dict[int, np.ndarray] = {}
    for at_us, frame in _found(path, wanted, times.end_us - wanted[0] <= WHOLE_US):
        report((at_us - wanted[0]) / (times.end_us - wanted[0]))
        if frame is not None and at_us >= wanted[0] and at_us not in thumbs:
            thumbs[at_us] = rgb(frame, tracks.rotation, width, HEIGHT)
    if not thumbs:
        raise no_video(path, "none of its pictures can be decoded.", "Check that it plays elsewhere.")
    _write(out, thumbs, wanted[0])
    report.done()
    return out


def wanted_us(times: frames.FrameTimes, width: int) -> list[int]:
    """Container times at which thumbnails of this width are wanted, the first frame's among them."""
    first, length = int(times.container_us[0]), times.end_us - int(times.container_us[0])
    most = max(min(MAX_THUMBS, MAX_WIDTH // width), 1)
    count = min(-(-length // EVERY_US), most)
    return [first + i * length // count for i in range(count)]


def _found(path: Path, wanted: list[int], whole: bool) -> Found:
    with opened(path) as container:
        stream = video_of(container, path)
        only(container, stream)
        if whole:
            stream.thread_type = "AUTO"
            yield from _decoded(container, stream, wanted)
        else:
            yield from chain(_decoded(container, stream, wanted[:1]), _keyframes(container, stream, wanted[1:]))


def _decoded(container: InputContainer, stream: VideoStream, wanted: list[int]) -> Found:
    """Decodes from the beginning and gives the frame on screen at each wanted time."""
    left = iter(wanted)
    due = next(left, None)
    before: tuple[int, VideoFrame] | None = None
    for frame in pictures(container, stream):
        at_us = _time(frame, stream)
        while due is not None and before is not None and at_us > due:
            yield before
            due = next(left, None)
        if due is None:
            return
        before = (at_us, frame)
        yield at_us, None
    if before is not None and due is not None:
        yield before


def _keyframes(container: InputContainer, stream: VideoStream, wanted: list[int]) -> Found:
    """Seeks to each wanted time and decodes the keyframe at or before it, alone."""
    av = load()
    last = None
    for due in wanted:
        try:
            container.seek(round(due / 1_000_000 / time_base(stream)), stream=stream)
            packet = next((p for p in container.demux(stream) if p.is_keyframe and p.size), None)
            if packet is None or packet.pts == last:
                continue
            last = packet.pts
            decoded = packet.decode() or stream.codec_context.decode(None)
        except av.error.FFmpegError:
            continue
        yield (_time(decoded[0], stream), decoded[0]) if decoded else (due, None)


def _time(frame: VideoFrame, stream: VideoStream) -> int:
    tick = frame.pts if frame.pts is not None else frame.dts
    return int(microseconds(np.array([tick or 0], np.int64), time_base(stream))[0])


def _write(out: Path, thumbs: dict[int, np.ndarray], first_us: int) -> None:
    strip = np.concatenate([thumbs[t] for t in sorted(thumbs)], axis=1)
    height, width = next(iter(thumbs.values())).shape[:2]
    index = {"times_us": [t - first_us for t in sorted(thumbs)], "width": width, "height": height}
    with replacing(out.with_suffix(".json")) as text, replacing(out) as picture:
        picture.write_bytes(jpeg(strip))
        text.write_text(json.dumps(index))
