"""Coefficients of several coders against R irrCAC's values, statsmodels, a brute-force count and a jackknife."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import aggregate_raters
from statsmodels.stats.inter_rater import fleiss_kappa as fleiss_peer

from coder_app.agreement import ContingencyTable, CountTable, UnitTable, compute
from coder_app.agreement.tables.weights import agreement_weights
from coder_app.errors import AgreementError

DataOf = Callable[[str], Any]
FAMILY = ("fleiss_kappa", "conger_kappa", "gwet_ac1", "gwet_ac2", "brennan_prediger")
ROWS = st.lists(st.lists(st.one_of(st.none(), st.integers(1, 4)), min_size=3, max_size=3), min_size=2, max_size=25)


def test_errors_and_interval_of_gwets_example(data_of: DataOf) -> None:
    # case gwet-raw4-unweighted: R irrCAC 1.0, gwet.ac1.raw(cac.raw4raters): AC1 .77544, SE .14295, CI .461 to 1
    result = compute("gwet_ac1", data_of("gwet-raw4-unweighted"))
    assert (result.value, result["se"]) == pytest.approx((0.7754440681, 0.14295), abs=1e-5)
    assert result.interval == pytest.approx((0.46081, 1.0), abs=1e-5)
    assert (result["n"], result["n_coded"], result["n_units"]) == (11, 12, 12)


@pytest.mark.parametrize(
    ("statistic", "value", "se"),
    [
        # case gwet-t4-quadratic: R irrCAC 1.0, *.table(cont4x4diagnosis, weights = quadratic.weights(1:4))
        ("conger_kappa", 0.3831859441, 0.0657946958),
        ("scott_pi", 0.3820303657, 0.0660589684),
        ("fleiss_kappa", 0.3820303657, 0.0660589684),
        ("gwet_ac2", 0.2985729967, 0.0751794777),
        ("brennan_prediger", 0.2358744395, 0.0846706366),
    ],
)
def test_two_coders_with_weights(statistic: str, value: float, se: float, data_of: DataOf) -> None:
    result = compute(statistic, data_of("gwet-t4-quadratic"), weights="quadratic")
    assert (result.value, result["se"]) == pytest.approx((value, se), abs=1e-9)


def test_fleiss_1971(data_of: DataOf) -> None:
    # cases fleiss-1971-*: printed .430 and .245 .245 .520 .471 .566; R irr 0.84.1 kappam.fleiss(diagnoses, detail = TRUE)
    result = compute("fleiss_kappa", data_of("fleiss-1971-overall"))
    got = [result.value, result["se_null"], result["z"]]
    assert got == pytest.approx([0.4302445201, 0.0243739321, 17.651830583], abs=1e-8)
    each = [about["kappa"] for about in result["per_category"].values()]
    assert each == pytest.approx([0.2447552448, 0.2447552448, 0.52, 0.4711272727, 0.5661178068], abs=1e-9)


def test_light_is_the_mean_of_the_kappas(data_of: DataOf) -> None:
    units = data_of("fleiss-1971-overall")
    each = [compute("cohen_kappa", units.pair(a, b)).value for a, b in combinations(range(6), 2)]
    result = compute("light_kappa", units)
    # also R irr 0.84.1, kappam.light(diagnoses): Kappa = 0.459
    assert result.value == pytest.approx(np.mean(each))
    assert round(result.value or 0, 3) == 0.459
    assert [pair["kappa"] for pair in result["pairs"]] == each


@settings(deadline=None)
@given(st.lists(st.lists(st.integers(1, 4), min_size=5, max_size=5), min_size=2, max_size=20))
def test_fleiss_and_brennan_equal_statsmodels(rows: list[list[int]]) -> None:
    counts = np.array([[row.count(k) for k in range(1, 5)] for row in rows])
    units, table = UnitTable.of(rows, (1, 2, 3, 4)), CountTable.of(counts)
    if len({code for row in rows for code in row}) == 1:
        assert compute("fleiss_kappa", units).undefined == "one_category"
    else:
        assert compute("fleiss_kappa", units).value == pytest.approx(fleiss_peer(counts, "fleiss"), abs=1e-10)
        assert compute("fleiss_kappa", table).value == pytest.approx(compute("fleiss_kappa", units).value)
    # statsmodels takes the number of categories from the columns, so it is Randolph's with K = 4
    assert compute("brennan_prediger", units).value == pytest.approx(fleiss_peer(counts, "randolph"), abs=1e-10)


def test_counting_equals_statsmodels(data_of: DataOf) -> None:
    units = data_of("fleiss-1971-overall")
    counts, _ = aggregate_raters(units.codes)
    assert (units.counts().counts == counts).all()


@settings(deadline=None)
@given(ROWS)
def test_conger_equals_its_definition(rows: list[list[int | None]]) -> None:
    """Pairs of coders one by one: their agreement unit by unit, their base rates coder by coder."""
    paired = [[x for x in row if x is not None] for row in rows]
    paired = [row for row in paired if len(row) > 1]
    result = compute("conger_kappa", UnitTable.of(rows, (1, 2, 3, 4)))
    if not paired:
        assert result.undefined == "no_units"
        return
    observed = np.mean([np.mean([a == b for a, b in combinations(row, 2)]) for row in paired])
    columns = [[row[g] for row in rows if row[g] is not None] for g in range(3)]
    rates = [{k: column.count(k) / len(column) for k in (1, 2, 3, 4)} for column in columns if column]
    expected = np.mean([sum(p[k] * q[k] for k in p) for p, q in combinations(rates, 2)])
    if math.isclose(expected, 1.0):
        assert result.undefined == "one_category"
    else:
        assert result.value == pytest.approx((observed - expected) / (1 - expected), abs=1e-9)


@pytest.mark.parametrize("statistic", FAMILY)
def test_errors_are_near_the_jackknife(statistic: str) -> None:
    """400 units of 4 coders: the formula of the error against leaving out each unit in turn."""
    rng = np.random.default_rng(4)
    truth = rng.integers(1, 4, 400)
    codes = np.where(rng.random((400, 4)) < 0.6, truth[:, None], rng.integers(1, 4, (400, 4))).astype(float)
    codes[rng.random((400, 4)) < 0.1] = np.nan
    without = [compute(statistic, UnitTable.from_frame(np.delete(codes, i, axis=0), [1, 2, 3])).value for i in range(400)]
    jackknife = math.sqrt(399 * np.var(np.array(without, dtype=float)))
    assert compute(statistic, UnitTable.from_frame(codes, [1, 2, 3]))["se"] == pytest.approx(jackknife, rel=0.02)


@pytest.mark.parametrize("statistic", FAMILY)
def test_a_table_gives_what_its_units_give(statistic: str) -> None:
    units = UnitTable.of([(1, 1), (1, 2), (2, 2), (3, 1), (3, 3), (3, 3)], (1, 2, 3))
    assert compute(statistic, units).value == pytest.approx(compute(statistic, units.contingency()).value)


@pytest.mark.parametrize(("categories", "coders"), [(3, 4), (8, 9), (40, 5), (3, 45)])
def test_units_of_a_kind_are_counted_together(categories: int, coders: int) -> None:
    """By a short key, a long one, or none where it would not fit: the same as unit by unit."""
    rng = np.random.default_rng(7)
    codes = rng.integers(-1, categories, (60, coders))
    units = UnitTable(np.vstack((codes, codes[:20])), tuple(range(categories)))
    for statistic in ("fleiss_kappa", "gwet_ac2", "brennan_prediger"):
        one, other = compute(statistic, units), compute(statistic, units.counts())
        assert (one.value, one["se"], one["n"]) == pytest.approx((other.value, other["se"], other["n"]))
    rows = units.codes[np.argsort(rng.random(80))]
    shuffled = compute("conger_kappa", UnitTable(rows, units.categories))
    result = compute("conger_kappa", units)
    assert (shuffled.value, shuffled["se"]) == pytest.approx((result.value, result["se"]))
    assert result["n_coders"] == coders


def test_two_coders_conger_is_cohen_and_fleiss_is_scott(data_of: DataOf) -> None:
    units = data_of("kappa-anxiety-r1r2-identity")
    assert compute("conger_kappa", units).value == pytest.approx(compute("cohen_kappa", units).value)
    assert compute("fleiss_kappa", units).value == pytest.approx(compute("scott_pi", units).value)


@pytest.mark.parametrize("statistic", ["fleiss_kappa", "conger_kappa", "gwet_ac2", "brennan_prediger", "light_kappa"])
def test_own_weights(statistic: str, data_of: DataOf) -> None:
    """The linear ones written out give what their name gives."""
    units = data_of("fleiss-1971-overall")
    own = 1 - np.abs(np.subtract.outer(np.arange(5), np.arange(5))) / 4
    result = compute(statistic, units, weights=own)
    assert result.value == pytest.approx(compute(statistic, units, weights="linear").value)
    assert result["weights"] == "own"
    if statistic == "fleiss_kappa":
        assert (result["se_null"], result["undefined_parts"]["se_null"]) == (None, "own_weights")


def test_scott_by_hand() -> None:
    # po = .7; both together use the first category 55 of 100 times: pe = .55^2 + .45^2 = .505
    result = compute("scott_pi", ContingencyTable.of([[20, 5], [10, 15]]))
    assert result.value == pytest.approx(0.195 / 0.495)
    assert result["expected"] == pytest.approx(0.505)


@pytest.mark.parametrize(
    ("rows", "values"),
    [
        # agreement.md 2.10: nothing to compare; one category; one unit, agreeing or not; complete agreement
        pytest.param([], dict.fromkeys((*FAMILY, "scott_pi", "light_kappa")), id="no-units"),
        pytest.param([(1, None), (None, 2)], dict.fromkeys((*FAMILY, "scott_pi", "light_kappa")), id="no-pairs"),
        pytest.param(
            [(1, 1), (1, 1)],
            {"fleiss_kappa": None, "conger_kappa": None, "scott_pi": None, "light_kappa": None}
            | dict.fromkeys(("gwet_ac1", "gwet_ac2", "brennan_prediger"), 1.0),
            id="one-category",
        ),
        pytest.param(
            [(1, 2)],
            {"fleiss_kappa": -1.0, "conger_kappa": 0.0, "scott_pi": -1.0, "brennan_prediger": -1.0, "gwet_ac1": -1.0},
            id="one-unit-disagreeing",
        ),
        pytest.param([(1, 1), (2, 2), (1, 1)], dict.fromkeys((*FAMILY, "scott_pi", "light_kappa"), 1.0), id="perfect"),
    ],
)
def test_edges(rows: list[tuple[int | None, int | None]], values: dict[str, float | None]) -> None:
    for statistic, value in values.items():
        result = compute(statistic, UnitTable.of(rows, (1, 2)))
        assert result.value == value, statistic
        assert (result.undefined is None) == (value is not None)


def test_a_single_unit_has_no_error() -> None:
    result = compute("gwet_ac1", UnitTable.of([(1, 2)], (1, 2)))
    assert (result["se"], result.interval, result["undefined_parts"]["se"]) == (None, None, "too_few_units")


def test_missing_codes_have_no_null_error_of_1979(data_of: DataOf) -> None:
    result = compute("fleiss_kappa", data_of("gwet-raw4-unweighted"))
    assert (result["se_null"], result["undefined_parts"]["se_null"]) == (None, "incomplete")
    assert result["se"] > 0


def test_categories_nobody_or_everybody_used() -> None:
    each = compute("fleiss_kappa", UnitTable.of([(1, 1), (1, 1)], (1, 2)))["per_category"]
    assert (each["1"]["undefined"], each["2"]["undefined"]) == ("always_used", "never_used")


def test_weights_by_hand() -> None:
    places = np.array([1.0, 2.0, 3.0])
    # ordinal: 1 - C(2, 2) / C(3, 2) = 2/3; ratio: ((2-1)/3)^2 / ((3-1)/4)^2 = 4/9; radical: 1 - sqrt(1/2)
    assert agreement_weights("ordinal", places)[0].tolist() == pytest.approx([1, 2 / 3, 0])
    assert agreement_weights("ratio", places)[0].tolist() == pytest.approx([1, 5 / 9, 0])
    assert agreement_weights("radical", places)[0].tolist() == pytest.approx([1, 1 - math.sqrt(0.5), 0])
    # circular: sin^2(pi/3) = sin^2(2 pi/3), so all others are equally far; bipolar: (1/((3-2)(6-3))) over (4/((4-2)(6-4)))
    assert agreement_weights("circular", places)[0].tolist() == pytest.approx([1, 0, 0])
    assert agreement_weights("bipolar", places)[0].tolist() == pytest.approx([1, 2 / 3, 0])


@pytest.mark.parametrize("wrong", [[[1, 0.5], [0.4, 1]], [[0.9, 0], [0, 1]], [[1, 2], [2, 1]]])
def test_weights_that_cannot_be_counted_with(wrong: list[list[float]]) -> None:
    with pytest.raises(AgreementError, match="Weights are between 0 and 1"):
        compute("fleiss_kappa", UnitTable.of([(1, 2)], (1, 2)), weights=wrong)
