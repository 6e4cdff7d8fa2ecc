"""Heads by themselves: every casting and turn, expressions told apart by their geometry and their pixels, no jumps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from itertools import pairwise

import numpy as np
import pytest

from coder_app.studio import faces, head
from coder_app.studio.canvas import Canvas, bgr
from coder_app.studio.eyes import SHUT, lids
from coder_app.studio.frame import Frame
from coder_app.studio.hair import CUTS
from coder_app.studio.looks import ADULT, CAREGIVERS, EYE_WHITE, INFANT, INFANTS, Build, Head, tones
from coder_app.studio.mouth import lips
from coder_app.studio.pose import Expression, Gaze, Person

SIZE, MIDDLE, RADIUS = 270, 135.0, 100.0
PAPER = 235
FRONT = Gaze()
EVERYBODY = [*((f"infant {key}", look.head) for key, look in INFANTS.items())]
EVERYBODY += [(f"caregiver {key}", look.head) for key, look in CAREGIVERS.items()]
HEADS = [pytest.param(drawn, id=name.replace(" ", "-")) for name, drawn in EVERYBODY]


def shot(drawn: Head, gaze: Gaze, face: Expression, scale: float = 1.0) -> np.ndarray:
    """A head of 100 stage units in the middle of a grey picture."""
    side = round(SIZE * scale)
    canvas = Canvas(np.full((side, side, 3), PAPER, np.uint8), scale)
    frame = Frame(drawn.build, MIDDLE, MIDDLE - 5, RADIUS, gaze.head_yaw, gaze.head_pitch, face.tilt)
    head.draw(canvas, frame, drawn, Person(gaze, face))
    return canvas.picture


def pixels(picture: np.ndarray, colour: str, within: float) -> int:
    return int((np.abs(picture.astype(float) - bgr(colour)).sum(2) < within).sum())


def frame_of(build: Build = INFANT, yaw: float = 0.0) -> Frame:
    return Frame(build, 0, 0, 1, yaw, 0, 0)


def gape(face: Expression, gaze: Gaze = FRONT, build: Build = INFANT) -> float:
    """How far apart the lids stand, in head units."""
    _, upper, lower = lids(frame_of(build), Person(gaze, face))
    return float(np.max(lower - upper))


def rise(face: Expression, build: Build = INFANT) -> float:
    """How much higher the corners of the mouth lie than the middle of its line, in head units."""
    m = lips(frame_of(build), face)
    return float((m.upper[16] + m.lower[16]) / 2 - m.corner)


@pytest.mark.parametrize("drawn", HEADS)
@pytest.mark.parametrize("yaw", [-75, -40, 0, 40, 75])
def test_every_casting_is_drawn_from_all_sides(drawn: Head, yaw: float) -> None:
    """The skin of the look is there; in profile only one eye is."""
    picture = shot(drawn, Gaze(yaw, 0, yaw, 0), faces.INFANT_REST)
    assert pixels(picture, drawn.skin.base, 60) > 1500
    white = np.abs(picture.astype(float) - bgr(EYE_WHITE)).sum(2) < 25
    eyes = white[100:160]
    if abs(yaw) == 75:
        facing = eyes[:, :135] if yaw < 0 else eyes[:, 135:]
        assert eyes.sum() == facing.sum()


@pytest.mark.parametrize("drawn", HEADS)
@pytest.mark.parametrize(("x", "y"), [(-200.0, 40.0), (5.0, 5.0), (115.0, -25.0)])
def test_heads_may_leave_the_picture(drawn: Head, x: float, y: float) -> None:
    """Half a head is drawn, of one that is far outside nothing; the turns are the largest there are."""
    for yaw, pitch, tilt in ((0.0, 0.0, 0.0), (-90.0, 30.0, 20.0), (60.0, -40.0, -30.0)):
        canvas = Canvas(np.full((120, 120, 3), PAPER, np.uint8), 1.0)
        person = Person(Gaze(yaw, pitch, yaw, pitch, 0.5), replace(faces.INFANT["cry"], tilt=tilt))
        head.draw(canvas, Frame(drawn.build, x, y, 40, yaw, pitch, tilt), drawn, person)
        assert bool((canvas.picture != PAPER).any()) == (x > 0)


def test_every_style_of_hair_has_a_head_and_every_head_its_own_look() -> None:
    assert {drawn.style for _, drawn in EVERYBODY} == set(CUTS)
    assert len({(d.skin, d.style, d.hair, d.beard, d.glasses, d.band) for _, d in EVERYBODY}) == len(EVERYBODY)


def test_castings_are_of_many_kinds() -> None:
    """Mothers, fathers and grandparents, a headscarf, glasses, and skins from light to deep."""
    who = " ".join(look.who for look in CAREGIVERS.values())
    assert all(word in who for word in ("mother", "father", "grandmother", "grandfather", "headscarf", "glasses"))
    assert len(INFANTS) >= 6
    lightness = [sum(bgr(look.skin.base)) / 3 for look in INFANTS.values()]
    assert max(lightness) - min(lightness) > 100


@pytest.mark.parametrize("drawn", HEADS)
def test_shut_lids_hide_the_eyes_whatever_the_face_does(drawn: Head) -> None:
    """A blink closes a smiling or wide eye too: no white of an eye is left (catch lights are white as well)."""
    for face in (faces.INFANT_REST, faces.INFANT["smile_duchenne"], faces.CAREGIVER["surprise"]):
        bare = replace(drawn, glasses="")
        shut = shot(bare, Gaze(lids=0.0), replace(face, open=0.0))[105:165]
        assert pixels(shut, EYE_WHITE, 25) < 12
        assert gape(face, Gaze(lids=0.0)) <= SHUT


def test_a_cry_squeezes_the_eyes_and_squares_the_mouth() -> None:
    cry, laugh = faces.INFANT["cry"], faces.INFANT["laugh"]
    assert gape(cry) < 0.3 * gape(laugh)

    def squareness(face: Expression) -> float:
        """How much of the box about the opening is open."""
        m = lips(frame_of(), face)
        return float(np.mean(m.lower - m.upper) / (m.lower.max() - m.upper.min()))

    ellipse = np.pi / 4  # what an ellipse fills of its box; a square fills all of it
    assert squareness(laugh) < ellipse < squareness(cry)
    assert tones(INFANTS["a"].skin, cry.flush).base[2] - tones(INFANTS["a"].skin, cry.flush).base[1] > (
        tones(INFANTS["a"].skin, 0).base[2] - tones(INFANTS["a"].skin, 0).base[1] + 10
    )


def test_a_cry_is_wet_and_red_in_the_picture() -> None:
    wet, dry = (shot(INFANTS["c"].head, FRONT, replace(faces.INFANT["cry"], tear=tear)) for tear in (0.9, 0.0))
    assert pixels(wet, "#BFE3F2", 40) > 60
    assert pixels(dry, "#BFE3F2", 40) == 0
    calm = shot(INFANTS["c"].head, FRONT, faces.INFANT_REST)
    red = [float((p[..., 2].astype(float) - p[..., 1]).mean()) for p in (calm, dry)]
    assert red[1] > red[0] + 3


def test_a_duchenne_smile_narrows_the_eyes_from_below_and_a_plain_smile_hardly() -> None:
    plain, full, rest = (faces.INFANT[name] for name in ("smile", "smile_duchenne", "neutral"))
    assert gape(plain) > 0.8 * gape(rest)
    assert gape(full) < 0.72 * gape(rest)
    _, upper_rest, lower_rest = lids(frame_of(), Person(FRONT, rest))
    _, upper, lower = lids(frame_of(), Person(FRONT, full))
    assert lower_rest.max() - lower.max() > upper.min() - upper_rest.min()


@pytest.mark.parametrize("smile", ["smile", "smile_duchenne", "laugh"])
def test_smiles_lift_the_corners(smile: str) -> None:
    assert rise(faces.INFANT[smile]) > rise(faces.INFANT_REST) + 0.06


@pytest.mark.parametrize("low", ["negative", "cry", "clouding"])
def test_distress_lowers_the_corners(low: str) -> None:
    assert rise(faces.INFANT[low]) < rise(faces.INFANT_REST) - 0.03


def test_neutral_faces_neither_sulk_nor_smile() -> None:
    """Idle corners stay between flat and 0.2 (infant) or 0.25 (caregiver): 0.4 already reads as a smile."""
    for face, most in ((faces.INFANT_REST, 0.2), (faces.CAREGIVER_REST, 0.25)):
        assert 0.1 <= face.corner <= most
        assert face.knit <= 0.2
    assert rise(faces.INFANT_REST) > 0
    assert faces.INFANT_REST.open > 0


def test_the_caregivers_faces_differ_where_observers_look() -> None:
    """Surprise: brows up, mouth long and open. Woe: inner brows up, lower lip out, head tilted. Frown: thin lips."""
    care = faces.CAREGIVER
    blank, woe, frown, surprise = (lips(frame_of(ADULT), care[name]) for name in ("blank", "woe", "frown", "surprise"))
    assert surprise.gap > 3 * lips(frame_of(ADULT), care["smile"]).gap / 2
    assert surprise.half < lips(frame_of(ADULT), care["smile"]).half * 0.75
    assert float((woe.under - woe.lower).max()) > 1.5 * float((blank.under - blank.lower).max())
    assert float((frown.under - frown.lower).max()) < 0.6 * float((blank.under - blank.lower).max())
    assert abs(care["woe"].tilt) >= 12  # degrees, as the codes have it
    assert gape(care["surprise"], build=ADULT) > 1.15 * gape(care["neutral"], build=ADULT)
    assert care["blank"].alive == 0


def test_brows_move_as_drawn_expressions_need() -> None:
    """Dark pixels of the brows on a light forehead: higher in surprise, lower in a frown, their inner ends higher in woe."""
    drawn = replace(CAREGIVERS["c"].head, brow="#0000FF")

    def height(face: Expression, inner: bool) -> float:
        picture = shot(drawn, FRONT, replace(face, tilt=0.0))
        columns = slice(116, 128) if inner else slice(86, 98)
        rows = np.argwhere(np.abs(picture[:, columns].astype(float) - (255, 0, 0)).sum(2) < 120)[:, 0]
        return float(rows.mean())

    rest, surprise, frown, woe = (faces.CAREGIVER[name] for name in ("neutral", "surprise", "frown", "woe"))
    assert height(surprise, False) < height(rest, False) - 6
    assert height(frown, True) > height(rest, True) + 6
    assert height(woe, True) < height(woe, False) - 6


def test_in_profile_nose_and_chin_make_the_outline() -> None:
    """Turned by 75 degrees to the left, the farthest point to the left is the tip of the nose."""
    for build in (INFANT, ADULT):
        outline = frame_of(build, yaw=-75).outline()
        tip = outline[outline[:, 0].argmin()]
        assert abs(tip[1] - build.nose[0]) < 0.12
        flat = frame_of(build).outline()
        assert abs(flat[:, 0].min() + flat[:, 0].max()) < 1e-6  # frontal heads are symmetrical


def test_an_open_mouth_lowers_the_chin() -> None:
    bottoms = [replace(frame_of(ADULT), jaw=jaw).outline()[:, 1].max() for jaw in (0.0, 0.5, 1.0)]
    assert bottoms[0] < bottoms[1] < bottoms[2]
    assert bottoms[2] - bottoms[0] > 0.03


def test_eyes_follow_the_gaze_and_stop_at_the_corner() -> None:
    """The pupil moves with the gaze relative to the head, to the same side, and no farther than 42 degrees."""
    drawn = replace(CAREGIVERS["c"].head, iris="#00FF00", iris_light="#00FF00")

    def look(gaze: float) -> np.ndarray:
        return shot(drawn, Gaze(0, 0, gaze, 0), faces.CAREGIVER["blank"], 2.0)

    def iris(gaze: float) -> float:
        """Mean column of the green of one eye."""
        eye = look(gaze)[:, 270:].astype(int)
        return float(np.argwhere((eye[..., 1] - eye[..., 2] > 60) & (eye[..., 1] - eye[..., 0] > 60))[:, 1].mean())

    places = [iris(gaze) for gaze in (-24, -12, 0, 12, 24)]
    assert all(b - a > 3 for a, b in pairwise(places)), places  # 8 where all of the iris shows, less where lids cut it
    assert np.array_equal(look(42), look(80))


SWEEPS: dict[str, tuple[Callable[[float], tuple[Gaze, Expression]], Sequence[float]]] = {
    "yaw": (lambda v: (Gaze(v, 0, v, 0), faces.INFANT_REST), range(-76, 77, 4)),
    "pitch": (lambda v: (Gaze(20, v, 20, v), faces.INFANT_REST), range(-24, 25, 3)),
    "gaze": (lambda v: (Gaze(0, 0, v, 0), faces.INFANT_REST), range(-50, 51, 4)),
    "lids": (lambda v: (Gaze(10, 0, 20, 0, v), faces.INFANT_REST), [k / 20 for k in range(23)]),
}
FIELDS = {"tilt": [float(k) for k in range(-18, 19, 2)], "corner": [k / 12 for k in range(-12, 13)]}
FIELDS |= {f.name: [k / 12 for k in range(13)] for f in fields(Expression) if f.name not in ("tilt", "corner", "alive")}


def moving(name: str) -> Callable[[float], tuple[Gaze, Expression]]:
    return lambda value: (Gaze(10, 0, 20, 0), replace(faces.INFANT_REST, **{name: value}))


SWEEPS |= {name: (moving(name), values) for name, values in FIELDS.items()}


@pytest.mark.parametrize("drawn", [INFANTS["a"].head, CAREGIVERS["a"].head], ids=["infant", "caregiver"])
@pytest.mark.parametrize("name", SWEEPS)
def test_nothing_jumps_when_a_number_moves(drawn: Head, name: str) -> None:
    """In small even steps no step changes the picture much more than the steps usually do."""
    assert worst_step(drawn, name) < 3.2


@pytest.mark.parametrize("key", CAREGIVERS)
def test_no_hair_jumps_when_a_head_turns(key: str) -> None:
    assert worst_step(CAREGIVERS[key].head, "yaw") < 2.0


def worst_step(drawn: Head, name: str) -> float:
    """The largest change from one step to the next, as a multiple of the usual one; what is too small to see counts as none."""
    make, values = SWEEPS[name]
    pictures = [shot(drawn, *make(float(v)), scale=0.5).astype(int) for v in values]
    changes = [float(np.abs(b - a).mean()) for a, b in pairwise(pictures)]
    return max(changes) / max(float(np.median(changes)), 0.05)


def test_a_head_is_a_pure_function_of_its_numbers() -> None:
    first = shot(CAREGIVERS["d"].head, Gaze(20, 5, 30, 0), faces.CAREGIVER["smile"])
    shot(CAREGIVERS["e"].head, Gaze(-60, 0, -60, 0), faces.CAREGIVER["woe"])
    assert np.array_equal(first, shot(CAREGIVERS["d"].head, Gaze(20, 5, 30, 0), faces.CAREGIVER["smile"]))
