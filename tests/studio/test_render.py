"""The files that come out: length, rate, keyframes, sound where it is scripted and silence elsewhere."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest

from coder_app.shipped import shipped
from coder_app.studio import sound
from coder_app.studio.render import KEYFRAME_EVERY, render
from coder_app.studio.script import Script, read

CLIPS = sorted(path.parent.name for path in shipped("sample_data").glob("*/script.yaml"))


def heard(path: Path) -> tuple[np.ndarray, float]:
    """Decoded sound, shape (samples, 2), and the time of its first sample in seconds."""
    with av.open(str(path)) as file:
        frames = list(file.decode(audio=0))
    return np.concatenate([frame.to_ndarray() for frame in frames], 1).T, float(frames[0].time or 0)


def loudness(wave: np.ndarray, start_s: float, from_s: float, to_s: float) -> np.ndarray:
    """RMS left and right."""
    a, b = (round((t - start_s) * sound.RATE) for t in (from_s, to_s))
    return np.sqrt(np.mean(wave[a:b] ** 2, 0))


@pytest.mark.parametrize("clip", CLIPS)
def test_shipped_clips_have_their_length_rate_and_keyframes(clip: str) -> None:
    script = read(shipped("sample_data") / clip / "script.yaml")
    with av.open(str(shipped("sample_data") / clip / "clip.mp4")) as file:
        video = file.streams.video[0]
        packets = [p for p in file.demux(video) if p.pts is not None]
        assert video.average_rate == script.fps
        assert (video.codec_context.width, video.codec_context.height) == tuple(script.size)
        assert video.codec_context.pix_fmt == "yuv420p"
        assert file.streams.audio[0].codec_context.name == "aac"
    times = [round(p.pts * p.time_base * script.fps) for p in packets]
    assert times == list(range(script.n_frames))  # in order: no B-frames, and the first at 0
    assert [i for i, p in enumerate(packets) if p.is_keyframe] == list(range(0, script.n_frames, KEYFRAME_EVERY))


def test_shipped_clips_are_small() -> None:
    assert sum((shipped("sample_data") / clip / "clip.mp4").stat().st_size for clip in CLIPS) < 40_000_000


@pytest.mark.parametrize("clip", CLIPS)
def test_the_index_comes_first(clip: str) -> None:
    head = (shipped("sample_data") / clip / "clip.mp4").read_bytes()[:200_000]
    assert 0 < head.find(b"moov") < (head.find(b"mdat") if b"mdat" in head else len(head))


def test_c4_is_heard_where_it_is_scripted_and_silent_elsewhere() -> None:
    wave, start = heard(shipped("sample_data") / "c4-mirror" / "clip.mp4")
    assert abs(start) < 0.03
    coo, mirror, woe = (loudness(wave, start, *span) for span in ((12.1, 12.7), (13.7, 14.5), (21.4, 24.2)))
    assert coo[0] > 2 * coo[1] > 0.01  # the infant on the left
    assert mirror[1] > 2 * mirror[0] > 0.01  # the caregiver on the right
    assert woe[1] > 0.02
    for silent in ((0.0, 11.8), (13.0, 13.4), (14.8, 21.0), (24.8, 60.0)):
        assert loudness(wave, start, *silent).max() < 1e-4


def test_c1_is_silent() -> None:
    wave, _ = heard(shipped("sample_data") / "c1-look" / "clip.mp4")
    assert np.abs(wave).max() < 1e-3


def test_a_rendered_clip_decodes_to_what_was_drawn(small_clip: Path, small: Script) -> None:
    from coder_app.studio.scene import Scene
    from coder_app.studio.stage import Stage

    stage, scene = Stage(small.cast, (small.size[0], small.size[1])), Scene(small)
    with av.open(str(small_clip)) as file:
        frames = [frame.to_ndarray(format="bgr24") for frame in file.decode(video=0)]
    assert len(frames) == small.n_frames
    for i in (0, 21, 49):
        assert np.abs(frames[i].astype(int) - stage.draw(scene.at(i)).astype(int)).mean() < 6


def test_rendering_tells_its_progress_and_leaves_nothing_when_stopped(small: Script, tmp_path: Path) -> None:
    class StoppedError(Exception):
        pass

    def stop(share: float) -> None:
        if share > 0.2:
            raise StoppedError

    with pytest.raises(StoppedError):
        render(small, tmp_path / "clip.mp4", stop)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("clip", CLIPS)
def test_shipped_clips_show_what_their_scripts_draw_today(clip: str) -> None:
    """Ten frames drawn by seed. Whoever changes the drawing renders the clips again (coder-app sample render)."""
    from coder_app.studio.scene import Scene
    from coder_app.studio.stage import Stage

    script = read(shipped("sample_data") / clip / "script.yaml")
    stage, scene = Stage(script.cast, (script.size[0], script.size[1])), Scene(script)
    chosen = sorted(np.random.default_rng(script.seed).choice(script.n_frames, 10, replace=False).tolist())
    with av.open(str(shipped("sample_data") / clip / "clip.mp4")) as file:
        shown = [frame.to_ndarray(format="bgr24") for number, frame in enumerate(file.decode(video=0)) if number in chosen]
    assert len(shown) == len(chosen)
    for number, picture in zip(chosen, shown, strict=True):
        assert np.abs(picture.astype(int) - stage.draw(scene.at(number))).mean() < 4, number
