"""How far apart two coders put the onsets and offsets of events that they both marked."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from coder_app.agreement.data import Codings, EventTable, Ints
from coder_app.agreement.result import AgreementResult, undefined
from coder_app.agreement.timed.alignment import Costs
from coder_app.agreement.timed.coders import in_file_order, streams, two
from coder_app.agreement.timed.easydiag import EasyDiagOptions, overlap_pairs
from coder_app.agreement.timed.links import LinkRule
from coder_app.agreement.timed.timed_alignment import align_events
from coder_app.errors import AgreementError


@dataclass(frozen=True, slots=True)
class BoundaryOptions:
    """`link`: events are paired by "overlap" (as EasyDIAg does, at least `overlap` of the longer; points within
    `tolerance_us`) or by "alignment" (onsets within `tolerance_us`)."""

    link: Literal["overlap", "alignment"] = "overlap"
    overlap: float = 0.6
    tolerance_us: int = 1_000_000


def boundary_differences(data: Codings, options: BoundaryOptions = BoundaryOptions()) -> AgreementResult:
    """Differences of onset and offset, second coder minus first, of linked events; how exact the times are, not the codes.

    Parameters
    ----------
    data : codings of two coders.
    options : ``link``, ``overlap``, ``tolerance_us``.

    Returns
    -------
    ``value``: the median distance of onsets in microseconds (0 where all agree), with ``onset`` and ``offset`` (of states)
    as ``n``, ``mean_us`` (bias), ``sd_us``, ``median_us``, ``median_absolute_us``, ``p90_absolute_us`` and ``limits_us``
    (Bland-Altman, mean -/+ 1.96 SD); ``duration_ratio`` (``n``, ``median``, and ``mean``, the geometric mean, second over
    first); ``codes`` (the same of pairs where both gave that code), ``n_linked``, ``n_wrong_code`` (pairs with different
    codes, which are in the totals), ``percent_unmatched`` (events without a partner among all events) and ``pairs`` (one
    dict a pair, for a plot). A figure that needs more pairs than there are is None. ``value`` is None, and ``undefined``
    says why, with no_events or not_linked.
    Raises: AgreementError (not two coders, a kind of link that does not exist, an overlap that is no share, a tolerance
    below zero).
    Source: definition; limits: Bland & Altman (1986), doi:10.1016/S0140-6736(86)90837-8.
    """
    first, second = two(data).coders
    pairs = _linked(data, options)
    n = len(first) + len(second)
    same = first.code[pairs[:, 0]] == second.code[pairs[:, 1]]
    parts = {
        **_figures(first, second, pairs),
        "codes": _codes(first, second, pairs[same], data.categories),
        "n_linked": len(pairs),
        "n_wrong_code": int((~same).sum()),
        "percent_unmatched": 1 - 2 * len(pairs) / n if n else None,
        "pairs": _shown(first, second, pairs, data.categories),
        "link": options.link,
    }
    if not len(pairs):
        return undefined("boundary_differences", "not_linked" if n else "no_events", **parts)
    return AgreementResult("boundary_differences", parts["onset"]["median_absolute_us"], None, parts)


def _linked(data: Codings, options: BoundaryOptions) -> Ints:
    if options.link == "overlap":
        return overlap_pairs(data, EasyDiagOptions(options.overlap, options.tolerance_us))
    if options.link != "alignment":
        raise AgreementError(f"There are no links by {options.link!r}. Choose overlap or alignment.")
    rule, costs = LinkRule.of(options.tolerance_us, None), Costs.of(0, 1, 1, 1)
    found = [np.empty((0, 2), dtype=np.int64)]
    for one, other in streams(data):
        aligned = align_events(data.coders[0].take(one), data.coders[1].take(other), rule, costs)
        found.append(np.stack([one[aligned.pairs[:, 0]], other[aligned.pairs[:, 1]]], axis=1))
    return np.concatenate(found)


def _codes(first: EventTable, second: EventTable, agreed: Ints, categories: tuple[Hashable, ...]) -> dict[Hashable, Any]:
    given = first.code[agreed[:, 0]]
    return {code: _figures(first, second, agreed[given == at]) for at, code in enumerate(categories)}


def _figures(first: EventTable, second: EventTable, pairs: Ints) -> dict[str, Any]:
    one, other = pairs.T
    states = ~first.is_point[one] & ~second.is_point[other]
    lengths = [(t.offset_us - t.onset_us)[at[states]] for t, at in ((first, one), (second, other))]
    timed = (lengths[0] > 0) & (lengths[1] > 0)
    ratios = lengths[1][timed] / lengths[0][timed]
    return {
        "onset": _summary(second.onset_us[other] - first.onset_us[one]),
        "offset": _summary((second.offset_us[other] - first.offset_us[one])[states]),
        "duration_ratio": {
            "n": len(ratios),
            "median": float(np.median(ratios)) if len(ratios) else None,
            "mean": float(np.exp(np.log(ratios).mean())) if len(ratios) else None,
        },
    }


def _summary(differences: Ints) -> dict[str, Any]:
    n = len(differences)
    mean = float(differences.mean()) if n else None
    sd = float(differences.std(ddof=1)) if n > 1 else None
    apart = np.abs(differences)
    return {
        "n": n,
        "mean_us": mean,
        "sd_us": sd,
        "median_us": float(np.median(differences)) if n else None,
        "median_absolute_us": float(np.median(apart)) if n else None,
        "p90_absolute_us": float(np.quantile(apart, 0.9)) if n else None,
        "limits_us": None if mean is None or sd is None else [mean - 1.96 * sd, mean + 1.96 * sd],
    }


def _shown(first: EventTable, second: EventTable, pairs: Ints, categories: tuple[Hashable, ...]) -> list[dict[str, Any]]:
    one, other = pairs.T
    columns = (
        in_file_order(first, one).tolist(),
        in_file_order(second, other).tolist(),
        first.code[one].tolist(),
        second.code[other].tolist(),
        (second.onset_us[other] - first.onset_us[one]).tolist(),
        (second.offset_us[other] - first.offset_us[one]).tolist(),
    )
    return [
        {
            "first": i,
            "second": j,
            "first_code": categories[a],
            "second_code": categories[b],
            "onset_difference_us": onset,
            "offset_difference_us": offset,
        }
        for i, j, a, b, onset, offset in zip(*columns, strict=True)
    ]
