"""Kappa against published and R values, scikit-learn, and the cases in which it does not exist."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import cohens_kappa

from coder_app.agreement import MISSING, ContingencyTable, UnitTable, compute
from coder_app.errors import AgreementError

# R irr 0.84.1, data set "anxiety", raters 1 and 2 (case kappa-anxiety-r1r2-identity)
ANXIETY = "33 36 34 46 52 54 22 34 53 23 22 63 13 53 22 22 11 23 43 34"
# R irr 0.84.1, data set "vision": right by left eye of 7477 women, Stuart 1953 (cases kappa-vision-*)
VISION = [[1520, 266, 124, 66], [234, 1512, 432, 78], [117, 362, 1772, 205], [36, 82, 179, 492]]


def table(counts: list[list[int]]) -> ContingencyTable:
    return ContingencyTable(np.array(counts, dtype=np.int64), tuple(range(len(counts))))


@pytest.mark.parametrize(
    ("data", "weights", "expected"),
    [
        # case kappa-anxiety-r1r2-identity: R irr 0.84.1, kappa2(anxiety[, 1:2])
        pytest.param(UnitTable.of([tuple(u) for u in ANXIETY.split()], "123456"), "nominal", 0.1194968553, id="anxiety"),
        # case kappa-vision-identity: R irr 0.84.1, kappa2 of the expanded table
        pytest.param(table(VISION), "nominal", 0.5953888281, id="vision"),
        # case kappa-vision-quadratic: R irr 0.84.1, kappa2(weight = "squared")
        pytest.param(table(VISION), "quadratic", 0.7023342525, id="vision-quadratic"),
        # case weighted-kappa-unused-categories: scikit-learn 1.9.1 with labels=[1..5]; without them it gives .4286
        pytest.param(UnitTable.of([(1, 1), (2, 5), (5, 5), (5, 2)], range(1, 6)), "linear", 0.2, id="unused-categories"),
        # case paradox-feinstein-1: Feinstein & Cicchetti 1990, printed .70
        pytest.param(table([[40, 9], [6, 45]]), "nominal", 0.6995192308, id="paradox-feinstein-1"),
    ],
)
def test_reference_values(data: UnitTable | ContingencyTable, weights: str, expected: float) -> None:
    assert compute("cohen_kappa", data, weights=weights).value == pytest.approx(expected, abs=1e-9)


def test_parts_of_the_paradox_table() -> None:
    # po = (40 + 45) / 100; pe = .49 x .46 + .51 x .54 = .2254 + .2754
    result = compute("cohen_kappa", table([[40, 9], [6, 45]]))
    assert result["observed"] == pytest.approx(0.85)
    assert result["expected"] == pytest.approx(0.5008)
    assert result["n"] == 100


@pytest.mark.parametrize(
    ("data", "weights", "expected"),
    [
        # case kappa-anxiety-r1r2-identity: R irr 0.84.1 kappa2 (z), statsmodels 0.15.0 cohens_kappa (both errors)
        pytest.param(
            UnitTable.of([tuple(u) for u in ANXIETY.split()], "123456"),
            "nominal",
            {"se": 0.1192712972, "se_null": 0.1026815035, "z": 1.1637622287},
            id="anxiety",
        ),
        # cases kappa-vision-identity, kappa-vision-quadratic: R irr 0.84.1, kappa2 of the expanded table
        pytest.param(table(VISION), "nominal", {"se": 0.0072868511, "se_null": 0.0070392755}, id="vision"),
        pytest.param(table(VISION), "quadratic", {"se": 0.0083819366, "se_null": 0.0115591468}, id="vision-quadratic"),
    ],
)
def test_both_standard_errors(data: UnitTable | ContingencyTable, weights: str, expected: dict[str, float]) -> None:
    result = compute("cohen_kappa", data, weights=weights)
    assert {name: result[name] for name in expected} == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(("weights", "statsmodels_name"), [("nominal", None), ("linear", "linear"), ("quadratic", "quadratic")])
def test_errors_and_interval_equal_statsmodels(weights: str, statsmodels_name: str | None) -> None:
    peer = cohens_kappa(np.array(VISION), wt=statsmodels_name)
    result = compute("cohen_kappa", table(VISION), weights=weights)
    assert (result.value, result["se"], result["se_null"]) == pytest.approx((peer.kappa, peer.std_kappa, peer.std_kappa0))
    assert result.interval == pytest.approx((peer.kappa_low, peer.kappa_upp))
    assert (result["z"], result["p"]) == pytest.approx((peer.z_value, peer.pvalue_two_sided))


def test_own_weights_equal_statsmodels() -> None:
    own = np.array([[1, 0.5, 0, 0], [0.5, 1, 0.2, 0], [0, 0.2, 1, 0.9], [0, 0, 0.9, 1]])
    peer = cohens_kappa(np.array(VISION), weights=1 - own)
    result = compute("cohen_kappa", table(VISION), weights=own)
    assert (result.value, result["se"], result["se_null"]) == pytest.approx((peer.kappa, peer.std_kappa, peer.std_kappa0))
    assert result["weights"] == "own"
    assert result["undefined_parts"] == {"kappa_max": "own_weights"}


def test_cohens_own_example() -> None:
    # case cohen-1968-weighted: Cohen (1968), printed kappa .348; his disagreements 0 1 3 / 1 0 6 / 3 6 0 as 1 - v / 6
    table_1968 = table([[88, 14, 18], [10, 40, 10], [2, 6, 12]])
    weights = 1 - np.array([[0, 1, 3], [1, 0, 6], [3, 6, 0]]) / 6
    result = compute("cohen_kappa", table_1968, weights=weights)
    assert result.value == pytest.approx(0.347826087, abs=1e-9)
    # printed: qo = .90, qe = 1.38
    assert (6 * (1 - result["observed"]), 6 * (1 - result["expected"])) == pytest.approx((0.9, 1.38))


@pytest.mark.parametrize("weights", ["nominal", "linear", "quadratic"])
def test_largest_kappa_is_that_of_the_best_table_with_these_margins(weights: str) -> None:
    # every table with rows (2, 1, 2) and columns (1, 3, 1), its kappa by compute itself
    counts = np.array([[1, 1, 0], [0, 1, 0], [0, 1, 1]])
    tables = []
    for a in range(3):
        for b in range(4):
            for c in range(2):
                for d in range(4):
                    rows = [[a, b, 2 - a - b], [c, d, 1 - c - d]]
                    last = [x - y for x, y in zip((1, 3, 1), np.sum(rows, axis=0).tolist(), strict=True)]
                    if min(*rows[0], *rows[1], *last) >= 0:
                        tables.append(compute("cohen_kappa", table([*rows, last]), weights=weights).value)
    assert compute("cohen_kappa", table(counts.tolist()), weights=weights)["kappa_max"] == pytest.approx(max(tables))


def test_units_of_time_have_no_standard_error() -> None:
    units = replace(UnitTable.of([(1, 1), (1, 2), (2, 2), (2, 2)], (1, 2)), unit_us=1_000_000)
    result = compute("cohen_kappa", units)
    assert (result["se"], result.interval, result["undefined_parts"]["se"]) == (None, None, "not_independent")


def test_weights_that_give_everything_full_credit() -> None:
    result = compute("cohen_kappa", table([[1, 2], [3, 4]]), weights=[[1, 1], [1, 1]])
    assert (result.value, result.undefined) == (None, "full_credit")


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=60))
def test_equals_scikit_learn(rows: list[tuple[int, int]]) -> None:
    first, second = zip(*rows, strict=True)
    result = compute("cohen_kappa", UnitTable.of(rows, range(4)))
    if len({*first, *second}) == 1:
        assert result.undefined == "one_category"
    else:
        assert result.value == pytest.approx(cohen_kappa_score(first, second, labels=[0, 1, 2, 3]), abs=1e-12)


@pytest.mark.parametrize(
    ("rows", "reason", "n"),
    [
        pytest.param([], "no_units", 0, id="degenerate-empty"),
        pytest.param([(1, None), (None, 2), (2, None)], "no_units", 0, id="degenerate-no-common-units"),
        pytest.param([(1, 1), (1, 1)], "one_category", 2, id="one-category"),
    ],
)
def test_undefined_is_named(rows: list[tuple[int | None, int | None]], reason: str, n: int) -> None:
    result = compute("cohen_kappa", UnitTable.of(rows, (1, 2)))
    assert (result.value, result.undefined, result["n"]) == (None, reason, n)
    assert result.to_json()["value"] is None
    assert result.why


def test_two_constant_coders_who_differ_have_a_value() -> None:
    # po = 0, pe = 1 x 0 + 0 x 1 = 0: kappa is 0, not undefined
    assert compute("cohen_kappa", UnitTable.of([(1, 2), (1, 2)], (1, 2))).value == 0.0


def test_units_missing_for_either_leave() -> None:
    rows = [("a", "a"), ("a", None), ("b", "b"), (None, "a"), ("b", "a")]
    result = compute("cohen_kappa", UnitTable.of(rows, ("a", "b")))
    # left: aa bb ba. po = 2/3; rows a 1/3 b 2/3, columns a 2/3 b 1/3: pe = 4/9; kappa = (6/9 - 4/9) / (5/9) = .4
    assert result.value == pytest.approx(0.4)
    assert result["n"] == 3


def test_wrong_calls_raise() -> None:
    with pytest.raises(AgreementError, match="2 coders, got 3"):
        compute("cohen_kappa", UnitTable.of([(1, 1, 1)], (1, 2)))
    with pytest.raises(AgreementError, match="no weights called"):
        compute("cohen_kappa", table([[1, 0], [0, 1]]), weights="cubic")
    with pytest.raises(AgreementError, match="Expected 2 x 2 weights"):
        compute("cohen_kappa", table([[1, 0], [0, 1]]), weights=np.eye(3))
    with pytest.raises(AgreementError, match="not one of the categories"):
        UnitTable.of([("a", "c")], ("a", "b"))
    with pytest.raises(AgreementError, match="2 x 2 table"):
        ContingencyTable(np.zeros((3, 3), dtype=np.int64), ("a", "b"))


def test_input_stays_as_it_is() -> None:
    units = UnitTable.of([(1, 2), (2, None)], (1, 2))
    compute("cohen_kappa", units)
    assert units.codes.tolist() == [[0, 1], [1, MISSING]]
