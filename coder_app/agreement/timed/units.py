"""Cuts a timeline into time units: one row a unit, one column a coder.

The rule (design.md 4, agreement.md 2.2). The grid starts at the beginning of the compared time and has one phase for all of
it. A unit carries what stands at its midpoint, and belongs to the table if its midpoint lies in the compared time: where
that has several parts, the grid runs on through the gaps and the units whose midpoint falls into a gap are uncoded and
leave. The last unit is dropped if it is not complete at the end of the compared time. Midpoints are exact: half a
microsecond never decides, since every edge is a whole one.
"""

from __future__ import annotations

import numpy as np

from coder_app.agreement.data import Ints, Timeline, UnitTable
from coder_app.errors import AgreementError
from coder_app.model.interval import Spans

SHORTEST_UNIT_US = 1_000


def time_units(timeline: Timeline, unit_us: int) -> UnitTable:
    """The units of `timeline`, in order of time, unscorable ones as `MISSING`. O((units + bouts) log bouts).

    Raises AgreementError for a unit below one millisecond, which no video resolves."""
    instants = midpoints(timeline.compared, unit_us)
    codes = np.stack([track.at(instants, timeline.gap) for track in (timeline.first, timeline.second)], axis=1)
    return UnitTable(codes, timeline.categories, unit_us)


def midpoints(compared: Spans, unit_us: int) -> Ints:
    """Midpoints (whole microseconds, rounded down) of the complete units of `compared`."""
    if unit_us < SHORTEST_UNIT_US:
        raise AgreementError(f"A time unit of {unit_us / 1e6:g} s is too short. Choose 0.001 s or more.")
    if not compared:
        return np.empty(0, dtype=np.int64)
    parts = np.array(compared.parts, dtype=np.int64)
    start, end = int(parts[0, 0]), int(parts[-1, 1])
    instants = start + np.arange((end - start) // unit_us, dtype=np.int64) * unit_us + unit_us // 2
    part = np.searchsorted(parts[:, 0], instants, side="right") - 1
    return instants[instants < parts[part, 1]]
