"""Eyes, brows, nose and mouth: written as seen from the front in head units, drawn wherever the head has turned them."""

from __future__ import annotations

import numpy as np

from coder_app.studio.canvas import Canvas, Colour, Points, bgr, blend, curve, ellipse
from coder_app.studio.frame import Frame, Vector
from coder_app.studio.looks import EYE_WHITE, INFANT, LASH, MOUTH, TEETH, TONGUE, Skin
from coder_app.studio.pose import Expression, Person

FURTHEST_EYE_TURN = 42.0
FURTHEST_EYE_NOD = 32.0


def _lids(frame: Frame, person: Person) -> tuple[Vector, Vector, Vector]:
    """x across the eye and the edges of the upper and lower lid, relative to the middle of the eye."""
    _, _, half, up, down = frame.build.eye
    t = np.linspace(-1, 1, 25)
    nod = person.gaze.gaze_pitch - person.gaze.head_pitch
    opening = max(person.gaze.lids, 0.0) * (1 - 0.5 * max(person.face.narrow, 0.0)) - 0.3 * min(person.face.narrow, 0.0)
    opening *= 1 - 0.15 * float(np.clip(-nod / 30, 0, 1))
    raised = min(0.4 * person.face.cheek + 0.9 * max(person.face.narrow, 0.0), 1.1)  # a smile closes the eye from below
    upper = -up * np.power(1 - np.abs(t) ** 2.4, 0.66) * (1 + 0.1 * t)
    lower = down * np.power(1 - np.abs(t) ** 2.2, 0.7) * (1 - raised) * (0.7 + 0.3 * min(opening, 1.0))
    upper = np.minimum(lower * (1 - opening) + upper * opening, lower)
    return t * half, upper, lower


def eye(canvas: Canvas, frame: Frame, side: int, skin: Skin, iris: str, person: Person) -> None:
    """One eye: white, iris where the gaze points, lashes that follow the upper lid, a crease above it."""
    eye_x, eye_y, half, up, _ = frame.build.eye
    x, upper, lower = _lids(frame, person)
    xs = side * (eye_x + x)
    top, bottom = (frame.on(np.stack([xs, eye_y + edge], 1), 0.015) for edge in (upper, lower))
    seen, r = frame.seen(side), frame.radius
    lash = blend(bgr(skin.line), bgr(LASH), 0.6)
    canvas.soft(
        [np.vstack([frame.on(np.stack([xs, eye_y - up * 1.25 + 0 * x], 1))[4:-4], bottom[::-1]])], bgr(skin.shade), 0.22, 4
    )
    if float(np.max(lower - upper)) > 0.02:
        canvas.inside(np.vstack([top, bottom[::-1]]), lambda layer: _eyeball(layer, frame, side, iris, person))
        canvas.ribbon(top, [0.3 * 0.05 * r, 0.04 * r, 0.05 * r, 0.055 * r, 0.02 * r], lash, 0.97 * max(seen, 0.4))
        canvas.ribbon(bottom[4:-3], [0.5, 1.6, 0.6], blend(bgr(skin.line), bgr(skin.shade), 0.5), 0.5 * seen)
    else:
        canvas.ribbon(bottom, [0.02 * r, 0.05 * r, 0.055 * r, 0.05 * r, 0.02 * r], lash, 0.97 * max(seen, 0.4))
    crease = np.stack([xs, eye_y - up * 1.32 * np.power(1 - np.abs(x / half) ** 2.4, 0.66) - 0.03 * person.face.brow_raise], 1)
    canvas.ribbon(frame.on(crease)[4:-3], [0.4, 1.8, 0.4], blend(bgr(skin.shade), bgr(skin.line), 0.3), 0.5 * seen)


def _eyeball(canvas: Canvas, frame: Frame, side: int, iris: str, person: Person) -> None:
    eye_x, eye_y, half, up, down = frame.build.eye
    turn = np.radians(np.clip(person.gaze.gaze_yaw - frame.yaw, -FURTHEST_EYE_TURN, FURTHEST_EYE_TURN))
    nod = np.radians(np.clip(person.gaze.gaze_pitch - frame.pitch, -FURTHEST_EYE_NOD, FURTHEST_EYE_NOD))
    x = side * eye_x + half * 1.02 * np.sin(turn)
    y = eye_y + (down - up) * 0.36 - half * 0.66 * np.sin(nod) + 0.012
    size = frame.build.iris

    def disc(r: float, dx: float = 0.0, dy: float = 0.0) -> Points:
        return frame.on(ellipse(x + dx * size, y + dy * size, r * size, r * size), 0.02)

    canvas.fill(frame.on(ellipse(side * eye_x, eye_y, 2 * half, 2 * half)), bgr(EYE_WHITE))
    canvas.fill(disc(1.0), bgr(iris))
    canvas.soft([disc(0.55, 0, 0.32)], blend(bgr(iris), bgr("#D9A066"), 0.55), 0.8, 1.6)
    canvas.fill(disc(0.52), bgr("#1E1411"))
    canvas.fill(disc(0.27, -0.36, -0.40), (255.0, 255.0, 255.0))
    canvas.fill(disc(0.12, 0.38, 0.36), (255.0, 255.0, 255.0), 0.75)


def brow(canvas: Canvas, frame: Frame, side: int, hair: Colour, face: Expression) -> None:
    """One brow: raised as a whole, inner end lifted (woe), or drawn in and down (knit)."""
    y, inner, outer, width = frame.build.brow
    up, knit, woe = 0.15 * face.brow_raise, face.knit, face.brow_inner
    middle = (inner + outer) / 2
    line = [
        (inner - 0.05 * knit, y + 0.01 - up - 0.15 * woe + 0.12 * knit),
        ((inner + middle) / 2 - 0.03 * knit, y - 0.02 - up - 0.09 * woe + 0.07 * knit),
        (middle, y - 0.03 - 1.05 * up - 0.02 * woe + 0.02 * knit),
        ((middle + outer) / 2, y - 0.012 - up + 0.035 * woe),
        (outer, y + 0.035 - 0.8 * up + 0.085 * woe - 0.01 * knit),
    ]
    path = curve([(side * px, py) for px, py in line], n=6)
    thick = width * frame.radius * (1 + 0.15 * knit)
    canvas.ribbon(frame.on(path, 0.02), [0.6 * thick, thick, thick, 0.5 * thick], hair, 0.92)
    if knit > 0.1 and side > 0:
        for x in (-0.05, 0.05):
            crease = frame.on(curve([(x, y - 0.06), (x * 0.8, y + 0.06)], n=4))
            canvas.ribbon(crease, [0.6, 2.2, 0.6], blend(hair, bgr("#8A4A38"), 0.5), 0.5 * knit)


def nose(canvas: Canvas, frame: Frame, skin: Skin) -> None:
    """A ball that stands out from the face, darker below; the bridge shows on the far side of a turned head."""
    y, size = frame.build.nose
    r = size * frame.radius
    x_tip, y_tip = frame.project(frame.lift(np.array([0.0, y]), 0.13))
    side = 1.0 if frame.yaw > 0 else -1.0
    turn = abs(np.sin(np.radians(frame.yaw)))
    dark = blend(bgr(skin.shade), bgr(skin.line), 0.22)
    if turn > 0.55:
        bridge = [frame.on(np.array([0.0, y - 0.3])), np.array([x_tip + side * r, y_tip]), frame.on(np.array([0.0, y + 0.1]))]
        canvas.fill(curve([*bridge, frame.on(np.array([-0.15 * side, y - 0.05]))], closed=True, n=8), bgr(skin.base))
    canvas.soft([ellipse(x_tip, y_tip, 1.15 * r, r)], blend(bgr(skin.base), bgr(skin.blush), 0.55), 0.5, 3)
    edge = [
        (x_tip - r, y_tip),
        (x_tip - 0.6 * r, y_tip + 0.7 * r),
        (x_tip, y_tip + 0.8 * r),
        (x_tip + 0.6 * r, y_tip + 0.7 * r),
    ]
    canvas.ribbon(curve([*edge, (x_tip + r, y_tip)], n=6), [0.8, 2.6, 2.8, 2.6, 0.8], dark, 0.8)
    if turn > 0.2 and frame.build is not INFANT:
        start = frame.on(np.array([0.02 * side, y - 0.36]))
        line = curve([start, (np.array([x_tip, y_tip]) + start) / 2, np.array([x_tip + 0.8 * side * r, y_tip])], n=6)
        canvas.ribbon(line, [0.4, 1.4, 2.2], dark, min(turn, 0.6))
    canvas.soft([ellipse(x_tip - 0.25 * r, y_tip - 0.4 * r, 0.34 * r, 0.25 * r, -20)], (255.0, 255.0, 255.0), 0.35, 1.4)


def _lips(frame: Frame, face: Expression) -> tuple[Vector, Vector, Vector, Vector, Vector]:
    """x along the mouth; inner edge of the upper and lower lip; outer edges of both."""
    y, half = frame.build.mouth
    infant = frame.build is INFANT
    smile = max(face.corner, 0.0)
    narrow = (0.46 if face.open < 0.1 else 0.36) * face.round + 0.10 * face.pout
    width = half * (1 + (0.78 if infant else 0.62) * face.widen - narrow + 0.10 * face.square)
    t = np.linspace(-1, 1, 33)
    at = np.abs(t)
    bend = face.corner * (0.105 if infant else 0.12) * (1 - 0.35 * face.square)
    line = -bend * at**1.8 + bend * 0.42 - 0.012 * face.pout
    exponent = 2.1 + 3.0 * face.square
    swell = np.power(np.maximum(1 - at**exponent, 0), 0.5 + 0.1 * (1 - max(face.square, face.round)))
    scale = 1.0 if infant else 1.12
    up = face.open * scale * (0.105 - 0.085 * smile * (1 - face.round) + 0.085 * face.square + 0.07 * face.round)
    down = face.open * scale * (0.20 + 0.10 * smile + 0.03 * face.square - 0.03 * face.round)
    upper, lower = y + line - up * swell, y + line + down * swell
    thin, thick = frame.build.lips
    taper = np.power(np.maximum(1 - at**2.4, 0), 0.72)
    over = upper - thin * (1 + 0.6 * face.round - 0.25 * smile) * taper
    under = lower + thick * (1 + 0.4 * face.round - 0.15 * smile + 0.95 * face.pout) * taper
    return width * t, upper, lower, over, under


def mouth(canvas: Canvas, frame: Frame, skin: Skin, face: Expression) -> None:
    """Lips, and inside them teeth or gums and tongue as far as the mouth is open."""
    x, upper, lower, over, under = _lips(frame, face)
    raised = 0.03 + 0.05 * face.round + 0.02 * face.pout
    infant = frame.build is INFANT
    lip = blend(bgr(skin.lip), bgr(skin.base), 0.30) if infant else bgr(skin.lip)
    inner_top, inner_bottom, outer_top, outer_bottom = (
        frame.on(np.stack([x, edge], 1), raised) for edge in (upper, lower, over, under)
    )
    chin_x, chin_y = frame.on(np.array([0.0, float(under.max()) + 0.055]))
    canvas.soft([ellipse(chin_x, chin_y, float(x.max()) * frame.radius * 0.6, 3.4)], bgr(skin.shade), 0.55, 3)
    canvas.fill(np.vstack([outer_top, inner_top[::-1]]), blend(lip, bgr(skin.line), 0.14))
    canvas.fill(np.vstack([outer_bottom, inner_bottom[::-1]]), lip)
    gap = float(np.max(lower - upper))
    if gap > 0.014:
        opening = np.vstack([inner_top, inner_bottom[::-1]])
        canvas.inside(opening, lambda layer: _inside(layer, frame, x, upper, lower, gap, face))
    line = blend(bgr(skin.lip), bgr("#4A1C1E"), 0.65)
    canvas.ribbon(inner_top, [1.2, 2.6, 2.4, 2.6, 1.2], line, 0.9 if gap <= 0.014 else 0.6)


def _inside(canvas: Canvas, frame: Frame, x: Vector, upper: Vector, lower: Vector, gap: float, face: Expression) -> None:
    width, middle = float(x.max()), len(x) // 2
    canvas.fill(frame.on(ellipse(0, frame.build.mouth[0], 2 * width, 1.0)), bgr(MOUTH))
    tongue = float(lower[middle]) - 0.18 * gap + 0.10 * face.round
    canvas.soft([frame.on(ellipse(0, tongue + 0.05, 0.64 * width, 0.075 + 0.1 * gap, n=30), 0.03)], bgr(TONGUE), 1.0, 1.4)
    high = min(0.08, gap * 0.38) * (1 - 0.8 * face.round)
    if high > 0.012:
        edge = upper + high * np.power(np.maximum(1 - np.abs(x / (0.9 * width)) ** 5, 0), 0.5)
        band = np.vstack([np.stack([x, upper - 0.03], 1), np.stack([x, edge], 1)[::-1]])
        canvas.soft([frame.on(band, 0.03)], bgr("#E58F8C") if frame.build is INFANT else bgr(TEETH), 0.95, 0.6)
