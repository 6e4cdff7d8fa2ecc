"""Which pairs of units lie near enough to be aligned at all."""

from __future__ import annotations

import numpy as np

from coder_app.agreement.data import Ints
from coder_app.agreement.segments.continuum import Continuum, Floats, ranges
from coder_app.agreement.segments.dissimilarity import Dissimilarity
from coder_app.errors import AgreementError

MOST_PAIRS = 3_000_000
TIED = 1e-9  # costs that differ by less, relatively, are the same


def near_pairs(units: Continuum, a: slice, b: slice, d: Dissimilarity, largest: float) -> tuple[Ints, Ints, Floats]:
    """Pairs (u in a, v in b) with d(u, v) <= largest, and their d.

    |ds| + |de| is the larger of twice the distance of the centres and the difference of the lengths, so a pair within
    reach r has overlapping intervals centre +- r length / 2: sorted intervals give the pairs in O(n log n + pairs).

    Raises AgreementError where the units overlap so much that the pairs would not fit into memory."""
    largest = largest * (1 + TIED)
    reach = d.reach(largest)
    if np.isinf(reach):
        n = b.stop - b.start
        u, v = ranges(np.zeros(a.stop - a.start, np.int64), np.full(a.stop - a.start, n))
    else:
        u, v = _overlapping(*_widened(units, a, reach), *_widened(units, b, reach))
    u, v = u + a.start, v + b.start
    cost = d.of(units, u, v)
    kept = cost <= largest
    return u[kept], v[kept], cost[kept]


def _widened(units: Continuum, part: slice, reach: float) -> tuple[Floats, Floats]:
    onset, offset = units.onset[part], units.offset[part]
    centre, half = (onset + offset) / 2, (offset - onset) * (reach / 2)
    return centre - half, centre + half


def _overlapping(from_a: Floats, to_a: Floats, from_b: Floats, to_b: Floats) -> tuple[Ints, Ints]:
    """All pairs of overlapping intervals: the later of two that overlap begins inside the earlier."""
    by_a, by_b = np.argsort(from_a, kind="stable"), np.argsort(from_b, kind="stable")
    begin_a, begin_b = from_a[by_a], from_b[by_b]
    in_a = np.searchsorted(begin_b, from_a, "left"), np.searchsorted(begin_b, to_a, "right")
    in_b = np.searchsorted(begin_a, from_b, "right"), np.searchsorted(begin_a, to_b, "right")
    n_pairs = int(sum(np.maximum(behind - first, 0).sum() for first, behind in (in_a, in_b)))
    if n_pairs > MOST_PAIRS:
        raise AgreementError(
            f"{n_pairs:,} pairs of units lie near enough to be aligned, more than {MOST_PAIRS:,}. The units overlap too much: "
            "compare one stream or a shorter stretch, or raise alpha."
        )
    u, later_b = ranges(*in_a)
    v, later_a = ranges(*in_b)
    return np.concatenate([u, by_a[later_a]]), np.concatenate([by_b[later_b], v])
