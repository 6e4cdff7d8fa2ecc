"""Percent agreement: reference values, missing units, no units."""

from __future__ import annotations

import numpy as np
import pytest

from coder_app.agreement import ContingencyTable, CountTable, UnitTable, compute

# R irr 0.84.1, data set "anxiety", three raters (case pct-agreement-anxiety)
ANXIETY = "332 361 344 464 523 542 221 346 531 231 221 632 133 533 221 221 113 233 432 342"


@pytest.mark.parametrize(("within", "expected"), [(0, 0.0), (1, 0.35)])
def test_three_raters(within: int, expected: float) -> None:
    # case pct-agreement-anxiety: R irr 0.84.1, agree(anxiety) and agree(anxiety, tolerance = 1)
    units = UnitTable.of([tuple(u) for u in ANXIETY.split()], "123456")
    assert compute("percent_agreement", units, within=within).value == pytest.approx(expected, abs=1e-9)


def test_a_table_gives_what_its_units_give() -> None:
    units = UnitTable.of([(1, 1), (1, 2), (2, 2), (3, 1)], (1, 2, 3))
    for within, agreed in ((0, 2), (1, 3), (2, 4)):
        assert compute("percent_agreement", units, within=within)["agreed"] == agreed
        assert compute("percent_agreement", units.contingency(), within=within)["agreed"] == agreed


@pytest.mark.parametrize("rows", [[], [(1, None), (None, 2)]], ids=["degenerate-empty", "degenerate-no-common-units"])
def test_without_units(rows: list[tuple[int | None, int | None]]) -> None:
    result = compute("percent_agreement", UnitTable.of(rows, (1, 2)))
    assert (result.value, result.undefined, result["n"]) == (None, "no_units", 0)


def test_an_empty_table_has_no_units() -> None:
    assert compute("percent_agreement", ContingencyTable(np.zeros((2, 2), dtype=np.int64), (1, 2))).undefined == "no_units"


def test_numbers_are_as_far_apart_as_their_values() -> None:
    units = UnitTable.of([(1, 3), (3, 3), (1, 1)])
    # categories 1 and 3: neighbours in the scheme, but 2 apart
    assert compute("percent_agreement", units, within=1)["agreed"] == 2
    assert compute("percent_agreement", units, within=2)["agreed"] == 3
    words = UnitTable.of([("low", "high"), ("high", "high")], ("low", "middle", "high"))
    assert [compute("percent_agreement", words, within=w)["agreed"] for w in (0, 1, 2)] == [1, 1, 2]


def test_pairs_of_coders() -> None:
    # unit 1: pairs 12 agree, 13 and 23 not: 1/3; unit 2: one pair, agrees; unit 3: nothing to pair
    units = UnitTable.of([(1, 1, 2), (2, 2, None), (1, None, None)], (1, 2))
    result = compute("percent_agreement", units, of="pairs")
    assert (result.value, result["n"]) == (pytest.approx(2 / 3), 2)
    assert compute("percent_agreement", units.counts(), of="pairs").value == pytest.approx(2 / 3)


def test_pairs_of_gwets_example() -> None:
    # case gwet-distrib6: R irrCAC 1.0, *.dist(distrib.6raters): .55111; by hand three rows of 15 are all alike
    counts = "00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 10050 11040 03300 10050 02031"
    table = CountTable.of([[int(x) for x in row] for row in counts.split()])
    assert compute("percent_agreement", table, of="pairs").value == pytest.approx(0.5511111111)
    assert compute("percent_agreement", table)["agreed"] == 3
