"""The stage, 1280 x 480 units: infant in a seat on the left, caregiver on the right, a wall toy, the time code."""

from __future__ import annotations

import functools

import cv2
import numpy as np

from coder_app.studio import people
from coder_app.studio.canvas import Canvas, Mask, Picture, bgr, blend, curve, ellipse, moved, rounded
from coder_app.studio.looks import CAREGIVERS, INFANTS, INK, PAPER, InfantLook
from coder_app.studio.pose import Pose
from coder_app.studio.script import Cast

WIDTH, HEIGHT, DIVIDER = 1280, 480, 640
SUPERSAMPLING = 2


class Stage:
    """Draws poses at one size for one cast. What never moves is drawn once."""

    def __init__(self, cast: Cast, size: tuple[int, int]) -> None:
        self.size = size
        self.scale = SUPERSAMPLING * size[0] / WIDTH
        self.infant, self.caregiver = INFANTS[cast.infant], CAREGIVERS[cast.caregiver]
        self.set = self._set()

    def draw(self, pose: Pose) -> Picture:
        """A BGR picture, height x width x 3."""
        canvas = Canvas(self.set.copy(), self.scale)
        _toy(canvas, pose.t_us / 1e6)
        people.infant(canvas, self.infant, pose.infant)
        people.caregiver(canvas, self.caregiver, pose.caregiver)
        canvas.fill(np.array([(637, 0), (643, 0), (643, HEIGHT), (637, HEIGHT)], float), bgr(PAPER))
        if pose.cloth > 0:
            people.cloth(canvas, self.caregiver, pose.cloth)
        _time_code(canvas, pose.t_us)
        return np.asarray(cv2.resize(canvas.picture, self.size, interpolation=cv2.INTER_AREA), np.uint8)

    def _set(self) -> Picture:
        canvas = Canvas(np.zeros((self.size[1] * SUPERSAMPLING, self.size[0] * SUPERSAMPLING, 3), np.uint8), self.scale)
        for left, (edge, middle) in ((0, self.infant.wall), (DIVIDER, self.caregiver.wall)):
            _wall(canvas, left, edge, middle)
        _seat(canvas, self.infant)
        return canvas.picture


def _wall(canvas: Canvas, left: float, edge: str, middle: str) -> None:
    """A wall, lighter behind the head."""
    pane = np.array([(left - 4, -4), (left + 644, -4), (left + 644, HEIGHT + 4), (left - 4, HEIGHT + 4)], float)
    canvas.fill(pane, bgr(edge))
    canvas.soft([ellipse(left + 320, 200, 250, 190)], bgr(middle), 1.0, 60, canvas.mask([pane]))


def _seat(canvas: Canvas, look: InfantLook) -> None:
    seat = bgr(look.seat)
    back = curve([(168, 500), (188, 230), (236, 76), (350, 40), (464, 76), (512, 230), (540, 500)], n=12)
    canvas.soft([moved(back, 16, 12)], blend(bgr(look.wall[0]), bgr("#6B4A32"), 0.5), 0.4, 14)
    canvas.solid([np.vstack([back, [(540, 520), (168, 520)]])], seat, blend(seat, bgr("#20302E"), 0.4), 12)
    pad = curve([(206, 500), (220, 250), (258, 112), (350, 76), (442, 112), (480, 250), (498, 500)], n=12)
    cushion = bgr(look.cushion)
    canvas.solid([np.vstack([pad, [(498, 520), (206, 520)]])], cushion, blend(cushion, seat, 0.6), 12)


def _toy(canvas: Canvas, t: float) -> None:
    """A hanging mobile without a face, so that it is no partner."""
    sway = 1.6 * np.sin(1.7 * t)
    canvas.ribbon(np.array([(98, 0), (98, 40)], float), [2.2], bgr("#A97B4E"))
    for x, y in ((48, 112), (100, 118), (150, 98)):
        canvas.ribbon(np.array([(x, 42), (x + sway, y)], float), [1.8], bgr("#A97B4E"))
    canvas.solid([rounded(28, 36, 168, 48, 6)], bgr("#C99A6B"), bgr("#A97B4E"), 3)
    canvas.solid([ellipse(48 + sway, 128, 19, 19)], bgr("#D9745A"), bgr("#B4553D"), 4)
    angles = np.radians(np.arange(10) * 36 - 90)
    reach = np.where(np.arange(10) % 2 == 0, 37, 20)
    star = np.stack([101 + sway + reach * np.cos(angles), 150 + reach * np.sin(angles)], 1)
    canvas.solid([curve(star, closed=True, n=6)], bgr("#EDB64E"), bgr("#C98F2C"), 5)
    moon = [(152, 92), (138, 104), (136, 120), (150, 132), (166, 128), (154, 122), (148, 110)]
    canvas.solid([moved(curve(moon, closed=True, n=6), sway, 0)], bgr("#5F9A94"), bgr("#447A74"), 4)


@functools.lru_cache(maxsize=64)
def _label(text: str, scale: float) -> Picture:
    """Text as coverage 0..255."""
    size, weight = 0.62 * scale, max(1, round(1.1 * scale))
    (width, height), base = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, size, weight)
    cover = np.zeros((height + base + 4, width + 4), np.uint8)
    cv2.putText(cover, text, (2, height + 2), cv2.FONT_HERSHEY_SIMPLEX, size, (255,), weight, cv2.LINE_AA)
    return cover


def _time_code(canvas: Canvas, t_us: int) -> None:
    """mm:ss.mmm of the frame, cut by integer division."""
    ms = t_us // 1000
    text = f"{ms // 60_000:02d}:{ms // 1000 % 60:02d}.{ms % 1000:03d}"
    canvas.fill(rounded(1124, 12, 1262, 42, 13), bgr(PAPER), 0.85)
    x = 1136.0
    for letter in text:
        cover = _label(letter, canvas.scale)
        canvas.paint(Mask(round(x * canvas.scale), round(15 * canvas.scale), cover), bgr(INK))
        x += 13.0 if letter.isdigit() else 9.0
