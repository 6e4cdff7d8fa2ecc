"""The shipped clips, measured: what the decoded frames and samples show, against what the scripts say. The measuring code
(`measure/`) knows nothing of the drawing or of the synthesis.

Times: a ramp of the known shape is fitted to the measured curve. Its start lies within a frame of the script for gaze, lids,
wide openings of the mouth and sounds, within two for lip corners and mouth width, brows and the head (the head follows the eyes
by 0.06 s). Sizes: lengths are in units of the distance between the eyes; the bounds are what tells an expression from its
neighbours by eye, and at most about twice what is measured today.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pytest
from studio.measure import hearing
from studio.measure.ramps import Ramp, first_beyond
from studio.measure.watched import Watched, lids

from coder_app.shipped import shipped
from coder_app.studio import script, sound
from coder_app.studio.acts import acted
from coder_app.studio.script import Happening, Script

CLIPS = shipped("sample_data")
FACE_S, HEAD_S, EYES_S = 0.3, 0.4, 0.08  # the lengths of ramps that docs/studio.md states
FRAMES = {"width": 2, "corners": 2, "brows": 2, "head": 2, "opening": 1, "lids": 1, "iris": 1}
FITS = 0.15  # what a fitted ramp may leave unexplained
FACES: dict[tuple[str, str], dict[str, tuple[float, float]]] = {  # who, act -> curve -> change from a neutral face
    ("infant", "smile"): {"width": (0.12, 0.45)},
    ("infant", "smile_duchenne"): {"width": (0.15, 0.55), "lids": (-0.30, -0.06)},
    ("infant", "clouding"): {"corners": (-0.30, -0.06)},
    ("infant", "negative"): {"corners": (-0.30, -0.07), "lids": (-0.30, -0.08), "brows": (-0.10, -0.02)},
    ("infant", "o_mouth"): {"opening": (0.18, 0.60)},
    ("caregiver", "positive"): {"width": (0.18, 0.50), "lids": (-0.20, -0.05)},
    ("caregiver", "surprise"): {"opening": (0.28, 0.75), "brows": (0.10, 0.35)},
    ("caregiver", "woe"): {"brows": (0.05, 0.35)},  # its mouth speaks
    ("caregiver", "o_mouth"): {"opening": (0.25, 0.70)},
}
LIPS = (("c2-faces-and-sounds", "infant", 8.2), ("c4-mirror", "infant", 12.0), ("c4-mirror", "caregiver", 13.6))
MIRRORED = {"mirror": "o_mouth"}  # what is mirrored at 32.2 s of C4, where the mirror is an act of its own


@dataclass(frozen=True, slots=True)
class Moment:
    """An act of one person; `before` is what was shown until then."""

    clip: str
    who: str
    act: str
    before: str
    onset_s: float

    def __str__(self) -> str:
        return f"{self.clip}-{self.who}-{self.act}-{self.onset_s:g}"


@functools.cache
def script_of(clip: str) -> Script:
    return script.read(shipped("sample_data") / clip / "script.yaml")


@functools.cache
def watched(clip: str) -> Watched:
    """The clip, with every frame that its moments need decoded in one go."""
    made = Watched(CLIPS / clip / "clip.mp4")
    onsets = [m.onset_s for m in (*GAZES, *EXPRESSIONS) if m.clip == clip] + [at for name, _, at in LIPS if name == clip]
    made.keep(n for onset in onsets for n in range(round(onset * 25) - 12, round(onset * 25) + 20) if n >= 0)
    return made


def moments(clips: tuple[str, ...], stream: str, apart_s: tuple[float, float]) -> list[Moment]:
    """The acts of a stream whose person starts and ends nothing else from `apart_s` before to after their onset, but at it."""
    who, made = stream.partition("_")[0], []
    for clip in clips:
        acts = acted(script_of(clip))
        own = [event for name, events in acts.items() if name.startswith(who) for event in events]
        edges = [(us / 1e6, event) for event in own for us in (event.at_us, event.end_us)]
        for before, event in zip([None, *acts[stream]], acts[stream], strict=False):
            at = event.at_us / 1e6
            others = [t for t, other in edges if other not in (event, before) and abs(t - at) > 1e-6]
            lonely = not any(at - apart_s[0] < t < at + apart_s[1] for t in others)
            if at > 0 and lonely and event.end_us - event.at_us >= apart_s[1] * 1e6:
                made.append(Moment(clip, who, event.act, _shown_before(before, event), at))
    return made


def _shown_before(before: Happening | None, event: Happening) -> str:
    return before.act if before is not None and before.end_us >= event.at_us else "neutral"


GAZES = moments(("c1-look", "c6-turning-away"), "infant_gaze", (0.45, 0.6))
EXPRESSIONS = [
    moment
    for stream in ("infant_face", "caregiver_face")
    for moment in moments(("c2-faces-and-sounds", "c4-mirror"), stream, (0.45, 0.7))
    if moment.before == "neutral" and (moment.who, MIRRORED.get(moment.act, moment.act)) in FACES
]


def frames_late(moment: Moment, ramp: Ramp) -> float:
    return (ramp.start_s - moment.onset_s) * 25


def looks(moment: Moment) -> Ramp:
    """The ramp of the eyes that shows best, in the few frames before the head follows."""
    fits = []
    for name in ("iris", "iris_height", "lids"):
        try:
            fits.append(watched(moment.clip).ramp(moment.who, name, moment.onset_s, EYES_S, 0.12, 0.24))
        except ValueError:  # eyes too far away in some of the frames
            continue
    return min((fit for fit in fits if abs(fit.size) > 0.06), key=lambda fit: fit.left)


UNSEEN = ("unscorable", "hand_over")


def test_there_are_moments_of_every_kind() -> None:
    assert {m.act for m in GAZES} >= {"face", "object", "averted"}
    assert {(m.who, m.act) for m in EXPRESSIONS} >= {
        ("infant", "smile"),
        ("infant", "negative"),
        ("infant", "o_mouth"),
        ("caregiver", "positive"),
        ("caregiver", "woe"),
    }


@pytest.mark.parametrize("moment", [m for m in GAZES if m.act not in UNSEEN and m.before not in UNSEEN], ids=str)
def test_the_eyes_move_in_the_frame_of_the_onset_and_the_head_follows(moment: Moment) -> None:
    eyes = looks(moment)
    assert eyes.left < FITS
    assert abs(frames_late(moment, eyes)) <= FRAMES["iris"]
    head = watched(moment.clip).ramp(moment.who, "head", moment.onset_s, HEAD_S, 0.7)
    assert abs(head.size) > 0.2
    assert head.left < FITS
    assert 0 < frames_late(moment, head) <= FRAMES["head"]
    assert frames_late(moment, eyes) < frames_late(moment, head)  # the eyes arrive first


@pytest.mark.parametrize("clip", ["c1-look", "c6-turning-away"])
def test_where_the_eyes_point_tells_the_codes_apart(clip: str) -> None:
    """The caregiver is on the right, the toy up on the left; averted eyes look down to the left under lowered lids."""
    seen: dict[str, list[tuple[float, float, float]]] = {"face": [], "object": [], "averted": []}
    for event in acted(script_of(clip))["infant_gaze"]:
        if event.act in seen and event.end_us - event.at_us > 1_500_000:
            face = watched(clip).face("infant", round(event.at_us / 40_000) + 19)
            if face.eyes:
                seen[event.act].append((float(np.nanmean([e.pupil_x for e in face.eyes])), face.eyes[-1].x / 478, lids(face)))
    iris, turned, open_ = ({act: np.mean([s[i] for s in shown]) for act, shown in seen.items()} for i in range(3))
    assert iris["face"] > 0.05
    assert iris["object"] < -0.1
    assert turned["face"] > turned["object"] + 0.08 > turned["averted"] + 0.08
    assert open_["averted"] < 0.75 * open_["face"]


@pytest.mark.parametrize("moment", EXPRESSIONS, ids=str)
def test_an_expression_starts_on_time_and_is_as_large_as_it_should_be(moment: Moment) -> None:
    for curve, (low, high) in FACES[moment.who, MIRRORED.get(moment.act, moment.act)].items():
        ramp = watched(moment.clip).ramp(moment.who, curve, moment.onset_s, FACE_S, 0.7)
        assert low < ramp.size < high, curve
        assert ramp.left < FITS, curve
        assert abs(frames_late(moment, ramp)) <= FRAMES[curve], curve


@functools.cache
def spoken(clip: str) -> tuple[sound.Utterance, ...]:
    return sound.utterances(script_of(clip))


def alone(clip: str) -> list[sound.Utterance]:
    """Sounds that do not come within 0.3 s of another of the same person."""
    kept = []
    for one in spoken(clip):
        own = [other for other in spoken(clip) if other is not one and other.voice.actor == one.voice.actor]
        if not any(other.at_s - 0.3 < one.at_s < other.end_s + 0.3 for other in own):
            kept.append(one)
    return kept


SOUNDING = ("c2-faces-and-sounds", "c3-answered", "c4-mirror", "c5-calm-and-play", "c7-miss-and-mend", "c8-still-face")


@pytest.mark.parametrize("clip", SOUNDING)
def test_sounds_start_and_end_within_a_frame_of_the_script(clip: str) -> None:
    wave = watched(clip).sound
    leak = 0.37
    found = {
        who: hearing.stretches(hearing.of_side(wave, sound.RATE, side, leak), sound.RATE, 0.25, floor_db=-50)
        for who, side in (("infant", "left"), ("caregiver", "right"))
    }
    heard = alone(clip)
    assert len(heard) >= 0.6 * len(spoken(clip))
    for one in heard:
        other = [two for two in spoken(clip) if two.voice.actor != one.voice.actor]
        starts = [stretch.from_s for stretch in found[one.voice.actor]]
        if not any(two.at_s - 0.1 < one.at_s < two.end_s + 0.1 for two in other):
            assert min(abs(start - one.at_s) for start in starts) <= 0.04, f"{one.sound} at {one.at_s} s"
        if one.sound not in ("suck", "hiccup") and not any(two.at_s < one.end_s + 0.1 < two.end_s + 0.3 for two in other):
            ends = [stretch.to_s for stretch in found[one.voice.actor]]
            assert min(abs(end - one.end_s) for end in ends) <= 0.04, f"{one.sound} until {one.end_s} s"


def test_the_leak_of_the_far_side_is_what_a_lone_coo_shows() -> None:
    assert hearing.leak_of(watched("c4-mirror").sound, sound.RATE, 12.1, 12.7) == pytest.approx(0.37, abs=0.02)


@pytest.mark.parametrize("clip", SOUNDING)
def test_nothing_is_heard_where_nobody_sounds(clip: str) -> None:
    wave = watched(clip).sound
    level = hearing.power(wave, sound.RATE)
    times = np.arange(len(level)) * hearing.STEP_S
    quiet = np.ones(len(times), bool)
    for one in spoken(clip):
        quiet &= (times < one.at_s - 0.06) | (times > one.end_s + 0.08)
    assert level[quiet].max() < 1e-6


def test_the_mouth_opens_with_the_voice() -> None:
    """Coos on a neutral face, and a caregiver's answer to one: the lips part within a frame of the sound."""
    for clip, who, onset_s in LIPS:
        times, opening = watched(clip).curve(who, "opening", onset_s - 0.4, onset_s + 0.4)
        started = first_beyond(times, opening, onset_s, 0.03)
        assert started is not None
        assert started - onset_s <= 0.08 + 1e-6  # the first frame that can show it stands 0.04 s after the onset
        assert np.nanmax(opening) > 1.5 * np.nanmedian(opening[times <= onset_s])


def test_a_still_face_is_still() -> None:
    """In C8: between decoded frames the caregiver's still face changes by less than 2 grey levels, blinks aside."""
    clip = "c8-still-face"
    still = next(event for event in acted(script_of(clip))["caregiver_face"] if event.act == "blank")
    first = round(still.at_us / 40_000) + 25  # the ramp into it is over
    clipped = watched(clip)
    clipped.keep(range(first, first + 250))
    face = clipped.face("caregiver", first)
    assert len(face.eyes) == 2
    assert face.mouth is not None
    x, y = (face.eyes[0].x + face.eyes[1].x) / 2, (face.eyes[0].y + face.mouth.y) / 2
    left, top = round(x) - 60, round(y) - 60
    open_ = lids(face)
    panes = (clipped.pane("caregiver", n) for n in range(first, first + 250))
    grey = [pane[top : top + 120, left : left + 120].astype(float).mean(2) for pane in panes]
    blinking = [lids(clipped.face("caregiver", n)) < 0.8 * open_ for n in range(first, first + 250)]
    changes = [np.abs(b - a).mean() for i, (a, b) in enumerate(pairwise(grey)) if not any(blinking[max(i - 2, 0) : i + 4])]
    assert len(changes) > 200
    assert max(changes) < 2.0
    assert 0 < sum(blinking) < 40  # a still face blinks, seldom
