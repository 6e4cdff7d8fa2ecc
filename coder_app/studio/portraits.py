"""Portraits for the documentation: everybody who can be cast, every expression by its name, and what bodies do.

`python -m coder_app.studio.portraits docs/pictures` draws them anew.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np

from coder_app.studio import faces, head, plates
from coder_app.studio.canvas import Canvas, Picture, bgr
from coder_app.studio.frame import Frame
from coder_app.studio.looks import CAREGIVERS, INFANTS, INK, PAPER, Head
from coder_app.studio.pose import Expression, Gaze, Person

Portrait = tuple[str, Head, Gaze, Expression]
CELL, ROW, RADIUS, SCALE = 220.0, 270.0, 84.0, 2.0  # stage units, and pixels a unit while drawing
TO_THE_RIGHT, TO_THE_LEFT = Gaze(14, 0, 24, 1), Gaze(-15, -2, -26, -4)
COLUMNS = {"castings": 8, "expressions": 6, "turns": 7}


def castings() -> list[Portrait]:
    """Everybody smiling, by their key."""
    infants = [(f"infant {key}", look.head, TO_THE_RIGHT, faces.INFANT["smile"]) for key, look in INFANTS.items()]
    return infants + [
        (f"caregiver {key}", look.head, TO_THE_LEFT, faces.CAREGIVER["smile"]) for key, look in CAREGIVERS.items()
    ]


def expressions() -> list[Portrait]:
    """Every expression by its name, on one infant and one caregiver."""
    infants = [(name, INFANTS["a"].head, TO_THE_RIGHT, face) for name, face in faces.INFANT.items()]
    return infants + [(name, CAREGIVERS["a"].head, TO_THE_LEFT, face) for name, face in faces.CAREGIVER.items()]


def turns() -> list[Portrait]:
    """One infant and one caregiver from profile to profile, by the degrees of yaw."""
    found: list[Portrait] = []
    for drawn, face in ((INFANTS["b"].head, faces.INFANT_REST), (CAREGIVERS["c"].head, faces.CAREGIVER_REST)):
        found += [(f"{yaw:+d}" if yaw else "0", drawn, Gaze(yaw, 0, yaw, 0), face) for yaw in range(-75, 76, 25)]
    return found


def sheet(portraits: Sequence[Portrait], columns: int) -> Picture:
    """Portraits in rows, each with its name below."""
    rows = -(-len(portraits) // columns)
    picture = np.empty((round(rows * ROW * SCALE), round(columns * CELL * SCALE), 3), np.uint8)
    picture[:] = np.round(bgr(PAPER)).astype(np.uint8)
    for i, (name, drawn, gaze, face) in enumerate(portraits):
        x, y = (i % columns + 0.5) * CELL, (i // columns + 0.5) * ROW
        frame = Frame(drawn.build, x, y - 4, RADIUS, gaze.head_yaw, gaze.head_pitch, face.tilt)
        below = Canvas(picture[: round((y + ROW / 2 - 26) * SCALE)], SCALE)  # a long scarf ends above the name
        head.draw(below, frame, drawn, Person(gaze, face))
        (width, _), _ = cv2.getTextSize(name, cv2.FONT_HERSHEY_SIMPLEX, 0.8, 2)
        place = (round(x * SCALE - width / 2), round((y + ROW / 2 - 8) * SCALE))
        cv2.putText(picture, name, place, cv2.FONT_HERSHEY_SIMPLEX, 0.8, bgr(INK), 2, cv2.LINE_AA)
    return np.asarray(cv2.resize(picture, None, fx=1 / SCALE, fy=1 / SCALE, interpolation=cv2.INTER_AREA), np.uint8)


def sheets() -> dict[str, Picture]:
    """File name -> picture."""
    drawn = {"castings": castings(), "expressions": expressions(), "turns": turns()}
    made = {f"{name}.jpg": sheet(portraits, COLUMNS[name]) for name, portraits in drawn.items()}
    return made | {"bodies.jpg": plates.sheet()}


def write(folder: Path) -> list[Path]:
    """Writes the sheets as JPEG files into a folder that exists. Raises OSError."""
    written = []
    for name, picture in sheets().items():
        _, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 90])
        path = folder / name
        path.write_bytes(data.tobytes())
        written.append(path)
    return written


if __name__ == "__main__":
    for made in write(Path(sys.argv[1])):
        print(made)
