"""What a video is. Expected values are those the clips were encoded with."""

import json
import re
from fractions import Fraction

import av
import numpy as np
import pytest
from clips import KINDS, picture

from coder_app.media import frames
from coder_app.media.probe import MediaInfo, probe, read


@pytest.mark.parametrize("kind", KINDS)
def test_facts(clip, kind):
    made, spec = clip(kind, sound=True), KINDS[kind]
    info = probe(made.path)
    assert (info.width, info.height, info.rotation) == (320, 180, 0)
    assert info.container == ("webm" if kind == "webm" else "mp4")
    assert info.video_codec == ("vp8" if kind == "webm" else "h264")
    assert info.audio_codec == ("opus" if kind == "webm" else "aac")
    assert info.has_audio
    assert info.n_frames == 120
    assert info.first_us == made.container_us[0]
    assert info.end_us == made.end_us - made.container_us[0]
    assert info.vfr == spec.variable
    assert info.b_frames == (spec.bframes > 0)
    assert info.browser_playable
    assert info.problems == ()
    if not spec.variable:
        assert info.nominal_fps == str(spec.fps)
        assert info.measured_fps == pytest.approx(float(spec.fps), rel=1e-3)


@pytest.mark.parametrize(
    ("kind", "needs"), [("25", False), ("59.94", False), ("bframes", False), ("webm", False), ("longgop", True)]
)
def test_keyframes_more_than_half_a_second_apart_need_a_working_copy(clip, kind, needs):
    info = probe(clip(kind).path)
    assert info.needs_working_copy == needs
    assert (info.longest_keyframe_gap_us > 500_000) == needs
    assert info.why == ("Keyframes are up to 4.800 s apart, so stepping would be slow." if needs else "")


def test_a_slow_video_with_few_frames_between_keyframes_needs_none(tmp_path):
    """5 frames a second with a keyframe every 4: 0.8 s apart, but a copy has a keyframe every 6 frames only."""
    path = write(tmp_path / "slow.mp4", fps=5, options={"g": "4", "sc_threshold": "0"})
    info = probe(path)
    assert info.longest_keyframe_gap_us == 800_000
    assert not info.needs_working_copy


def write(path, codec="libx264", container=None, pixels="yuv420p", fps=25, sound=None, rotation=0, aspect=None, options=None):
    size = (180, 320) if rotation % 180 else (320, 180)
    with av.open(str(path), "w", format=container) as target:
        stream = target.add_stream(codec, rate=fps, options={"g": "12", "bf": "0", **(options or {})})
        stream.width, stream.height, stream.pix_fmt = *size, pixels
        if aspect:
            stream.codec_context.sample_aspect_ratio = aspect
        if rotation:
            stream.set_display_rotation(rotation)
        audio = target.add_stream(sound, rate=48_000, layout="mono") if sound else None
        for number in range(24):
            frame = picture(number, *size).reformat(format=pixels)
            frame.pts, frame.time_base = number, Fraction(1, fps)
            target.mux(stream.encode(frame))
        target.mux(stream.encode(None))
        if audio:
            block = av.AudioFrame.from_ndarray(np.zeros((1, 9600), np.int16), format="s16p", layout="mono")
            block.sample_rate = 48_000
            target.mux(audio.encode(block))
            target.mux(audio.encode(None))
    return path


@pytest.mark.parametrize(
    ("name", "options", "why"),
    [
        ("a.mp4", {"codec": "libx265", "options": {"x265-params": "log-level=none"}}, "don't play hevc pictures in mp4"),
        ("b.mp4", {"codec": "mpeg4"}, "don't play mpeg4 pictures in mp4"),
        ("c.mp4", {"pixels": "yuv422p"}, r"\(yuv422p\) is not 8-bit 4:2:0"),
        ("d.mp4", {"pixels": "yuv420p10le"}, r"\(yuv420p10le\) is not 8-bit 4:2:0"),
        ("e.mkv", {}, "don't play matroska"),
        ("f.avi", {"codec": "mpeg4"}, "don't play avi"),
        ("g.mov", {"sound": "pcm_s16le"}, "don't play pcm_s16le sound in mov"),
        ("h.mov", {}, None),
        ("i.webm", {"codec": "libvpx-vp9"}, None),
        ("j.mp4", {"sound": "aac"}, None),
    ],
)
def test_playable_in_browsers(tmp_path, name, options, why):
    """The list was checked against Chromium 156 by playing each of these files."""
    info = probe(write(tmp_path / name, **options))
    assert info.browser_playable == (why is None)
    assert info.needs_working_copy == (why is not None)
    if why is not None:
        assert re.search(why, info.why)


@pytest.mark.parametrize(("angle", "clockwise"), [(90, 270), (-90, 90), (180, 180)])
def test_a_turned_picture_is_measured_upright(tmp_path, angle, clockwise):
    """libav's display rotation counts anticlockwise; ours clockwise, as browsers turn it (VideoFrame.rotation)."""
    info = probe(write(tmp_path / "turned.mp4", rotation=angle))
    assert (info.width, info.height, info.rotation) == (320, 180, clockwise)


def test_wide_pixels_are_squared(tmp_path):
    info = probe(write(tmp_path / "wide.mp4", aspect=Fraction(4, 3)))
    assert (info.width, info.height) == (427, 180)


def test_json_there_and_back(clip):
    info = probe(clip("bframes").path)
    text = json.dumps(info.to_json())
    assert MediaInfo.from_json(json.loads(text) | {"of_a_later_version": 1}) == info


def test_one_pass_gives_both(clip):
    path = clip("vfr").path
    assert read(path) == (probe(path), frames.read(path))


def test_silence_and_further_tracks(clip):
    info = probe(clip("25").path)
    assert not info.has_audio
    assert info.audio_codec is None
