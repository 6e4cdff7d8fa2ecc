"""Interval algebra: sorted, disjoint, half-open spans `[from_us, to_us)` in integer microseconds."""

from __future__ import annotations

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
        for start, end in self.parts:
            at = start
            for a, b in other.parts:
                if b <= at or a >= end:
                    continue
                if a > at:
                    left.append((at, a))
                at = max(at, b)
            if at < end:
                left.append((at, end))
        return Spans(tuple(left))

    def holding(self, t_us: int) -> tuple[int, int] | None:
        """The part that holds the instant `t_us`, or None."""
        return next(((a, b) for a, b in self.parts if a <= t_us < b), None)

    @property
    def total_us(self) -> int:
        return sum(b - a for a, b in self.parts)
