"""One-to-one assignment: as many pairs as possible, and among those the least total distance."""

from __future__ import annotations

import numpy as np

from coder_app.agreement.data import Ints


def best_pairs(i: Ints, j: Ints, distance: Ints) -> Ints:
    """Which of the possible pairs (i[p], j[p]) are taken: positions p, in order.

    Pairs that nobody contends for are taken as they are. The others are one sparse assignment problem in which every i also
    has a place of its own that means "alone", at a price no distance can outweigh; it is solved exactly (Jonker & Volgenant
    1987, as scipy has it)."""
    if not len(i):
        return np.empty(0, dtype=np.int64)
    alone = (np.bincount(i)[i] == 1) & (np.bincount(j)[j] == 1)
    contended = np.flatnonzero(~alone)
    taken = np.flatnonzero(alone)
    if len(contended):
        taken = np.concatenate([taken, contended[_solved(i[contended], j[contended], distance[contended])]])
    return np.sort(taken)


def _solved(i: Ints, j: Ints, distance: Ints) -> Ints:
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components, min_weight_full_bipartite_matching

    rows, row = np.unique(i, return_inverse=True)
    columns, column = np.unique(j, return_inverse=True)
    n, m = len(rows), len(columns)
    graph = coo_array((np.ones(len(row)), (row, column + n)), shape=(n + m, n + m))
    group = connected_components(graph, directed=False)[1]
    longest = np.zeros(n + m, dtype=np.float64)
    np.maximum.at(longest, group[row], distance + 1.0)
    price = longest[group[:n]] * (np.bincount(group[:n], minlength=n + m)[group[:n]] + 1)
    weights = coo_array(
        (
            np.concatenate([distance + 1.0, price]),
            (np.concatenate([row, np.arange(n)]), np.concatenate([column, m + np.arange(n)])),
        ),
        shape=(n, m + n),
    ).tocsr()
    chosen = np.asarray(min_weight_full_bipartite_matching(weights)[1])
    return np.flatnonzero(chosen[row] == column)
