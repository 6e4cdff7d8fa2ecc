"""Bland and Altman's limits of agreement of two raters or measurements."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import stdtr, stdtrit

from coder_app.agreement.data import Floats, Scores
from coder_app.agreement.result import AgreementResult, undefined
from coder_app.errors import AgreementError

_NAME = "bland_altman"


@dataclass(frozen=True, slots=True)
class BlandAltmanOptions:
    """`limits`: how many standard deviations the limits lie from the bias. `confidence`: of the intervals."""

    limits: float = 1.96
    confidence: float = 0.95


def bland_altman(data: Scores, options: BlandAltmanOptions = BlandAltmanOptions()) -> AgreementResult:
    """By how much two raters differ: the mean difference (bias), and the limits between which most differences lie.

    Parameters
    ----------
    data : scores of two raters, shape (n_targets, 2); targets missing for either are left out and counted.
    options : ``limits``, ``confidence``.

    Returns
    -------
    ``value`` is the bias d, second minus first rater, in the unit of the scores, with its interval (t, n - 1); ``sd`` of the
    differences (n - 1), ``lower`` and ``upper`` limit d -/+ 1.96 s with ``lower_ci``, ``upper_ci`` (standard error sqrt(3 s^2 /
    n)), ``slope``, ``slope_se``, ``slope_p`` and ``intercept`` of the differences on the means (whether the bias grows with
    the score), ``n``, ``n_dropped``. ``value`` is None with no_units; a part without a value is None and stands in
    ``undefined_parts`` (too_few_units, zero_variance).
    Raises: AgreementError (other than two raters); data never raise.
    Source: Bland & Altman (1986), doi:10.1016/S0140-6736(86)90837-8; (1999), doi:10.1177/096228029900800204 (slope).
    """
    if data.values.shape[1] != 2:
        raise AgreementError(f"Expected scores of 2 raters, got {data.values.shape[1]}. Choose two of them.")
    values = data.values[np.isfinite(data.values).all(axis=1)]
    n = len(values)
    about: dict[str, Any] = {"n": n, "n_dropped": len(data.values) - n, "limits": options.limits}
    if n == 0:
        return undefined(_NAME, "no_units", **about)
    differences, means = values[:, 1] - values[:, 0], values.mean(axis=1)
    bias = float(differences.mean())
    if n < 2:
        gaps = dict.fromkeys((*_LIMITS, *_SLOPE), "too_few_units")
        return AgreementResult(_NAME, bias, None, about | dict.fromkeys(gaps) | {"undefined_parts": gaps})
    sd = float(differences.std(ddof=1))
    t = float(stdtrit(n - 1, (1.0 + options.confidence) / 2.0))
    lower, upper = bias - options.limits * sd, bias + options.limits * sd
    half, half_limit = t * sd / math.sqrt(n), t * math.sqrt(3.0 / n) * sd
    about |= {"sd": sd, "lower": lower, "upper": upper}
    about |= {"lower_ci": [lower - half_limit, lower + half_limit], "upper_ci": [upper - half_limit, upper + half_limit]}
    about |= _slope(differences, means)
    return AgreementResult(_NAME, bias, None, about, (bias - half, bias + half), "t, n - 1", options.confidence)


_LIMITS = ("sd", "lower", "upper", "lower_ci", "upper_ci")
_SLOPE = ("slope", "slope_se", "slope_p", "intercept")


def _slope(differences: Floats, means: Floats) -> dict[str, Any]:
    """Least squares of the differences on the means, with the t test of slope 0."""
    n = len(differences)
    x, y = means - means.mean(), differences - differences.mean()
    spread = float(x @ x)
    if spread == 0:
        return {**dict.fromkeys(_SLOPE), "undefined_parts": dict.fromkeys(_SLOPE, "zero_variance")}
    slope = float(x @ y) / spread
    found: dict[str, Any] = {"slope": slope, "intercept": float(differences.mean() - slope * means.mean())}
    if n < 3:
        gaps = dict.fromkeys(("slope_se", "slope_p"), "too_few_units")
        return found | dict.fromkeys(gaps) | {"undefined_parts": gaps}
    se = math.sqrt(float(((y - slope * x) ** 2).sum()) / (n - 2) / spread)
    if se == 0:
        return found | {"slope_se": 0.0, "slope_p": None, "undefined_parts": {"slope_p": "zero_variance"}}
    return found | {"slope_se": se, "slope_p": float(2.0 * stdtr(n - 2, -abs(slope) / se)), "undefined_parts": {}}
