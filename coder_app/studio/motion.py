"""How numbers change over time: eased ramps from one state to the next, and the slow idle motion of somebody alive."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Generic

from coder_app.studio.pose import Numbers, mix
from coder_app.studio.script import Happening

BLINK_CLOSE_S, BLINK_OPEN_S = 0.05, 0.10
STIR_S = 0.8


def ramp(t: float, start: float, length: float) -> float:
    """0 until `start`, 1 from `start + length` on, smooth between (smoothstep)."""
    x = min(max((t - start) / length, 0.0), 1.0)
    return x * x * (3 - 2 * x)


def bump(t: float, start: float, end: float, length: float) -> float:
    """Up from `start`, down from `end`, each over `length`."""
    return ramp(t, start, length) * (1 - ramp(t, end, length))


def at_s(event: Happening) -> float:
    return event.at_us / 1e6


def end_s(event: Happening) -> float:
    return event.end_us / 1e6


@dataclass(frozen=True, slots=True)
class Cue(Generic[Numbers]):
    """From `at_s` on the state becomes `shown(t)`, over `length_s`; a cue at 0 or before is there from the first frame."""

    at_s: float
    shown: Callable[[float], Numbers]
    length_s: float

    def share(self, t: float) -> float:
        return 1.0 if self.at_s <= 0 else ramp(t, self.at_s, self.length_s)


class Track(Generic[Numbers]):
    """A state over time, from cues in order."""

    def __init__(self, rest: Numbers, cues: Sequence[Cue[Numbers]]) -> None:
        self.rest: Numbers = rest
        self.cues: list[Cue[Numbers]] = sorted(cues, key=lambda cue: cue.at_s)
        self.starts: list[float] = [cue.at_s for cue in self.cues]

    def at(self, t: float) -> Numbers:
        """The state at `t` seconds: the last cue that is complete, and those on their way mixed over it."""
        last = bisect_left(self.starts, t)
        first = next((i for i in range(last - 1, -1, -1) if self.cues[i].share(t) >= 1), -1)
        value = self.cues[first].shown(t) if first >= 0 else self.rest
        for cue in self.cues[max(first + 1, 0) : last]:
            value = mix(value, cue.shown(t), cue.share(t))
        return value


def track(
    events: Sequence[Happening],
    shown: Callable[[Happening], Callable[[float], Numbers]],
    rest: Numbers,
    length_s: float,
    arrives: Callable[[Happening], bool] = lambda event: False,
) -> Track[Numbers]:
    """Each event ramps in from what was shown before, and back to rest where none follows at once.

    An event that `arrives` is complete at its onset, unless another of the kind goes before it: a hand is on its way before
    it touches.
    """
    cues: list[Cue[Numbers]] = []
    starts = [_start(before, event, length_s, arrives) for before, event in zip([None, *events], events, strict=False)]
    for event, start, following in zip_longest(events, starts, starts[1:]):
        cues.append(Cue(start, shown(event), length_s))
        if following is None or following > end_s(event):
            cues.append(Cue(end_s(event), lambda t: rest, length_s))
    return Track(rest, cues)


def _start(before: Happening | None, event: Happening, length_s: float, arrives: Callable[[Happening], bool]) -> float:
    """When the ramp into an event begins."""
    if not arrives(event) or (before is not None and before.end_us == event.at_us and arrives(before)):
        return at_s(event)
    return max(at_s(event) - length_s, end_s(before) if before is not None else 0.0)


@dataclass(frozen=True, slots=True)
class Idle:
    """Motion that carries no code: phases of sines, breathing, when this person blinks, and stirs (brows, head, hands)."""

    phases: tuple[float, ...]
    breath_s: float
    blinks_s: tuple[float, ...]
    stirs_s: tuple[float, ...] = ()

    def sway(self, t: float) -> tuple[float, float, float]:
        """Yaw in degrees, x and y in stage units; each stays within about 1."""
        periods = zip((7.3, 5.1, 6.2), self.phases, strict=True)
        a, b, c = (math.sin(2 * math.pi * t / period + phase) for period, phase in periods)
        return 0.7 * a + 0.3 * b, 0.6 * b + 0.4 * c, 0.7 * c

    def breath(self, t: float) -> float:
        return 0.5 - 0.5 * math.cos(2 * math.pi * t / self.breath_s)

    def stir(self, t: float) -> float:
        """0, or up to 1 in the middle of a small stir."""
        at = bisect_left(self.stirs_s, t) - 1
        return math.sin(math.pi * min((t - self.stirs_s[at]) / STIR_S, 1.0)) ** 2 if at >= 0 else 0.0

    def lids(self, t: float) -> float:
        """1 open; closes in 0.05 s and opens in 0.10 s at a blink."""
        at = bisect_left(self.blinks_s, t) - 1
        since = t - self.blinks_s[at] if at >= 0 else 1.0
        if since > BLINK_CLOSE_S + BLINK_OPEN_S:
            return 1.0
        return 1 - since / BLINK_CLOSE_S if since < BLINK_CLOSE_S else (since - BLINK_CLOSE_S) / BLINK_OPEN_S
