"""Limits of agreement: a hand calculation, scipy's regression, and data that leave parts undefined."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from coder_app.agreement import Scores, compute
from coder_app.errors import AgreementError


def test_by_hand() -> None:
    # differences 1 2 3: bias 2, s = 1; limits 2 -/+ 1.96; t(2) = 4.302653: bias -/+ 4.302653 / sqrt 3 = 2.484138;
    # limits -/+ 4.302653 x sqrt(3 / 3) = 4.302653
    result = compute("bland_altman", Scores.of([[1, 2], [2, 4], [3, 6]]))
    assert (result.value, result["sd"], result["lower"], result["upper"]) == pytest.approx((2, 1, 0.04, 3.96))
    assert result.interval == pytest.approx((2 - 2.484138, 2 + 2.484138), abs=1e-6)
    assert result["lower_ci"] == pytest.approx([0.04 - 4.302653, 0.04 + 4.302653], abs=1e-6)
    # means 1.5 3 4.5: slope (-1.5 x -1 + 1.5 x 1) / 4.5 = 2/3, through the origin
    assert (result["slope"], result["intercept"]) == pytest.approx((2 / 3, 0))


def test_equals_scipy() -> None:
    rng = np.random.default_rng(2)
    first = rng.normal(10, 3, 40)
    scores = np.column_stack((first, first * 1.1 + rng.normal(0, 1, 40)))
    result = compute("bland_altman", Scores.of(scores), confidence=0.9)
    differences, means = scores[:, 1] - scores[:, 0], scores.mean(axis=1)
    line = stats.linregress(means, differences)
    got = [result["slope"], result["intercept"], result["slope_se"], result["slope_p"]]
    assert got == pytest.approx([line.slope, line.intercept, line.stderr, line.pvalue])
    of_mean = stats.t.interval(0.9, 39, differences.mean(), stats.sem(differences))
    assert result.interval == pytest.approx(of_mean)


def test_missing_scores_leave_and_are_counted() -> None:
    result = compute("bland_altman", Scores.of([[1, 2], [None, 4], [2, 4], [3, None], [3, 6]]))
    assert (result.value, result["n"], result["n_dropped"]) == (2.0, 3, 2)


def test_nothing_to_compare() -> None:
    assert compute("bland_altman", Scores.of([])).undefined == "no_units"
    assert compute("bland_altman", Scores.of([[1, None]])).undefined == "no_units"


def test_parts_without_a_value() -> None:
    one = compute("bland_altman", Scores.of([[1, 3]]))
    assert (one.value, one["sd"], one["undefined_parts"]["sd"]) == (2.0, None, "too_few_units")
    two = compute("bland_altman", Scores.of([[1, 3], [2, 5]]))
    assert (two["slope_p"], two["undefined_parts"]["slope_p"]) == (None, "too_few_units")
    level = compute("bland_altman", Scores.of([[1, 3], [2, 2], [0, 4]]))
    assert (level["slope"], level["undefined_parts"]["slope"]) == (None, "zero_variance")
    same = compute("bland_altman", Scores.of([[1, 1], [2, 2], [3, 3]]))
    assert (same.value, same["lower"], same["upper"], same["undefined_parts"]) == (0.0, 0.0, 0.0, {"slope_p": "zero_variance"})


def test_three_raters_raise() -> None:
    with pytest.raises(AgreementError, match="2 raters, got 3"):
        compute("bland_altman", Scores.of([[1, 2, 3]]))
