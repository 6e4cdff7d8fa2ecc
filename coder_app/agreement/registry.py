"""Every statistic there is, in one table. Menus, help, documents and contract tests read it; nobody keeps a second list.

Each folder of statistics lists its own in `entries.py`; here they are gathered.
"""

from __future__ import annotations

import dataclasses
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from coder_app.agreement.data import ContingencyTable, PointPair, UnitTable
from coder_app.agreement.entry import EXACTLY_TWO, TWO_OR_MORE, Statistic, by_name
from coder_app.agreement.result import AgreementResult
from coder_app.errors import AgreementError

__all__ = ["EXACTLY_TWO", "STATISTICS", "TWO_OR_MORE", "Statistic", "by_name", "compute"]


def _flat(name: str, module: str, options: str, **about: Any) -> tuple[Statistic, ...]:
    """A statistic that has not moved into its folder yet."""
    path = f"coder_app.agreement.{module}"
    if find_spec(path) is None:
        return ()
    found = import_module(path)
    return (Statistic(name, getattr(found, name), getattr(found, options), **about),)


def _gathered() -> dict[str, Statistic]:
    entries: list[Statistic] = []
    for folder in ("tables", "scores", "timed", "segments"):
        path = f"coder_app.agreement.{folder}"
        if find_spec(path) is not None and find_spec(f"{path}.entries") is not None:
            entries += import_module(f"{path}.entries").ENTRIES
    known = {entry.name for entry in entries}
    return by_name(*entries, *(entry for entry in _flat_entries() if entry.name not in known))


def _flat_entries() -> tuple[Statistic, ...]:
    tables = (UnitTable, ContingencyTable)
    return (
        *_flat(
            "percent_agreement",
            "tables.percent_agreement",
            "PercentOptions",
            takes=tables,
            coders=TWO_OR_MORE,
            answers="On what share of the units, or of the time, do the coders agree, chance included?",
            source="definition",
        ),
        *_flat(
            "cohen_kappa",
            "tables.cohen_kappa",
            "KappaOptions",
            takes=tables,
            coders=EXACTLY_TWO,
            answers="How far do two coders agree beyond what their own base rates would give by chance?",
            source="Cohen 1960, 1968",
        ),
        *_flat(
            "per_code_agreement",
            "tables.per_code",
            "CodeOptions",
            takes=tables,
            coders=EXACTLY_TWO,
            answers="How far do two coders agree on one code, and how rare is it?",
            source="Cicchetti & Feinstein 1990; Byrt, Bishop & Carlin 1993",
            renaming_matters=True,
        ),
        *_flat(
            "point_matching",
            "timed.point_matching",
            "MatchOptions",
            takes=(PointPair,),
            coders=EXACTLY_TWO,
            answers="How many instants do two coders share at a tolerance?",
            source="definition; most pairs, then least distance",
        ),
    )


STATISTICS: dict[str, Statistic] = _gathered()


def compute(statistic: str, data: Any, **options: Any) -> AgreementResult:
    """The statistic called `statistic` of `data`, one of the shapes its entry takes.

    Raises AgreementError for an unknown name, a wrong shape of data or an unknown option."""
    entry = STATISTICS.get(statistic)
    if entry is None:
        raise AgreementError(f"There is no statistic called {statistic!r}. Choose one of: {', '.join(STATISTICS)}.")
    if not isinstance(data, entry.takes):
        takes = " or ".join(kind.__name__ for kind in entry.takes)
        raise AgreementError(f"{statistic} takes {takes}, got {type(data).__name__}.")
    known = {field.name for field in dataclasses.fields(entry.options)}
    if wrong := sorted(set(options) - known):
        raise AgreementError(f"{statistic} has no option {wrong[0]!r}. It has: {', '.join(sorted(known))}.")
    return entry.function(data, entry.options(**options))
