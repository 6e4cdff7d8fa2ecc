"""The caregiver below the head: shoulders that lean in or loom, arms that reach across the divider, a cloth held out."""

from __future__ import annotations

import cv2
import numpy as np

from coder_app.studio import hands, head
from coder_app.studio.canvas import Canvas, Colour, Points, bgr, blend, curve, ellipse, moved
from coder_app.studio.frame import Frame
from coder_app.studio.limbs import direction, elbow, shaded, tube
from coder_app.studio.looks import ADULT, CaregiverLook
from coder_app.studio.pose import CAREGIVER_HANDS, Hand, Hands, Person

RADIUS, FLOOR = 113.0, 480.0
SHOULDERS = [(-52, 366), (-110, 380), (-178, 404), (-218, 455), (-236, 520), (-240, 620), (270, 620), (262, 520), (240, 446)]
SHOULDERS += [(192, 396), (118, 371), (52, 358)]
SEAMS = (
    [(-150, 404), (-163, 440), (-160, 480), (-158, 560)],
    [(182, 402), (192, 440), (188, 480), (186, 560)],
    [(-60, 470), (-10, 480), (30, 500)],
)
RAISED = 90.0  # stage units from the lap at which an arm is seen whole
LEFT_SHOULDER, RIGHT_SHOULDER = (-180.0, 450.0), (-118.0, 480.0)
DRAPE = [(232, 150), (262, 128), (312, 136), (362, 126), (420, 136), (478, 140), (492, 186), (470, 232), (424, 226), (374, 240)]
DRAPE += [(322, 232), (268, 244), (230, 228), (222, 190)]


class Build:
    """Where points of the caregiver are: leaning moves them toward the infant, looming makes them larger as well."""

    def __init__(self, person: Person) -> None:
        self.person, self.size = person, 1 + 0.5 * person.loom
        self.lift = 2.4 * person.breath

    def at(self, points: Points) -> Points:
        """Points written around the middle of the trunk at x = 0, on the stage's own heights."""
        person, p = self.person, np.asarray(points, float)
        x = 970 - 8 * person.lean - 55 * person.loom + 0.6 * person.sway[0] + p[..., 0] * self.size
        y = FLOOR + (p[..., 1] - FLOOR - self.lift * (p[..., 1] < FLOOR)) * self.size + 70 * person.loom
        return np.stack([x, y], -1)

    def head(self) -> tuple[float, float]:
        person = self.person
        x, y = self.at(np.array([-14 - 42 * person.lean, 222 + 10 * person.lean + 0.6 * self.lift]))
        return float(x + 0.4 * person.sway[0] + 1.6 * person.face.tilt), float(y + person.sway[1])


def frame(person: Person) -> Frame:
    """The frame of the caregiver's head."""
    build, gaze = Build(person), person.gaze
    x, y = build.head()
    return Frame(ADULT, x, y, RADIUS * build.size, gaze.head_yaw, gaze.head_pitch, person.face.tilt)


def draw(canvas: Canvas, look: CaregiverLook, person: Person) -> None:
    """Shoulders, neck, head."""
    build = Build(person)
    top, dark, size = bgr(look.top), bgr(look.top_shade), build.size
    light = blend(top, bgr("#FFFFFF"), 0.2)
    outline = build.at(curve(SHOULDERS, closed=True, n=9))
    canvas.soft([moved(outline, 14, 10)], blend(bgr(look.wall[0]), bgr("#3F5048"), 0.6), 0.22, 16)
    shaded(canvas, [outline], top, dark, 14, light)
    _neck(canvas, look, build)
    rim = build.at(curve([(-78, 381), (-58, 404), (-30, 421), (2, 429), (36, 419), (62, 399), (80, 374)], n=8))
    canvas.ribbon(rim, [13 * size, 14 * size, 13 * size], blend(top, light, 0.6))
    canvas.ribbon(moved(rim, 0, 6.5 * size), [1.0, 2 * size, 1.0], blend(top, dark, 0.7))
    for seam in SEAMS:
        canvas.ribbon(build.at(curve(seam, n=8)), [0.6, 2.4 * size, 1.2], blend(top, dark, 0.55))
    head.caregiver(canvas, frame(person), look, person)


def _neck(canvas: Canvas, look: CaregiverLook, build: Build) -> None:
    """From under the jaw to the collar bones, in the shadow of the head."""
    skin, size, (x, y) = look.skin, build.size, build.head()
    r, base, dark = RADIUS * size, bgr(skin.base), bgr(skin.shade)
    below = build.at(np.array([(-56, 346), (-82, 382), (-34, 418), (2, 428), (38, 416), (84, 374), (56, 340)], float))
    outline = curve(np.vstack([[(x - 0.50 * r, y + 0.5 * r)], below, [(x + 0.52 * r, y + 0.46 * r)]]), closed=True, n=8)
    throat = shaded(canvas, [outline], blend(base, dark, 0.15), dark, 5 * size)
    jaw = ellipse(x + 6 * size + 0.27 * build.person.gaze.head_yaw, y + 1.02 * r, 0.58 * r, 0.34 * r)
    line = blend(dark, bgr(skin.line), 0.12)
    canvas.soft([jaw], line, 0.75, 8 * size, throat)
    for side in (-1, 1):
        bone = build.at(curve([(side * 14, 404), (side * 34, 396), (side * 58, 391)], n=8))
        canvas.ribbon(bone, [0.5, 2.2 * size, 0.5], blend(base, line, 0.55))


def arms(canvas: Canvas, look: CaregiverLook, person: Person, held: Hands, motion: Points) -> None:
    """The arms that are off the lap. `motion` is how far the infant's face has moved, for hands that stay on it."""
    build = Build(person)
    right, left = (held.right, CAREGIVER_HANDS.right, RIGHT_SHOULDER), (held.left, CAREGIVER_HANDS.left, LEFT_SHOULDER)
    for hand, lap, shoulder in (right, left):
        off = float(np.hypot(hand.x - lap.x, hand.y - lap.y))
        if off > 0:
            at = np.array([hand.x, hand.y]) + hand.follow * motion
            _arm(canvas, look, build, shoulder, hand, at, off / RAISED)


def cloth(canvas: Canvas, look: CaregiverLook, person: Person, share: float, motion: Points) -> None:
    """A hand draws a cloth over the infant's eyes; `share` 0 is away below on the right, 1 is over them."""
    away = motion * share + np.array([320.0, 372.0]) * (1 - share)
    drape = curve(DRAPE, closed=True, n=8) + away
    canvas.soft([moved(drape, 6, 11)], bgr("#6B4A32"), 0.34, 8)
    shaded(canvas, [drape], bgr("#F6F0E4"), bgr("#CDBDA6"), 12, bgr("#FFFFFF"))
    for x, deep in ((250, 84), (292, 70), (338, 78), (382, 66), (424, 74)):
        fold = curve([(x + 14, 130), (x + 3, 130 + 0.5 * deep), (x - 5, 130 + deep), (x, 140 + deep)], n=8) + away
        canvas.ribbon(fold, [0.8, 4.0, 3.0, 0.8], bgr("#E1D6C4"))
    hand = Hand(angle=202, curl=0.75)
    _arm(canvas, look, Build(person), LEFT_SHOULDER, hand, np.array([474.0, 172.0]) + away, 6 * share)


def over_the_eyes(canvas: Canvas, look: CaregiverLook, person: Person, share: float, motion: Points) -> None:
    """A hand, held nearer to the viewer than the face, passes over the infant's eyes; `share` as for a cloth."""
    at = (np.array([376.0, 203.0]) + motion) * share + np.array([740.0, 600.0]) * (1 - share)
    _arm(canvas, look, Build(person), LEFT_SHOULDER, Hand(angle=188, open=0.0), at, 6 * share, near=1.34)


def _arm(
    canvas: Canvas,
    look: CaregiverLook,
    build: Build,
    shoulder: tuple[float, float],
    hand: Hand,
    at: Points,
    risen: float,
    near: float = 1.0,
) -> None:
    """Shown as far as it has `risen`, 0..1, from the lap, where it is one with the trunk."""
    before = canvas.picture.copy() if risen < 1 else None
    start = build.at(np.array(shoulder))
    _sleeved(canvas, look, start, hand, at, build.size, near)
    joint = ellipse(start[0] + 58 * build.size, start[1] - 10, 36 * build.size, 56 * build.size)
    trunk = canvas.mask([build.at(curve(SHOULDERS, closed=True, n=9))])
    canvas.soft([joint], bgr(look.top), 0.9, 11, trunk)
    if before is not None:
        cv2.addWeighted(canvas.picture, risen, before, 1 - risen, 0, dst=canvas.picture)


def _elbow_folds(canvas: Canvas, line: Points, near: float, colour: Colour) -> None:
    """Two short creases on the upper side of the sleeve, where it bends."""
    for knot, lean in ((25, -0.25), (30, 0.25)):
        step = line[knot + 1] - line[knot - 1]
        up = np.array([step[1], -step[0]]) / max(float(np.hypot(*step)), 1e-6)
        up *= -np.sign(up[1]) * near
        fold = [line[knot] + 36 * up, line[knot] + 24 * up + 0.3 * lean * step, line[knot] + 12 * up + lean * step]
        canvas.ribbon(curve(fold, n=6), [0.8, 2.6, 0.6], colour)


def _sleeved(canvas: Canvas, look: CaregiverLook, shoulder: Points, hand: Hand, at: Points, size: float, near: float) -> None:
    """Sleeve, cuff, wrist, hand, as large as they are `near`. The elbow hangs."""
    skin, top, dark = look.skin, bgr(look.top), bgr(look.top_shade)
    light = blend(top, bgr("#FFFFFF"), 0.2)
    fingers, scale = direction(hand.angle), hands.ADULT_SIZE * near
    wrist, cuff = at - 1.2 * scale * fingers, at - 1.5 * scale * fingers
    bend = elbow(shoulder, cuff, 0.53 * float(np.hypot(*(shoulder - cuff))), np.array([0.0, 1.0])) + np.array([0.0, hand.bow])
    upper, lower = 0.4 * shoulder + 0.6 * bend, 0.4 * cuff + 0.6 * bend
    knots = [
        moved(shoulder, 40, -12),
        shoulder,
        0.5 * (shoulder + upper),
        0.7 * bend + 0.15 * (upper + lower),
        0.5 * (lower + cuff),
    ]
    line = curve([*knots, cuff], n=9)
    canvas.soft([moved(shape, 2, 10) for shape in tube(line[8:], [70, 74, 64, 50])], bgr("#4A2A1E"), 0.32, 9)
    bare = tube(np.array([cuff - 14 * fingers, wrist, at - 0.7 * scale * fingers]), [36 * near, 35 * near, 40 * near])
    shaded(canvas, bare, bgr(skin.base), bgr(skin.shade), 5)
    if hand.cloth > 0.05:
        hands.held_cloth(canvas, hand, at)
    hands.adult(canvas, skin, hand, at, scale)
    shaded(canvas, tube(line, [86 * size, 88 * size, 82, 76 * near, 64 * near, 52 * near], flat=0.25), top, dark, 13, light)
    _elbow_folds(canvas, line, near, blend(top, dark, 0.55))
    way = line[-1] - line[-3]
    way /= max(float(np.hypot(*way)), 1e-6)
    across, bow = np.array([-way[1], way[0]]), np.linspace(-np.pi / 2, np.pi / 2, 13)[:, None]
    rib = cuff - 3 * way + 6.5 * np.cos(bow) * way + 24 * near * np.sin(bow) * across
    canvas.ribbon(rib + 6.5 * way, [0.6, 2.6, 2.6, 0.6], blend(bgr(skin.base), bgr(skin.shade), 0.65))
    canvas.ribbon(rib, [12, 13, 12], blend(top, light, 0.55))
    canvas.ribbon(rib - 6.5 * way, [0.6, 1.8, 1.8, 0.6], blend(top, dark, 0.6))
