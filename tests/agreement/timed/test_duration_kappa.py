"""Kappa by exact duration: a case by hand, a grid as fine as time itself as oracle, and what is undefined."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from sklearn.metrics import cohen_kappa_score
from timed_events_kit import Event, bouts, codings

from coder_app.agreement.timed.duration_kappa import DurationOptions, duration_kappa


def test_by_hand() -> None:
    # a/a 3, b/a 2, b/b 5 of 10: po = .8, pe = (3 x 5 + 7 x 5)/100 = .5, kappa .6; p_pos a = 6/8, b = 10/12
    result = duration_kappa(codings([(0, 3, 0), (3, 10, 1)], [(0, 5, 0), (5, 10, 1)], "ab", 10), DurationOptions(None))
    assert result["table"] == [[3, 0], [2, 5]]
    assert result.value == pytest.approx(0.6)
    assert result["positive"] == pytest.approx({"a": 0.75, "b": 10 / 12})


@given(bouts(), bouts())
def test_equals_a_grid_of_single_microseconds(first: list[Event], second: list[Event]) -> None:
    grids = [np.full(40, 3), np.full(40, 3)]
    for grid, events in zip(grids, (first, second), strict=True):
        for a, b, code in events:
            grid[a:b] = code
    result = duration_kappa(codings(first, second))
    counted = [[int(((grids[0] == i) & (grids[1] == j)).sum()) for j in range(4)] for i in range(4)]
    assert result["table"] == counted
    if result.value is None:
        assert result.undefined == "one_category"
    else:
        assert result.value == pytest.approx(cohen_kappa_score(*grids, labels=range(4)))


def test_undefined() -> None:
    alike = duration_kappa(codings([(0, 40, 0)], [(0, 40, 0)]))
    assert (alike.value, alike.undefined, alike["observed"], alike["positive"]["b"]) == (None, "one_category", 1.0, None)
    assert duration_kappa(codings([], [], end=0)).undefined == "no_overlap"
