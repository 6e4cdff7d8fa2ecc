"""A statistic over several sessions: one pooled value, and an interval from drawing whole sessions again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from coder_app.agreement.data import MISSING, ContingencyTable, Floats, Scores, Sessions, UnitTable
from coder_app.agreement.intervals import of_tables
from coder_app.agreement.intervals.bootstrap import Interval, Method, bootstrap
from coder_app.agreement.intervals.of_tables import OfTables
from coder_app.agreement.registry import compute, find
from coder_app.agreement.result import AgreementResult
from coder_app.errors import AgreementError

OfWeights = Callable[[Floats], Floats]

# Statistics whose value follows from one table that adds up over sessions: the part that holds it, and the statistic of it.
FROM_TABLES: dict[str, tuple[str, OfTables]] = {
    "time_unit_kappa": ("table", of_tables.kappa),
    "duration_kappa": ("table", of_tables.kappa),
    "event_alignment_kappa": ("table", of_tables.kappa_structural_zero),
    "timed_alignment_kappa": ("table", of_tables.kappa_structural_zero),
    "easydiag": ("table", of_tables.kappa_structural_zero),
}


@dataclass(frozen=True, slots=True)
class Resampling:
    """How an interval is made: see `bootstrap`."""

    resamples: int = 2000
    level: float = 0.95
    method: Method = "percentile"
    seed: int = 1


USUAL = Resampling()


def over_sessions(
    statistic: str,
    sessions: Mapping[str, Any] | Sessions,
    resampling: Resampling = USUAL,
    unit: str = "session",
    **options: Any,
) -> AgreementResult:
    """The statistic over all sessions, with a bootstrap interval over them.

    Parameters
    ----------
    statistic : a name of the registry.
    sessions : name -> data of one session, each of a shape that the statistic takes, all with the same categories.
    resampling : resamples, level, method and seed. `unit` : what a "session" is called. options : those of the statistic.

    Returns
    -------
    ``value`` of all sessions pooled; ``pooled`` says how: "tables" (the tables of the sessions added up), "units" (all
    units, or targets, as one table) or "mean" (the mean of the sessions' values, where a statistic is of one session
    only). With ``sessions`` (name -> value or None), ``bootstrap`` (see `Interval`), ``interval`` and ``interval_method``.
    Raises: AgreementError (no session, other categories, or what the statistic raises).
    Source: as `bootstrap`.
    """
    if isinstance(sessions, Sessions):
        sessions = sessions.codings
    if not sessions:
        raise AgreementError("There are no sessions. Give one or more.")
    each = {name: compute(statistic, data, **options) for name, data in sessions.items()}
    how, found = _interval(statistic, list(sessions.values()), list(each.values()), resampling, unit, options)
    first = next(iter(each.values()))
    parts = {
        "pooled": how,
        "n_sessions": len(each),
        "sessions": {name: result.value for name, result in each.items()},
        "bootstrap": found.to_json(),
    }
    undefined = None if found.estimate is not None else next((r.undefined for r in each.values() if r.undefined), "no_units")
    interval = None if found.low is None or found.high is None else (found.low, found.high)
    data = {"shape": "Sessions", "sessions": {name: dict(result.data) for name, result in each.items()}}
    return AgreementResult(
        statistic, found.estimate, undefined, parts, interval, found.method, resampling.level, first.options, data
    )


def _interval(
    statistic: str,
    data: Sequence[Any],
    each: Sequence[AgreementResult],
    resampling: Resampling,
    unit: str,
    options: Mapping[str, Any],
) -> tuple[str, Interval]:
    how, of = pooled(statistic, data, each, options)
    r = resampling
    return how, bootstrap(of, len(data), r.resamples, r.level, r.method, r.seed, unit)


def pooled(
    statistic: str, data: Sequence[Any], each: Sequence[AgreementResult], options: Mapping[str, Any]
) -> tuple[str, OfWeights]:
    """How sessions are pooled ("tables", "units" or "mean"), and the statistic as a function of how often each counts."""
    tables = session_tables(statistic, data, each, options)
    if tables is not None:
        return "tables", _of_tables(*tables)
    counts = _countable(statistic, data)
    if counts is not None:
        return "tables", _of_counts(statistic, counts, options)
    if isinstance(data[0], UnitTable | Scores):
        return "units", _of_units(statistic, data, options)
    return "mean", _mean_of(np.array([np.nan if result.value is None else result.value for result in each]))


def session_tables(
    statistic: str, data: Sequence[Any], each: Sequence[AgreementResult], options: Mapping[str, Any]
) -> tuple[Floats, OfTables] | None:
    """One table for each session and the statistic of their sum; None where the statistic does not come from a table."""
    if statistic in FROM_TABLES and FROM_TABLES[statistic][0] in each[0].parts:
        part, of = FROM_TABLES[statistic]
        if len({str(result.parts.get("categories")) for result in each}) > 1:
            raise AgreementError("The sessions have different categories. Give all of them the codes of the scheme.")
        tables = np.array([result[part] for result in each], dtype=np.float64)
        # Options may make the value another figure than that of the plain table; then the tables are not what to add up.
        return (tables, of) if _agree(of(tables), each) else None
    if statistic in _OF_TABLES and not (set(options) - {"code"}) and all(_is_pair(one) for one in data):
        pairs = [one.contingency() if isinstance(one, UnitTable) else one for one in data]
        _same(pairs)
        counts = np.array([table.counts for table in pairs], dtype=np.float64)
        return counts, _OF_TABLES[statistic](options.get("code", 0))
    return None


def _agree(values: Floats, each: Sequence[AgreementResult]) -> bool:
    own = np.array([np.nan if result.value is None else result.value for result in each])
    told = np.array([result.undefined != "saturated" for result in each])  # else the table has a figure, only not one to show
    return bool(told.any()) and bool(np.allclose(values[told], own[told], atol=1e-9, equal_nan=True))


_OF_TABLES: dict[str, Any] = {
    "cohen_kappa": lambda code: of_tables.kappa,
    "percent_agreement": lambda code: of_tables.percent,
    "per_code_agreement": of_tables.kappa_of_code,
}


def _is_pair(data: Any) -> bool:
    return isinstance(data, ContingencyTable) or (isinstance(data, UnitTable) and data.n_coders == 2)


def _same(data: Sequence[Any]) -> None:
    if len({one.categories for one in data}) > 1:
        raise AgreementError("The sessions have different categories. Give all of them the codes of the scheme.")


def _of_tables(tables: Floats, of: OfTables) -> OfWeights:
    flat, shape = tables.reshape(len(tables), -1), tables.shape[1:]
    return lambda weights: of((weights @ flat).reshape(-1, *shape))


def _countable(statistic: str, data: Sequence[Any]) -> list[ContingencyTable] | None:
    """One table of whole counts for each session, where two coders' units without missing codes say the same as it."""
    if ContingencyTable not in find(statistic).takes or not all(_is_pair(one) for one in data):
        return None
    if any(isinstance(one, UnitTable) and (one.codes == MISSING).any() for one in data):
        return None
    tables = [one.contingency() if isinstance(one, UnitTable) else one for one in data]
    _same(tables)
    return tables


def _of_counts(statistic: str, tables: Sequence[ContingencyTable], options: Mapping[str, Any]) -> OfWeights:
    """The added tables of the drawn sessions, computed anew for each resample."""
    counts = np.array([table.counts for table in tables])

    def of(weights: Floats) -> Floats:
        drawn = np.einsum("bs,skl->bkl", weights, counts).astype(counts.dtype)
        results = (compute(statistic, ContingencyTable(one, tables[0].categories), **options).value for one in drawn)
        return np.array([np.nan if value is None else value for value in results])

    return of


def _of_units(statistic: str, data: Sequence[Any], options: Mapping[str, Any]) -> OfWeights:
    """All units of the drawn sessions as one table, computed anew for each resample."""

    def joined(weights: Floats) -> Any:
        drawn = [one for one, times in zip(data, weights, strict=True) for _ in range(int(times))]
        if isinstance(data[0], Scores):
            return Scores(np.concatenate([one.values for one in drawn]))
        return UnitTable(np.concatenate([one.codes for one in drawn]), data[0].categories, data[0].unit_us)

    if not isinstance(data[0], Scores):
        _same(data)

    def of(weights: Floats) -> Floats:
        results = (compute(statistic, joined(row), **options).value for row in weights)
        return np.array([np.nan if value is None else value for value in results])

    return of


def _mean_of(values: Floats) -> OfWeights:
    """The mean of the sessions that have a value; NaN where none has."""
    known = np.isfinite(values)

    def of(weights: Floats) -> Floats:
        n = weights[:, known].sum(axis=1)
        return np.divide(weights[:, known] @ values[known], n, out=np.full(len(weights), np.nan), where=n > 0)

    return of
