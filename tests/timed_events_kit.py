"""Small random codings for the tests of timed statistics: bouts that tile or leave gaps, events that may overlap, points."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
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


def full_table(a: list[int], b: list[int], may: np.ndarray, cost: tuple[float, ...]) -> tuple[float, list[tuple[int, int]]]:
    """Least cost and the alignment by tie priority pair, deletion, insertion: the recursion as it stands in textbooks."""
    agree, sub, gone, new = (round(10 * c) for c in cost)
    d = [[10**9] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a) + 1):
        for j in range(len(b) + 1):
            ways = [0] if i == j == 0 else []
            if i and j and may[i - 1][j - 1]:
                ways.append(d[i - 1][j - 1] + (agree if a[i - 1] == b[j - 1] else sub))
            if i:
                ways.append(d[i - 1][j] + gone)
            if j:
                ways.append(d[i][j - 1] + new)
            d[i][j] = min(ways)
    pairs, i, j = [], len(a), len(b)
    while i or j:
        step = agree if i and j and a[i - 1] == b[j - 1] else sub
        if i and j and may[i - 1][j - 1] and d[i][j] == d[i - 1][j - 1] + step:
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif i and d[i][j] == d[i - 1][j] + gone:
            i -= 1
        else:
            j -= 1
    return d[-1][-1] / 10, pairs[::-1]
