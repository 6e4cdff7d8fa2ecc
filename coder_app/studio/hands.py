"""Hands: an infant's chubby ones, an adult's with jointed fingers, and a cloth held in one.

Written with the fingers along +x and the thumb at -y, in units of about half the width of the hand.
"""

from __future__ import annotations

import functools
import itertools

import numpy as np

from coder_app.studio.canvas import Canvas, Colour, Points, bgr, blend, curve, ellipse, moved
from coder_app.studio.limbs import capsule, direction, placed, shaded
from coder_app.studio.looks import Skin
from coder_app.studio.pose import Hand

INFANT_SIZE, ADULT_SIZE = 25.0, 40.0
INFANT_PALM = [
    (-0.80, -0.46),
    (-0.30, -0.82),
    (0.40, -0.80),
    (0.74, -0.42),
    (0.76, 0.30),
    (0.46, 0.76),
    (-0.25, 0.80),
    (-0.80, 0.46),
]
ADULT_PALM = [(-1.28, -0.40), (-0.7, -0.60), (-0.15, -0.73), (0.30, -0.72), (0.42, -0.3), (0.42, 0.25), (0.22, 0.70)]
ADULT_PALM += [(-0.35, 0.72), (-0.9, 0.52), (-1.28, 0.40)]
FINGER_LENGTHS, FINGER_ROOTS, FINGER_SPREAD = (0.92, 1.08, 1.02, 0.80), (-0.55, -0.18, 0.18, 0.53), (-12, -4, 4, 13)


def _between(first: float, second: float, share: float) -> float:
    return first + (second - first) * share


@functools.lru_cache(maxsize=16)
def _palm(infant: bool) -> Points:
    return curve(INFANT_PALM if infant else ADULT_PALM, closed=True, n=6)


def infant(canvas: Canvas, skin: Skin, hand: Hand, at: Points, shadow: Colour, size: float = INFANT_SIZE) -> None:
    """A fist at `open` 0, a star at 1."""

    def here(points: Points) -> Points:
        return placed(points, at, hand.angle, size, hand.thumb)

    opened = hand.open
    fingers = [_infant_finger(i, opened) for i in range(4)]
    outlines = [here(capsule(root, tip, 0.27, 0.24)) for root, tip in fingers]
    knuckle = direction(_between(14, -52, opened))
    root = np.array([-0.02, _between(-0.52, -0.62, opened)])
    thumb = here(capsule(root, root + _between(0.62, 0.66, opened) * knuckle, 0.30, 0.24))
    shapes = [here(_palm(True)), *outlines, *([thumb] if opened > 0.4 else [])]
    canvas.soft([moved(shape, 1.5, 3.5) for shape in shapes], shadow, 0.3, 3)
    base, dark = bgr(skin.base), bgr(skin.shade)
    shaded(canvas, shapes, base, dark, 4)
    line = blend(dark, bgr(skin.line), 0.15)
    for (root, tip), (root_2, tip_2) in itertools.pairwise(fingers):
        start, end = (root + root_2) / 2 + (_between(0.06, 0.22, opened), 0), (tip + tip_2) / 2 + (0.16, 0)
        faint = blend(base, line, _between(0.8, 0.4, opened))
        canvas.ribbon(here(np.array([start, (start + end) / 2, end])), [0.4, 1.6, 1.8], faint)
    if opened <= 0.4:
        canvas.soft([moved(thumb, 0.6, 2.2)], line, 0.5, 1.6)
        shaded(canvas, [thumb], base, dark, 2)
    else:
        fold = curve([(-0.20, -0.40), (0.10, -0.46), (0.32, -0.62)], n=5)
        canvas.ribbon(here(fold), [0.4, 1.5, 0.8], blend(base, line, 0.5))


def _infant_finger(i: int, opened: float) -> tuple[Points, Points]:
    root = np.array([0.56 - 0.07 * abs(i - 1.5), (-0.50, -0.18, 0.16, 0.46)[i] * _between(1.0, 1.12, opened)])
    length = _between(0.16, 0.80, opened) * (1.0 if i in (1, 2) else 0.85)
    return root, root + length * direction((i - 1.5) * _between(4, 19, opened))


def laced(canvas: Canvas, skin: Skin, left: tuple[Points, float], right: tuple[Points, float], share: float) -> None:
    """Fingers of two hands (middle, angle) that lie over each other in turn; `share` is how far they are pushed together."""
    base, dark = bgr(skin.base), bgr(skin.shade)
    line = blend(dark, bgr(skin.line), 0.35)
    for i in range(4):
        for (at, angle), across in ((left, 1.0), (right, -1.0)):
            root = np.array([0.45, -0.52 + 0.34 * i + (0.17 if across > 0 else 0.0)])
            tip = moved(root, _between(0.2, 0.72, share), 0)
            finger = placed(capsule(root, tip, 0.22, 0.19), at, angle, INFANT_SIZE, across)
            canvas.soft([moved(finger, 0.6, 1.8)], line, 0.7 * share, 1.6)
            shaded(canvas, [finger], base, dark, 2)


def _adult_finger(i: int, hand: Hand) -> tuple[Points, Points, Points, float]:
    """Root, middle joint, tip and the angle of the last bone. A bent finger is seen shorter."""
    stretched = hand.point if i == 0 else 0.0
    bent = _between(max(hand.curl, hand.point if i else 0.0), 0.0, stretched)
    folded = hand.point if i else 0.0
    angle = FINGER_SPREAD[i] * (_between(0.15, 1.3, hand.open) + 1.1 * hand.open * bent)
    root = np.array([0.30 - 0.09 * abs(i - 1.2) ** 1.2, FINGER_ROOTS[i]])
    length = FINGER_LENGTHS[i] * (1 - 0.34 * bent - 0.34 * folded) * (1 + 0.12 * stretched)
    joint = root + 0.54 * length * direction(angle)
    last = angle + (-2 if i < 2 else 2) + 16 * bent
    return root - 0.25 * direction(angle), joint, joint + length * _between(0.50, 0.34, bent) * direction(last), last


def adult(canvas: Canvas, skin: Skin, hand: Hand, at: Points, size: float = ADULT_SIZE) -> None:
    """The back of a hand with four fingers and a thumb; `curl` bends them, `point` leaves only the first stretched."""

    def here(points: Points) -> Points:
        return placed(points, at, hand.angle, size, hand.thumb)

    fingers = [_adult_finger(i, hand) for i in range(4)]
    outlines = []
    for root, joint, tip, _ in fingers:
        outlines += [here(capsule(root, joint, 0.245, 0.235)), here(capsule(joint, tip, 0.235, 0.19))]
    toward = _between(_between(-26, -58, hand.open), 10, max(hand.point, 0.6 * hand.curl))
    base, ball = np.array([-0.62, -0.42]), np.array([-0.20, -0.86 + 0.16 * hand.point])
    end = ball + 0.62 * direction(toward)
    thumb = [here(capsule(base, ball, 0.34, 0.26)), here(capsule(ball, end, 0.25, 0.19))]
    shapes = [here(_palm(False)), *thumb, *outlines]
    away = hand.lift
    canvas.soft(
        [moved(shape, 2.5 + 7 * away, 5 + 16 * away) for shape in shapes], bgr("#5A2F1E"), 0.34 - 0.12 * away, 4 + 5 * away
    )
    colour, dark = bgr(skin.base), bgr(skin.shade)
    shaded(canvas, shapes, colour, dark, 5)
    line = blend(dark, bgr(skin.line), 0.25)
    turned = [here(capsule(moved(joint, 0.06, 0), tip, 0.18, 0.18, 6)) for _, joint, tip, _ in fingers]
    canvas.soft(turned, line, 0.42 * hand.curl, 1.5)
    for (_, joint, tip, _), (_, joint_2, tip_2, _) in itertools.pairwise(fingers):
        start, end_ = np.array([0.42, (joint[1] + joint_2[1]) / 2]), (0.3 * (joint + joint_2) + 0.7 * (tip + tip_2)) / 2
        canvas.ribbon(here(np.array([start, (start + end_) / 2, end_])), [0.5, 1.9, 1.2], blend(colour, line, 0.65))
    for _, joint, _, _ in fingers:
        canvas.ribbon(
            here(joint + np.array([(0.0, -0.11), (0.03, 0.0), (0.0, 0.11)])), [0.4, 1.4, 0.4], blend(colour, line, 0.3)
        )
    for tip, last in [(tip, last) for _, _, tip, last in fingers] + [(end, toward)]:
        _nail(canvas, skin, here(tip[None] + 0.02 * direction(last))[0], hand.angle + hand.thumb * last, size)
    canvas.ribbon(here(curve([(-0.50, -0.18), (-0.22, -0.52), (0.06, -0.80)], n=5)), [0.4, 1.8, 0.6], blend(colour, line, 0.45))


def _nail(canvas: Canvas, skin: Skin, at: Points, angle: float, size: float) -> None:
    canvas.fill(ellipse(at[0], at[1], 0.115 * size, 0.085 * size, angle, n=16), blend(bgr(skin.light), bgr(skin.blush), 0.25))


CLOTH = [(-0.5, -1.0), (0.4, -1.15), (1.5, -0.9), (1.75, -0.1), (1.5, 0.9), (0.5, 1.2), (-0.4, 0.95), (-0.7, 0.0)]


def held_cloth(canvas: Canvas, hand: Hand, at: Points, size: float = ADULT_SIZE) -> None:
    """A folded cloth under the fingers."""
    shape = placed(curve(CLOTH, closed=True, n=6), at, hand.angle, size * hand.cloth, hand.thumb)
    canvas.soft([moved(shape, 3, 6)], bgr("#5A2F1E"), 0.3, 5)
    shaded(canvas, [shape], bgr("#F4EEE2"), bgr("#CDBDA6"), 5)
    for y in (-0.6, 0.0, 0.55):
        fold = placed(curve([(0.2, y), (0.9, y + 0.08), (1.5, y * 0.8)], n=6), at, hand.angle, size * hand.cloth, hand.thumb)
        canvas.ribbon(fold, [0.6, 2.4, 0.6], bgr("#D6C9B5"))
