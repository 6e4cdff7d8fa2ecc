"""Hair by style: what lies behind the head, the cap on the skull with its hairline, and what falls over it."""

from __future__ import annotations

import functools
from dataclasses import dataclass

import cv2
import numpy as np

from coder_app.studio.canvas import Canvas, Colour, Mask, Points, bgr, blend, curve, ellipse, ribbon
from coder_app.studio.eyes import within
from coder_app.studio.frame import Frame, Vector, smooth
from coder_app.studio.looks import Build, Head, Style

Point3 = tuple[float, float, float]
Clump = tuple[float, float, float, float]  # x, y, z, radius
Line2 = tuple[tuple[float, float], ...]
DARK = "#160D0A"


@dataclass(frozen=True, slots=True)
class Cut:
    """`front` is the hairline over the forehead on the skull, from left to right; `left` and `right` go on from it to the nape.

    `grow`: how far the hair stands off the skull. `edge`: how soft the hairline is, in stage units.
    """

    front: Line2
    right: tuple[Point3, ...]
    left: tuple[Point3, ...] = ()
    grow: float = 0.035
    edge: float = 0.0
    cover: float = 1.0
    ears: bool = True
    clumps: tuple[Clump, ...] = ()
    behind: tuple[Clump, ...] = ()
    sheen: tuple[tuple[tuple[Point3, ...], float], ...] = ()
    strands: tuple[Line2, ...] = ()
    locks: tuple[Line2, ...] = ()

    def line(self, build: Build) -> Vector:
        """The hairline, from the left nape over the forehead to the right nape."""
        return _hairline(self, build)


@functools.lru_cache(maxsize=64)
def _hairline(cut: Cut, build: Build) -> Vector:
    frame = Frame(build, 0, 0, 1, 0, 0, 0)
    left = cut.left or tuple((-x, y, z) for x, y, z in cut.right)
    front = tuple(frame.cranium(x, y) for x, y in cut.front)
    return smooth((*left[::-1], *front, *cut.right))


TEMPLES = ((0.85, -0.38, 0.12), (0.925, -0.06, -0.10), (0.95, 0.24, -0.34), (0.74, 0.92, -0.60))
NAPE = ((0.72, -0.36, 0.32), (0.78, -0.06, 0.10), (0.82, 0.26, -0.20), (0.66, 0.98, -0.45))
SIDEBURNS = (
    (0.68, -0.40, 0.36),
    (0.73, -0.08, 0.22),
    (0.765, 0.16, 0.10),
    (0.80, 0.18, -0.08),
    (0.84, 0.40, -0.36),
    (0.62, 0.90, -0.55),
)
RING: tuple[Clump, ...] = (
    *((-0.85, -0.35, -0.25, 0.42), (0.85, -0.35, -0.25, 0.42), (-0.62, -0.82, -0.25, 0.42), (0.62, -0.82, -0.25, 0.42)),
    *((0.0, -1.02, -0.25, 0.46), (-0.92, 0.15, -0.25, 0.36), (0.92, 0.15, -0.25, 0.36), (-0.35, -1.0, -0.25, 0.40)),
    *((0.35, -1.0, -0.25, 0.40), (-0.86, 0.5, -0.25, 0.26), (0.86, 0.5, -0.25, 0.26)),
    *((-0.40, -0.92, -0.66, 0.40), (0.40, -0.92, -0.66, 0.40), (0.0, -0.72, -0.98, 0.40), (-0.45, -0.40, -0.92, 0.42)),
    *((0.45, -0.40, -0.92, 0.42), (-0.50, 0.10, -0.84, 0.40), (0.50, 0.10, -0.84, 0.40), (0.0, -0.15, -1.06, 0.38)),
    *((0.0, 0.34, -0.90, 0.38), (-0.45, 0.50, -0.62, 0.32), (0.45, 0.50, -0.62, 0.32)),
)
COILS: tuple[tuple[float, float, float], ...] = (
    *((-0.66, -0.66, 0.12), (-0.48, -0.76, 0.13), (-0.28, -0.80, 0.13), (-0.08, -0.79, 0.13), (0.12, -0.80, 0.13)),
    *((0.32, -0.78, 0.13), (0.52, -0.74, 0.13), (0.70, -0.62, 0.12), (-0.50, -0.96, 0.13), (-0.26, -1.06, 0.14)),
    *((0.0, -1.10, 0.14), (0.26, -1.06, 0.14), (0.50, -0.95, 0.13)),
)
COILS_BEHIND: tuple[Clump, ...] = (
    *((-0.86, -0.50, -0.10, 0.13), (0.86, -0.50, -0.10, 0.13), (-0.62, -0.86, -0.42, 0.14), (0.62, -0.86, -0.42, 0.14)),
    *((0.0, -1.08, -0.55, 0.15), (-0.30, -1.0, -0.62, 0.14), (0.30, -1.0, -0.62, 0.14), (0.0, -0.92, -0.86, 0.15)),
    *((-0.55, -0.66, -0.80, 0.15), (0.55, -0.66, -0.80, 0.15), (0.0, -0.62, -1.06, 0.15), (-0.45, -0.30, -1.02, 0.15)),
    *((0.45, -0.30, -1.02, 0.15), (0.0, -0.20, -1.16, 0.15), (-0.50, 0.05, -0.94, 0.14), (0.50, 0.05, -0.94, 0.14)),
    *((0.0, 0.15, -1.06, 0.14), (-0.90, -0.20, -0.30, 0.12), (0.90, -0.20, -0.30, 0.12)),
)
TUFT = (
    (-0.22, -1.06),
    (-0.19, -1.17),
    (-0.04, -1.27),
    (0.14, -1.27),
    (0.24, -1.18),
    (0.21, -1.09),
    (0.16, -1.14),
    (0.08, -1.17),
    (0.02, -1.12),
    (0.04, -1.04),
    (-0.08, -1.00),
)
CURL = ((-0.14, -1.02), (-0.22, -1.12), (-0.36, -1.15), (-0.41, -1.08), (-0.34, -1.09), (-0.28, -1.04), (-0.26, -0.98))

WISP = Cut(
    front=(
        (-0.66, -0.62),
        (-0.42, -0.74),
        (-0.16, -0.72),
        (0.10, -0.64),
        (0.25, -0.60),
        (0.30, -0.70),
        (0.44, -0.76),
        (0.66, -0.64),
    ),
    right=TEMPLES,
    left=((-0.85, -0.36, 0.12), *((-x, y, z) for x, y, z in TEMPLES[1:])),
    edge=0.9,
    sheen=((((-0.55, -0.78, 0.35), (-0.25, -0.98, 0.3), (0.05, -1.03, 0.25)), 0.07),),
    locks=(TUFT, CURL),
)
CUTS: dict[Style, Cut] = {
    "wisp": WISP,
    "coils": Cut(
        front=((-0.66, -0.60), (-0.45, -0.72), (-0.22, -0.74), (0.0, -0.76), (0.22, -0.74), (0.45, -0.72), (0.66, -0.60)),
        right=TEMPLES,
        grow=0.045,
        clumps=tuple((x, y, 9.0, r) for x, y, r in COILS),
        behind=COILS_BEHIND,
    ),
    "straight": Cut(
        front=(
            *((-0.68, -0.44), (-0.54, -0.42), (-0.42, -0.49), (-0.28, -0.44), (-0.15, -0.50), (0.0, -0.45), (0.14, -0.51)),
            *((0.28, -0.45), (0.40, -0.51), (0.54, -0.46), (0.68, -0.46)),
        ),
        right=((0.86, -0.30, 0.14), (0.92, -0.02, -0.02), (0.95, 0.24, -0.34), (0.74, 0.92, -0.60)),
        grow=0.055,
        edge=0.7,
        sheen=((((-0.62, -0.72, 0.35), (-0.28, -0.92, 0.34), (0.10, -0.96, 0.3)), 0.10),),
        locks=(
            (
                (-0.10, -1.05),
                (-0.10, -1.16),
                (-0.02, -1.26),
                (0.02, -1.14),
                (0.10, -1.24),
                (0.10, -1.12),
                (0.20, -1.16),
                (0.14, -1.02),
            ),
        ),
    ),
    "downy": Cut(
        front=((-0.60, -0.74), (-0.30, -0.84), (0.0, -0.86), (0.30, -0.84), (0.60, -0.74)),
        right=((0.84, -0.46, 0.06), (0.93, -0.10, -0.22), (0.95, 0.22, -0.44), (0.74, 0.92, -0.64)),
        grow=0.012,
        edge=5.0,
        cover=0.62,
    ),
    "bun": Cut(
        front=((-0.60, -0.44), (-0.38, -0.66), (-0.02, -0.80), (0.20, -0.89), (0.34, -0.84), (0.56, -0.66)),
        right=NAPE,
        left=((-0.735, -0.16, 0.26), (-0.79, 0.06, 0.04), (-0.83, 0.30, -0.22), (-0.66, 0.98, -0.45)),
        grow=0.075,
        sheen=(
            (((-0.66, -0.62, 0.42), (-0.44, -0.90, 0.36), (0.0, -1.04, 0.30)), 0.11),
            (((0.62, -0.72, 0.36), (0.72, -0.50, 0.26), (0.80, -0.2, 0.1)), 0.06),
        ),
        strands=(
            ((0.16, -0.93), (-0.20, -0.93), (-0.55, -0.68), (-0.73, -0.32)),
            ((0.14, -1.0), (-0.25, -1.02), (-0.62, -0.74), (-0.78, -0.36)),
            ((0.22, -0.95), (0.46, -0.86), (0.66, -0.62), (0.76, -0.28)),
            ((0.20, -0.91), (0.17, -1.04), (0.14, -1.10)),
        ),
    ),
    "short": Cut(
        front=((-0.54, -0.56), (-0.20, -0.66), (0.0, -0.72), (0.22, -0.70), (0.56, -0.64)),
        right=SIDEBURNS,
        left=tuple((-x, y + (0.04 if k == 0 else 0), z) for k, (x, y, z) in enumerate(SIDEBURNS)),
        grow=0.085,
        clumps=((-0.40, -0.92, 0.25, 0.26), (-0.14, -1.0, 0.28, 0.25), (0.14, -1.01, 0.28, 0.25), (0.40, -0.93, 0.25, 0.26)),
        sheen=((((-0.45, -0.95, 0.5), (-0.1, -1.08, 0.45), (0.3, -1.06, 0.4)), 0.09),),
    ),
    "curls": Cut(
        front=((-0.54, -0.54), (-0.30, -0.70), (0.0, -0.74), (0.30, -0.70), (0.54, -0.54)),
        right=((0.70, -0.24, 0.30), (0.76, 0.05, 0.08), (0.80, 0.30, -0.25), (0.62, 1.0, -0.5)),
        grow=0.12,
        clumps=(
            *((-0.80, -0.50, -0.36, 0.27), (0.80, -0.50, -0.36, 0.27), (-0.66, -0.82, -0.10, 0.26), (0.66, -0.82, -0.10, 0.26)),
            *((-0.86, -0.06, -0.34, 0.24), (0.86, -0.06, -0.34, 0.24), (-0.80, 0.34, -0.46, 0.22), (0.80, 0.34, -0.46, 0.22)),
            *((-0.52, -0.78, 0.30, 0.22), (-0.24, -0.90, 0.42, 0.23), (0.06, -0.92, 0.45, 0.22), (0.34, -0.88, 0.40, 0.23)),
            *(
                (0.58, -0.72, 0.28, 0.21),
                (-0.74, -0.52, 0.14, 0.22),
                (0.76, -0.48, 0.12, 0.22),
                (-0.82, -0.2, 0.0, 0.19),
                (0.84, -0.2, 0.0, 0.19),
            ),
        ),
        behind=RING,
    ),
    "bob": Cut(
        front=((-0.52, -0.44), (-0.20, -0.64), (0.12, -0.80), (0.30, -0.66), (0.56, -0.42)),
        right=((0.70, -0.10, 0.36), (0.76, 0.30, 0.26), (0.80, 0.66, 0.14), (0.76, 0.98, 0.0)),
        grow=0.10,
        ears=False,
        sheen=(
            (((-0.62, -0.62, 0.42), (-0.40, -0.86, 0.40), (-0.05, -0.98, 0.34)), 0.11),
            (((0.40, -0.88, 0.36), (0.66, -0.64, 0.30), (0.80, -0.30, 0.14)), 0.10),
        ),
    ),
    "receding": Cut(
        front=((-0.62, -0.84), (-0.38, -1.02), (0.0, -1.085), (0.38, -1.02), (0.62, -0.84)),
        right=(
            *((0.74, -0.50, 0.10), (0.76, -0.22, 0.10), (0.765, 0.04, 0.20), (0.765, 0.20, 0.14), (0.80, 0.18, -0.08)),
            *((0.84, 0.40, -0.36), (0.62, 0.90, -0.55)),
        ),
        grow=0.02,
        edge=2.6,
    ),
    "parted": Cut(
        front=((-0.56, -0.62), (-0.38, -0.80), (-0.26, -0.86), (-0.10, -0.70), (0.16, -0.58), (0.42, -0.58), (0.60, -0.50)),
        right=SIDEBURNS,
        grow=0.10,
        clumps=((-0.30, -0.96, 0.30, 0.22), (0.02, -0.98, 0.34, 0.27), (0.32, -0.90, 0.34, 0.27), (0.54, -0.74, 0.28, 0.22)),
        sheen=((((-0.26, -0.98, 0.5), (0.06, -1.06, 0.45), (0.46, -0.92, 0.42)), 0.10),),
        strands=(((-0.26, -0.92), (0.10, -0.92), (0.44, -0.74), (0.66, -0.52)), ((-0.26, -0.98), (0.14, -1.04), (0.52, -0.84))),
    ),
    "set": Cut(
        front=((-0.56, -0.50), (-0.34, -0.68), (-0.06, -0.74), (0.18, -0.66), (0.36, -0.58), (0.56, -0.48)),
        right=((0.70, -0.20, 0.30), (0.76, 0.05, 0.12), (0.80, 0.28, -0.15), (0.62, 0.92, -0.5)),
        grow=0.13,
        clumps=(
            *((-0.46, -0.84, 0.30, 0.26), (-0.16, -0.96, 0.40, 0.26), (0.16, -0.94, 0.42, 0.26), (0.46, -0.80, 0.32, 0.25)),
            *(
                (-0.70, -0.55, 0.16, 0.24),
                (0.72, -0.50, 0.14, 0.24),
                (-0.80, -0.18, 0.02, 0.22),
                (0.82, -0.14, 0.02, 0.22),
                (-0.80, 0.16, -0.10, 0.18),
                (0.82, 0.18, -0.10, 0.18),
            ),
        ),
        behind=tuple((0.92 * x, 0.92 * y, 0.9 * z, 0.86 * r) for x, y, z, r in RING),
        sheen=((((-0.60, -0.72, 0.42), (-0.30, -0.98, 0.40), (0.10, -1.02, 0.36)), 0.10),),
    ),
    "braids": Cut(
        front=((-0.58, -0.50), (-0.34, -0.70), (0.0, -0.78), (0.34, -0.70), (0.58, -0.50)),
        right=NAPE,
        grow=0.06,
        sheen=((((-0.60, -0.66, 0.42), (-0.34, -0.90, 0.38), (0.0, -0.98, 0.34)), 0.08),),
        strands=tuple(((x, -0.76), (1.15 * x, -0.94), (0.95 * x, -1.10)) for x in (-0.42, -0.22, 0.0, 0.22, 0.42))
        + tuple(((side * 0.58, -0.60), (side * 0.72, -0.76), (side * 0.62, -0.92)) for side in (-1, 1)),
    ),
    "scarf": Cut(
        front=((-0.50, -0.52), (-0.28, -0.66), (0.0, -0.70), (0.28, -0.66), (0.50, -0.52)),
        right=((0.64, -0.24, 0.40), (0.70, 0.10, 0.30), (0.72, 0.48, 0.20), (0.64, 0.84, 0.12), (0.50, 1.10, 0.10)),
        grow=0.14,
        ears=False,
    ),
}
BOB_SIDE: tuple[Point3, ...] = (
    (0.66, -0.84, -0.2),
    (0.93, -0.25, -0.25),
    (1.00, 0.40, -0.22),
    (0.95, 0.90, -0.15),
    (0.62, 1.02, -0.2),
)
BOB: tuple[tuple[Point3, ...], ...] = (  # an outline seen from the front and one seen from the side
    ((0.0, -1.05, -0.2), *BOB_SIDE, (0.0, 0.90, -0.6), *((-x, y, z) for x, y, z in BOB_SIDE[::-1])),
    (
        *((0.0, -1.0, -0.2), (0.0, -0.86, -0.86), (0.0, -0.30, -1.16), (0.0, 0.45, -1.06), (0.0, 0.92, -0.92)),
        *((0.0, 0.98, -0.50), (0.0, 0.74, -0.10), (0.0, 0.3, 0.1)),
    ),
)
DRAPE = (
    *((-0.56, -0.30), (0.56, -0.30), (0.74, 0.30), (0.84, 0.90), (1.00, 1.30), (1.06, 1.74), (0.10, 2.14)),
    *((-0.98, 1.74), (-0.76, 1.30), (-0.70, 0.90), (-0.74, 0.30)),
)
DRAPE_FOLDS = (
    ((-0.62, 1.02), (-0.05, 1.46), (0.62, 1.10)),
    ((-0.74, 1.34), (-0.10, 1.76), (0.72, 1.46)),
    ((-0.66, 1.68), (0.0, 2.0), (0.60, 1.82)),
)
SCARF_FOLDS = (
    ((-0.46, -0.60), (-0.30, -0.92), (0.10, -1.08)),
    ((0.50, -0.56), (0.60, -0.78), (0.40, -1.0)),
    ((-0.70, -0.20), (-0.72, -0.55), (-0.50, -0.86)),
)


def behind(canvas: Canvas, frame: Frame, head: Head) -> None:
    """Hair on the far side of the head: a bun, a mass of curls, the sides of a bob, a plait, a scarf's fall."""
    hair, sheen = bgr(head.hair), bgr(head.sheen)
    cut = CUTS[head.style]
    if head.style in ("bun", "braids"):
        _bun(canvas, frame, hair, sheen, 1.0 if head.style == "bun" else 1.12)
    if cut.behind:
        balls = [_ball(frame, clump) for clump in cut.behind]
        mask = canvas.mask(balls)
        back = blend(hair, bgr("#120B09"), 0.18)
        canvas.modelled(mask, back, lambda layer, m: _round(layer, m, hair, sheen, 1.1), 4)
        for ball in balls:
            middle = ball.mean(0)
            canvas.ribbon(ball[14:27] * 0.80 + middle * 0.20, [0.4, 2.2, 0.4], blend(hair, sheen, 0.25), 0.40)
    if head.style == "scarf":
        _drape(canvas, frame, hair, sheen)
    if head.style == "bob":
        _bob(canvas, frame, hair, sheen)


def _ball(frame: Frame, clump: Clump) -> Points:
    x, y, z, r = clump
    px, py = frame.project(np.array([x, y, z]))
    return ellipse(px, py, r * frame.radius, r * frame.radius, n=30)


def _round(layer: Canvas, mask: Mask, hair: Colour, sheen: Colour, size: float) -> None:
    """The form of a mass of hair: dark away from the light, a little sheen toward it."""
    layer.shade(mask, -8 * size, -10 * size, 12 * size, blend(hair, bgr(DARK), 0.5), 0.6)
    layer.shade(mask, 9 * size, 11 * size, 13 * size, blend(hair, sheen, 0.8), 0.40)


def _bun(canvas: Canvas, frame: Frame, hair: Colour, sheen: Colour, size: float) -> None:
    at = frame.project(np.array([0.06, -1.22, -0.52]))
    angle = np.radians(frame.tilt)
    roll = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]]) * frame.radius * size
    shape = [(-0.40, 0.10), (-0.34, -0.20), (-0.05, -0.37), (0.27, -0.28), (0.41, 0.02), (0.28, 0.30), (-0.25, 0.32)]
    mask = canvas.mask([at + curve(shape, closed=True, n=8) @ roll])
    canvas.modelled(mask, hair, lambda layer, m: _round(layer, m, hair, sheen, 0.6), 3)
    for swirl in (
        ((-0.26, 0.02), (-0.06, -0.22), (0.22, -0.12), (0.24, 0.10)),
        ((-0.16, 0.16), (-0.02, -0.05), (0.12, -0.02), (0.10, 0.10)),
    ):
        canvas.ribbon(at + curve(swirl, n=9) @ roll, [0.4, 1.9, 1.9, 0.4], blend(hair, bgr(DARK), 0.28), 0.6)


def _bob(canvas: Canvas, frame: Frame, hair: Colour, sheen: Colour) -> None:
    """The hair behind the cheeks, down to the chin on both sides."""
    mask = canvas.mask([frame.project(smooth(loop, True)) for loop in BOB])
    canvas.modelled(mask, blend(hair, bgr("#120B09"), 0.2), lambda layer, m: _round(layer, m, hair, sheen, 1.0), 4)


def _drape(canvas: Canvas, frame: Frame, cloth: Colour, sheen: Colour) -> None:
    """The cloth of a scarf behind the face and wound about the neck, which slants to the right, away from the partner."""
    r = frame.radius
    middle = frame.middle + np.array([0.06 * r * frame.turn, 0.0])
    back = -0.34 * frame.turn
    hung = [(middle[0] + (x + back * within(1.15 - y) + 0.36 * within(0.8 * y - 0.4)) * r, middle[1] + y * r) for x, y in DRAPE]
    shape = curve(hung, closed=True, n=8)
    mask = canvas.mask([shape])
    dark = blend(cloth, bgr("#10262E"), 0.35)
    chin = frame.at(0.0, 1.0 + 0.10 * frame.jaw)

    def form(layer: Canvas, m: Mask) -> None:
        _round(layer, m, blend(cloth, bgr("#10262E"), 0.1), sheen, 1.0)
        layer.soft([ellipse(chin[0] + 0.08 * r, chin[1] + 0.05 * r, 0.55 * r, 0.26 * r)], dark, 0.7, 0.12 * r, m)

    canvas.modelled(mask, cloth, form, 3)
    for fold in DRAPE_FOLDS:
        line = curve([(middle[0] + (x + 0.36 * within(0.8 * y - 0.4)) * r, middle[1] + y * r) for x, y in fold], n=10)
        canvas.paint(canvas.mask(ribbon(line, [0.5, 3.2, 0.5])).cut(mask), dark, 0.5)


class Cap:
    """The hair on a skull: `mask` is where it lies. It is found before the face is drawn, because it throws a shadow on it."""

    def __init__(self, canvas: Canvas, frame: Frame, head: Head, skin: Points) -> None:
        self.frame, self.head, self.cut = frame, head, CUTS[head.style]
        line = self.cut.line(frame.build)
        outer = frame.hair_outline(skin, self.cut.grow, line)
        tufts = [(shape, over) for shape, over in map(self._tuft, self.cut.clumps) if shape is not None]
        under = [shape for shape, _ in tufts]
        self.curled = under if self.cut.behind and not frame.build.infant else []
        whole = canvas.mask([outer, skin, *under])
        cover, face = canvas.covered(whole, [outer, *under]), canvas.covered(whole, [frame.opening(line)])
        if self.cut.edge:
            face = np.asarray(cv2.GaussianBlur(face, (0, 0), self.cut.edge * canvas.scale * frame.radius / 110), np.uint8)
        cover = np.asarray(cv2.min(cover, cv2.bitwise_not(face)), np.uint8)
        over_face = canvas.covered(whole, [over for _, over in tufts if over is not None])
        self.mask = Mask(whole.left, whole.top, np.asarray(cv2.max(cover, over_face), np.uint8))

    def _tuft(self, clump: Clump) -> tuple[Points | None, Points | None]:
        """A tuft on the skull, and as much of it as hangs over the face; both shrink as it turns out of sight, this one first.

        z above 1 means: wherever the skull is.
        """
        x, y, z, r = clump
        point = np.array(self.frame.cranium(x, y, 0.02) if z > 1 else (x, y, z))
        shown = within((float(self.frame.depth(point)) + 0.30) / 0.35)
        px, py = self.frame.project(point)
        sizes = (shown * r * self.frame.radius, within(2 * shown - 1) * r * self.frame.radius)
        under, over = (ellipse(px, py, size, size, n=28) if size > 0.5 else None for size in sizes)
        return under, over

    def shadow(self, canvas: Canvas) -> Mask:
        """Where the hair darkens the face under it."""
        return canvas.dropped(self.mask, 1.5, 5.0, 5.0)

    def draw(self, canvas: Canvas) -> None:
        frame, cut = self.frame, self.cut
        hair, sheen = bgr(self.head.hair), bgr(self.head.sheen)
        unit = frame.radius / 110

        def form(layer: Canvas, mask: Mask) -> None:
            layer.shade(mask, -8 * unit, -10 * unit, 12 * unit, blend(hair, bgr(DARK), 0.45), 0.6)
            layer.shade(mask, 9 * unit, 12 * unit, 14 * unit, sheen, 0.40)
            for arc, width in cut.sheen:
                shown = within((float(np.min(frame.depth(np.array(arc)))) + 0.25) / 0.2)
                layer.soft(ribbon(frame.project(smooth(arc)), [0.5, width * frame.radius, 0.5]), sheen, 0.55 * shown, 2.5, mask)

        lying = self.mask.trimmed()
        if cut.cover < 1 and lying.cover.size:
            lying = Mask(lying.left, lying.top, np.asarray(cv2.convertScaleAbs(lying.cover, alpha=cut.cover), np.uint8))
        canvas.modelled(lying, hair, form, 3)
        self._strands(canvas, blend(hair, bgr(DARK), 0.5))
        for curl in self.curled:
            for part, colour in ((slice(13, 25), blend(hair, sheen, 0.45)), (slice(0, 10), blend(hair, bgr(DARK), 0.35))):
                arc = canvas.mask(ribbon(0.78 * curl[part] + 0.22 * curl.mean(0), [0.4, 2.6, 0.4]))
                canvas.paint(arc.cut(self.mask), colour, 0.45)
        for lock in cut.locks:
            canvas.fill(self._lock(lock), hair, 0.96)
        if self.head.style == "bun":
            self._loose(canvas, hair)
        if self.head.style == "scarf":
            self._scarf(canvas, hair)
        elif self.head.band:
            self._band(canvas)

    def _lock(self, lock: Line2) -> Points:
        """A tuft on top: it turns with the head but never shows its edge."""
        root = np.array([0.0, -1.0, 0.16])
        angle = np.radians(self.frame.tilt)
        roll = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]]) * self.frame.radius
        flat = (curve(lock, closed=True, n=8) - root[:2]) * (0.66 + 0.34 * float(np.cos(np.radians(self.frame.yaw))), 1.0)
        return self.frame.project(root) + flat @ roll

    def _strands(self, canvas: Canvas, colour: Colour) -> None:
        """Lines where the hair parts or is drawn back; they end where the skull turns away."""
        for strand in self.cut.strands:
            line = smooth(tuple(self.frame.cranium(x, y, 0.06) for x, y in strand))
            near = np.clip((self.frame.depth(line) + 0.05) / 0.25, 0, 1)
            widths = np.interp(np.linspace(0, 1, len(line)), [0, 0.3, 0.7, 1], [0.4, 1.9, 1.9, 0.4]) * near
            if widths.max() > 0.3:
                canvas.paint(
                    canvas.mask(ribbon(self.frame.project(line), [float(w) for w in widths])).cut(self.mask), colour, 0.65
                )

    def _loose(self, canvas: Canvas, hair: Colour) -> None:
        """Two strands before the ears."""
        lines = (
            ((-0.745, -0.44, 0.16), (-0.765, -0.10, 0.24), (-0.745, 0.14, 0.24), (-0.68, 0.34, 0.28)),
            ((0.745, -0.44, 0.16), (0.765, -0.12, 0.24), (0.745, 0.10, 0.24), (0.69, 0.27, 0.28)),
        )
        for line, width in zip(lines, (5.0, 4.2), strict=True):
            near = within((float(self.frame.depth(np.array(line[1]))) - 0.06) / 0.14) * self.frame.radius / 110
            if near > 0.03:
                canvas.ribbon(
                    self.frame.project(smooth(line)), [width * near, width * near, 0.7 * width * near, 0.7 * near], hair
                )

    def _band(self, canvas: Canvas) -> None:
        """A hair band with a bow."""
        frame, colour = self.frame, bgr(self.head.band)
        arc = smooth(
            tuple(
                frame.cranium(x, y, 0.07)
                for x, y in ((-0.78, -0.60), (-0.42, -0.86), (0.0, -0.94), (0.42, -0.86), (0.78, -0.60))
            )
        )
        canvas.paint(canvas.mask(ribbon(frame.project(arc), [0.115 * frame.radius])).cut(self.mask), colour)
        knot = frame.cranium(0.30, -0.90, 0.10)
        for side in (-1, 1):
            loop = [(0.0, 0.0), (0.09 * side, -0.12), (0.22 * side, -0.10), (0.21 * side, 0.09), (0.09 * side, 0.09)]
            shape = np.array([(knot[0] + dx, knot[1] + dy + 0.10 * dx, knot[2]) for dx, dy in loop])
            canvas.solid([frame.project(curve(shape, closed=True, n=6))], colour, blend(colour, bgr("#7A3E12"), 0.5), 3)
        x, y = frame.project(np.array(knot))
        canvas.fill(ellipse(x, y, 0.045 * frame.radius, 0.055 * frame.radius, n=18), blend(colour, bgr("#7A3E12"), 0.25))

    def _scarf(self, canvas: Canvas, cloth: Colour) -> None:
        """The band at the forehead, and folds over the head."""
        frame, r = self.frame, self.frame.radius
        line = self.cut.line(frame.build)
        near = np.clip((frame.depth(line) - 0.02) / 0.15, 0, 1) * np.clip((0.70 - line[:, 1]) / 0.5, 0, 1)
        shown = near > 0.01
        widths = [float(w) for w in 0.055 * r * near[shown]]
        if len(widths) > 2:
            canvas.paint(canvas.mask(ribbon(frame.project(line[shown]), widths)), bgr(self.head.band), 0.95)
        for fold in SCARF_FOLDS:
            points = smooth(tuple(frame.cranium(x, y, 0.10) for x, y in fold))
            near = np.clip((frame.depth(points) + 0.05) / 0.25, 0, 1) * np.interp(
                np.linspace(0, 1, len(points)), [0, 0.4, 1], [0.4, 2.6, 0.4]
            )
            stroke = canvas.mask(ribbon(frame.project(points), [float(w) for w in near]))
            canvas.paint(stroke.cut(self.mask), blend(cloth, bgr("#10262E"), 0.35), 0.5)
