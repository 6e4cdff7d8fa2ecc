"""A clip as a file: its decoded frames and sound, and the curves of a face around a moment. What is measured comes from the
file alone; the script only says when to look."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path

import av
import cv2
import numpy as np
import numpy.typing as npt
from studio.measure import seeing
from studio.measure.ramps import Ramp, fitted

Series = npt.NDArray[np.float64]
PANES = {"infant": (slice(0, 360), slice(0, 478)), "caregiver": (slice(30, 360), slice(484, 960))}  # without the time code
APART = {"infant": 63.0, "caregiver": 56.0}  # pixels between the eyes of somebody who faces the viewer, read off a frame


def lids(face: seeing.Face) -> float:
    """How far the eyes are open, pixels; 0 where none shows."""
    return float(np.mean([eye.height for eye in face.eyes])) if face.eyes else 0.0


def _of_eyes(read: Callable[[seeing.Eye], float]) -> Callable[[seeing.Face], float]:
    return lambda face: float(np.mean([read(eye) for eye in face.eyes])) if face.eyes else float("nan")


def _of_mouth(read: Callable[[seeing.Mouth], float]) -> Callable[[seeing.Face], float]:
    return lambda face: read(face.mouth) if face.mouth else float("nan")


def brows(face: seeing.Face) -> float:
    seen = [brow for brow in face.brows if brow is not None]
    return float(np.mean(seen)) if seen else float("nan")


CURVES = {
    "iris": _of_eyes(lambda eye: eye.pupil_x),
    "iris_height": _of_eyes(lambda eye: -eye.pupil_y),
    "lids": lids,
    "brows": brows,
    "head": lambda face: face.eyes[-1].x if face.eyes else float("nan"),  # the eye on the right, seen wherever an infant turns
    "width": _of_mouth(lambda mouth: mouth.width),
    "opening": _of_mouth(lambda mouth: mouth.height),
    "corners": _of_mouth(lambda mouth: mouth.corner),
}


class Watched:
    """A clip of `fps` frames a second, 960 x 360. A frame shows the state at its end, so frame n stands at (n + 1) / fps."""

    def __init__(self, path: Path, fps: int = 25) -> None:
        self.path, self.fps = path, fps
        self.kept: dict[int, npt.NDArray[np.uint8]] = {}  # as PNG: hundreds of frames stay in memory
        self.faces: dict[tuple[str, int], seeing.Face] = {}

    def keep(self, numbers: Iterable[int]) -> None:
        """Decodes the file once and keeps these frames."""
        wanted = set(numbers) - self.kept.keys()
        if not wanted:
            return
        with av.open(str(self.path)) as file:
            for number, frame in enumerate(file.decode(video=0)):
                if number in wanted:
                    self.kept[number] = cv2.imencode(".png", frame.to_ndarray(format="bgr24"))[1]
                if number >= max(wanted):
                    break

    def pane(self, who: str, number: int) -> seeing.Picture:
        self.keep([number])
        return np.ascontiguousarray(cv2.imdecode(self.kept[number], cv2.IMREAD_COLOR)[PANES[who]])

    def face(self, who: str, number: int) -> seeing.Face:
        if (who, number) not in self.faces:
            self.faces[who, number] = seeing.face(self.pane(who, number), APART[who])
        return self.faces[who, number]

    def curve(self, who: str, name: str, from_s: float, to_s: float) -> tuple[Series, Series]:
        """Times and values, one a frame; lengths in units of the distance between the eyes, the iris in eye widths."""
        first, last = max(round(from_s * self.fps), 0), round(to_s * self.fps)
        self.keep(range(first, last))
        unit = 1.0 if name.startswith("iris") else APART[who]
        values = np.array([CURVES[name](self.face(who, n)) for n in range(first, last)]) / unit
        return (np.arange(first, last) + 1) / self.fps, values

    def ramp(self, who: str, name: str, onset_s: float, length_s: float, after_s: float, before_s: float = 0.4) -> Ramp:
        """The ramp of that length near an onset, fitted to `before_s` before it and `after_s` after."""
        times, values = self.curve(who, name, onset_s - before_s, onset_s + after_s)
        return fitted(times, values, length_s, onset_s - 0.24, onset_s + 0.24)

    @cached_property
    def sound(self) -> Series:
        """The decoded sound (samples, 2) from time 0 on."""
        with av.open(str(self.path)) as file:
            rate = file.streams.audio[0].rate
            frames = [(round(float(frame.time or 0) * rate), frame.to_ndarray()) for frame in file.decode(audio=0)]
        whole = np.zeros((max(start + part.shape[1] for start, part in frames), 2))
        for start, part in frames:
            whole[max(start, 0) : start + part.shape[1]] = part.T[max(-start, 0) :]
        return whole
