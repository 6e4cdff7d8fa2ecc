"""Derived figures of the clips. Expected values: the design of the practice clips (script tables of C1 to C8), where they were
computed by hand and by another program before any of this was written; they are printed there with the decimals given here."""

from __future__ import annotations

from typing import Any

import pytest

from coder_app.shipped import shipped
from coder_app.studio import script, write
from coder_app.studio.figures import contingency, dyadic_states, figures_of


def figures(clip: str) -> dict[str, Any]:
    read = script.read(shipped("sample_data") / clip / "script.yaml")
    return figures_of(read, write.scheme_of(read))


def codes(found: dict[str, Any], stream: str, part: str = "whole") -> dict[str, Any]:
    return found["parts"][part]["streams"][stream]["codes"]


def times(found: dict[str, Any], stream: str) -> dict[str, tuple[float, int]]:
    return {code: (round(f["seconds"], 6), f["bouts"]) for code, f in codes(found, stream).items()}


@pytest.fixture(scope="module")
def c8() -> dict[str, Any]:
    return figures("c8-still-face")


def test_c1() -> None:
    found = figures("c1-look")
    assert times(found, "infant_gaze") == {"face": (21.6, 5), "object": (11.4, 2), "averted": (5.4, 2), "unscorable": (1.6, 1)}
    assert codes(found, "infant_gaze")["face"]["mean_s"] == pytest.approx(4.32)
    assert codes(found, "infant_gaze")["face"]["percent"] == pytest.approx(56.3, abs=0.05)
    assert found["parts"]["whole"]["streams"]["infant_gaze"]["scorable_s"] == pytest.approx(38.4)


def test_c2() -> None:
    assert times(figures("c2-faces-and-sounds"), "infant_face") == {
        "neutral": (24.4, 5),
        "smile": (9.0, 3),
        "negative": (11.6, 2),
    }


def test_c3_answers_depend_on_the_window_and_its_start() -> None:
    found = figures("c3-answered")["answers"]
    assert found["offers"] == 8
    assert found["from_onset"]["latencies_s"] == pytest.approx([1.2, 0.8, 2.6, 1.0, None, 1.8, None, 1.2])
    assert found["from_onset"]["answered_within"] == {"1": 2, "2": 5, "3": 6}
    assert found["voices_from_end"]["latencies_s"] == pytest.approx([0.8, 0.8, 1.8, 1.0, None, 0.8, None, 1.2])
    assert found["voices_from_end"]["answered_within"] == {"1": 4, "2": 6, "3": 6}


@pytest.mark.parametrize(
    ("window", "table", "ratio", "q", "z"),
    [
        ("1", (1, 7, 6, 46), 1.10, 0.045, 0.08),
        ("2", (5, 11, 2, 42), 9.55, 0.810, 2.85),
        ("3", (6, 18, 1, 35), 11.67, 0.842, 2.63),
    ],
)
def test_c3_tables(window: str, table: tuple[int, ...], ratio: float, q: float, z: float) -> None:
    found = figures("c3-answered")["answers"]["tables"][window]
    assert tuple(found[cell] for cell in "abcd") == table
    assert found["odds_ratio"] == pytest.approx(ratio, abs=0.005)
    assert found["yule_q"] == pytest.approx(q, abs=0.0005)
    assert found["z"] == pytest.approx(z, abs=0.005)


def test_c5() -> None:
    found = figures("c5-calm-and-play")
    touches = times(found, "caregiver_touch")
    assert {code: touches[code][0] for code in touches if code != "none"} == {
        "affectionate": 8,
        "comforting": 16,
        "static": 7,
        "playful": 13,
        "instrumental": 6,
    }
    assert times(found, "caregiver_voice")["narrating"] == (7.6, 3)
    read = script.read(shipped("sample_data") / "c5-calm-and-play" / "script.yaml")
    cry = next(event for event in read.events("infant_voice") if event.code == "cry")
    assert read.events("regulation")[0].at_us - cry.at_us == 1_600_000
    assert max(event.end_us for event in read.events("infant_voice")) == 32_000_000


def test_c6_only_the_first_look_away_comes_without_an_intrusion() -> None:
    read = script.read(shipped("sample_data") / "c6-turning-away" / "script.yaml")
    before = [
        [away.at_us - act.at_us for act in read.events("regulation") if act.at_us <= away.at_us < act.end_us]
        for away in read.events("dyad")
    ]
    assert before == [[], [1_600_000], [1_000_000]]


def test_c7_match_and_repair() -> None:
    found = figures("c7-miss-and-mend")["parts"]["whole"]["dyad"]
    assert found["match_percent"] == pytest.approx(38.9, abs=0.05)
    assert found["repairs"] == 8
    assert found["repairs_per_minute"] == pytest.approx(5.33, abs=0.005)
    assert found["mismatches_s"] == [1, 8, 1, 21, 3, 12, 8, 1]
    assert found["mean_latency_s"] == pytest.approx(6.88, abs=0.005)
    assert found["repairs_by_hand_s"] == [17, 45, 50, 66, 80]
    read = script.read(shipped("sample_data") / "c7-miss-and-mend" / "script.yaml")
    assert [e.at_us / 1e6 for e in read.events("additions") if e.code == "repair"] == found["repairs_by_hand_s"]


@pytest.mark.parametrize(
    ("episode", "percent"),
    [
        ("play", (19.8, 29.5, 47.8, 2.8)),
        ("still_face", (1.7, 10.8, 55.0, 32.5)),
        ("reunion", (12.8, 26.3, 42.5, 18.3)),
    ],
)
def test_c8_time_in_phases(c8: dict[str, Any], episode: str, percent: tuple[float, ...]) -> None:
    found = codes(c8, "infant_phase", episode)
    shares = [found[code]["percent"] for code in ("positive", "monitor", "object", "protest")]
    assert shares == pytest.approx(percent, abs=0.05)


def test_c8_still_face_effect(c8: dict[str, Any]) -> None:
    """The design prints differences of rounded shares, hence a tenth of a point."""
    effect = c8["still_face_effect"]
    assert effect["positive"]["effect"] == pytest.approx(18.1, abs=0.1)
    assert effect["at_face"]["effect"] == pytest.approx(36.8, abs=0.1)
    assert effect["protest"]["effect"] == pytest.approx(-29.7, abs=0.1)
    assert effect["positive"]["recovery"] == pytest.approx(11.1, abs=0.1)
    assert effect["positive"]["carry_over"] == pytest.approx(7.0, abs=0.1)
    assert effect["protest"]["carry_over"] == pytest.approx(-15.5, abs=0.1)


@pytest.mark.parametrize(("episode", "figures_"), [("play", (39.2, 19, 9.50, 3.63)), ("reunion", (32.5, 14, 7.00, 5.57))])
def test_c8_match_and_repair(c8: dict[str, Any], episode: str, figures_: tuple[float, ...]) -> None:
    found = c8["parts"][episode]["dyad"]
    assert found["match_percent"] == pytest.approx(figures_[0], abs=0.05)
    assert found["repairs"] == figures_[1]
    assert found["repairs_per_minute"] == pytest.approx(figures_[2], abs=0.005)
    assert found["mean_latency_s"] == pytest.approx(figures_[3], abs=0.005)


def test_an_empty_margin_leaves_statistics_undefined() -> None:
    found = contingency([], [1_000_000], 3_000_000, 1)
    assert (found["a"], found["b"], found["c"], found["d"]) == (0, 0, 1, 2)
    assert (found["odds_ratio"], found["yule_q"], found["z"]) == (None, None, None)


def test_unscorable_time_is_neither_match_nor_mismatch() -> None:
    text = """
id: pair
version: "1"
name: Pair
scheme: engagement-phases
length_s: 6.0
seed: 1
scores: [infant_phase, caregiver_phase]
streams:
  infant_phase: [{at: 0, code: monitor}, {at: 2.0, code: unscorable}, {at: 4.0, code: positive}]
  caregiver_phase: [{at: 0, code: positive}, {at: 1.0, code: monitor}]
"""
    read = script.parse(text, "pair.yaml")
    assert dyadic_states(read, (0, read.length_us)) == [
        ("mismatch", 0, 1_000_000),
        ("match", 1_000_000, 2_000_000),
        ("unscorable", 2_000_000, 4_000_000),
        ("mismatch", 4_000_000, 6_000_000),
    ]
