"""Alpha against Krippendorff's printed examples, the krippendorff package, and a brute-force count of pairs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import krippendorff
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder_app.agreement import ContingencyTable, UnitTable, compute
from coder_app.agreement.tables import krippendorff_alpha as module
from coder_app.errors import AgreementError

DataOf = Callable[[str], Any]
LEVELS = ("nominal", "ordinal", "interval", "ratio")
ROWS = st.lists(st.lists(st.one_of(st.none(), st.integers(0, 5)), min_size=4, max_size=4), min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("level", "printed"),
    # Krippendorff (2011), example C and D: printed .743 .815 .849 .797
    [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)],
)
def test_printed_values(level: str, printed: float, data_of: DataOf) -> None:
    result = compute("krippendorff_alpha", data_of("kalpha-2011-D-ordinal"), level=level)
    assert round(result.value or 0, 3) == printed
    # 41 codes, one of them alone in its unit
    assert (result["n"], result["n_pairable"], result["n_units"], result["metric"]) == (40, 11, 12, level)


def test_printed_coincidences(data_of: DataOf) -> None:
    # Krippendorff (2011), example A: o00 = 10, o01 = o10 = 4, o11 = 2
    result = compute("krippendorff_alpha", data_of("kalpha-2011-A-binary"))
    assert result["coincidences"] == [[10, 4], [4, 2]]


def peer(rows: list[list[int | None]], level: str) -> float | None:
    """krippendorff 0.9.0; it raises where there is no value."""
    matrix = np.array([[np.nan if x is None else x for x in row] for row in rows], dtype=float).T
    pairable = [x for row in rows if sum(x is not None for x in row) > 1 for x in row if x is not None]
    if len(set(pairable)) < 2:
        return None
    return float(krippendorff.alpha(matrix, level_of_measurement=level))


@pytest.mark.parametrize("level", LEVELS)
@settings(deadline=None)
@given(rows=ROWS)
def test_equals_the_krippendorff_package(level: str, rows: list[list[int | None]]) -> None:
    units, expected = UnitTable.of(rows, range(6)), peer(rows, level)
    result = compute("krippendorff_alpha", units, level=level)
    counted = compute("krippendorff_alpha", units.counts(), level=level)
    if expected is None:
        assert (result.value, counted.value) == (None, None)
        assert result.undefined in ("no_units", "one_category")
    else:
        assert (result.value, counted.value) == pytest.approx((expected, expected), abs=1e-12)


@pytest.mark.parametrize("level", LEVELS)
def test_measurements_of_many_values(level: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted pair by pair, without a table of all values."""
    monkeypatch.setattr(module, "_LARGE", 20)
    rng = np.random.default_rng(3)
    scores = rng.permutation(np.arange(1, 121)).reshape(40, 3) / 4 + rng.normal(0, 3, (40, 1)).round(1) ** 2
    scores[rng.random(scores.shape) < 0.1] = np.nan
    units = UnitTable.from_frame(scores)
    assert len(units.categories) > 60
    result = compute("krippendorff_alpha", units, level=level)
    assert result.value == pytest.approx(krippendorff.alpha(scores.T, level_of_measurement=level), abs=1e-10)
    assert "coincidences" not in result.parts


def test_many_coders_are_counted_another_way() -> None:
    rng = np.random.default_rng(5)
    codes = rng.integers(0, 3, (50, 30)).astype(float)
    codes[rng.random(codes.shape) < 0.2] = np.nan
    units = UnitTable.from_frame(codes)
    found, pairable, _ = module._by_counts(units.counts().counts)
    assert found == pytest.approx(module._by_pairs(units.codes, 3)[0])
    assert pairable == 50
    assert compute("krippendorff_alpha", units).value == pytest.approx(
        krippendorff.alpha(codes.T, level_of_measurement="nominal")
    )


def test_brute_force_with_own_distances() -> None:
    rows = [["a", "b", None], ["a", "a", "c"], ["c", "c", "c"], [None, "b", None], ["b", "c", "a"]]
    apart = {("a", "b"): 1.0, ("a", "c"): 4.0, ("b", "c"): 2.5}

    def distance(x: str, y: str) -> float:
        return 0.0 if x == y else apart[min(x, y), max(x, y)]

    paired = [[x for x in row if x is not None] for row in rows if sum(x is not None for x in row) > 1]
    everything = [x for row in paired for x in row]
    n = len(everything)
    within = sum(
        distance(x, y) / (len(row) - 1) for row in paired for i, x in enumerate(row) for j, y in enumerate(row) if i != j
    )
    between = sum(distance(x, y) for i, x in enumerate(everything) for j, y in enumerate(everything) if i != j)
    expected = 1 - (within / n) / (between / (n * (n - 1)))
    units = UnitTable.of(rows)
    table = [[distance(x, y) for y in "abc"] for x in "abc"]
    assert compute("krippendorff_alpha", units, distances=distance).value == pytest.approx(expected)
    result = compute("krippendorff_alpha", units, distances=table)
    assert (result.value, result["metric"]) == (pytest.approx(expected), "own")
    # interval distances given as one's own
    numbers = UnitTable.of([[1, 2], [2, 2], [4, 1]])
    squares = [[(x - y) ** 2 for y in (1, 2, 4)] for x in (1, 2, 4)]
    own = compute("krippendorff_alpha", numbers, distances=squares)
    assert own.value == pytest.approx(compute("krippendorff_alpha", numbers, level="interval").value)


def test_a_table_of_two_coders() -> None:
    # case gwet-t3-identity: R irrCAC 1.0, krippen2.table(cont3x3abstractors)
    table = ContingencyTable.of([[13, 0, 0], [0, 20, 7], [0, 4, 56]])
    assert compute("krippendorff_alpha", table).value == pytest.approx(0.7972584977, abs=1e-9)


@pytest.mark.parametrize(
    ("rows", "value", "reason"),
    [
        ([], None, "no_units"),
        ([(1, None), (None, 2)], None, "no_units"),
        ([(1, 1), (1, 1)], None, "one_category"),
        # a second category, but only where it cannot be paired
        ([(1, 1), (1, 1), (2, None)], None, "one_category"),
        # one unit, disagreeing: Do = 1; De = 2 / (2 x 1) = 1
        ([(1, 2)], 0.0, None),
        ([(1, 1), (2, 2)], 1.0, None),
    ],
)
def test_edges(rows: list[tuple[int | None, int | None]], value: float | None, reason: str | None) -> None:
    result = compute("krippendorff_alpha", UnitTable.of(rows, (1, 2)))
    assert (result.value, result.undefined) == (value, reason)


def test_distance_0_between_all_categories_used() -> None:
    result = compute("krippendorff_alpha", UnitTable.of([(1, 2), (2, 1)], (1, 2)), distances=[[0, 0], [0, 0]])
    assert (result.value, result.undefined) == (None, "full_credit")


def test_wrong_calls_raise() -> None:
    words, numbers = UnitTable.of([("a", "b")]), UnitTable.of([(-1, 2)])
    with pytest.raises(AgreementError):
        compute("krippendorff_alpha", words, level="interval")
    with pytest.raises(AgreementError, match="values of 0 or more"):
        compute("krippendorff_alpha", numbers, level="ratio")
    with pytest.raises(AgreementError, match="no level 'metric'"):
        compute("krippendorff_alpha", numbers, level="metric")
    for wrong in ([[0, 1, 2]], [[0, 1], [2, 0]], [[1, 1], [1, 1]], [[0, "x"], [1, 0]]):
        with pytest.raises(AgreementError, match=r"[Dd]istances"):
            compute("krippendorff_alpha", words, distances=wrong)
