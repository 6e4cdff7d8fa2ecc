"""The spectrogram. The clips carry a 440 Hz tone of amplitude 0.5 in every second half second, silent at first."""

import itertools
import json

import numpy as np
import pytest
from clips import KINDS

from coder_app.jobs.registry import Cancelled
from coder_app.media import frames, spectrogram
from coder_app.media.sound import Block
from coder_app.media.spectrogram import BANDS, COLUMN_US, FLOOR_DB, FOLD, Analysis

RATE = 48_000
HALF_DB = 20 * np.log10(0.5)  # a sine of amplitude 0.5 against one of full scale


def band_of(hz):
    return int(np.searchsorted(spectrogram.edges_hz(), hz, side="right")) - 1


def decibels(values):
    return FLOOR_DB * (1 - values / 255)


def levels(out):
    about = json.loads(out.with_suffix(".json").read_text())
    columns = np.fromfile(out, np.uint8).reshape(-1, about["bands"])
    assert len(columns) == sum(about["levels"])
    return about, np.split(columns, np.cumsum(about["levels"])[:-1])


def analysed(samples, n_columns, rate=RATE, start_s=0.0, first_s=0.0, block=1024):
    """Columns of samples (channels, n) that come in blocks."""
    parts = [Block(samples[:, n : n + block], start_s + n / rate, rate) for n in range(0, samples.shape[1], block)]
    found = np.zeros((n_columns, BANDS), np.uint8)
    for start, values in Analysis(rate, len(samples), n_columns).columns(iter(parts), first_s):
        found[start : start + len(values)] = values
    return found


def tone(hz, seconds, rate=RATE, amplitude=0.5):
    return (amplitude * np.sin(2 * np.pi * hz * np.arange(int(seconds * rate)) / rate)).astype(np.float32)[None]


def test_bands_are_equally_wide_in_mel_from_60_hz_to_8_khz():
    edges = spectrogram.edges_hz()
    assert edges[[0, -1]] == pytest.approx([60, 8000])
    assert np.ptp(np.diff(2595 * np.log10(1 + edges / 700))) < 1e-9
    assert len(edges) == BANDS + 1


@pytest.mark.parametrize("kind", KINDS)
def test_the_tone_is_where_it_was_put(clip, tmp_path, kind):
    made = clip(kind, sound=True)
    out = spectrogram.make(made.path, tmp_path / "s")
    about, (first, *_) = levels(out)
    assert about["levels"][0] == -(-(made.end_us - made.container_us[0]) // COLUMN_US)
    at = np.arange(len(first))
    inside = (at % 50 > 4) & (at % 50 < 45) & (at < len(first) - 7)
    loud = (at // 50) % 2 == 1
    tones = decibels(first[inside & loud].astype(float))
    assert set(tones.argmax(axis=1)) == {band_of(440)}
    assert tones.max(axis=1) == pytest.approx(HALF_DB, abs=1.5)  # what the encoding leaves of it
    assert decibels(first[inside & ~loud]).max() < -50
    assert decibels(about["loud"]) == pytest.approx(HALF_DB, abs=1.5)


@pytest.mark.parametrize("hz", [100, 330, 1000, 3100, 7900])
@pytest.mark.parametrize("rate", [48_000, 44_100, 22_050, 16_000])
def test_a_pure_tone_has_its_loudness_in_its_band_at_any_rate(hz, rate):
    found = decibels(analysed(tone(hz, 1, rate), 100, rate)[5:95].astype(float))
    # Between two frequencies of the transform a Hann window, filled up to twice its length, loses at most 0.36 dB.
    assert found[:, band_of(hz)] == pytest.approx(HALF_DB, abs=0.36 + 0.2)  # and a step of the scale is 0.39 dB
    far = np.abs(np.arange(BANDS) - band_of(hz)) > 12
    assert found[:, far].max() < -60


def test_above_half_the_rate_there_is_nothing():
    found = analysed(tone(1000, 1, 8000), 100, 8000)
    assert found[:, band_of(1000)].max() > 0
    assert not found[:, band_of(4000) + 1 :].any()


def test_columns_stand_at_their_time_however_the_sound_comes():
    sound = np.zeros((1, 4 * RATE), np.float32)
    sound[:, RATE : 2 * RATE] = tone(1000, 1)
    found = analysed(sound, 400)[:, band_of(1000)].astype(float)
    # A window reaches 16 ms to both sides of a column's middle.
    assert np.flatnonzero(decibels(found) > -30)[[0, -1]] == pytest.approx([100, 199], abs=2)
    later = analysed(sound, 400, start_s=7.0, first_s=7.0, block=333)[:, band_of(1000)]
    assert np.array_equal(later, found)
    missing = analysed(sound[:, RATE:], 400, start_s=1.0)[:, band_of(1000)]  # silence that is not in the file
    assert np.array_equal(missing[102:], found[102:])
    before = analysed(sound, 300, first_s=1.0)[:, band_of(1000)]  # sound that begins before the first frame
    assert np.array_equal(before[3:], found[103:])


def test_the_louder_channel_counts():
    both = np.concatenate([tone(500, 1), np.zeros((1, RATE), np.float32)])
    assert np.array_equal(analysed(both, 100), analysed(tone(500, 1), 100))


def test_levels_keep_the_strongest(clip, tmp_path, monkeypatch):
    monkeypatch.setattr(spectrogram, "SHORTEST", 16)
    about, found = levels(spectrogram.make(clip("25", sound=True).path, tmp_path / "s"))
    assert about["levels"] == [480, 120, 30, 8]  # 4.8 s of 10 ms each; then a quarter of it, rounded up
    for below, above in itertools.pairwise(found):
        for n, column in enumerate(above):
            assert np.array_equal(column, below[n * FOLD : (n + 1) * FOLD].max(axis=0))


def test_without_sound_nothing_is_written(clip, tmp_path):
    assert spectrogram.make(clip("25").path, tmp_path / "s") is None
    assert list(tmp_path.iterdir()) == []


def test_sound_that_ends_early_leaves_the_rest_silent(clip, tmp_path):
    made = clip("25", sound=True)
    longer = frames.FrameTimes(np.array(made.container_us), made.end_us + 10_000_000)
    _, (first, *_) = levels(spectrogram.make(made.path, tmp_path / "s", times=longer))
    assert len(first) == 1480
    assert first[:470].any()
    assert not first[500:].any()


def test_stop_leaves_nothing(clip, tmp_path):
    def stop(*_):
        raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        spectrogram.make(clip("25", sound=True).path, tmp_path / "s", stop)
    assert list(tmp_path.iterdir()) == []
