"""Cohen's kappa of two coders weighted by exact duration: what the kappa of time units becomes as the unit goes to zero."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np

from coder_app.agreement.data import Codings, ContingencyTable, Timeline
from coder_app.agreement.result import AgreementResult, undefined
from coder_app.agreement.tables.cohen_kappa import cohen_kappa
from coder_app.agreement.timed.coders import exclusive_states
from coder_app.agreement.timed.durations import duration_table


@dataclass(frozen=True, slots=True)
class DurationOptions:
    """`gap`: the category of time without a state; None lets such time leave."""

    gap: Hashable | None = "none"


def duration_kappa(data: Timeline | Codings, options: DurationOptions = DurationOptions()) -> AgreementResult:
    """Agreement beyond chance on the time itself, every microsecond counted once: no unit, no grid, nothing dropped.

    Parameters
    ----------
    data : two coders' exclusive states in the time both coded.
    options : ``gap``.

    Returns
    -------
    ``value``: kappa of the table of microseconds, with ``observed`` (the share of time in agreement), ``expected``, ``n``
    (microseconds), ``table`` (microseconds, first coder in rows), ``categories`` and ``positive`` (for each category the
    time both gave it among the time either gave it, 2 a / (2 a + b + c); None where nobody used it). When kappa does not
    exist ``value`` is None and ``undefined`` says why: no_overlap, no_units or one_category.
    Raises: AgreementError (not two coders, several streams, overlapping states).
    Source: the limit of the kappa of time units, Bakeman & Quera (2011), doi:10.1017/CBO9781139017343, as the unit goes to
    zero; one sweep over all edges, O(n log n). No standard error is given: time is not made of independent units.
    """
    timeline = exclusive_states(data, options.gap)
    table = duration_table(timeline)
    kappa = cohen_kappa(table)
    parts = {
        "observed": kappa["observed"],
        "expected": kappa["expected"],
        "n": table.total,
        "table": table.counts.tolist(),
        "categories": list(timeline.categories),
        "positive": _positive(table),
    }
    if kappa.value is None:
        return undefined("duration_kappa", str(kappa.undefined) if timeline.compared else "no_overlap", **parts)
    return AgreementResult("duration_kappa", kappa.value, None, parts)


def _positive(table: ContingencyTable) -> dict[Hashable, float | None]:
    both, given = table.counts.diagonal(), table.counts.sum(axis=0) + table.counts.sum(axis=1)
    shares = np.divide(2.0 * both, given, out=np.full(len(given), np.nan), where=given > 0)
    return {c: None if np.isnan(x) else float(x) for c, x in zip(table.categories, shares, strict=True)}
