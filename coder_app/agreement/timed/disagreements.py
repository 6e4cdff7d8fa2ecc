"""Where two coders differ: the stretches and points that the disagreement queue walks through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from coder_app.agreement.data import MISSING, EventTable, Ints, Track
from coder_app.agreement.timed.durations import cut
from coder_app.agreement.timed.marks import Marks, compared_span, state_codes, unscorable_codes
from coder_app.agreement.timed.matching import Kind, MatchRule, match_events
from coder_app.model.interval import Spans
from coder_app.model.scheme import Stream

Point = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """`kind`: "state" (different codes, counted in the tables), "unscorable" (one coder could not score what the other
    did; left out of the tables) or "point" (no partner of the same code within the tolerance). `first` and `second` are the
    code ids each coder gave, empty for none. A single point has `from_us == to_us`."""

    stream: str
    kind: str
    from_us: int
    to_us: int
    first: tuple[str, ...]
    second: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "stream": self.stream,
            "kind": self.kind,
            "from_us": self.from_us,
            "to_us": self.to_us,
            "first": list(self.first),
            "second": list(self.second),
        }


def state_disagreements(stream: Stream, first: Marks, second: Marks, window: Spans) -> list[Disagreement]:
    """Stretches of compared time with different states, as long as neither coder's codes change; in order of time.

    Works on any state stream: with codes that may overlap each stretch carries a set of codes from either coder."""
    codes = [*(c.id for c in state_codes(stream)), *sorted(unscorable_codes(stream))]
    barred = np.array([c in unscorable_codes(stream) for c in codes])
    tracks = [[_track(mark, code) for code in codes] for mark in (first, second)]
    starts, ends = cut(compared_span(first, second, window), *tracks[0], *tracks[1])
    one, two = (np.stack([t.at(starts, MISSING) == 0 for t in own]) for own in tracks)
    unscored = one[barred].any(axis=0).astype(int) + two[barred].any(axis=0)
    differs = (one != two).any(axis=0) & (unscored < 2)
    return [
        Disagreement(
            stream.id,
            "unscorable" if unscored[i] else "state",
            int(starts[i]),
            int(ends[j]),
            _names(codes, one[:, i]),
            _names(codes, two[:, i]),
        )
        for i, j in _runs(starts, ends, np.concatenate([one, two]))
        if differs[i]
    ]


def point_disagreements(stream: Stream, first: list[Point], second: list[Point], tolerance_us: int) -> list[Disagreement]:
    """Points without a partner of the same code. Two such points within the tolerance are one item with both codes."""
    codes = sorted({code for _, code in (*first, *second)})
    tables = [_points(sorted(points), codes) for points in (first, second)]
    rule = MatchRule(onset_us=tolerance_us, offset_us=None)
    found = []
    for match in match_events(tables[0], tables[1], rule):
        if match.kind is Kind.HIT:
            continue
        places = zip(tables, (match.first, match.second), strict=True)
        own = [[(int(table.onset_us[at]), codes[table.code[at]]) for at in which] for table, which in places]
        times = [t for points in own for t, _ in points]
        given = [tuple(code for _, code in points) for points in own]
        found.append(Disagreement(stream.id, "point", min(times), max(times), given[0], given[1]))
    return sorted(found, key=lambda d: (d.from_us, d.to_us, d.first, d.second))


def _points(points: list[Point], codes: list[str]) -> EventTable:
    at, code = [t for t, _ in points], [codes.index(c) for _, c in points]
    return EventTable.of(at, at, code, np.ones(len(points), dtype=bool))


def _track(mark: Marks, code: str) -> Track:
    return Track.of((a, b, 0) for a, b in Spans.of(mark.of(frozenset([code]))))


def _names(codes: list[str], present: np.ndarray) -> tuple[str, ...]:
    return tuple(code for code, here in zip(codes, present, strict=True) if here)


def _runs(starts: Ints, ends: Ints, signature: np.ndarray) -> list[tuple[int, int]]:
    """First and last piece of every run of touching pieces with the same signature (a column each)."""
    if not len(starts):
        return []
    breaks = (starts[1:] != ends[:-1]) | (signature[:, 1:] != signature[:, :-1]).any(axis=0)
    firsts = np.concatenate([[0], np.flatnonzero(breaks) + 1])
    lasts = np.concatenate([np.flatnonzero(breaks), [len(starts) - 1]])
    return [(int(i), int(j)) for i, j in zip(firsts, lasts, strict=True)]
