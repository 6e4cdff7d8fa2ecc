"""The frame of a head: where a point of it lands on the stage, for any turn. Drawing is in `head` and `features`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from coder_app.studio.canvas import Points
from coder_app.studio.looks import Ball, Build

Vector = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Frame:
    """A head of `radius` stage units at (`x`, `y`) turned by `yaw` (+ right), `pitch` (+ up), `tilt` (clockwise) in degrees."""

    build: Build
    x: float
    y: float
    radius: float
    yaw: float
    pitch: float
    tilt: float

    def matrix(self) -> Vector:
        a, b, c = np.radians([self.yaw, self.pitch, self.tilt])
        turn = np.array([[np.cos(a), 0, np.sin(a)], [0, 1, 0], [-np.sin(a), 0, np.cos(a)]])
        nod = np.array([[1, 0, 0], [0, np.cos(b), -np.sin(b)], [0, np.sin(b), np.cos(b)]])
        roll = np.array([[np.cos(c), -np.sin(c), 0], [np.sin(c), np.cos(c), 0], [0, 0, 1]])
        return np.asarray(roll @ nod @ turn)

    def turned(self, points: Vector) -> Vector:
        """Head points (..., 3) as they stand after the turn, still in head units."""
        return np.asarray(points, float) @ self.matrix().T

    def project(self, points: Vector) -> Points:
        """Head points (..., 3) on the stage, with a touch of perspective."""
        turned = self.turned(points)
        flat = turned[..., :2] * (1 + 0.05 * turned[..., 2:3])
        return np.asarray(flat * self.radius + np.array([self.x, self.y]))

    def lift(self, points: Points, raised: float = 0.0) -> Vector:
        """Points (..., 2) of the face as drawn from the front, lifted onto its surface."""
        across, down, deep = self.build.surface
        p = np.asarray(points, float)
        x, y = p[..., 0], p[..., 1]
        out = (x / across) ** 2 + ((y + 0.05) / down) ** 2
        z = deep * np.sqrt(np.maximum(1 - out, 0)) - np.maximum(out - 1, 0) * 0.6
        return np.stack([x, y, z + raised], -1)

    def on(self, points: Points, raised: float = 0.0) -> Points:
        """Points of the face as drawn from the front -> the stage."""
        return self.project(self.lift(points, raised))

    def seen(self, side: int) -> float:
        """How far the eye of that side faces the viewer: 1 fully, 0 or less hidden."""
        return float(
            np.clip((self.turned(self.lift(np.array([side * self.build.eye[0], self.build.eye[1]])))[2] - 0.06) / 0.2, 0, 1)
        )

    def outline(self, ball: Ball, grow: float = 0.0) -> Points:
        """Outline on the stage of an ellipsoid of the head."""
        centre, radii = np.array(ball[0], float), np.array(ball[1], float) + grow
        m = self.matrix()
        shape = (m @ np.diag(radii**2) @ m.T)[:2, :2]
        values, vectors = np.linalg.eigh(shape)
        angle = np.linspace(0, 2 * np.pi, 72, endpoint=False)
        ring = (vectors * np.sqrt(values)) @ np.stack([np.cos(angle), np.sin(angle)])
        middle = (m @ centre)[:2] * (1 + 0.05 * (m @ centre)[2])
        return np.asarray((ring.T + middle) * self.radius + np.array([self.x, self.y]))
