"""Skin, nose, ears, lines and tears: written as seen from the front in head units, drawn wherever the head has turned them."""

from __future__ import annotations

import functools

import numpy as np

from coder_app.studio.canvas import Canvas, Colour, Mask, Points, bgr, blend, curve, ellipse, ribbon
from coder_app.studio.eyes import within
from coder_app.studio.frame import Frame, Vector
from coder_app.studio.looks import Build, Head, Tones
from coder_app.studio.mouth import lips
from coder_app.studio.pose import Expression

WHITE = (255.0, 255.0, 255.0)
SIDE_PLANE = curve(
    [
        *((0.80, -0.55, 0.42), (0.86, -0.1, 0.36), (0.84, 0.35, 0.30), (0.62, 0.80, 0.30)),
        *((0.4, 1.3, -0.2), (1.0, 1.0, -0.9), (1.05, -0.2, -1.0), (0.95, -0.9, -0.4)),
    ],
    closed=True,
    n=6,
)
BEARD_HALF = (  # from the corner of the jaw over the cheek to the middle of the upper lip, right side
    *(
        (0.62, 0.86, -0.02),
        (0.74, 0.50, -0.02),
        (0.775, 0.22, 0.06),
        (0.79, 0.02, 0.10),
        (0.765, -0.10, 0.22),
        (0.72, -0.05, 0.34),
    ),
    *((0.665, 0.16), (0.575, 0.36), (0.42, 0.485), (0.27, 0.475), (0.13, 0.445)),
)
EAR = curve(
    [
        (0.0, -0.55),
        (0.35, -0.98),
        (0.95, -0.95),
        (1.25, -0.35),
        (1.02, 0.30),
        (0.62, 0.72),
        (0.36, 1.02),
        (0.02, 0.86),
        (-0.10, 0.2),
    ],
    closed=True,
    n=6,
)
SHELL = curve([(0.30, -0.50), (0.72, -0.66), (0.96, -0.25), (0.74, 0.22), (0.42, 0.45), (0.30, 0.1)], closed=True, n=6)
DROP = curve(
    [
        *((0, -1.9), (0.35, -1.05), (0.85, -0.15), (0.90, 0.55), (0.5, 1.0), (0, 1.12)),
        *((-0.5, 1.0), (-0.90, 0.55), (-0.85, -0.15), (-0.35, -1.05)),
    ],
    closed=True,
    n=6,
)


def skin(canvas: Canvas, frame: Frame, head: Head, tone: Tones, face: Expression, whole: Mask) -> None:
    """All that is soft in a face: form shadow, light on the forehead, the side plane of a turned head, blush, a beard."""
    r, unit = frame.radius, frame.radius / 110
    canvas.shade(whole, -7 * unit, -10 * unit, 15 * unit, tone.shade, 0.80)
    x, y = frame.at(-0.22, -0.34 if frame.build.infant else -0.42)
    canvas.soft([ellipse(x, y, 0.46 * r, 0.30 * r, frame.tilt - 10)], tone.light, 0.75, 16 * unit, whole)
    across = 1.0 if frame.build.infant else 0.84
    for side in (-1, 1):
        away = within((-side * frame.turn - 0.12) * 0.75)
        if away > 0.01:
            plane = frame.project(SIDE_PLANE * (side * across, 1, 1))
            canvas.soft([plane], tone.shade, away, 15 * unit, whole)
    _blush(canvas, frame, tone, face, whole)
    if head.beard:
        _beard(canvas, frame, head, whole)


def _blush(canvas: Canvas, frame: Frame, tone: Tones, face: Expression, whole: Mask) -> None:
    """Red cheeks, lit on top when a smile raises them; the whole middle of a flushed face."""
    x, y, across, down = frame.build.blush
    r, unit, grown = frame.radius, frame.radius / 110, 1 + 0.15 * face.cheek
    spots = [frame.on(ellipse(side * x, y - 0.06 * face.cheek, across * grown, down * grown, n=24)) for side in (-1, 1)]
    for side, spot in zip((-1, 1), spots, strict=True):
        shown = within(frame.facing(side * x, y) * 3)
        canvas.soft([spot], tone.blush, within(0.42 + 0.12 * face.cheek + 0.35 * face.flush) * shown, 9 * unit, whole)
        lit_x, lit_y = frame.at(side * x * 0.93, y - 0.13)
        lit = ellipse(lit_x, lit_y, 0.11 * r, 0.07 * r, -15 * side)
        canvas.soft([lit], tone.light, 0.55 * face.cheek * shown, 5 * unit, whole)
    red = (
        (0.0, frame.build.nose[0], 0.20, 0.15),
        (0.0, frame.build.brow[0] - 0.05, 0.5, 0.14),
        (0.0, frame.build.mouth[0] + 0.24, 0.25, 0.12),
    )
    patches = []
    for fx, fy, rx, ry in red:
        px, py = frame.at(fx, fy)
        patches.append(ellipse(px, py, rx * r, ry * r, frame.tilt))
    canvas.soft(patches, tone.blush, 0.45 * face.flush, 9 * unit, whole)


@functools.lru_cache(maxsize=16)
def _beard_line(build: Build) -> Vector:
    """The upper edge of a full beard from the left corner of the jaw to the right one."""
    frame = Frame(build, 0, 0, 1, 0, 0, 0)

    def place(point: tuple[float, ...]) -> tuple[float, ...]:
        return point if len(point) == 3 else tuple(float(v) for v in frame.lift(np.array(point)))

    right = [place(point) for point in BEARD_HALF]
    lip = place((0.0, 0.475))
    return curve(np.array([(-x, y, z) for x, y, z in right] + [lip] + right[::-1]), n=6)


def _beard(canvas: Canvas, frame: Frame, head: Head, whole: Mask) -> None:
    colour, unit = bgr(head.beard), frame.radius / 110
    mask = canvas.mask([frame.opening(_beard_line(frame.build))], 1.6).cut(whole)
    canvas.paint(mask, colour, 0.95)
    canvas.shade(mask, -6 * unit, -9 * unit, 12 * unit, beard_shade(head), 0.8)


def beard_shade(head: Head) -> Colour:
    """The colour of a beard away from the light."""
    return blend(bgr(head.beard), bgr("#2A1C18"), 0.32)


def ear(canvas: Canvas, frame: Frame, side: int, tone: Tones, shown: float) -> None:
    """An ear that stands off the head by 38 degrees."""
    if shown <= 0.01:
        return
    x, y, z, wide, tall = frame.build.ear
    off = np.radians(38)
    out = np.array([side * np.sin(off), 0.02, -np.cos(off)]) * wide * 1.55
    down = np.array([side * 0.06, 1.0, -0.10]) * tall
    root = np.array([side * x, y, z])

    def on(shape: Points) -> Points:
        return frame.project(root + shape[:, :1] * out + shape[:, 1:] * down)

    mask = canvas.mask([on(EAR)])
    canvas.paint(mask, tone.base, shown)
    canvas.shade(mask, -side * 2, -3, 4, tone.shade, 0.5 * shown)
    canvas.soft([on(SHELL)], blend(tone.shade, tone.blush, 0.45), 0.75 * shown, 1.6, mask)


def nose(canvas: Canvas, frame: Frame, tone: Tones) -> None:
    """A ball that stands out from the face, darker below; a line on its far side shows where a turned head points."""
    y, out, size = frame.build.nose
    r = size * frame.radius
    tip = frame.on(np.array([0.0, y]), out)
    side = 1.0 if frame.turn >= 0 else -1.0
    turn = abs(frame.turn)
    dark = tone.fold(0.18)
    infant = frame.build.infant
    if not infant:
        _nose_plane(canvas, frame, tone, tip, r)
    canvas.soft([ellipse(tip[0], tip[1], 1.2 * r, 1.05 * r, frame.tilt)], blend(tone.base, tone.blush, 0.52), 0.50, 3.1)
    contour = within((turn - 0.25) * 1.5) * 0.75 * within((1.02 - turn) * 10)
    if contour > 0.01:
        bridge = [frame.at(0.02 * side, y - 0.26, 0.02), frame.at(0.03 * side, y - 0.10, 0.75 * out)]
        if not infant:
            bridge = [frame.at(0.0, -0.08, 0.035), frame.at(0.0, y - 0.20, 0.70 * out)]
        points = [*bridge, (tip[0] + side * r, tip[1] - 0.1 * r), (tip[0] + 0.75 * side * r, tip[1] + 0.75 * r)]
        canvas.ribbon(curve(points, n=8), [0.3, 1.4, 2.4, 2.0], dark, contour)
    if infant:
        wing = [np.array(frame.at(k * size * 1.25, y + 0.035, 0.35 * out)) for k in (-1, -0.75, 0.75, 1)]
        edge = [
            wing[0] - (0, 0.25 * r),
            wing[1] + (0, 0.35 * r),
            tip + np.array([0, 0.95 * r]),
            wing[2] + (0, 0.35 * r),
            wing[3] - (0, 0.25 * r),
        ]
        widths = [0.6, 2.6, 3.0, 2.6, 0.6]
    else:
        wing = [
            np.array(frame.at(k * 0.135, y + 0.045 + dy, 0.30 * out)) for k, dy in ((-1, -0.05), (-0.98, 0.005), (-0.55, 0.045))
        ]
        wing += [
            np.array(frame.at(k * 0.135, y + 0.045 + dy, 0.30 * out)) for k, dy in ((0.55, 0.045), (0.98, 0.005), (1, -0.05))
        ]
        edge = [*wing[:3], tip + np.array([0, 0.95 * r]), *wing[3:]]
        widths = [0.8, 2.6, 2.2, 3.0, 2.2, 2.6, 0.8]
    canvas.ribbon(curve(np.array(edge), n=6), widths, dark, 0.80)
    shine = ellipse(tip[0] - 0.25 * r, tip[1] - 0.4 * r, 0.34 * r, 0.25 * r, -20, n=16)
    canvas.soft([shine], blend(tone.light, WHITE, 0.6), 0.46, 1.3)


def _nose_plane(canvas: Canvas, frame: Frame, tone: Tones, tip: Points, r: float) -> None:
    """The side of an adult's nose away from the light; as the head turns, both sides trade places without a jump."""
    y, out, _ = frame.build.nose
    for side in (-1.0, 1.0):
        share = within(0.5 + side * (frame.turn + 0.12) / 0.24)
        strength = share * (0.16 + 0.45 * within(1.4 * abs(frame.turn)))
        ridge = [frame.at(0.0, -0.08, 0.035), frame.at(0.0, y - 0.20, 0.70 * out), (float(tip[0]), float(tip[1]))]
        plane = [frame.at(0.09 * side, -0.10), *ridge, (float(tip[0]) + 0.55 * side * r, float(tip[1]) + 0.55 * r)]
        plane += [frame.at(0.155 * side, y + 0.03, 0.2 * out), frame.at(0.11 * side, y - 0.18, 0.02)]
        canvas.soft([np.array(plane)], tone.shade, strength, 3.0)


def lines(canvas: Canvas, frame: Frame, head: Head, tone: Tones, face: Expression) -> None:
    """Lines that belong to strong expressions, and those that age leaves."""
    m = lips(frame, face)
    infant, unit, age = frame.build.infant, frame.radius / 110, head.age
    nose_y, brow_y = frame.build.nose[0], frame.build.brow[0]
    smile = max(face.corner, 0.0) * max(face.widen, 0.35)
    cheek = within(max(0.0 if infant else 1.1 * smile, 0.9 * face.square, 0.45 * age))
    for side in (-1, 1):
        start, end, y = 0.16 if infant else 0.17, m.half + 0.10, m.corner
        fold = [(side * start, nose_y + 0.01), (side * (0.38 * start + 0.62 * end), 0.6 * nose_y + 0.4 * y)]
        fold += [(side * (m.half + 0.085), y - 0.015), (side * (m.half + 0.075), y + 0.055)]
        _line(canvas, frame, fold, [0.3, 1.8 * unit, 2.2 * unit, 0.4], tone.fold(0.25), (0.26 if infant else 0.34) * cheek)
        y = brow_y + 0.10 * face.knit - 0.14 * face.brow_inner
        crease = [(side * 0.055, y - 0.10), (side * 0.040, y - 0.03), (side * 0.055, y + 0.035)]
        knit = within((face.knit - 0.25) * 1.4)
        _line(canvas, frame, crease, [0.5, 2.2, 0.5], tone.fold(0.25), (0.5 if infant else 0.7) * knit)
        if age > 0:
            eye_x, eye_y, half, _, _ = frame.build.eye
            corner = eye_x + 1.12 * half
            for dy, drop in ((-0.035, -0.05), (0.02, 0.02)):
                ray = [
                    (side * corner, eye_y + dy),
                    (side * (corner + 0.05), eye_y + dy + 0.5 * drop),
                    (side * (corner + 0.10), eye_y + dy + drop),
                ]
                _line(canvas, frame, ray, [1.6, 1.4, 0.4], tone.fold(0.2), (0.30 + 0.25 * face.cheek) * age)
            bag = [
                (side * (eye_x - 0.6 * half), eye_y + 0.155),
                (side * eye_x, eye_y + 0.185),
                (side * (eye_x + 0.7 * half), eye_y + 0.150),
            ]
            _line(canvas, frame, bag, [0.4, 1.8, 0.4], tone.fold(0.15), 0.34 * age)
    furrows = (
        0.0 if infant else max(within((face.brow_inner - 0.2) * 1.25), 0.55 * within(face.brow_raise * 1.6 - 0.7), 0.5 * age)
    )
    for dy in (0.0, -0.085):
        y = brow_y - 0.25 + dy - 0.08 * face.brow_raise
        _line(
            canvas,
            frame,
            [(-0.17, y + 0.02), (0, y - 0.015), (0.17, y + 0.02)],
            [0.4, 1.7, 0.4],
            tone.fold(0.25),
            0.40 * furrows,
        )


def _line(
    canvas: Canvas,
    frame: Frame,
    points: list[tuple[float, float]],
    widths: list[float],
    colour: tuple[float, float, float],
    alpha: float,
) -> None:
    if alpha > 0.01:
        canvas.ribbon(frame.on(curve(points, n=6), 0.01), widths, colour, alpha)


def tears(canvas: Canvas, frame: Frame, amount: float) -> None:
    """A wet track down each cheek and a drop at its end; `amount` 0..1 is how far the drop has run."""
    if amount <= 0.02:
        return
    eye_x, eye_y, _, _, down = frame.build.eye
    shown = within((amount - 0.02) * 6)
    for side in (-1, 1):
        near = within((float(frame.depth(frame.lift(np.array([side * (eye_x + 0.07), eye_y])))) - 0.20) / 0.2)
        if near * shown <= 0.01:
            continue
        start, end = eye_y + 0.75 * down, eye_y + 0.75 * down + 0.30 * amount
        track: Vector = frame.on(
            np.array(
                [(side * (eye_x + 0.05), start), (side * (eye_x + 0.07), (start + end) / 2), (side * (eye_x + 0.07), end)]
            ),
            0.02,
        )
        canvas.paint(canvas.mask(ribbon(track, [1.0, 3.4, 4.4])), bgr("#DDF0F7"), 0.45 * shown * near)
        r = 0.050 * frame.radius * (0.7 + 0.3 * amount)
        canvas.fill(DROP * r + track[-1], bgr("#BFE3F2"), 0.88 * shown * near)
        x, y = track[-1]
        canvas.fill(ellipse(x - 0.3 * r, y + 0.15 * r, 0.22 * r, 0.34 * r, 15, n=14), WHITE, 0.9 * shown * near)
