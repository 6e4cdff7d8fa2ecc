"""The shapes statistics take: units by coders, a contingency table, a timeline of two coders, points of two coders.

Categories come from the coding scheme, never from the data: a code nobody used still stands in the table. Codes are
positions in `categories`; `MISSING` marks a unit or stretch that a coder could not score.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coder_app.errors import AgreementError
from coder_app.model.interval import Spans

MISSING = -1
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class UnitTable:
    """`codes`, shape (n_units, n_coders), int64: positions in `categories`, `MISSING` where a coder has none. One unit is
    `unit_us` microseconds of time, or None for units that are not time."""

    codes: Ints
    categories: tuple[Hashable, ...]
    unit_us: int | None = None

    @staticmethod
    def of(rows: Iterable[Sequence[Hashable | None]], categories: Sequence[Hashable], coders: int = 2) -> UnitTable:
        """From labels, None where missing. `coders` gives the width of a table without rows.

        Raises AgreementError for a label that is no category."""
        place: dict[Hashable | None, int] = {label: i for i, label in enumerate(categories)}
        place[None] = MISSING
        try:
            codes = [[place[label] for label in row] for row in rows]
        except KeyError as error:
            raise AgreementError(f"{error.args[0]!r} is not one of the categories {list(categories)}.") from error
        table = np.array(codes, dtype=np.int64).reshape(len(codes), -1 if codes else coders)
        return UnitTable(table, tuple(categories))

    def contingency(self) -> ContingencyTable:
        """Units that both of two coders scored, counted. Raises AgreementError for more or fewer coders."""
        if self.codes.shape[1] != 2:
            raise AgreementError(f"Expected units of 2 coders, got {self.codes.shape[1]}. Choose two codings.")
        k = len(self.categories)
        both = self.codes[(self.codes != MISSING).all(axis=1)]
        counts = np.bincount(both[:, 0] * k + both[:, 1], minlength=k * k)
        return ContingencyTable(counts.reshape(k, k).astype(np.int64), self.categories)


@dataclass(frozen=True, slots=True, eq=False)
class ContingencyTable:
    """`counts[i, j]`, shape (K, K): units (or microseconds) the first coder gave category i and the second category j."""

    counts: Ints
    categories: tuple[Hashable, ...]

    def __post_init__(self) -> None:
        k = len(self.categories)
        if self.counts.shape != (k, k):
            raise AgreementError(f"Expected a {k} x {k} table for {k} categories, got {self.counts.shape}.")

    @property
    def total(self) -> int:
        return int(self.counts.sum())

    def collapsed(self, category: int) -> ContingencyTable:
        """The 2 x 2 table of one category against all others."""
        a = int(self.counts[category, category])
        row, column = int(self.counts[category].sum()), int(self.counts[:, category].sum())
        d = self.total - row - column + a
        return ContingencyTable(np.array([[a, row - a], [column - a, d]], dtype=np.int64), ("present", "absent"))


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """Bouts of one coder, sorted and without overlap: `[onset_us[i], offset_us[i])` carries `code[i]`, a position in the
    timeline's categories or `MISSING` for unscorable."""

    onset_us: Ints
    offset_us: Ints
    code: Ints

    @staticmethod
    def of(bouts: Iterable[tuple[int, int, int]]) -> Track:
        """From (onset, offset, code) in any order; bouts without time vanish. Raises AgreementError on an overlap."""
        table = np.array(sorted(b for b in bouts if b[1] > b[0]), dtype=np.int64).reshape(-1, 3)
        if (table[1:, 0] < table[:-1, 1]).any():
            at = int(table[1:, 0][table[1:, 0] < table[:-1, 1]][0])
            raise AgreementError(f"Two bouts of one coder overlap at {at / 1e6:.6f} s where only one may stand.")
        return Track(table[:, 0], table[:, 1], table[:, 2])

    def at(self, instants_us: Ints, gap: int) -> Ints:
        """The code standing at each instant; `gap` where none does. O(m log n)."""
        if not len(self.onset_us):
            return np.full(len(instants_us), gap, dtype=np.int64)
        found = np.searchsorted(self.onset_us, instants_us, side="right") - 1
        stands = (found >= 0) & (instants_us < self.offset_us[found])
        return np.where(stands, self.code[found], gap)


@dataclass(frozen=True, slots=True, eq=False)
class Timeline:
    """Two coders on one mutually exclusive stream. `compared` is the time both coded; `gap` is the category of time in
    it where no bout stands (`none`, `absent`), or `MISSING` where the stream has no such category."""

    compared: Spans
    first: Track
    second: Track
    categories: tuple[Hashable, ...]
    gap: int = MISSING


@dataclass(frozen=True, slots=True, eq=False)
class PointPair:
    """Instants of one code, one sorted int64 array of microseconds for each of two coders."""

    first_us: Ints
    second_us: Ints

    @staticmethod
    def of(first_us: Iterable[int], second_us: Iterable[int]) -> PointPair:
        return PointPair(np.array(sorted(first_us), dtype=np.int64), np.array(sorted(second_us), dtype=np.int64))
