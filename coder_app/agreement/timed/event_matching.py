"""What became of every event: hits, misses, extras, wrong codes, shifted edges, splits and merges."""

from __future__ import annotations

from typing import Any

from coder_app.agreement.data import Codings, EventTable
from coder_app.agreement.result import AgreementResult, undefined
from coder_app.agreement.timed.coders import two
from coder_app.agreement.timed.matching import EventMatch, MatchRule, counts, match_events

USUAL = MatchRule()


def event_matching(data: Codings, options: MatchRule = USUAL) -> AgreementResult:
    """Every event of two coders, matched once, and what is different about it; the list behind a queue of disagreements.

    Parameters
    ----------
    data : codings of two coders; the first is the reference for misses and extras.
    options : ``onset_us``, ``offset_us`` (tolerances of a hit), ``overlap`` (the shared part of the longer event from which
        different codes are a wrong code).

    Returns
    -------
    ``value``: the share of all events that are hits, 2 hits / (n1 + n2), with ``counts`` (matches of each kind: hit,
    shifted_onset, shifted_offset, shifted, split, merge, wrong_code, miss, extra), ``n_first``, ``n_second`` and
    ``matches`` (in order of time, each with ``kind``, ``first`` and ``second`` (positions in what was read), their codes,
    and the differences of onset and offset in microseconds, second minus first). None with no_events.
    Raises: AgreementError (not two coders, a tolerance below zero, an overlap that is no share).
    Source: definition; as many pairs as possible, then the least total distance. [U]: the kinds and their order are ours.
    """
    first, second = two(data).coders
    matches = match_events(first, second, options)
    found = counts(matches)
    n = len(first) + len(second)
    parts = {
        "counts": found,
        "n_first": len(first),
        "n_second": len(second),
        "matches": [_shown(match, first, second, data.categories) for match in matches],
        "variant": "hits, then shifted, splits and merges, then wrong codes; most pairs, then least distance",
    }
    if n == 0:
        return undefined("event_matching", "no_events", **parts)
    return AgreementResult("event_matching", 2 * found["hit"] / n, None, parts)


def _shown(match: EventMatch, first: EventTable, second: EventTable, categories: tuple[Any, ...]) -> dict[str, Any]:
    shown: dict[str, Any] = {"kind": match.kind.value}
    for side, events, places in (("first", first, match.first), ("second", second, match.second)):
        at = list(places)
        shown[side] = [int(row) for row in events.row[at]] if len(events.row) else at
        shown[f"{side}_codes"] = [categories[code] for code in events.code[at]]
    shown["onset_difference_us"] = match.onset_difference_us
    shown["offset_difference_us"] = match.offset_difference_us
    return shown
