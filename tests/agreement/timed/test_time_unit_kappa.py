"""Kappa of time units: a worked case, the tolerance rule read out unit by unit as oracle, frames, and what is undefined."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score
from timed_events_kit import Event, bouts, codings

from coder_app.agreement.data import Timeline, Track
from coder_app.agreement.timed.time_unit_kappa import TimeUnitOptions, time_unit_kappa, unit_tables
from coder_app.errors import AgreementError
from coder_app.model.interval import Spans

S = 1_000_000


def timeline(first: list[Event], second: list[Event], end: int, categories: str = "abc", gap: int = 2) -> Timeline:
    return Timeline(Spans(((0, end),)), Track.of(first), Track.of(second), tuple(categories), gap)


def test_tolerance_of_one_unit_by_hand() -> None:
    # Units of 1 s: coder 1 aaaaabbbbb, coder 2 aaaaaaabbb. Two units differ (5 and 6: b against a). At one unit of
    # tolerance coder 1's b at 6 finds coder 2's b at 7, its b at 5 does not: (a,a) 5, (b,a) 1, (b,b) 4. Coder 2 first:
    # its a at 5 finds coder 1's a at 4, its a at 6 does not: (a,a) 6, (a,b) 1, (b,b) 3.
    line = timeline([(0, 5 * S, 0), (5 * S, 10 * S, 1)], [(0, 7 * S, 0), (7 * S, 10 * S, 1)], 10 * S, "ab", -1)
    result = time_unit_kappa(line, TimeUnitOptions(tolerance_units=1))
    assert result["table_first"] == [[5, 0], [1, 4]]
    assert result["table_second"] == [[6, 1], [0, 3]]
    # po = 9/10; pe = (5 x 6 + 5 x 4)/100 = .5 and (7 x 6 + 3 x 4)/100 = .54
    assert result.value == result["kappa_first"] == pytest.approx((0.9 - 0.5) / 0.5)
    assert result["kappa_second"] == pytest.approx((0.9 - 0.54) / 0.46)


def spelled_out(one: list[int], two: list[int], w: int, k: int) -> list[list[int]]:
    """The rule, unit by unit; None is a unit in a gap or unscorable."""
    table = [[0] * k for _ in range(k)]
    for t, a in enumerate(one):
        if a < 0 or two[t] < 0:
            continue
        near = two[max(t - w, 0) : t + w + 1]
        table[a][a if a in near else two[t]] += 1
    return table


@given(bouts(), bouts(), st.integers(0, 6), st.integers(0, 15), st.integers(0, 10))
def test_equals_the_rule_spelled_out(first: list[Event], second: list[Event], w: int, hole: int, width: int) -> None:
    # Grid of 1,000 us; midpoints at 500; compared time has a hole, whose units nobody has.
    grow = [[(1000 * a, 1000 * b, c) for a, b, c in own] for own in (first, second)]
    line = timeline(grow[0], grow[1], 40_000)
    holed = line.compared.without(1000 * hole + 100, 1000 * (hole + width) + 100)
    line = Timeline(holed, line.first, line.second, line.categories, line.gap)
    start = holed.parts[0][0]
    n = (40_000 - start) // 1000
    units = [[2] * n, [2] * n]
    for own, events in zip(units, grow, strict=True):
        for t in range(n):
            at = start + 1000 * t + 500
            own[t] = next((c for a, b, c in events if a <= at < b), 2) if holed.holding(at) else -1
    tables = unit_tables(line, 1000, w)
    assert tables[0].tolist() == spelled_out(units[0], units[1], w, 3)
    assert tables[1].tolist() == spelled_out(units[1], units[0], w, 3)


@given(bouts(), bouts())
def test_without_tolerance_equals_scikit_learn(first: list[Event], second: list[Event]) -> None:
    grow = [[(1000 * a, 1000 * b, c) for a, b, c in own] for own in (first, second)]
    result = time_unit_kappa(timeline(grow[0], grow[1], 40_000), TimeUnitOptions(1000))
    at = np.arange(500, 40_000, 1000)
    labels = [[next((c for a, b, c in own if a <= t < b), 2) for t in at] for own in grow]
    if result.value is None:
        assert result.undefined == "one_category"
    else:
        assert result.value == pytest.approx(cohen_kappa_score(*labels, labels=[0, 1, 2]))


@pytest.mark.parametrize(("fps", "frames"), [(25, 1500), ("30000/1001", 1798), (30, 1800), (29.97, 1798)])
def test_units_down_to_the_frame(fps: float | str, frames: int) -> None:
    # A minute holds floor(60 fps) complete frames: 60 x 30000/1001 = 1798.2
    line = timeline([(0, 60 * S, 0)], [(0, 30 * S, 0)], 60 * S)
    assert time_unit_kappa(line, TimeUnitOptions(fps=fps))["n"] == frames
    assert TimeUnitOptions(fps=fps).unit == pytest.approx(S / float(Fraction(str(fps))))


def test_a_unit_that_is_no_whole_number_is_exact() -> None:
    # An hour of thirtieths: 108,000 units; as a float the unit is a fraction with 52 bits, whose multiples would overflow.
    line = timeline([(0, 3600 * S, 0)], [(0, 1800 * S, 0)], 3600 * S)
    tables = [time_unit_kappa(line, TimeUnitOptions(unit))["table"] for unit in (Fraction(S, 30), S / 30)]
    assert tables[0] == tables[1] == [[54_000, 0, 54_000], [0, 0, 0], [0, 0, 0]]


def test_codings_take_the_gap_as_a_category() -> None:
    data = codings([(0, 5 * S, 0)], [(0, 6 * S, 0)], "a", 10 * S)
    result = time_unit_kappa(data)
    assert result["table"] == [[5, 0], [1, 4]]
    assert result["categories"] == ["a", "none"]
    assert time_unit_kappa(data, TimeUnitOptions(gap=None))["n"] == 5


def test_undefined_and_wrong_calls() -> None:
    empty = time_unit_kappa(codings([], [], "a", 10 * S))
    assert (empty.value, empty.undefined, empty["observed"], empty["n"]) == (None, "one_category", 1.0, 10)
    assert time_unit_kappa(codings([], [], "a", 999)).undefined == "no_units"
    assert time_unit_kappa(codings([], [], "a", 0)).undefined == "no_overlap"
    with pytest.raises(AgreementError, match="below zero"):
        time_unit_kappa(timeline([], [], S), TimeUnitOptions(tolerance_units=-1))
    with pytest.raises(AgreementError, match="no frame rate"):
        time_unit_kappa(timeline([], [], S), TimeUnitOptions(fps="film"))
    data = codings([], [], "a", S)
    with pytest.raises(AgreementError, match="2 coders"):
        time_unit_kappa(replace(data, coders=(data.coders[0],) * 3))
