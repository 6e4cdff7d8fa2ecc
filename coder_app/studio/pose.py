"""How a person looks at one instant, as numbers from 0 to 1 unless said otherwise. Nothing here knows codes or drawing."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TypeVar


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
    narrow: float = 0.0  # lids drawn together by the face, over and above the gaze's own
    flush: float = 0.0
    tilt: float = 0.0
    alive: float = 1.0  # share of idle motion; 0 is a still face


@dataclass(frozen=True, slots=True)
class Person:
    """`sway` moves head and trunk in stage units; `breath` 0..1 lifts the chest; `lean` is toward the partner."""

    gaze: Gaze = field(default_factory=Gaze)
    face: Expression = field(default_factory=Expression)
    sway: tuple[float, float] = (0.0, 0.0)
    breath: float = 0.0
    lean: float = 0.0


@dataclass(frozen=True, slots=True)
class Pose:
    """Everything on the stage. `cloth` 0..1 is how far a cloth has come over the infant's eyes; `t_us` is the time shown."""

    infant: Person
    caregiver: Person
    cloth: float
    t_us: int


Numbers = TypeVar("Numbers", Gaze, Expression)


def mix(first: Numbers, second: Numbers, share: float) -> Numbers:
    """`share` 0 gives the first, 1 the second, field by field."""
    if share <= 0:
        return first
    if share >= 1:
        return second
    values = {f.name: getattr(first, f.name) * (1 - share) + getattr(second, f.name) * share for f in fields(first)}
    return type(first)(**values)
