"""What the registry knows of a statistic."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from coder_app.agreement.result import AgreementResult

EXACTLY_TWO = (2, 2)
TWO_OR_MORE = (2, None)


@dataclass(frozen=True, slots=True)
class Statistic:
    """An entry. `options` is a frozen dataclass, every field with a default; `takes` are the shapes of `data.py` it reads.
    `coders` is (fewest, most or None). `answers` is the question it answers, in one line with a question mark; `source`
    names who defined it.

    What the contract tests hold it to: `perfect` is the value when the coders agree throughout (None: no one value),
    `renaming_matters` says whether another order of the categories may change the value, `coder_order_matters` whether
    swapping the coders may, `random` whether it draws numbers (then its options have a `seed`). `uncertain` says in a
    phrase what of the definition could not be checked against its source, empty where nothing is in doubt."""

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
    uncertain: str = ""


def by_name(*entries: Statistic) -> dict[str, Statistic]:
    """The entries under their names; a name given twice is a mistake in the program."""
    table: dict[str, Statistic] = {}
    for entry in entries:
        if entry.name in table:
            raise ValueError(f"There are two statistics called {entry.name!r}.")
        table[entry.name] = entry
    return table
