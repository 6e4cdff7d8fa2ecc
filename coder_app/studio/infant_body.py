"""The infant below the head: a trunk that turns, arches and leans in its straps, and two arms."""

from __future__ import annotations

import numpy as np

from coder_app.studio import hands, head
from coder_app.studio.canvas import Canvas, Mask, Points, bgr, blend, curve, ellipse, moved, rounded
from coder_app.studio.frame import Frame
from coder_app.studio.limbs import direction, elbow, shaded, tube
from coder_app.studio.looks import INFANT, InfantLook
from coder_app.studio.pose import Gaze, Hand, Hands, Person
from coder_app.studio.room import MIDDLE, tipped

HEAD_Y, RADIUS = 192.0, 111.0
WHITE, DOT, SHADOW = "#FFF4E2", "#FFF1DA", "#5A3C28"
SHOULDERS_Y, DEEP, WIDE = 308.0, 66.0, 100.0
AT_REST = Gaze(head_yaw=17.0)  # where `Hand.follow` counts from
TORSO = [(0, -16), (40, -13), (78, 2), (98, 36), (102, 90), (100, 140), (98, 194)]


class Trunk:
    """Where a point of the trunk is on the stage; `x` from its middle line, `y` as on the stage when it sits at ease."""

    def __init__(self, person: Person, rock: float) -> None:
        self.person, self.rock = person, rock
        self.up = 22 * person.arch + 2.0 * person.breath

    def _turn(self, y: Points) -> Points:
        """Radians: the hips, strapped in, turn less than the shoulders."""
        return np.asarray(np.radians(self.person.trunk_yaw) * np.clip((500 - y) / 130, 0.25, 1))

    def _on_stage(self, x: Points, y: Points) -> Points:
        high = np.clip((480 - y) / 160, 0, 1.8)
        x = MIDDLE + x + (26 * self.person.lean + 0.5 * self.person.sway[0]) * high
        return tipped(np.stack([x, y - self.up * np.minimum(high, 1.1)], -1), self.rock)

    def edge(self, points: Points) -> Points:
        """Points of the outline: a turned trunk is narrower, and an arched one bulges the way it faces."""
        x, y = np.asarray(points, float).T
        turn = self._turn(y)
        narrow = np.sqrt(np.cos(turn) ** 2 + (DEEP / WIDE * np.sin(turn)) ** 2)
        bulge = np.sin(turn) * (10 + 16 * self.person.arch) * np.exp(-(((y - 385) / 50) ** 2))
        return self._on_stage(x * narrow + bulge, y)

    def front(self, points: Points) -> Points:
        """Points on the belly and chest, carried round as it turns."""
        x, y = np.asarray(points, float).T
        return self._on_stage(x * np.cos(self._turn(y)) + self.depth(x) * np.sin(self._turn(y)), y)

    def faces(self, points: Points) -> Points:
        """Which points of the front have not turned out of sight."""
        x, y = np.asarray(points, float).T
        return np.asarray(self.depth(x) * np.cos(self._turn(y)) - x * np.sin(self._turn(y)) > 12)

    @staticmethod
    def depth(x: Points) -> Points:
        return np.asarray(DEEP * np.sqrt(np.maximum(1 - (x / WIDE) ** 2, 0)))

    def head(self) -> tuple[float, float]:
        """Where the middle of the head is."""
        person = self.person
        x, y = self._on_stage(np.array([20 * np.sin(np.radians(person.trunk_yaw))]), np.array([HEAD_Y + 0.5 * self.up]))[0]
        return float(x + 0.5 * person.sway[0] + 0.10 * person.gaze.head_yaw), float(y + person.sway[1])

    def carried(self, hand: Hand) -> Points:
        """Where a hand is that goes along with the trunk, the head, or something between."""
        here = np.array([hand.x, hand.y])
        with_trunk = self._on_stage(here[:1] - MIDDLE, here[1:])[0]
        return np.asarray(with_trunk * (1 - hand.follow) + (here + head_motion(self.person, self.rock)) * hand.follow)


def frame(person: Person, rock: float) -> Frame:
    """The frame of the infant's head."""
    x, y = Trunk(person, rock).head()
    return Frame(INFANT, x, y, RADIUS, person.gaze.head_yaw, person.gaze.head_pitch, person.face.tilt)


def head_motion(person: Person, rock: float) -> Points:
    """How far the mouth has moved from where it is at rest."""
    mouth = np.array([0.0, INFANT.mouth[0]])
    return np.asarray(frame(person, rock).on(mouth) - frame(Person(AT_REST), 0.0).on(mouth))


def draw(canvas: Canvas, look: InfantLook, person: Person, held: Hands, rock: float) -> None:
    """Trunk, straps, head, arms."""
    trunk = Trunk(person, rock)
    x, y = trunk.head()
    _behind(canvas, ellipse(x + 11, y + 14, 108, 104), look, 14)
    chest = _suit(canvas, look, trunk)
    canvas.soft([ellipse(x + 6 + 0.17 * person.gaze.head_yaw, y + 120, 74, 26)], bgr(look.suit_shade), 0.75, 10, chest)
    _collar(canvas, look, trunk, (x, y))
    _straps(canvas, look, trunk, chest)
    head.infant(canvas, frame(person, rock), look, person)
    places = trunk.carried(held.left), trunk.carried(held.right)
    for side, hand, at in ((-1, held.left, places[0]), (1, held.right, places[1])):
        _arm(canvas, look, trunk, side, hand, at)
    if held.laced > 0.3:
        share = (held.laced - 0.3) / 0.7
        hands.laced(canvas, look.skin, (places[0], held.left.angle), (places[1], held.right.angle), share)


def _behind(canvas: Canvas, shape: Points, look: InfantLook, blur: float) -> None:
    """The shadow that a shape before the seat throws on it."""
    canvas.soft([shape], blend(bgr(look.seat), bgr("#203A38"), 0.5), 0.36, blur)


def _suit(canvas: Canvas, look: InfantLook, trunk: Trunk) -> Mask:
    suit, dark, white = bgr(look.suit), bgr(look.suit_shade), bgr("#FFFFFF")
    half = moved(np.array(TORSO, float), 0, SHOULDERS_Y)
    outline = trunk.edge(curve(np.vstack([half[::-1] * (-1, 1), half[1:]]), n=8))
    _behind(canvas, moved(outline, 9, 8), look, 10)
    chest = shaded(canvas, [outline], suit, dark, 10, blend(suit, white, 0.35))
    rows = [(x * 30 + 15 * (row % 2), 350 + 30 * row) for row in range(4) for x in range(-3, 4)]
    dots = np.array([(x, y) for x, y in rows if abs(x) < 94], float)
    for x, y in trunk.front(dots)[trunk.faces(dots)]:
        canvas.fill(ellipse(x, y, 2.7, 2.7, n=14), bgr(DOT))
    for side in (-1, 1):
        x, y = trunk.front(np.array([(side * 66, 492 - 9 * trunk.person.arch)]))[0]
        thigh = ellipse(x, y, 62, 50, side * 14)
        canvas.soft([moved(thigh, 0, -6)], dark, 0.4, 7, chest)
        shaded(canvas, [thigh], suit, dark, 8, blend(suit, white, 0.35))
        for dx, dy in ((-22, -18), (8, -26), (30, -8), (-6, 2), (-34, 6)):
            canvas.fill(ellipse(x + dx, y + dy, 2.7, 2.7, n=14), bgr(DOT))
    return chest


def _collar(canvas: Canvas, look: InfantLook, trunk: Trunk, at: tuple[float, float]) -> None:
    y = SHOULDERS_Y
    rim = trunk.front(curve([(-52, y - 11), (-31, y + 10), (0, y + 18), (31, y + 10), (52, y - 11)], n=8))
    chin = np.array([(46, 62), (-46, 62)]) + at
    skin = look.skin
    canvas.fill(np.vstack([rim, chin]), blend(bgr(skin.shade), bgr(skin.line), 0.06))
    canvas.ribbon(rim, [13, 14, 13], bgr(WHITE))
    canvas.ribbon(moved(rim, 0, 5.5), [1.2, 1.8, 1.2], blend(bgr(WHITE), bgr(look.suit_shade), 0.4))


def _straps(canvas: Canvas, look: InfantLook, trunk: Trunk, chest: Mask) -> None:
    """From the slots of the seat over the shoulders to the buckle, which is tied to the seat below."""
    strap = blend(bgr(look.seat), bgr("#1F3634"), 0.32)
    dark, white, y = bgr(look.suit_shade), bgr("#FFFFFF"), SHOULDERS_Y
    buckle = 0.8 * trunk.front(np.array([(0.0, 424.0)]))[0] + 0.2 * np.array([MIDDLE, 424.0])
    for side in (-1, 1):
        slot = tipped(np.array([(MIDDLE + side * 58, 262.0)]), trunk.rock)
        over = trunk.front(np.array([(side * 62, y + 2), (side * 55, y + 48), (side * 32, y + 88)]))
        line = curve(np.vstack([slot, over, moved(buckle[None], side * 6, -6)]), n=9)
        canvas.soft(tube(moved(line, 2, 4), [21, 21]), dark, 0.55, 3.5, chest)
        canvas.ribbon(line, [21, 20, 20], strap)
        step = np.gradient(line, axis=0)
        across = np.stack([-step[:, 1], step[:, 0]], 1) / np.hypot(step[:, 0], step[:, 1])[:, None]
        for out in (-7, 7):
            canvas.ribbon(line + out * across, [1.4, 1.4], blend(strap, white, 0.28))
        canvas.ribbon(line[8:24], [25, 27, 25], blend(strap, bgr(look.cushion), 0.35))
    x, y = buckle
    canvas.ribbon(np.array([(x, y), tipped(np.array([(MIDDLE, 505.0)]), trunk.rock)[0]]), [22, 22], strap)
    canvas.soft([rounded(x - 20, y - 14, x + 22, y + 24, 10)], dark, 0.6, 4)
    shaded(canvas, [rounded(x - 21, y - 17, x + 21, y + 19, 11)], bgr("#F7EAD7"), bgr("#D9C3A4"), 4)
    shaded(canvas, [rounded(x - 9, y - 7, x + 9, y + 9, 6)], bgr("#D9745A"), bgr("#B3543F"), 2)


def _arm(canvas: Canvas, look: InfantLook, trunk: Trunk, side: int, hand: Hand, at: Points) -> None:
    """Short sleeve with a cuff, forearm, hand. The elbow is low and outward."""
    skin, suit, dark = look.skin, bgr(look.suit), bgr(look.suit_shade)
    shoulder = trunk.edge(np.array([(side * 80.0, SHOULDERS_Y + 20)]))[0]
    fingers = direction(hand.angle)
    wrist = at - 18 * fingers
    bend = elbow(shoulder, wrist, 50.0, np.array([0.55 * side, 1.0]))
    bend = 0.88 * bend + 0.06 * (shoulder + wrist) + np.array([0.0, hand.bow])
    upper, lower = 0.45 * shoulder + 0.55 * bend, 0.45 * wrist + 0.55 * bend
    line = curve([shoulder, upper, 0.72 * bend + 0.14 * (upper + lower), lower, wrist], n=8)
    cut = int(0.43 * len(line))
    sleeve, forearm = tube(line[: cut + 1], [50, 49, 43], flat=0.28), tube(line[cut - 2 :], [36, 36, 32, 26])
    canvas.soft([moved(shape, 3, 6) for shape in (*sleeve, *forearm)], bgr(SHADOW), 0.24, 5)
    shaded(canvas, forearm, bgr(skin.base), bgr(skin.shade), 4)
    shaded(canvas, sleeve, suit, dark, 7, blend(suit, bgr("#FFFFFF"), 0.35))
    way = line[cut + 1] - line[cut - 2]
    way /= max(float(np.hypot(*way)), 1e-6)
    across, bow = np.array([-way[1], way[0]]), np.linspace(-np.pi / 2, np.pi / 2, 13)[:, None]
    cuff = line[cut] - 2 * way + 5.5 * np.cos(bow) * way + 20.5 * np.sin(bow) * across
    canvas.ribbon(cuff + 5 * way, [0.6, 2.4, 2.4, 0.6], blend(bgr(skin.base), bgr(skin.shade), 0.7))
    canvas.ribbon(cuff, [8, 9.5, 8], bgr(WHITE))
    hands.infant(canvas, skin, hand, at, bgr(SHADOW))
    side_on = 12 * direction(hand.angle + 90)
    fold = curve([wrist - side_on, wrist - 2.5 * fingers, wrist + side_on], n=6)
    canvas.ribbon(fold, [0.4, 1.8, 0.4], blend(bgr(skin.base), blend(bgr(skin.shade), bgr(skin.line), 0.15), 0.65))
