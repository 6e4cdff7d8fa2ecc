"""The best alignment of three or more coders, exactly: a partition of the units into the unitary alignments that can pay."""

from __future__ import annotations

from math import comb

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import LinearConstraint, linprog, milp
from scipy.sparse import csc_array, csr_array
from scipy.sparse.csgraph import connected_components

from coder_app.agreement.data import Ints
from coder_app.agreement.segments.continuum import Continuum, Floats
from coder_app.agreement.segments.dissimilarity import Dissimilarity
from coder_app.agreement.segments.neighbours import TIED, near_pairs
from coder_app.errors import AgreementError

NOBODY = -1
MOST_SETS = 1_000_000
INTEGRAL = 1e-7
EXACT = {"mip_rel_gap": 0.0}
PRECISE = {"primal_feasibility_tolerance": 1e-9, "dual_feasibility_tolerance": 1e-10}
PER_ROW = 3e-8  # of alignments that tie, one with the fewest rows


def best_partition(units: Continuum, d: Dissimilarity) -> tuple[Ints, Floats]:
    """Rows of the best alignment, shape (r, n_coders), a unit of each coder or `NOBODY`, and the summed cost of the pairs of
    coders of each row."""
    sets, cost = candidate_sets(units, d)
    chosen = _cheapest_partition(sets, cost / d.delta + PER_ROW, units.n_units)
    return sets[chosen], cost[chosen]


def candidate_sets(units: Continuum, d: Dissimilarity) -> tuple[Ints, Floats]:
    """Every unitary alignment that can stand in a best alignment, and its cost.

    Of m coders, C = m (m - 1) / 2 pairs. A set of k units costs the d of its pairs and delta for each of the C - k (k - 1) / 2
    other pairs. Cut into a and b units it costs less if the d of the pairs across add up to more than
    (C + a b) delta; so only sets can stand for which that is not so at any cut. Checked for one unit against the rest while
    sets grow coder by coder, which also bounds each d by (C + m - 1) delta, and at every cut of the sets so found."""
    m, first = units.n_coders, units.first
    largest = (comb(m, 2) + m - 1) * d.delta * (1 + TIED)
    near = _Near(units, d, largest)
    grown, sums = np.empty((0, m), np.int64), np.empty((0, m))
    for coder in range(m):
        added, added_sums = near.joined(grown, sums, coder, largest)
        alone = np.full((int(first[coder + 1] - first[coder]), m), NOBODY)
        alone[:, coder] = np.arange(first[coder], first[coder + 1])
        grown = np.concatenate([grown, added, alone])
        sums = np.concatenate([sums, added_sums, np.zeros(alone.shape)])
        if len(grown) > MOST_SETS:
            raise AgreementError(
                f"More than {MOST_SETS:,} ways to align the units of {m} coders can pay. Compare fewer coders at once, one "
                "stream, or a shorter stretch."
            )
    size = (grown != NOBODY).sum(axis=1)
    cost = sums.sum(axis=1) / 2 + (comb(m, 2) - size * (size - 1) // 2) * d.delta
    pays = _pays_at_every_cut(grown, size, units, d)
    return grown[pays], cost[pays]


class _Near:
    """Neighbours of units in later coders, as rows of a sparse matrix."""

    def __init__(self, units: Continuum, d: Dissimilarity, largest: float) -> None:
        first, m, n = units.first.tolist(), units.n_coders, units.n_units
        parts = [slice(first[i], first[i + 1]) for i in range(m)]
        found = [near_pairs(units, parts[i], parts[j], d, largest) for i in range(m) for j in range(i + 1, m)]
        u, v, cost = (np.concatenate(column) for column in zip(*found, strict=True))
        order = np.argsort(u * n + v)
        self.n, self.first = n, units.first
        self.key, self.cost = (u * n + v)[order], cost[order]

    def joined(self, sets: Ints, sums: Floats, coder: int, largest: float) -> tuple[Ints, Floats]:
        """Every set with each unit of `coder` that is near all of its units; `sums` holds for each unit of a set its d to the
        others."""
        if not len(sets):
            return sets, sums
        lead = sets[np.arange(len(sets)), (sets != NOBODY).argmax(axis=1)]
        low = np.searchsorted(self.key, lead * self.n + self.first[coder])
        high = np.searchsorted(self.key, lead * self.n + self.first[coder + 1])
        counts = high - low
        which = np.repeat(np.arange(len(sets)), counts)
        new = self.key[np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts) + low[which]] % self.n
        grown, total = sets[which], sums[which]
        grown[:, coder] = new
        fits = np.ones(len(which), dtype=bool)
        for earlier in range(coder):
            here = np.flatnonzero((grown[:, earlier] != NOBODY) & fits)
            cost = self._lookup(grown[here, earlier], new[here])
            total[here, earlier] += cost
            total[here, coder] += cost
            fits[here] = (total[here, earlier] <= largest) & (total[here, coder] <= largest)
        return grown[fits], total[fits]

    def _lookup(self, u: Ints, v: Ints) -> Floats:
        wanted = u * self.n + v
        at = np.minimum(np.searchsorted(self.key, wanted), max(len(self.key) - 1, 0))
        return np.where(self.key[at] == wanted, self.cost[at], np.inf)


def _pays_at_every_cut(sets: Ints, size: Ints, units: Continuum, d: Dissimilarity) -> NDArray[np.bool_]:
    m, pairs = units.n_coders, comb(units.n_coders, 2)
    between = np.zeros((len(sets), m, m))
    for i in range(m):
        for j in range(i + 1, m):
            both = np.flatnonzero((sets[:, i] != NOBODY) & (sets[:, j] != NOBODY))
            between[both, i, j] = d.of(units, sets[both, i], sets[both, j])
    pays = np.ones(len(sets), dtype=bool)
    for cut in range(1, 2 ** (m - 1)):
        side = np.array([(cut >> i) & 1 for i in range(m)], dtype=bool)
        across = between[:, side][:, :, ~side].sum(axis=(1, 2)) + between[:, ~side][:, :, side].sum(axis=(1, 2))
        a = (sets[:, side] != NOBODY).sum(axis=1)
        b = size - a
        pays &= (a == 0) | (b == 0) | (across <= (pairs + a * b) * d.delta * (1 + TIED))
    return pays


def _cheapest_partition(sets: Ints, cost: Floats, n: int) -> Ints:
    """Rows that hold every unit once at the least cost: the linear programme first, whose answer is mostly whole; where a
    component's is not, the integer programme of that component."""
    row, coder = np.nonzero(sets != NOBODY)
    holds = csc_array((np.ones(len(row)), (sets[row, coder], row)), shape=(n, len(sets)))
    if not n:
        return np.empty(0, np.int64)
    relaxed = linprog(cost, A_eq=holds, b_eq=np.ones(n), bounds=(0, None), method="highs-ds", options=PRECISE)
    share = np.full(len(sets), 0.5) if relaxed.x is None else relaxed.x
    whole = np.abs(share - np.rint(share)) < INTEGRAL
    chosen = np.flatnonzero(whole & (share > 0.5))
    if whole.all():
        return chosen
    _, label = connected_components(csr_array(holds @ holds.T), directed=False)
    of_set = label[sets.max(axis=1)]
    broken = np.unique(of_set[~whole])
    chosen = chosen[~np.isin(of_set[chosen], broken)]
    return np.concatenate([chosen, *(_integer_partition(holds, cost, np.flatnonzero(of_set == c)) for c in broken)])


def _integer_partition(holds: csc_array, cost: Floats, sets: Ints) -> Ints:
    part = csr_array(holds[:, sets])
    part = part[np.flatnonzero(np.diff(part.indptr))]
    ones = np.ones(part.shape[0])
    exactly_one = LinearConstraint(part, ones, ones)
    answer = milp(cost[sets], integrality=np.ones(len(sets)), constraints=exactly_one, options=EXACT)
    return sets[np.flatnonzero(answer.x > 0.5)]
