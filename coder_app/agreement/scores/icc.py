"""Intraclass correlations of scores: all six forms of Shrout and Fleiss."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from scipy.special import fdtrc, fdtri

from coder_app.agreement.data import Floats, Scores
from coder_app.agreement.result import AgreementResult, undefined
from coder_app.errors import AgreementError

_NAME = "icc"
FORMS = ("ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k")


@dataclass(frozen=True, slots=True)
class IccOptions:
    """`form`: ICC1 other raters for every target, ICC2 the same raters, a sample of many (absolute agreement), ICC3 these
    raters only (consistency); with k, of the mean of all raters. `confidence`: of the interval."""

    form: Literal["ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k"] = "ICC2"
    confidence: float = 0.95


@dataclass(frozen=True, slots=True)
class _Squares:
    """Mean squares of n targets by k raters."""

    n: int
    k: int
    targets: float
    within: float
    raters: float
    error: float


def icc(data: Scores, options: IccOptions = IccOptions()) -> AgreementResult:
    """The share of the variance of scores that is due to the targets: agreement of raters on scores or ratings.

    Parameters
    ----------
    data : scores, shape (n_targets, n_raters); targets with a missing score are left out and counted.
    options : ``form``, default ICC2 (one rater, absolute agreement); ``confidence``.

    Returns
    -------
    ``value`` of the form asked for, at most 1, unrounded, with its ``interval``, and ``form``, ``agreement`` (in words),
    ``f``, ``df1``, ``df2``, ``p`` (of no variance between targets); ``forms`` maps all six to their ``icc``, ``ci``, ``f``,
    ``df1``, ``df2``, ``p``. ``mean_squares`` (targets, within, raters, error), ``n`` (complete targets), ``n_dropped``,
    ``n_raters``. ``value`` is None with no_units, too_few_units (fewer than two complete targets or raters), zero_variance
    (all scores the same) or negative_variance (the variance to divide by is estimated as 0 or less); a part without a
    value is None. The interval of ICC2 has Satterthwaite's degrees of freedom, that of ICC2k is Spearman-Brown of its
    limits (as R psych; R irr has another, by McGraw & Wong 1996). Without error variance F is infinite: None, with p = 0.
    Raises: AgreementError (a form that does not exist); data never raise.
    Source: Shrout & Fleiss (1979), doi:10.1037/0033-2909.86.2.420.
    """
    if options.form not in FORMS:
        raise AgreementError(f"There is no form {options.form!r}. Choose one of: {', '.join(FORMS)}.")
    values = data.values[np.logical_and.reduce(np.isfinite(data.values.T))]
    n, k = values.shape
    about: dict[str, Any] = {"form": options.form, "agreement": _WORDS[options.form[:4]]}
    about |= {"n": n, "n_dropped": len(data.values) - n, "n_raters": k}
    if n == 0 or k == 0:
        return undefined(_NAME, "no_units", forms=None, **about)
    if n < 2 or k < 2:
        return undefined(_NAME, "too_few_units", forms=None, **about)
    squares = _mean_squares(values)
    forms = {form: _form(form, squares, options.confidence) for form in FORMS}
    about["mean_squares"] = {name: getattr(squares, name) for name in ("targets", "within", "raters", "error")}
    chosen = forms[options.form]
    about |= {"forms": forms, **{name: chosen[name] for name in ("f", "df1", "df2", "p")}}
    if chosen["icc"] is None:
        return undefined(_NAME, "negative_variance" if np.ptp(values) > 0 else "zero_variance", **about)
    interval = None if chosen["ci"] is None else (chosen["ci"][0], chosen["ci"][1])
    return AgreementResult(_NAME, chosen["icc"], None, about, interval, "F", options.confidence)


_WORDS = {
    "ICC1": "absolute agreement, other raters for every target",
    "ICC2": "absolute agreement, the same raters, a sample of many",
    "ICC3": "consistency, the same raters and no others",
}


def _mean_squares(values: Floats) -> _Squares:
    """By sums of squares about the means; what is left of rounding counts as 0."""
    n, k = values.shape
    centred = np.ascontiguousarray(values.T) - values.mean()  # raters in rows: several times as fast
    rows, columns = centred.mean(axis=0), centred.mean(axis=1)
    rest = centred - rows - columns[:, None]
    tiny = (np.finfo(float).eps * 8 * max(float(np.abs(values).max()), np.finfo(float).tiny)) ** 2 * n * k
    sums = (k * (rows**2).sum(), ((centred - rows) ** 2).sum(), n * (columns**2).sum(), (rest**2).sum())
    targets, within, raters, error = (0.0 if x <= tiny else float(x) for x in sums)
    return _Squares(n, k, targets / (n - 1), within / (n * (k - 1)), raters / (k - 1), error / ((n - 1) * (k - 1)))


def _form(form: str, s: _Squares, confidence: float) -> dict[str, Any]:
    """One of the six, its interval and its test."""
    base = s.within if form.startswith("ICC1") else s.error
    df1, df2 = s.n - 1, s.n * (s.k - 1) if form.startswith("ICC1") else (s.n - 1) * (s.k - 1)
    estimate = _estimate(form, s)
    found: dict[str, Any] = {"icc": estimate, "ci": None, "f": None, "df1": df1, "df2": df2, "p": None}
    if estimate is None:
        return found
    if base > 0:
        f = s.targets / base
        found |= {"f": f, "p": float(fdtrc(df1, df2, f))}
    elif s.targets > 0:
        found["p"] = 0.0
    found["ci"] = _interval(form, s, base, df1, df2, (1.0 - confidence) / 2.0)
    return found


def _estimate(form: str, s: _Squares) -> float | None:
    """None where the variance it divides by is estimated as 0 or less."""
    base = s.within if form.startswith("ICC1") else s.error
    offset = (s.raters - s.error) / s.n if form.startswith("ICC2") else 0.0
    whole = s.targets + offset if form.endswith("k") else s.targets + (s.k - 1) * base + s.k * offset
    return None if whole <= 0 else (s.targets - base) / whole


def _interval(form: str, s: _Squares, base: float, df1: int, df2: int, tail: float) -> list[float] | None:
    if form.startswith("ICC2"):
        limits = _limits_of_icc2(s, tail)
        return [_stepped(x, s.k) for x in limits] if form.endswith("k") and limits is not None else limits
    if base == 0:
        return [1.0, 1.0]
    f = s.targets / base
    low, high = f / float(fdtri(df1, df2, 1.0 - tail)), f * float(fdtri(df2, df1, 1.0 - tail))
    if form.endswith("k"):
        return [1.0 - 1.0 / x if x > 0 else -math.inf for x in (low, high)]
    return [(x - 1.0) / (x + s.k - 1.0) for x in (low, high)]


def _stepped(single: float, k: int) -> float:
    """Spearman and Brown's prophecy: the reliability of the mean of k raters."""
    below = 1.0 + single * (k - 1.0)
    return single * k / below if below > 0 else -math.inf


def _limits_of_icc2(s: _Squares, tail: float) -> list[float] | None:
    """None where the targets differ so little that the limits cross."""
    n, k = s.n, s.k
    rho = _estimate("ICC2", s)
    if rho is None:
        return None
    of_raters = k * rho * s.raters
    of_error = (n * (1.0 + (k - 1) * rho) - k * rho) * s.error
    spread = (n - 1) * of_raters**2 + of_error**2
    if spread == 0:
        return [1.0, 1.0] if s.error == 0 and s.raters == 0 else None
    freedom = (k - 1) * (n - 1) * (of_raters + of_error) ** 2 / spread
    if not freedom > 0:
        return None
    upper, lower = float(fdtri(n - 1, freedom, 1.0 - tail)), float(fdtri(freedom, n - 1, 1.0 - tail))
    rest = k * s.raters + (k * n - k - n) * s.error
    below_low, below_high = upper * rest + n * s.targets, rest + n * lower * s.targets
    if below_low <= 0 or below_high <= 0:
        return None
    low, high = n * (s.targets - upper * s.error) / below_low, n * (lower * s.targets - s.error) / below_high
    return [low, high] if low <= high else None
