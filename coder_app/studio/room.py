"""What stands in the room: two walls, the infant's seat, a mobile above it."""

from __future__ import annotations

import cv2
import numpy as np

from coder_app.studio.canvas import Canvas, Points, bgr, blend, curve, ellipse, moved, rounded
from coder_app.studio.limbs import shaded
from coder_app.studio.looks import InfantLook

HEIGHT, DIVIDER = 480, 640
MIDDLE = 352.0  # of the seat
TIP, FOOT = 0.05, 520.0  # of the tipping seat: steepest slope, height that stays
WOOD, STRING = "#C99A6B", "#B9A184"


def wall(canvas: Canvas, left: float, edge: str, middle: str, x: float) -> None:
    """A wall of one pane, brighter around (`x`, 205), where a head is."""
    height, width = canvas.picture.shape[:2]
    first, last = (int(np.clip((at - canvas.x0) * canvas.scale, 0, width)) for at in (left, left + DIVIDER))
    across = (np.arange(first, last) / canvas.scale + canvas.x0 - x) / 430
    down = (np.arange(height) / canvas.scale + canvas.y0 - 205) / 370
    far = np.clip(np.hypot(across[None, :], down[:, None]) / 1.25, 0, 1)[..., None] ** 1.7
    colours = np.array(bgr(middle)) * (1 - far) + 0.97 * np.array(bgr(edge)) * far
    canvas.picture[:, first:last] = np.round(colours).astype(np.uint8)


def _mirrored(points: list[tuple[float, float]], n: int = 10) -> Points:
    right = np.array(points, float)
    return curve(moved(np.vstack([right, (right * (-1, 1))[::-1]]), MIDDLE, 0), closed=True, n=n)


def tipped(points: Points, rock: float) -> Points:
    """The seat and who sits in it, tipped about its foot: -1 to the left, 1 to the right."""
    return points + np.stack([rock * TIP * (FOOT - points[:, 1]), np.zeros(len(points))], 1)


def seat(canvas: Canvas, look: InfantLook) -> None:
    """Shell, stitched cushion, headrest, slots of the straps."""
    shell, cushion = bgr(look.seat), bgr(look.cushion)
    white, dark = bgr("#FFFFFF"), bgr("#2B4744")
    back = _mirrored([(50, 44), (104, 60), (148, 108), (170, 190), (182, 300), (188, 410), (192, 560), (150, 640)])
    canvas.soft([moved(back, 16, 12)], bgr("#8C7458"), 0.32, 16)
    shaded(canvas, [back], shell, blend(shell, dark, 0.45), 10, blend(shell, white, 0.2))
    pad = _mirrored([(42, 70), (88, 84), (126, 126), (144, 196), (152, 300), (157, 410), (160, 560), (120, 640)])
    mask = canvas.mask([pad])
    canvas.paint(mask, cushion)
    canvas.shade(mask, 8, 10, 16, blend(cushion, shell, 0.75), 0.75)
    seam = (pad - (MIDDLE, 330)) * 0.95 + (MIDDLE, 330)
    for a, b in zip(seam[:-1:3], seam[1::3], strict=False):
        if a[1] < HEIGHT:
            canvas.ribbon(np.array([a, b]), [1.6, 1.6], blend(cushion, shell, 0.7))
    rest = _mirrored([(40, 84), (96, 104), (124, 172), (118, 250), (72, 292)])
    canvas.soft([moved(rest, 3, 7)], blend(shell, dark, 0.4), 0.3, 7)
    shaded(canvas, [rest], blend(cushion, white, 0.38), blend(cushion, shell, 0.4), 8)
    for side in (-1, 1):
        x = MIDDLE + side * 58
        canvas.fill(rounded(x - 14, 250, x + 14, 265, 7), blend(shell, dark, 0.45))


def tip(canvas: Canvas, rock: float) -> None:
    """Tips a seat that has been drawn. The wall goes with it, but has nothing on it to show that."""
    height, width = canvas.picture.shape[:2]
    lean = rock * TIP
    shear = np.array([[1, -lean, lean * FOOT * canvas.scale], [0, 1, 0]])
    canvas.picture[:] = cv2.warpAffine(canvas.picture, shear, (width, height), borderMode=cv2.BORDER_REPLICATE)


def toy(canvas: Canvas, t: float, swing: float) -> None:
    """A hanging mobile without a face, so that it is no partner; `swing` scales its motion, 1 is a breath of air."""
    ball, star, moon = (swing * 1.8 * np.sin(1.7 * t + phase) for phase in (0.0, 0.5, 1.1))
    wood = bgr(WOOD)
    canvas.soft(
        [ellipse(56 + ball, 138, 18, 18), _star(108 + star, 158, 0), ellipse(162 + moon, 122, 19, 19)], bgr("#8A6A4A"), 0.2, 8
    )
    for x, y, sway in ((48, 112, ball), (100, 112, star), (151, 94, moon)):
        canvas.ribbon(np.array([(x, 42), (x + sway, y)], float), [1.7], bgr(STRING))
    canvas.ribbon(np.array([(98, 0), (98, 38)], float), [2.0], bgr(STRING))
    shaded(canvas, [rounded(28, 36, 168, 48, 6)], wood, blend(wood, bgr("#6B4526"), 0.45), 4)
    shaded(canvas, [ellipse(48 + ball, 128, 18.5, 18.5)], bgr("#D9745A"), bgr("#B3543F"), 5)
    for x, y in ((43, 135), (51, 119)):
        canvas.fill(ellipse(x + ball, y, 2.7, 2.7, n=16), bgr("#F6D9C6"))
    shaded(canvas, [_star(101 + star, 149, 2.0 * star)], bgr("#EDB64E"), bgr("#CF8E2E"), 6)
    canvas.soft([ellipse(91 + star, 137, 9, 6, -30)], bgr("#FFFFFF"), 0.4, 4)
    _moon(canvas, 152 + moon, 113)


def _star(x: float, y: float, turn: float) -> Points:
    angles = np.radians(np.arange(10) * 36 - 90 + turn)
    reach = np.where(np.arange(10) % 2 == 0, 38, 21)
    return curve(np.stack([x + reach * np.cos(angles), y + reach * np.sin(angles)], 1), closed=True, n=6)


def _moon(canvas: Canvas, x: float, y: float) -> None:
    """A disc less a smaller one toward the upper right."""
    toward, outer, inner = np.radians(-31), np.radians(58.9), np.radians(92.6)
    rim = np.linspace(toward + outer, toward + 2 * np.pi - outer, 30)
    bite = np.linspace(toward - inner, toward + inner - 2 * np.pi, 24)
    disc = np.stack([x + 21 * np.cos(rim), y + 21 * np.sin(rim)], 1)
    hollow = np.stack([x + 10 + 18 * np.cos(bite), y - 6 + 18 * np.sin(bite)], 1)
    shaded(canvas, [np.vstack([disc, hollow])], bgr("#5F9A94"), bgr("#447A74"), 4)
