"""How the infant acts: from acts to a person, hands and what covers the eyes, at any instant."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from coder_app.studio import faces, gestures
from coder_app.studio.acts import layered
from coder_app.studio.motion import Idle, Track, at_s, bump, end_s, ramp, track
from coder_app.studio.pose import Expression, Gaze, Hand, Hands, Person, mix
from coder_app.studio.script import Happening
from coder_app.studio.sound import Mouth

FACE_S, HEAD_S, EYES_S, BODY_S, HAND_S, CLOTH_S = 0.3, 0.4, 0.08, 0.45, 0.4, 0.16
HEAD_AFTER_EYES_S, TRUNK_AFTER_S = 0.06, 0.0

GAZES = {
    "face": Gaze(17, 0, 28, 2, 0.97),
    "sidelong": Gaze(-18, -2, 28, 2, 0.9),  # at the face out of the corners of the eyes
    "object": Gaze(-28, 10, -54, 22, 1.02),
    "hands": Gaze(4, -14, 4, -40, 0.86),
    "averted": Gaze(-52, -12, -68, -32, 0.66),
    "eyes_closed": Gaze(8, -10, 8, -10, 0.0),
    "protest": Gaze(-6, 2, -18, -14, 0.9),
}
COVERED = ("unscorable", "hand_over")  # the look behind a cover is the one before it
MOUTHS = {"coo": 0.5, "fuss": 0.45, "cry": 0.6, "laugh": 0.5, "hiccup": 0.4}
HANDS_OF_FACES = {"smile_duchenne": "happy", "laugh": "excited", "negative": "stiff", "cry": "stiff"}
HANDS_OF_BODY = {
    "reach": "reach",
    "reach_turned": "reach",
    "turn_away": "push_away",
    "arch": "push_away",
    "fist_to_mouth": "fist_to_mouth",
    "interlaced": "interlaced",
    "strap": "strap",
    "to_toy": "to_toy",
    "excited": "excited",
    "stiff": "stiff",
}
TOUCHING = ("fist_to_mouth", "interlaced", "strap")  # hands that arrive with the onset instead of leaving with it
TRUNKS = {
    "reach": Person(lean=0.6),
    "reach_turned": Person(Gaze(-26), lean=0.5, trunk_yaw=-20),
    "frozen_reach": Person(lean=0.4),
    "turn_away": Person(Gaze(-8), trunk_yaw=-38, arch=0.25),
    "arch": Person(Gaze(0, 10), trunk_yaw=-14, arch=1.0),
    "stiff": Person(arch=0.35),
}
FROZEN_S, WITHDRAW_S = 0.55, 0.9  # a frozen reach stops after this time, and goes to the mouth so long before its end
FURTHEST_YAW = 72.0  # degrees that head and trunk together turn the face away
HICCUP_S = 0.28
TOYING_S = 2.8
WAVES = {"happy": (1.6, 3.0), "excited": (1.6, 8.0), "stiff": (2.2, 3.0)}
"""Hands -> how often a second and how far, in stage units, they go up and down."""


@dataclass(frozen=True, slots=True)
class Cover:
    """How far a cloth and a hand have come over the eyes."""

    cloth: float
    hand: float


class Infant:
    """The infant of one script. `plain` 0..1 is how large signs are; `bustle` scales what moves besides."""

    def __init__(self, acts: dict[str, list[Happening]], idle: Idle, plain: float, bustle: float) -> None:
        self.acts, self.idle, self.plain, self.bustle = acts, idle, plain, bustle
        looks = [event for event in acts["infant_gaze"] if event.act not in COVERED]
        self.eyes = track(looks, lambda event: _still(self._gaze(event)), GAZES["face"], EYES_S)
        self.head = track(looks, lambda event: _still(self._gaze(event)), GAZES["face"], HEAD_S)
        self.face = track(acts["infant_face"], self._face, faces.INFANT_REST, FACE_S)
        self.hands = self._hands()

    def at(self, t: float, mouth: Mouth) -> Person:
        """The infant at `t` seconds; `mouth` is what the voice does to it."""
        eyes, head = self.eyes.at(t), self.head.at(t - HEAD_AFTER_EYES_S)
        gaze = replace(eyes, head_yaw=head.head_yaw, head_pitch=head.head_pitch)
        return self._alive(t, gaze, self._sounding(self.face.at(t), mouth, t))

    def hands_at(self, t: float) -> Hands:
        """The hands, never quite at rest."""
        hands = self.hands.at(t)
        alive = self.bustle * (1 - self._frozen(t))
        yaw, x, y = (alive * part for part in self.idle.sway(1.7 * t))
        hands = mix(hands, gestures.INFANT["excited"], 0.3 * self.idle.stir(t) * (1 - self._frozen(t)))
        return replace(hands, left=_nudged(hands.left, 2.5 * x, 3 * y), right=_nudged(hands.right, -2.5 * x, 3 * yaw))

    def cover_at(self, t: float) -> Cover:
        """What covers the eyes: it starts to come at the onset and to go at the offset."""
        cloth, hand = (
            max((bump(t, at_s(e), end_s(e), CLOTH_S) for e in self.acts["infant_gaze"] if e.act == act), default=0.0)
            for act in COVERED
        )
        return Cover(cloth, hand)

    def _gaze(self, event: Happening) -> Gaze:
        return mix(GAZES["face"], GAZES[event.act], 0.65 + 0.35 * self.plain)

    def _face(self, event: Happening) -> Callable[[float], Expression]:
        full = mix(faces.INFANT_REST, faces.INFANT[event.act], 0.55 + 0.45 * self.plain)
        faint = mix(faces.INFANT_REST, full, 0.65 + 0.35 * self.plain)
        start = at_s(event)
        return lambda t: mix(full, faint, ramp(t, start + 0.8, 0.8))

    def _sounding(self, face: Expression, mouth: Mouth, t: float) -> Expression:
        """The mouth of somebody making a sound; crying takes the whole face."""
        for event in self.acts["infant_voice"]:
            if event.act == "cry" and at_s(event) - 1 < t < end_s(event) + 1:
                face = mix(face, faces.INFANT["cry"], bump(t, at_s(event), end_s(event), FACE_S))
                return replace(face, open=face.open * (0.45 + 0.55 * mouth.open if mouth.sound == "cry" else 0.6))
        for event in self.acts["infant_body"]:
            if event.act == "fist_to_mouth":
                face = mix(face, faces.INFANT["suck"], bump(t, at_s(event), end_s(event), FACE_S))
        return opened(face, mouth, MOUTHS)

    def _alive(self, t: float, gaze: Gaze, face: Expression) -> Person:
        alive = face.alive * self.bustle * (1 - self._frozen(t))
        yaw, x, y = (alive * part for part in self.idle.sway(t))
        stir = face.alive * self.idle.stir(t)
        body = [(TRUNKS.get(e.act), bump(t, at_s(e) + TRUNK_AFTER_S, end_s(e), BODY_S)) for e in self.acts["infant_body"]]
        moved = [(trunk, share) for trunk, share in body if trunk is not None and share > 0]
        jerk = max((_jerk(t - at_s(e)) for e in self.acts["infant_body"] if e.act == "hiccup"), default=0.0)
        turn = sum(trunk.gaze.head_yaw * share for trunk, share in moved)
        nod = sum(trunk.gaze.head_pitch * share for trunk, share in moved)
        return Person(
            replace(
                gaze,
                head_yaw=max(gaze.head_yaw + turn, -FURTHEST_YAW) + 1.2 * yaw + 3 * stir,
                head_pitch=gaze.head_pitch + nod + 5 * jerk,
                lids=gaze.lids * self.idle.lids(t),
            ),
            replace(face, open=max(face.open, 0.35 * jerk), brow_raise=face.brow_raise + 0.2 * stir),
            (1.4 * x, 1.0 * y - 7 * jerk),
            alive * self.idle.breath(t) + jerk,
            max((trunk.lean * share for trunk, share in moved), default=0.0),
            trunk_yaw=sum(trunk.trunk_yaw * share for trunk, share in moved),
            arch=min(sum(trunk.arch * share for trunk, share in moved) + 0.2 * jerk, 1.0),
        )

    def _frozen(self, t: float) -> float:
        """How still the infant is in a reach that stops in mid-air."""
        reaches = [event for event in self.acts["infant_body"] if event.act == "frozen_reach"]
        return max((bump(t, at_s(e) + FROZEN_S, end_s(e) - WITHDRAW_S, 0.2) for e in reaches), default=0.0)

    def _hands(self) -> Track[Hands]:
        faces_first = [_as(e, HANDS_OF_FACES[e.act]) for e in self.acts["infant_face"] if e.act in HANDS_OF_FACES]
        crying = [_as(event, "stiff") for event in self.acts["infant_voice"] if event.act == "cry"]
        looking = [_briefly(_as(event, "to_toy")) for event in self.acts["infant_gaze"] if event.act == "object"]
        body: list[list[Happening]] = [
            [_as(e, HANDS_OF_BODY[e.act])] for e in self.acts["infant_body"] if e.act in HANDS_OF_BODY
        ]
        frozen = [_frozen_parts(event) for event in self.acts["infant_body"] if event.act == "frozen_reach"]
        events = layered("hands", faces_first, looking, crying, *body, *frozen)
        rest = gestures.INFANT["rest"]
        return track(events, _hand_shape, rest, HAND_S, lambda event: event.act in TOUCHING)


def opened(face: Expression, mouth: Mouth, widths: dict[str, float]) -> Expression:
    """A face whose mouth makes a sound: opened over and above what it is, as wide as that sound goes."""
    width = widths.get(mouth.sound, 0.0)
    return replace(
        face,
        open=face.open + (1 - face.open) * width * mouth.open,
        round=max(face.round, min(1.0, 1.2 * width) * mouth.round),
        press=face.press * (1 - mouth.open),
    )


def _still(value: Gaze) -> Callable[[float], Gaze]:
    return lambda t: value


def _as(event: Happening, act: str) -> Happening:
    return event.model_copy(update={"shown_as": act})


def _briefly(event: Happening) -> Happening:
    """A hand that goes out toward the toy, and comes back while the eyes stay there."""
    end_us = min(event.end_us, event.at_us + round(TOYING_S * 1e6))
    return event.model_copy(update={"to_us": end_us})


def _frozen_parts(event: Happening) -> list[Happening]:
    """Half a reach, and then the hand to the mouth."""
    turn_us = event.end_us - round(WITHDRAW_S * 1e6)
    first, then = _as(event, "half_reach"), _as(event, "fist_to_mouth")
    return [first.model_copy(update={"to_us": turn_us}), then.model_copy(update={"at_us": turn_us})]


def _hand_shape(event: Happening) -> Callable[[float], Hands]:
    start, act = at_s(event), event.act
    if act == "half_reach":
        half = mix(gestures.INFANT["rest"], gestures.INFANT["reach"], 0.62)
        return lambda t: half
    shape = gestures.INFANT[act]
    if act in WAVES:
        per_s, reach = WAVES[act]
        return lambda t: _waving(shape, reach * math.sin(2 * math.pi * per_s * (t - start)))
    return lambda t: shape


def _waving(hands: Hands, by: float) -> Hands:
    return replace(hands, left=_nudged(hands.left, 0, by), right=_nudged(hands.right, 0, -by))


def _nudged(hand: Hand, dx: float, dy: float) -> Hand:
    free = 1 - hand.follow
    return replace(hand, x=hand.x + dx * free, y=hand.y + dy * free)


def _jerk(since: float) -> float:
    """A hiccup: up in 0.08 s, down again."""
    return bump(since, 0.0, 0.1, 0.08) if 0 <= since <= HICCUP_S else 0.0
