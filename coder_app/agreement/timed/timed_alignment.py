"""Kappa of two codings as sequences of timed events: aligned at the least cost, but only events near in time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from coder_app.agreement.data import Codings, EventTable, Ints
from coder_app.agreement.result import AgreementResult, undefined
from coder_app.agreement.timed.alignment import NEVER, Aligned, Band, Costs, align
from coder_app.agreement.timed.coders import in_file_order, streams, two
from coder_app.agreement.timed.event_alignment import NIL, pair_table
from coder_app.agreement.timed.links import LinkRule
from coder_app.agreement.timed.structural_zero import event_kappa


@dataclass(frozen=True, slots=True)
class TimedAlignmentOptions:
    """Events may be aligned if their onsets lie at most `tolerance_us` apart, or if they share at least `overlap` of the
    longer of the two; None drops a condition, `rule` says whether "either" is enough or "both" must hold. Costs as for
    untimed alignment. `doubled`: count an aligned pair twice, once for each of its events."""

    tolerance_us: int | None = 1_000_000
    overlap: float | None = None
    rule: Literal["either", "both"] = "either"
    agree: float = 0
    substitution: float = 1
    deletion: float = 1
    insertion: float = 1
    doubled: bool = False


def timed_alignment_kappa(data: Codings, options: TimedAlignmentOptions = TimedAlignmentOptions()) -> AgreementResult:
    """Agreement beyond chance on timed events, those that one coder missed included.

    The events of each stream, in order of onset, are aligned at the least total cost, where only linked events may be
    aligned; ties go to pairing, then to deletion, then to insertion. The table has a last row and column `nil` for events
    without a partner; both nil is a structural zero. Points link by onset only.

    Parameters
    ----------
    data : codings of two coders.
    options : ``tolerance_us``, ``overlap``, ``rule``, ``agree``, ``substitution``, ``deletion``, ``insertion``, ``doubled``.

    Returns
    -------
    ``value``: kappa with the structural zero, pairs counted once, or twice if ``doubled``; with ``observed``,
    ``expected``, ``kappa_structural_zero`` (pairs once), ``kappa_doubled`` (pairs twice), ``kappa_plain`` (nil an ordinary
    category, pairs once), ``n`` (pairs and single events), ``percent_linked`` (pairs among them), ``table`` (pairs once,
    first coder in rows), ``categories`` (nil last), ``cost``, ``pairs`` (positions of aligned events in what was read),
    ``onset_difference_us`` and ``offset_difference_us`` (second minus first, one for each pair). ``value`` is None, and
    ``undefined`` says why, with no_events, one_category (all pairs in one cell), or saturated (one code only).
    Raises: AgreementError (not two coders, no condition, a tolerance or cost below zero, an overlap that is no share).
    Source: Bakeman, Quera & Gnisci (2009), doi:10.3758/BRM.41.1.137; the structural zero: Bakeman & Robinson (1994).
    Exact in O(L log n) for L links. [U]: GSEQ's link rule, and whether it counts pairs twice.
    """
    rule = LinkRule.of(options.tolerance_us, options.overlap, options.rule == "both")
    costs = Costs.of(options.agree, options.substitution, options.deletion, options.insertion)
    first, second = two(data).coders
    k = len(data.categories)
    table, pairs, saved = np.zeros((k + 1, k + 1), dtype=np.int64), [np.empty((0, 2), dtype=np.int64)], 0
    for one, other in streams(data):
        aligned = align_events(first.take(one), second.take(other), rule, costs)
        table += pair_table(aligned.pairs, first.code[one], second.code[other], k)
        pairs.append(np.stack([one[aligned.pairs[:, 0]], other[aligned.pairs[:, 1]]], axis=1))
        saved += aligned.saved
    doubled = table.copy()
    doubled[:k, :k] *= 2
    once, twice = event_kappa(table), event_kappa(doubled)
    shown = twice if options.doubled else once
    cost = len(first) * costs.deletion + len(second) * costs.insertion - saved
    parts = {
        "observed": shown.observed,
        "expected": shown.expected,
        "kappa_structural_zero": once.value,
        "kappa_doubled": twice.value,
        "kappa_plain": once.plain,
        "n": int(table.sum()),
        "percent_linked": float(table[:k, :k].sum() / table.sum()) if table.any() else None,
        "table": table.tolist(),
        "categories": [*data.categories, NIL],
        "cost": cost / costs.scale,
        **pair_differences(first, second, np.concatenate(pairs)),
        "variant": f"ties: pair, deletion, insertion; each pair counted {'twice' if options.doubled else 'once'}; "
        "structural zero in closed form; link rule as stated",
    }
    if shown.undefined:
        return undefined("timed_alignment_kappa", shown.undefined, **parts)
    return AgreementResult("timed_alignment_kappa", shown.value, None, parts)


def align_events(first: EventTable, second: EventTable, rule: LinkRule, costs: Costs) -> Aligned:
    """The alignment of two tables of one stream, sorted by onset."""
    exact = rule.overlap is None and rule.tolerance_us is not None

    def saving(rows: Ints, columns: Ints) -> Ints:
        found = costs.saved(first.code[rows], second.code[columns])
        if not exact:  # the band of a tolerance holds links only
            found[~rule.holds(first, second, rows, columns)] = NEVER
        return found

    return align(Band.around(*rule.window(first, second), len(second), saving))


def pair_differences(first: EventTable, second: EventTable, pairs: Ints) -> dict[str, list[object]]:
    """Pairs in order of the first coder's onset, with their differences, second minus first."""
    one, other = pairs[np.argsort(pairs[:, 0], kind="stable")].T
    return {
        "pairs": np.stack([in_file_order(first, one), in_file_order(second, other)], axis=1).tolist(),
        "onset_difference_us": (second.onset_us[other] - first.onset_us[one]).tolist(),
        "offset_difference_us": (second.offset_us[other] - first.offset_us[one]).tolist(),
    }
