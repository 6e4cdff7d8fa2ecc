"""Drawing in stage units (1280 x 480) onto a supersampled picture: antialiased shapes, ribbons, soft shapes, form shadows.

Stage x runs right, y down. Colours are "#RRGGBB"; pictures are BGR uint8, as OpenCV has them. Points are arrays (n, 2).
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]
Picture = npt.NDArray[np.uint8]
Colour = tuple[float, float, float]
SUBPIXEL_BITS = 4


@functools.lru_cache(maxsize=1024)
def bgr(colour: str) -> Colour:
    """ "#RRGGBB" -> (blue, green, red)."""
    return (float(int(colour[5:7], 16)), float(int(colour[3:5], 16)), float(int(colour[1:3], 16)))


def blend(first: Colour, second: Colour, share: float) -> Colour:
    """`share` 0 is the first colour, 1 the second."""
    a, b = (x * (1 - share) + y * share for x, y in zip(first[:2], second[:2], strict=True))
    return (a, b, first[2] * (1 - share) + second[2] * share)


def ellipse(cx: float, cy: float, rx: float, ry: float, turn: float = 0.0, n: int = 40) -> Points:
    """Outline of an ellipse; `turn` in degrees, clockwise on the picture."""
    angle = np.linspace(0, 2 * np.pi, n, endpoint=False)
    x, y = rx * np.cos(angle), ry * np.sin(angle)
    c, s = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    return np.stack([cx + x * c - y * s, cy + x * s + y * c], 1)


def rounded(x0: float, y0: float, x1: float, y1: float, r: float, n: int = 8) -> Points:
    """Outline of a rectangle with round corners."""
    corners = ((x1 - r, y0 + r, -90), (x1 - r, y1 - r, 0), (x0 + r, y1 - r, 90), (x0 + r, y0 + r, 180))
    arcs = []
    for cx, cy, start in corners:
        angle = np.radians(np.linspace(start, start + 90, n))
        arcs.append(np.stack([cx + r * np.cos(angle), cy + r * np.sin(angle)], 1))
    return np.vstack(arcs)


def curve(points: Sequence[Sequence[float]] | Sequence[Points] | Points, closed: bool = False, n: int = 10) -> Points:
    """A smooth line (Catmull-Rom) through points of any dimension, `n` steps from one to the next."""
    p = np.asarray(points, float)
    t = np.linspace(0, 1, n, endpoint=False)[:, None]
    basis = np.hstack([-t + 2 * t**2 - t**3, 2 - 5 * t**2 + 3 * t**3, t + 4 * t**2 - 3 * t**3, -(t**2) + t**3]) / 2
    if closed:
        knots = np.stack([np.roll(p, 1, 0), p, np.roll(p, -1, 0), np.roll(p, -2, 0)])
    else:
        q = np.vstack([2 * p[0] - p[1], p, 2 * p[-1] - p[-2]])
        knots = np.stack([q[:-3], q[1:-2], q[2:-1], q[3:]])
    line = np.einsum("nk,kpd->pnd", basis, knots).reshape(-1, p.shape[1])
    return line if closed else np.vstack([line, p[-1]])


def moved(points: Points, dx: float, dy: float) -> Points:
    return points + np.array([dx, dy])


class Canvas:
    """`picture` holds `scale` pixels a stage unit; (`x0`, `y0`) is the stage point at its corner."""

    def __init__(self, picture: Picture, scale: float, x0: float = 0.0, y0: float = 0.0) -> None:
        self.picture, self.scale, self.x0, self.y0 = picture, scale, x0, y0

    def _pixels(self, points: Points) -> npt.NDArray[np.int32]:
        pixels = (np.asarray(points, float) - (self.x0, self.y0)) * self.scale + (self.scale - 1) / 2
        return np.round(pixels * (1 << SUBPIXEL_BITS)).astype(np.int32)

    def fill(self, points: Points, colour: Colour, alpha: float = 1.0) -> None:
        """A shape without self-crossings."""
        if alpha >= 0.995:
            cv2.fillPoly(self.picture, [self._pixels(points)], colour, cv2.LINE_AA, SUBPIXEL_BITS)
        elif alpha > 0.01:
            self.paint(self.mask([points]), colour, alpha)

    def ribbon(self, points: Points, widths: Sequence[float], colour: Colour, alpha: float = 1.0) -> None:
        """A stroke along `points` with round ends; `widths` (stage units) are spread evenly along it."""
        if alpha > 0.01:
            parts = _ribbon(np.asarray(points, float), widths)
            if alpha >= 0.995:
                for part in parts:
                    self.fill(part, colour)
            else:
                self.paint(self.mask(parts), colour, alpha)

    def soft(self, shapes: Sequence[Points], colour: Colour, alpha: float, blur: float, within: Mask | None = None) -> None:
        """Feathered shapes, `blur` stage units wide; inside `within` only, when it is given."""
        if alpha > 0.01:
            mask = self.mask(shapes, blur)
            self.paint(mask if within is None else mask.cut(within), colour, alpha)

    def mask(self, shapes: Sequence[Points], blur: float = 0.0) -> Mask:
        """The union of shapes as coverage 0..255 of the part of the picture around them."""
        pixels = [self._pixels(shape) for shape in shapes]
        every = np.vstack(pixels) >> SUBPIXEL_BITS
        pad = 2 + round(blur * self.scale * 2.5)
        height, width = self.picture.shape[:2]
        left, top = np.clip(every.min(0) - pad, 0, (width, height))
        right, bottom = np.clip(every.max(0) + pad + 1, 0, (width, height))
        cover = np.zeros((max(bottom - top, 0), max(right - left, 0)), np.uint8)
        if cover.size:
            corner = np.array([left << SUBPIXEL_BITS, top << SUBPIXEL_BITS], np.int32)
            for shape in pixels:
                cv2.fillPoly(cover, [shape - corner], (255,), cv2.LINE_AA, SUBPIXEL_BITS)
            if blur:
                cover = _blurred(cover, blur * self.scale)
        return Mask(int(left), int(top), cover)

    def paint(self, mask: Mask, colour: Colour | Picture, alpha: float = 1.0) -> None:
        """Lays a colour, or a picture as large as the mask, over the picture through the mask."""
        if not mask.cover.size or alpha <= 0.01:
            return
        view = mask.of(self.picture)
        weight = mask.cover.astype(np.float32) * np.float32(alpha / 255)
        if isinstance(colour, tuple):
            over = np.empty_like(view)
            over[:] = np.round(np.clip(colour, 0, 255)).astype(np.uint8)
        else:
            over = colour
        view[:] = cv2.blendLinear(over, np.ascontiguousarray(view), weight, 1.0 - weight)

    def shade(self, mask: Mask, dx: float, dy: float, blur: float, colour: Colour, alpha: float) -> None:
        """Form shadow: the part of the mask that it no longer covers when moved by (dx, dy) and blurred. Light is top left."""
        if not mask.cover.size:
            return
        move = np.array([[1, 0, dx * self.scale], [0, 1, dy * self.scale]], np.float32)
        size = (mask.cover.shape[1], mask.cover.shape[0])
        lit = _blurred(np.asarray(cv2.warpAffine(mask.cover, move, size), np.uint8), blur * self.scale)
        dark = np.asarray(cv2.multiply(255 - lit, mask.cover, scale=1 / 255), np.uint8)
        self.paint(Mask(mask.left, mask.top, dark), colour, alpha)

    def solid(self, shapes: Sequence[Points], colour: Colour, shadow: Colour, depth: float = 8.0, alpha: float = 0.55) -> Mask:
        """Filled shapes with a form shadow away from the light; returns their mask."""
        mask = self.mask(shapes)
        self.paint(mask, colour)
        self.shade(mask, -depth, -depth, depth * 1.6, shadow, alpha)
        return mask

    def inside(self, shape: Points, draw: Callable[[Canvas], None]) -> None:
        """What `draw` puts on the canvas it is given appears inside `shape` only."""
        self.through(self.mask([shape]), draw)

    def through(self, mask: Mask, draw: Callable[[Canvas], None]) -> None:
        """What `draw` puts on the canvas it is given appears where the mask covers only."""
        if mask.cover.size:
            part = mask.of(self.picture).copy()
            layer = Canvas(part, self.scale, self.x0 + mask.left / self.scale, self.y0 + mask.top / self.scale)
            draw(layer)
            self.paint(mask, layer.picture)


class Mask:
    """Coverage 0..255 of the pixels from (`left`, `top`) on."""

    def __init__(self, left: int, top: int, cover: Picture) -> None:
        self.left, self.top, self.cover = left, top, cover

    def of(self, picture: Picture) -> Picture:
        """The view of a picture that the mask covers."""
        height, width = self.cover.shape
        return picture[self.top : self.top + height, self.left : self.left + width]

    def cut(self, other: Mask) -> Mask:
        """This mask where the other one covers too."""
        top, left = max(self.top, other.top), max(self.left, other.left)
        bottom = min(self.top + self.cover.shape[0], other.top + other.cover.shape[0])
        right = min(self.left + self.cover.shape[1], other.left + other.cover.shape[1])
        if bottom <= top or right <= left:
            return Mask(left, top, np.zeros((0, 0), np.uint8))
        mine = self.cover[top - self.top : bottom - self.top, left - self.left : right - self.left]
        theirs = other.cover[top - other.top : bottom - other.top, left - other.left : right - other.left]
        return Mask(left, top, np.asarray(cv2.multiply(mine, theirs, scale=1 / 255), np.uint8))


def _blurred(cover: Picture, sigma: float) -> Picture:
    """Gaussian blur, made at a lower resolution where that cannot be seen."""
    small = min(1.0, 4.0 / max(sigma, 0.1))
    height, width = cover.shape
    size = (max(2, round(width * small)), max(2, round(height * small)))
    low: Any = cover if small == 1.0 else cv2.resize(cover, size, interpolation=cv2.INTER_AREA)
    low = cv2.GaussianBlur(low, (0, 0), max(0.3, sigma * small))
    return np.asarray(low if small == 1.0 else cv2.resize(low, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)


def _ribbon(points: Points, widths: Sequence[float]) -> list[Points]:
    """Quads and discs that cover a tapered stroke; one shape alone could cross itself and get holes."""
    along = np.linspace(0, 1, len(points))
    half = np.interp(along, np.linspace(0, 1, len(widths)), widths) / 2
    step = np.gradient(points, axis=0)
    step /= np.maximum(np.hypot(step[:, 0], step[:, 1]), 1e-6)[:, None]
    across = np.stack([-step[:, 1], step[:, 0]], 1) * half[:, None]
    left, right = points + across, points - across
    turns = np.abs(np.diff(np.unwrap(np.arctan2(step[:, 1], step[:, 0]))))
    lengths = np.hypot(*np.diff(points, axis=0).T)
    ends = [ellipse(points[i, 0], points[i, 1], half[i], half[i], n=16) for i in (0, -1) if half[i] > 0.3]
    if np.all(turns * np.maximum(half[1:], half[:-1]) < lengths * 0.9):
        return [np.vstack([left, right[::-1]]), *ends]
    quads = [np.array([left[i], left[i + 1], right[i + 1], right[i]]) for i in range(len(points) - 1)]
    return [*quads, *(ellipse(x, y, r, r, n=16) for (x, y), r in zip(points, half, strict=True) if r > 0.3)]
