"""The best alignment of a continuum: which units of the coders mean the same, at the least disorder."""

from __future__ import annotations

from dataclasses import dataclass
from math import comb

import numpy as np

from coder_app.agreement.data import Ints
from coder_app.agreement.segments.continuum import Continuum, Floats
from coder_app.agreement.segments.dissimilarity import Dissimilarity
from coder_app.agreement.segments.many_alignment import NOBODY, best_partition
from coder_app.agreement.segments.pair_alignment import matched_pairs


@dataclass(frozen=True, slots=True, eq=False)
class Alignment:
    """`rows`, shape (r, n_coders): unitary alignments, the position of a unit of each coder or `NOBODY`; every unit stands in
    one row. `cost`, shape (r,): the mean over pairs of coders of what a row costs. `disorder` is their sum over the mean
    number of units of a coder, None where there is no unit. Alignments may tie: this is one of those with the fewest rows."""

    rows: Ints
    cost: Floats
    disorder: float | None


def best_alignment(units: Continuum, d: Dissimilarity) -> Alignment:
    """The partition of all units into unitary alignments (at most one unit of each coder) of least disorder, exactly: a
    minimum-weight matching for two coders, an integer programme over the sets that can pay for more.

    Raises AgreementError where the units overlap so much that the candidates would not fit into memory.
    Source: Mathet, Widlöcher & Métivier (2015), doi:10.1162/COLI_a_00227, sections 4.2 to 4.4 and 5.1."""
    if units.n_units == 0:
        return Alignment(np.empty((0, units.n_coders), np.int64), np.empty(0), None)
    if units.n_coders == 2:
        rows, cost = _of_two(units, d)
    else:
        rows, cost = best_partition(units, d)
    cost = cost / comb(units.n_coders, 2)
    return Alignment(rows, cost, float(cost.sum()) * units.n_coders / units.n_units)


def _of_two(units: Continuum, d: Dissimilarity) -> tuple[Ints, Floats]:
    u, v, cost = matched_pairs(units, d)
    alone = np.ones(units.n_units, dtype=bool)
    alone[u] = alone[v] = False
    single = np.flatnonzero(alone)
    rows = np.full((len(u) + len(single), 2), NOBODY)
    rows[: len(u), 0], rows[: len(u), 1] = u, v
    rows[len(u) + np.arange(len(single)), units.coder[single]] = single
    return rows, np.concatenate([cost, np.full(len(single), d.delta)])
