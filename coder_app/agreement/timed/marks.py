"""What one coder marked on one stream, as numbers: the one place where a coding becomes data for statistics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder_app.agreement.data import MISSING, Timeline, Track
from coder_app.model.interval import Spans
from coder_app.model.scheme import Code, Stream

if TYPE_CHECKING:
    from coder_app.model.coding import Coding

NONE = "none"


@dataclass(frozen=True, slots=True)
class Marks:
    """`span`: the coded span. `bouts`: (onset_us, offset_us, code id), open ones already ended at their reach.
    `points`: (instant_us, code id)."""

    span: Spans
    bouts: tuple[tuple[int, int, str], ...] = ()
    points: tuple[tuple[int, str], ...] = ()

    def of(self, codes: frozenset[str]) -> list[tuple[int, int]]:
        """Bouts of any of `codes`, without the code."""
        return [(onset, offset) for onset, offset, code in self.bouts if code in codes]


def marks(coding: Coding, stream_id: str) -> Marks:
    """The marks of `coding` on a stream. An open bout ends where `Coding.reach_us` says; before that it has no time."""
    bouts: list[tuple[int, int, str]] = []
    points: list[tuple[int, str]] = []
    for event in coding.events.values():
        if event.stream != stream_id or event.onset_us is None:
            continue
        if event.kind == "point":
            points.append((event.onset_us, event.code))
        elif event.kind == "state":
            end = coding.reach_us(event) if event.offset_us is None else event.offset_us
            bouts.append((event.onset_us, end, event.code))
    return Marks(coding.span(stream_id), tuple(sorted(bouts)), tuple(sorted(points)))


def state_codes(stream: Stream) -> tuple[Code, ...]:
    """Codes that are categories: states, without the unscorable ones."""
    return tuple(c for c in stream.codes if c.kind == "state" and not c.unscorable)


def point_codes(stream: Stream) -> tuple[Code, ...]:
    return tuple(c for c in stream.codes if c.kind == "point" and not c.unscorable)


def unscorable_codes(stream: Stream) -> frozenset[str]:
    """Declared or implied."""
    return frozenset(c.id for c in stream.codes if c.unscorable)


def compared_span(first: Marks, second: Marks, window: Spans) -> Spans:
    """The time both coded, inside `window` (the observation)."""
    return first.span & second.span & window


def unscorable_span(stream: Stream, mark: Marks) -> Spans:
    """Time a coder called unscorable on this stream."""
    return Spans.of(mark.of(unscorable_codes(stream)))


def stream_timeline(stream: Stream, first: Marks, second: Marks, window: Spans) -> Timeline:
    """All codes of an exclusive stream as categories, and `none` where the stream is not exhaustive."""
    codes = state_codes(stream)
    place = {code.id: i for i, code in enumerate(codes)} | dict.fromkeys(unscorable_codes(stream), MISSING)
    categories = tuple(code.id for code in codes) + (() if stream.exhaustive else (NONE,))
    gap = MISSING if stream.exhaustive else len(codes)
    tracks = [Track.of((a, b, place[code]) for a, b, code in mark.bouts) for mark in (first, second)]
    return Timeline(compared_span(first, second, window), tracks[0], tracks[1], categories, gap)


def code_timeline(stream: Stream, code_id: str, first: Marks, second: Marks, window: Spans) -> Timeline:
    """One code as present or absent; for streams whose codes may overlap."""
    place = {code_id: 0} | dict.fromkeys(unscorable_codes(stream), MISSING)
    tracks = [Track.of((a, b, place[code]) for a, b, code in mark.bouts if code in place) for mark in (first, second)]
    return Timeline(compared_span(first, second, window), tracks[0], tracks[1], ("present", "absent"), gap=1)
