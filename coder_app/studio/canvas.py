"""Drawing in stage units (1280 x 480) onto a supersampled picture: antialiased shapes, ribbons, soft shapes, form shadows.

Stage x runs right, y down. Colours are "#RRGGBB"; pictures are BGR uint8, as OpenCV has them. Points are arrays (n, 2).
"""

from __future__ import annotations

import functools
import math
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


@functools.lru_cache(maxsize=64)
def _circle(n: int) -> tuple[Points, Points]:
    angle = np.linspace(0, 2 * np.pi, n, endpoint=False)
    return np.cos(angle), np.sin(angle)


def ellipse(cx: float, cy: float, rx: float, ry: float, turn: float = 0.0, n: int = 40) -> Points:
    """Outline of an ellipse; `turn` in degrees, clockwise on the picture."""
    across, down = _circle(n)
    points = np.empty((n, 2))
    if turn:
        c, s = math.cos(math.radians(turn)), math.sin(math.radians(turn))
        points[:, 0] = cx + rx * c * across - ry * s * down
        points[:, 1] = cy + rx * s * across + ry * c * down
    else:
        points[:, 0] = cx + rx * across
        points[:, 1] = cy + ry * down
    return points


def rounded(x0: float, y0: float, x1: float, y1: float, r: float, n: int = 8) -> Points:
    """Outline of a rectangle with round corners."""
    corners = ((x1 - r, y0 + r, -90), (x1 - r, y1 - r, 0), (x0 + r, y1 - r, 90), (x0 + r, y0 + r, 180))
    arcs = []
    for cx, cy, start in corners:
        angle = np.radians(np.linspace(start, start + 90, n))
        arcs.append(np.stack([cx + r * np.cos(angle), cy + r * np.sin(angle)], 1))
    return np.vstack(arcs)


@functools.lru_cache(maxsize=32)
def _basis(n: int) -> Points:
    """Weights of the four knots about a step, at `n` places in it (Catmull-Rom)."""
    t = np.linspace(0, 1, n, endpoint=False)[:, None]
    return np.hstack([-t + 2 * t**2 - t**3, 2 - 5 * t**2 + 3 * t**3, t + 4 * t**2 - 3 * t**3, -(t**2) + t**3]) / 2


def curve(points: Sequence[Sequence[float]] | Sequence[Points] | Points, closed: bool = False, n: int = 10) -> Points:
    """A smooth line (Catmull-Rom) through points of any dimension, `n` steps from one to the next."""
    p = np.asarray(points, float)
    count, size = p.shape
    padded = np.empty((count + (3 if closed else 2), size))
    padded[1 : count + 1] = p
    if closed:
        padded[0], padded[count + 1 :] = p[-1], p[:2]
    else:
        padded[0], padded[-1] = 2 * p[0] - p[1], 2 * p[-1] - p[-2]
    steps = len(padded) - 3
    line = np.empty((steps * n + (not closed), size))
    basis = _basis(n)
    knots = np.stack([padded[k : k + steps] for k in range(4)])
    line[: steps * n] = np.tensordot(knots, basis, (0, 1)).transpose(0, 2, 1).reshape(-1, size)
    if not closed:
        line[-1] = p[-1]
    return line


def moved(points: Points, dx: float, dy: float) -> Points:
    return points + np.array([dx, dy])


class Canvas:
    """`picture` holds `scale` pixels a stage unit; (`x0`, `y0`) is the stage point at its corner."""

    def __init__(self, picture: Picture, scale: float, x0: float = 0.0, y0: float = 0.0) -> None:
        self.picture, self.scale, self.x0, self.y0 = picture, scale, x0, y0

    def _pixels(self, points: Points) -> npt.NDArray[np.int32]:
        k, half = self.scale * (1 << SUBPIXEL_BITS), (self.scale - 1) / 2 * (1 << SUBPIXEL_BITS)
        return np.rint(np.asarray(points, float) * k - (self.x0 * k - half, self.y0 * k - half)).astype(np.int32)

    def fill(self, points: Points, colour: Colour, alpha: float = 1.0) -> None:
        """A shape without self-crossings."""
        if alpha >= 0.995:
            cv2.fillPoly(self.picture, [self._pixels(points)], colour, cv2.LINE_AA, SUBPIXEL_BITS)
        elif alpha > 0.01:
            self.paint(self.mask([points]), colour, alpha)

    def ribbon(self, points: Points, widths: Sequence[float], colour: Colour, alpha: float = 1.0) -> None:
        """A stroke along `points` with round ends; `widths` (stage units) are spread evenly along it."""
        if alpha > 0.01:
            parts = ribbon(np.asarray(points, float), widths)
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
        pad = 2 + round(blur * self.scale * 2.5)
        height, width = self.picture.shape[:2]
        left, top, right, bottom = _around(pixels, pad, width, height)
        if right <= left or bottom <= top:
            return Mask(left, top, np.zeros((0, 0), np.uint8))
        step = _coarseness(blur * self.scale)
        cover = np.zeros((-(-(bottom - top) // step), -(-(right - left) // step)), np.uint8)
        corner = (left << SUBPIXEL_BITS, top << SUBPIXEL_BITS)
        for shape in pixels:
            moved_shape = shape - corner if step == 1 else (shape - corner - ((step - 1) << (SUBPIXEL_BITS - 1))) // step
            cv2.fillPoly(cover, [moved_shape], (255,), cv2.LINE_AA, SUBPIXEL_BITS)
        if blur:
            cover = _enlarged(_gaussian(cover, blur * self.scale / step), step, right - left, bottom - top)
        return Mask(left, top, cover)

    def covered(self, over: Mask, shapes: Sequence[Points]) -> Picture:
        """The union of shapes as coverage of the pixels of another mask."""
        cover = np.zeros_like(over.cover)
        corner = (over.left << SUBPIXEL_BITS, over.top << SUBPIXEL_BITS)
        for shape in shapes:
            cv2.fillPoly(cover, [self._pixels(shape) - corner], (255,), cv2.LINE_AA, SUBPIXEL_BITS)
        return cover

    def dropped(self, mask: Mask, dx: float, dy: float, blur: float) -> Mask:
        """The soft shadow that a mask throws when moved by (dx, dy) and blurred; on the pixels of the mask."""
        return Mask(mask.left, mask.top, self._moved(mask.cover, dx, dy, blur))

    def paint(self, mask: Mask, colour: Colour | Picture, alpha: float = 1.0) -> None:
        """Lays a colour, or a picture as large as the mask, over the picture through the mask."""
        if not mask.cover.size or alpha <= 0.01:
            return
        view = mask.of(self.picture)
        share = mask.cover if alpha >= 0.995 else cv2.convertScaleAbs(mask.cover, alpha=alpha)
        share = cv2.merge((share, share, share))
        laid: Any = _scalar(colour) if isinstance(colour, tuple) else colour
        over = cv2.multiply(share, laid, scale=1 / 255)
        under = cv2.multiply(view, cv2.bitwise_not(share), scale=1 / 255)
        view[:] = cv2.add(over, under)

    def shade(self, mask: Mask, dx: float, dy: float, blur: float, colour: Colour, alpha: float) -> None:
        """Form shadow: the part of the mask that it no longer covers when moved by (dx, dy) and blurred. Light is top left."""
        if mask.cover.size and alpha > 0.01:
            self.paint(self.turned_away(mask, dx, dy, blur), colour, alpha)

    def turned_away(self, mask: Mask, dx: float, dy: float, blur: float) -> Mask:
        """The part of a mask that it no longer covers when moved by (dx, dy) and blurred."""
        dark = cv2.bitwise_not(self._moved(mask.cover, dx, dy, blur))
        return Mask(mask.left, mask.top, np.asarray(cv2.multiply(dark, mask.cover, scale=1 / 255), np.uint8))

    def _moved(self, cover: Picture, dx: float, dy: float, blur: float) -> Picture:
        step = _coarseness(blur * self.scale)
        height, width = cover.shape
        low: Any = cover
        if step > 1:
            low = cv2.resize(low, (-(-width // step), -(-height // step)), interpolation=cv2.INTER_AREA)
        move = np.array([[1, 0, dx * self.scale / step], [0, 1, dy * self.scale / step]], np.float32)
        low = cv2.warpAffine(low, move, (low.shape[1], low.shape[0]))
        return _enlarged(_gaussian(low, blur * self.scale / step), step, width, height)

    def solid(
        self,
        shapes: Sequence[Points],
        colour: Colour,
        shadow: Colour,
        depth: float = 8.0,
        alpha: float = 0.55,
        light: Colour | None = None,
    ) -> Mask:
        """Filled shapes with a form shadow away from the light, and a glow toward it; returns their mask."""
        mask = self.mask(shapes)
        if mask.cover.size:
            self.paint(mask, colour)
            self.shade(mask, -depth, -depth, depth * 1.6, shadow, alpha)
            if light is not None:
                self.shade(mask, 0.8 * depth, 0.8 * depth, depth * 1.4, light, 0.6 * alpha)
        return mask

    def modelled(
        self,
        mask: Mask,
        base: Colour,
        draw: Callable[[Canvas, Mask], None],
        step: int = 3,
        finish: Callable[[Canvas], None] | None = None,
    ) -> None:
        """Fills the mask with `base` and the soft tints that `draw` adds, drawn `step` times coarser: cheap where all is soft.

        `draw` gets a coarse canvas and the coarse mask; `finish` draws what is sharp on top, within the mask.
        """
        if not mask.cover.size:
            return
        height, width = mask.cover.shape
        size = (-(-width // step), -(-height // step))
        low = np.empty((size[1], size[0], 3), np.uint8)
        low[:] = np.round(base).astype(np.uint8)
        layer = Canvas(low, self.scale / step, self.x0 + mask.left / self.scale, self.y0 + mask.top / self.scale)
        padded = cv2.copyMakeBorder(mask.cover, 0, size[1] * step - height, 0, size[0] * step - width, cv2.BORDER_REPLICATE)
        draw(layer, Mask(0, 0, np.asarray(cv2.resize(padded, size, interpolation=cv2.INTER_AREA), np.uint8)))
        picture = _enlarged(low, step, width, height)
        if finish is not None:
            finish(Canvas(picture, self.scale, self.x0 + mask.left / self.scale, self.y0 + mask.top / self.scale))
        self.paint(mask, picture)

    def inside(self, shape: Points, draw: Callable[[Canvas], None]) -> None:
        """What `draw` puts on the canvas it is given appears inside `shape` only."""
        self.through(self.mask([shape]), draw)

    def through(self, mask: Mask, draw: Callable[[Canvas], None], alpha: float = 1.0) -> None:
        """What `draw` puts on the canvas it is given appears where the mask covers only."""
        if mask.cover.size and alpha > 0.01:
            part = mask.of(self.picture).copy()
            layer = Canvas(part, self.scale, self.x0 + mask.left / self.scale, self.y0 + mask.top / self.scale)
            draw(layer)
            self.paint(mask, layer.picture, alpha)


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

    def trimmed(self) -> Mask:
        """This mask without the empty rows and columns about it."""
        x, y, width, height = cv2.boundingRect(self.cover)
        return Mask(self.left + x, self.top + y, self.cover[y : y + height, x : x + width])

    def seen_from(self, other: Mask) -> Mask:
        """This mask on a canvas whose corner is that of the other one."""
        return Mask(self.left - other.left, self.top - other.top, self.cover)


def _scalar(colour: Colour) -> tuple[float, float, float, float]:
    return (min(max(colour[0], 0.0), 255.0), min(max(colour[1], 0.0), 255.0), min(max(colour[2], 0.0), 255.0), 0.0)


def _around(pixels: Sequence[npt.NDArray[np.int32]], pad: int, width: int, height: int) -> tuple[int, int, int, int]:
    """Left, top, right and bottom, in whole pixels inside the picture, of shapes in subpixels and `pad` pixels about them."""
    boxes = [cv2.boundingRect(shape) for shape in pixels]
    left = (min(box[0] for box in boxes) >> SUBPIXEL_BITS) - pad
    top = (min(box[1] for box in boxes) >> SUBPIXEL_BITS) - pad
    right = (max(box[0] + box[2] for box in boxes) >> SUBPIXEL_BITS) + pad + 1
    bottom = (max(box[1] + box[3] for box in boxes) >> SUBPIXEL_BITS) + pad + 1
    return min(max(left, 0), width), min(max(top, 0), height), max(min(right, width), 0), max(min(bottom, height), 0)


def _coarseness(sigma: float) -> int:
    """How many pixels may be taken as one where all is blurred by `sigma` pixels."""
    return max(1, int(sigma / 2))


def _gaussian(cover: Picture, sigma: float) -> Picture:
    return np.asarray(cv2.GaussianBlur(cover, (0, 0), max(0.3, sigma)), np.uint8)


def _enlarged(low: Any, step: int, width: int, height: int) -> Picture:
    """A coarse picture `step` times larger, cut to size."""
    if step == 1:
        return np.asarray(low, np.uint8)
    full = cv2.resize(low, (low.shape[1] * step, low.shape[0] * step), interpolation=cv2.INTER_LINEAR)
    return np.ascontiguousarray(full[:height, :width])


@functools.lru_cache(maxsize=256)
def _even(n: int) -> Points:
    return np.linspace(0, 1, n)


def ribbon(points: Points, widths: Sequence[float], flat: float = 1.0) -> list[Points]:
    """Outlines that together cover a tapered stroke with round ends: one where it bends gently, else parts, because a shape
    that crosses itself gets holes. `flat` below 1 flattens the last end, as of a sleeve."""
    half = np.interp(_even(len(points)), _even(len(widths)), widths) / 2
    steps = points[1:] - points[:-1]
    along = np.empty_like(points)
    along[1:-1], along[0], along[-1] = points[2:] - points[:-2], steps[0], steps[-1]
    lengths = np.hypot(along[:, 0], along[:, 1])
    along /= np.maximum(lengths, 1e-6)[:, None]
    across = np.empty_like(along)
    across[:, 0], across[:, 1] = -along[:, 1] * half, along[:, 0] * half
    left, right = points + across, points - across
    bend = np.abs(along[1:, 0] * along[:-1, 1] - along[1:, 1] * along[:-1, 0])
    sharp = (along[1:] * along[:-1]).sum(1) < 0.2
    first = points[0] + _cap(along[0], half[0], -1.0)
    last = points[-1] + _cap(along[-1], half[-1], flat)
    if not sharp.any() and np.all(bend * np.maximum(half[1:], half[:-1]) < np.hypot(steps[:, 0], steps[:, 1]) * 0.9):
        return [np.vstack([first, left, last, right[::-1]])]
    quads = [np.array([left[i], left[i + 1], right[i + 1], right[i]]) for i in range(len(points) - 1)]
    joints = [ellipse(x, y, r, r, n=16) for (x, y), r in zip(points[:-1], half[:-1], strict=True) if r > 0.3]
    return [*quads, *joints, last]


HALF_TURN = np.linspace(np.pi / 2, -np.pi / 2, 8)
ROUND_END = np.stack([np.cos(HALF_TURN), np.sin(HALF_TURN)], 1)


def _cap(along: Points, half: float, reach: float) -> Points:
    """A round end of a stroke that runs `along`; -1 is its beginning, below 1 it is flat."""
    out, side = ROUND_END[:, :1] * (half * reach), ROUND_END[:, 1:] * (half if reach > 0 else -half)
    return np.asarray(out * along + side * np.array([-along[1], along[0]]))
