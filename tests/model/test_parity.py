"""Random sequences of operations: the promises of the rules hold after each, and Python and JavaScript agree throughout."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import pairwise

import pytest
from coding_parity import MOVE_BYTES, Browser, assert_equal, play, small_scheme
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from coder_app.model.coding import Coding
from coder_app.model.rules import end_of, onset_of

SCHEME = small_scheme()
OPERATIONS = 40
SEQUENCES = st.binary(max_size=OPERATIONS * MOVE_BYTES) | st.binary(
    min_size=OPERATIONS * MOVE_BYTES, max_size=OPERATIONS * MOVE_BYTES
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser(SCHEME) as process:
        yield process


def keeps_its_promises(coding: Coding) -> None:
    """No overlap of codes that conflict, no joint left open, no dangling link, tidy spans, true indexes."""
    for stream in SCHEME.streams:
        rules = coding.rules.streams[stream.id]
        bouts = coding.bouts(stream.id)
        for bout in bouts:
            assert bout.offset_us is None or onset_of(bout) < bout.offset_us
        for i, one in enumerate(bouts):
            for two in bouts[i + 1 :]:
                if two.code in rules.conflicts[one.code]:
                    assert end_of(one) <= onset_of(two), f"{one} and {two} overlap"
                if stream.exhaustive and one.code == two.code:
                    assert end_of(one) < onset_of(two), f"{one} and {two} touch and are not joined"
        assert not (stream.exhaustive and coding.own[stream.id])
        for spans in (coding.watched[stream.id], coding.own[stream.id], coding.span(stream.id)):
            ends = [t for part in spans for t in part]
            assert all(a < b for a, b in pairwise(ends)), f"{spans} is not tidy"
        if not stream.exhaustive:
            coded = coding.watched[stream.id] | coding.own[stream.id]
            assert not coded - coding.span(stream.id)
    for event in coding.events.values():
        assert event.link is None or event.link["to"] is None or event.link["to"] in coding.events
    ratings = [(one.stream, one.code, one.episode) for one in coding.events.values() if one.kind == "rating"]
    assert len(ratings) == len(set(ratings))
    rebuilt = coding.copy()
    assert (rebuilt._onsets, rebuilt._open, rebuilt._ratings, rebuilt._sources) == (
        coding._onsets,
        coding._open,
        coding._ratings,
        coding._sources,
    )


@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(SEQUENCES)
@example(b"")
def test_python_and_javascript_agree_and_keep_the_promises(browser, raw):
    played = play(SCHEME, raw, unwind=True, watch=keeps_its_promises)
    assert_equal(played, browser.ask({"operations": played.operations}))


def test_the_sequences_reach_every_rule():
    """What the random sequences are worth: among 60 of them every kind of operation is accepted and most refusals occur."""
    rng = random.Random(20261122)
    accepted, refused = set(), set()
    for _ in range(60):
        played = play(SCHEME, rng.randbytes(OPERATIONS * MOVE_BYTES), unwind=False)
        for operation, answer in zip(played.operations, played.answers, strict=True):
            if "unlawful" in answer:
                refused.add(answer["unlawful"][0])
            else:
                accepted.add(operation["kind"])
    assert accepted == {"add", "change", "remove", "undo", "redo", "cover", "uncover"}
    assert {"malformed", "bad_id", "bad_time", "bad_link", "not_newest", "unknown_event", "ends_before_start"} <= refused
