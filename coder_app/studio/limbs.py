"""Shapes that bodies are made of: tubes, capsules, two bones and an elbow, shaded masses. Stage units."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from coder_app.studio.canvas import Canvas, Colour, Mask, Points, ellipse


def direction(degrees: float) -> Points:
    """Unit vector; 0 right, 90 down."""
    return np.array([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))])


def placed(points: Points, at: Points, angle: float, scale: float, across: float = 1.0) -> Points:
    """A shape drawn along +x, turned by `angle`, scaled, moved to `at`; `across` scales or mirrors it sideways."""
    along, side = direction(angle), direction(angle + 90)
    p = np.asarray(points, float) * scale
    return np.asarray(at + p[:, :1] * along + p[:, 1:] * across * side)


def capsule(start: Points, end: Points, first: float, last: float, n: int = 9) -> Points:
    """Outline of a limb from `start` to `end` with round ends of the radii `first` and `last`."""
    way = end - start
    angle = np.arctan2(way[1], way[0])
    back, front = (np.linspace(angle + a, angle + a + np.pi, n) for a in (np.pi / 2, -np.pi / 2))
    return np.vstack([start + first * _circle(back), end + last * _circle(front)])


def _circle(angles: Points) -> Points:
    return np.stack([np.cos(angles), np.sin(angles)], 1)


def tube(line: Points, widths: Sequence[float], flat: float = 1.0) -> list[Points]:
    """Outlines that cover a limb along `line`, round at its start; `flat` 0 cuts its end straight, 1 leaves it round."""
    half = np.interp(np.linspace(0, 1, len(line)), np.linspace(0, 1, len(widths)), widths) / 2
    step = np.gradient(line, axis=0)
    step /= np.maximum(np.hypot(step[:, 0], step[:, 1]), 1e-6)[:, None]
    across = np.stack([-step[:, 1], step[:, 0]], 1)
    left, right = line + across * half[:, None], line - across * half[:, None]
    turn = np.linspace(0, np.pi, 10)[1:-1, None]
    start = line[0] + half[0] * (-np.cos(turn) * across[0] - np.sin(turn) * step[0])
    end = line[-1] + half[-1] * (np.cos(turn) * across[-1] + flat * np.sin(turn) * step[-1])
    bends = np.abs(np.diff(np.unwrap(np.arctan2(step[:, 1], step[:, 0]))))
    if np.all(bends * np.maximum(half[1:], half[:-1]) < 0.9 * np.hypot(*np.diff(line, axis=0).T)):
        return [np.vstack([start, left, end, right[::-1]])]
    quads = [np.array([left[i], left[i + 1], right[i + 1], right[i]]) for i in range(len(line) - 1)]
    last = np.vstack([left[-1:], end, right[-1:]])
    inside = flat * half + np.hypot(*(line - line[-1]).T) >= half  # a disc nearer to a flat end would stick out of it
    return [*quads, *(ellipse(x, y, r, r, n=16) for (x, y), r in zip(line[inside], half[inside], strict=True)), last]


def elbow(shoulder: Points, wrist: Points, bone: float, toward: Points) -> Points:
    """Where two bones at least `bone` long meet between shoulder and wrist, on the side that `toward` points to."""
    way = wrist - shoulder
    length = max(float(np.hypot(*way)), 1e-6)
    bone = max(bone, 0.505 * length)
    side = np.array([-way[1], way[0]]) / length
    share = float(np.clip(side @ toward / 0.25, -1, 1))
    return np.asarray((shoulder + wrist) / 2 + share * side * np.sqrt(bone**2 - (length / 2) ** 2))


def shaded(
    canvas: Canvas, shapes: Sequence[Points], colour: Colour, dark: Colour, depth: float, light: Colour | None = None
) -> Mask:
    """Filled shapes, darker away from the light at the top left, and lighter toward it where `light` is given."""
    mask = canvas.mask(shapes)

    def tint(coarse: Canvas, cover: Mask) -> None:
        coarse.shade(cover, -0.8 * depth, -depth, 1.5 * depth, dark, 0.7)
        if light is not None:
            coarse.shade(cover, 0.6 * depth, 0.8 * depth, 1.3 * depth, light, 0.4)

    canvas.modelled(mask, colour, tint, step=3 if depth > 6 else 2)
    return mask
