"""Small random codings for the tests of timed statistics: bouts that tile or leave gaps, events that may overlap, points."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import strategies as st

from coder_app.agreement import Codings
from coder_app.agreement.data import EventTable
from coder_app.model.interval import Spans

Event = tuple[int, int, int]


def codings(first: list[Event], second: list[Event], categories: str = "abc", end: int = 40) -> Codings:
    """Two coders from (onset, offset, code) in whole microseconds; equal onset and offset is a point."""
    tables = [EventTable.of(*([e[i] for e in events] for i in range(3))) for events in (first, second)]
    return Codings((tables[0], tables[1]), Spans.of([(0, end)]), tuple(categories), ("one", "two"))


@st.composite
def bouts(draw: st.DrawFn, end: int = 40, codes: int = 3) -> list[Event]:
    """Bouts of one coder that do not overlap, sorted."""
    edges = sorted(draw(st.sets(st.integers(0, end), max_size=10)))
    return [(a, b, draw(st.integers(0, codes - 1))) for a, b in pairwise(edges) if draw(st.booleans())]


@st.composite
def events(draw: st.DrawFn, most: int = 6, codes: int = 3, points: bool = True) -> list[Event]:
    """Events that may overlap one another, sorted."""
    found = []
    for _ in range(draw(st.integers(0, most))):
        onset = draw(st.integers(0, 20))
        found.append((onset, onset + draw(st.integers(0 if points else 1, 12)), draw(st.integers(0, codes - 1))))
    return sorted(found)
