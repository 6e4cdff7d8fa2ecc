"""Event scripts to video files: H.264 and AAC in MP4, made for stepping through (a keyframe every 12 frames, no B-frames)."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np

from coder_app.studio import sound
from coder_app.studio.output import whole
from coder_app.studio.scene import Scene
from coder_app.studio.script import Script
from coder_app.studio.stage import Stage

KEYFRAME_EVERY = 12
QUALITY = 30  # x264 crf: sharp at the size of a pane, small enough to ship
X264 = {
    "preset": "slow",
    "tune": "fastdecode",
    "crf": str(QUALITY),
    "x264-params": f"keyint={KEYFRAME_EVERY}:min-keyint={KEYFRAME_EVERY}:scenecut=0:bframes=0",
}
AAC_BITS_PER_S = 64_000
SAMPLES_A_PACKET = 1024


def render(script: Script, out: Path, progress: Callable[[float], None] = lambda share: None, captions: bool = False) -> None:
    """Draws the clip of a script into `out`, which appears once whole. `progress` hears shares from 0 to 1 and may raise.
    Raises StoreError where `out` cannot be written.

    `captions` writes into the picture what is heard.
    """
    with whole(out) as part, av.open(str(part), "w", format="mp4", options={"movflags": "+faststart"}) as file:
        _write(script, file, progress, captions)


def _write(script: Script, file: Any, progress: Callable[[float], None], captions: bool) -> None:
    width, height = script.size
    video = file.add_stream("libx264", rate=script.fps, options=X264)
    video.width, video.height, video.pix_fmt = width, height, "yuv420p"
    video.codec_context.time_base = Fraction(1, script.fps)
    audio = file.add_stream("aac", rate=sound.RATE, layout="stereo")
    audio.bit_rate = AAC_BITS_PER_S
    heard = sound.track(script)
    scene, stage = Scene(script), Stage(script.cast, (width, height))
    words = sound.captions(script) if captions else ()
    sent = 0
    for number in range(script.n_frames):
        pose = scene.at(number)
        drawn = stage.draw(pose, sound.captions_at(words, pose.t_us))
        frame = av.VideoFrame.from_ndarray(drawn, format="bgr24")
        frame.pts, frame.time_base = number, Fraction(1, script.fps)
        file.mux(video.encode(frame))
        due = (number + 1) * sound.RATE // script.fps
        sent = _send(file, audio, heard, sent, due)
        progress((number + 1) / script.n_frames)
    _send(file, audio, heard, sent, len(heard), rest=True)
    file.mux(video.encode(None))
    file.mux(audio.encode(None))


def _send(file: Any, audio: Any, heard: Any, sent: int, due: int, rest: bool = False) -> int:
    """Encodes whole packets of sound up to sample `due`, at the end the rest too; returns the number of samples sent."""
    while sent + SAMPLES_A_PACKET <= due or (rest and sent < due):
        piece = heard[sent : min(sent + SAMPLES_A_PACKET, due)]
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(piece.T), format="fltp", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = sound.RATE, sent, Fraction(1, sound.RATE)
        file.mux(audio.encode(frame))
        sent += len(piece)
    return sent
