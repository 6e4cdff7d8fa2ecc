"""Spans behave like the sets of whole microseconds they stand for."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from coder_app.model.interval import Spans

ENDS = st.integers(0, 30)
PARTS = st.lists(st.tuples(ENDS, ENDS), max_size=8)


def instants(spans: Spans) -> set[int]:
    """The oracle: every whole instant held."""
    return {t for a, b in spans for t in range(a, b)}


def is_tidy(spans: Spans) -> bool:
    flat = [t for part in spans for t in part]
    return all(a < b for a, b in pairwise(flat))


@given(PARTS, PARTS)
def test_union_intersection_and_difference_are_those_of_sets(one, two):
    a, b = Spans.of(one), Spans.of(two)
    for found, expected in (
        (a | b, instants(a) | instants(b)),
        (a & b, instants(a) & instants(b)),
        (a - b, instants(a) - instants(b)),
    ):
        assert instants(found) == expected
        assert is_tidy(found)


@given(PARTS, ENDS, ENDS)
def test_adding_without_and_within_equal_the_operators(parts, start, end):
    spans, stretch = Spans.of(parts), Spans.of([(start, end)])
    assert spans.adding(start, end) == spans | stretch
    assert spans.without(start, end) == spans - stretch
    assert spans.within(start, end) == spans & stretch


@given(PARTS, ENDS)
def test_the_part_that_holds_an_instant(parts, t):
    spans = Spans.of(parts)
    found = spans.holding(t)
    assert (found is not None) == (t in instants(spans))
    assert found is None or (found in spans.parts and found[0] <= t < found[1])


def test_what_changes_nothing_is_the_same_object():
    spans = Spans.of([(0, 10), (20, 30)])
    assert spans.adding(2, 10) is spans
    assert spans.without(10, 20) is spans
    assert spans.adding(5, 5) is spans


def test_touching_parts_are_one():
    assert Spans.of([(0, 10), (10, 20), (5, 5)]).parts == ((0, 20),)
    assert Spans.of([(0, 10)]).adding(10, 20).to_json() == [[0, 20]]
    assert Spans.of([(0, 10), (12, 20)]).total_us == 18
