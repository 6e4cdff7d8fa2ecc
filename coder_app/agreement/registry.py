"""Every statistic there is, in one table. Menus, help, documents and contract tests read it; nobody keeps a second list.

Each folder of statistics lists its own in `entries.py`; here they are gathered.
"""

from __future__ import annotations

import dataclasses
from difflib import get_close_matches
from typing import Any

from coder_app.agreement.data import (
    BaseRates,
    Codings,
    ContingencyTable,
    CountTable,
    PointPair,
    Scores,
    Sequences,
    Sessions,
    Timeline,
    UnitTable,
)
from coder_app.agreement.entry import EXACTLY_TWO, TWO_OR_MORE, Statistic, by_name
from coder_app.agreement.result import AgreementResult
from coder_app.agreement.scores.entries import ENTRIES as SCORES
from coder_app.agreement.segments.entries import ENTRIES as SEGMENTS
from coder_app.agreement.tables.entries import ENTRIES as TABLES
from coder_app.agreement.timed.entries import ENTRIES as TIMED
from coder_app.errors import AgreementError

__all__ = ["EXACTLY_TWO", "STATISTICS", "TWO_OR_MORE", "Statistic", "by_name", "compute", "find", "register"]


STATISTICS: dict[str, Statistic] = by_name(*TABLES, *SCORES, *TIMED, *SEGMENTS)

# How raw data become each shape, for the error that meets whoever gives raw data.
_MADE_BY: dict[type, str] = {
    UnitTable: "UnitTable.from_frame(table) for units in rows and coders in columns",
    ContingencyTable: "ContingencyTable.of(table) for the first coder in rows and the second in columns",
    CountTable: "CountTable.of(table) for units in rows and categories in columns",
    Scores: "Scores.of(table) for targets in rows and raters in columns",
    Sequences: "Sequences.of([codes, codes]) for codes in order without times",
    Codings: "Codings.of([frame, frame], span=(0, 60)) for timed events",
    Sessions: "Sessions.of({name: codings}) for several sessions",
    BaseRates: "BaseRates.of(rates) for how often each category occurs",
    PointPair: "PointPair.of(instants_us, instants_us) for instants of one code",
    Timeline: "Codings.of([frame, frame]).timeline() for states of two coders",
}


def register(entry: Statistic) -> None:
    """Add a statistic for the life of the program. Raises AgreementError if its name is taken by another."""
    known = STATISTICS.get(entry.name)
    if known is not None and _origin(known) != _origin(entry):
        raise AgreementError(f"There is a statistic called {entry.name!r} already. Choose another name.")
    STATISTICS[entry.name] = entry


def _origin(entry: Statistic) -> tuple[str, str]:
    return entry.function.__module__, entry.function.__qualname__


def find(statistic: str) -> Statistic:
    """The entry of that name. Raises AgreementError, with the names closest to it."""
    entry = STATISTICS.get(statistic)
    if entry is None:
        near = get_close_matches(statistic, STATISTICS, n=3, cutoff=0.5)
        hint = f"Did you mean {' or '.join(near)}?" if near else f"Choose one of: {', '.join(STATISTICS)}."
        raise AgreementError(f"There is no statistic called {statistic!r}. {hint}")
    return entry


def compute(statistic: str, data: Any, **options: Any) -> AgreementResult:
    """The statistic called `statistic` of `data`, one of the shapes its entry takes.

    The result also carries every option as it was used and a summary of the data.
    Raises AgreementError for an unknown name, a wrong shape of data or an unknown option."""
    entry = find(statistic)
    if not isinstance(data, entry.takes):
        raise AgreementError(_wrong_shape(entry, data))
    known = {field.name for field in dataclasses.fields(entry.options)}
    if wrong := sorted(set(options) - known):
        has = f"It has: {', '.join(sorted(known))}." if known else "It has none."
        raise AgreementError(f"{statistic} has no option {wrong[0]!r}. {has}")
    shape: Any = data
    chosen = entry.options(**options)
    result = entry.function(data, chosen)
    # an option that takes no part in comparisons, such as a callback, does not change the value
    used = {field.name: getattr(chosen, field.name) for field in dataclasses.fields(entry.options) if field.compare}
    return dataclasses.replace(result, options=used, data=shape.summary())


def _wrong_shape(entry: Statistic, data: Any) -> str:
    takes = " or ".join(kind.__name__ for kind in entry.takes)
    said = f"{entry.name} takes {takes}, got {type(data).__name__}."
    if isinstance(data, Codings) and UnitTable in entry.takes:
        return f"{said} Cut the codings into units of time first: codings.units(1_000_000) for 1 s."
    if isinstance(data, Sessions):
        return f"{said} Several sessions are pooled, with an interval, by intervals.sessions.over_sessions(...)."
    if isinstance(data, tuple(_MADE_BY)):
        return said
    return f"{said} Say what the numbers are: {'; '.join(_MADE_BY[kind] for kind in entry.takes if kind in _MADE_BY)}."
