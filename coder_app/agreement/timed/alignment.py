"""Aligns two sequences at the least cost (Needleman & Wunsch 1970), where only some pairs may be aligned.

The cost of an alignment is n1 deletions and n2 insertions less what every aligned pair saves. So D(i, j) of the usual
recursion is i del + j ins - G(i, j), and G, the largest saving of the first i and first j events, changes only in a band: a
row lists the columns `[low, high)` that hold its possible partners. Outside of it G is known without computing, which turns
the quadratic table into one as large as the band, with the very same optimum and the very same ties.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import numpy as np

from coder_app.agreement.data import Ints
from coder_app.errors import AgreementError

DIAGONAL, DELETION, INSERTION = 1, 2, 4
NEVER = -(2**40)
_WIDE = 24  # cells a row from which a row of numpy is faster than a loop
_CHUNK = 1_000_000

Cells = frozenset[tuple[tuple[int, int], int]]  # ((code of the first, code of the second), count)


@dataclass(frozen=True, slots=True)
class Costs:
    """Whole numbers, `scale` of them one unit of cost."""

    agree: int
    substitution: int
    deletion: int
    insertion: int
    scale: int

    @staticmethod
    def of(agree: float, substitution: float, deletion: float, insertion: float) -> Costs:
        """Exact for costs written as decimals. Raises AgreementError for a cost below zero."""
        exact = [Fraction(str(cost)).limit_denominator(10**6) for cost in (agree, substitution, deletion, insertion)]
        if min(exact) < 0:
            raise AgreementError(f"A cost of {float(min(exact)):g} is below zero. Choose 0 or more.")
        scale = int(np.lcm.reduce([cost.denominator for cost in exact]))
        pair, change, gone, new = (int(cost * scale) for cost in exact)
        return Costs(pair, change, gone, new, scale)

    def saved(self, first: Ints, second: Ints) -> Ints:
        """What aligning each pair of codes saves against leaving both alone."""
        alone = self.deletion + self.insertion
        return np.where(first == second, alone - self.agree, alone - self.substitution)


@dataclass(frozen=True, slots=True, eq=False)
class Band:
    """`low`, `high`, shape (n_first,), never falling: columns `[low, high)` of each row. `saving(rows, columns)` gives the
    saving of cells, `NEVER` where a pair may not be aligned."""

    low: Ints
    high: Ints
    n_second: int
    saving: Callable[[Ints, Ints], Ints]

    @staticmethod
    def around(low: Ints, high: Ints, n_second: int, saving: Callable[[Ints, Ints], Ints]) -> Band:
        """The smallest band that holds these columns of each row."""
        some = high > low
        high = np.maximum.accumulate(np.where(some, high, 0))
        low = np.minimum.accumulate(np.where(some, low, n_second)[::-1])[::-1]
        return Band(np.minimum(low, high), high, n_second, saving)


@dataclass(frozen=True, slots=True, eq=False)
class Aligned:
    """`pairs`, shape (n, 2): positions in the two sequences, in order; `saved`: the total saving. `ends[i]`: the saving of
    the first i rows; `moves`: which moves are optimal in each cell of the band, row by row."""

    pairs: Ints
    saved: int
    band: Band
    ends: list[int]
    moves: bytearray


def align(band: Band, every_move: bool = False) -> Aligned:
    """The alignment of greatest saving; ties go to the diagonal, then to deletion, then to insertion.

    `every_move` notes all optimal moves of a cell, as `optimal_tables` needs, instead of the one of highest priority."""
    widths = band.high - band.low
    wide = every_move or int(widths.sum()) > _WIDE * max(len(widths), 1)
    grow = _Wide(band.n_second) if wide else _Narrow(band.n_second)
    for rows in _chunks(widths):
        low, width = band.low[rows], widths[rows]
        at = np.repeat(np.arange(rows.start, rows.stop), width)
        columns = np.arange(len(at)) + np.repeat(low - np.cumsum(width) + width, width)
        grow.rows(band.saving(at, columns), low.tolist(), band.high[rows].tolist())
    return Aligned(_traced(band, grow.ends, grow.moves), grow.ends[-1], band, grow.ends, grow.moves)


def _chunks(widths: Ints) -> list[slice]:
    """Runs of rows with about a million cells each."""
    part = np.cumsum(widths) // _CHUNK
    edges = [0, *(np.flatnonzero(np.diff(part)) + 1).tolist(), len(widths)]
    return [slice(a, b) for a, b in pairwise(edges) if b > a]


class _Narrow:
    """Rows of a few cells, in a loop. `best[j]` is the saving of the rows so far and the first j columns; it holds up to
    column `reached`, behind which nothing can be aligned yet."""

    def __init__(self, n_second: int) -> None:
        self.best = [0] * (n_second + 1)
        self.reached = 0
        self.ends = [0]
        self.moves = bytearray()

    def rows(self, saving: Ints, low: list[int], high: list[int]) -> None:
        best, reached, ends, note = self.best, self.reached, self.ends, self.moves.append
        cells = iter(saving.tolist())
        for a, b in zip(low, high, strict=True):
            end = ends[-1]
            for j in range(reached + 1, b + 1):
                best[j] = end
            reached = b
            left = diagonal = best[a]
            for j in range(a + 1, b + 1):
                up = best[j]
                paired = diagonal + next(cells)
                diagonal = up
                if paired >= up and paired >= left:
                    best[j] = left = paired
                    note(DIAGONAL)
                elif up >= left:
                    left = up
                    note(DELETION)
                else:
                    best[j] = left
                    note(INSERTION)
            ends.append(best[b])
        self.reached = reached


class _Wide:
    """Rows of many cells, by numpy, with all optimal moves of each; otherwise as `_Narrow`."""

    def __init__(self, n_second: int) -> None:
        self.best = np.zeros(n_second + 1, dtype=np.int64)
        self.reached = 0
        self.ends = [0]
        self.moves = bytearray()

    def rows(self, saving: Ints, low: list[int], high: list[int]) -> None:
        best, at = self.best, 0
        for a, b in zip(low, high, strict=True):
            best[self.reached + 1 : b + 1] = self.ends[-1]
            self.reached = b
            above = best[a : b + 1]
            row = above.copy()
            paired = above[:-1] + saving[at : at + b - a]
            at += b - a
            np.maximum(paired, above[1:], out=row[1:])
            np.maximum.accumulate(row, out=row)
            here = row[1:]
            moves = (paired == here) * DIAGONAL | (above[1:] == here) * DELETION | (row[:-1] == here) * INSERTION
            self.moves += moves.astype(np.uint8).tobytes()
            best[a : b + 1] = row
            self.ends.append(int(best[b]))


def _traced(band: Band, ends: list[int], moves: bytearray) -> Ints:
    """The pairs on the way back from the last cell."""
    low, high = band.low.tolist(), band.high.tolist()
    starts = np.concatenate([[0], np.cumsum(band.high - band.low)]).tolist()
    pairs, i, j = [], len(low), band.n_second
    while i and j:
        a, b = low[i - 1], high[i - 1]
        if j > b and ends[i] != ends[i - 1]:
            j = b
        elif j > b or j <= a:
            i -= 1
        else:
            move = moves[starts[i - 1] + j - 1 - a]
            if move & DIAGONAL:
                i, j = i - 1, j - 1
                pairs.append((i, j))
            elif move & DELETION:
                i -= 1
            else:
                j -= 1
    return np.array(pairs[::-1], dtype=np.int64).reshape(-1, 2)


def optimal_tables(aligned: Aligned, first: Ints, second: Ints, most: int = 100, steps: int = 100_000) -> set[Cells] | None:
    """The different tables of aligned codes among all optimal alignments; None if there are more than `most`, or finding them
    takes more than `steps` cells. `aligned` must know every move.

    A table is the set of its ((code, code), count). Walks back over all optimal moves with the tables of the rest: two ways
    that leave the same pairs give the same table, and a cell never has more tables than the whole."""
    band = aligned.band
    low, high = band.low.tolist(), band.high.tolist()
    starts = np.concatenate([[0], np.cumsum(band.high - band.low)]).tolist()
    power = len(first) + 1  # a table is a number with one digit a cell
    k = int(max(first.max(initial=0), second.max(initial=0))) + 1
    row: dict[int, set[int]] = {band.n_second: {0}}
    for i in range(len(low), 0, -1):
        a, b = low[i - 1], high[i - 1]
        above: dict[int, set[int]] = {}
        if right := [j for j in row if j > b]:
            row.setdefault(b, set()).update(*(row.pop(j) for j in right))
        for j in [j for j in row if j <= a]:
            above.setdefault(j, set()).update(row.pop(j))
        for j in range(max(row, default=a), a, -1):
            if j not in row:
                continue
            tables, move = row[j], aligned.moves[starts[i - 1] + j - 1 - a]
            steps -= len(tables)
            if len(tables) > most or steps < 0:
                return None
            if move & DIAGONAL:
                cell = power ** int(first[i - 1] * k + second[j - 1])
                above.setdefault(j - 1, set()).update(table + cell for table in tables)
            if move & DELETION:
                above.setdefault(j, set()).update(tables)
            if move & INSERTION:
                (row if j - 1 > a else above).setdefault(j - 1, set()).update(tables)
        row = above
    found = set().union(*row.values())
    return {_cells(number, power, k) for number in found} if len(found) <= most else None


def _cells(number: int, power: int, k: int) -> Cells:
    found, cell = [], 0
    while number:
        number, count = divmod(number, power)
        if count:
            found.append((divmod(cell, k), count))
        cell += 1
    return frozenset(found)
