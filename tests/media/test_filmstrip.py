"""Thumbnails show the frame that their time names: the bar code says which one it is."""

import json

import av
import numpy as np
import pytest
from clips import KINDS, read_barcode

from coder_app.jobs.registry import Cancelled
from coder_app.media import filmstrip, frames
from coder_app.media.frames import FrameTimes


def read(out):
    index = json.loads(out.with_suffix(".json").read_text())
    with av.open(str(out)) as container:
        strip = next(container.decode(video=0)).to_ndarray(format="rgb24")
    assert strip.shape == (index["height"], index["width"] * len(index["times_us"]), 3)
    thumbs = np.split(strip, len(index["times_us"]), axis=1)
    return index, [read_barcode(thumb) for thumb in thumbs]


@pytest.mark.parametrize("kind", KINDS)
def test_each_second_has_the_frame_on_screen_then(clip, tmp_path, kind):
    made = clip(kind)
    out = filmstrip.make(made.path, tmp_path / "strip.jpg")
    index, numbers = read(out)
    assert (index["width"], index["height"]) == (170, 96)
    length = made.end_us - made.container_us[0]
    count = -(-length // 1_000_000)
    wanted = [i * length // count for i in range(count)]
    expected = [int(np.searchsorted(made.observation_us, at, side="right")) - 1 for at in wanted]
    assert numbers == expected
    assert index["times_us"] == [made.observation_us[i] for i in expected]


@pytest.mark.parametrize("kind", KINDS)
def test_long_videos_give_their_keyframes(clip, tmp_path, monkeypatch, kind):
    monkeypatch.setattr(filmstrip, "WHOLE_US", 0)
    monkeypatch.setattr(filmstrip, "EVERY_US", 300_000)
    made = clip(kind)
    index, numbers = read(filmstrip.make(made.path, tmp_path / "strip.jpg"))
    spec = KINDS[kind]
    assert numbers[0] == 0
    assert index["times_us"] == [made.observation_us[i] for i in numbers]
    assert all((number + spec.hidden) % spec.keyint == 0 for number in numbers[1:])
    assert len(numbers) >= (4 if spec.keyint < 100 else 1)


def test_the_strip_keeps_within_its_limits():
    times = FrameTimes(np.array([0, 40_000]), 3_600_000_000)
    assert len(filmstrip.wanted_us(times, 54)) == 600
    assert len(filmstrip.wanted_us(times, 170)) == 385
    assert len(filmstrip.wanted_us(FrameTimes(np.array([0]), 1), 170)) == 1


def test_stop_leaves_nothing(clip, tmp_path):
    def stop(*_):
        raise Cancelled("Stopped.")

    times = frames.read(clip("25").path)
    with pytest.raises(Cancelled):
        filmstrip.make(clip("25").path, tmp_path / "strip.jpg", stop, times=times)
    assert list(tmp_path.iterdir()) == []
