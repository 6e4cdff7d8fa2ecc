"""How a person looks at one instant, as numbers from 0 to 1 unless said otherwise. Nothing here knows codes or drawing."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any, TypeVar


@dataclass(frozen=True, slots=True)
class Gaze:
    """Directions on the stage in degrees: yaw + is right, pitch + is up. The eyes point to `gaze`, whatever the head does."""

    head_yaw: float = 0.0
    head_pitch: float = 0.0
    gaze_yaw: float = 0.0
    gaze_pitch: float = 0.0
    lids: float = 1.0  # 1 open, 0 shut


@dataclass(frozen=True, slots=True)
class Expression:
    """`corner` runs from -1 (down) to 1 (up); `tilt` is the roll of the head in degrees."""

    corner: float = 0.0
    widen: float = 0.0
    open: float = 0.0
    round: float = 0.0
    square: float = 0.0
    pout: float = 0.0
    brow_raise: float = 0.0
    brow_inner: float = 0.0
    knit: float = 0.0
    cheek: float = 0.0
    narrow: float = 0.0  # lids drawn together by the face, over and above the gaze's own; below 0 they are wide
    squeeze: float = 0.0  # eyes pressed shut, as in crying
    press: float = 0.0  # lips pressed together
    tear: float = 0.0
    flush: float = 0.0
    tilt: float = 0.0
    alive: float = 1.0  # share of idle motion; 0 is a still face


@dataclass(frozen=True, slots=True)
class Person:
    """`sway` moves head and trunk in stage units; `breath` 0..1 lifts the chest; `lean` -1..1 is toward the partner or back."""

    gaze: Gaze = field(default_factory=Gaze)
    face: Expression = field(default_factory=Expression)
    sway: tuple[float, float] = (0.0, 0.0)
    breath: float = 0.0
    lean: float = 0.0
    loom: float = 0.0  # 0 at their place, 1 so near that the face is half as large again
    trunk_yaw: float = 0.0  # degrees on the stage, + is right
    arch: float = 0.0  # back pressed into the seat, chest and chin up


@dataclass(frozen=True, slots=True)
class Hand:
    """`x`, `y`: the middle of the hand in stage units; `angle`: where its fingers point, 0 right, 90 down, 180 left, -90 up."""

    x: float = 0.0
    y: float = 0.0
    angle: float = 0.0
    open: float = 0.15  # 0 fingers together or a fist, 1 spread
    curl: float = 0.0  # fingers bent, as of a hand that grips or tickles
    point: float = 0.0  # only the forefinger stretched
    thumb: float = 1.0  # 1 the thumb is left of the fingers as they point, -1 right of them; between, the hand turns over
    bow: float = 0.0  # stage units by which the elbow drops further than it would
    follow: float = 0.0  # 0 stays on the stage (an infant's: on its trunk), 1 goes along with the infant's head
    lift: float = 0.0  # 0 touches what is below it, 1 is a hand's breadth away: its shadow shows it
    cloth: float = 0.0  # 1 holds a cloth, smaller ones are on their way to it


@dataclass(frozen=True, slots=True)
class Hands:
    """`left` and `right` as the viewer has them. `laced` 1: the fingers of one lie between those of the other."""

    left: Hand
    right: Hand
    laced: float = 0.0


INFANT_HANDS = Hands(Hand(290, 420, 58), Hand(414, 420, 122, thumb=-1.0))
CAREGIVER_HANDS = Hands(Hand(760, 620, 200), Hand(900, 640, 200))  # below the picture


@dataclass(frozen=True, slots=True)
class Pose:
    """Everything on the stage. `cloth` and `cover` 0..1 are how far a cloth or a hand has come over the infant's eyes.

    `t_us` is the time shown; `rock` -1..1 tips the seat to the left or right; `toy` scales the swing of the mobile.
    """

    infant: Person
    caregiver: Person
    cloth: float
    t_us: int
    infant_hands: Hands = INFANT_HANDS
    caregiver_hands: Hands = CAREGIVER_HANDS
    cover: float = 0.0
    rock: float = 0.0
    toy: float = 1.0


Numbers = TypeVar("Numbers", Gaze, Expression, Person, Hand, Hands)


def mix(first: Numbers, second: Numbers, share: float) -> Numbers:
    """`share` 0 gives the first, 1 the second, number by number."""
    if share <= 0:
        return first
    if share >= 1:
        return second
    return type(first)(**{f.name: _between(getattr(first, f.name), getattr(second, f.name), share) for f in fields(first)})


def _between(first: Any, second: Any, share: float) -> Any:
    if isinstance(first, tuple):
        return tuple(_between(a, b, share) for a, b in zip(first, second, strict=True))
    return first * (1 - share) + second * share if isinstance(first, (int, float)) else mix(first, second, share)
