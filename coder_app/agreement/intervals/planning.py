"""How many sessions must be double-coded for an interval of a wanted width, from the sessions that already are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from coder_app.agreement.data import Floats
from coder_app.agreement.intervals.bootstrap import CHUNK, quantiles, weights_of
from coder_app.agreement.intervals.of_tables import OfTables
from coder_app.errors import AgreementError

FEWEST_PILOTS = 5


@dataclass(frozen=True, slots=True)
class Plan:
    """`sessions` is the number needed, None if more than `most`; `widths` are (sessions, expected width) on the way."""

    sessions: int | None
    width: float
    level: float
    pilots: int
    most: int
    widths: tuple[tuple[int, float], ...]
    notes: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "sessions_needed": self.sessions,
            "wanted_width": self.width,
            "level": self.level,
            "pilot_sessions": self.pilots,
            "most": self.most,
            "expected_widths": [{"sessions": m, "width": w} for m, w in self.widths],
            "notes": list(self.notes),
        }


def sessions_for_width(
    tables: Any, statistic: OfTables, width: float, level: float = 0.95, most: int = 2000, resamples: int = 2000, seed: int = 1
) -> Plan:
    """The fewest sessions whose bootstrap interval is expected to be at most `width` wide.

    Parameters
    ----------
    tables : one table for each session coded twice so far, shape (n_sessions, K, K); ten or more are better than five.
    statistic : of many tables, see `of_tables`. width : from the lower to the upper limit, in units of the statistic.
    level, most, resamples, seed : of the interval, the largest number tried, and of the drawing.

    The sessions at hand stand for those to come: m of them are drawn with replacement, many times, for growing m.
    Raises: AgreementError (fewer than two sessions, a width or level out of range).
    Source: bootstrap planning as in Davison & Hinkley (1997), doi:10.1017/CBO9780511802843, sec. 4.6, drawing m of n.
    """
    stack = np.asarray(tables, dtype=np.float64)
    flat = stack.reshape(len(stack), -1)
    return plan_for_width(
        lambda w: statistic((w @ flat).reshape(-1, *stack.shape[1:])), len(stack), width, level, most, resamples, seed
    )


def plan_for_width(
    statistic: Callable[[Floats], Floats],
    n: int,
    width: float,
    level: float = 0.95,
    most: int = 2000,
    resamples: int = 2000,
    seed: int = 1,
) -> Plan:
    """As `sessions_for_width`, with `statistic` a function of weights (B, n): how often each of n sessions counts."""
    if n < 2:
        raise AgreementError(f"Planning needs two or more double-coded sessions to learn from, got {n}. Double-code some.")
    if width <= 0 or not 0 < level < 1:
        raise AgreementError(f"A width of {width:g} at level {level:g} cannot be had. Choose a width above 0, a level below 1.")
    tried: dict[int, float] = {}

    def wide(m: int) -> float:
        if m not in tried:
            tried[m] = _width(statistic, n, m, level, resamples, seed)
        return tried[m]

    low, high = 1, 2
    while high < most and not wide(high) <= width:
        low, high = high, min(2 * high, most)
    needed = None
    if wide(high) <= width:
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if wide(middle) <= width else (middle, high)
        needed = high
    notes = () if n >= FEWEST_PILOTS else (f"Learnt from only {n} sessions: a rough guide. Plan again when more are coded.",)
    return Plan(needed, width, level, n, most, tuple(sorted(tried.items())), notes)


def _width(statistic: Callable[[Floats], Floats], n: int, m: int, level: float, resamples: int, seed: int) -> float:
    """The expected width with m sessions; the same seed for every m, so that a longer list is not wider by chance."""
    rng = np.random.default_rng(seed)
    sizes = [min(CHUNK, resamples - at) for at in range(0, resamples, CHUNK)]
    draws = np.concatenate([statistic(weights_of(n, size, rng, m)) for size in sizes])
    kept = draws[np.isfinite(draws)]
    if len(kept) < 2:
        return float("inf")
    low, high = quantiles(kept, level)
    return high - low
