"""The best alignment of two coders, exactly: a minimum-weight matching of the few pairs that can pay."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, min_weight_full_bipartite_matching

from coder_app.agreement.data import Ints
from coder_app.agreement.segments.continuum import Continuum, Floats
from coder_app.agreement.segments.dissimilarity import Dissimilarity
from coder_app.agreement.segments.neighbours import TIED, near_pairs

# A matching takes time with the square of its rows, a call about as long as 100 edges: chunks of this many are quickest.
EDGES_AT_ONCE = 1500


def matched_pairs(units: Continuum, d: Dissimilarity) -> tuple[Ints, Ints, Floats]:
    """Pairs (u, v) of the best alignment and their d; every other unit stands alone. A pair pays where d <= 2 delta,
    what the two cost apart; of alignments that tie, one with the most pairs. Pairs fall into components that share no unit,
    solved in chunks: O(n log n) for units that lie beside few others."""
    behind = int(units.first[1])
    u, v, cost = near_pairs(units, slice(0, behind), slice(behind, units.n_units), d, 2 * d.delta)
    degree = np.bincount(np.concatenate([u, v]), minlength=units.n_units)
    alone = (degree[u] == 1) & (degree[v] == 1)
    edges = [(u[alone], v[alone], cost[alone])]
    rest = u[~alone], v[~alone], cost[~alone]
    edges += [_matching(*chunk, 2 * d.delta) for chunk in _chunks(*rest, units.n_units)]
    taken_u, taken_v, taken = (np.concatenate(column) for column in zip(*edges, strict=True))
    return taken_u, taken_v, taken


def _chunks(u: Ints, v: Ints, cost: Floats, n: int) -> list[tuple[Ints, Ints, Floats]]:
    """The pairs in chunks of whole components."""
    if len(u) <= EDGES_AT_ONCE:
        return [(u, v, cost)] if len(u) else []
    _, label = connected_components(csr_array((np.ones(len(u), np.int8), (u, v)), shape=(n, n)), directed=False)
    order = np.argsort(label[u], kind="stable")
    u, v, cost = u[order], v[order], cost[order]
    starts = np.flatnonzero(np.diff(label[u], prepend=-1))
    cuts = starts[np.diff(starts // EDGES_AT_ONCE, prepend=0) > 0]
    return list(zip(np.split(u, cuts), np.split(v, cuts), np.split(cost, cuts), strict=True))


def _matching(u: Ints, v: Ints, cost: Floats, apart: float) -> tuple[Ints, Ints, Floats]:
    """Each row takes a column or, for `apart`, a column of its own. Every row has one edge in a full matching, so a
    constant added to all weights changes nothing; it keeps them from being 0, which a sparse matrix would drop."""
    rows, row = np.unique(u, return_inverse=True)
    columns, column = np.unique(v, return_inverse=True)
    n, k = len(rows), len(columns)
    weights = np.concatenate([cost, np.full(n, apart * (1 + TIED))]) + apart
    place = np.concatenate([row, np.arange(n)]), np.concatenate([column, k + np.arange(n)])
    taken_row, taken = min_weight_full_bipartite_matching(csr_array((weights, place), shape=(n, k + n)))
    real = taken < k
    key, wanted = row * k + column, taken_row[real] * k + taken[real]
    order = np.argsort(key)
    found = order[np.searchsorted(key, wanted, sorter=order)]
    return u[found], v[found], cost[found]
