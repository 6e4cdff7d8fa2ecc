"""Bootstrap over sessions: against full enumeration, scipy, and the statistics it resamples."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from scipy import stats

from coder_app.agreement import ContingencyTable, compute
from coder_app.agreement.intervals import of_tables
from coder_app.agreement.intervals.bootstrap import bootstrap, bootstrap_tables, jackknife, leave_one_out, weights_of
from coder_app.errors import AgreementError

# Three sessions of the worked case bootstrap-cluster-3-sessions.
THREE = np.array([[[20, 2], [3, 15]], [[30, 5], [4, 6]], [[10, 6], [7, 12]]], dtype=float)


def test_mean_of_the_draws_is_that_of_all_27_resamples() -> None:
    every = of_tables.kappa(np.array([THREE[list(drawn)].sum(axis=0) for drawn in product(range(3), repeat=3)]))
    found = bootstrap_tables(THREE, of_tables.kappa, resamples=20_000)
    assert found.mean == pytest.approx(every.mean(), abs=0.004)  # standard error of the mean about .001
    assert found.standard_error == pytest.approx(every.std(), abs=0.004)
    assert found.estimate == pytest.approx(0.5260386191, abs=1e-9)  # the case


def test_kappa_of_many_tables_is_the_statistic() -> None:
    tables = np.random.default_rng(1).integers(0, 30, size=(20, 4, 4)).astype(float)
    one = [compute("cohen_kappa", ContingencyTable.of(t)).value for t in tables]
    assert of_tables.kappa(tables) == pytest.approx(one, abs=1e-12)
    assert of_tables.percent(tables) == pytest.approx([np.trace(t) / t.sum() for t in tables])
    code = [compute("per_code_agreement", ContingencyTable.of(t), code=2) for t in tables]
    assert of_tables.kappa_of_code(2)(tables) == pytest.approx([c.value for c in code], abs=1e-12)
    assert of_tables.positive(2)(tables) == pytest.approx([c["p_pos"] for c in code], abs=1e-12)


def test_structural_zero_equals_proportional_fitting() -> None:
    table = np.random.default_rng(2).integers(1, 30, size=(4, 4)).astype(float)
    table[-1, -1] = 0
    fitted = np.ones((4, 4))
    fitted[-1, -1] = 0
    for _ in range(2000):  # Bakeman & Robinson (1994): rows and columns in turn
        fitted *= (table.sum(axis=1) / fitted.sum(axis=1))[:, None]
        fitted *= table.sum(axis=0) / fitted.sum(axis=0)
    n, expected = table.sum(), np.trace(fitted[:-1, :-1])
    kappa = (np.trace(table[:-1, :-1]) - expected) / (n - expected)
    assert of_tables.kappa_structural_zero(table[None])[0] == pytest.approx(kappa, abs=1e-9)


@pytest.mark.parametrize("method", ["percentile", "bca"])
def test_equals_scipy_on_a_mean(method: str) -> None:
    values = np.random.default_rng(3).gamma(2.0, size=40)
    ours = bootstrap(lambda w: w @ values / w.sum(axis=1), 40, 40_000, method=method)  # type: ignore[arg-type]
    theirs = stats.bootstrap((values,), np.mean, n_resamples=40_000, method=method, rng=np.random.default_rng(5))
    assert (ours.low, ours.high) == pytest.approx(tuple(theirs.confidence_interval), abs=0.02)  # both draw at random


def test_a_seed_repeats_and_another_does_not() -> None:
    one, two, three = (bootstrap_tables(THREE, of_tables.kappa, 200, seed=s) for s in (7, 7, 8))
    assert (one.draws == two.draws).all()
    assert (one.draws != three.draws).any()


def test_weights_are_whole_resamples() -> None:
    weights = weights_of(6, 300, np.random.default_rng(1))
    assert (weights.sum(axis=1) == 6).all()
    assert weights.mean(axis=0) == pytest.approx(np.ones(6), abs=0.2)


def test_undefined_resamples_are_counted() -> None:
    tables = np.array([[[9.0, 0], [0, 0]], [[5, 1], [1, 5]]])  # two draws of the first have one category: no kappa
    found = bootstrap_tables(tables, of_tables.kappa, 1000)
    assert 200 < found.undefined < 300
    assert any("had no value" in note for note in found.notes)


def test_few_sessions_are_said() -> None:
    assert any("Only 3 sessions" in note for note in bootstrap_tables(THREE, of_tables.kappa, 100).notes)
    assert bootstrap_tables(np.concatenate([THREE] * 4), of_tables.kappa, 100).notes == ()


def test_leaving_out_one() -> None:
    flat = THREE.reshape(3, -1)
    left = leave_one_out(lambda w: of_tables.kappa((w @ flat).reshape(-1, 2, 2)), 3)
    assert left[0] == pytest.approx(of_tables.kappa(THREE[1:].sum(axis=0)[None])[0])


def test_jackknife_of_a_mean_is_the_interval_of_student() -> None:
    values = np.array([1.0, 2.0, 4.0, 8.0])
    found = jackknife(lambda w: w @ values / w.sum(axis=1), 4)
    # For a mean the jackknife's standard error is s / sqrt(n) exactly.
    theirs = stats.t.interval(0.95, 3, loc=values.mean(), scale=stats.sem(values))
    assert (found.low, found.high) == pytest.approx(theirs)
    assert bootstrap(lambda w: w @ values / w.sum(axis=1), 4, method="jackknife").low == found.low
    assert jackknife(lambda w: w @ values[:1] / w.sum(axis=1), 1).low is None


@pytest.mark.parametrize("wrong", [{"level": 1.0}, {"resamples": 0}, {"method": "basic"}])
def test_wrong_calls(wrong: dict[str, object]) -> None:
    with pytest.raises(AgreementError):
        bootstrap_tables(THREE, of_tables.kappa, **wrong)  # type: ignore[arg-type]
    with pytest.raises(AgreementError, match="no session"):
        bootstrap_tables(np.empty((0, 2, 2)), of_tables.kappa)
