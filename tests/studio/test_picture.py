"""What a frame shows, measured in its pixels: eyes, mouth, cloth; and that frames are pure."""

from __future__ import annotations

import numpy as np
import pytest

from coder_app.studio.canvas import bgr
from coder_app.studio.looks import MOUTH
from coder_app.studio.scene import Scene
from coder_app.studio.script import Script, parse
from coder_app.studio.stage import Stage

HALF = 480  # of a picture 960 wide
PUPIL = "#1E1411"
GAZES = """
id: gazes
version: "1.0"
name: Gazes
scheme: serve-and-return-quick
length_s: 4.0
seed: 3
cast: {infant: c}
scores: [infant_gaze]
streams: {infant_gaze: [{at: 0, code: face}, {at: 1, code: object}, {at: 2, code: averted}, {at: 3, code: eyes_closed}]}
"""


class Drawn:
    """Frames of a script by time in seconds."""

    def __init__(self, script: Script) -> None:
        self.script, self.scene = script, Scene(script)
        self.stage = Stage(script.cast, (script.size[0], script.size[1]))

    def at(self, seconds: float) -> np.ndarray:
        return self.stage.draw(self.scene.at(round(seconds * self.script.fps)))


@pytest.fixture(scope="module")
def look(c1: Script) -> Drawn:
    return Drawn(c1)


@pytest.fixture(scope="module")
def mirror(c4: Script) -> Drawn:
    return Drawn(c4)


def near(picture: np.ndarray, colour: str, within: float = 40) -> np.ndarray:
    """Rows and columns of the pixels of about that colour."""
    return np.argwhere(np.abs(picture.astype(float) - bgr(colour)).sum(2) < within)


def infant_pupils(picture: np.ndarray) -> tuple[float, float, int]:
    """Mean x and y of the infant's pupils in pixels, and how many pixels of them show."""
    pupils = near(picture[90:200, 160:345], PUPIL, 30)
    return float(pupils[:, 1].mean()), float(pupils[:, 0].mean()), len(pupils)


def mouth_area(picture: np.ndarray, left: bool) -> int:
    """Pixels that show the inside of the mouth, looked for where the mouth is, away from hair."""
    pane = picture[165:245, 200:320] if left else picture[185:270, 590:730]
    return len(near(pane, MOUTH, 36))


def test_eyes_point_to_what_the_key_says() -> None:
    """The caregiver is on the right, the toy on the left and high. Drawn with light skin, where pupils are all that is dark."""
    look = Drawn(parse(GAZES, "gazes.yaml"))
    face, toy, averted = (infant_pupils(look.at(t)) for t in (0.5, 1.5, 2.5))
    assert face[0] > toy[0] + 25
    assert averted[1] > toy[1] + 15
    assert averted[2] < 0.75 * toy[2]


def test_closed_eyes_show_no_pupils() -> None:
    look = Drawn(parse(GAZES, "gazes.yaml"))
    assert len(near(look.at(3.5)[90:200, 160:345], "#FFFFFF", 12)) == 0


def test_the_cloth_hides_the_eyes(look: Drawn) -> None:
    eyes = look.at(35.2)[120:180, 190:340]
    assert len(near(eyes, PUPIL, 30)) == 0
    assert len(near(look.at(32.0)[120:180, 190:340], PUPIL, 30)) > 50


@pytest.mark.parametrize("onset", [5.2, 11.0, 13.6, 16.8, 22.4, 29.0, 31.2, 34.4, 36.0])
def test_the_frame_of_an_onset_is_the_first_that_differs(look: Drawn, onset: float) -> None:
    """Between the two frames before an onset only idle motion; at the onset the eyes (or the cloth) have begun to move."""
    before, last, first = (look.at(onset + step / 25)[60:360, 120:560].astype(int) for step in (-2, -1, 0))
    idle, event = (np.abs(a - b).sum(2) > 90 for a, b in ((before, last), (last, first)))
    assert event.sum() > 3 * idle.sum() + 40


@pytest.mark.parametrize(("seconds", "neutral"), [(5.6, 2.0), (12.4, 11.0), (31.9, 30.0)], ids=["smile", "coo", "o_mouth"])
def test_the_infants_mouth_opens(mirror: Drawn, seconds: float, neutral: float) -> None:
    assert mouth_area(mirror.at(seconds), left=True) > 2 * mouth_area(mirror.at(neutral), left=True) + 20


@pytest.mark.parametrize("seconds", [6.0, 13.84, 33.0, 41.0, 50.5], ids=["smile", "vocal", "o_mouth", "trap_1", "trap_2"])
def test_the_caregivers_mouth_opens(mirror: Drawn, seconds: float) -> None:
    assert mouth_area(mirror.at(seconds), left=False) > 2 * mouth_area(mirror.at(10.0), left=False) + 20


def test_a_mirrored_o_comes_while_the_infants_goes(mirror: Drawn) -> None:
    infant, caregiver = (mouth_area(mirror.at(33.2), left) for left in (True, False))
    assert caregiver > 3 * max(infant, 1)


def test_a_sad_face_tilts_and_differs_from_neutral(mirror: Drawn) -> None:
    neutral, woe = mirror.at(18.0)[:, HALF:].astype(int), mirror.at(23.0)[:, HALF:].astype(int)
    assert (np.abs(neutral - woe).sum(2) > 60).mean() > 0.02


def test_a_frame_is_a_pure_function_of_script_and_time(c1: Script, look: Drawn) -> None:
    again = Drawn(c1)
    for seconds in (20.0, 3.3, 34.5):
        assert np.array_equal(look.at(seconds), again.at(seconds))


def test_another_seed_moves_only_what_carries_no_code(c1: Script) -> None:
    other = Drawn(c1.model_copy(update={"seed": 12}))
    first = Drawn(c1)
    assert not np.array_equal(first.at(3.0), other.at(3.0))
    for frame in (0, 131, 345, 870):
        a, b = first.scene.at(frame), other.scene.at(frame)
        assert a.infant.gaze.gaze_yaw == b.infant.gaze.gaze_yaw
        assert a.cloth == b.cloth


def test_nobody_blinks_near_an_onset(c1: Script, c4: Script) -> None:
    for script in (c1, c4):
        scene = Scene(script)
        onsets = [e.at_us / 1e6 for s in ("infant_gaze", "infant_face") for e in script.events(s)]
        assert scene.infant.idle.blinks_s
        assert all(not -0.5 < blink - onset < 0.5 for blink in scene.infant.idle.blinks_s for onset in onsets)


def test_idle_motion_stays_small(c1: Script) -> None:
    """No sway that could be taken for a turn of the head: under 2 degrees and 2.5 stage units."""
    scene = Scene(c1)
    rests = [scene.at(frame).infant for frame in range(25, 125)]
    assert np.ptp([p.gaze.head_yaw for p in rests]) < 2.5
    assert max(abs(part) for p in rests for part in p.sway) < 2.5
