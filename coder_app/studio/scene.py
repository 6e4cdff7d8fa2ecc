"""From an event script to poses: who looks how at every instant. A pose is a pure function of script and time.

Ramps: face 0.3 s, head 0.4 s, eyes 0.08 s. The onset in the key is where a ramp starts, and nothing anticipates it: a frame
shows the state at its end, so the frame of the onset is the first one that differs from the frame before.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

import numpy as np

from coder_app.studio.pose import Expression, Gaze, Numbers, Person, Pose, mix
from coder_app.studio.script import Happening, PictureOnly, Script

FACE_S, HEAD_S, EYES_S, CLOTH_S = 0.3, 0.4, 0.08, 0.16
HEAD_AFTER_EYES_S = 0.06
BLINK_S = 0.15
QUIET_S = (0.5, 0.6)  # no blink so long before and after an onset: it might be taken for the event

INFANT_GAZE = {
    "face": Gaze(17, 0, 28, 2, 0.97),
    "object": Gaze(-28, 10, -54, 22, 1.02),
    "averted": Gaze(-52, -12, -68, -32, 0.66),
    "eyes_closed": Gaze(8, -10, 8, -10, 0.0),
}
INFANT_REST = Expression(corner=0.16, open=0.12, brow_raise=0.15)
INFANT_FACE = {
    "smile": replace(INFANT_REST, corner=0.95, widen=0.78, open=0.5, cheek=0.85, narrow=0.4, brow_raise=0.25),
    "neutral": INFANT_REST,
    "negative": Expression(
        corner=-0.95, widen=0.3, open=0.3, square=0.55, pout=0.5, knit=0.6, brow_inner=0.7, narrow=0.3, cheek=0.15, flush=0.45
    ),
}
CRY = Expression(corner=-0.8, widen=0.6, open=1.0, square=0.9, knit=0.9, brow_inner=0.3, narrow=0.8, cheek=0.5, flush=0.9)
CAREGIVER_GAZE = Gaze(-18, -2, -31, -5, 0.97)
CAREGIVER_REST = Expression(corner=0.25, widen=0.1, brow_raise=0.14)
CAREGIVER_FACE = {
    "positive": replace(CAREGIVER_REST, corner=0.95, widen=0.8, open=0.42, cheek=0.6, narrow=0.18, brow_raise=0.3, tilt=-4),
    "neutral": CAREGIVER_REST,
    "marked": Expression(corner=0.1, open=0.9, round=0.45, brow_raise=1.0, narrow=-0.18),
    "negative": Expression(corner=-0.6, knit=0.9, narrow=0.15),
    "blank": Expression(alive=0.0, narrow=0.06),
}
WOE = Expression(corner=-0.6, pout=0.95, brow_inner=1.0, brow_raise=0.4, narrow=0.04, tilt=-13)
O_MOUTH = {"open": 0.78, "round": 1.0, "corner": 0.0, "widen": 0.0, "brow_raise": 0.45}
SPEAKING = {"coo": 0.42, "fuss": 0.3, "infant_directed": 0.45, "narrating": 0.3, "soothing": 0.22, "vocal_mirroring": 0.42}


def ramp(t: float, start: float, length: float) -> float:
    """0 until `start`, 1 from `start + length` on, smooth between (smoothstep)."""
    x = min(max((t - start) / length, 0.0), 1.0)
    return x * x * (3 - 2 * x)


def bump(t: float, start: float, end: float, length: float) -> float:
    """Up from `start`, down from `end`, each over `length`."""
    return ramp(t, start, length) * (1 - ramp(t, end, length))


def held(events: Sequence[Happening], t: float, shown: Callable[[Happening], Numbers], rest: Numbers, length: float) -> Numbers:
    """The state at `t` of a stream: each event ramps in from what was shown before, and back to rest where none follows."""
    value = rest
    for event, following in zip_longest(events, events[1:]):
        start = event.at_us / 1e6
        if t <= start and start > 0:
            break
        value = shown(event) if start == 0 else mix(value, shown(event), ramp(t, start, length))
        if following is None or following.at_us > event.end_us:
            value = mix(value, rest, ramp(t, event.end_us / 1e6, length))
    return value


@dataclass(frozen=True, slots=True)
class Idle:
    """Slow motion that carries no code: phases of sines, breathing, and when this person blinks."""

    phases: tuple[float, ...]
    breath_s: float
    blinks_s: tuple[float, ...]

    def sway(self, t: float) -> tuple[float, float, float]:
        """Yaw in degrees, x and y in stage units; each stays within about 1."""
        periods = zip((7.3, 5.1, 6.2), self.phases, strict=True)
        a, b, c = (math.sin(2 * math.pi * t / period + phase) for period, phase in periods)
        return 0.7 * a + 0.3 * b, 0.6 * b + 0.4 * c, 0.7 * c

    def breath(self, t: float) -> float:
        return 0.5 - 0.5 * math.cos(2 * math.pi * t / self.breath_s)

    def lids(self, t: float) -> float:
        """1 open; closes in 0.05 s and opens in 0.10 s at a blink."""
        since = next((t - at for at in self.blinks_s if 0 <= t - at <= BLINK_S), None)
        return 1.0 if since is None else abs(since - 0.05) / (0.05 if since < 0.05 else 0.10)


class Scene:
    """The poses of one script; `at` gives any of them in any order."""

    def __init__(self, script: Script) -> None:
        self.script = script
        rng = np.random.default_rng(script.seed)
        self.infant_idle = self._idle(rng, 2.2, 8.0, ("infant_gaze", "infant_face"))
        self.caregiver_idle = self._idle(rng, 3.6, 5.0, ("caregiver_face",))

    def _idle(self, rng: np.random.Generator, breath_s: float, apart_s: float, streams: tuple[str, ...]) -> Idle:
        """Blinks come `apart_s` apart on average, never near an onset of `streams`."""
        busy = [event.at_us / 1e6 for stream in streams for event in self.script.events(stream)]
        phases = tuple(float(p) for p in rng.uniform(0, 2 * math.pi, 3))
        blinks, t = [], float(rng.uniform(1.0, apart_s))
        while t < self.script.length_us / 1e6:
            if not any(onset - QUIET_S[0] < t < onset + QUIET_S[1] for onset in busy):
                blinks.append(t)
            t += float(rng.uniform(0.5, 1.5)) * apart_s
        return Idle(phases, breath_s, tuple(blinks))

    def at(self, frame: int) -> Pose:
        """The pose of a frame of the clip."""
        t = float((frame + 1) / self.script.fps)
        return Pose(self._infant(t), self._caregiver(t), self._cloth(t), int(frame * self.script.frame_us))

    def _infant(self, t: float) -> Person:
        events = [event for event in self.script.events("infant_gaze") if event.code in INFANT_GAZE]
        rest = INFANT_GAZE["face"]
        eyes = held(events, t, lambda event: INFANT_GAZE[event.code], rest, EYES_S)
        head = held(events, t - HEAD_AFTER_EYES_S, lambda event: INFANT_GAZE[event.code], rest, HEAD_S)
        gaze = replace(eyes, head_yaw=head.head_yaw, head_pitch=head.head_pitch)
        face = held(self._faces("infant_face", INFANT_FACE), t, lambda event: INFANT_FACE[event.code], INFANT_REST, FACE_S)
        for event in self.script.events("infant_voice"):
            voiced = bump(t, event.at_us / 1e6, event.end_us / 1e6, 0.12)
            face = mix(face, CRY, voiced) if event.code == "cry" else self._open(face, event.code, voiced)
        return self._alive(gaze, self._shown(face, "infant", t), self.infant_idle, t, 0.0)

    def _caregiver(self, t: float) -> Person:
        def shown(event: Happening) -> Expression:
            return WOE if event.code == "marked" and self._mirrors(event) else CAREGIVER_FACE[event.code]

        face = held(self._faces("caregiver_face", CAREGIVER_FACE), t, shown, CAREGIVER_REST, FACE_S)
        for stream in ("caregiver_voice", "returns"):
            for event in self.script.events(stream):
                face = self._open(face, event.code, bump(t, event.at_us / 1e6, event.end_us / 1e6, 0.12))
        woe = min(face.brow_inner, 1.0)
        return self._alive(CAREGIVER_GAZE, self._shown(face, "caregiver", t), self.caregiver_idle, t, 0.4 + 0.3 * woe)

    def _faces(self, stream: str, known: dict[str, Expression]) -> list[Happening]:
        return [event for event in self.script.events(stream) if event.code in known]

    def _mirrors(self, face: Happening) -> bool:
        """Whether a marked face reflects a feeling; otherwise it is mock surprise."""
        mirrors = [event for event in self.script.events("returns") if event.code == "affect_mirroring"]
        return any(event.at_us < face.end_us and face.at_us < event.end_us for event in mirrors)

    def _open(self, face: Expression, code: str, share: float) -> Expression:
        """The mouth of somebody making a sound."""
        return replace(face, open=face.open + (max(SPEAKING.get(code, 0.0), face.open) - face.open) * share)

    def _shown(self, face: Expression, actor: str, t: float) -> Expression:
        """What the picture shows beyond the codes."""
        for only in self.script.picture_only:
            if only.actor == actor:
                face = mix(face, replace(face, **O_MOUTH), self._share(only, t))
        return face

    def _share(self, only: PictureOnly, t: float) -> float:
        return bump(t, only.at_us / 1e6, only.to_us / 1e6, FACE_S)

    def _alive(self, gaze: Gaze, face: Expression, idle: Idle, t: float, lean: float) -> Person:
        yaw, x, y = (face.alive * part for part in idle.sway(t))
        moved = replace(gaze, head_yaw=gaze.head_yaw + 1.2 * yaw, lids=gaze.lids * idle.lids(t))
        return Person(moved, face, (1.4 * x, 1.0 * y), face.alive * idle.breath(t), lean)

    def _cloth(self, t: float) -> float:
        """How far the cloth is over the eyes."""
        hidden = [event for event in self.script.events("infant_gaze") if event.code == "unscorable"]
        return max((bump(t, event.at_us / 1e6, event.end_us / 1e6, CLOTH_S) for event in hidden), default=0.0)
