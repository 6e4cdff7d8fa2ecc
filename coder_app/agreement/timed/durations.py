"""The same table without any grid: microseconds of each pair of categories, by one sweep over all edges.

It is what the table of time units becomes when the unit goes to zero (agreement.md 2.2), so no unit is chosen and no
time is dropped.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from coder_app.agreement.data import MISSING, ContingencyTable, Ints, Timeline, Track
from coder_app.model.interval import Spans


@dataclass(frozen=True, slots=True, eq=False)
class Stretches:
    """Compared time cut at every edge: `[from_us[i], to_us[i])` carries `first[i]` and `second[i]` (positions or `MISSING`)."""

    from_us: Ints
    to_us: Ints
    first: Ints
    second: Ints


def stretches(timeline: Timeline) -> Stretches:
    """Every stretch of compared time on which neither coder changes, in order. O(n log n)."""
    starts, ends = cut(timeline.compared, timeline.first, timeline.second)
    return Stretches(starts, ends, timeline.first.at(starts, timeline.gap), timeline.second.at(starts, timeline.gap))


def cut(compared: Spans, *tracks: Track) -> tuple[Ints, Ints]:
    """Starts and ends of the pieces of `compared` between all edges of `tracks`."""
    if not compared:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    parts = np.array(compared.parts, dtype=np.int64)
    edges = np.concatenate([parts.ravel(), *(np.stack([t.onset_us, t.offset_us], axis=1).ravel() for t in tracks)])
    edges.sort(kind="stable")  # runs already in order are only merged
    edges = edges[np.concatenate([[True], edges[1:] != edges[:-1]])]
    starts, ends = edges[:-1], edges[1:]
    part = np.searchsorted(parts[:, 0], starts, side="right") - 1
    inside = (part >= 0) & (starts < parts[np.maximum(part, 0), 1])
    return starts[inside], ends[inside]


def duration_table(timeline: Timeline) -> ContingencyTable:
    """Microseconds in each cell; time that either coder could not score leaves."""
    pieces = stretches(timeline)
    k = len(timeline.categories)
    kept = (pieces.first != MISSING) & (pieces.second != MISSING)
    cells = np.zeros(k * k, dtype=np.int64)
    np.add.at(cells, pieces.first[kept] * k + pieces.second[kept], (pieces.to_us - pieces.from_us)[kept])
    return ContingencyTable(cells.reshape(k, k), timeline.categories)
