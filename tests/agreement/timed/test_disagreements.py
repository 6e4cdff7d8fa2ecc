"""The list of disagreements: stretches as long as nothing changes, unscorable ones apart, points paired or alone."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from coder_app.agreement.timed.disagreements import point_disagreements, state_disagreements
from coder_app.agreement.timed.durations import duration_table
from coder_app.agreement.timed.marks import Marks, stream_timeline
from coder_app.model.interval import Spans
from coder_app.model.scheme import Code, Stream

S = 1_000_000
Make = Callable[..., Stream]
Mark = Callable[..., Marks]


def rows(found: list) -> list[tuple]:
    return [(d.kind, d.from_us / S, d.to_us / S, "+".join(d.first), "+".join(d.second)) for d in found]


def test_exclusive_stream(stream: Make, marked: Mark, minute: Spans) -> None:
    first = marked([(0, 10)], (0, 4, "a"), (4, 8, "b"))
    second = marked([(0, 10)], (0, 5, "a"), (5, 7, "b"), (9, 10, "unscorable"))
    assert rows(state_disagreements(stream("a b"), first, second, minute)) == [
        ("state", 4, 5, "b", "a"),
        ("state", 7, 8, "b", ""),
        ("unscorable", 9, 10, "", "unscorable"),
    ]


def test_codes_that_may_overlap(stream: Make, marked: Mark, minute: Spans) -> None:
    first, second = marked([(0, 9)], (0, 6, "a"), (2, 4, "b")), marked([(0, 9)], (0, 5, "a"))
    assert rows(state_disagreements(stream("a b", exclusive=False), first, second, minute)) == [
        ("state", 2, 4, "a+b", "a"),
        ("state", 5, 6, "a", ""),
    ]


def test_both_unscorable_is_none(stream: Make, marked: Mark, minute: Spans) -> None:
    both = marked([(0, 5)], (0, 5, "unscorable"))
    assert state_disagreements(stream("a"), both, both, minute) == []


def test_a_gap_in_the_compared_time_divides(stream: Make, marked: Mark, minute: Spans) -> None:
    first, second = marked([(0, 2), (3, 5)], (0, 5, "a")), marked([(0, 5)])
    assert [row[1:3] for row in rows(state_disagreements(stream("a"), first, second, minute))] == [(0, 2), (3, 5)]


def test_two_bouts_of_one_code_that_touch_are_one_stretch(stream: Make, marked: Mark, minute: Spans) -> None:
    first, second = marked([(0, 5)], (0, 2, "a"), (2, 5, "a")), marked([(0, 5)], (0, 5, "b"))
    assert rows(state_disagreements(stream("a b"), first, second, minute)) == [("state", 0, 5, "a", "b")]


def test_points(stream: Make) -> None:
    # p 1.0/1.3 match; p 4.0 against q 4.2 is one item with two codes; q 9 stands alone.
    first, second = [(1_000_000, "p"), (4_000_000, "p")], [(1_300_000, "p"), (4_200_000, "q"), (9_000_000, "q")]
    assert rows(point_disagreements(stream(points="p q"), first, second, 500_000)) == [
        ("point", 4.0, 4.2, "p", "q"),
        ("point", 9.0, 9.0, "", "q"),
    ]


STREAM = Stream(
    "s",
    "S",
    "infant",
    "state",
    True,
    False,
    (*(Code(c, c, "state") for c in "ab"), Code("u", "u", "state", unscorable=True)),
)
EDGES = st.lists(st.integers(0, 30), min_size=2, max_size=10, unique=True).map(sorted)


def coder(edges: list[int], codes: str, span: list[tuple[int, int]]) -> Marks:
    bouts = tuple((a, b, code) for a, b, code in zip(edges, edges[1:], codes, strict=False) if code != " ")
    return Marks(Spans.of(span), bouts)


CODERS = st.builds(
    coder,
    EDGES,
    st.text("abu ", min_size=9, max_size=9),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=3),
)


@given(CODERS, CODERS)
def test_they_add_up_to_what_the_table_has_off_its_diagonal(first: Marks, second: Marks) -> None:
    window = Spans(((0, 30),))
    table = duration_table(stream_timeline(STREAM, first, second, window))
    found = state_disagreements(STREAM, first, second, window)
    counted = sum(d.to_us - d.from_us for d in found if d.kind == "state")
    assert counted == table.total - int(table.counts.trace())
    assert all(d.to_us > d.from_us for d in found)
    assert all(one.to_us <= two.from_us for one, two in pairwise(found))
