"""The two people below their heads: the infant strapped into a seat, the caregiver leaning in, a hand with a cloth."""

from __future__ import annotations

import numpy as np

from coder_app.studio import head
from coder_app.studio.canvas import Canvas, Points, bgr, blend, curve, ellipse, moved, rounded
from coder_app.studio.frame import Frame
from coder_app.studio.looks import ADULT, INFANT, CaregiverLook, InfantLook
from coder_app.studio.pose import Person

INFANT_HEAD, INFANT_RADIUS = (350.0, 196.0), 112.0
CAREGIVER_HEAD, CAREGIVER_RADIUS = (912.0, 214.0), 114.0
BELOW = 530.0  # trunks reach past the lower edge of the stage, at 480
TORSO = [(268, 500), (262, 400), (286, 318), (350, 300), (414, 318), (438, 400), (432, 500)]
SHOULDERS = [(716, 500), (738, 438), (800, 398), (880, 380), (960, 378), (1060, 398), (1128, 438), (1154, 500)]
NECK = [(892, 290), (884, 372), (930, 420), (984, 372), (954, 270)]
NECKLINE = [(866, 376), (888, 408), (930, 424), (974, 408), (998, 374)]
CLOTH = [(212, 158), (280, 146), (350, 152), (430, 144), (500, 156), (512, 214), (486, 262), (420, 250), (350, 266), (270, 252)]
WHITE = "#FFF4E2"


def _to_the_floor(line: Points) -> Points:
    """A trunk: its outline closed below the picture."""
    return np.vstack([line, [(line[-1, 0], BELOW), (line[0, 0], BELOW)]])


def infant(canvas: Canvas, look: InfantLook, person: Person) -> None:
    """Trunk, straps, arms, head."""
    dx, dy = person.sway
    lift = 2.0 * person.breath
    torso = moved(curve(TORSO, n=10), 0.5 * dx, -lift)
    canvas.solid([_to_the_floor(torso)], bgr(look.suit), bgr(look.suit_shade), 9)
    _straps(canvas, look)
    for side in (-1, 1):
        _infant_arm(canvas, look, side, 0.5 * dx, -lift)
    collar = curve([(306, 308), (330, 326), (350, 330), (370, 326), (394, 308)], n=8)
    canvas.ribbon(moved(collar, 0.6 * dx, -lift), [10, 13, 10], bgr(WHITE))
    gaze, (x, y) = person.gaze, INFANT_HEAD
    x, y = x + dx + 0.10 * gaze.head_yaw, y + dy - 0.4 * lift
    canvas.soft([ellipse(x + 12, y + 34, 100, 96)], blend(bgr(look.cushion), bgr("#3A2A22"), 0.55), 0.35, 14)
    frame = Frame(INFANT, x, y, INFANT_RADIUS, gaze.head_yaw, gaze.head_pitch, person.face.tilt)
    head.infant(canvas, frame, look, person)


def _straps(canvas: Canvas, look: InfantLook) -> None:
    strap = blend(bgr(look.seat), bgr("#20302E"), 0.25)
    for side in (-1, 1):
        line = curve([(350 + side * 74, 296), (350 + side * 46, 360), (350 + side * 12, 428)], n=8)
        canvas.ribbon(line, [24, 23, 20], strap)
    canvas.ribbon(np.array([(350, 440), (350, 500)], float), [24], strap)
    canvas.solid([rounded(326, 412, 374, 448, 10)], bgr("#F3ECE0"), bgr("#CFC2B0"), 4)


def _infant_arm(canvas: Canvas, look: InfantLook, side: int, dx: float, dy: float) -> None:
    skin = look.skin
    sleeve = moved(curve([(350 + side * 78, 332), (350 + side * 104, 362), (350 + side * 108, 388)], n=8), dx, dy)
    arm = moved(curve([(350 + side * 106, 384), (350 + side * 92, 410), (350 + side * 66, 424)], n=8), dx, 0.5 * dy)
    canvas.ribbon(arm, [40, 36, 30], blend(bgr(skin.base), bgr(skin.shade), 0.25))
    canvas.solid([ellipse(350 + side * 60 + dx, 426 + 0.5 * dy, 22, 19)], bgr(skin.base), bgr(skin.shade), 4)
    canvas.ribbon(sleeve, [58, 62, 54], blend(bgr(look.suit), bgr(look.suit_shade), 0.35))
    cuff = sleeve[-1] + np.array([(-24, 4), (0, 8), (24, 4)])
    canvas.ribbon(cuff, [7, 9, 7], bgr(WHITE))


def caregiver(canvas: Canvas, look: CaregiverLook, person: Person) -> None:
    """Shoulders, neck, head."""
    dx, dy = person.sway[0] - 22 * person.lean, person.sway[1]
    lift = 2.4 * person.breath
    skin, top = look.skin, bgr(look.top)
    shoulders = moved(curve(SHOULDERS, n=10), 0.6 * dx, -lift)
    canvas.solid([_to_the_floor(shoulders)], top, bgr(look.top_shade), 14)
    neck = moved(curve(NECK, n=8), 0.75 * dx, -0.7 * lift)
    within = canvas.solid([neck], blend(bgr(skin.base), bgr(skin.shade), 0.45), bgr(skin.shade), 10)
    neckline = moved(curve(NECKLINE, n=8), 0.7 * dx, -lift)
    canvas.ribbon(neckline, [9, 12, 9], blend(top, bgr("#FFFFFF"), 0.18))
    gaze, tilt = person.gaze, person.face.tilt
    x, y = CAREGIVER_HEAD[0] + dx + 1.6 * tilt, CAREGIVER_HEAD[1] + dy - 0.4 * lift
    canvas.soft([ellipse(x + 22, y + 106, 66, 40)], bgr(skin.shade), 0.55, 12, within)
    frame = Frame(ADULT, x, y, CAREGIVER_RADIUS, gaze.head_yaw, gaze.head_pitch, tilt)
    head.caregiver(canvas, frame, look, person)


def cloth(canvas: Canvas, look: CaregiverLook, share: float) -> None:
    """The caregiver's hand holds a cloth before the infant's eyes; `share` 0 is away to the right, 1 is over them."""
    dx, dy = 330 * (1 - share), 190 * (1 - share)
    sleeve = moved(curve([(690, 540), (600, 420), (510, 300)], n=10), 0.7 * dx, 0.7 * dy)
    canvas.ribbon(sleeve, [84, 72, 58], blend(bgr(look.top), bgr(look.top_shade), 0.25))
    drape = moved(curve([*CLOTH, (216, 262)], closed=True, n=8), dx, dy)
    canvas.soft([moved(drape, 6, 10)], bgr("#6B4A32"), 0.35, 8)
    canvas.solid([drape], bgr("#F4EEE2"), bgr("#D3C4AE"), 10)
    for x in (262, 318, 384, 446):
        fold = moved(curve([(x, 156), (x + 6, 200), (x - 4, 248)], n=8), dx, dy)
        canvas.ribbon(fold, [0.8, 3.0, 0.8], bgr("#D8CBB8"), 0.8)
    canvas.solid([ellipse(496 + dx, 268 + dy, 34, 27, 40)], bgr(look.skin.base), bgr(look.skin.shade), 5)
