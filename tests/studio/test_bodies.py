"""Bodies as they come out on the picture: where each touch lands, what it leaves visible, and that nothing pops."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from coder_app.studio import faces, hands, limbs, plates
from coder_app.studio.gestures import INFANT, TOUCHES
from coder_app.studio.pose import CAREGIVER_HANDS, INFANT_HANDS, Gaze, Hand, Hands, Person, Pose, mix
from coder_app.studio.script import Cast
from coder_app.studio.stage import Stage

SIZE = (480, 180)
UNIT = SIZE[0] / 1280  # pixels a stage unit
BABY = Person(Gaze(17, 0, 28, 2, 0.97), faces.INFANT["neutral"])
ADULT = Person(Gaze(-18, -2, -31, -5, 0.97), faces.CAREGIVER["neutral"], lean=0.4)
REST = Pose(BABY, ADULT, 0.0, 0)
EYES, MOUTH, CHEEK = (300, 185, 445, 235), (355, 242, 410, 275), (405, 245, 455, 290)  # x0, y0, x1, y1 of the resting infant
SHOULDER = (370, 320, 440, 370)
CHIN, CHEST, BELLY, TEMPLE = (360, 275, 420, 310), (315, 335, 390, 395), (275, 375, 415, 450), (425, 225, 465, 280)


@pytest.fixture(scope="module")
def stage() -> Stage:
    return Stage(Cast(infant="c", caregiver="c"), SIZE)


def changed(stage: Stage, pose: Pose, box: tuple[int, int, int, int], since: Pose = REST) -> float:
    """Share of the pixels of a box (stage units) that differ visibly between two poses."""
    x0, y0, x1, y1 = (round(at * UNIT) for at in box)
    a, b = (stage.draw(p)[y0:y1, x0:x1].astype(int) for p in (since, pose))
    return float((np.abs(a - b).sum(2) > 30).mean())


def touched(kind: str, beat: float = 0.0) -> Pose:
    """`beat` is the part of a whole movement to and fro that has passed."""
    touch = TOUCHES[kind]
    return replace(REST, caregiver_hands=touch.at(beat / touch.beat.per_s if touch.beat.per_s else 0.0))


PLACES = {
    "affectionate": (CHEEK, CHEST),
    "static": (SHOULDER, CHEEK),
    "playful": (BELLY, CHEEK),
    "comforting": (CHEST, CHEEK),
    "instrumental": (CHIN, BELLY),
    "intrusive": (TEMPLE, BELLY),
}


@pytest.mark.parametrize("kind", TOUCHES)
def test_each_touch_lands_at_its_place_and_leaves_the_eyes_to_be_coded(stage: Stage, kind: str) -> None:
    """Places as domain.md 7.2 and drawing-notes.md name them: cheek, trunk, belly, chest, chin."""
    place, elsewhere = PLACES[kind]
    assert changed(stage, touched(kind), place) > 0.25
    assert changed(stage, touched(kind), elsewhere) < 0.02
    assert max(changed(stage, touched(kind, beat), EYES) for beat in (0.0, 0.25, 0.75)) < 0.04


def test_touches_keep_their_own_time() -> None:
    """Rhythms of drawing-notes.md: a tickle 3 a second, a pat 1, a stroke 0.5; a resting hand does not move."""
    assert [TOUCHES[kind].beat.per_s for kind in ("playful", "comforting", "affectionate", "static")] == [3.0, 1.0, 0.5, 0.0]
    assert TOUCHES["static"].at(0.4) == TOUCHES["static"].at(2.7)
    high, low = (TOUCHES["comforting"].at(t).left for t in (0.25, 0.75))
    assert high.y < low.y
    assert high.lift > low.lift == 0.0


def test_a_hand_on_the_face_goes_where_the_head_goes(stage: Stage) -> None:
    away = replace(REST, infant=replace(BABY, gaze=Gaze(-52, -12, -68, -32, 0.66)))
    stroked = replace(away, caregiver_hands=TOUCHES["affectionate"].hands)
    assert changed(stage, stroked, (330, 245, 400, 300), away) > 0.3  # where the cheek is now
    assert changed(stage, stroked, (455, 200, 520, 260), away) < 0.05  # where the hand would have been


@pytest.mark.parametrize("yaw", [-50.0, 17.0, 45.0])
def test_the_fist_finds_the_mouth(stage: Stage, yaw: float) -> None:
    """The mouth is found by opening it: what changes then is where it is."""
    turned = replace(REST, infant=replace(BABY, gaze=Gaze(yaw, 0, yaw, 0, 0.97)))
    opened = replace(turned, infant=replace(turned.infant, face=faces.INFANT["cry"]))
    before, mouth, fist = (
        stage.draw(p).astype(int) for p in (turned, opened, replace(turned, infant_hands=INFANT["fist_to_mouth"]))
    )
    below = round(238 * UNIT)
    at = np.argwhere(np.abs(mouth - before).sum(2)[below : round(300 * UNIT), : round(640 * UNIT)] > 150).mean(0)
    y, x = below + round(at[0]), round(at[1])
    hidden = np.abs(fist - before).sum(2)[y - 3 : y + 4, x - 3 : x + 4]
    assert (hidden > 30).mean() > 0.3


@pytest.mark.parametrize("field", ["cloth", "cover"])
@pytest.mark.parametrize("yaw", [-28.0, 17.0])
def test_cloth_and_hand_hide_both_eyes(stage: Stage, field: str, yaw: float) -> None:
    """With the eyes hidden, it makes no difference whether they are open."""
    covered = replace(REST, cloth=1.0) if field == "cloth" else replace(REST, cover=1.0)
    poses = [replace(covered, infant=replace(BABY, gaze=Gaze(yaw, 0, yaw, 0, lids))) for lids in (0.0, 1.0)]
    assert changed(stage, poses[0], (230, 150, 460, 245), poses[1]) < 0.002


def test_a_turned_trunk_carries_the_straps_round() -> None:
    """The buckle's red button is on the middle line of the trunk; the suit of this infant is blue."""
    stage, xs = Stage(Cast(infant="d", caregiver="d"), SIZE), []
    for yaw in (-40.0, 0.0, 40.0):
        picture = stage.draw(replace(REST, infant=replace(BABY, trunk_yaw=yaw))).astype(int)
        belly = picture[round(400 * UNIT) : round(450 * UNIT), : SIZE[0] // 2]
        xs.append(np.argwhere(np.abs(belly - (90, 116, 217)).sum(2) < 60)[:, 1].mean() / UNIT)
    assert xs[0] + 10 < xs[1] < xs[2] - 10


def test_arching_lifts_the_chest_and_the_head(stage: Stage) -> None:
    arched = replace(REST, infant=replace(BABY, arch=1.0))
    assert changed(stage, arched, (240, 290, 470, 470)) > 0.1
    assert changed(stage, arched, (640, 0, 1280, 480)) == 0.0


def test_looming_makes_the_face_half_as_large_again_and_stays_in_its_pane(stage: Stage) -> None:
    """Measured at the hair, which nothing else in the pane resembles: its width is that of the head."""

    def width(pose: Pose) -> float:
        pane = stage.draw(pose)[:, SIZE[0] // 2 + 4 :].astype(int)
        hair = (pane[:, :, 2] - pane[:, :, 0] > 60) & (pane.sum(2) < 330)
        return float(np.ptp(np.argwhere(hair)[:, 1]))

    near = replace(REST, caregiver=replace(ADULT, loom=1.0))
    assert 1.35 < width(near) / width(REST) < 1.65
    assert changed(stage, near, (0, 0, 634, 480)) == 0.0


def test_reaching_ends_near_the_partner(stage: Stage) -> None:
    reaching = replace(REST, infant=replace(BABY, lean=0.6), infant_hands=INFANT["reach"])
    assert changed(stage, reaching, (540, 320, 600, 375)) > 0.3


def test_rocking_tips_the_infant_and_the_seat_but_not_the_caregiver(stage: Stage) -> None:
    left, right = replace(REST, rock=-1.0), replace(REST, rock=1.0)
    assert changed(stage, left, (150, 40, 560, 300), right) > 0.1
    assert changed(stage, left, (640, 0, 1280, 480), right) == 0.0


def test_captions_stand_in_the_corner_of_the_one_who_is_heard(stage: Stage) -> None:
    silent, infant, caregiver = (stage.draw(REST, words).astype(int) for words in (("", ""), ("[coo]", ""), ("", "[shh ...]")))
    for heard, here in ((infant, slice(0, SIZE[0] // 2)), (caregiver, slice(SIZE[0] // 2, SIZE[0]))):
        differs = np.abs(heard - silent).sum(2) > 60
        assert differs[:, here].sum() == differs.sum() > 100
        assert differs[: round(430 * UNIT)].sum() == 0


def _pop(stage: Stage, pose: Callable[[float], Pose], steps: int = 14) -> float:
    """The largest change from one step to the next, as a multiple of the mean of the changes beside it."""
    frames = [stage.draw(pose(step / steps)).astype(int) for step in range(steps + 1)]
    changes = np.array([np.abs(b - a).sum(2).mean() for a, b in itertools.pairwise(frames)])
    beside = [np.mean([changes[j] for j in (i - 1, i + 1) if 0 <= j < steps]) for i in range(steps)]
    return float(np.max(changes / (np.array(beside) + 0.08)))


def _touching(kind: str, share: float) -> Pose:
    return replace(REST, caregiver_hands=mix(CAREGIVER_HANDS, TOUCHES[kind].hands, share))


def _gesturing(name: str, share: float) -> Pose:
    return replace(REST, infant_hands=mix(INFANT_HANDS, INFANT[name], share))


SWEEPS: dict[str, Callable[[float], Pose]] = {
    **{f"touch_{kind}": functools.partial(_touching, kind) for kind in TOUCHES},
    **{f"hands_{name}": functools.partial(_gesturing, name) for name in INFANT if name != "rest"},
    "cloth": lambda s: replace(REST, cloth=s),
    "cover": lambda s: replace(REST, cover=s),
    "trunk": lambda s: replace(REST, infant=replace(BABY, trunk_yaw=100 * s - 50, arch=s, lean=2 * s - 1)),
    "loom": lambda s: replace(REST, caregiver=replace(ADULT, loom=s, lean=2 * s - 1)),
    "rock": lambda s: replace(REST, rock=2 * s - 1),
}


@pytest.mark.parametrize("name", SWEEPS)
def test_nothing_pops(stage: Stage, name: str) -> None:
    assert _pop(stage, SWEEPS[name]) < 1.7


def test_the_page_lists_every_number_and_touch_with_its_rhythm() -> None:
    text = (Path(__file__).parents[2] / "docs" / "bodies.md").read_text(encoding="utf-8")
    drawn_by_bodies = (
        {f.name for f in fields(Person)} - {"gaze", "face"} | {f.name for f in fields(Hand)} | {"rock", "toy", "laced"}
    )
    assert all(f"`{name}`" in text for name in drawn_by_bodies)
    for kind, touch in TOUCHES.items():
        (row,) = re.findall(rf"^\| `{kind}` \| .* \| (.*) \|$", text, re.MULTILINE)
        assert row.partition(",")[0] == (f"{touch.beat.per_s:g}" if touch.beat.per_s else "at rest")


def test_every_gesture_and_touch_is_in_the_picture_of_the_page() -> None:
    assert {*INFANT, *TOUCHES, "cloth", "cover", "arch", "rock", "loom"} <= {name for name, *_ in plates.plates()}


def test_hands_mix_number_by_number() -> None:
    first, last = Hands(Hand(0, 10, 90), Hand(4, 0), 0.0), Hands(Hand(10, 20, 180), Hand(8, 0, open=0.65), 1.0)
    assert mix(first, last, 0.5) == Hands(Hand(5, 15, 135), Hand(6, 0, open=0.4), 0.5)
    assert mix(Person(sway=(2.0, 4.0)), Person(), 0.25).sway == (1.5, 3.0)


def test_an_elbow_is_one_bone_away_from_shoulder_and_wrist() -> None:
    """3-4-5: shoulder and wrist 6 apart, bones of 5, so the elbow is 4 off the line between them."""
    shoulder, wrist = np.array([0.0, 0.0]), np.array([6.0, 0.0])
    assert limbs.elbow(shoulder, wrist, 5.0, np.array([0.0, 1.0])) == pytest.approx([3.0, 4.0])
    assert limbs.elbow(shoulder, wrist, 5.0, np.array([0.0, -1.0])) == pytest.approx([3.0, -4.0])


def test_a_resting_caregiver_keeps_the_hands_out_of_the_picture() -> None:
    """Fingertips are 1.4 sizes of a hand from its middle."""
    assert min(CAREGIVER_HANDS.left.y, CAREGIVER_HANDS.right.y) > 480 + 1.4 * hands.ADULT_SIZE
