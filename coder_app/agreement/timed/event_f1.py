"""F1 of events at a tolerance: how many events two coders share, one to one and with the same code."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np

from coder_app.agreement.data import Codings
from coder_app.agreement.result import AgreementResult, undefined
from coder_app.agreement.timed.coders import in_file_order, two
from coder_app.agreement.timed.matching import MatchRule, hit_pairs


@dataclass(frozen=True, slots=True)
class EventF1Options:
    """`tolerance_us`: how far onsets may lie apart, included. `offset_tolerance_us`: the same of offsets; None leaves offsets
    aside."""

    tolerance_us: int = 1_000_000
    offset_tolerance_us: int | None = None


def event_f1(data: Codings, options: EventF1Options = EventF1Options()) -> AgreementResult:
    """The share of events that have a partner: same stream and code, onsets (and offsets, if asked for) within the tolerance.

    As many events as possible are matched one to one, and among such matchings the one of least total distance counts.

    Parameters
    ----------
    data : codings of two coders.
    options : ``tolerance_us``, ``offset_tolerance_us``.

    Returns
    -------
    ``value`` = 2 hits / (n1 + n2) in [0, 1], with ``hits``, ``n_first``, ``n_second``, ``precision`` (hits among the second
    coder's events), ``recall`` (among the first coder's, who is the reference here), ``codes`` (for each code ``f1``,
    ``hits``, ``n_first``, ``n_second``; f1 None where nobody used it) and ``pairs`` (positions in what was read). None with
    no_events. There is no chance correction, since time without events cannot be counted.
    Raises: AgreementError (not two coders, a tolerance below zero).
    Source: definition; Mesaros, Heittola & Virtanen (2016), doi:10.3390/app6060162, who match greedily.
    """
    first, second = two(data).coders
    rule = MatchRule(options.tolerance_us, options.offset_tolerance_us).checked()
    pairs = hit_pairs(first, second, rule)
    pairs = pairs[np.argsort(pairs[:, 0], kind="stable")]
    k, hits, n = len(data.categories), len(pairs), len(first) + len(second)
    totals = [np.bincount(codes, minlength=k) for codes in (first.code, second.code, first.code[pairs[:, 0]])]
    parts = {
        "hits": hits,
        "n_first": len(first),
        "n_second": len(second),
        "precision": hits / len(second) if len(second) else None,
        "recall": hits / len(first) if len(first) else None,
        "codes": {c: _one_code(*(int(t[at]) for t in totals)) for at, c in enumerate(data.categories)},
        "pairs": np.stack([in_file_order(first, pairs[:, 0]), in_file_order(second, pairs[:, 1])], axis=1).tolist(),
        "tolerance_us": options.tolerance_us,
        "offset_tolerance_us": options.offset_tolerance_us,
    }
    if n == 0:
        return undefined("event_f1", "no_events", **parts)
    return AgreementResult("event_f1", 2 * hits / n, None, parts)


def _one_code(n_first: int, n_second: int, hits: int) -> dict[Hashable, float | None]:
    n = n_first + n_second
    return {"f1": 2 * hits / n if n else None, "hits": hits, "n_first": n_first, "n_second": n_second}
