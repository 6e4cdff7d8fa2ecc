"""What a video is, what was measured and what is only declared, and whether a browser can play and step through it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from coder_app.media import frames
from coder_app.media.library import Progress, silent
from coder_app.media.picture import shown_size
from coder_app.media.scan import Scan, Tracks, scan

MAX_KEYFRAME_GAP_US = 500_000
MIN_KEYFRAME_GAP = 6
"""Frames from a keyframe to the next that are few enough at any rate: a working copy would have as many."""

STEADY_US = 1001
"""A rate is constant where no interval differs from the median by more: containers may round to milliseconds."""

_MP4 = ({"h264", "vp9", "av1"}, {"aac", "mp3", "opus", "flac"})
PLAYABLE = {
    "mp4": _MP4,
    "mov": _MP4,
    "webm": ({"vp8", "vp9", "av1"}, {"opus", "vorbis"}),
}
"""Container -> the codings of picture and of sound that Chromium plays in it; pictures 8-bit 4:2:0 (`PLAYABLE_PIXELS`)."""

PLAYABLE_PIXELS = ("yuv420p", "yuvj420p")


@dataclass(frozen=True, slots=True)
class MediaInfo:
    """One video. Measured: everything but `nominal_fps`, `container` and the codings, which the file declares.

    `width`, `height` : of the picture as shown, turned upright by `rotation` (degrees clockwise) and with square pixels.
    `nominal_fps` : a fraction as text, such as "30000/1001", or "" where none is declared. `measured_fps` : their mean rate.
    `vfr` : frames don't follow at one rate. `first_us` : container time of the first frame.
    `end_us` : the end of the last frame on the media clock, which is container time minus `first_us`.
    `why` : why a working copy is needed, one sentence, or "". `problems` : what a person should know, each one sentence.
    """

    container: str
    video_codec: str
    width: int
    height: int
    rotation: int
    has_audio: bool
    audio_codec: str | None
    nominal_fps: str
    measured_fps: float
    vfr: bool
    n_frames: int
    first_us: int
    end_us: int
    longest_keyframe_gap_us: int
    b_frames: bool
    browser_playable: bool
    needs_working_copy: bool
    why: str
    problems: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"problems": list(self.problems)}

    @staticmethod
    def from_json(data: dict[str, Any]) -> MediaInfo:
        """The inverse of `to_json`; fields of later versions are ignored."""
        known = {field.name: data[field.name] for field in fields(MediaInfo)}
        return MediaInfo(**known | {"problems": tuple(known["problems"])})


def probe(path: Path | str, progress: Progress = silent) -> MediaInfo:
    """Reads the whole file once, without decoding. Raises MediaError naming the file and the reason."""
    return read(path, progress)[0]


def read(path: Path | str, progress: Progress = silent) -> tuple[MediaInfo, frames.FrameTimes]:
    """`probe` and `frames.read` in one pass over the file. Raises MediaError naming the file and the reason."""
    found = scan(path, progress)
    times = frames.of(found)
    tracks = found.tracks
    container = _container(Path(path), tracks)
    obstacle = _obstacle(container, tracks)
    gap, too_far = keyframe_gaps(found)
    why = obstacle or too_far
    width, height = shown_size(tracks)
    intervals = np.diff(times.container_us)
    info = MediaInfo(
        container=container,
        video_codec=tracks.video_codec,
        width=width,
        height=height,
        rotation=tracks.rotation,
        has_audio=tracks.audio_codec is not None,
        audio_codec=tracks.audio_codec,
        nominal_fps=str(tracks.declared_fps or ""),
        measured_fps=len(times) * 1_000_000 / (times.end_us - int(times.container_us[0])),
        vfr=bool(len(intervals)) and bool(np.abs(intervals - np.median(intervals)).max() > STEADY_US),
        n_frames=len(times),
        first_us=int(times.container_us[0]),
        end_us=times.end_us - int(times.container_us[0]),
        longest_keyframe_gap_us=gap,
        b_frames=found.b_frames,
        browser_playable=not obstacle,
        needs_working_copy=bool(why),
        why=why,
        problems=_problems(found),
    )
    return info, times


def keyframe_gaps(found: Scan) -> tuple[int, str]:
    """The longest stretch, in microseconds, from a keyframe (or the first frame) to the next or to the end; and, where
    stepping would be slow for it, that in one sentence, else ""."""
    n_frames = len(found.ticks)
    edges = np.unique(np.concatenate([[0], np.flatnonzero(found.keyframes), [n_frames]]))
    gaps = np.diff(np.append(found.container_us, found.end_us)[edges])
    slow = gaps[(gaps > MAX_KEYFRAME_GAP_US) & (np.diff(edges) > MIN_KEYFRAME_GAP)]
    said = f"Keyframes are up to {slow.max() / 1_000_000:.3f} s apart, so stepping would be slow." if len(slow) else ""
    return int(gaps.max()), said


def _container(path: Path, tracks: Tracks) -> str:
    """A short name: mp4, mov, webm, matroska, or libav's first name for any other."""
    with path.open("rb") as file:
        head = file.read(64)
    if "mp4" in tracks.container.split(","):
        return "mov" if head[4:12] == b"ftypqt  " or head[4:8] != b"ftyp" else "mp4"
    if "matroska" in tracks.container.split(","):
        return "webm" if b"webm" in head else "matroska"
    return tracks.container.split(",")[0]


def _obstacle(container: str, tracks: Tracks) -> str:
    """Why a browser can't play it, one sentence, or ""."""
    pictures, sounds = PLAYABLE.get(container, (set(), set()))
    if not pictures:
        return f"Browsers don't play {container} files."
    if tracks.video_codec not in pictures:
        return f"Browsers don't play {tracks.video_codec} pictures in {container} files."
    if tracks.pixels not in PLAYABLE_PIXELS:
        return f"Browsers don't play every kind of picture, and this one ({tracks.pixels}) is not 8-bit 4:2:0."
    if tracks.audio_codec is not None and tracks.audio_codec not in sounds:
        return f"Browsers don't play {tracks.audio_codec} sound in {container} files."
    return ""


def _problems(found: Scan) -> tuple[str, ...]:
    tracks = found.tracks
    said = {
        f"{found.corrupt} packets are damaged; their pictures may show errors.": found.corrupt,
        f"{found.without_start} frames at the beginning have no picture to start from and are left out.": found.without_start,
        f"{found.shared} frames share the time of another and are left out.": found.shared,
        "The file holds no times for its frames; they were taken while decoding.": found.by_decoding,
        "The picture is interlaced; two moments lie in each frame.": tracks.interlaced,
        f"Of {tracks.n_video} video tracks only the first is used.": tracks.n_video > 1,
        f"Of {tracks.n_audio} sound tracks only the first is used.": tracks.n_audio > 1,
    }
    return tuple(text for text, holds in said.items() if holds)
