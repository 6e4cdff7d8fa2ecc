"""Which events of two coders may stand for one another, by their times alone.

Two events are near if their onsets lie at most a tolerance apart (included), and alike in extent if they share at least a
given part of the longer of the two. All comparisons are exact, in whole microseconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from coder_app.agreement.data import EventTable, Ints
from coder_app.errors import AgreementError

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class LinkRule:
    """`tolerance_us`: largest distance of onsets, None for no such condition. `overlap`: smallest shared part of the longer
    event, None for no such condition. `both`: whether both must hold where both are given, or one is enough."""

    tolerance_us: int | None
    overlap: Fraction | None
    both: bool = False

    @staticmethod
    def of(tolerance_us: int | None, overlap: float | Fraction | None, both: bool = False) -> LinkRule:
        """Raises AgreementError for a tolerance below 0, an overlap outside (0, 1], or neither of them."""
        if tolerance_us is None and overlap is None:
            raise AgreementError("Give a tolerance of onsets, a smallest overlap, or both.")
        if tolerance_us is not None and tolerance_us < 0:
            raise AgreementError(f"A tolerance of {tolerance_us / 1e6:g} s is below zero. Choose 0 or more.")
        if overlap is not None and not 0 < overlap <= 1:
            raise AgreementError(f"An overlap of {float(overlap):g} is no share. Choose more than 0 and at most 1.")
        share = None if overlap is None else Fraction(str(overlap)).limit_denominator(10_000)
        return LinkRule(tolerance_us, share, both)

    def window(self, first: EventTable, second: EventTable) -> tuple[Ints, Ints]:
        """For each event of the first coder the columns `[low, high)` of the second, by onset, that hold all links."""
        low, high = [], []
        if self.tolerance_us is not None:
            low.append(first.onset_us - self.tolerance_us)
            high.append(first.onset_us + self.tolerance_us)
        if self.overlap is not None:
            # A partner may begin before by what leaves it its share of itself, and after by what leaves it that of this one.
            length = first.offset_us - first.onset_us
            part = float(self.overlap)
            low.append(first.onset_us - np.ceil(length * ((1 - part) / part)).astype(np.int64) - 1)
            high.append(first.onset_us + np.ceil(length * (1 - part)).astype(np.int64) + 1)
        lowest, highest = (
            (np.max(low, axis=0), np.min(high, axis=0)) if self.both else (np.min(low, axis=0), np.max(high, axis=0))
        )
        return np.searchsorted(second.onset_us, lowest), np.searchsorted(second.onset_us, highest, side="right")

    def holds(self, first: EventTable, second: EventTable, rows: Ints, columns: Ints) -> Flags:
        """Whether the events at each pair of positions are linked."""
        found: list[Flags] = []
        if self.tolerance_us is not None:
            found.append(np.abs(second.onset_us[columns] - first.onset_us[rows]) <= self.tolerance_us)
        if self.overlap is not None:
            shared, longer = overlaps(first, second, rows, columns)
            enough = shared * self.overlap.denominator >= longer * self.overlap.numerator
            found.append(enough & (shared > 0))
        return found[0] if len(found) == 1 else (found[0] & found[1] if self.both else found[0] | found[1])


def overlaps(first: EventTable, second: EventTable, rows: Ints, columns: Ints) -> tuple[Ints, Ints]:
    """Shared microseconds of each pair of events, and the length of the longer."""
    a, b, c, d = first.onset_us[rows], first.offset_us[rows], second.onset_us[columns], second.offset_us[columns]
    return np.maximum(np.minimum(b, d) - np.maximum(a, c), 0), np.maximum(b - a, d - c)


def cells(low: Ints, high: Ints) -> tuple[Ints, Ints]:
    """All (row, column) of the columns `[low, high)` of each row."""
    width = np.maximum(high - low, 0)
    rows = np.repeat(np.arange(len(low)), width)
    return rows, np.arange(len(rows)) + np.repeat(low - np.cumsum(width) + width, width)


def linked(first: EventTable, second: EventTable, rule: LinkRule) -> tuple[Ints, Ints]:
    """Positions of all linked pairs. O(n log n + candidates)."""
    rows, columns = cells(*rule.window(first, second))
    kept = rule.holds(first, second, rows, columns)
    return rows[kept], columns[kept]
