"""The frame of a head: where a point of it lands on the stage, for any turn. Drawing is in `head` and the parts of the face."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from coder_app.studio.canvas import Points, curve
from coder_app.studio.looks import Ball, Build

Vector = npt.NDArray[np.float64]
RAYS = 180
JAW_DROP, JAW_BACK = 0.09, 0.03
BLUNT, FINE = 15.0, 46.0  # harmonics kept of the outline: of the head itself, and of nose, lips and chin on it
ANGLES = np.linspace(0, 2 * np.pi, RAYS, endpoint=False)
DIRECTIONS = np.stack([np.cos(ANGLES), np.sin(ANGLES)], 1)
MIDDLE = np.array([0.0, 0.06, 0.02])  # where the rays of an outline start


@dataclass(frozen=True, slots=True)
class Frame:
    """A head of `radius` stage units at (`x`, `y`) turned by `yaw` (+ right), `pitch` (+ up), `tilt` (clockwise) in degrees.

    `jaw` 0..1 is how far the mouth is open.
    """

    build: Build
    x: float
    y: float
    radius: float
    yaw: float
    pitch: float
    tilt: float
    jaw: float = 0.0
    matrix: Vector = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        a, b, c = np.radians([self.yaw, self.pitch, self.tilt])
        turn = np.array([[np.cos(a), 0, np.sin(a)], [0, 1, 0], [-np.sin(a), 0, np.cos(a)]])
        nod = np.array([[1, 0, 0], [0, np.cos(b), -np.sin(b)], [0, np.sin(b), np.cos(b)]])
        roll = np.array([[np.cos(c), -np.sin(c), 0], [np.sin(c), np.cos(c), 0], [0, 0, 1]])
        object.__setattr__(self, "matrix", roll @ nod @ turn)

    @property
    def turn(self) -> float:
        """-1 in profile to the left, 0 frontal, 1 in profile to the right."""
        return float(np.sin(np.radians(self.yaw)))

    @property
    def middle(self) -> Points:
        return np.array([self.x, self.y])

    def turned(self, points: Vector) -> Vector:
        """Head points (..., 3) as they stand after the turn, still in head units."""
        return np.asarray(points, float) @ self.matrix.T

    def depth(self, points: Vector) -> Vector:
        """How near head points (..., 3) are to the viewer, in head units; below 0 is behind the middle of the head."""
        return np.asarray(np.asarray(points, float) @ self.matrix[2])

    def project(self, points: Vector) -> Points:
        """Head points (..., 3) on the stage, with a touch of perspective."""
        turned = self.turned(points)
        flat = turned[..., :2] * (1 + 0.05 * turned[..., 2:3])
        return np.asarray(flat * self.radius + (self.x, self.y))

    def lift(self, points: Points, raised: float | Vector = 0.0) -> Vector:
        """Points (..., 2) of the face as drawn from the front, lifted onto its surface."""
        across, down, deep = self.build.surface
        p = np.asarray(points, float)
        x, y = p[..., 0], p[..., 1]
        out = (x / across) ** 2 + ((y + 0.05) / down) ** 2
        z = deep * np.sqrt(np.maximum(1 - out, 0)) - np.maximum(out - 1, 0) * 0.6
        return np.stack([x, y, z + raised], -1)

    def on(self, points: Points, raised: float | Vector = 0.0) -> Points:
        """Points of the face as drawn from the front -> the stage."""
        return self.project(self.lift(points, raised))

    def at(self, x: float, y: float, raised: float = 0.0) -> tuple[float, float]:
        """One point of the face as drawn from the front -> the stage."""
        px, py = self.on(np.array([x, y]), raised)
        return float(px), float(py)

    def facing(self, x: float, y: float) -> float:
        """How frontally the face is seen at a point of it: 1 fully, 0 from its edge or not at all."""
        px, _, pz = self.lift(np.array([x, y]))
        normal = np.array([0.9 * px, 0.0, pz])
        return float(np.clip(self.depth(normal / np.linalg.norm(normal)), 0, 1))

    def seen(self, side: int) -> float:
        """How much of the eye of that side shows: 1 all, 0 it is behind the nose."""
        depth = self.depth(self.lift(np.array([side * self.build.eye[0], self.build.eye[1]])))
        hidden, all_ = (0.25, 0.34) if self.build.infant else (0.19, 0.25)  # an infant looks away by 50 degrees, an adult by 44
        return float(np.clip((depth - hidden) / (all_ - hidden), 0, 1))

    def cranium(self, x: float, y: float, grow: float = 0.03) -> tuple[float, float, float]:
        """The point of the front of the skull at (x, y), `grow` above it."""
        (cx, cy, cz), (rx, ry, rz) = self.build.skull[0]
        out = ((x - cx) / (rx + grow)) ** 2 + ((y - cy) / (ry + grow)) ** 2
        return x, y, cz + (rz + grow) * float(np.sqrt(max(1 - out, 0.0)))

    def outline(self) -> Points:
        """Outline of the head on the stage: the soft maximum of its ellipsoids, with nose, lips and chin standing out."""
        jaw = round(self.jaw, 3)
        reach = _low(_softest(self._reach(head_balls(self.build, jaw), 0.0), 16) * 0.985, BLUNT)
        detail = self._reach(profile(self.build, jaw), 0.0)
        return self._around(_low(_softest(np.vstack([reach, detail]), 22), FINE))

    def hair_outline(self, skin: Points, grow: float, hairline: Vector) -> Points:
        """Outer edge of the hair: the grown skull, easing back to the skin where the hairline passes out of sight."""
        start = self.turned(MIDDLE)[:2]
        reach = np.hypot(*((skin - self.middle) / self.radius - start).T)
        grown = _low(_softest(self._reach(self.build.skull, grow), 16) * 0.985, BLUNT)
        height = start[1] + DIRECTIONS[:, 1] * reach
        line = self.turned(hairline)
        share = np.zeros(RAYS)
        for side in (-1, 1):
            ends = _hidden_from(line[np.sign(hairline[:, 0]) == side], side)
            here = DIRECTIONS[:, 0] * side >= -1e-6
            share[here] = np.clip((ends - height[here]) / 0.40, 0, 1)
        share = share * share * (3 - 2 * share)
        return self._around(_low(reach + (np.maximum(grown, reach) - reach) * share, 30.0))

    def opening(self, hairline: Vector) -> Points:
        """The part of the stage below a hairline (left nape, forehead, right nape), closed far below the head.

        Points that have turned away are pushed outward on their side, so that the shape stays simple.
        """
        line = self.turned(hairline)
        x, y, z = line[:, 0].copy(), line[:, 1], line[:, 2]
        back = z < 0
        x[back] = np.sign(hairline[back, 0] + 1e-9) * (np.hypot(x, z)[back] - 1.2 * z[back])
        left, right = min(x[0], x.min()), max(x[-1], x.max())
        below = [(right, y[-1]), (right, 2.6), (left, 2.6), (left, y[0])]
        return np.vstack([np.stack([x, y], 1), below]) * self.radius + self.middle

    def _reach(self, balls: tuple[Ball, ...], grow: float) -> Vector:
        """How far each ellipsoid reaches along each ray, in head units: balls x rays."""
        centres, radii = _arrays(balls)
        m = self.matrix
        across = np.einsum("ij,bj,kj->bik", m, (radii + grow) ** 2, m)[:, :2, :2]
        inverse = np.linalg.inv(across)
        off = self.turned(MIDDLE)[:2] - (centres @ m.T)[:, :2]
        a = np.einsum("ni,bij,nj->bn", DIRECTIONS, inverse, DIRECTIONS)
        b = np.einsum("ni,bij,bj->bn", DIRECTIONS, inverse, off)
        c = np.einsum("bi,bij,bj->b", off, inverse, off) - 1
        inner = b * b - a * c[:, None]
        return np.where(inner > 0, np.maximum((np.sqrt(np.maximum(inner, 0)) - b) / a, 1e-3), 1e-3)

    def _around(self, reach: Vector) -> Points:
        return (self.turned(MIDDLE)[:2] + DIRECTIONS * reach[:, None]) * self.radius + self.middle


@functools.lru_cache(maxsize=256)
def head_balls(build: Build, jaw: float) -> tuple[Ball, ...]:
    """The ellipsoids of a head whose jaw is open by 0..1."""
    *cheeks, ((x, y, z), radii) = build.flesh
    return (*build.skull, *cheeks, ((x, y + JAW_DROP * jaw, z - JAW_BACK * jaw), radii))


@functools.lru_cache(maxsize=256)
def profile(build: Build, jaw: float) -> tuple[Ball, ...]:
    """What stands out of a head seen from the side: bridge and tip of the nose, lips, chin; `jaw` 0..1 open."""
    frame = Frame(build, 0, 0, 1, 0, 0, 0)
    y, out, size = build.nose
    mouth_y, half = build.mouth
    upper, lower = build.lips

    def ball(at: float, raised: float, radii: tuple[float, float, float]) -> Ball:
        x, py, z = frame.lift(np.array([0.0, at]), raised - radii[2])
        return (float(x), float(py), float(z)), radii

    drop = JAW_DROP * jaw
    nose = tuple(
        ball(y - 0.30 * (1 - k), out * k**1.4 + 0.9 * size * k, (size * (0.7 + 0.3 * k), size * (0.8 + 0.2 * k), size))
        for k in (0.25, 0.5, 0.75, 1.0)
    )
    chin_y = (0.69 if build.infant else 0.88) + drop
    return (
        *nose,
        ball(mouth_y - upper - 0.2 * drop, 0.075, (0.6 * half, 0.05, 0.07)),
        ball(mouth_y + 0.8 * lower + 0.9 * drop, 0.055 - 0.3 * drop, (0.6 * half, 0.06, 0.07)),
        ball(chin_y, 0.0 if build.infant else 0.07, (0.36 if build.infant else 0.24, 0.14, 0.14)),
    )


@functools.lru_cache(maxsize=256)
def _arrays(balls: tuple[Ball, ...]) -> tuple[Vector, Vector]:
    return np.array([ball[0] for ball in balls], float), np.array([ball[1] for ball in balls], float)


@functools.lru_cache(maxsize=256)
def smooth(points: tuple[tuple[float, float, float], ...], closed: bool = False) -> Vector:
    """A smooth line through head points."""
    return curve(np.array(points), closed, 8)


def _softest(reach: Vector, power: float) -> Vector:
    """The soft maximum over balls, ray by ray."""
    most = reach.max(0)
    return np.asarray(most * np.sum((reach / most) ** power, 0) ** (1 / power))


def _low(reach: Vector, keep: float) -> Vector:
    """Without the harmonics above `keep`."""
    parts = np.fft.rfft(reach)
    return np.asarray(np.fft.irfft(parts * np.exp(-((np.arange(len(parts)) / keep) ** 4)), len(reach)))


def _hidden_from(line: Vector, side: int) -> float:
    """The height at which a turned hairline passes out of sight on its side."""
    ordered = line[::-1] if side < 0 else line
    hidden = np.where(ordered[:, 2] < 0.0)[0]
    if not len(hidden):
        return float(ordered[-1, 1]) + 0.3
    if hidden[0] == 0:
        return float(ordered[0, 1])
    shown, gone = ordered[hidden[0] - 1], ordered[hidden[0]]
    share = shown[2] / (shown[2] - gone[2])
    return float(shown[1] + share * (gone[1] - shown[1]))
