"""Where two coders differ: the stretches and points that the disagreement queue walks through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from coder_app.agreement.data import MISSING, Ints, Track
from coder_app.agreement.timed.durations import cut
from coder_app.agreement.timed.marks import Marks, compared_span, state_codes, unscorable_codes
from coder_app.agreement.timed.point_matching import match
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
    left = _unmatched(first, second, tolerance_us)
    times = [np.array([t for t, _ in points], dtype=np.int64) for points in left]
    pairs = match(times[0], times[1], tolerance_us)
    found = []
    for i, j in pairs:
        (a, code), (b, other) = left[0][i], left[1][j]
        found.append(Disagreement(stream.id, "point", min(a, b), max(a, b), (code,), (other,)))
    alone = [set(range(len(points))) - {pair[side] for pair in pairs} for side, points in enumerate(left)]
    found += [Disagreement(stream.id, "point", t, t, (code,), ()) for t, code in (left[0][i] for i in alone[0])]
    found += [Disagreement(stream.id, "point", t, t, (), (code,)) for t, code in (left[1][i] for i in alone[1])]
    return sorted(found, key=lambda d: (d.from_us, d.to_us, d.first, d.second))


def _unmatched(first: list[Point], second: list[Point], tolerance_us: int) -> tuple[list[Point], list[Point]]:
    left: tuple[list[Point], list[Point]] = ([], [])
    for code in sorted({code for _, code in (*first, *second)}):
        own = [sorted(t for t, c in points if c == code) for points in (first, second)]
        pairs = match(np.array(own[0], dtype=np.int64), np.array(own[1], dtype=np.int64), tolerance_us)
        for side in (0, 1):
            taken = {pair[side] for pair in pairs}
            left[side].extend((t, code) for i, t in enumerate(own[side]) if i not in taken)
    return sorted(left[0]), sorted(left[1])


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
