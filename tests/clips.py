"""Makes the test clips: small videos whose every frame carries its own number as a bar code.

Kinds: see `KINDS`. Everything is deterministic; a clip of 120 frames takes about a tenth of a second.

The bar code
------------
The whole picture is a grid of 8 columns x 4 rows (each cell is 1/8 of the width and 1/4 of the height). Rows 0 and 1 hold
the 16 bits of the number, most significant first, left to right and top to bottom: white (luma 235) is 1, black (luma 16)
is 0. Rows 2 and 3 hold the complement in the same order, so cell (column, row) is checked by cell (column, row + 2). A
reader averages the middle half of each cell, compares it with its partner, and calls the code unreadable when the two are
closer than `MIN_CONTRAST` of 255, as in a blank or blended picture. Python: `read_barcode`; JavaScript: `BARCODE_JS`.

Frames that an edit list hides carry `HIDDEN` + their number, so that in every kind the frame with index i in the table of
frames shows the number i, and a hidden frame that leaks out is seen at once.
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

COLUMNS, ROWS, BITS = 8, 4, 16
MIN_CONTRAST = 60
HIDDEN = 60_000
WHITE, BLACK = 235, 16
RATE = 48_000


@dataclass(frozen=True, slots=True)
class Kind:
    """How a kind of clip is encoded. `start_s` is the first frame's container time; `hidden` frames lie before an edit."""

    fps: Fraction
    suffix: str = "mp4"
    keyint: int = 12
    bframes: int = 0
    start_s: int = 0
    hidden: int = 0
    variable: bool = False


KINDS = {
    "25": Kind(Fraction(25)),
    "29.97": Kind(Fraction(30_000, 1001)),
    "59.94": Kind(Fraction(60_000, 1001), keyint=24),
    "vfr": Kind(Fraction(30), keyint=5, variable=True),
    "bframes": Kind(Fraction(30_000, 1001), bframes=3),
    "longgop": Kind(Fraction(25), keyint=250),
    "start2s": Kind(Fraction(25), start_s=2),
    "editlist": Kind(Fraction(25), hidden=7),
    "webm": Kind(Fraction(30_000, 1001), suffix="webm"),
}


@dataclass(frozen=True, slots=True)
class Clip:
    """A clip and what is true of it: container times of the frames shown, and the end of the last, in microseconds."""

    path: Path
    kind: str
    container_us: tuple[int, ...]
    end_us: int
    width: int
    height: int
    has_audio: bool

    @property
    def observation_us(self) -> tuple[int, ...]:
        """The same times on the observation clock, where the first frame is 0."""
        return tuple(t - self.container_us[0] for t in self.container_us)


def numbered_clip(
    path: Path,
    kind: str = "25",
    *,
    frames: int = 120,
    size: tuple[int, int] = (320, 180),
    sound: bool = False,
    codec: str | None = None,
    options: dict[str, str] | None = None,
) -> Clip:
    """Writes a clip of `kind` with `frames` visible frames and says what is in it.

    `path` : any file name; its suffix should be `KINDS[kind].suffix`. `size` : (width, height), even numbers.
    `sound` : adds AAC (MP4) or Opus (WebM): a 440 Hz tone during every second half second, silent at first.
    `codec` : another video encoder than libx264 or libvpx, for example "libvpx-vp9", "mpeg4", "libx265".
    `options` : encoder options that win over those of the kind.
    """
    spec = KINDS[kind]
    ticks, base = _ticks(spec, frames + spec.hidden)
    webm = spec.suffix == "webm"
    container_format = "webm" if webm else "mp4"
    with av.open(str(path), "w", format=container_format, options={} if webm else {"movflags": "+faststart"}) as container:
        codec = codec or ("libvpx" if webm else "libx264")
        video = container.add_stream(codec, rate=spec.fps, options=_options(codec, spec) | (options or {}))
        video.width, video.height, video.pix_fmt = size[0], size[1], "yuv420p"
        video.time_base = video.codec_context.time_base = base
        video.codec_context.thread_count = 1
        sounding = _Sound(container, "libopus" if webm else "aac", spec.start_s) if sound else None
        for number, tick in enumerate(ticks[:-1]):
            label = HIDDEN + number if number < spec.hidden else number - spec.hidden
            frame = picture(label, *size)
            frame.pts, frame.time_base = tick, base
            container.mux(_timed(video.encode(frame), ticks, base))
            if sounding:
                sounding.write_until(float(ticks[number + 1] * base))
        container.mux(_timed(video.encode(None), ticks, base))
        if sounding:
            sounding.finish()
    shown = ticks[spec.hidden :]
    if spec.hidden:
        _hide_first(path, Fraction(shown[0]) * base, Fraction(shown[-1] - shown[0]) * base)
        shown = [tick - shown[0] for tick in shown]
    unit = Fraction(1, 1000) if webm else base
    units = [_nearest(tick * base / unit) for tick in shown]
    units[-1] = units[-2] + _nearest((shown[-1] - shown[-2]) * base / unit)
    times = [_nearest(at * unit * 1_000_000) for at in units]
    return Clip(Path(path), kind, tuple(times[:-1]), times[-1], *size, has_audio=sound)


def picture(number: int, width: int, height: int) -> av.VideoFrame:
    """One yuv420p frame that shows `number`."""
    bits = [(number >> (BITS - 1 - i)) & 1 for i in range(BITS)]
    cells = np.array(bits + [1 - b for b in bits], dtype=bool).reshape(ROWS, COLUMNS)
    rows = np.arange(height) * ROWS // height
    columns = np.arange(width) * COLUMNS // width
    planes = np.full((height * 3 // 2, width), 128, dtype=np.uint8)
    planes[:height] = np.where(cells[np.ix_(rows, columns)], WHITE, BLACK)
    return av.VideoFrame.from_ndarray(planes, format="yuv420p")


def read_barcode(array: np.ndarray) -> int:
    """The number in a picture of shape (height, width) or (height, width, channels), values 0 to 255.

    Raises ValueError where the check cells don't confirm the bits.
    """
    grey = np.asarray(array, dtype=float)
    if grey.ndim == 3:
        grey = grey[:, :, :3].mean(axis=2)
    height, width = grey.shape

    def cell(index: int) -> float:
        row, column = divmod(index, COLUMNS)
        top, left = (row + 0.25) * height / ROWS, (column + 0.25) * width / COLUMNS
        part = grey[round(top) : round(top + 0.5 * height / ROWS), round(left) : round(left + 0.5 * width / COLUMNS)]
        return float(part.mean())

    number = 0
    for i in range(BITS):
        difference = cell(i) - cell(i + BITS)
        if abs(difference) < MIN_CONTRAST:
            raise ValueError(f"No readable bar code: bit {i} differs from its check by only {difference:.0f}.")
        number = number * 2 + (difference > 0)
    return number


BARCODE_JS = """
/** The number in an ImageData, video, VideoFrame, canvas or image; null where the check cells don't confirm the bits. */
function readBarcode(source) {
  const COLUMNS = 8, ROWS = 4, BITS = 16, MIN_CONTRAST = 60;
  let image = source;
  if (!(source instanceof ImageData)) {
    const canvas = (readBarcode.canvas ??= new OffscreenCanvas(128, 64));
    const context = (readBarcode.context ??= canvas.getContext("2d", {willReadFrequently: true}));
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.drawImage(source, 0, 0, canvas.width, canvas.height);
    image = context.getImageData(0, 0, canvas.width, canvas.height);
  }
  const {width, height, data} = image;
  const cell = (index) => {
    const row = Math.floor(index / COLUMNS), column = index % COLUMNS;
    const top = Math.round((row + 0.25) * height / ROWS), bottom = Math.round((row + 0.75) * height / ROWS);
    const left = Math.round((column + 0.25) * width / COLUMNS), right = Math.round((column + 0.75) * width / COLUMNS);
    let sum = 0;
    for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) {
      const at = (y * width + x) * 4;
      sum += data[at] + data[at + 1] + data[at + 2];
    }
    return sum / (3 * (bottom - top) * (right - left));
  };
  let number = 0;
  for (let i = 0; i < BITS; i++) {
    const difference = cell(i) - cell(i + BITS);
    if (!(Math.abs(difference) >= MIN_CONTRAST)) return null;
    number = number * 2 + (difference > 0 ? 1 : 0);
  }
  return number;
}
"""


def _ticks(spec: Kind, frames: int) -> tuple[list[int], Fraction]:
    """Presentation times in ticks of the returned time base: one a frame, then the end of the last."""
    if spec.variable:
        durations = np.random.default_rng(7).choice([1500, 3000, 3003, 4500, 7200, 11_000], size=frames)
        return [0, *np.cumsum(durations).tolist()], Fraction(1, 90_000)
    base = 1 / spec.fps
    start = int(spec.start_s / base)
    return [start + i for i in range(frames + 1)], base


def _timed(packets: list[av.Packet], ticks: list[int], base: Fraction) -> list[av.Packet]:
    """Gives each packet the duration of its frame; encoders guess it from the nominal rate."""
    for packet in packets:
        if packet.time_base == base and packet.pts is not None:
            at = ticks.index(packet.pts)
            packet.duration = ticks[at + 1] - ticks[at]
    return packets


def _options(codec: str, spec: Kind) -> dict[str, str]:
    gop = {"g": str(spec.keyint), "bf": str(spec.bframes)}
    if codec.startswith("libvpx"):
        return {"g": str(spec.keyint), "deadline": "realtime", "cpu-used": "8", "b": "600k", "auto-alt-ref": "0"}
    if codec != "libx264":
        return gop
    pyramid = "normal" if spec.bframes else "none"
    params = f"scenecut=0:b-adapt=0:b-pyramid={pyramid}:keyint={spec.keyint}:min-keyint={spec.keyint}"
    return gop | {"preset": "ultrafast", "crf": "24", "x264-params": params}


def _nearest(value: Fraction) -> int:
    """Rounds to the nearest whole number, halves up, as libav does."""
    return math.floor(value + Fraction(1, 2))


class _Sound:
    """Writes the tone beside the pictures, in step with them."""

    def __init__(self, container: av.container.OutputContainer, codec: str, start_s: int) -> None:
        self.container = container
        self.stream = container.add_stream(codec, rate=RATE, layout="mono")
        self.offset = start_s * RATE
        self.written = 0

    def write_until(self, container_s: float) -> None:
        samples = int(container_s * RATE) - self.offset - self.written
        if samples <= 0:
            return
        at = np.arange(self.written, self.written + samples)
        loud = (at // (RATE // 2)) % 2 == 1
        wave = np.where(loud, 0.5 * np.sin(2 * np.pi * 440 * at / RATE), 0.0).astype(np.float32)
        frame = av.AudioFrame.from_ndarray(wave[None, :], format="fltp", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = RATE, self.offset + self.written, Fraction(1, RATE)
        self.written += samples
        self.container.mux(self.stream.encode(frame))

    def finish(self) -> None:
        self.container.mux(self.stream.encode(None))


def _boxes(data: bytes, start: int, end: int) -> list[tuple[bytes, int, int]]:
    """(type, content start, end) of the MP4 boxes between two offsets."""
    found, at = [], start
    while at + 8 <= end:
        size, name = struct.unpack(">I4s", data[at : at + 8])
        head = 8
        if size == 1:
            size, head = struct.unpack(">Q", data[at + 8 : at + 16])[0], 16
        found.append((name, at + head, at + size))
        at += size
    return found


def _find(data: bytes, start: int, end: int, *names: bytes) -> tuple[int, int]:
    for name in names:
        start, end = next((a, b) for found, a, b in _boxes(data, start, end) if found == name)
    return start, end


def _hide_first(path: Path, skipped_s: Fraction, shown_s: Fraction) -> None:
    """Rewrites the video track's edit list so that the presentation begins `skipped_s` into the media."""
    data = bytearray(path.read_bytes())
    moov = _find(data, 0, len(data), b"moov")
    mvhd, _ = _find(data, *moov, b"mvhd")
    movie_scale = struct.unpack(">I", data[mvhd + 12 : mvhd + 16])[0]
    for name, start, end in _boxes(data, *moov):
        if name != b"trak" or data[_find(data, start, end, b"mdia", b"hdlr")[0] + 8 :][:4] != b"vide":
            continue
        mdhd, _ = _find(data, start, end, b"mdia", b"mdhd")
        media_scale = struct.unpack(">I", data[mdhd + 12 : mdhd + 16])[0]
        tkhd, _ = _find(data, start, end, b"tkhd")
        elst, _ = _find(data, start, end, b"edts", b"elst")
        if data[elst] != 0 or struct.unpack(">I", data[elst + 4 : elst + 8])[0] != 1:
            raise AssertionError("The muxer wrote another edit list than expected.")
        shown = round(shown_s * movie_scale)
        struct.pack_into(">Ii", data, elst + 8, shown, round(skipped_s * media_scale))
        struct.pack_into(">I", data, tkhd + 20, shown)
        path.write_bytes(data)
        return
