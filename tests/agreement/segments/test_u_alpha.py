"""u-alpha and its family against the printed example, an oracle that goes through every pair of units, and time units."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder_app.agreement import compute
from coder_app.agreement.data import Codings, EventTable
from coder_app.errors import AgreementError
from coder_app.model.interval import Spans

Coded = Callable[..., Codings]
Unit = tuple[int, int, int]
LENGTH, CODES = 20, 3


def tracks() -> st.SearchStrategy[list[list[Unit]]]:
    """Two or three coders with units that do not overlap, between 0 and LENGTH."""
    cuts = st.lists(st.integers(0, LENGTH), min_size=2, max_size=8, unique=True).map(sorted)
    codes = st.lists(st.integers(-1, CODES - 1), min_size=7, max_size=7)
    track = st.builds(lambda c, k: [(a, b, x) for a, b, x in zip(c, c[1:], k, strict=False) if x >= 0], cuts, codes)
    return st.lists(track, min_size=2, max_size=3)


def codings(coders: list[list[Unit]]) -> Codings:
    tables = []
    for units in coders:
        onset, offset, code = (np.array([u[i] for u in units], dtype=np.int64) for i in range(3))
        tables.append(EventTable.of(onset * 1_000_000, offset * 1_000_000, code))
    return Codings(tuple(tables), Spans(((0, LENGTH * 1_000_000),)), tuple(range(1, CODES + 1)))


def oracle(coders: list[list[Unit]], apart: np.ndarray[Any, Any]) -> dict[str, Any]:
    """The formulas of the paper as agreement.md 2.6 has them, over all pairs of units and gaps."""
    m, phi = len(coders), CODES
    whole = []
    for units in coders:
        edges = [0, *(t for a, b, _ in units for t in (a, b)), LENGTH]
        gaps = [(a, b, phi) for a, b in zip(edges[::2], edges[1::2], strict=True) if b > a]
        whole.append(sorted([*units, *gaps]))
    coincident, own, own_valued = np.zeros((phi + 1, phi + 1)), np.zeros(phi + 1), np.zeros(phi)
    for i, j in permutations(range(m), 2):
        for a, b, c in whole[i]:
            shared = 0
            for x, y, k in whole[j]:
                both = max(0, min(b, y) - max(a, x))
                coincident[c, k] += both / (m - 1)
                shared += both if k != phi else 0
            if c != phi:
                own_valued[c] += shared**2 / (m - 1)
    for units in whole:
        for a, b, c in units:
            own[c] += (b - a) if c == phi else (b - a) ** 2
    margin, total = coincident.sum(axis=1), coincident.sum()
    chance = total * (np.outer(margin, margin) - np.diag(own)) / (total**2 - own.sum())
    found: dict[str, Any] = {}
    expected = total - np.trace(chance)
    found["u_alpha"] = None if abs(expected) < 1e-9 else 1 - (total - np.trace(coincident)) / expected
    by_chance = chance[phi].sum() - chance[phi, phi]
    found["bar_u_alpha"] = None if abs(by_chance) < 1e-9 else 1 - (margin[phi] - coincident[phi, phi]) / by_chance
    seen = coincident[:phi, :phi]
    found["cu_alpha"] = None
    bottom = seen.sum() ** 2 - own_valued.sum()
    if bottom > 1e-9:
        rare = seen.sum() * (np.outer(seen.sum(1), seen.sum(1)) - np.diag(own_valued)) / bottom
        if abs((rare * apart).sum()) > 1e-9:
            found["cu_alpha"] = 1 - (seen * apart).sum() / (rare * apart).sum()
    return found


METRICS = {
    "nominal": 1 - np.eye(CODES),
    "interval": np.array([[0, 1, 4], [1, 0, 1], [4, 1, 0]]),
    "ratio": np.array([[0, 1 / 9, 1 / 4], [1 / 9, 0, 1 / 25], [1 / 4, 1 / 25, 0]]),  # ((c - k) / (c + k))^2 of 1, 2, 3
}


@settings(deadline=None)
@given(tracks(), st.sampled_from(sorted(METRICS)))
def test_equals_all_pairs_of_units(coders: list[list[Unit]], metric: str) -> None:
    result = compute("u_alpha", codings(coders), metric=metric)
    for name, expected in oracle(coders, METRICS[metric]).items():
        if expected is None:
            assert result[name] is None
            assert name in result["undefined_parts"]
        else:
            assert result[name] == pytest.approx(expected, abs=1e-9)


def test_printed_example(alex_paul_suzan: Codings) -> None:
    # Krippendorff et al. 2016: .510, .413, .724; (k)u 1, 0, 0, 0, 1, 1 and none for code 7
    result = compute("u_alpha", alex_paul_suzan)
    assert [round(result[name], 3) for name in ("u_alpha", "bar_u_alpha", "cu_alpha")] == [0.510, 0.413, 0.724]
    assert result["ku_alpha"] == pytest.approx({"1": 1, "2": 0, "3": 0, "4": 0, "5": 1, "6": 1, "7": None})
    assert result["undefined_parts"] == {"ku_alpha 7": "no_common_units"}


def test_ordinal_metric_of_the_coincident_time(coded: Coded) -> None:
    # A: 1 2 3 3, B: 1 2 2 3, ten seconds each. l* = 2 x [10, 10, 20] in both orders: margins 20, 30, 30.
    # ordinal d12 = (20/2 + 30/2)^2 = 625, d23 = (30/2 + 30/2)^2 = 900, d13 = (10 + 30 + 15)^2 = 3025
    a = [[0, 10, 1], [10, 20, 2], [20, 30, 3], [30, 40, 3]]
    b = [[0, 10, 1], [10, 20, 2], [20, 30, 2], [30, 40, 3]]
    apart = np.array([[0, 625, 3025], [625, 0, 900], [3025, 900, 0]], dtype=float)
    data = coded({"A": a, "B": b}, 0, 40)
    assert compute("u_alpha", data, metric="ordinal")["cu_alpha"] == pytest.approx(
        compute("u_alpha", data, metric=apart)["cu_alpha"], abs=1e-12
    )


def test_time_unit_changes_u_but_not_cu(alex_paul_suzan: Codings) -> None:
    # agreement.md 2.6: .5097 in units, .5086 in thousandths of them
    fine = compute("u_alpha", alex_paul_suzan, unit_s=0.001)
    assert fine.value == pytest.approx(0.5086, abs=5e-5)
    assert fine["cu_alpha"] == pytest.approx(compute("u_alpha", alex_paul_suzan)["cu_alpha"], abs=1e-12)


def test_coefficient_is_the_value(alex_paul_suzan: Codings) -> None:
    assert compute("u_alpha", alex_paul_suzan, coefficient="cu").value == pytest.approx(0.724, abs=5e-4)
    with pytest.raises(AgreementError, match="Choose u, bar_u or cu"):
        compute("u_alpha", alex_paul_suzan, coefficient="ku")


def test_time_that_was_not_observed_does_not_count(coded: Coded) -> None:
    # the same units with 100 s of unscorable time cut out of a gap, and everything behind it moved
    whole = coded({"A": [[1, 3, "a"], [5, 8, "b"]], "B": [[1, 4, "a"], [6, 8, "b"]]}, 0, 10)
    split = coded({"A": [[1, 3, "a"], [105, 108, "b"]], "B": [[1, 4, "a"], [106, 108, "b"]]}, 0, 110)
    split = replace(split, observed=Spans(((0, 4_500_000), (104_500_000, 110_000_000))))
    assert compute("u_alpha", split).value == pytest.approx(compute("u_alpha", whole).value, abs=1e-12)


@pytest.mark.parametrize(
    ("coders", "reason"),
    [
        ({"A": [], "B": []}, "one_category"),
        ({"A": [[0, 10, "a"]], "B": [[0, 10, "a"]]}, "one_category"),
        ({"A": [[0, 6, "a"], [5, 9, "b"]], "B": []}, "units_overlap"),
    ],
)
def test_undefined(coded: Coded, coders: dict[str, Any], reason: str) -> None:
    result = compute("u_alpha", coded(coders, 0, 10))
    assert (result.value, result.undefined) == (None, reason)


def test_codes_that_are_no_numbers_have_no_interval(coded: Coded) -> None:
    with pytest.raises(AgreementError, match="categories that are numbers"):
        compute("u_alpha", coded({"A": [[0, 1, "a"]], "B": [[0, 1, "b"]]}, 0, 10), metric="interval")


def test_points_are_left_out_and_counted(coded: Coded) -> None:
    result = compute("u_alpha", coded({"A": [[0, 1, "a"], [5, 5, "a"]], "B": [[0, 2, "a"]]}, 0, 10))
    assert result["points_left_out"] == 1
