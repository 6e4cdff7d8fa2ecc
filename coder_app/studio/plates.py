"""Bodies for the documentation: every gesture of the infant, every touch, every way a trunk goes, each by its name."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from coder_app.studio import faces, gestures
from coder_app.studio.canvas import Picture, bgr
from coder_app.studio.looks import INK, PAPER
from coder_app.studio.pose import Gaze, Person, Pose
from coder_app.studio.script import Cast
from coder_app.studio.stage import Stage

Plate = tuple[str, Pose, bool]  # its name, what is drawn, whether the caregiver's pane is shown
SIZE, COLUMNS, CAPTION = (960, 360), 5, 26
INFANT_PANE, CAREGIVER_PANE = slice(85, 505), slice(485, 905)  # pixels of a frame
CASTS = ("a", "b", "c", "d", "e", "f")
INFANT = Person(Gaze(17, 0, 28, 2, 0.97), faces.INFANT["neutral"])
CAREGIVER = Person(Gaze(-18, -2, -31, -5, 0.97), faces.CAREGIVER["neutral"], lean=0.6)
REST = Pose(INFANT, CAREGIVER, 0.0, 0)


def plates() -> list[Plate]:
    """Everything a body can do."""
    found: list[Plate] = [(name, replace(REST, infant_hands=hands), False) for name, hands in gestures.INFANT.items()]
    found += [(kind, replace(REST, caregiver_hands=touch.hands), False) for kind, touch in gestures.TOUCHES.items()]
    found += [("cloth", replace(REST, cloth=1.0), False), ("cover", replace(REST, cover=1.0), False)]
    turned, arched, leaning = replace(INFANT, trunk_yaw=-40.0), replace(INFANT, arch=1.0), replace(INFANT, lean=1.0)
    for name, infant in (("trunk_yaw -40", turned), ("arch", arched), ("lean", leaning)):
        found.append((name, replace(REST, infant=infant), False))
    found.append(("rock", replace(REST, rock=1.0), False))
    back, near, looming = (replace(CAREGIVER, lean=lean, loom=loom) for lean, loom in ((-1.0, 0.0), (1.0, 0.0), (1.0, 1.0)))
    for name, caregiver in (("lean -1", back), ("lean 1", near), ("loom", looming)):
        found.append((name, replace(REST, caregiver=caregiver), True))
    return found


def sheet() -> Picture:
    """All of them in rows, each with its name below; the people change from one to the next."""
    stages = {key: Stage(Cast(infant=key, caregiver=key), SIZE) for key in CASTS}
    shown = plates()
    width, height = INFANT_PANE.stop - INFANT_PANE.start, SIZE[1] + CAPTION
    rows = -(-len(shown) // COLUMNS)
    picture = np.empty((rows * height, COLUMNS * width, 3), np.uint8)
    picture[:] = np.round(bgr(PAPER)).astype(np.uint8)
    for i, (name, pose, caregiver) in enumerate(shown):
        drawn = stages[CASTS[i % len(CASTS)]].draw(pose)[:, CAREGIVER_PANE if caregiver else INFANT_PANE]
        x, y = i % COLUMNS * width, i // COLUMNS * height
        picture[y : y + SIZE[1], x + 4 : x + width - 4] = drawn[:, 4:-4]
        cv2.putText(picture, name, (x + 8, y + height - 7), cv2.FONT_HERSHEY_SIMPLEX, 0.6, bgr(INK), 1, cv2.LINE_AA)
    return np.asarray(cv2.resize(picture, None, fx=0.6, fy=0.6, interpolation=cv2.INTER_AREA), np.uint8)
