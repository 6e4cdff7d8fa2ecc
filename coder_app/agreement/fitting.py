"""Brings codings to the shape a statistic takes: the steps that a person would otherwise write, each named in its label.

Codings of more than two coders become every pair of them where a statistic takes two; states become units of time where it
takes units; points become one pair of lists for each code; orders of codes become sequences.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np

from coder_app.agreement.data import NONE, Codings, PointPair, Sequences, Timeline, UnitTable
from coder_app.agreement.entry import Statistic
from coder_app.errors import AgreementError


def fitted(entry: Statistic, codings: Codings, unit_us: int, gap: Any = NONE) -> Iterator[tuple[str, Any]]:
    """What `entry` computes from `codings`: a label (empty where there is nothing to say) and the data. Time without a state
    is the category `gap`; None lets it leave.

    Raises AgreementError where a statistic cannot be had from timed events."""
    if entry.coders[1] == 2 and codings.n_coders > 2:
        for i, j in combinations(range(codings.n_coders), 2):
            who = f"{codings.names[i]} and {codings.names[j]}"
            for label, data in _shaped(entry, codings.pair(i, j), unit_us, gap):
                yield ", ".join(filter(None, (who, label))), data
    else:
        yield from _shaped(entry, codings, unit_us, gap)


def _shaped(entry: Statistic, codings: Codings, unit_us: int, gap: Any) -> Iterator[tuple[str, Any]]:
    if Codings in entry.takes:
        yield "", codings
    elif Timeline in entry.takes:
        yield "", codings.timeline(gap=gap)
    elif UnitTable in entry.takes:
        yield f"units of {unit_us / 1e6:g} s", _states(codings).units(unit_us, gap)
    elif PointPair in entry.takes:
        yield from _points(codings)
    elif Sequences in entry.takes:
        places = ([codings.categories[c] for c in events.code] for events in codings.coders)
        yield "order of codes", Sequences.of(places, codings.categories)
    else:
        takes = " or ".join(kind.__name__ for kind in entry.takes)
        raise AgreementError(f"{entry.name} takes {takes}, which codings of events do not give.")


def _states(codings: Codings) -> Codings:
    """The states alone, without the codes that only ever are points: those are no category of time."""
    tables = codings.coders
    lasting = {code for events in tables for code in events.states.code.tolist()}
    instants = {code for events in tables for code in events.points.code.tolist()} - lasting
    kept = [at for at in range(len(codings.categories)) if at not in instants]
    to = np.full(len(codings.categories), -1, dtype=np.int64)
    to[kept] = np.arange(len(kept))
    states = tuple(replace(events.states, code=to[events.states.code]) for events in tables)
    return replace(codings, coders=states, categories=tuple(codings.categories[at] for at in kept))


def _points(codings: Codings) -> Iterator[tuple[str, Any]]:
    one, two = (events.points for events in codings.coders)
    used = sorted({*one.code.tolist(), *two.code.tolist()})
    if not used:
        raise AgreementError("There are no points in these codings. Points have an empty offset.")
    for code in used:
        yield str(codings.categories[code]), PointPair.of(one.onset_us[one.code == code], two.onset_us[two.code == code])
