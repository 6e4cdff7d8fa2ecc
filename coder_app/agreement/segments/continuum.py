"""The units of m coders on one stretch of time, as parallel arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coder_app.agreement.data import Codings, EventTable, Ints
from coder_app.errors import AgreementError
from coder_app.model.interval import Spans

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Continuum:
    """Unit u of coder `coder[u]` carries `code[u]` during `[onset[u], offset[u])`; units are sorted by coder, then onset.
    Times are float64 of whatever unit the maker chose; `start` and `end` bound the observed time."""

    onset: Floats
    offset: Floats
    code: Ints
    coder: Ints
    n_coders: int
    start: float
    end: float

    @property
    def n_units(self) -> int:
        return len(self.onset)

    @property
    def length(self) -> Floats:
        return self.offset - self.onset

    @property
    def first(self) -> Ints:
        """Shape (n_coders + 1,): units of coder i are `first[i]:first[i + 1]`."""
        return np.searchsorted(self.coder, np.arange(self.n_coders + 1)).astype(np.int64)


def sorted_continuum(
    onset: Floats, offset: Floats, code: Ints, coder: Ints, n_coders: int, bounds: tuple[float, float]
) -> Continuum:
    """The same units in the order a continuum keeps."""
    order = np.lexsort((offset, onset, coder))
    return Continuum(onset[order], offset[order], code[order], coder[order], n_coders, *bounds)


def continuum(data: Codings, unit_s: float = 1.0) -> Continuum:
    """The units inside the observed time, in multiples of `unit_s` seconds. A unit that reaches into time that was not
    observed is cut there; points, which have no length, are left out.

    Raises AgreementError for fewer than two coders."""
    if len(data.coders) < 2:
        raise AgreementError(f"Expected the codings of 2 or more coders, got {len(data.coders)}. Choose another coding.")
    if not unit_s > 0:
        raise AgreementError(f"unit_s is a length of time in seconds, got {unit_s}. Give a number above 0.")
    pieces = [_observed_units(table, data.observed) for table in data.coders]
    onset, offset, code = (np.concatenate([piece[i] for piece in pieces]) for i in range(3))
    coder = np.repeat(np.arange(len(pieces)), [len(piece[0]) for piece in pieces])
    parts = data.observed.parts
    bounds = (parts[0][0], parts[-1][1]) if parts else (0, 0)
    scale = unit_s * 1e6
    return sorted_continuum(onset / scale, offset / scale, code, coder, len(pieces), (bounds[0] / scale, bounds[1] / scale))


def n_points(data: Codings) -> int:
    """How many events have no length and are left out."""
    return int(sum((table.offset_us <= table.onset_us).sum() for table in data.coders))


def observed_length(data: Codings, unit_s: float = 1.0) -> float:
    return sum(b - a for a, b in data.observed) / (unit_s * 1e6)


def _observed_units(table: EventTable, observed: Spans) -> tuple[Ints, Ints, Ints]:
    """Onsets, offsets and codes of the pieces of one coder's events inside the observed spans. O(n log s + pieces)."""
    spans = np.array(observed.parts, dtype=np.int64).reshape(-1, 2)
    first = np.searchsorted(spans[:, 1], table.onset_us, side="right")
    behind = np.searchsorted(spans[:, 0], table.offset_us, side="left")
    event, span = ranges(first, behind)
    onset = np.maximum(table.onset_us[event], spans[span, 0])
    offset = np.minimum(table.offset_us[event], spans[span, 1])
    stands = offset > onset
    return onset[stands], offset[stands], table.code[event[stands]]


def ranges(first: Ints, behind: Ints) -> tuple[Ints, Ints]:
    """Every pair (i, j) with first[i] <= j < behind[i], as two arrays, sorted by i then j."""
    counts = np.maximum(behind - first, 0)
    i = np.repeat(np.arange(len(counts)), counts)
    j = np.arange(len(i)) - np.repeat(np.cumsum(counts) - counts, counts) + first[i]
    return i, j
