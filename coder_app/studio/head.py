"""A head that turns: ellipsoids for skull and flesh, features on a face surface, all rotated and projected."""

from __future__ import annotations

import numpy as np

from coder_app.studio.canvas import Canvas, Colour, Mask, Points, bgr, blend, curve, ellipse
from coder_app.studio.features import brow, eye, mouth, nose
from coder_app.studio.frame import Frame
from coder_app.studio.looks import CaregiverLook, InfantLook, Skin
from coder_app.studio.pose import Person

CURLS = ((-0.86, -0.28), (-0.72, -0.66), (-0.42, -0.95), (0.0, -1.06), (0.42, -0.95), (0.72, -0.66), (0.86, -0.28))


def infant(canvas: Canvas, frame: Frame, look: InfantLook, person: Person) -> None:
    """Head of the infant: thin hair, ears, face."""
    hair = bgr(look.hair)
    _ears(canvas, frame, look.skin, behind=True)
    _cap(canvas, frame, hair, 0.0)
    _face(canvas, frame, look.skin, look.brow, look.iris, person)
    _ears(canvas, frame, look.skin, behind=False)
    for lock in (
        ((-0.20, -1.08), (-0.06, -1.24), (0.14, -1.26), (0.22, -1.14)),
        ((-0.10, -1.08), (-0.24, -1.18), (-0.36, -1.12)),
    ):
        line = curve([(x, y, 0.10 + 0.2 * x) for x, y in lock], n=8)
        canvas.ribbon(frame.project(line), [10, 9, 7, 3], hair)


def caregiver(canvas: Canvas, frame: Frame, look: CaregiverLook, person: Person) -> None:
    """Head of the caregiver: hair by style, ears, face, perhaps a beard."""
    hair = bgr(look.hair)
    if look.style == "bun":
        x, y = frame.project(np.array([0.05, -1.22, -0.5]))
        canvas.solid([ellipse(x, y, 0.40 * frame.radius, 0.34 * frame.radius)], hair, _darker(hair), 5)
    if look.style == "curls":
        _curls(canvas, frame, hair, back=True)
    _ears(canvas, frame, look.skin, behind=True)
    _cap(canvas, frame, hair, 0.06 if look.style == "short" else 0.03)
    _face(canvas, frame, look.skin, look.brow, look.iris, person, look.beard)
    if look.style == "curls":
        _curls(canvas, frame, hair, back=False)
    else:
        _ears(canvas, frame, look.skin, behind=False)


def _darker(colour: Colour) -> Colour:
    return blend(colour, bgr("#160D0A"), 0.4)


def _cap(canvas: Canvas, frame: Frame, hair: Colour, grow: float) -> None:
    """Hair: the skull, a little larger; the face is laid over it and so leaves a hairline that turns with the head."""
    mask = canvas.solid([frame.outline(ball, grow) for ball in frame.build.skull], hair, _darker(hair), 7, 0.6)
    x, y = frame.project(np.array([-0.3, -0.95, 0.4]))
    canvas.soft([ellipse(x, y, 0.34 * frame.radius, 0.10 * frame.radius, -14)], bgr("#FFFFFF"), 0.16, 5, mask)


def _curls(canvas: Canvas, frame: Frame, hair: Colour, back: bool) -> None:
    rings = []
    for x, y in CURLS:
        z = -0.25 if back else 0.22
        px, py = frame.project(np.array([x * (1.0 if back else 0.92), y + (0.10 if back else 0.02), z]))
        rings.append(ellipse(px, py, (0.40 if back else 0.20) * frame.radius, (0.40 if back else 0.20) * frame.radius))
    canvas.solid(rings, blend(hair, bgr("#120B09"), 0.18) if back else hair, _darker(hair), 6)


def _ears(canvas: Canvas, frame: Frame, skin: Skin, behind: bool) -> None:
    """The ear of the far side goes behind the head, that of the near side before it."""
    ear_x, ear_y, r = frame.build.ear
    for side in (-1, 1):
        at = np.array([side * ear_x, ear_y, -0.10])
        depth = float(frame.turned(at)[2])
        if depth < -0.62 or (depth < 0.02) != behind:
            continue
        x, y = frame.project(at)
        wide = r * (0.62 + 0.5 * max(depth, 0.0)) * frame.radius
        canvas.solid([ellipse(x, y, wide, 1.15 * r * frame.radius, frame.tilt)], bgr(skin.base), bgr(skin.shade), 3)
        canvas.soft([ellipse(x, y, wide * 0.5, 0.7 * r * frame.radius, frame.tilt)], bgr(skin.shade), 0.7, 2)


def _face(canvas: Canvas, frame: Frame, skin: Skin, brow_hair: str, iris: str, person: Person, beard: str = "") -> None:
    face, r = person.face, frame.radius
    red = blend(bgr(skin.blush), bgr("#D64B3C"), 0.3)
    base = blend(bgr(skin.base), red, 0.24 * face.flush)
    mask = canvas.mask([frame.outline(ball) for ball in frame.build.flesh])
    canvas.paint(mask, base)
    canvas.shade(mask, -0.07 * r, -0.10 * r, 0.16 * r, bgr(skin.shade), 0.7)
    _cheeks(canvas, frame, skin, red, person, mask)
    if beard:
        loop = [
            (-0.76, 0.02),
            (-0.62, 0.28),
            (-0.40, 0.47),
            (-0.15, 0.44),
            (0.15, 0.44),
            (0.40, 0.47),
            (0.62, 0.28),
            (0.76, 0.02),
        ]
        loop += [(0.86, 0.6), (0.5, 1.35), (0.0, 1.5), (-0.5, 1.35), (-0.86, 0.6)]
        canvas.soft([frame.on(curve(loop, closed=True, n=6))], bgr(beard), 0.9, 1.6, mask)

    def features(layer: Canvas) -> None:
        far = 1 if frame.yaw > 0 else -1
        for side in (far, -far):
            if frame.seen(side) > 0.03:
                eye(layer, frame, side, skin, iris, person)
                brow(layer, frame, side, bgr(brow_hair), face)
        mouth(layer, frame, skin, face)

    canvas.through(mask, features)
    nose(canvas, frame, skin)


def _cheeks(canvas: Canvas, frame: Frame, skin: Skin, red: Colour, person: Person, mask: Mask) -> None:
    x, y, size = frame.build.blush
    r, face = frame.radius, person.face
    for side in (-1, 1):
        spot: Points = frame.on(ellipse(side * x, y - 0.06 * face.cheek, size * (1 + 0.15 * face.cheek), size * 0.75, n=24))
        canvas.soft(
            [spot], blend(bgr(skin.blush), red, face.flush), 0.38 + 0.12 * face.cheek + 0.3 * face.flush, 0.08 * r, mask
        )
    if face.flush > 0.05:
        spots = [frame.on(ellipse(0, frame.build.nose[0], 0.2, 0.14)), frame.on(ellipse(0, frame.build.brow[0], 0.5, 0.13))]
        canvas.soft(spots, red, 0.4 * face.flush, 0.08 * r, mask)
