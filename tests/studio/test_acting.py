"""From codes to poses: acts, ramps, contact, stillness, difficulty. Poses are numbers, so nothing is drawn here."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
import pytest

from coder_app import codebook
from coder_app.codebook import load
from coder_app.errors import Invalid
from coder_app.shipped import shipped
from coder_app.studio import gestures, script
from coder_app.studio.acts import ACTS, MEANS, acted
from coder_app.studio.pose import Pose
from coder_app.studio.scene import Scene
from coder_app.studio.script import Script
from coder_app.studio.sound.plan import SOUNDS

HEAD = "id: a\nversion: '1'\nname: A\nscheme: serve-and-return\nlength_s: 12.0\nseed: 1\n"
CLIPS = sorted(path.parent.name for path in shipped("sample_data").glob("*/script.yaml"))


def made(streams: str, difficulty: float = 0.0) -> Script:
    """A script of 12 s; `streams` is YAML that begins with `streams:` or `acts:`."""
    both = streams if "streams:" in streams else f"streams: {{infant_gaze: [{{at: 0, code: face}}]}}\n{streams}"
    return script.parse(f"{HEAD}difficulty: {difficulty}\nscores: [{both.split('{')[1].split(':')[0]}]\n{both}\n", "a.yaml")


def pose(scene: Scene, seconds: float) -> Pose:
    return scene.at(round(seconds * scene.script.fps))


def numbers(value: Any, name: str = "") -> Iterator[tuple[str, float]]:
    """Every number of a pose with its path."""
    if is_dataclass(value):
        for f in fields(value):
            yield from numbers(getattr(value, f.name), f"{name}.{f.name}")
    elif isinstance(value, tuple):
        for i, one in enumerate(value):
            yield from numbers(one, f"{name}[{i}]")
    else:
        yield name, float(value)


def differences(a: Pose, b: Pose) -> dict[str, float]:
    one, two = dict(numbers(a)), dict(numbers(b))
    return {name: abs(one[name] - two[name]) for name in one if name != ".t_us"}


REST = {"infant_gaze": "face", "infant_face": "neutral", "caregiver_gaze": "face", "caregiver_face": "neutral"}


@pytest.mark.parametrize(("stream", "act"), [(stream, act) for stream, acts in ACTS.items() for act in acts])
def test_every_act_is_seen(stream: str, act: str) -> None:
    """Against the same clip without it; but for rest, and for a mirror, which needs somebody to repeat."""
    if act in (REST.get(stream), "none", "mirror"):
        pytest.skip("as at rest")
    plain, with_act = (Scene(made(f"acts: {{{stream}: [{part}]}}")) for part in ("", f"{{at: 4.0, to: 8.0, code: {act}}}"))
    times = [4.08, *np.arange(4.4, 7.6, 0.2)]
    assert max(max(differences(pose(plain, t), pose(with_act, t)).values()) for t in times) > 0.2


def test_every_code_of_the_schemes_can_be_acted_or_is_named() -> None:
    """Codes nobody acts: what is judged from others (dyad, answers), and what the stage cannot show."""
    cannot = set()
    for name in ("serve-and-return", "serve-and-return-quick", "engagement-phases"):
        for stream in load.read(codebook.shipped()[name]).streams:
            for code in stream.codes:
                if (stream.id, code.id) not in MEANS and code.id not in ACTS.get(stream.id, ()) and not code.implied:
                    cannot.add(f"{stream.id}.{code.id}")
    assert cannot == {
        *("dyad.serve", "dyad.avoidance", "dyad.rupture", "dyad.repair", "dyad.eye_contact", "dyad.joint_looking"),
        *("returns.contingent_return", "additions.repair", "caregiver_extras.violation"),
        *("caregiver_face.unscorable", "caregiver_gaze.unscorable", "caregiver_touch.unscorable", "caregiver_phase.unscorable"),
    }


def test_meanings_and_sounds_use_known_acts() -> None:
    assert {(stream, act) for means in MEANS.values() for stream, act in means.items() if act not in ACTS[stream]} == set()
    assert {key for key in SOUNDS if key[1] not in ACTS[key[0]]} == set()


@pytest.mark.parametrize(
    ("streams", "words"),
    [
        ("streams: {caregiver_touch: [{at: 0, code: unscorable}]}", ["caregiver_touch at 0 s", "'unscorable'", "comforting"]),
        ("streams: {infant_gaze: [{at: 0, code: face, as: blind}]}", ["infant_gaze at 0 s", "'blind'", "averted"]),
        ("acts: {infant_hair: [{at: 1.0, to: 2.0, code: wet}]}", ["infant_hair at 1 s", "'wet'", "none of their own"]),
    ],
)
def test_what_nobody_can_act_is_told(streams: str, words: list[str]) -> None:
    with pytest.raises(Invalid) as caught:
        acted(made(streams))
    assert all(word in str(caught.value) for word in words), str(caught.value)


def test_eyes_arrive_before_the_head_and_nothing_before_the_onset() -> None:
    scene = Scene(made("streams: {infant_gaze: [{at: 0, code: face}, {at: 4.0, code: object}]}"))
    before, first, third = (pose(scene, t).infant.gaze for t in (3.96, 4.0, 4.08))
    assert before.gaze_yaw == 28
    assert first.gaze_yaw < 10
    assert third.gaze_yaw == -54
    assert third.head_yaw > 5  # still under way: it needs 0.4 s and starts 0.06 s later
    assert pose(scene, 4.5).infant.gaze.head_yaw < -24


@pytest.mark.parametrize("touch", ["affectionate", "static", "playful", "comforting", "instrumental", "rough"])
def test_a_touch_begins_with_contact_and_ends_with_leaving(touch: str) -> None:
    scene = Scene(
        made(
            f"streams: {{caregiver_touch: [{{at: 0, code: none}}, {{at: 4.0, code: {touch}}}, {{at: 8.0, code: none}}]}}",
        )
    )
    place = gestures.TOUCHES["intrusive" if touch == "rough" else touch].hands.left
    hand = [pose(scene, t).caregiver_hands.left for t in (3.0, 3.8, 3.96, 7.96, 8.4)]
    away = [float(np.hypot(h.x - place.x, h.y - place.y)) for h in hand]
    assert away[0] > 250
    assert 5 < away[1] < away[0]
    assert away[2] < 15
    assert away[3] < 45  # within its beat
    assert away[4] > 60


@pytest.mark.parametrize(("touch", "per_s"), [("playful", 3.0), ("comforting", 1.0), ("affectionate", 0.5)])
def test_touches_have_their_rhythm(touch: str, per_s: float) -> None:
    """Beats a second, counted as the strongest frequency of the hand's way: tickle 3 Hz, pat 1 Hz, stroke 0.5 Hz."""
    text = f"streams: {{caregiver_touch: [{{at: 0, code: {touch}}}]}}"
    scene = Scene(made(text))
    ways = np.array([scene.at(n).caregiver_hands.left.y for n in range(300)])
    spectrum = np.abs(np.fft.rfft(ways - ways.mean()))
    assert np.fft.rfftfreq(300, 1 / 25)[spectrum.argmax()] == pytest.approx(per_s, abs=0.09)


def test_a_fist_is_at_the_mouth_from_onset_to_offset() -> None:
    scene = Scene(made("streams: {infant_body: [{at: 4.0, to: 7.0, code: oral_comfort}]}"))
    follow = [pose(scene, t).infant_hands.left.follow for t in (3.4, 3.96, 6.96, 7.6)]
    assert follow == pytest.approx([0, 1, 1, 0])


def test_a_reach_begins_at_its_onset() -> None:
    scene = Scene(made("streams: {infant_body: [{at: 4.0, to: 6.0, code: reach}]}"))
    at_rest = max(pose(scene, t).infant_hands.right.x for t in np.arange(0, 3.97, 0.04))
    assert at_rest < 420
    assert pose(scene, 4.2).infant_hands.right.x > 460
    assert pose(scene, 5.0).infant.lean == pytest.approx(0.6)


def test_a_frozen_reach_stops_and_is_still() -> None:
    scene = Scene(made("streams: {infant_body: [{at: 4.0, to: 8.0, code: conflict, as: frozen_reach}]}"))
    hands = [pose(scene, t).infant_hands for t in np.arange(5.0, 6.8, 0.04)]
    assert max(abs(a.right.x - b.right.x) for a, b in itertools.pairwise(hands)) < 0.05
    assert 460 < hands[0].right.x < 520  # halfway
    assert pose(scene, 7.8).infant_hands.left.follow > 0.9  # and then the hand to the mouth


def test_a_jab_jolts_the_head() -> None:
    scene = Scene(made("streams: {caregiver_touch: [{at: 0, code: none}, {at: 4.0, code: rough}, {at: 6.0, code: none}]}"))
    yaw = np.array([pose(scene, t).infant.gaze.head_yaw for t in np.arange(4.0, 6.0, 0.04)])
    assert yaw.max() - yaw.min() > 7
    assert (np.diff(np.sign(yaw - yaw.mean())) > 0).sum() >= 3  # two jabs a second


def test_a_hiccup_jerks_and_is_over() -> None:
    scene = Scene(made("streams: {infant_body: [{at: 4.0, to: 4.2, code: stress_sign}]}"))
    lifted = [pose(scene, t).infant.sway[1] for t in (3.96, 4.08, 4.6)]
    assert lifted[1] < min(lifted[0], lifted[2]) - 4


def test_a_still_face_is_still() -> None:
    """The caregiver's numbers do not change at all, but for the lids in a slow blink."""
    scene = Scene(made("streams: {caregiver_face: [{at: 0, code: neutral}, {at: 2.0, code: blank}]}"))
    frames = [scene.at(n) for n in range(70, 290)]
    moved = {
        name
        for a, b in itertools.pairwise(frames)
        for name, by in differences(a, b).items()
        if name.startswith(".caregiver") and by > 1e-9
    }
    assert moved <= {".caregiver.gaze.lids"}
    blinks = [at for at in scene.caregiver.idle.blinks_s if at > 2]
    assert all(b - a >= 9 for a, b in itertools.pairwise(blinks))


@pytest.mark.parametrize("clip", CLIPS)
def test_nothing_pops(clip: str) -> None:
    """From frame to frame nothing goes further than its ramp allows."""
    read = script.read(shipped("sample_data") / clip / "script.yaml")
    scene = Scene(read)
    start = 3000 if read.n_frames > 4000 else 0
    poses = [scene.at(n) for n in range(start, start + min(1200, read.n_frames))]
    for a, b in itertools.pairwise(poses):
        for name, by in differences(a, b).items():
            assert by < furthest(name), (name, by, a.t_us)


def furthest(name: str) -> float:
    """How far a number may go in a frame of 0.04 s: 1.5 x 0.04 s / the length of its fastest ramp, a smoothstep."""
    if name.endswith((".gaze_yaw", ".gaze_pitch", ".lids", ".cloth", ".cover")):
        return 100.0  # eyes and blinks are over in two frames
    if name.endswith((".head_yaw", ".head_pitch", ".trunk_yaw", ".tilt")):
        return 14.0  # 85 degrees in 0.4 s would be 13
    if name.endswith((".x", ".y", ".angle")):
        return 80.0  # stage units: 500 in 0.4 s
    if name.endswith((".open", ".round")):
        return 0.6  # a syllable moves the mouth in 0.1 s
    return {"sway[0]": 8.0, "sway[1]": 8.0, "breath": 0.7}.get(name.rpartition(".")[2], 0.3)  # a hiccup and a jab take 0.08 s


def test_difficulty_makes_signs_smaller_and_moves_no_onset() -> None:
    text = "streams: {infant_face: [{at: 0, code: neutral}, {at: 4.0, code: smile}, {at: 8.0, code: neutral}]}"
    plain, subtle = Scene(made(text)), Scene(made(text, 1.0))
    corners = [[pose(s, t).infant.face.corner for t in (3.96, 4.0, 4.6, 7.6, 9.0)] for s in (plain, subtle)]
    assert corners[0][0] == corners[1][0] == corners[0][4] == corners[1][4]
    assert corners[0][1] > corners[0][0]
    assert corners[1][1] > corners[1][0]
    assert 0.4 < corners[1][2] < corners[0][2]  # smaller, yet a smile
    assert corners[1][3] < corners[1][2]  # and fading
    assert plain.infant.idle.stirs_s == ()
    assert len(subtle.infant.idle.stirs_s) >= 1
    assert all(not -1.2 < stir - onset < 0.6 for stir in subtle.infant.idle.stirs_s for onset in (4.0, 8.0))


def test_a_phase_is_a_look_and_a_face_and_speech_in_phrases() -> None:
    text = """
id: a
version: '1'
name: A
scheme: engagement-phases
length_s: 12.0
seed: 1
scores: [infant_phase, caregiver_phase]
streams:
  infant_phase: [{at: 0, code: positive}, {at: 6.0, code: object}]
  caregiver_phase: [{at: 0, code: monitor}, {at: 2.0, code: positive_voice}]
"""
    acts = acted(script.parse(text, "a.yaml"))
    assert [(e.at_us, e.act) for e in acts["infant_gaze"]] == [(0, "face"), (6_000_000, "object")]
    assert [(e.at_us, e.act) for e in acts["infant_face"]] == [(0, "smile_duchenne"), (6_000_000, "neutral")]
    spoken = acts["caregiver_voice"]
    assert (spoken[0].at_us, spoken[-1].end_us) == (2_000_000, 12_000_000)
    pauses = [b.at_us - a.end_us for a, b in itertools.pairwise(spoken)]
    assert len(pauses) >= 2
    assert all(0 < pause < 2_000_000 for pause in pauses)  # longer ones would end the phase


def test_the_top_layer_is_what_the_script_says_under_acts() -> None:
    text = "streams: {infant_face: [{at: 0, code: neutral}]}\nacts: {infant_face: [{at: 4.0, to: 5.0, code: o_mouth}]}"
    assert [(e.at_us, e.end_us, e.act) for e in acted(made(text))["infant_face"]] == [
        (0, 4_000_000, "neutral"),
        (4_000_000, 5_000_000, "o_mouth"),
        (5_000_000, 12_000_000, "neutral"),
    ]


def test_a_mirror_repeats_the_infants_face_over_a_neutral_one_only() -> None:
    c4 = script.read(shipped("sample_data") / "c4-mirror" / "script.yaml")
    faces = {(e.at_us, e.act) for e in acted(c4)["caregiver_face"]}
    assert {(5_000_000, "positive"), (21_200_000, "woe"), (32_200_000, "mirror")} <= faces
    face = pose(Scene(c4), 33.0).caregiver.face
    assert face.round > 0.7
    assert face.open > 0.6
