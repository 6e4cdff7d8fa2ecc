"""The exact table: the constructed case, several parts, unscorable time, and the limit of small units."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder_app.agreement import MISSING, Timeline, Track, compute
from coder_app.agreement.timed.durations import duration_table, stretches
from coder_app.agreement.timed.units import time_units
from coder_app.model.interval import Spans

S = 1_000_000


def seconds(*bouts: tuple[float, float, int]) -> Track:
    return Track.of((round(a * S), round(b * S), code) for a, b, code in bouts)


def test_constructed_case() -> None:
    # case timeunit-exact-duration: independent sweep and a .01 s grid
    first = seconds((0, 3.2, 0), (3.2, 7.5, 1), (7.5, 12, 0), (12, 20, 2))
    second = seconds((0, 3, 0), (3, 8.25, 1), (8.25, 11.5, 0), (11.5, 14, 1), (14, 20, 2))
    table = duration_table(Timeline(Spans(((0, 20 * S),)), first, second, ("a", "b", "c")))
    assert (table.counts / S).tolist() == [[6.25, 1.45, 0], [0, 4.3, 0], [0, 2, 6]]
    assert compute("cohen_kappa", table).value == pytest.approx(0.7449639623, abs=1e-9)
    assert compute("percent_agreement", table).value == pytest.approx(0.8275, abs=1e-12)
    p_pos = [compute("per_code_agreement", table, code=k)["p_pos"] for k in range(3)]
    assert p_pos == pytest.approx([0.8960573477, 0.7136929461, 0.8571428571], abs=1e-9)


def test_parts_gaps_and_unscorable_time() -> None:
    # Compared 0-4 and 6-8. First: a 0-3, nothing 3-4, a 6-8. Second: a 0-1, unscorable 1-2, b 2-4, a 6-7, nothing 7-8.
    # 0-1 aa, 1-2 leaves, 2-3 ab, 3-4 none b, 6-7 aa, 7-8 a none: aa 2 s, ab 1, a none 1, none b 1; 5 s in all.
    first = seconds((0, 3, 0), (5, 9, 0))
    second = seconds((0, 1, 0), (1, 2, MISSING), (2, 5, 1), (6, 7, 0))
    compared = Spans(((0, 4 * S), (6 * S, 8 * S)))
    table = duration_table(Timeline(compared, first, second, ("a", "b", "none"), gap=2))
    assert (table.counts / S).tolist() == [[2, 1, 1], [0, 0, 0], [0, 1, 0]]
    assert table.total == 5 * S


def test_nothing_compared() -> None:
    line = Timeline(Spans(), seconds((0, 1, 0)), seconds(), ("a", "none"), gap=1)
    assert duration_table(line).total == 0
    assert len(stretches(line).from_us) == 0


EDGES = st.lists(st.integers(0, 30), min_size=2, max_size=10, unique=True).map(sorted)


def track(edges: list[int], codes: list[int]) -> Track:
    return Track.of((a * 1000, b * 1000, k) for a, b, k in zip(edges, edges[1:], codes, strict=False))


TRACKS = st.builds(track, EDGES, st.lists(st.integers(MISSING, 1), min_size=9, max_size=9))


@given(TRACKS, TRACKS, st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=3))
def test_is_the_limit_of_small_units(first: Track, second: Track, parts: list[tuple[int, int]]) -> None:
    # All edges stand on whole milliseconds, so units of 1 ms from the first edge on lose nothing.
    compared = Spans.of((a * 1000, b * 1000) for a, b in parts)
    line = Timeline(compared, first, second, ("a", "b", "none"), gap=2)
    assert (duration_table(line).counts == 1000 * time_units(line, 1000).contingency().counts).all()
