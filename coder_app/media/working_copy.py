"""A copy of a video that browsers play and step through fast, with the very same frame times.

H.264, 8-bit 4:2:0, a keyframe every `KEYFRAME_EVERY` frames, no B-frames, tuned for decoding; AAC sound. The picture is
upright, has square pixels and fits into `MAX_SIDE` px. A frame that can't be decoded shows the picture before it, so that no
time is lost. After writing, the frame times of the copy are read and compared; where one differs there is no copy.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from coder_app.media.library import Progress, in_words, load, no_video, only, opened, silent, video_of
from coder_app.media.output import Reporter, replacing
from coder_app.media.picture import even, shown_size, yuv420p
from coder_app.media.scan import Scan, scan
from coder_app.media.sound import Decoder, joined, track_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from av.container import OutputContainer
    from av.packet import Packet
    from av.video.frame import VideoFrame

    from coder_app.media.sound import Block

KEYFRAME_EVERY = 6
MAX_SIDE = 1920
FINEST = 10_000_000
MESSAGE = "Making the working copy"
X264 = {
    "preset": "veryfast",
    "tune": "fastdecode",
    "crf": "20",
    "g": str(KEYFRAME_EVERY),
    "keyint_min": str(KEYFRAME_EVERY),
    "sc_threshold": "0",
    "bf": "0",
}
AAC_BITS = 160_000


def make(path: Path | str, out: Path | str, progress: Progress = silent) -> Path:
    """Writes the working copy of `path` to the MP4 `out`; returns `out`.

    Raises MediaError (also where the copy would have other frame times), and whatever `progress` raises; nothing is left then.
    """
    path, out = Path(path), Path(out)
    found = scan(path, lambda fraction, _: progress(0.02 * fraction, MESSAGE))
    if found.ticks[0] < 0:
        raise no_video(path, "its first frame lies before time zero, which MP4 files can't keep.", "Export it as MP4 (H.264).")
    with replacing(out) as part:
        _encode(path, found, part, Reporter(lambda fraction, _: progress(0.02 + 0.96 * fraction, MESSAGE), MESSAGE))
        _verify(path, found, scan(part, lambda fraction, _: progress(0.98 + 0.02 * fraction, MESSAGE)))
    progress(1.0, MESSAGE)
    return out


def _encode(path: Path, found: Scan, part: Path, report: Reporter) -> None:
    with opened(path) as source, in_words(part), load().open(str(part), "w", format="mp4") as target:
        video = video_of(source, path)
        video.thread_type = "AUTO"
        audio = track_of(source)
        streams = [video] if audio is None else [video, audio]
        only(source, *streams)
        pictures = _Pictures(target, found)
        sound = None if audio is None else _Sound(target, Decoder(audio), found.end_us)
        for packet in source.demux(*streams):
            if packet.stream.index == video.index:
                pictures.add_packet(packet)
            elif sound is not None:
                sound.add(sound.decoder.blocks(packet))
            report(pictures.done / len(found.ticks))
        pictures.finish(path)
        if sound is not None:
            sound.finish()


def _verify(path: Path, found: Scan, copy: Scan) -> None:
    same = len(copy.ticks) == len(found.ticks)
    if same and np.array_equal(copy.container_us, found.container_us):
        return
    detail = f"{len(copy.ticks)} frames instead of {len(found.ticks)}"
    if same:
        at = int(np.flatnonzero(copy.container_us != found.container_us)[0])
        detail = f"frame {at} at {copy.container_us[at]} instead of {found.container_us[at]} microseconds"
    raise no_video(
        path, f"a working copy would have other frame times ({detail}), so none was kept.", "Export it as MP4 (H.264)."
    )


class _Pictures:
    """Encodes decoded pictures at the times of the scan, in their order; `done` counts the frames written."""

    def __init__(self, target: OutputContainer, found: Scan) -> None:
        self._refusals = load("av.error").InvalidDataError
        self._no_type = load("av.video.frame").PictureType.NONE
        self._target = target
        self._rotation = found.tracks.rotation
        self._size = _size(found)
        self._places = {int(tick): i for i, tick in enumerate(found.ticks)}
        self._times, self._base = _times(found)
        self._stream = target.add_stream("libx264", rate=_rate(found), options=X264)
        self._stream.width, self._stream.height = self._size
        self._stream.pix_fmt = "yuv420p"
        self._stream.time_base = self._stream.codec_context.time_base = self._base
        self._last: VideoFrame | None = None
        self.done = 0

    def add_packet(self, packet: Packet) -> None:
        try:
            decoded = packet.decode()
        except self._refusals:
            return
        for frame in decoded:
            self._add(frame)

    def _add(self, frame: VideoFrame) -> None:
        tick = frame.pts if frame.pts is not None else frame.dts
        place = None if tick is None else self._places.get(tick)
        if place is None or place < self.done:
            return
        if self.done == 0:
            self._colours(frame)
        picture = yuv420p(frame, self._rotation, *self._size)
        self._last = self._last or picture
        while self.done < place:
            self._write(self._last)
        self._last = picture
        self._write(picture)

    def _colours(self, frame: VideoFrame) -> None:
        """Passes on how the original's numbers stand for colours."""
        context = self._stream.codec_context
        context.color_range = load("av.video.reformatter").ColorRange.MPEG
        context.color_primaries, context.color_trc = frame.color_primaries, frame.color_trc
        context.colorspace = frame.colorspace

    def _write(self, picture: VideoFrame) -> None:
        picture.pts, picture.time_base = self._times[self.done], self._base
        picture.pict_type = self._no_type
        self.done += 1
        self._mux(self._stream.encode(picture))

    def _mux(self, packets: Iterable[Packet]) -> None:
        for packet in packets:
            at = int(np.searchsorted(self._times, packet.pts or 0))
            packet.duration = self._times[at + 1] - self._times[at]
            self._target.mux(packet)

    def finish(self, path: Path) -> None:
        if self._last is None:
            raise no_video(path, "none of its pictures can be decoded.", "Check that it plays elsewhere.")
        while self.done < len(self._places):
            self._write(self._last)
        self._mux(self._stream.encode(None))


class _Sound:
    """Encodes blocks of sound so that each stays at its time: gaps become silence, overlaps are cut."""

    def __init__(self, target: OutputContainer, decoder: Decoder, end_us: int) -> None:
        self.decoder = decoder
        self._target = target
        self._stream = target.add_stream("aac", rate=decoder.rate, layout=decoder.layout)
        self._stream.codec_context.bit_rate = AAC_BITS
        self._end = end_us * decoder.rate // 1_000_000
        self._at: int | None = None

    def add(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            start = round(block.start_s * block.rate)
            if self._at is None:
                self._at = max(start, 0)
            if start < self._end:
                self._write(joined(block, start - self._at))

    def _write(self, samples: np.ndarray) -> None:
        at = self._at or 0
        if samples.shape[1] == 0:
            return
        frame = load().AudioFrame.from_ndarray(np.ascontiguousarray(samples), format="fltp", layout=self.decoder.layout)
        frame.sample_rate, frame.pts, frame.time_base = self.decoder.rate, at, Fraction(1, self.decoder.rate)
        self._at = at + samples.shape[1]
        self._target.mux(self._stream.encode(frame))

    def finish(self) -> None:
        if self._at is not None:
            self._target.mux(self._stream.encode(None))


def _size(found: Scan) -> tuple[int, int]:
    width, height = shown_size(found.tracks)
    scale = min(1.0, MAX_SIDE / max(width, height))
    return even(width * scale), even(height * scale)


def _times(found: Scan) -> tuple[list[int], Fraction]:
    """Times of the frames and the end of the last, in ticks of a time base that MP4 can hold."""
    base = found.time_base
    if base.denominator <= FINEST:
        ticks = [*found.ticks.tolist(), round(Fraction(found.end_us, 1_000_000) / base)]
    else:
        base = Fraction(1, 1_000_000)
        ticks = [*found.container_us.tolist(), found.end_us]
    return [*ticks[:-1], max(ticks[-1], ticks[-2] + 1)], base


def _rate(found: Scan) -> Fraction:
    """The mean frame rate, as a hint for the encoder's rate control."""
    length = found.end_us - int(found.container_us[0])
    mean = Fraction(len(found.ticks) * 1_000_000, length).limit_denominator(1001)
    return min(max(mean, Fraction(1)), Fraction(1000))
