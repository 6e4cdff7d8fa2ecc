"""From an event script to poses: who looks how at every instant. A pose is a pure function of script and time.

Ramps: face 0.3 s, head 0.4 s, eyes 0.08 s, all smoothstep. The onset in the key is where a ramp starts, and nothing anticipates
it: a frame shows the state at its end, so the frame of the onset is the first one that differs from the frame before. Hands are
the exception: a touch begins with contact, so the hand is on its way before.

A difficult script has smaller signs that fade sooner, and more that moves besides; never another time.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from coder_app.studio.acting_caregiver import Caregiver
from coder_app.studio.acting_infant import Infant
from coder_app.studio.acts import acted
from coder_app.studio.motion import BLINK_CLOSE_S, BLINK_OPEN_S, STIR_S, Idle, at_s, end_s
from coder_app.studio.pose import Person, Pose
from coder_app.studio.script import Script
from coder_app.studio.sound import mouth_of, utterances

QUIET_S = (0.5, 0.6)  # no blink so long before and after an onset: it might be taken for the event
STILL_BLINKS_S = 9.0  # a still face blinks so seldom
BUSTLE = 1.2  # how much more moves besides at difficulty 1
STIRS_APART_S = 5.0  # small stirs of brows, head and hands at difficulty 1; more seldom below
JOLT = (-9.0, -6.0)  # degrees and stage units by which a jab moves the head


class Scene:
    """The poses of one script; `at` gives any of them in any order."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.acts = acted(script)
        self.heard = utterances(script)
        rng = np.random.default_rng(script.seed)
        plain, bustle = 1 - script.difficulty, 1 + BUSTLE * script.difficulty
        infant_idle = self._idle(rng, 2.2, 8.0, ("infant_gaze", "infant_face"))
        caregiver_idle = self._idle(rng, 3.6, 5.0, ("caregiver_gaze", "caregiver_face"))
        self.infant = Infant(self.acts, infant_idle, plain, bustle)
        self.caregiver = Caregiver(self.acts, caregiver_idle, plain, bustle)

    def at(self, frame: int) -> Pose:
        """The pose of a frame of the clip."""
        t = (frame + 1) / self.script.fps
        cover, effect = self.infant.cover_at(t), self.caregiver.effect_at(t)
        infant = self.infant.at(t, mouth_of(self.heard, "infant", t))
        return Pose(
            _jolted(infant, effect.jolt),
            self.caregiver.at(t, mouth_of(self.heard, "caregiver", t)),
            cover.cloth,
            int(frame * self.script.frame_us),
            self.infant.hands_at(t),
            self.caregiver.hands_at(t),
            cover.hand,
            effect.rock,
        )

    def _idle(self, rng: np.random.Generator, breath_s: float, apart_s: float, streams: tuple[str, ...]) -> Idle:
        """Blinks come `apart_s` apart on average, never near an onset of `streams`, and seldom in a still face."""
        still = [event for event in self.acts[streams[1]] if event.act == "blank"]
        phases = tuple(float(p) for p in rng.uniform(0, 2 * math.pi, 3))
        blinks: list[float] = []
        for t in self._moments(rng, apart_s, streams, BLINK_CLOSE_S + BLINK_OPEN_S):
            slow = any(at_s(event) <= t < end_s(event) for event in still)
            if not (slow and blinks and t - blinks[-1] < STILL_BLINKS_S):
                blinks.append(t)
        difficulty = self.script.difficulty
        stirs = self._moments(rng, STIRS_APART_S / difficulty, streams, STIR_S) if difficulty > 0 else []
        return Idle(phases, breath_s, tuple(blinks), tuple(stirs))

    def _moments(self, rng: np.random.Generator, apart_s: float, streams: tuple[str, ...], lasts_s: float) -> list[float]:
        """Times `apart_s` apart on average for something that `lasts_s`, none near an onset of `streams`."""
        busy = np.array([at_s(event) for stream in streams for event in self.acts[stream]] or [-9.0])
        found = []
        t = float(rng.uniform(1.0, apart_s))
        while t < self.script.length_us / 1e6:
            if not np.any((busy - QUIET_S[0] - lasts_s < t) & (t < busy + QUIET_S[1])):
                found.append(t)
            t += float(rng.uniform(0.5, 1.5)) * apart_s
        return found

    def blinking(self, person: str, t: float) -> bool:
        """Whether "infant" or "caregiver" blinks at `t` seconds."""
        idle = (self.infant if person == "infant" else self.caregiver).idle
        return any(0 <= t - at <= BLINK_CLOSE_S + BLINK_OPEN_S for at in idle.blinks_s)


def _jolted(infant: Person, jolt: float) -> Person:
    gaze = replace(infant.gaze, head_yaw=infant.gaze.head_yaw + JOLT[0] * jolt)
    return replace(infant, gaze=gaze, sway=(infant.sway[0] + JOLT[1] * jolt, infant.sway[1]))
