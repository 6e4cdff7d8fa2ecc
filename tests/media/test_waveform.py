"""The outline of the sound. The clips carry a 440 Hz tone of amplitude 0.5 in every second half second, silent at first."""

import numpy as np
import pytest
from clips import KINDS

from coder_app.jobs.registry import Cancelled
from coder_app.media import frames, waveform
from coder_app.media.sound import Block
from coder_app.media.waveform import Outline


def bins(path):
    return np.fromfile(path, np.int8).reshape(-1, 2)


@pytest.mark.parametrize("kind", KINDS)
def test_the_tone_is_where_it_was_put(clip, tmp_path, kind):
    made = clip(kind, sound=True)
    out = waveform.make(made.path, tmp_path / "w")
    pairs = bins(out)
    length_us = made.end_us - made.container_us[0]
    assert len(pairs) == -(-length_us // 10_000)
    at = np.arange(len(pairs))
    inside = (at % 50 > 2) & (at % 50 < 47) & (at < len(pairs) - 5)
    loud = (at // 50) % 2 == 1
    assert pairs[inside & loud] == pytest.approx(np.array([[-63, 63]] * int((inside & loud).sum())), abs=8)
    assert np.abs(pairs[inside & ~loud]).max() <= 6


def test_without_sound_nothing_is_written(clip, tmp_path):
    assert waveform.make(clip("25").path, tmp_path / "w") is None
    assert list(tmp_path.iterdir()) == []


def test_known_times_are_used(clip, tmp_path):
    made = clip("25", sound=True)
    times = frames.FrameTimes(np.array([1_000_000, 1_040_000]), 2_000_000)
    whole = bins(waveform.make(made.path, tmp_path / "whole"))
    part = bins(waveform.make(made.path, tmp_path / "part", times=times))
    assert part.tolist() == whole[100:200].tolist()


def outline(length_us, *blocks, first_us=0):
    made = Outline(length_us)
    made.add([Block(np.array(samples, np.float32), start_s, 1000) for samples, start_s in blocks], first_us)
    return made.pairs().tolist()


def test_by_hand():
    """1000 samples a second, so 10 to a bin; the last bin is a partial one."""
    ramp = np.arange(25) / 25
    # bin 0: samples 0-9, highest 9/25; bin 1: 10-19, lowest 10/25 (0 stays lowest, as silence is drawn at 0)
    assert outline(25_000, ([ramp], 0.0)) == [[0, 46], [0, 97], [0, 122]]


def test_blocks_before_between_and_after():
    one = [[1.0] * 10]
    assert outline(30_000, (one, -0.005)) == [[0, 127], [0, 0], [0, 0]]
    assert outline(30_000, (one, 0.025)) == [[0, 0], [0, 0], [0, 127]]
    assert outline(30_000, (one, 0.03), (one, -0.01)) == [[0, 0]] * 3
    assert outline(30_000, (one, 5.015), first_us=5_000_000) == [[0, 0], [0, 127], [0, 127]]


def test_two_channels_and_overdriven_sound():
    assert outline(10_000, ([[0.5] * 10, [-2.0] * 10], 0.0)) == [[-127, 64]]


def test_rates_that_do_not_divide_into_bins():
    made = Outline(1_000_000)
    for start in range(0, 11_025, 333):
        samples = np.full((1, min(333, 11_025 - start)), 0.5, np.float32)
        made.add([Block(samples, start / 11_025, 11_025)], 0)
    assert made.pairs().tolist() == [[0, 64]] * 100


def test_progress_and_stop(clip, tmp_path):
    def stop(*_):
        raise Cancelled("Stopped.")

    said = []
    waveform.make(clip("25", sound=True).path, tmp_path / "w", lambda *what: said.append(what))
    assert said[-1] == (1.0, "Drawing the waveform")
    with pytest.raises(Cancelled):
        waveform.make(clip("25", sound=True).path, tmp_path / "x", stop)
    assert [path.name for path in tmp_path.iterdir()] == ["w"]
