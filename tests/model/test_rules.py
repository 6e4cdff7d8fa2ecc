"""The rules of coding against a second, simple account of them: each code painted on a short clock, instant by instant.

The painter knows no bouts, indexes or ids; it says for each instant which codes hold there after an operation. It covers the
exclusive streams, where an instant has one code at most, and bouts with both ends in the free stream.
"""

from __future__ import annotations

from coding_parity import MOVE_BYTES, TIMES, play, small_scheme
from hypothesis import given, settings
from hypothesis import strategies as st

from coder_app.model.coding import Coding, apply
from coder_app.model.event import Event, Operation
from coder_app.model.ids import new_id, now
from coder_app.model.rules import end_of, onset_of

SCHEME = small_scheme()
CLOCK = range(TIMES + 16)
"""Beyond the last onset and offset that `play` makes, so an open bout shows by the last instant."""

CODINGS = st.binary(min_size=8 * MOVE_BYTES, max_size=16 * MOVE_BYTES).map(lambda raw: play(SCHEME, raw, unwind=False).coding)
ONSETS = st.integers(0, TIMES)
LENGTHS = st.integers(1, 12)

Paint = list[frozenset[str]]


def painted(coding: Coding, stream: str) -> Paint:
    """The codes at each instant of the clock."""
    bouts = coding.bouts(stream)
    return [frozenset(bout.code for bout in bouts if onset_of(bout) <= t < end_of(bout)) for t in CLOCK]


def onsets(coding: Coding, stream: str) -> set[int]:
    return {onset_of(bout) for bout in coding.bouts(stream)}


def after(coding: Coding, kind: str, event: Event) -> Coding:
    operation = Operation(new_id(), kind, now(), event=None if kind == "remove" else event, event_id=event.id)
    coding.take(apply(coding, operation))
    return coding


def bout(stream: str, code: str, onset: int, offset: int | None) -> Event:
    return Event("new", "state", stream, code, onset, offset)


def rivals(stream: str, code: str, coding: Coding) -> set[str]:
    return set(coding.rules.streams[stream].rivals[code])


@settings(max_examples=200, deadline=None)
@given(CODINGS, st.sampled_from(["full", "one", "free"]), st.sampled_from("abu"), ONSETS, LENGTHS)
def test_a_bout_with_both_ends_paints_its_interval_and_nothing_else(coding, stream, code, onset, length):
    before = painted(coding, stream)
    expected = [
        (codes - rivals(stream, code, coding)) | {code} if onset <= t < onset + length else codes
        for t, codes in enumerate(before)
    ]
    assert painted(after(coding, "add", bout(stream, code, onset, onset + length)), stream) == expected


@settings(max_examples=300, deadline=None)
@given(CODINGS, st.sampled_from("abu"), ONSETS)
def test_a_key_in_an_exhaustive_stream_paints_to_the_next_onset_or_the_end_of_the_bout_it_cuts(coding, code, at):
    before, starts = painted(coding, "full"), onsets(coding, "full")
    expected = list(before)
    if before[at] != {code}:
        for t in range(at, len(expected)):
            # A bout that holds the instant gives its rest, which ends with it; uncoded time reaches to the next onset.
            if t > at and (t in starts or before[t] != before[at]):
                break
            expected[t] = frozenset({code})
    assert painted(after(coding, "add", bout("full", code, at, None)), "full") == expected


@settings(max_examples=300, deadline=None)
@given(CODINGS, st.sampled_from("abu"), ONSETS)
def test_a_key_in_an_exclusive_stream_stops_its_own_bout_or_takes_the_rest_of_another(coding, code, at):
    before, starts = painted(coding, "one"), onsets(coding, "one")
    expected = list(before)
    for t in range(at, len(expected)):
        if t > at and (t in starts or before[t] != before[at]):
            break
        expected[t] = frozenset() if before[at] == {code} else frozenset({code})
    assert painted(after(coding, "add", bout("one", code, at, None)), "one") == expected


@settings(max_examples=300, deadline=None)
@given(CODINGS, st.sampled_from(["full", "one", "free"]), st.integers(0, 99))
def test_removing_a_bout_leaves_its_time_to_the_neighbour_that_touches_it(coding, stream, which):
    bouts = coding.bouts(stream)
    if not bouts:
        return
    gone, before = bouts[which % len(bouts)], painted(coding, stream)
    start, end = onset_of(gone), min(end_of(gone), len(before))
    heir: frozenset[str] = frozenset()
    if stream == "full":
        # A neighbour is the code beside, which is another one, since touching bouts of one code are joined.
        heir = before[start - 1] if start > 0 and before[start - 1] else before[end] if end < len(before) else frozenset()
    expected = [(codes - {gone.code}) | heir if start <= t < end else codes for t, codes in enumerate(before)]
    assert painted(after(coding, "remove", gone), stream) == expected


@settings(max_examples=300, deadline=None)
@given(CODINGS, st.integers(0, 99), ONSETS, LENGTHS)
def test_changing_a_bout_gives_up_what_it_leaves_and_takes_what_it_covers(coding, which, onset, length):
    bouts = coding.bouts("full")
    if not bouts:
        return
    old, before = bouts[which % len(bouts)], painted(coding, "full")
    start, end = onset_of(old), min(end_of(old), len(before))
    earlier = before[start - 1] if start > 0 else frozenset()
    later = before[end] if end < len(before) else frozenset()
    expected = list(before)
    for t in range(start, end):
        # The piece in front touches the earlier neighbour, the piece behind the later one; a bout that leaves is one piece.
        in_front, behind = t < onset, t >= onset + length
        left = onset >= end or onset + length <= start
        expected[t] = (earlier or later) if left else earlier if in_front else later if behind else expected[t]
    for t in range(onset, onset + length):
        expected[t] = frozenset({old.code})
    changed = Event(old.id, "state", "full", old.code, onset, onset + length)
    assert painted(after(coding, "change", changed), "full") == expected
