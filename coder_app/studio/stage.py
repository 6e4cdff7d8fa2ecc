"""The stage, 1280 x 480 units: infant in a seat on the left, caregiver on the right, a wall toy, time code, captions."""

from __future__ import annotations

import functools

import cv2
import numpy as np

from coder_app.studio import caregiver_body, infant_body, room
from coder_app.studio.canvas import Canvas, Mask, Picture, bgr, rounded
from coder_app.studio.looks import CAREGIVERS, INFANTS, INK, PAPER
from coder_app.studio.pose import Pose
from coder_app.studio.room import DIVIDER, HEIGHT
from coder_app.studio.script import Cast

WIDTH = 1280
SUPERSAMPLING = 2
CAPTION = "#3A2C28"


class Stage:
    """Draws poses at one size for one cast. What never moves is drawn once."""

    def __init__(self, cast: Cast, size: tuple[int, int]) -> None:
        self.size = size
        self.scale = SUPERSAMPLING * size[0] / WIDTH
        self.infant, self.caregiver = INFANTS[cast.infant], CAREGIVERS[cast.caregiver]
        self.set = np.zeros((size[1] * SUPERSAMPLING, size[0] * SUPERSAMPLING, 3), np.uint8)
        both = Canvas(self.set, self.scale)
        room.wall(both, 0, *self.infant.wall, x=335)
        room.wall(both, DIVIDER, *self.caregiver.wall, x=945)
        room.seat(self._pane(self.set, 0), self.infant)

    def draw(self, pose: Pose, captions: tuple[str, str] = ("", "")) -> Picture:
        """A BGR picture, height x width x 3. `captions` name the sounds of infant and caregiver."""
        picture = self.set.copy()
        canvas, left, right = Canvas(picture, self.scale), self._pane(picture, 0), self._pane(picture, 1)
        if pose.rock:
            room.tip(left, pose.rock)
        room.toy(left, pose.t_us / 1e6, pose.toy)
        infant_body.draw(left, self.infant, pose.infant, pose.infant_hands, pose.rock)
        caregiver_body.draw(right, self.caregiver, pose.caregiver)
        canvas.fill(np.array([(637, 0), (643, 0), (643, HEIGHT), (637, HEIGHT)], float), bgr(PAPER))
        motion = infant_body.head_motion(pose.infant, pose.rock)
        caregiver_body.arms(canvas, self.caregiver, pose.caregiver, pose.caregiver_hands, motion)
        for share, drawn in ((pose.cloth, caregiver_body.cloth), (pose.cover, caregiver_body.over_the_eyes)):
            if share > 0:
                drawn(canvas, self.caregiver, pose.caregiver, share, motion)
        _time_code(canvas, pose.t_us)
        for at, words in zip((0.0, 1.0), captions, strict=True):
            if words:
                _caption(canvas, at, words)
        return np.asarray(cv2.resize(picture, self.size, interpolation=cv2.INTER_AREA), np.uint8)

    def _pane(self, picture: Picture, number: int) -> Canvas:
        """The half of the picture that drawing in it stays within."""
        middle = picture.shape[1] // 2
        return Canvas(picture[:, number * middle : (number + 1) * middle], self.scale, number * DIVIDER)


@functools.lru_cache(maxsize=64)
def _label(text: str, scale: float) -> Picture:
    """Text as coverage 0..255."""
    size, weight = 0.62 * scale, max(1, round(0.55 * scale))
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


def _caption(canvas: Canvas, at: float, words: str) -> None:
    """White words on a dark pill in the lower left corner, `at` 0, or the lower right one, 1."""
    cover = _label(words, canvas.scale)
    wide = cover.shape[1] / canvas.scale
    x = 14 + at * (WIDTH - 28 - wide - 24)
    canvas.fill(rounded(x, 440, x + wide + 24, 468, 13), bgr(CAPTION), 0.8)
    canvas.paint(Mask(round((x + 12) * canvas.scale), round(444 * canvas.scale), cover), bgr("#FFFAF3"))
