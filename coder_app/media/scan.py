"""Reads a video's packets once: when each frame is shown, where the keyframes are, and what the tracks declare.

Nothing is decoded but the first picture, which proves that the coding can be read and tells how the picture is turned.
Presentation order is the order of presentation times. Left out are packets that an edit list discards, packets that show no
picture of their own (see `shown`), and those before the first picture that can be decoded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from coder_app.media.library import (
    MAX_DURATION_US,
    MAX_FRAMES,
    Progress,
    load,
    no_video,
    only,
    opened,
    silent,
    time_base,
    video_of,
)
from coder_app.media.output import Reporter
from coder_app.media.shown import shows_picture

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

TRIES = 2_000
FALLBACK_US = 40_000


@dataclass(frozen=True, slots=True)
class Tracks:
    """What the container and the first picture say. `rotation` is the clockwise turn, in degrees, that sets it upright."""

    container: str
    video_codec: str
    pixels: str
    width: int
    height: int
    pixel_aspect: Fraction
    rotation: int
    interlaced: bool
    declared_fps: Fraction | None
    audio_codec: str | None
    n_video: int
    n_audio: int


@dataclass(frozen=True, slots=True)
class Scan:
    """Frames of one video. `ticks` (int64, strictly increasing) are times in `time_base`; `keyframes` (bool) goes with them.

    `last_duration` is the last frame's in ticks, 0 where unknown; `without_start` counts frames left out because no picture
    comes before them to decode from; `shared` those whose time another frame has already; `by_decoding` is True where the
    file holds no times for its packets.
    """

    tracks: Tracks
    ticks: np.ndarray
    time_base: Fraction
    keyframes: np.ndarray
    last_duration: int
    b_frames: bool
    corrupt: int
    without_start: int
    shared: int
    by_decoding: bool

    @property
    def container_us(self) -> np.ndarray:
        """Container times of the frames in microseconds, int64."""
        return microseconds(self.ticks, self.time_base)

    @property
    def end_us(self) -> int:
        """Container time at which the last frame ends: its duration, else the interval before it, else the declared rate."""
        last = int(self.ticks[-1])
        if self.last_duration > 0:
            return _end(last + self.last_duration, self.time_base)
        if len(self.ticks) > 1:
            return _end(2 * last - int(self.ticks[-2]), self.time_base)
        rate = self.tracks.declared_fps
        return int(self.container_us[-1]) + (round(1_000_000 / rate) if rate else FALLBACK_US)


def scan(path: Path | str, progress: Progress = silent) -> Scan:
    """Reads the whole file once. Raises MediaError."""
    path = Path(path)
    first, tracks = first_picture(path)
    with opened(path) as container:
        stream = video_of(container, path)
        only(container, stream)
        packets = _packets(container, stream, Reporter(progress, "Reading frame times"), path)
        if packets is not None:
            return _checked(path, _ordered(tracks, *packets, time_base(stream), first))
    with opened(path) as container:
        stream = video_of(container, path)
        only(container, stream)
        decoded = _by_decoding(container, stream, Reporter(progress, "Reading frame times"), path)
        return _checked(path, _ordered(tracks, *decoded, time_base(stream), None, by_decoding=True))


def microseconds(ticks: np.ndarray, base: Fraction) -> np.ndarray:
    """`ticks` of `base` seconds as whole microseconds, int64; exact, halves up (as browsers convert them)."""
    scale = base * 1_000_000
    up, down = scale.numerator, scale.denominator
    largest = int(np.abs(ticks).max(initial=0)) * up * 2 + down
    whole = ticks.astype(object) if largest >= 2**62 else ticks
    return np.asarray((whole * (2 * up) + down) // (2 * down), dtype=np.int64)


def pictures(container: InputContainer, stream: VideoStream) -> Iterator[VideoFrame]:
    """Decodes a stream in order of presentation, passing over packets that the decoder refuses."""
    av = load()
    for packet in container.demux(stream):
        try:
            yield from packet.decode()
        except av.error.InvalidDataError:
            continue


Packets = tuple[np.ndarray, np.ndarray, np.ndarray, int]
"""ticks, durations and keyframe marks of the frames shown, in the order of the file, and the count of damaged packets."""


def _packets(container: InputContainer, stream: VideoStream, report: Reporter, path: Path) -> Packets | None:
    """The frames from packet times; None where some packet has no time."""
    size = max(container.size, 1)
    codec = stream.codec_context.name
    ticks: list[int] = []
    durations: list[int] = []
    keyframes: list[bool] = []
    corrupt = 0
    for packet in container.demux(stream):
        if packet.pos is not None:
            report(packet.pos / size)
        if packet.size == 0 or packet.is_discard or not shows_picture(codec, packet):
            continue
        if packet.pts is None:
            return None
        corrupt += packet.is_corrupt
        ticks.append(packet.pts)
        durations.append(packet.duration or 0)
        keyframes.append(packet.is_keyframe)
        if len(ticks) > MAX_FRAMES:
            raise no_video(path, f"it has more than {MAX_FRAMES} frames.", "Cut it into shorter videos.")
    return np.array(ticks, np.int64), np.array(durations, np.int64), np.array(keyframes, bool), corrupt


def _by_decoding(container: InputContainer, stream: VideoStream, report: Reporter, path: Path) -> Packets:
    """The frames from decoded pictures: slow, for files such as AVI with B-frames whose packets carry no times."""
    total = stream.frames or 0
    stream.thread_type = "AUTO"
    ticks: list[int] = []
    keyframes: list[bool] = []
    for frame in pictures(container, stream):
        at = frame.pts if frame.pts is not None else frame.dts
        if at is None:
            raise no_video(path, "its frames carry no times.", "Export it as MP4 (H.264).")
        ticks.append(at)
        keyframes.append(bool(frame.key_frame))
        report(len(ticks) / total if total else 0.0)
        if len(ticks) > MAX_FRAMES:
            raise no_video(path, f"it has more than {MAX_FRAMES} frames.", "Cut it into shorter videos.")
    return np.array(ticks, np.int64), np.zeros(len(ticks), np.int64), np.array(keyframes, bool), 0


def _ordered(
    tracks: Tracks,
    ticks: np.ndarray,
    durations: np.ndarray,
    keyframes: np.ndarray,
    corrupt: int,
    base: Fraction,
    first: int | None,
    by_decoding: bool = False,
) -> Scan:
    b_frames = bool(np.any(np.diff(ticks) < 0))
    _, at = np.unique(microseconds(ticks, base), return_index=True)
    shared = len(ticks) - len(at)
    undecodable = 0 if first is None else int(np.count_nonzero(ticks[at] < first))
    at = at[undecodable:]
    return Scan(
        tracks=tracks,
        ticks=ticks[at],
        time_base=base,
        keyframes=keyframes[at],
        last_duration=int(durations[at[-1]]) if len(at) else 0,
        b_frames=b_frames,
        corrupt=corrupt,
        without_start=undecodable,
        shared=shared,
        by_decoding=by_decoding,
    )


def _checked(path: Path, found: Scan) -> Scan:
    if len(found.ticks) == 0:
        raise no_video(path, "its video track has no frames.", "Record or export it again.")
    length = found.end_us - int(found.container_us[0])
    if length > MAX_DURATION_US:
        hours = MAX_DURATION_US // 3_600_000_000
        raise no_video(path, f"its frame times span more than {hours} hours.", "Export it again, in parts if need be.")
    return found


def first_picture(path: Path) -> tuple[int | None, Tracks]:
    """Time in ticks of the first picture that is shown, and the facts about the tracks. Raises MediaError."""
    av = load()
    with opened(path) as container:
        stream = video_of(container, path)
        only(container, stream)
        n_packets = 0
        for packet in container.demux(stream):
            n_packets += packet.size > 0
            try:
                decoded = packet.decode()
            except av.error.InvalidDataError:
                continue
            if decoded:
                return decoded[0].pts, _tracks(container, stream, decoded[0])
            if n_packets >= TRIES:
                break
    reason = "none of its pictures can be decoded." if n_packets else "its video track has no frames."
    raise no_video(path, reason, "Check that it plays elsewhere; if so, export it as MP4 (H.264).")


def _tracks(container: InputContainer, stream: VideoStream, frame: VideoFrame) -> Tracks:
    audio = next(iter(container.streams.audio), None)
    return Tracks(
        container=container.format.name,
        video_codec=stream.codec_context.codec.canonical_name,
        pixels=frame.format.name,
        width=frame.width,
        height=frame.height,
        pixel_aspect=Fraction(stream.sample_aspect_ratio or stream.codec_context.sample_aspect_ratio or 1) or Fraction(1),
        rotation=-90 * round(frame.rotation / 90) % 360,
        interlaced=bool(frame.interlaced_frame),
        declared_fps=stream.guessed_rate or stream.average_rate,
        audio_codec=None if audio is None else _audio_codec(audio),
        n_video=len(container.streams.video),
        n_audio=len(container.streams.audio),
    )


def _audio_codec(audio: object) -> str:
    context = getattr(audio, "codec_context", None)
    return "unknown" if context is None else str(context.codec.canonical_name)


def _end(tick: int, base: Fraction) -> int:
    return int(microseconds(np.array([tick], np.int64), base)[0])
