"""Every sound of the clips as it is heard: its time, side, pitch, loudness and rhythm. Bounds of pitch and length are those of
the published acoustics that `sound.voices` names; levels say how the voices stand to each other: loud cries, soft hums."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from studio.measure import hearing

from coder_app.studio import sound
from coder_app.studio.script import Script, parse
from coder_app.studio.sound.voices import VOICES

FRAME_S = 0.04
ALL = """
id: all-sounds
version: "1.0"
name: All sounds
scheme: serve-and-return
length_s: 44.0
seed: 9
scores: [infant_voice]
streams:
  infant_voice: [{at: 1, to: 1.4, code: coo}, {at: 2.4, to: 3.4, code: fuss}, {at: 5, to: 10, code: cry}]
  infant_body: [{at: 12, to: 15, code: oral_comfort}, {at: 16, to: 16.2, code: stress_sign}]
  caregiver_voice:
    - {at: 18, to: 20.2, code: infant_directed}
    - {at: 21, to: 23.6, code: narrating}
    - {at: 25, to: 28, code: soothing}
    - {at: 30, to: 32, code: harsh}
    - {at: 34, to: 36, code: other_directed}
  returns: [{at: 38, to: 38.6, code: vocal_mirroring}, {at: 40, to: 43, code: affect_mirroring}]
"""
HEARD = {  # side; lowest, highest and mean pitch in Hz, None where 7.2 gives none; level of the loud parts in dB
    "coo": ("left", (300, 450), (330, 440), (-28, -22)),
    "fuss": ("left", (340, 455), (380, 440), (-27, -21)),
    "cry": ("left", (385, 600), (470, 540), (-19, -14)),
    "suck": ("left", None, None, (-46, -34)),
    "hiccup": ("left", None, None, (-26, -19)),
    "infant_directed": ("right", (245, 405), (280, 360), (-25, -20)),
    "narrating": ("right", (200, 260), (220, 250), (-27, -21)),
    "soothing": ("right", (145, 205), (160, 190), (-31, -25)),
    "harsh": ("right", (280, 320), (290, 310), (-19, -13)),
    "other_directed": ("right", (160, 205), (172, 192), (-30, -24)),
    "vocal_mirroring": ("right", (150, 225), (165, 220), (-27, -21)),
    "affect_mirroring": ("right", (145, 210), (165, 200), (-28, -22)),
}


@pytest.fixture(scope="module")
def script() -> Script:
    return parse(ALL, "all-sounds.yaml")


@pytest.fixture(scope="module")
def wave(script: Script) -> hearing.Wave:
    return sound.track(script).astype(float)


def of(script: Script, name: str) -> sound.Utterance:
    return next(one for one in sound.utterances(script) if one.sound == name)


def test_every_code_that_sounds_is_heard_once(script: Script) -> None:
    assert {one.sound for one in sound.utterances(script)} == set(HEARD)
    assert set(VOICES) - set(HEARD) == {"laugh", "flat"}  # these two have no code of their own


@pytest.mark.parametrize("name", sorted(HEARD))
def test_a_sound_starts_and_ends_within_a_frame_of_the_script(name: str, script: Script, wave: hearing.Wave) -> None:
    one = of(script, name)
    near = [s for s in hearing.stretches(wave, sound.RATE, 0.45) if one.at_s - 0.2 < s.from_s < one.end_s]
    assert near[0].from_s == pytest.approx(one.at_s, abs=FRAME_S)
    if name not in ("hiccup", "suck"):
        assert near[-1].to_s == pytest.approx(one.end_s, abs=FRAME_S)
    assert {s.side for s in near} == {HEARD[name][0]}


@pytest.mark.parametrize("name", sorted(HEARD))
def test_a_sound_is_as_loud_and_as_high_as_it_should_be(name: str, script: Script, wave: hearing.Wave) -> None:
    one, (_, span, mean, level) = of(script, name), HEARD[name]
    loud = max(s.level_db for s in hearing.stretches(wave, sound.RATE, 0.05) if one.at_s - 0.1 < s.from_s < one.end_s)
    assert level[0] < loud < level[1]
    if span is None or mean is None:
        return
    hz = hearing.contour(wave, sound.RATE, one.at_s, one.end_s)[:, 1]
    voiced = hz[~np.isnan(hz)]
    low, high = np.percentile(voiced, [5, 95])  # a slip at the edge of a syllable is not its pitch
    assert span[0] <= low < high <= span[1]
    assert mean[0] < voiced.mean() < mean[1]


def middle_pitch(wave: hearing.Wave, one: sound.Utterance, share: float) -> float:
    found = hearing.pitch(wave, sound.RATE, one.at_s + share * (one.end_s - one.at_s))
    assert found is not None
    return found


def test_a_coo_rises_and_falls_and_a_fuss_falls(script: Script, wave: hearing.Wave) -> None:
    coo, fuss = of(script, "coo"), of(script, "fuss")
    assert middle_pitch(wave, coo, 0.5) > 1.1 * max(middle_pitch(wave, coo, part) for part in (0.12, 0.88))
    assert middle_pitch(wave, fuss, 0.1) > 1.08 * middle_pitch(wave, fuss, 0.93)


def test_a_mirrored_coo_has_its_contour_an_octave_lower() -> None:
    text = ALL.replace("{at: 38, to: 38.6,", "{at: 38, to: 38.4, answers: {stream: infant_voice, at: 1},")
    script = parse(text, "mirror.yaml")
    wave = sound.track(script).astype(float)
    coo, back = of(script, "coo"), of(script, "vocal_mirroring")
    for share in (0.15, 0.3, 0.5, 0.7, 0.85):
        assert middle_pitch(wave, coo, share) / middle_pitch(wave, back, share) == pytest.approx(2.0, abs=0.06)


def test_cries_come_in_bursts_with_a_drawn_breath_between(script: Script, wave: hearing.Wave) -> None:
    """Bursts of 1.4 s, gaps of 0.4 s: 5 s hold three. In a gap there is breath, no voice."""
    bursts = [s for s in hearing.stretches(wave, sound.RATE, 0.03, floor_db=-40) if 4.9 < s.from_s < 10 and s.level_db > -22]
    assert [s.from_s for s in bursts] == pytest.approx([5.0, 6.8, 8.6], abs=FRAME_S)
    assert [s.to_s - s.from_s for s in bursts] == pytest.approx([1.4, 1.4, 1.4], abs=0.08)
    assert hearing.pitch(wave, sound.RATE, 6.62) is None
    assert hearing.power(wave, sound.RATE)[round(6.62 / hearing.STEP_S)] > 1e-6
    peak, edges = middle_pitch(wave, of(script, "cry"), 0.14), [hearing.pitch(wave, sound.RATE, t) for t in (5.04, 6.33)]
    assert peak > 1.25 * max(hz for hz in edges if hz is not None)


def test_soothing_hushes_and_hums(script: Script, wave: hearing.Wave) -> None:
    one = of(script, "soothing")
    assert hearing.noisiness(wave, sound.RATE, one.at_s + 0.1, one.at_s + 0.5) > 0.5
    assert hearing.noisiness(wave, sound.RATE, one.at_s + 0.8, one.at_s + 1.3) < 0.1


def syllables_a_second(wave: hearing.Wave, one: sound.Utterance) -> float:
    """Beats of the loudness between 1 and 8 a second: the strongest."""
    level = np.sqrt(hearing.power(wave, sound.RATE, 0.03))
    part = level[round(one.at_s / hearing.STEP_S) : round(one.end_s / hearing.STEP_S)]
    spectrum = np.abs(np.fft.rfft((part - part.mean()) * np.hanning(len(part)), 2**14))
    hz = np.fft.rfftfreq(2**14, hearing.STEP_S)
    band = (hz > 1) & (hz < 8)
    return float(hz[band][np.argmax(spectrum[band])])


def test_sing_song_is_slow_and_wide_and_narrating_fast_and_level(script: Script, wave: hearing.Wave) -> None:
    def width(name: str) -> float:
        one = of(script, name)
        hz = hearing.contour(wave, sound.RATE, one.at_s, one.end_s)[:, 1]
        low, high = np.nanpercentile(hz, [10, 90])
        return 12 * math.log2(high / low)

    assert width("infant_directed") > 5.0  # semitones
    assert width("narrating") < 3.0
    assert syllables_a_second(wave, of(script, "infant_directed")) < 3.2 < syllables_a_second(wave, of(script, "narrating"))


def test_a_harsh_voice_comes_in_hard_short_beats(script: Script, wave: hearing.Wave) -> None:
    beats = [s for s in hearing.stretches(wave, sound.RATE, 0.03) if 29.9 < s.from_s < 32]
    assert len(beats) == 8
    assert all(0.1 < s.to_s - s.from_s < 0.2 for s in beats)


def test_talk_to_others_lies_furthest_to_the_right(script: Script, wave: hearing.Wave) -> None:
    def leak(name: str) -> float:
        one = of(script, name)
        return hearing.leak_of(wave, sound.RATE, one.at_s + 0.1, one.end_s - 0.1)

    assert leak("other_directed") < 0.6 * leak("narrating")


def test_between_sounds_there_is_silence_and_nothing_clips(script: Script, wave: hearing.Wave) -> None:
    for from_s, to_s in ((0, 1), (1.42, 2.4), (3.42, 5), (10.02, 12), (16.25, 18), (43.02, 44)):
        assert np.abs(wave[round(from_s * sound.RATE) : round(to_s * sound.RATE)]).max() == 0
    assert 0.3 < np.abs(wave).max() < 0.95
    assert wave.shape == (44 * sound.RATE, 2)


@pytest.mark.parametrize("name", sorted(VOICES))
@pytest.mark.parametrize("length_s", [0.2, 0.48, 1.0, 3.72])
def test_sounds_of_any_length_fit_their_event(name: str, length_s: float) -> None:
    from coder_app.studio.sound.plan import utterance
    from coder_app.studio.sound.synth import sounded

    one = utterance(name, 2.0, 2.0 + length_s, (7, 1))
    wave = sounded(one)
    assert len(wave) == round(length_s * sound.RATE)
    assert np.isfinite(wave).all()
    assert 0 < np.abs(wave).max() < 1
    assert all(s.at_s >= 0 and s.at_s + s.length_s <= length_s + 1e-9 for s in one.syllables)
    assert np.array_equal(wave, sounded(one))


def test_the_mouth_opens_with_the_sound_and_shuts_after_it(script: Script) -> None:
    heard = sound.utterances(script)
    for name in ("coo", "fuss", "cry", "narrating", "harsh", "infant_directed"):
        one = of(script, name)
        actor = one.voice.actor
        assert sound.mouth_of(heard, actor, one.at_s).open == 0
        assert sound.mouth_of(heard, actor, one.at_s + FRAME_S).open > 0
        assert max(sound.mouth_of(heard, actor, one.at_s + 0.01 * i).open for i in range(40)) > 0.3
        assert sound.mouth_of(heard, actor, one.end_s + 0.11) == sound.Mouth(0.0, 0.0, "")


def test_the_mouth_beats_with_the_voice(script: Script) -> None:
    """Where the harsh voice pauses the mouth is shut, where it sounds it is open; a coo rounds the lips, a cry does not."""
    heard, harsh = sound.utterances(script), of(script, "harsh")
    first, second = harsh.syllables[:2]
    pause = harsh.at_s + (first.at_s + first.length_s + second.at_s) / 2
    assert sound.mouth_of(heard, "caregiver", pause).open < 0.05
    assert sound.mouth_of(heard, "caregiver", harsh.at_s + second.at_s + 0.5 * second.length_s).open > 0.6
    assert sound.mouth_of(heard, "infant", 1.1).round > 0.4
    assert sound.mouth_of(heard, "infant", 5.7).round == 0


def test_mouths_move_without_jumps(script: Script) -> None:
    heard = sound.utterances(script)
    for actor in ("infant", "caregiver"):
        open_ = [sound.mouth_of(heard, actor, i / 500).open for i in range(500 * 44)]
        assert np.abs(np.diff(open_)).max() < 0.08  # a whole opening takes at least 25 ms


def test_captions_name_each_sound_and_stay_long_enough_to_read(script: Script) -> None:
    made = sound.captions(script)
    assert [c.text for c in made][:3] == ["[coos]", "[fusses]", "[cries]"]
    assert made[0] == sound.Caption("infant", "[coos]", 1_000_000, 2_000_000)
    assert made[2] == sound.Caption("infant", "[cries]", 5_000_000, 10_000_000)
    assert sound.captions_at(made, 1_500_000) == ("[coos]", "")
    assert sound.captions_at(made, 18_500_000) == ("", "[sing-song]")
    assert sound.captions_at(made, 500_000) == ("", "")
    own = [c for c in made if c.actor == "caregiver"]
    assert all(a.to_us <= b.from_us for a, b in pairwise(own))


def test_a_mirroring_voice_takes_the_place_of_other_talk() -> None:
    text = ALL.replace("{at: 34, to: 36, code: other_directed}", "{at: 38, to: 38.6, code: infant_directed}")
    heard = [one.sound for one in sound.utterances(parse(text, "both.yaml")) if 37 < one.at_s < 39]
    assert heard == ["vocal_mirroring"]


def test_another_seed_sounds_different_and_the_same_seed_the_same(script: Script, wave: hearing.Wave) -> None:
    assert np.array_equal(sound.track(script), wave.astype(np.float32))
    assert not np.array_equal(sound.track(script.model_copy(update={"seed": 10})), wave.astype(np.float32))


def test_a_fathers_voice_is_deeper_and_mirrors_the_same_octave(script: Script, wave: hearing.Wave) -> None:
    father = parse(ALL.replace("seed: 9", "seed: 9\ncast: {caregiver: b}"), "father.yaml")
    low = sound.track(father).astype(float)
    for name in ("infant_directed", "narrating"):
        one = of(script, name)
        mean = [np.nanmean(hearing.contour(w, sound.RATE, one.at_s, one.end_s)[:, 1]) for w in (wave, low)]
        assert mean[1] < 0.98 * mean[0]
    back = of(script, "vocal_mirroring")
    assert middle_pitch(low, back, 0.5) == pytest.approx(middle_pitch(wave, back, 0.5), rel=0.02)
