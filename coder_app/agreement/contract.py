"""The contract every statistic keeps, whoever wrote it: what its entry declares is tried out on one set of data per shape.

The tests run it over the whole registry, and `coder-app agreement check-own` over the statistics a lab has written itself.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import pandas as pd

from coder_app.agreement.data import (
    BaseRates,
    Codings,
    ContingencyTable,
    CountTable,
    EventTable,
    PointPair,
    Scores,
    Sequences,
    Timeline,
    UnitTable,
)
from coder_app.agreement.entry import Statistic
from coder_app.agreement.result import REASONS, AgreementResult
from coder_app.errors import AgreementError

CLOSE = 1e-9
CLOSE_AT_RANDOM = 0.2  # two samples of a statistic that draws numbers
CATEGORIES = (1, 2, 3)
ROWS = [(1, 1), (2, 2), (1, 3), (3, 3), (2, 2), (3, 1), (1, 1), (2, 3), (2, 2), (3, 3), (1, 2)]
EVENTS: tuple[list[Any], list[Any]] = (
    [(0, 10, "a"), (10, 18, "b"), (20, 31, "a"), (33, 45, "c"), (45, 52, "b")],
    [(0.5, 11, "a"), (11, 17, "b"), (21, 30, "c"), (33, 44, "c"), (46, 52, "b")],
)


@dataclass(frozen=True, slots=True)
class Sample:
    """Data of one shape. None where a change makes no sense for the shape."""

    usual: Any
    agreeing: Any
    swapped: Any = None
    reordered: Any = None
    renamed: Any = None
    nothing: Any = None


def problems(entry: Statistic) -> Iterator[str]:
    """What `entry` declares but does not keep, in words; nothing if all is well."""
    for name, check in CHECKS.items():
        try:
            found = check(entry)
        except Exception as error:
            found = f"raised {type(error).__name__}: {error}"
        if found:
            yield f"{name}: {found}"


def perfect_agreement(entry: Statistic) -> str | None:
    """The value when the coders agree throughout is the declared one."""
    if entry.perfect is None:
        return None
    for shape, sample in samples(entry):
        value = _run(entry, sample.agreeing).value
        if value is None or not math.isclose(value, entry.perfect, abs_tol=CLOSE):
            return f"under perfect agreement ({shape}) it is {value}, declared is {entry.perfect}"
    return None


def order_of_coders(entry: Statistic) -> str | None:
    """Swapping the coders changes nothing, unless declared."""
    return None if entry.coder_order_matters else _same(entry, "swapped", "swapping the coders changes it")


def order_of_rows(entry: Statistic) -> str | None:
    """The order in which units, targets or events are listed never matters."""
    return _same(entry, "reordered", "the order of the rows changes it")


def renaming(entry: Statistic) -> str | None:
    """Another order of the categories changes nothing, unless declared."""
    return None if entry.renaming_matters else _same(entry, "renamed", "another order of the categories changes it")


def nothing_is_undefined(entry: Statistic) -> str | None:
    """Without data there is no value, but a reason, and the result is still JSON."""
    for shape, sample in samples(entry):
        if sample.nothing is None:
            continue
        result = _run(entry, sample.nothing)
        if result.value is not None:
            return f"without data ({shape}) its value is {result.value}; it must be None with a reason"
        if result.undefined not in REASONS:
            return f"without data ({shape}) its reason is {result.undefined!r}, which has no words"
        json.dumps(result.to_json(), allow_nan=False)
    return None


def repeats(entry: Statistic) -> str | None:
    """The same call gives the same value; what draws numbers has a seed."""
    if entry.random and "seed" not in {field.name for field in fields(entry.options)}:
        return "it draws numbers, but its options have no seed"
    for shape, sample in samples(entry):
        one, two = (_run(entry, sample.usual) for _ in range(2))
        if one.value != two.value:
            return f"the same call ({shape}) gave {one.value} and then {two.value}"
    return None


def input_untouched(entry: Statistic) -> str | None:
    """The data are the same afterwards."""
    for shape, sample in samples(entry):
        before = [array.copy() for array in _arrays(sample.usual)]
        _run(entry, sample.usual)
        if not all(np.array_equal(a, b, equal_nan=True) for a, b in zip(before, _arrays(sample.usual), strict=True)):
            return f"it changes the data ({shape}) it was given"
    return None


def value_is_plain(entry: Statistic) -> str | None:
    """A value is a finite float or None, and the result is JSON under the name of the entry."""
    for shape, sample in samples(entry):
        result = _run(entry, sample.usual)
        if result.value is not None and not (isinstance(result.value, float) and math.isfinite(result.value)):
            return f"its value ({shape}) is {result.value!r}; it must be a finite float, or None with a reason"
        if (result.value is None) != (result.undefined is not None):
            return f"its value ({shape}) is {result.value!r} with the reason {result.undefined!r}"
        if result.statistic != entry.name:
            return f"its result is called {result.statistic!r}, the entry {entry.name!r}"
        json.dumps(result.to_json(), allow_nan=False)
    return None


def number_of_coders(entry: Statistic) -> str | None:
    """A statistic of two coders refuses three."""
    if entry.coders[1] != 2:
        return None
    for shape, sample in ((UnitTable, units(3)), (Codings, codings(3)), (Scores, scores(3))):
        if shape not in entry.takes:
            continue
        try:
            _run(entry, sample.usual)
        except AgreementError:
            continue
        return f"it is of two coders, but took three ({shape.__name__})"
    return None


def explained(entry: Statistic) -> str | None:
    """A docstring with its sections, a question, a source."""
    doc = entry.function.__doc__ or ""
    missing = [section for section in ("Parameters", "Returns", "Source:") if section not in doc]
    if missing:
        return f"its docstring has no {missing[0]}"
    if not entry.answers.endswith("?"):
        return f"{entry.answers!r} is no question"
    return None if entry.source else "it names no source"


CHECKS: dict[str, Callable[[Statistic], str | None]] = {
    "perfect agreement": perfect_agreement,
    "order of coders": order_of_coders,
    "order of rows": order_of_rows,
    "renaming": renaming,
    "undefined": nothing_is_undefined,
    "repeats": repeats,
    "input": input_untouched,
    "value": value_is_plain,
    "coders": number_of_coders,
    "explained": explained,
}


def samples(entry: Statistic) -> Iterator[tuple[str, Sample]]:
    """One sample for each shape the entry takes, with three coders too where it takes more than two."""
    for shape in entry.takes:
        if shape not in SHAPES:
            continue
        most = entry.coders[1]
        sizes = (2, 3) if shape in _SIZED and (most is None or most > 2) else (2,)
        for n in sizes:
            sample = SHAPES[shape](n)
            if shape is entry.takes[0] or _runs(entry, sample):
                yield f"{shape.__name__}, {n} coders", sample


def units(n: int = 2) -> Sample:
    rows = [(*row, row[0])[:n] for row in ROWS]
    return Sample(
        UnitTable.of(rows, CATEGORIES),
        UnitTable.of([(row[0],) * n for row in rows], CATEGORIES),
        UnitTable.of([row[::-1] for row in rows], CATEGORIES),
        UnitTable.of(rows[::-1], CATEGORIES),
        UnitTable.of(rows, (3, 1, 2)),
        UnitTable.of([], CATEGORIES, coders=n),
    )


def contingency(_: int = 2) -> Sample:
    table = np.array([[20, 3, 1], [2, 15, 4], [0, 5, 10]])
    order = [2, 0, 1]
    return Sample(
        ContingencyTable.of(table, CATEGORIES),
        ContingencyTable.of(np.diag([5, 6, 7]), CATEGORIES),
        ContingencyTable.of(table.T, CATEGORIES),
        None,
        ContingencyTable.of(table[order][:, order], (3, 1, 2)),
        ContingencyTable.of(np.zeros((3, 3)), CATEGORIES),
    )


def counts(_: int = 2) -> Sample:
    table = np.array([[3, 0, 0], [1, 2, 0], [0, 0, 3], [0, 3, 0], [1, 1, 1]])
    return Sample(
        CountTable.of(table, CATEGORIES),
        CountTable.of(np.diag([3, 3, 3]), CATEGORIES),
        None,
        CountTable.of(table[::-1], CATEGORIES),
        CountTable.of(table[:, [2, 0, 1]], (3, 1, 2)),
        CountTable.of(np.zeros((0, 3)), CATEGORIES),
    )


def scores(n: int = 2) -> Sample:
    table = np.array([[9.0, 8, 8], [6, 5, 7], [8, 8, 9], [7, 6, 5], [10, 9, 9], [6, 4, 5]])[:, :n]
    same = np.repeat(table[:, :1], n, axis=1)
    return Sample(
        Scores.of(table), Scores.of(same), Scores.of(table[:, ::-1]), Scores.of(table[::-1]), None, Scores.of(np.empty((0, n)))
    )


def sequences(n: int = 2) -> Sample:
    one, two = list("abcabcab"), list("abcbcab")
    both = [one, two, one][:n]
    return Sample(
        Sequences.of(both, ("a", "b", "c")),
        Sequences.of([one] * n, ("a", "b", "c")),
        Sequences.of(both[::-1], ("a", "b", "c")),
        None,
        Sequences.of(both, ("c", "a", "b")),
        Sequences.of([[]] * n, ("a", "b", "c")),
    )


def codings(n: int = 2) -> Sample:
    lists = [EVENTS[0], EVENTS[1], EVENTS[0]][:n]
    usual = _coded(lists)
    return Sample(
        usual,
        _coded([EVENTS[0]] * n),
        _coded(lists[::-1]),
        _coded([events[::-1] for events in lists]),
        usual.recoded(("c", "a", "b")),
        _coded([[]] * n),
    )


def timelines(_: int = 2) -> Sample:
    sample = codings()
    return Sample(*(getattr(sample, field.name).timeline() for field in fields(Sample)))


def points(_: int = 2) -> Sample:
    one, two = [1_000_000, 5_000_000, 9_000_000], [1_200_000, 9_500_000, 20_000_000]
    return Sample(
        PointPair.of(one, two),
        PointPair.of(one, one),
        PointPair.of(two, one),
        PointPair.of(one[::-1], two[::-1]),
        None,
        PointPair.of([], []),
    )


def base_rates(_: int = 2) -> Sample:
    return Sample(BaseRates.of([0.5, 0.3, 0.2]), BaseRates.uniform(3), renamed=BaseRates.of([0.2, 0.5, 0.3]))


SHAPES: dict[type, Callable[[int], Sample]] = {
    UnitTable: units,
    ContingencyTable: contingency,
    CountTable: counts,
    Scores: scores,
    Sequences: sequences,
    Codings: codings,
    Timeline: timelines,
    PointPair: points,
    BaseRates: base_rates,
}
_SIZED = (UnitTable, Scores, Sequences, Codings)


def _coded(lists: list[Any]) -> Codings:
    frames = [pd.DataFrame(events, columns=["onset_s", "offset_s", "code"]) for events in lists]
    return Codings.of(frames, span=(0, 60), categories=("a", "b", "c"))


def _run(entry: Statistic, data: Any) -> AgreementResult:
    result = entry.function(data, entry.options())
    if not isinstance(result, AgreementResult):
        raise AgreementError(f"{entry.name} gave {type(result).__name__} instead of an AgreementResult.")
    return result


def _runs(entry: Statistic, sample: Sample) -> bool:
    """Whether the usual options will do: a second shape may need one more, for example a kappa beside base rates."""
    try:
        _run(entry, sample.usual)
    except AgreementError:
        return False
    return True


def _same(entry: Statistic, change: str, said: str) -> str | None:
    for shape, sample in samples(entry):
        changed = getattr(sample, change)
        if changed is None:
            continue
        one, two = _run(entry, sample.usual).value, _run(entry, changed).value
        limit = CLOSE_AT_RANDOM if entry.random else CLOSE
        if (one is None) != (two is None) or (one is not None and two is not None and abs(one - two) > limit):
            return f"{said} ({shape}): {one} becomes {two}"
    return None


def _arrays(data: Any) -> list[Any]:
    """Every array inside a shape."""
    if isinstance(data, np.ndarray):
        return [data]
    if isinstance(data, tuple) and data and isinstance(data[0], EventTable):
        return [array for table in data for array in _arrays(table)]
    if hasattr(data, "__dataclass_fields__"):
        return [array for field in fields(data) for array in _arrays(getattr(data, field.name))]
    return []
