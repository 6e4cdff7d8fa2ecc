"""Cuts a timeline into time units: one row a unit, one column a coder.

The rule (design.md 4, agreement.md 2.2). The grid starts at the beginning of the compared time and has one phase for all of
it. A unit carries what stands at its midpoint, and belongs to the table if its midpoint lies in the compared time: where
that has several parts, the grid runs on through the gaps and the units whose midpoint falls into a gap are uncoded and
leave. The last unit is dropped if it is not complete at the end of the compared time. Midpoints are exact: half a
microsecond never decides, since every edge is a whole one.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from coder_app.agreement.data import Ints, Timeline, Track, UnitTable
from coder_app.errors import AgreementError
from coder_app.model.interval import Spans

SHORTEST_UNIT_US = 1_000


def time_units(timeline: Timeline, unit_us: int | Fraction) -> UnitTable:
    """The units of `timeline`, in order of time, unscorable ones as `MISSING`. O(units + bouts log units).

    `unit_us` may be a fraction, so that a frame of a thirtieth of a second is exact. Raises AgreementError for a unit below
    one millisecond, which no video resolves."""
    instants = midpoints(timeline.compared, unit_us)
    codes = np.stack([raster(track, instants, timeline.gap) for track in (timeline.first, timeline.second)], axis=1)
    return UnitTable(codes, timeline.categories, int(unit_us) if unit_us == int(unit_us) else None)


def raster(track: Track, instants_us: Ints, gap: int) -> Ints:
    """The code standing at each of the sorted instants; `gap` where none does."""
    edges = np.stack([track.onset_us, track.offset_us], axis=1).ravel()
    bounds = np.concatenate([[0], np.searchsorted(instants_us, edges), [len(instants_us)]])
    codes = np.full(len(bounds) - 1, gap, dtype=np.int64)
    codes[1::2] = track.code
    return np.repeat(codes, np.diff(bounds))


def midpoints(compared: Spans, unit_us: int | Fraction) -> Ints:
    """Midpoints (whole microseconds, rounded down) of the complete units of `compared`."""
    instants = grid(compared, unit_us)
    if not len(instants):
        return instants
    parts = np.array(compared.parts, dtype=np.int64)
    part = np.searchsorted(parts[:, 0], instants, side="right") - 1
    return instants[instants < parts[part, 1]]


def grid(compared: Spans, unit_us: int | Fraction) -> Ints:
    """Midpoints of all complete units from the beginning to the end of `compared`, those in its gaps included."""
    if unit_us < SHORTEST_UNIT_US:
        raise AgreementError(f"A time unit of {float(unit_us) / 1e6:g} s is too short. Choose 0.001 s or more.")
    if not compared:
        return np.empty(0, dtype=np.int64)
    start, end = compared.parts[0][0], compared.parts[-1][1]
    unit = Fraction(unit_us).limit_denominator(100_000)  # so that no product below leaves 64 bits
    halves = 2 * np.arange((end - start) // unit, dtype=np.int64) + 1
    return start + halves * unit.numerator // (2 * unit.denominator)
