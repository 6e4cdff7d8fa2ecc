"""How the caregiver acts: from acts to a person and hands at any instant."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, fields, replace

from coder_app.studio import faces, gestures
from coder_app.studio.acting_infant import EYES_S, FACE_S, HEAD_AFTER_EYES_S, HEAD_S, opened
from coder_app.studio.motion import Idle, at_s, bump, end_s, ramp, track
from coder_app.studio.pose import CAREGIVER_HANDS, Expression, Gaze, Hands, Person, mix
from coder_app.studio.script import Happening
from coder_app.studio.sound import Mouth

REACH_S, LEAN_S = 0.55, 0.6
GAZES = {
    "face": Gaze(-18, -2, -31, -5, 0.97),
    "infant_focus": Gaze(-30, 8, -54, 16, 1.0),
    "elsewhere": Gaze(44, -2, 60, -4, 0.95),
}
FACES = {"positive": "smile", "negative": "frown"}  # where act and face have different names
MOUTHS = {
    "infant_directed": 0.62,
    "narrating": 0.45,
    "soothing": 0.35,
    "flat": 0.4,
    "harsh": 0.6,
    "other_directed": 0.45,
    "vocal_mirroring": 0.7,
    "affect_mirroring": 0.4,
}
LEAN = 0.4
LEANS = {"lean_in": 0.3, "lean_back": -1.0, "loom": 0.6}
REACHING = 0.25  # more lean while touching
LOOM_PER_S, LOOM_EBB = 0.7, 0.16  # a looming face comes and goes a little
NODS = {"infant_directed": (1.2, 3.0), "soothing": (0.45, 2.0), "harsh": (3.0, 2.0), "affect_mirroring": (0.4, 2.0)}
"""Sound -> how often a second and by how many degrees the head goes along."""
JABS, ROCKS = ("rough",), ("comforting",)
ROCK_PER_S = 0.5
MIRRORED = 0.9  # a mirrored face is so much of the infant's; a marked one is larger, and slower
MARKED = 1.3


@dataclass(frozen=True, slots=True)
class Effect:
    """What the caregiver's hands do to the infant: `jolt` turns the head, `rock` tips the seat."""

    jolt: float
    rock: float


class Caregiver:
    """The caregiver of one script. `shown_before` gives the infant's face that a mirror repeats."""

    def __init__(self, acts: dict[str, list[Happening]], idle: Idle, plain: float, bustle: float) -> None:
        self.acts, self.idle, self.plain, self.bustle = acts, idle, plain, bustle
        looks = acts["caregiver_gaze"]
        self.eyes = track(looks, self._gaze, GAZES["face"], EYES_S)
        self.head = track(looks, self._gaze, GAZES["face"], HEAD_S)
        self.face = track(acts["caregiver_face"], self._face, faces.CAREGIVER_REST, FACE_S)
        touches = [event for event in acts["caregiver_touch"] if event.act != "none"]
        self.touches = touches
        self.hands = track(touches, self._touch, CAREGIVER_HANDS, REACH_S, lambda event: True)

    def at(self, t: float, mouth: Mouth) -> Person:
        """The caregiver at `t` seconds; `mouth` is what the voice does to it."""
        eyes, head = self.eyes.at(t), self.head.at(t - HEAD_AFTER_EYES_S)
        face = opened(self.face.at(t), mouth, MOUTHS)
        alive = face.alive * self.bustle
        yaw, x, y = (alive * part for part in self.idle.sway(t))
        per_s, degrees = NODS.get(mouth.sound, (0.0, 0.0))
        nod = degrees * math.sin(2 * math.pi * per_s * t) * min(1.0, 2 * mouth.open)
        pulse = 0.08 * max(0.0, math.sin(2 * math.pi * t / 3.7 + self.idle.phases[0])) ** 4
        stir = face.alive * self.idle.stir(t)
        return Person(
            replace(
                eyes,
                head_yaw=head.head_yaw + 1.2 * yaw,
                head_pitch=head.head_pitch + nod,
                lids=eyes.lids * self.idle.lids(t),
            ),
            replace(face, brow_raise=face.brow_raise + alive * pulse + 0.2 * stir, tilt=face.tilt + 3 * stir),
            (1.4 * x, 1.0 * y),
            alive * self.idle.breath(t),
            self._lean(t, face),
            loom=self._loom(t),
        )

    def hands_at(self, t: float) -> Hands:
        return self.hands.at(t)

    def effect_at(self, t: float) -> Effect:
        jolt = max((self._jolt(e, t) for e in self.touches if e.act in JABS), default=0.0)
        rocking = [event for event in self.touches if event.act in ROCKS]
        rocking += [event for event in self.acts["caregiver_body"] if event.act == "rock"]
        rock = sum(bump(t, at_s(e), end_s(e), LEAN_S) * math.sin(2 * math.pi * ROCK_PER_S * (t - at_s(e))) for e in rocking)
        return Effect(jolt, 0.5 * rock)

    def _gaze(self, event: Happening) -> Callable[[float], Gaze]:
        gaze = mix(GAZES["face"], GAZES[event.act], 0.65 + 0.35 * self.plain)
        return lambda t: gaze

    def _face(self, event: Happening) -> Callable[[float], Expression]:
        if event.act == "mirror":
            full = self._mirrored(event)
        else:
            full = faces.CAREGIVER[FACES.get(event.act, event.act)]
        if event.act == "blank":
            return lambda t: full
        full = mix(faces.CAREGIVER_REST, full, 0.55 + 0.45 * self.plain)
        faint = mix(faces.CAREGIVER_REST, full, 0.65 + 0.35 * self.plain)
        start = at_s(event)
        return lambda t: mix(full, faint, ramp(t, start + 0.8, 0.8))

    def _mirrored(self, event: Happening) -> Expression:
        """The infant's last face of its own before the mirror, a little smaller; marked, it is larger and the head tilts."""
        before = [e for e in self.acts["infant_face"] if e.act != "neutral" and e.at_us <= event.at_us]
        infant = faces.INFANT[before[-1].act] if before else faces.INFANT["neutral"]
        if not event.modifiers.get("marked"):
            return mix(faces.CAREGIVER_REST, infant, MIRRORED)
        values = {f.name: min(1.0, max(-1.0, MARKED * getattr(infant, f.name))) for f in fields(infant) if f.name != "alive"}
        return replace(Expression(**values), brow_raise=0.9, tilt=-9.0)

    def _touch(self, event: Happening) -> Callable[[float], Hands]:
        touch = gestures.TOUCHES["intrusive" if event.act == "rough" else event.act]
        start = at_s(event)
        return lambda t: touch.at(max(0.0, t - start))

    def _jolt(self, event: Happening, t: float) -> float:
        """The head gives way while the finger is at its deepest."""
        since = t - at_s(event)
        if not 0 <= since <= (event.end_us - event.at_us) / 1e6:
            return 0.0
        return max(0.0, math.sin(2 * math.pi * gestures.TOUCHES["intrusive"].beat.per_s * since)) ** 3

    def _loom(self, t: float) -> float:
        looming = [event for event in self.acts["caregiver_body"] if event.act == "loom"]
        near = max((bump(t, at_s(e), end_s(e), LEAN_S) for e in looming), default=0.0)
        return near * (1 - LOOM_EBB * (0.5 - 0.5 * math.cos(2 * math.pi * LOOM_PER_S * t)))

    def _lean(self, t: float, face: Expression) -> float:
        lean = LEAN + 0.3 * face.brow_inner
        for event in self.acts["caregiver_body"]:
            lean += LEANS.get(event.act, 0.0) * bump(t, at_s(event), end_s(event), LEAN_S)
        touching = max((bump(t, at_s(e) - REACH_S, end_s(e), REACH_S) for e in self.touches), default=0.0)
        return min(max(lean + REACHING * touching, -1.0), 1.0)
