"""Eyes, lids, brows and glasses: written as seen from the front in head units, drawn wherever the head has turned them."""

from __future__ import annotations

import numpy as np

from coder_app.studio.canvas import Canvas, Points, bgr, blend, curve, ellipse
from coder_app.studio.frame import Frame, Vector
from coder_app.studio.looks import EYE_WHITE, LASH, Head, Tones
from coder_app.studio.pose import Person

FURTHEST_EYE_TURN = 42.0
FURTHEST_EYE_NOD = 32.0
ACROSS = np.linspace(-1, 1, 25)  # an eye from its inner to its outer corner
UPPER = np.power(1 - np.abs(ACROSS) ** 2.4, 0.66) * (1 + 0.10 * ACROSS)
LOWER = np.power(1 - np.abs(ACROSS) ** 2.2, 0.70)
LENS = curve(
    [(-1.08, -0.52), (0.0, -0.88), (1.12, -0.66), (1.28, 0.10), (0.70, 1.00), (-0.50, 1.02), (-1.14, 0.30)], closed=True, n=6
)
SHUT = 0.014  # lids nearer than this, in head units, are one line


def within(value: float, low: float = 0.0, high: float = 1.0) -> float:
    return min(max(value, low), high)


def lids(frame: Frame, person: Person) -> tuple[Vector, Vector, Vector]:
    """x across the eye, and the edges of the upper and the lower lid, relative to the middle of the eye.

    A smile narrows an eye from below, crying from both sides, a lowered lid from above.
    """
    _, _, half, up, down = frame.build.eye
    gaze, face = person.gaze, person.face
    slant = (0.022 * face.brow_inner - frame.build.slant) * ACROSS
    nod = gaze.gaze_pitch - gaze.head_pitch
    narrow, wide = max(face.narrow, 0.0), max(-face.narrow, 0.0)
    below = narrow * within(1.15 * face.cheek)
    opening = (1 - narrow + 0.72 * below + wide) * within(gaze.lids, 0.0, 1.15)
    opening *= (1 - 0.15 * within(-nod / 30)) * (1 - face.squeeze)
    opening += 0.05 * within(nod / 30, 0.0, 0.5) * within(gaze.lids)
    raised = within(0.40 * face.cheek + 1.15 * below + 0.75 * face.squeeze)
    lower = down * LOWER * (1 - 1.30 * raised) * (1 - 0.30 * within(1 - opening)) + slant
    highest = -up * UPPER + slant
    upper = np.minimum((lower - 0.004) * (1 - opening) + highest * opening, lower)
    return half * ACROSS, upper, lower


def eye(canvas: Canvas, frame: Frame, side: int, head: Head, skin: Tones, person: Person) -> None:
    """One eye: white, iris where the gaze points, lashes that follow the upper lid, a crease above it."""
    seen = frame.seen(side)
    if seen <= 0.01:
        return
    eye_x, eye_y, _, up, _ = frame.build.eye
    x, upper, lower = lids(frame, person)
    xs = side * (eye_x + x)
    top, bottom = (frame.on(np.stack([xs, eye_y + edge], 1), 0.015) for edge in (upper, lower))
    highest = -up * UPPER
    socket = frame.on(np.stack([side * (eye_x + 1.12 * x), eye_y + 1.28 * highest - 0.012], 1))
    canvas.soft([np.vstack([socket, bottom[::-1]])], skin.shade, (0.22 if frame.build.infant else 0.30) * seen, 3.5)
    gap = float(np.max(lower - upper))
    if gap > SHUT:
        opening = canvas.mask([np.vstack([top, bottom[::-1]])])
        canvas.through(opening, lambda layer: _eyeball(layer, frame, side, head, person, xs, eye_y + upper), seen)
    _lashes(canvas, frame, side, skin, top, bottom, within(gap / (3 * SHUT)), person.face.squeeze, seen)
    _creases(canvas, frame, side, skin, person, x, highest, lower, gap, seen)


def _eyeball(canvas: Canvas, frame: Frame, side: int, head: Head, person: Person, xs: Vector, lid: Vector) -> None:
    eye_x, eye_y, half, up, down = frame.build.eye
    turn = np.radians(within(person.gaze.gaze_yaw - frame.yaw, -FURTHEST_EYE_TURN, FURTHEST_EYE_TURN))
    nod = np.radians(within(person.gaze.gaze_pitch - frame.pitch, -FURTHEST_EYE_NOD, FURTHEST_EYE_NOD))
    x = side * eye_x + half * 1.02 * float(np.sin(turn))
    y = eye_y + (down - up) * 0.36 - half * 0.66 * float(np.sin(nod)) + 0.012
    size = frame.build.iris

    def disc(r: float, dx: float = 0.0, dy: float = 0.0, tall: float = 1.0, n: int = 28) -> Points:
        return frame.on(ellipse(x + dx * size, y + dy * size, r * size, r * tall * size, n=n), 0.02)

    canvas.picture[:] = np.round(bgr(EYE_WHITE)).astype(np.uint8)
    canvas.fill(disc(1.0), blend(bgr(head.iris), (0.0, 0.0, 0.0), 0.28))
    canvas.fill(disc(0.90), bgr(head.iris))
    canvas.soft([disc(0.62, 0, 0.34, 0.65)], bgr(head.iris_light), 0.95, 1.6)
    canvas.fill(disc(0.50), bgr("#1E1411"))
    under = np.vstack([frame.on(np.stack([xs, lid - 0.05], 1), 0.015), frame.on(np.stack([xs, lid + 0.055], 1), 0.015)[::-1]])
    canvas.soft([under], bgr("#5B3D36"), 0.42, 2.0)
    canvas.fill(disc(0.27, -0.36, -0.40, n=16), (255.0, 255.0, 255.0))
    canvas.fill(disc(0.12, 0.38, 0.36, n=12), (255.0, 255.0, 255.0), 0.75)


def _lashes(
    canvas: Canvas,
    frame: Frame,
    side: int,
    skin: Tones,
    top: Points,
    bottom: Points,
    open_: float,
    squeezed: float,
    seen: float,
) -> None:
    """The dark edge of the upper lid, and a faint one of the lower; of shut lids the line where they meet."""
    infant, r = frame.build.infant, frame.radius
    front = frame.facing(side * frame.build.eye[0], frame.build.eye[1])
    width = (0.050 if infant else 0.052) * r * (0.7 + 0.3 * front) * (0.55 + 0.45 * seen)
    lash = blend(skin.line, bgr(LASH), 0.55)
    tail = top[-1] + (top[-1] - top[-3]) * (0.15 if infant else 0.55) * open_
    line = np.vstack([top, tail - (0.0, 0.0 if infant else 0.02 * r * open_)])
    canvas.ribbon(line, [k * width for k in (0.32, 0.85, 1.05, 1.05, 0.3)], lash, 0.95 * seen)
    canvas.ribbon(bottom[3:-2], [0.4, 1.3, 1.6, 0.6], blend(skin.line, skin.shade, 0.55), 0.40 * open_ * seen)
    shut = within(0.9 - open_) * (1 - squeezed)
    if shut > 0.02 and infant:
        for k in (9, 13, 17, 21):
            way = np.array([side * 0.020 * (k - 12) / 12, 0.055])
            canvas.ribbon(np.array([bottom[k], bottom[k] + r * way]), [1.8, 0.8], lash, 0.75 * shut * seen)


def _creases(
    canvas: Canvas,
    frame: Frame,
    side: int,
    skin: Tones,
    person: Person,
    x: Vector,
    highest: Vector,
    lower: Vector,
    gap: float,
    seen: float,
) -> None:
    """Lines about the eye: above the lid, under a raised cheek, at the outer corner of squeezed eyes."""
    eye_x, eye_y, half, up, _ = frame.build.eye
    infant, face = frame.build.infant, person.face
    sunk = 0.03 * within(1 - gap / (2 * up))
    above = np.stack([side * (eye_x + 0.98 * x), eye_y + 1.30 * highest - 0.022 - 0.03 * face.brow_raise + sunk], 1)
    strength = (0.38 if infant else 0.50) * frame.build.fold * (1 - face.squeeze)
    canvas.ribbon(frame.on(above, 0.01)[3:-2], [0.4, 1.8, 2.2, 0.5], skin.fold(0.30), strength * seen)
    pushed = within(max(face.cheek, face.squeeze) * 1.1 - 0.2)
    if pushed > 0.02:
        below = np.stack([side * (eye_x + 0.92 * x), eye_y + lower + 0.060 + 0.02 * (1 - (x / half) ** 2)], 1)
        canvas.ribbon(frame.on(below, 0.01)[4:-2], [0.4, 2.0, 1.8, 0.4], skin.fold(0.08), 0.42 * pushed * seen)
    corner = max(within(face.squeeze * 1.6 - 0.4) * 0.6, 0.0)
    if corner > 0.02:
        for start, end, reach in ((-0.027, -0.077, 0.10), (0.018, 0.051, 0.11)):
            ray = [(side * (eye_x + 1.02 * half), eye_y + start), (side * (eye_x + 1.02 * half + reach), eye_y + end)]
            canvas.ribbon(frame.on(np.array(ray), 0.01), [2.2, 0.6], skin.fold(0.35), corner * seen)


def brow(canvas: Canvas, frame: Frame, side: int, head: Head, person: Person) -> None:
    """One brow: raised as a whole, its inner end lifted (woe), or drawn in and down (knit)."""
    y, inner, outer = frame.build.brow
    shown = within((float(frame.depth(frame.lift(np.array([side * (inner + outer) / 2, y])))) + 0.02) / 0.14)
    if shown <= 0.01:
        return
    face = person.face
    bowed = 0.60 * within(-frame.pitch / 25) * (1 - face.knit)  # or the brows of a lowered head would look angry
    up, knit, woe = 0.15 * face.brow_raise, face.knit, face.brow_inner + bowed
    arch = 0.030 if frame.build.infant else 0.045
    middle = (inner + outer) / 2
    line = [
        (inner - 0.05 * knit + 0.01 * woe, y + 0.012 - 0.95 * up - 0.15 * woe + 0.115 * knit),
        ((inner + middle) / 2 - 0.03 * knit, y + 0.012 - 0.75 * arch - up - 0.088 * woe + 0.07 * knit),
        (middle, y + 0.012 - arch - 1.05 * up - 0.02 * woe + 0.025 * knit),
        (0.45 * middle + 0.55 * outer, y + 0.016 - 0.7 * arch - 0.97 * up + 0.035 * woe),
        (outer, y + 0.035 - 0.82 * up + 0.085 * woe - 0.01 * knit),
    ]
    path = frame.on(curve([(side * px, py) for px, py in line], n=6), 0.02)
    thick = np.array(frame.build.brow_width) * (1 + 0.15 * knit) * frame.radius * (0.8 + 0.2 * frame.facing(side * middle, y))
    canvas.ribbon(path, [float(w) for w in thick], bgr(head.brow), (0.80 if frame.build.infant else 0.92) * shown)


def glasses(canvas: Canvas, frame: Frame, head: Head) -> None:
    """Two lenses that stand before the face, a bridge, and the temples as far as they show."""
    eye_x, eye_y, half, _, _ = frame.build.eye
    rim, thick = bgr(head.glasses), 0.028 * frame.radius
    plane = float(frame.lift(np.array([eye_x, eye_y]))[2])
    for side in (1, -1) if frame.turn > 0 else (-1, 1):
        shown = within(1.0 if side * frame.turn < 0 else 1.6 * frame.seen(side))
        flat = np.array([eye_x * side, eye_y + 0.03]) + LENS * (side * half, half)
        ring = frame.project(np.column_stack([flat, plane + 0.14 - 0.22 * np.maximum(np.abs(flat[:, 0]) - 0.12, 0)]))
        canvas.fill(ring, (255.0, 255.0, 255.0), 0.10 * shown)
        glint = [
            (eye_x * side - 0.70 * half, eye_y - 0.1 * half, plane + 0.14),
            (eye_x * side - 0.35 * half, eye_y - 0.65 * half, plane + 0.14),
        ]
        canvas.ribbon(frame.project(np.array(glint)), [1.5, 4.0, 1.5], (255.0, 255.0, 255.0), 0.26 * shown)
        canvas.ribbon(np.vstack([ring, ring[:2]]), [thick, thick], rim, 0.92 * shown)
        near = within((-side * frame.turn + 0.30) / 0.3)
        hinge = (side * (eye_x + 1.24 * half), eye_y - 0.06, plane - 0.02)
        ear = (side * (frame.build.ear[0] - 0.02), eye_y - 0.03, 0.02)
        canvas.ribbon(frame.project(np.array([hinge, ear])), [thick, 0.8 * thick], rim, 0.85 * near)
    inner = eye_x - 1.10 * half
    bridge = [(-inner, eye_y - 0.05, plane + 0.12), (0, eye_y - 0.10, plane + 0.16), (inner, eye_y - 0.05, plane + 0.12)]
    canvas.ribbon(
        frame.project(curve(bridge, n=6)),
        [0.9 * thick, 0.9 * thick],
        rim,
        0.92 * within(frame.seen(1) + frame.seen(-1) - 1, 0.0, 1.0),
    )
