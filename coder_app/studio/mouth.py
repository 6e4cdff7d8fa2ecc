"""The mouth: lips, teeth or gums, tongue, and the lines that strong expressions draw about it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from coder_app.studio.canvas import Canvas, bgr, blend, curve, ellipse
from coder_app.studio.eyes import within
from coder_app.studio.frame import Frame, Vector
from coder_app.studio.looks import GUMS, MOUTH, TEETH, TONGUE, Tones
from coder_app.studio.pose import Expression

ALONG = np.linspace(-1, 1, 33)
AT = np.abs(ALONG)
CLOSED = 0.012  # lips nearer than this, in head units, are one line


@dataclass(frozen=True, slots=True)
class Lips:
    """x along the mouth; inner edges of the lips, then outer; half the width of the mouth; how far it gapes. Head units."""

    x: Vector
    upper: Vector
    lower: Vector
    over: Vector
    under: Vector
    half: float
    gap: float
    raised: float

    @property
    def corner(self) -> float:
        """The height of the corners."""
        return float(self.upper[0] + self.lower[0]) / 2


def lips(frame: Frame, face: Expression) -> Lips:
    build = frame.build
    y, half = build.mouth
    y += 0.03 * face.open * face.round
    smile, round_, square = max(face.corner, 0.0), face.round, face.square
    narrowed = (0.46 - 0.18 * within(face.open / 0.2)) * round_ + 0.10 * face.pout - 0.06 * face.press - 0.10 * square
    half *= 1 + (0.78 if build.infant else 0.62) * face.widen - narrowed
    bend = face.corner * (0.105 if build.infant else 0.12) * (1 - 0.35 * square)
    line = -bend * AT**1.8 + bend * 0.42 - 0.012 * face.pout
    exponent = 2.1 + 3.0 * square + 0.3 * smile
    body = np.maximum(1 - AT**exponent, 0)
    scale = face.open * (1.0 if build.infant else 1.12)
    up = scale * (0.105 - 0.085 * smile * (1 - round_) + 0.085 * square + 0.055 * round_)
    down = scale * (0.20 + 0.10 * smile + 0.03 * square - 0.050 * round_)
    upper = y + line - up * body ** (0.62 - 0.16 * max(square, 0.8 * round_))
    lower = y + line + down * body ** (0.58 - 0.10 * max(0.9 * square, round_))
    thin, thick = (t * (1 - 0.75 * face.press) for t in build.lips)
    bow = 1 - 0.30 * np.exp(-((ALONG / 0.16) ** 2))
    over = upper - thin * (1 + 0.55 * round_ - 0.25 * smile) * np.maximum(1 - AT**2.4, 0) ** 0.75 * bow
    under = lower + thick * (1 + 0.35 * round_ - 0.15 * smile + 0.95 * face.pout) * np.maximum(1 - AT**2.6, 0) ** 0.70
    return Lips(half * ALONG, upper, lower, over, under, half, up + down, 0.03 + 0.05 * round_ + 0.02 * face.pout)


def mouth(canvas: Canvas, frame: Frame, skin: Tones, face: Expression) -> None:
    """Lips, and inside them teeth or gums and tongue as far as the mouth is open."""
    m = lips(frame, face)
    infant, r = frame.build.infant, frame.radius

    def on(edge: Vector, stretch: float = 1.0) -> Vector:
        return frame.on(np.stack([m.x * stretch, edge], 1), m.raised)

    upper, lower, over, under = on(m.upper), on(m.lower), on(m.over, 1.02), on(m.under, 1.02)
    lip, dark = blend(skin.lip, skin.base, 0.38 if infant else 0.0), blend(skin.lip_dark, skin.base, 0.30 if infant else 0.0)
    x, y = frame.at(0, float(m.under.max()) + 0.055, 0.01)
    canvas.soft([ellipse(x, y, 0.55 * m.half * r, 0.030 * r, frame.tilt)], skin.shade, 0.55 + 0.25 * face.pout, 3.0)
    parted = within((m.gap / CLOSED - 1) / 2)
    canvas.fill(np.vstack([under, upper[::-1]]), lip, 0.92)
    canvas.fill(np.vstack([over, upper[::-1]]), dark, 0.90)
    if m.gap > CLOSED:
        opening = canvas.mask([np.vstack([upper, lower[::-1]])])
        canvas.through(opening, lambda layer: _inside(layer, frame, m, face), parted)
    edge = blend(blend(skin.lip_dark, skin.line, 0.55), blend(skin.lip_dark, bgr("#5A2326"), 0.5), parted)
    width = 2.7 - 1.1 * parted
    canvas.ribbon(upper, [1.2 - 0.6 * parted, width, 0.9 * width, width, 1.2 - 0.6 * parted], edge, 0.92 - 0.32 * parted)
    x, y = (lower[16] + under[16]) / 2
    shine = ellipse(x, y, 0.28 * m.half * r, max(1.2, float(m.under[16] - m.lower[16]) * r * 0.22), frame.tilt)
    canvas.soft([shine], blend(lip, (255.0, 255.0, 255.0), 0.55), 0.38 * (1 - face.press), 1.4)
    _corners(canvas, frame, skin, face, m)


def _inside(canvas: Canvas, frame: Frame, m: Lips, face: Expression) -> None:
    canvas.picture[:] = np.round(bgr(MOUTH)).astype(np.uint8)
    r, infant, middle = frame.radius, frame.build.infant, len(m.x) // 2
    x, y = frame.at(0, float(m.upper[middle] + m.lower[middle]) / 2, m.raised)
    canvas.soft([ellipse(x, y, 0.6 * m.half * r, 0.26 * m.gap * r, frame.tilt)], bgr("#4A1B20"), 0.7, 4)
    tongue = float(m.lower[middle]) - min(0.22 * m.gap, 0.05) + 0.05
    canvas.soft([frame.on(ellipse(0, tongue + 0.02, 0.66 * m.half, 0.085, n=24), m.raised)], bgr(TONGUE), 1.0, 1.2)
    canvas.soft([frame.on(ellipse(0, tongue, 0.34 * m.half, 0.04, n=20), m.raised)], bgr("#EDA09C"), 0.65, 2.2)
    high = (
        min(0.05, 0.2 * m.gap)
        if infant
        else min(0.085, 0.42 * m.gap) * within((face.open - 0.08) / 0.14) * (1 - 0.75 * face.round)
    )
    if high > 0.008:
        share = np.linspace(-0.87, 0.87, 25)
        x_edge, top = share * m.half, np.interp(share, ALONG, m.upper)
        edge = top + high * np.maximum(1 - np.abs(share / 0.90) ** 5, 0) ** 0.5
        row = np.vstack([np.stack([x_edge, top - 0.02], 1), np.stack([x_edge, edge], 1)[::-1]])
        canvas.soft([frame.on(row, m.raised)], bgr(GUMS if infant else TEETH), 0.92, 0.7)


def _corners(canvas: Canvas, frame: Frame, skin: Tones, face: Expression, m: Lips) -> None:
    """Dimples of a smile, the fall of a sad mouth, the line of a chin pushed up."""
    infant, y = frame.build.infant, m.corner
    down = max(-face.corner, 0.0)
    dimple = within(1.2 * max(face.corner, 0.0) - 0.1 - 0.18 + 0.18 * within(face.corner * 2)) if face.corner > 0 else 0.0
    dimple *= 1.0 if infant else 0.7 * within(1.4 - 3 * face.open, 0.25, 1.0)
    for side in (-1, 1):
        x = side * m.half
        if dimple > 0.02:
            line = [(x + 0.015 * side, y + 0.045), (x + 0.045 * side, y - 0.012), (x + 0.030 * side, y - 0.065)]
            canvas.ribbon(frame.on(curve(line, n=6), 0.02), [0.5, 2.6, 0.6], skin.fold(0.25), 0.75 * dimple)
        if down > 0.02:
            line = [(x + 0.012 * side, y - 0.035), (x + 0.040 * side, y + 0.02), (x + 0.045 * side, y + 0.070)]
            canvas.ribbon(frame.on(curve(line, n=6), 0.02), [0.5, 2.4, 0.6], skin.fold(0.25), 0.7 * down)
    chin = max(face.pout, face.press, 0.7 * down * within(1.2 - m.gap / 0.05))
    if chin > 0.02:
        y = float(m.under.max()) + (0.085 if infant else 0.10)
        line = [(-0.10, y + 0.035), (0.0, y), (0.10, y + 0.035)]
        canvas.ribbon(frame.on(curve(line, n=7), 0.02), [0.5, 2.0, 0.5], skin.fold(0.2), 0.6 * within(1.25 * chin - 0.15))
