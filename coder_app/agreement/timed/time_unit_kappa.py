"""Cohen's kappa of two coders on time units, with a tolerance of some units either way."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from coder_app.agreement.data import MISSING, Codings, ContingencyTable, Ints, Timeline
from coder_app.agreement.result import AgreementResult, undefined
from coder_app.agreement.tables.cohen_kappa import cohen_kappa
from coder_app.agreement.timed.coders import exclusive_states
from coder_app.agreement.timed.units import grid, raster
from coder_app.errors import AgreementError


@dataclass(frozen=True, slots=True)
class TimeUnitOptions:
    """`unit_us`: length of a unit in microseconds, whole or not. `fps`: takes one frame of so many a second as the
    unit instead, as a number or as text ("30000/1001"). `tolerance_units`: how many units away a code may stand in the other
    coding and still agree. `gap`: the category of time without a state; None lets such time leave."""

    unit_us: int | float | Fraction = 1_000_000
    fps: float | str | None = None
    tolerance_units: int = 0
    gap: Hashable | None = "none"

    @property
    def unit(self) -> Fraction:
        """Microseconds. Raises AgreementError for a frame rate that is no number above zero."""
        if self.fps is None:
            return Fraction(self.unit_us)
        try:
            return 1_000_000 / Fraction(str(self.fps))
        except (ValueError, ZeroDivisionError) as error:
            raise AgreementError(f"{self.fps!r} frames a second is no frame rate. Give a number, or '30000/1001'.") from error


def time_unit_kappa(data: Timeline | Codings, options: TimeUnitOptions = TimeUnitOptions()) -> AgreementResult:
    """Agreement beyond chance on units of time, each carrying the state that stands at its midpoint.

    With a tolerance of w units (the GSEQ rule as understood, [U]) one coder goes first: a unit that this coder gave code a
    counts as (a, a) if the other has a anywhere in the units from w before to w after, else as (a, the other's code at the
    unit). The two orders give two tables and two kappas; both are reported.

    Parameters
    ----------
    data : two coders' exclusive states in the time both coded.
    options : ``unit_us`` or ``fps``, ``tolerance_units``, ``gap``.

    Returns
    -------
    ``value``: kappa with the first coder going first (without a tolerance the order does not matter), with ``observed``,
    ``expected``, ``n`` (units), ``table`` (first coder in rows), ``categories``, and ``kappa_first``, ``kappa_second``,
    ``table_first``, ``table_second``: each coder going first, that coder in rows. A kappa that does not exist is None, and
    ``undefined`` says why: no_overlap, no_units or one_category.
    Raises: AgreementError (not two coders, several streams, overlapping states, a unit below 1 ms, a tolerance below 0).
    Source: Bakeman & Quera (2011), doi:10.1017/CBO9781139017343; Bakeman, Quera & Gnisci (2009), doi:10.3758/BRM.41.1.137.
    No standard error is given: neighbouring units are not independent.
    """
    if options.tolerance_units < 0:
        raise AgreementError(f"A tolerance of {options.tolerance_units} units is below zero. Choose 0 or more.")
    timeline = exclusive_states(data, options.gap)
    tables = [ContingencyTable(t, timeline.categories) for t in unit_tables(timeline, options.unit, options.tolerance_units)]
    kappas = [cohen_kappa(table) for table in tables]
    parts = {
        "observed": kappas[0]["observed"],
        "expected": kappas[0]["expected"],
        "n": tables[0].total,
        "kappa_first": kappas[0].value,
        "kappa_second": kappas[1].value,
        "table": tables[0].counts.tolist(),
        "table_first": tables[0].counts.tolist(),
        "table_second": tables[1].counts.tolist(),
        "categories": list(timeline.categories),
        "unit_us": float(options.unit),
        "tolerance_units": options.tolerance_units,
        "variant": "unit carries its midpoint; tolerance as understood of GSEQ",
    }
    if kappas[0].value is None:
        reason = kappas[0].undefined if timeline.compared else "no_overlap"
        return undefined("time_unit_kappa", str(reason), **parts)
    return AgreementResult("time_unit_kappa", kappas[0].value, None, parts)


def unit_tables(timeline: Timeline, unit_us: int | Fraction, tolerance_units: int) -> tuple[Ints, Ints]:
    """Two K x K tables of units: the first coder going first (in rows), and the second coder going first (in rows)."""
    k = len(timeline.categories)
    first, second = _codes(timeline, unit_us)
    return _table(first, second, tolerance_units, k), _table(second, first, tolerance_units, k)


def _codes(timeline: Timeline, unit_us: int | Fraction) -> tuple[Ints, Ints]:
    """What either coder gave every unit of the grid; `MISSING` in the gaps of the compared time too."""
    instants = grid(timeline.compared, unit_us)
    first, second = (raster(track, instants, timeline.gap) for track in (timeline.first, timeline.second))
    for (_, end), (start, _) in zip(timeline.compared.parts, timeline.compared.parts[1:], strict=False):
        apart = slice(*np.searchsorted(instants, [end, start]))
        first[apart] = second[apart] = MISSING
    return first, second


def _table(leading: Ints, other: Ints, tolerance: int, k: int) -> Ints:
    scored = (leading != MISSING) & (other != MISSING)
    given, answer = leading[scored], other[scored]
    if tolerance:
        differs = scored & (leading != other)
        near = np.zeros(len(leading), dtype=bool)
        near[differs] = _nearby(np.flatnonzero(differs), leading[differs], other, tolerance)
        answer = np.where(near[scored], given, answer)
    return np.bincount(given * k + answer, minlength=k * k).reshape(k, k).astype(np.int64)


def _nearby(units: Ints, codes: Ints, other: Ints, tolerance: int) -> np.ndarray:
    """Whether `other` has the code of each unit at most `tolerance` units away: the first run of that code that ends late
    enough must begin early enough."""
    n = len(other)
    starts = np.flatnonzero(np.concatenate([[True], other[1:] != other[:-1]]))
    ends = np.append(starts[1:], n) - 1
    order = np.argsort(other[starts], kind="stable")
    starts, keys = starts[order], other[starts][order] * n + ends[order]
    run = np.searchsorted(keys, codes * n + np.maximum(units - tolerance, 0))
    here = np.minimum(run, len(keys) - 1)
    return np.asarray((run < len(keys)) & (keys[here] // n == codes) & (starts[here] <= units + tolerance))
