"""Times the import of a video: facts and frame times, waveform, filmstrip, working copy, and the table of an hour-long file.

    python benchmarks/media_import.py [--seconds 20] [--minutes 60]

Each figure stands beside a named peer measured in the same run on the same file, so that the ratio means the same on every
machine:
- probe: facts and frame times in one pass; peers: plain decoding with PyAV, and OpenCV's frame loop;
- waveform: peer: plain decoding of the sound with PyAV;
- filmstrip, working copy: peer: plain decoding of the picture with PyAV;
- hour: frame times of an hour-long 1080p file; peer: reading the bytes of the same file.
The clip is 1080p, 30 frames a second, keyframes every 250, about 6 Mbit/s, with AAC sound: moving noise, so that no step is
easy.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np

from coder_app.media import filmstrip, frames, probe, waveform, working_copy

WIDTH, HEIGHT, FPS, RATE = 1920, 1080, 30, 48_000
MBIT = 8_000_000


def moving_noise(n: int) -> np.ndarray:
    """Picture `n` as yuv420p planes: a blurred noise field that wanders."""
    world = moving_noise.__dict__.setdefault("world", _world())
    across, down = round(200 + 200 * np.sin(n / 40)), round(100 + 100 * np.cos(n / 31))
    planes = np.full((HEIGHT * 3 // 2, WIDTH), 128, np.uint8)
    planes[:HEIGHT] = world[down : down + HEIGHT, across : across + WIDTH]
    return planes


def _world() -> np.ndarray:
    noise = np.random.default_rng(5).integers(0, 256, (HEIGHT + 200, WIDTH + 400)).astype(np.uint8)
    return cv2.GaussianBlur(noise, (0, 0), 1.5)


def write_clip(path: Path, seconds: int) -> None:
    with av.open(str(path), "w") as target:
        options = {"preset": "ultrafast", "g": "250", "sc_threshold": "0"}
        video = target.add_stream("libx264", rate=FPS, options=options)
        video.width, video.height, video.pix_fmt, video.bit_rate = WIDTH, HEIGHT, "yuv420p", MBIT
        audio = target.add_stream("aac", rate=RATE, layout="stereo")
        rng = np.random.default_rng(6)
        for n in range(seconds * FPS):
            frame = av.VideoFrame.from_ndarray(moving_noise(n), format="yuv420p")
            frame.pts, frame.time_base = n, Fraction(1, FPS)
            target.mux(video.encode(frame))
            block = rng.uniform(-0.3, 0.3, (2, RATE // FPS)).astype(np.float32)
            sound = av.AudioFrame.from_ndarray(block, format="fltp", layout="stereo")
            sound.sample_rate, sound.pts, sound.time_base = RATE, n * (RATE // FPS), Fraction(1, RATE)
            target.mux(audio.encode(sound))
        target.mux(video.encode(None))
        target.mux(audio.encode(None))


def write_long(clip: Path, path: Path, minutes: int) -> None:
    """The picture of `clip` again and again, without encoding anew."""
    with av.open(str(clip)) as source, av.open(str(path), "w") as target:
        stream = source.streams.video[0]
        video = target.add_stream_from_template(stream)
        packets = [(bytes(p), p.pts, p.dts, p.duration, p.is_keyframe) for p in source.demux(stream) if p.size]
        length = sum(duration for *_, duration, _ in packets)
        for turn in range(minutes * 60 * FPS // len(packets)):
            for data, pts, dts, duration, is_keyframe in packets:
                packet = av.Packet(data)
                packet.pts, packet.dts, packet.duration = pts + turn * length, dts + turn * length, duration
                packet.time_base, packet.is_keyframe, packet.stream = stream.time_base, is_keyframe, video
                target.mux(packet)


def decode(path: Path, kind: str) -> None:
    with av.open(str(path)) as container:
        stream = getattr(container.streams, kind)[0]
        stream.thread_type = "AUTO"
        for _ in container.decode(stream):
            pass


def opencv_loop(path: Path) -> None:
    capture = cv2.VideoCapture(str(path))
    while capture.read()[0]:
        capture.get(cv2.CAP_PROP_POS_MSEC)
    capture.release()


def read_bytes(path: Path) -> None:
    with path.open("rb") as file:
        while file.read(1 << 20):
            pass


def timed(work: Callable[..., Any], *arguments: Any, **named: Any) -> float:
    start = time.perf_counter()
    work(*arguments, **named)
    return time.perf_counter() - start


def report(figure: str, ours: float, **peers: float) -> None:
    line: dict[str, Any] = {"figure": figure, "s": round(ours, 3)}
    for name, peer in peers.items():
        line |= {f"{name}_s": round(peer, 3), f"times_{name}": round(ours / peer, 3)}
    print(json.dumps(line), flush=True)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--seconds", type=int, default=20, help="length of the clip")
    options.add_argument("--minutes", type=int, default=60, help="length of the long file; 0 leaves it out")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        clip, out = Path(folder) / "clip.mp4", Path(folder) / "out"
        write_clip(clip, chosen.seconds)
        mbit_s = clip.stat().st_size * 8e-6 / chosen.seconds
        print(json.dumps({"clip_s": chosen.seconds, "mbit_s": round(mbit_s, 1)}), flush=True)
        decoding, loop, sound = timed(decode, clip, "video"), timed(opencv_loop, clip), timed(decode, clip, "audio")
        times = frames.read(clip)
        report("probe", timed(probe.read, clip), decoding=decoding, opencv=loop)
        report("waveform", timed(waveform.make, clip, out / "w", times=times), decoding_sound=sound)
        report("filmstrip", timed(filmstrip.make, clip, out / "f.jpg", times=times), decoding=decoding)
        report("working copy", timed(working_copy.make, clip, out / "c.mp4"), decoding=decoding)
        if chosen.minutes:
            long = Path(folder) / "long.mp4"
            write_long(clip, long, chosen.minutes)
            reading = timed(read_bytes, long)
            report("hour", timed(frames.read, long), reading=reading)
            times = frames.read(long)
            report("filmstrip of the hour", timed(filmstrip.make, long, out / "l.jpg", times=times), reading=reading)


if __name__ == "__main__":
    sys.exit(main())
