"""EasyDIAg: agreement on events that overlap in time, whatever their codes, and on the codes they were given."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np

from coder_app.agreement.data import Codings, EventTable, Floats, Ints
from coder_app.agreement.result import AgreementResult, undefined
from coder_app.agreement.timed.coders import in_file_order, streams, two
from coder_app.agreement.timed.event_alignment import pair_table
from coder_app.agreement.timed.links import LinkRule, linked, overlaps
from coder_app.agreement.timed.structural_zero import event_kappa

NO_MATCH = "no match"


@dataclass(frozen=True, slots=True)
class EasyDiagOptions:
    """`overlap`: the smallest shared part of the longer event, included (the authors allow .51 to .90).
    `point_tolerance_us`: the largest distance of two points, which have no extent to share."""

    overlap: float = 0.6
    point_tolerance_us: int = 1_000_000


def easydiag(data: Codings, options: EasyDiagOptions = EasyDiagOptions()) -> AgreementResult:
    """Agreement beyond chance on events linked by their overlap, unlinked ones included.

    Of all pairs of events the one that shares the largest part of its longer event is matched first, then the next among
    those left (ties in the order of the file); codes play no part, streams never mix. Pairs below ``overlap`` do not count
    as linked. A link puts 2 into the table (one for each event), an event without a link 1 in `no match`; no match for both
    is a structural zero.

    Parameters
    ----------
    data : codings of two coders.
    options : ``overlap``, ``point_tolerance_us``.

    Returns
    -------
    ``value``: kappa with the structural zero, as ``kappa_ipf``; with ``raw_agreement``, ``expected``, ``kappa_max``,
    ``percent_linked`` (the share of the table in links: segmentation), ``n`` (the sum of the table, which is all events),
    ``table`` (first coder in rows), ``categories`` (no match last), ``linked_block`` (``kappa``, ``raw_agreement``,
    ``kappa_max`` of the links alone: categorisation), ``codes`` (for each code ``kappa``, ``positive``, ``kappa_max``,
    ``raw_agreement`` of the code against all else) and ``pairs`` (positions of linked events in what was read). A figure that
    does not exist is None. ``value`` is None, and ``undefined`` says why, with no_events, one_category, or saturated
    (one code only). Kappas below 0 stay below 0.
    Raises: AgreementError (not two coders, an overlap outside (0, 1], a tolerance below 0).
    Source: Holle & Rein (2015), doi:10.3758/s13428-014-0506-7; expected table in closed form instead of 20 rounds of fitting.
    [U]: points are ours, the original has none.
    """
    first, second = two(data).coders
    pairs = overlap_pairs(data, options)
    k = len(data.categories)
    table = pair_table(pairs, first.code, second.code, k)
    table[:k, :k] *= 2
    parts = {
        **table_figures(table, data.categories),
        "pairs": np.stack([in_file_order(first, pairs[:, 0]), in_file_order(second, pairs[:, 1])], axis=1).tolist(),
        "overlap": options.overlap,
        "variant": "greedy by largest overlap; links counted twice; structural zero in closed form",
    }
    reason = event_kappa(table).undefined
    if reason:
        return undefined("easydiag", reason, **parts)
    return AgreementResult("easydiag", parts["kappa_ipf"], None, parts)


def overlap_pairs(data: Codings, options: EasyDiagOptions) -> Ints:
    """Positions of linked events, shape (n, 2), in order of the first coder's onset. O(n log n) for events of one coder that
    do not overlap."""
    first, second = two(data).coders
    found = [np.empty((0, 2), dtype=np.int64)]
    for one, other in streams(data):
        for points in (False, True):
            a, b = (own[table.is_point[own] == points] for own, table in ((one, first), (other, second)))
            found.append(_largest_first(first, second, a, b, options, points))
    pairs = np.concatenate(found)
    return pairs[np.argsort(pairs[:, 0], kind="stable")]


def _largest_first(first: EventTable, second: EventTable, a: Ints, b: Ints, options: EasyDiagOptions, points: bool) -> Ints:
    """Links among these events: repeatedly the pair with the largest shared part, of points the nearest."""
    one, other = first.take(a), second.take(b)
    rule = LinkRule.of(options.point_tolerance_us, None) if points else LinkRule.of(None, options.overlap)
    i, j = linked(one, other, rule)
    if points:
        apart = np.abs(other.onset_us[j] - one.onset_us[i]).astype(np.float64)
    else:
        shared, longer = overlaps(one, other, i, j)
        apart = -shared / np.maximum(longer, 1)
    if len(np.unique(i)) < len(i) or len(np.unique(j)) < len(j):
        kept = greedy(i, j, np.lexsort([in_file_order(other, j), in_file_order(one, i), apart]))
        i, j = i[kept], j[kept]
    return np.stack([a[i], b[j]], axis=1)


def greedy(i: Ints, j: Ints, order: Ints) -> list[int]:
    """Positions of the pairs that are taken when every pair in `order` is taken whose events are both still free."""
    taken_i, taken_j, kept = set(), set(), []
    for at, a, b in zip(order.tolist(), i[order].tolist(), j[order].tolist(), strict=True):
        if a not in taken_i and b not in taken_j:
            taken_i.add(a)
            taken_j.add(b)
            kept.append(at)
    return kept


def table_figures(table: Ints | Floats, categories: tuple[Hashable, ...]) -> dict[str, object]:
    """All figures that follow from the (K+1) x (K+1) table, no match last."""
    k = len(categories)
    n = table.sum().item()
    whole, block = event_kappa(table), table[:k, :k]
    return {
        "raw_agreement": whole.observed,
        "expected": whole.expected,
        "kappa_ipf": whole.value,
        "kappa_max": whole.largest,
        "percent_linked": block.sum().item() / n if n else None,
        "n": n,
        "table": table.tolist(),
        "categories": [*categories, NO_MATCH],
        "linked_block": _plain(block),
        "codes": {code: _one_code(table, at) for at, code in enumerate(categories)},
    }


def _plain(table: Ints | Floats) -> dict[str, float | None]:
    """Raw agreement, Cohen's kappa and the largest kappa its margins allow."""
    n = table.sum()
    if not n:
        return {"raw_agreement": None, "kappa": None, "kappa_max": None}
    rows, columns = table.sum(axis=1) / n, table.sum(axis=0) / n
    observed, expected = float(np.trace(table) / n), float(rows @ columns)
    if (np.diagonal(table) == n).any():
        return {"raw_agreement": observed, "kappa": None, "kappa_max": None}
    most = float(np.minimum(rows, columns).sum())
    return {
        "raw_agreement": observed,
        "kappa": (observed - expected) / (1 - expected),
        "kappa_max": (most - expected) / (1 - expected),
    }


def _one_code(table: Ints | Floats, at: int) -> dict[str, float | None]:
    """The code against everything else, no match included."""
    a, row, column, n = table[at, at], table[at].sum(), table[:, at].sum(), table.sum()
    collapsed = np.array([[a, row - a], [column - a, n - row - column + a]])
    return {**_plain(collapsed), "positive": float(2 * a / (row + column)) if row + column else None}
