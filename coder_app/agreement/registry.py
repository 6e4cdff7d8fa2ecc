"""Every statistic there is, in one table. Menus, help, documents and contract tests read it; nobody keeps a second list."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from coder_app.agreement.data import ContingencyTable, PointPair, UnitTable
from coder_app.agreement.result import AgreementResult
from coder_app.agreement.tables.cohen_kappa import KappaOptions, cohen_kappa
from coder_app.agreement.tables.per_code import CodeOptions, per_code_agreement
from coder_app.agreement.tables.percent_agreement import PercentOptions, percent_agreement
from coder_app.agreement.timed.point_matching import MatchOptions, point_matching
from coder_app.errors import AgreementError


@dataclass(frozen=True, slots=True)
class Statistic:
    """An entry. `coders` is (fewest, most or None). `perfect` is the value when the coders agree throughout;
    `renaming_matters` says whether another order of the categories may change the value, `coder_order_matters` whether
    swapping the coders may, `random` whether it draws numbers."""

    name: str
    function: Callable[..., AgreementResult]
    options: type
    takes: tuple[type, ...]
    coders: tuple[int, int | None]
    answers: str
    source: str
    perfect: float | None = 1.0
    renaming_matters: bool = False
    coder_order_matters: bool = False
    random: bool = False


def by_name(*entries: Statistic) -> dict[str, Statistic]:
    """The entries under their names; a name given twice is a mistake in the program."""
    table: dict[str, Statistic] = {}
    for entry in entries:
        if entry.name in table:
            raise ValueError(f"There are two statistics called {entry.name!r}.")
        table[entry.name] = entry
    return table


EXACTLY_TWO = (2, 2)
TWO_OR_MORE = (2, None)

STATISTICS: dict[str, Statistic] = by_name(
    Statistic(
        "percent_agreement",
        percent_agreement,
        PercentOptions,
        takes=(UnitTable, ContingencyTable),
        coders=TWO_OR_MORE,
        answers="On what share of the units, or of the time, do the coders agree, chance included?",
        source="definition",
    ),
    Statistic(
        "cohen_kappa",
        cohen_kappa,
        KappaOptions,
        takes=(UnitTable, ContingencyTable),
        coders=EXACTLY_TWO,
        answers="How far do two coders agree beyond what their own base rates would give by chance?",
        source="Cohen 1960, 1968",
    ),
    Statistic(
        "per_code_agreement",
        per_code_agreement,
        CodeOptions,
        takes=(UnitTable, ContingencyTable),
        coders=EXACTLY_TWO,
        answers="How far do two coders agree on one code, and how rare is it?",
        source="Cicchetti & Feinstein 1990; Byrt, Bishop & Carlin 1993",
        renaming_matters=True,
    ),
    Statistic(
        "point_matching",
        point_matching,
        MatchOptions,
        takes=(PointPair,),
        coders=EXACTLY_TWO,
        answers="How many instants do two coders share at a tolerance?",
        source="definition; most pairs, then least distance",
    ),
)


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
