"""Interval algebra: sorted, disjoint, half-open spans `[from_us, to_us)` in integer microseconds."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spans:
    """An immutable set of time. `parts` are sorted, disjoint, non-empty and never touch."""

    parts: tuple[tuple[int, int], ...] = ()

    @staticmethod
    def of(parts: Iterable[tuple[int, int]]) -> Spans:
        """The union of any intervals; empty and reversed ones hold no time and vanish."""
        merged: list[list[int]] = []
        for start, end in sorted((a, b) for a, b in parts if b > a):
            if merged and start <= merged[-1][1]:
                merged[-1][1] = max(merged[-1][1], end)
            else:
                merged.append([start, end])
        return Spans(tuple((a, b) for a, b in merged))

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return iter(self.parts)

    def __bool__(self) -> bool:
        return bool(self.parts)

    def __or__(self, other: Spans) -> Spans:
        return Spans.of((*self.parts, *other.parts))

    def __and__(self, other: Spans) -> Spans:
        found: list[tuple[int, int]] = []
        i = j = 0
        while i < len(self.parts) and j < len(other.parts):
            (a, b), (c, d) = self.parts[i], other.parts[j]
            if max(a, c) < min(b, d):
                found.append((max(a, c), min(b, d)))
            if b < d:
                i += 1
            else:
                j += 1
        return Spans(tuple(found))

    def __sub__(self, other: Spans) -> Spans:
        left: list[tuple[int, int]] = []
        j = 0
        for start, end in self.parts:
            at = start
            while j < len(other.parts) and other.parts[j][1] <= at:
                j += 1
            k = j
            while k < len(other.parts) and other.parts[k][0] < end:
                a, b = other.parts[k]
                if a > at:
                    left.append((at, a))
                at = max(at, b)
                k += 1
            if at < end:
                left.append((at, end))
        return Spans(tuple(left))

    def adding(self, start: int, end: int) -> Spans:
        """This set with `[start, end)`; the same object where it holds that already. One lookup, not a new sort."""
        if end <= start:
            return self
        first = bisect_left(self.parts, start, key=_end)  # the first part that reaches `start`
        last = bisect_right(self.parts, end, key=_start)  # behind the last part that begins at `end` or earlier
        if first < last:
            a, b = self.parts[first][0], self.parts[last - 1][1]
            if first + 1 == last and a <= start and end <= b:
                return self
            start, end = min(a, start), max(b, end)
        return Spans((*self.parts[:first], (start, end), *self.parts[last:]))

    def without(self, start: int, end: int) -> Spans:
        """This set without `[start, end)`; the same object where it holds nothing of it."""
        if end <= start:
            return self
        first = bisect_right(self.parts, start, key=_end)
        last = bisect_left(self.parts, end, key=_start)
        if first >= last:
            return self
        kept = [(self.parts[first][0], start), (end, self.parts[last - 1][1])]
        return Spans((*self.parts[:first], *(part for part in kept if part[0] < part[1]), *self.parts[last:]))

    def within(self, start: int, end: int) -> Spans:
        """What this set holds of `[start, end)`."""
        if end <= start:
            return Spans()
        first = bisect_right(self.parts, start, key=_end)
        last = bisect_left(self.parts, end, key=_start)
        return Spans(tuple((max(a, start), min(b, end)) for a, b in self.parts[first:last]))

    def holding(self, t_us: int) -> tuple[int, int] | None:
        """The part that holds the instant `t_us`, or None."""
        i = bisect_right(self.parts, t_us, key=_start) - 1
        return self.parts[i] if i >= 0 and t_us < self.parts[i][1] else None

    @property
    def total_us(self) -> int:
        return sum(b - a for a, b in self.parts)

    def to_json(self) -> list[list[int]]:
        return [[a, b] for a, b in self.parts]


def _start(part: tuple[int, int]) -> int:
    return part[0]


def _end(part: tuple[int, int]) -> int:
    return part[1]
