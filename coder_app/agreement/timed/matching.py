"""The one matcher of events: which event of one coder stands for which of the other, and what is different about them.

Event statistics, the queue of disagreements and practice all read this list. Events of different streams never match, nor a
point with a state. In order, each step with the events still free:

1. hit: the same code, onsets and offsets within the tolerances (of points the instant);
2. shifted: the same code, sharing time or beginning within the tolerance, but an edge is off (or nearer events took it);
3. split, merge: further events of the same code that lie by more than half of themselves within the partner of a shifted
   pair: one event of the first coder is several of the second, or the other way round;
4. wrong code: another code, onsets within the tolerance or sharing enough of the longer event;
5. miss: an event only the first coder has. Extra: one only the second has.

Steps 1, 2 and 4 take as many pairs as possible, and among those the least total distance of onsets and offsets.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from coder_app.agreement.data import EventTable, Ints
from coder_app.agreement.timed.assignment import best_pairs
from coder_app.agreement.timed.links import LinkRule, cells, overlaps
from coder_app.errors import AgreementError


class Kind(StrEnum):
    """What became of an event."""

    HIT = "hit"
    SHIFTED_ONSET = "shifted_onset"
    SHIFTED_OFFSET = "shifted_offset"
    SHIFTED = "shifted"  # both edges
    SPLIT = "split"
    MERGE = "merge"
    WRONG_CODE = "wrong_code"
    MISS = "miss"
    EXTRA = "extra"


@dataclass(frozen=True, slots=True)
class MatchRule:
    """`onset_us`, `offset_us`: how far edges of a hit may lie apart, included; `offset_us`, of states only, may be
    None to leave offsets aside.
    `overlap`: the shared part of the longer event from which different codes are a wrong code rather than a miss and an
    extra."""

    onset_us: int = 1_000_000
    offset_us: int | None = 1_000_000
    overlap: float = 0.5

    def checked(self) -> MatchRule:
        """Raises AgreementError for a tolerance below zero, or an overlap outside (0, 1]."""
        LinkRule.of(self.onset_us, self.overlap)
        if self.offset_us is not None and self.offset_us < 0:
            raise AgreementError(f"A tolerance of {self.offset_us / 1e6:g} s is below zero. Choose 0 or more.")
        return self


@dataclass(frozen=True, slots=True)
class EventMatch:
    """`first`, `second`: positions in the two tables, several for a split or merge, none for an extra or a miss. The
    differences are second minus first in microseconds, of a split or merge from its first onset and to its last offset;
    None where one side is empty."""

    kind: Kind
    first: tuple[int, ...]
    second: tuple[int, ...]
    onset_difference_us: int | None = None
    offset_difference_us: int | None = None


def match_events(first: EventTable, second: EventTable, rule: MatchRule = MatchRule()) -> list[EventMatch]:
    """Every event of both coders exactly once, in order of time."""
    rule = rule.checked()
    free = np.ones(len(first), dtype=bool), np.ones(len(second), dtype=bool)
    hits = _take(hit_pairs(first, second, rule), free)
    shifted = _take(_same_code(first, second, free, rule), free)
    groups = [EventMatch(Kind.SHIFTED, (i,), (j,)) for i, j in shifted.tolist()]
    groups = _with_parts(groups, first, second, free)
    wrong = _take(_other_code(first, second, free, rule), free)
    found = [EventMatch(Kind.HIT, (i,), (j,)) for i, j in hits.tolist()]
    found += groups
    found += [EventMatch(Kind.WRONG_CODE, (i,), (j,)) for i, j in wrong.tolist()]
    edges = [edge.tolist() for edge in (first.onset_us, first.offset_us, second.onset_us, second.offset_us)]
    found = [_measured(match, edges, rule) for match in found]
    found += [EventMatch(Kind.MISS, (i,), ()) for i in np.flatnonzero(free[0]).tolist()]
    found += [EventMatch(Kind.EXTRA, (), (j,)) for j in np.flatnonzero(free[1]).tolist()]
    begins = [min([edges[0][i] for i in m.first] + [edges[2][j] for j in m.second]) for m in found]
    order = sorted(range(len(found)), key=lambda at: (begins[at], found[at].first, found[at].second))
    return [found[at] for at in order]


def hit_pairs(first: EventTable, second: EventTable, rule: MatchRule) -> Ints:
    """Positions of hits, shape (n, 2): most pairs, then least distance."""
    near = LinkRule.of(rule.onset_us, None)
    found = []
    for one, other in _kinds_of_events(first, second, by_code=True):
        a, b = first.take(one), second.take(other)
        i, j = cells(*near.window(a, b))
        distance = np.abs(b.onset_us[j] - a.onset_us[i])
        if rule.offset_us is not None and not a.is_point.all():
            offset = np.abs(b.offset_us[j] - a.offset_us[i])
            kept = offset <= rule.offset_us
            i, j, distance = i[kept], j[kept], (distance + offset)[kept]
        found.append((one[i], other[j], distance))
    return _best(found)


def counts(matches: Iterable[EventMatch]) -> dict[str, int]:
    """How many matches there are of each kind."""
    found = Counter(match.kind for match in matches)
    return {kind.value: found[kind] for kind in Kind}


def _best(candidates: list[tuple[Ints, Ints, Ints]]) -> Ints:
    """Pairs chosen among (first, second, distance) of several kinds of events."""
    if not candidates:
        return np.empty((0, 2), dtype=np.int64)
    i, j, distance = (np.concatenate(part) for part in zip(*candidates, strict=True))
    taken = best_pairs(i, j, distance)
    return np.stack([i[taken], j[taken]], axis=1)


def _take(pairs: Ints, free: tuple[np.ndarray, np.ndarray]) -> Ints:
    """The pairs, whose events are free no longer."""
    free[0][pairs[:, 0]] = False
    free[1][pairs[:, 1]] = False
    return pairs


def _kinds_of_events(first: EventTable, second: EventTable, by_code: bool) -> list[tuple[Ints, Ints]]:
    """Positions of events that may match: of one stream, both points or both states, and of one code if `by_code`."""
    codes = 1 + max(int(events.code.max(initial=0)) for events in (first, second))
    keys: list[Ints] = []
    for events in (first, second):
        key = events.is_point.astype(np.int64) + (0 if events.stream is None else 2 * events.stream)
        keys.append(key * codes + events.code if by_code else key)
    kinds = np.intersect1d(keys[0], keys[1])
    return [(np.flatnonzero(keys[0] == kind), np.flatnonzero(keys[1] == kind)) for kind in kinds]


def _same_code(first: EventTable, second: EventTable, free: tuple[np.ndarray, np.ndarray], rule: MatchRule) -> Ints:
    """Free events of one code that share time or begin within the tolerance."""
    near = LinkRule.of(rule.onset_us, None)
    found = []
    for one, other in _free_kinds(first, second, free, by_code=True):
        a, b = first.take(one), second.take(other)
        (low, high), (early, late) = _sharing(a, b), near.window(a, b)
        i, j = cells(np.minimum(low, early), np.maximum(high, late))
        kept = (overlaps(a, b, i, j)[0] > 0) | near.holds(a, b, i, j)
        i, j = i[kept], j[kept]
        found.append((one[i], other[j], _distance(a, b, i, j)))
    return _best(found)


def _other_code(first: EventTable, second: EventTable, free: tuple[np.ndarray, np.ndarray], rule: MatchRule) -> Ints:
    """Free events of different codes that begin together or share enough time."""
    link = LinkRule.of(rule.onset_us, rule.overlap)
    found = []
    for one, other in _free_kinds(first, second, free, by_code=False):
        a, b = first.take(one), second.take(other)
        i, j = cells(*link.window(a, b))
        kept = link.holds(a, b, i, j) & (a.code[i] != b.code[j])
        i, j = i[kept], j[kept]
        found.append((one[i], other[j], _distance(a, b, i, j)))
    return _best(found)


def _free_kinds(
    first: EventTable, second: EventTable, free: tuple[np.ndarray, np.ndarray], by_code: bool
) -> list[tuple[Ints, Ints]]:
    one, other = np.flatnonzero(free[0]), np.flatnonzero(free[1])
    kinds = _kinds_of_events(first.take(one), second.take(other), by_code)
    return [(one[i], other[j]) for i, j in kinds]


def _sharing(first: EventTable, second: EventTable) -> tuple[Ints, Ints]:
    """For each event of the first the columns `[low, high)` of the second that may share time with it."""
    latest = np.maximum.accumulate(second.offset_us)
    low = np.searchsorted(latest, first.onset_us, side="right")
    return low, np.searchsorted(second.onset_us, first.offset_us)


def _distance(first: EventTable, second: EventTable, i: Ints, j: Ints) -> Ints:
    return np.abs(second.onset_us[j] - first.onset_us[i]) + np.abs(second.offset_us[j] - first.offset_us[i])


def _with_parts(
    groups: list[EventMatch], first: EventTable, second: EventTable, free: tuple[np.ndarray, np.ndarray]
) -> list[EventMatch]:
    """Shifted pairs joined by the further events that lie by more than half within one side of them."""
    for events, whole, side in ((second, first, 1), (first, second, 0)):
        owner = {(m.first if side else m.second)[0]: at for at, m in enumerate(groups) if m.kind is Kind.SHIFTED}
        for part, within in _parts(events, whole, np.flatnonzero(free[side]), np.array(sorted(owner), dtype=np.int64)):
            at = owner[within]
            if side:
                groups[at] = replace(groups[at], kind=Kind.SPLIT, second=tuple(sorted((*groups[at].second, part))))
            else:
                groups[at] = replace(groups[at], kind=Kind.MERGE, first=tuple(sorted((*groups[at].first, part))))
            free[side][part] = False
    return groups


def _parts(events: EventTable, whole: EventTable, free: Ints, owners: Ints) -> list[tuple[int, int]]:
    """(position of a free event, position of the event of the other coder it mostly lies in), of one code and stream."""
    a, b = events.take(free), whole.take(owners)
    i, j = cells(*_sharing(a, b))
    alike = a.code[i] == b.code[j]
    if a.stream is not None and b.stream is not None:
        alike &= a.stream[i] == b.stream[j]
    shared = overlaps(a, b, i, j)[0]
    kept = alike & (2 * shared > (a.offset_us - a.onset_us)[i])
    i, j, shared = i[kept], j[kept], shared[kept]
    most = np.lexsort([j, -shared, i])
    first_of = most[np.flatnonzero(np.concatenate([[True], np.diff(i[most]) > 0]))] if len(i) else most
    return [(int(free[i[at]]), int(owners[j[at]])) for at in first_of]


def _measured(match: EventMatch, edges: list[list[int]], rule: MatchRule) -> EventMatch:
    """With its differences, and a shifted one named by the edges that are off. `edges`: onsets and offsets of the first
    coder, then of the second."""
    onset = min(edges[2][j] for j in match.second) - min(edges[0][i] for i in match.first)
    offset = max(edges[3][j] for j in match.second) - max(edges[1][i] for i in match.first)
    kind = match.kind
    if kind is Kind.SHIFTED:
        early, late = abs(onset) > rule.onset_us, rule.offset_us is not None and abs(offset) > rule.offset_us
        kind = Kind.SHIFTED if early and late else Kind.SHIFTED_ONSET if early else Kind.SHIFTED_OFFSET
    return EventMatch(kind, match.first, match.second, onset, offset)
