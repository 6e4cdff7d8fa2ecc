"""Gold keys and example codings. The expected figures were computed with the scripts of C1 and C4 when they were designed."""

from __future__ import annotations

import itertools
from collections import defaultdict
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder_app import codebook
from coder_app.codebook import load
from coder_app.errors import Invalid
from coder_app.shipped import shipped
from coder_app.studio import noise, write
from coder_app.studio.key import key_of
from coder_app.studio.record import Record
from coder_app.studio.script import Script, parse, read

from .conftest import SMALL


def seconds_of(record: Record, stream: str) -> dict[str, list[float]]:
    """Code -> lengths of its bouts in seconds."""
    found: dict[str, list[float]] = defaultdict(list)
    for event in record.events:
        if event["stream"] == stream:
            found[event["code"]].append((event["offset_us"] - event["onset_us"]) / 1e6)
    return dict(found)


def test_c1_key_has_the_designed_figures(c1: Script) -> None:
    lengths = seconds_of(write.records_of(c1)["key.json"], "infant_gaze")
    assert {code: (round(sum(x), 6), len(x)) for code, x in lengths.items()} == {
        "face": (21.6, 5),
        "object": (11.4, 2),
        "averted": (5.4, 2),
        "unscorable": (1.6, 1),
    }
    assert np.mean(lengths["face"]) == pytest.approx(4.32)
    scorable = sum(sum(x) for code, x in lengths.items() if code != "unscorable")
    assert scorable == pytest.approx(38.4)
    assert 100 * sum(lengths["face"]) / scorable == pytest.approx(56.3, abs=0.05)


def test_c4_key_has_four_mirrors_one_marked(c4: Script) -> None:
    key = write.records_of(c4)["key.json"]
    assert list(key.watched) == ["infant_face", "infant_voice", "caregiver_face", "returns"]
    assert all(parts == [[0, 60_000_000]] for parts in key.watched.values())
    mirrors = [event for event in key.events if event["stream"] == "returns"]
    assert len(mirrors) == 4
    assert sum(event["modifiers"].get("marked", False) for event in mirrors) == 1
    faces = seconds_of(key, "caregiver_face")
    assert [round(x, 6) for x in faces["positive"]] == [2.0, 3.0, 3.0]
    assert [round(x, 6) for x in faces["marked"]] == [3.4]


def test_c4_links_name_the_serves_they_answer(c4: Script) -> None:
    key = write.records_of(c4)["key.json"]
    by_id = {event["id"]: event for event in key.events}
    answered = [by_id.get(event["link"]["to"]) for event in key.events if event["stream"] == "returns"]
    assert [None if e is None else (e["code"], e["onset_us"]) for e in answered] == [
        ("smile", 4_000_000),
        ("coo", 12_000_000),
        ("negative", 20_000_000),
        None,
    ]


def test_a_link_to_nothing_is_refused() -> None:
    text = SMALL.replace("code: vocal_mirroring", "code: vocal_mirroring, answers: {stream: infant_voice, at: 0.44}")
    script = parse(text.replace("scores: [", "scores: [returns, "), "small.yaml")
    with pytest.raises(Invalid, match="where no event of a scored stream starts"):
        key_of(script, write.scheme_of(script))


def test_the_same_seed_gives_the_same_coding_and_another_another(c1: Script) -> None:
    scheme = write.scheme_of(c1)
    key = key_of(c1, scheme)
    first, again, other = (noise.noisy(key, c1, scheme, "A", seed) for seed in (7, 7, 8))
    assert first == again
    assert first.events != other.events


SCRIPTS = [read(path) for path in sorted(shipped("sample_data").glob("*/script.yaml"))]


@settings(max_examples=100, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), script=st.sampled_from(SCRIPTS))
def test_noisy_codings_stay_lawful(seed: int, script: Script) -> None:
    scheme = write.scheme_of(script)
    made = noise.noisy(key_of(script, scheme), script, scheme, "A", seed)
    ids = [event["id"] for event in made.events]
    assert len(set(ids)) == len(ids)
    for event in made.events:
        code = scheme.stream(event["stream"]).code(event["code"])
        assert event["kind"] == code.kind
        assert event["onset_us"] % 40_000 == 0
        if code.kind == "point":
            assert event["offset_us"] is None
            assert 0 <= event["onset_us"] < script.length_us
        else:
            assert event["offset_us"] % 40_000 == 0
            assert 0 <= event["onset_us"] < event["offset_us"] <= script.length_us
        assert set(event["modifiers"]) <= set(code.modifiers)
        assert event["link"] is None or event["link"]["to"] is None or event["link"]["to"] in ids
    for name in made.watched:
        stream = scheme.stream(name)
        for parts in parted(made.events, name, by_code=not stream.exclusive):
            assert all(a[1] <= b[0] for a, b in itertools.pairwise(parts))
            if stream.exhaustive:
                assert (parts[0][0], parts[-1][1]) == (0, script.length_us)
                assert all(a[1] == b[0] for a, b in itertools.pairwise(parts))


def parted(events: list[dict[str, Any]], stream: str, by_code: bool) -> list[list[tuple[int, int]]]:
    """Onsets and offsets of the bouts of a stream in order: together, or code by code where codes may overlap."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for event in events:
        if event["stream"] == stream and event["kind"] == "state":
            found[event["code"] if by_code else ""].append((event["onset_us"], event["offset_us"]))
    return [sorted(parts) for parts in found.values()]


def test_confusions_are_codes_of_the_schemes() -> None:
    streams = [stream for path in codebook.shipped().values() for stream in load.read(path).streams]
    for (stream, code), taken_for in noise.CONFUSIONS.items():
        holding = [
            one for one in streams if one.id == stream and one.code(code) is not None and one.code(taken_for) is not None
        ]
        assert holding, (stream, code, taken_for)
        assert all(one.code(code).kind == one.code(taken_for).kind for one in holding)


def test_onset_errors_have_the_designed_bias_and_spread(c1: Script) -> None:
    """0.3 s late with SD 0.4 s: over many seeds, on bouts far enough apart to move freely."""
    scheme = write.scheme_of(c1)
    key = key_of(c1, scheme)
    late = []
    for seed in range(400):
        for event in noise.noisy(key, c1, scheme, "A", seed).events:
            same = [k for k in key.events if k["code"] == event["code"] and abs(k["onset_us"] - event["onset_us"]) < 2_200_000]
            if event["onset_us"] and len(same) == 1:
                late.append((event["onset_us"] - same[0]["onset_us"]) / 1e6)
    assert np.mean(late) == pytest.approx(0.3, abs=0.05)
    assert np.std(late) == pytest.approx(0.4, abs=0.05)
