"""All six intraclass correlations against the paper, R psych, pingouin, and an analysis of variance written out."""

from __future__ import annotations

import math
import warnings

import numpy as np
import pandas as pd
import pingouin
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder_app.agreement import Scores, compute
from coder_app.agreement.scores.icc import FORMS
from coder_app.errors import AgreementError

# Shrout & Fleiss (1979), Table 2: 6 targets, 4 judges
SHROUT_FLEISS = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]


@pytest.mark.parametrize(
    ("form", "printed", "low", "high"),
    [
        # Shrout & Fleiss (1979), Table 4: .17 .29 .71 .44 .62 .91; limits R psych 2.2.9, ICC(x)
        ("ICC1", 0.17, -0.1329323249, 0.7225600623),
        ("ICC2", 0.29, 0.0187865134, 0.7610843696),
        ("ICC3", 0.71, 0.342464765, 0.94585826),
        ("ICC1k", 0.44, -0.8844421552, 0.9124154203),
        ("ICC2k", 0.62, 0.0711368153, 0.9272320402),
        ("ICC3k", 0.91, 0.6756747138, 0.9858916782),
    ],
)
def test_the_paper(form: str, printed: float, low: float, high: float) -> None:
    result = compute("icc", Scores.of(SHROUT_FLEISS), form=form)
    assert round(result.value or 0, 2) == printed
    assert result.interval == pytest.approx((low, high), abs=1e-6)
    assert result["form"] == form


def test_mean_squares_of_the_paper() -> None:
    # Shrout & Fleiss (1979), Table 3: between targets 11.24, within 6.26, judges 32.49, residual 1.02
    squares = compute("icc", Scores.of(SHROUT_FLEISS))["mean_squares"]
    rounded = {name: round(value, 2) for name, value in squares.items()}
    assert rounded == {"targets": 11.24, "within": 6.26, "raters": 32.49, "error": 1.02}


def test_equals_pingouin() -> None:
    rng = np.random.default_rng(6)
    scores = rng.normal(0, 2, (25, 1)) + rng.normal(0, 0.5, (1, 3)) + rng.normal(0, 1, (25, 3))
    long = pd.DataFrame(
        {"target": np.repeat(np.arange(25), 3), "rater": np.tile(np.arange(3), 25), "score": scores.ravel()},
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        peer = pingouin.intraclass_corr(long, targets="target", raters="rater", ratings="score")
    result = compute("icc", Scores.of(scores))
    got = [result["forms"][form] for form in FORMS]
    # pingouin lists ICC1 ICC2 ICC3 ICC1k ICC2k ICC3k under old or new names, in this order; limits have 2 decimals
    assert [about["icc"] for about in got] == pytest.approx(peer["ICC"].tolist(), abs=1e-9)
    limits = np.array([about["ci"] for about in got])
    theirs = np.array([np.asarray(ci, dtype=float) for ci in peer[next(c for c in peer.columns if c.startswith("CI"))]])
    assert limits == pytest.approx(theirs, abs=0.0051)
    # its F and p of ICC1 and ICC3
    for place in (0, 2, 3, 5):
        assert (got[place]["f"], got[place]["p"]) == pytest.approx((peer["F"].iloc[place], peer["pval"].iloc[place]))
        assert (got[place]["df1"], got[place]["df2"]) == (peer["df1"].iloc[place], peer["df2"].iloc[place])


def test_a_constant_offset() -> None:
    # MSR = 10/3, MSC = 8, MSE = 0: ICC2 = (10/3) / (10/3 + 2 x 8 / 4) = 10/22; within MS = 2: ICC1 = (4/3) / (16/3) = 1/4
    result = compute("icc", Scores.of([[1, 3], [2, 4], [3, 5], [4, 6]]))
    got = {form: about["icc"] for form, about in result["forms"].items()}
    assert got["ICC2"] == pytest.approx(10 / 22)
    assert got["ICC1"] == pytest.approx(0.25)
    assert (got["ICC3"], got["ICC3k"]) == (1.0, 1.0)
    assert (result["forms"]["ICC3"]["f"], result["forms"]["ICC3"]["p"]) == (None, 0.0)


def test_incomplete_targets_leave_and_are_counted() -> None:
    rows: list[list[float | None]] = [[*row] for row in SHROUT_FLEISS]
    result = compute("icc", Scores.of([*rows, [1, None, 2, 3], [None, None, None, None]]))
    assert result.value == pytest.approx(compute("icc", Scores.of(SHROUT_FLEISS)).value)
    assert (result["n"], result["n_dropped"], result["n_raters"]) == (6, 2, 4)


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([], "no_units"),
        ([[1, None], [None, 2]], "no_units"),
        ([[1, 2]], "too_few_units"),
        ([[1], [2]], "too_few_units"),
        ([[2, 2], [2, 2]], "zero_variance"),
        # MSB = 0, MSJ = 0, MSE = 1: ICC2 divides by 0 + (2 - 1) x 1 + 2 x (0 - 1) / 2 = 0
        ([[1, 2], [2, 1]], "negative_variance"),
    ],
)
def test_undefined_is_named(rows: list[list[float | None]], reason: str) -> None:
    result = compute("icc", Scores.of(rows))
    assert (result.value, result.undefined) == (None, reason)


@pytest.mark.parametrize("rows", [[[1, 1], [2, 2], [3, 3]], [[0.1, 0.1, 0.1], [0.2, 0.2, 0.2], [0.7, 0.7, 0.7]]])
def test_perfect_agreement(rows: list[list[float]]) -> None:
    forms = compute("icc", Scores.of(rows))["forms"]
    assert [about["icc"] for about in forms.values()] == [1.0] * 6
    assert [about["ci"] for about in forms.values()] == [[1.0, 1.0]] * 6


@settings(deadline=None)
@given(st.lists(st.lists(st.integers(1, 7), min_size=3, max_size=3), min_size=2, max_size=12))
def test_never_above_1_and_inside_its_interval(rows: list[list[int]]) -> None:
    result = compute("icc", Scores.of(rows))
    for about in (result.parts["forms"] or {}).values():
        if about["icc"] is not None:
            assert about["icc"] <= 1.0 + 1e-12
        if about["icc"] is not None and about["ci"] is not None and about["f"] is not None and about["f"] > 0:
            low, high = about["ci"]
            assert math.isnan(low) is False
            assert low <= high + 1e-9


def test_limits_that_would_cross_are_not_given() -> None:
    # all targets have the mean 3/2: no variance between them
    result = compute("icc", Scores.of([[3, 0], [2, 1], [3, 0]]))
    assert result.value is not None
    assert result.value < 0
    assert result.interval is None


def test_wrong_form_raises() -> None:
    with pytest.raises(AgreementError, match="There is no form 'ICC4'"):
        compute("icc", Scores.of(SHROUT_FLEISS), form="ICC4")
