"""Bootstrap intervals: whole sessions are drawn again, never their frames or events, since what one session holds is alike.

A resample of sessions is a vector of how often each was drawn, so the pooled tables of all resamples are one matrix product
and no session is computed twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from coder_app.agreement.data import Floats
from coder_app.agreement.intervals.of_tables import OfTables
from coder_app.errors import AgreementError

Method = Literal["percentile", "bca", "jackknife"]
FEW_SESSIONS = 10
CHUNK = 500  # resamples whose tables are in memory at a time


@dataclass(frozen=True, slots=True)
class Interval:
    """`low` and `high` are None where too many resamples are undefined. `method` names what was done, in words; `undefined`
    counts the resamples in which the statistic did not exist; `notes` say what a reader must know."""

    estimate: float | None
    low: float | None
    high: float | None
    level: float
    method: str
    unit: str
    n: int
    resamples: int
    seed: int | None
    mean: float | None
    standard_error: float | None
    undefined: int = 0
    notes: tuple[str, ...] = ()
    draws: Floats = field(default_factory=lambda: np.empty(0), repr=False)

    def to_json(self) -> dict[str, Any]:
        return {
            "estimate": self.estimate,
            "interval": None if self.low is None else [self.low, self.high],
            "level": self.level,
            "method": self.method,
            "unit": self.unit,
            "n": self.n,
            "resamples": self.resamples,
            "seed": self.seed,
            "bootstrap_mean": self.mean,
            "standard_error": self.standard_error,
            "undefined_resamples": self.undefined,
            "notes": list(self.notes),
        }


def bootstrap_tables(
    tables: Any,
    statistic: OfTables,
    resamples: int = 2000,
    level: float = 0.95,
    method: Method = "percentile",
    seed: int = 1,
    unit: str = "session",
) -> Interval:
    """Interval of a statistic of the pooled table.

    Parameters
    ----------
    tables : one table for each session, shape (n_sessions, K, K).
    statistic : of many tables at once, shape (B, K, K) -> (B,), NaN where it does not exist (see `of_tables`).
    resamples, level, seed : how many, 0 < level < 1, and where the random numbers begin.
    method : "percentile", "bca" (bias corrected and accelerated by the jackknife; 5,000 resamples or more), or "jackknife"
        (leaves out one session at a time and draws nothing).

    Raises: AgreementError (no session, a level or number of resamples out of range, a method that does not exist).
    Source: Efron & Tibshirani (1993), doi:10.1201/9780429246593, ch. 13 and 14; resampling clusters: Davison & Hinkley
    (1997), doi:10.1017/CBO9780511802843, sec. 3.8.
    """
    stack = np.asarray(tables, dtype=np.float64)
    _checked(len(stack), resamples, level, method)
    flat = stack.reshape(len(stack), -1)
    shape = stack.shape[1:]

    def of(weights: Floats) -> Floats:
        return statistic((weights @ flat).reshape(-1, *shape))

    return bootstrap(of, len(stack), resamples, level, method, seed, unit)


def bootstrap(
    statistic: Callable[[Floats], Floats],
    n: int,
    resamples: int = 2000,
    level: float = 0.95,
    method: Method = "percentile",
    seed: int = 1,
    unit: str = "session",
) -> Interval:
    """As `bootstrap_tables`, with `statistic` a function of weights (B, n): how often each of n sessions counts."""
    _checked(n, resamples, level, method)
    if method == "jackknife":
        return jackknife(statistic, n, level, unit)
    rng = np.random.default_rng(seed)
    draws = np.concatenate([statistic(weights_of(n, min(CHUNK, resamples - at), rng)) for at in range(0, resamples, CHUNK)])
    estimate = _one(statistic(np.ones((1, n)))[0])
    kept = draws[np.isfinite(draws)]
    notes = _notes(n, len(draws) - len(kept), len(draws), unit, method, resamples)
    low = high = None
    if estimate is not None and len(kept) > 1:
        low, high = limits(kept, level, estimate, statistic, n) if method == "bca" else quantiles(kept, level)
    words = f"bootstrap over {n} {_several(unit)}, {_WORDS[method]}, {resamples} resamples"
    mean, error = (float(kept.mean()), float(kept.std(ddof=1))) if len(kept) > 1 else (None, None)
    undefined = len(draws) - len(kept)
    return Interval(estimate, low, high, level, words, unit, n, resamples, seed, mean, error, undefined, notes, draws)


def weights_of(n: int, resamples: int, rng: np.random.Generator, size: int | None = None) -> Floats:
    """How often each of n is drawn in each resample, shape (resamples, n); every row adds up to `size`, by default n."""
    drawn = rng.integers(0, n, size=(resamples, n if size is None else size))
    drawn += np.arange(resamples)[:, None] * n
    return np.bincount(drawn.ravel(), minlength=resamples * n).reshape(resamples, n).astype(np.float64)


def quantiles(draws: Floats, level: float) -> tuple[float, float]:
    """The percentile interval."""
    low, high = np.quantile(draws, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def limits(
    draws: Floats, level: float, estimate: float, statistic: Callable[[Floats], Floats], n: int
) -> tuple[float | None, float | None]:
    """The BCa interval: percentiles moved by the bias of the draws and by the acceleration, from leaving out one at a time."""
    from scipy.stats import norm

    below = (np.count_nonzero(draws < estimate) + 0.5 * np.count_nonzero(draws == estimate)) / len(draws)
    if not 0 < below < 1:
        return quantiles(draws, level)
    bias, rate = norm.ppf(below), acceleration(leave_one_out(statistic, n))
    z = bias + norm.ppf([(1 - level) / 2, (1 + level) / 2])
    low, high = np.quantile(draws, norm.cdf(bias + z / (1 - rate * z)))
    return float(low), float(high)


def leave_one_out(statistic: Callable[[Floats], Floats], n: int) -> Floats:
    """The statistic without each session in turn, shape (n,)."""
    return statistic(1.0 - np.eye(n))


def acceleration(left_out: Floats) -> float:
    kept = left_out[np.isfinite(left_out)]
    if len(kept) < 2:
        return 0.0
    apart = kept.mean() - kept
    below = 6.0 * float((apart**2).sum()) ** 1.5
    return float((apart**3).sum()) / below if below else 0.0


def jackknife(statistic: Callable[[Floats], Floats], n: int, level: float = 0.95, unit: str = "session") -> Interval:
    """The interval from leaving out one session at a time: pseudo-values, their mean's standard error, Student's t.

    `statistic` is a function of weights, as for `bootstrap`. Nothing is drawn at random.
    Source: Efron & Tibshirani (1993), doi:10.1201/9780429246593, ch. 11."""
    from scipy.stats import t

    _checked(n, 1, level, "percentile")
    estimate = _one(statistic(np.ones((1, n)))[0])
    left_out = leave_one_out(statistic, n) if n > 1 else np.empty(0)
    kept = left_out[np.isfinite(left_out)]
    words = f"jackknife over {n} {_several(unit)}"
    notes = _notes(n, len(left_out) - len(kept), len(left_out), unit, "percentile", 1)
    if estimate is None or len(kept) < 2:
        return Interval(estimate, None, None, level, words, unit, n, 0, None, None, None, len(left_out) - len(kept), notes)
    m = len(kept)
    error = float(np.sqrt((m - 1) / m * ((kept - kept.mean()) ** 2).sum()))
    half = float(t.ppf((1 + level) / 2, m - 1)) * error
    mean, undefined = float(kept.mean()), len(left_out) - m
    return Interval(
        estimate, estimate - half, estimate + half, level, words, unit, n, 0, None, mean, error, undefined, notes, kept
    )


_WORDS = {"percentile": "percentile", "bca": "BCa", "jackknife": "jackknife"}


def _checked(n: int, resamples: int, level: float, method: str) -> None:
    if n < 1:
        raise AgreementError("There is no session to draw from. Give one or more.")
    if resamples < 1:
        raise AgreementError(f"{resamples} resamples are too few. Choose 1 or more, 2,000 as a rule.")
    if not 0 < level < 1:
        raise AgreementError(f"A level of {level:g} is no probability. Choose one between 0 and 1, for example 0.95.")
    if method not in _WORDS:
        raise AgreementError(f"There is no bootstrap method {method!r}. Choose one of: {', '.join(_WORDS)}.")


def _notes(n: int, undefined: int, drawn: int, unit: str, method: str, resamples: int) -> tuple[str, ...]:
    notes = []
    if n < FEW_SESSIONS and unit == "session":
        notes.append(
            f"Only {n} session{'s' if n != 1 else ''}: with fewer than {FEW_SESSIONS} the interval is unstable, mostly too "
            "narrow. Double-code more sessions."
        )
    if undefined:
        notes.append(f"{undefined} of {drawn} resamples had no value and are left out of the interval.")
    if method == "bca" and resamples < 5000:
        notes.append("BCa intervals need 5,000 resamples or more.")
    return tuple(notes)


def _several(unit: str) -> str:
    """sessions, blocks of one session"""
    head, space, rest = unit.partition(" ")
    return f"{head}s{space}{rest}"


def _one(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
