"""A play of infant and caregiver made up from chances: streams of events in seconds, lawful in the schemes they are made for.

Time comes from an observed corpus where there is one (`PHASES`), else from our own choice; the length of one bout goes with the
length of the one before (AR(1)), as successive looks of real infants do. The infant acts first: looks, faces, sounds, movements
that fit each other. The caregiver then comforts, at times intrudes, answers some offers, others late or not at all, and plays.
Traps are what a hurried eye takes for something else: a smile that was there before the infant's, a smile at a sad face, a
sound on a neutral face, play that goes on while the infant looks away, an act that begins before the offer.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

import numpy as np

FPS = 25
SPREAD = 0.55  # of the logarithm of a bout's length
CARRIED = 0.35  # how much one length has of the one before
LONGEST_BOUT = 3.0  # times the mean
LEAST_S = {"eyes_closed": 1.2, "object": 1.0, "monitor": 1.0, "positive": 1.0, "protest": 1.6}


@dataclass(frozen=True, slots=True)
class Habit:
    """Of one code of an exclusive stream: the mean length of its bouts in seconds, and its share of the time."""

    mean_s: float
    share: float


# Means of 87 sessions at about 9 months, and their shares, moved a little (our choice): in play at 4 to 6 months there is more
# looking at the face and smiling, and less looking at objects.
PHASES = {
    "infant_phase": {
        "object": Habit(10.3, 0.46),
        "monitor": Habit(2.5, 0.27),
        "positive": Habit(2.5, 0.15),
        "protest": Habit(10.3, 0.12),
    },
    "caregiver_phase": {
        "positive_voice": Habit(3.65, 0.36),
        "monitor": Habit(7.75, 0.475),
        "positive": Habit(2.3, 0.16),
        "intrusive": Habit(3.3, 0.005),
    },
}
# Streams of one behaviour each: our choice, near the phases they add up to.
GAZE = {
    "face": Habit(4.0, 0.46),
    "object": Habit(6.0, 0.39),
    "averted": Habit(2.4, 0.12),
    "unscorable": Habit(1.4, 0.02),
    "eyes_closed": Habit(1.8, 0.01),
}
FACE = {"neutral": Habit(5.0, 0.66), "smile": Habit(2.4, 0.20), "negative": Habit(5.0, 0.10)}
TOUCHED = 0.71  # share of the time with touch in play without toys
TOUCHES = {"affectionate": Habit(5.0, 0.4), "static": Habit(5.0, 0.3), "playful": Habit(4.0, 0.3)}
COO_S, FUSS_S = (0.3, 0.8), (0.5, 1.2)
BURST_S, GAP_S = 1.4, 0.4
COOS_A_MINUTE, REACHES_A_MINUTE, COMFORTS_A_MINUTE, STRESS_A_MINUTE = 5.0, 1.6, 1.2, 0.5
ANSWERED = 0.65  # of offers
ANSWER_S = (0.5, 1.5)  # after an offer, a sound's end
LATE_S = (2.2, 3.0)
TRAPS_A_MINUTE = 2.0
SOOTHED = 0.75  # of distress
INTRUDED = 0.25  # of looks away
PLAYED_UP = 0.3  # of long smiles

Event = dict[str, Any]


@dataclass(slots=True)
class Play:
    """A script in the making: stream -> events in seconds."""

    rng: np.random.Generator
    length_s: float
    difficulty: float
    streams: dict[str, list[Event]] = field(default_factory=dict)

    def add(self, stream: str, at: float, to: float, code: str, **more: Any) -> Event:
        """A new event, on whole frames and within the clip."""
        event = {"at": snapped(at), "to": snapped(min(to, self.length_s)), "code": code, **more}
        self.streams.setdefault(stream, []).append(event)
        return event

    def between(self, bounds: tuple[float, float]) -> float:
        return float(self.rng.uniform(*bounds))

    def chance(self, share: float) -> bool:
        return bool(self.rng.random() < share)

    def moments(self, per_minute: float) -> list[float]:
        """Times as far apart as chance has it, so many a minute on average."""
        found, t = [], float(self.rng.exponential(60 / per_minute))
        while t < self.length_s - 2:
            found.append(t)
            t += max(float(self.rng.exponential(60 / per_minute)), 1.5)
        return found

    def during(self, stream: str, code: str, at: float, to: float) -> bool:
        """Whether such an event goes on at any time from `at` to `to`."""
        return any(e["code"] == code and e["at"] < to and at < e["to"] for e in self.streams.get(stream, []))

    def free(self, stream: str, at: float, to: float, gap: float = 0.5) -> bool:
        return to < self.length_s and not any(e["at"] < to + gap and at < e["to"] + gap for e in self.streams.get(stream, []))


def snapped(seconds: float) -> float:
    """The nearest whole frame."""
    return round(seconds * FPS) / FPS


def _bouts(play: Play, habits: Mapping[str, Habit], allowed: Iterable[str], first: str) -> list[tuple[float, float, str]]:
    """An exclusive stream from 0 to the end, no code after itself; lengths are log-normal and carry over."""
    known = {code: habit for code, habit in habits.items() if code in set(allowed) | {first}}
    names = list(known)
    often = np.array([habit.share / habit.mean_s for habit in known.values()])
    shorter = 1 - 0.3 * play.difficulty
    made: list[tuple[float, float, str]] = []
    code, t, carried = first, 0.0, 0.0
    while t < play.length_s:
        carried = CARRIED * carried + math.sqrt(1 - CARRIED**2) * float(play.rng.standard_normal())
        mean = known[code].mean_s * shorter
        least = LEAST_S.get(code, 0.8)
        length = max(min(mean * math.exp(SPREAD * carried - SPREAD**2 / 2), LONGEST_BOUT * mean), least)
        end = play.length_s if play.length_s - t - length < 0.8 or len(names) == 1 else snapped(t + length)
        made.append((t, end, code))
        weights = np.where(np.array(names) == code, 0.0, often)
        code = names[int(play.rng.choice(len(names), p=weights / weights.sum()))] if len(names) > 1 else code
        t = end
    return made


def phases(play: Play, wanted: Mapping[str, set[str]]) -> None:
    for stream, habits in PHASES.items():
        allowed = wanted.get(stream, set(habits))
        first = "monitor" if "monitor" in allowed else sorted(allowed)[0]
        for at, to, code in _bouts(play, habits, allowed, first):
            play.add(stream, at, to, code)
            if code == "protest":
                _wail(play, at + 0.6, to - 0.2)
            elif code == "positive" and stream == "infant_phase" and play.chance(0.3) and to - at > 1.6:
                play.add("infant_voice", at + 0.6, at + 1.4, "laugh")
    for event in play.streams["infant_phase"]:
        length = event["to"] - event["at"]
        if event["code"] == "protest":
            _calm_down(play, event)
            if length > 5:
                play.add("infant_extras", event["at"] + 1, event["at"] + 3.4, "distancing")
        elif (
            event["code"] == "positive" and play.chance(ANSWERED) and "positive" in wanted.get("caregiver_phase", {"positive"})
        ):
            at, to = snapped(event["at"] + play.between(ANSWER_S)), snapped(event["to"] + 0.8)
            if to - at >= 1 and to < play.length_s:
                play.streams["caregiver_phase"] = _cut_in(play.streams["caregiver_phase"], at, to, "positive")
        elif event["code"] == "object" and length > 6:
            code = ("oral_comfort", "hand_comfort")[int(play.rng.integers(2))]
            play.add("infant_extras", event["at"] + 1.2, event["to"] - 0.8, code)


def _calm_down(play: Play, protest: Event) -> None:
    """The caregiver stops smiling, and soothes; soothing sounds belong to the monitoring phase."""
    at, to = snapped(protest["at"] + play.between((0.8, 2.0))), protest["to"]
    if to - at < 1.5:
        return
    play.streams["caregiver_phase"] = _cut_in(play.streams["caregiver_phase"], at, to, "monitor")
    t = at + 0.4
    while t + 1.2 < to:
        play.add("caregiver_voice", t, min(t + 2.4, to), "soothing")
        t += 3.5


def _wail(play: Play, at: float, to: float) -> None:
    """Fussing that becomes crying where there is time for it; crying is whole bursts."""
    bursts = int((to - at - 1.4 + GAP_S) // (BURST_S + GAP_S))
    if bursts >= 2:
        bursts = min(bursts, 4)
        play.add("infant_voice", at, at + 0.8, "fuss")
        play.add("infant_voice", at + 1.4, at + 1.4 + bursts * BURST_S + (bursts - 1) * GAP_S, "cry")
    elif to - at >= 0.6:
        play.add("infant_voice", at, at + min(play.between(FUSS_S), to - at), "fuss")


def infant(play: Play, wanted: Mapping[str, set[str]]) -> None:
    """Looks, faces, sounds, movements, in this order: each fits what is there already."""
    for at, to, code in _bouts(play, GAZE, wanted.get("infant_gaze", {"face", "object", "averted"}), "face"):
        more = {"as": "hands"} if code == "object" and play.chance(0.25) else {}
        play.add("infant_gaze", at, to, code, **more)
    for at, to, code in _bouts(play, FACE, wanted.get("infant_face", set(FACE)), "neutral"):
        look = {"smile": "smile_duchenne", "negative": "clouding"}.get(code)
        plain = look is None or (code == "smile" and play.chance(0.5)) or (code == "negative" and to - at > 4)
        play.add("infant_face", at, to, code, **({} if plain else {"as": look}))
        if code == "negative":
            _wail(play, at + 0.6, to - 0.2)
        elif code == "smile" and play.chance(0.35):
            play.add("infant_voice", at + 0.5, at + 0.5 + play.between((0.6, 1.0)), "coo", **{"as": "laugh"})
    for at in play.moments(COOS_A_MINUTE):  # many on a neutral face: a happy sound is no smile
        to = at + play.between(COO_S)
        if play.free("infant_voice", at, to, 0.7) and not play.during("infant_face", "negative", at - 0.5, to + 0.5):
            play.add("infant_voice", at, to, "coo")
    _movements(play)


def _movements(play: Play) -> None:
    for look in play.streams["infant_gaze"]:
        length = look["to"] - look["at"]
        if look["code"] == "averted" and length > 2 and play.chance(0.5):
            more = {"as": "arch"} if play.chance(0.3) else {}
            play.add("infant_body", look["at"] + 0.4, look["to"] - 0.4, "turn_away", **more)
        elif look["code"] == "object" and length > 4 and play.chance(0.5):
            code = "oral_comfort" if play.chance(0.5) else "hand_comfort"
            play.add("infant_body", look["at"] + 1.0, look["at"] + 1.0 + min(play.between((2.0, 5.0)), length - 1.6), code)
    for per_minute, code, length in (
        (REACHES_A_MINUTE, "reach", (0.8, 2.0)),
        (STRESS_A_MINUTE, "stress_sign", (0.2, 0.2)),
        (0.25, "conflict", (1.6, 3.0)),
    ):
        for at in play.moments(per_minute):
            to = at + play.between(length)
            if play.free("infant_body", at, to, 1.0) and (code != "reach" or play.during("infant_gaze", "face", at, to)):
                play.add(
                    "infant_body", at, to, code, **({"as": "frozen_reach"} if code == "conflict" and play.chance(0.4) else {})
                )


@dataclass(frozen=True, slots=True)
class Offer:
    """What the infant does that can be answered; `from_s` is where the answer's time counts from."""

    stream: str
    event: Event
    from_s: float


def _offers(play: Play) -> list[Offer]:
    found = []
    for stream, codes in {"infant_face": ("smile",), "infant_voice": ("coo", "fuss"), "infant_body": ("reach",)}.items():
        for event in play.streams.get(stream, []):
            if event["code"] in codes:
                found.append(Offer(stream, event, event["to"] if stream == "infant_voice" else event["at"]))
    found += [Offer("infant_face", e, e["at"]) for e in play.streams["infant_face"] if e["code"] == "negative"]
    return sorted(found, key=lambda offer: offer.event["at"])


def caregiver(play: Play) -> None:
    """Comfort first, since it lasts; then intrusion and lively play; then traps, answers and talk where there is room."""
    for stream in ("returns", "regulation", "caregiver_voice", "caregiver_touch"):
        play.streams.setdefault(stream, [])
    faces: list[Event] = []
    busy: list[tuple[float, float]] = []
    for event in [e for e in play.streams["infant_face"] if e["code"] == "negative" and e["to"] - e["at"] >= 3]:
        if play.chance(SOOTHED) and event["to"] + 2.5 < play.length_s:
            _comfort(play, event, busy)
    for event in [e for e in play.streams["infant_gaze"] if e["code"] == "averted" and e["to"] - e["at"] >= 1.8]:
        if play.chance(INTRUDED) and _is_free(busy, event["at"] - 0.5, event["to"] + 1.5):
            _intrude(play, event, busy)
    for event in [e for e in play.streams["infant_face"] if e["code"] == "smile" and e["to"] - e["at"] >= 2]:
        if play.chance(PLAYED_UP):
            _play_up(play, event, busy, faces)
    _set_traps(play, busy, faces)
    for offer in _offers(play):
        _answer(play, offer, busy, faces)
    _talk(play, busy)
    _finish(play, faces)


def _is_free(busy: Sequence[tuple[float, float]], at: float, to: float) -> bool:
    return all(to + 0.6 <= a or b + 0.6 <= at for a, b in busy)


def _comfort(play: Play, distress: Event, busy: list[tuple[float, float]]) -> None:
    at, to = snapped(distress["at"] + play.between((0.8, 2.0))), snapped(distress["to"] + play.between((1.0, 2.4)))
    if not _is_free(busy, at, to):
        return
    busy.append((at, to))
    play.add("regulation", at, to, "comforting")
    play.add("caregiver_touch", at + 0.2, to, "comforting")
    t = at + 0.4
    while t + 1.2 < to:
        end = min(t + play.between((2.0, 2.8)), to)
        play.add("caregiver_voice", t, end, "soothing")
        t = end + 1.1


def _intrude(play: Play, away: Event, busy: list[tuple[float, float]]) -> None:
    """More, where the infant has had enough: a face that looms, or a touch that goes on."""
    at, to = snapped(away["at"] + play.between((0.5, 0.9))), snapped(min(away["to"] + 1.0, play.length_s - 0.4))
    if to - at < 1.0:
        return
    busy.append((at, to))
    if play.chance(0.5):
        play.add("regulation", at, to, "intrusion")
        return
    play.add("regulation", at, to, "intrusion", **{"as": "lean_in"})
    play.add("caregiver_touch", at, to, "rough")


def _answer(play: Play, offer: Offer, busy: list[tuple[float, float]], faces: list[Event]) -> None:
    """Most offers are answered in time, some late (which is no answer), some not at all; what fits depends on the offer."""
    draw = play.rng.random()
    if draw > ANSWERED + 0.15:
        return
    late = draw > ANSWERED
    at = snapped(offer.from_s + play.between(LATE_S if late else ANSWER_S))
    to = snapped(at + play.between((1.2, 2.4)))
    if to > play.length_s - 0.4 or not _is_free(busy, at, to):
        return
    busy.append((at, to))
    answers = {"answers": {"stream": offer.stream, "at": offer.event["at"]}}
    code, event = offer.event["code"], offer.event
    if late:
        play.add("caregiver_voice", at, to, "narrating" if code != "fuss" else "soothing")
    elif code == "smile":
        faces.append({"at": at, "to": to, "code": "positive"})
        play.add("returns", at, to, "facial_mirroring", **answers)
    elif code == "coo" and play.chance(0.6):
        play.add("returns", at, at + max(event["to"] - event["at"], 0.4), "vocal_mirroring", **answers)
    elif code == "negative":
        faces.append({"at": at, "to": to, "code": "marked", "as": "woe"})
        play.add("returns", at, to, "affect_mirroring", modifiers={"marked": True}, **answers)
    else:
        play.add("caregiver_voice", at, to, {"fuss": "soothing", "coo": "narrating"}.get(code, "infant_directed"))
        play.add("returns", at, to, "contingent_return", **answers)


def _set_traps(play: Play, busy: list[tuple[float, float]], faces: list[Event]) -> None:
    """Traps where the play has room for them, so many a minute, each kind in its turn."""
    smiles = [event for event in play.streams["infant_face"] if event["code"] == "smile" and event["at"] > 2]
    sad = [event for event in play.streams["infant_face"] if event["code"] == "negative" and event["to"] - event["at"] > 2.4]
    coos = [event for event in play.streams.get("infant_voice", []) if event["code"] == "coo" and event["at"] > 2]
    away = [event for event in play.streams["infant_gaze"] if event["code"] == "averted" and event["to"] - event["at"] > 1.4]
    kinds = [
        [("smile there before", e["at"] - 1.0, e["at"] + 1.4) for e in smiles],
        [("smile at a sad face", e["at"] + 0.6, e["at"] + 2.2) for e in sad],
        [("act before the offer", e["at"] - 0.8, e["at"] + 0.8) for e in coos],
        [("play goes on", e["at"] - 1.6, e["at"] + 1.2) for e in away],
    ]
    shuffled = [[kind[int(i)] for i in play.rng.permutation(len(kind))] for kind in kinds]
    in_turn = [place for round_ in zip_longest(*shuffled) for place in round_ if place is not None]
    left = max(1, round(TRAPS_A_MINUTE * play.length_s / 60))
    for kind, at, to in in_turn:
        if left == 0:
            return
        if at < 0.4 or to > play.length_s - 0.4 or not _is_free(busy, at, to):
            continue
        left -= 1
        busy.append((at, to))
        if kind == "act before the offer":
            play.add("caregiver_voice", at, to, "infant_directed")
        elif kind == "play goes on":
            play.add("caregiver_touch", at, to, "playful")
        else:
            faces.append({"at": snapped(at), "to": snapped(to), "code": "positive"})


def _talk(play: Play, busy: list[tuple[float, float]]) -> None:
    """The caregiver's own talk and play where nothing else happens."""
    t = play.between((0.8, 3.0))
    while t < play.length_s - 4:
        to = t + play.between((1.4, 3.0))
        if _is_free(busy, t, to) and play.free("caregiver_voice", t, to, 0.6):
            negative = play.during("infant_face", "negative", t - 1, to)
            play.add(
                "caregiver_voice",
                t,
                to,
                "soothing" if negative else ("narrating", "infant_directed")[int(play.rng.integers(2))],
            )
        t = to + play.between((2.5, 6.0))


def _play_up(play: Play, smile: Event, busy: list[tuple[float, float]], faces: list[Event]) -> None:
    """A tickle and a sing-song while the infant smiles."""
    at, to = snapped(smile["at"] + play.between(ANSWER_S)), snapped(smile["to"] + 1.0)
    if to < play.length_s - 0.4 and _is_free(busy, at, to):
        busy.append((at, to))
        play.add("regulation", at, to, "playful_up")
        play.add("caregiver_touch", at, to, "playful")
        play.add("caregiver_voice", at + 0.2, to - 0.2, "infant_directed")
        faces.append({"at": at, "to": to, "code": "positive", "as": "laugh"})


def _finish(play: Play, faces: list[Event]) -> None:
    """Whole streams of face, gaze and touch around what has been put there."""
    play.streams["caregiver_face"] = _filled(play, faces, lambda gap: [(gap[0], gap[1], "neutral")])
    play.streams["caregiver_gaze"] = _filled(play, [], lambda gap: [(gap[0], gap[1], "face")])
    away = [(t, t + play.between((1.0, 2.4))) for t in play.moments(1.5)]
    for at, to in away:
        if play.free("returns", at, to) and play.free("regulation", at, to) and play.free("caregiver_touch", at, to):
            play.streams["caregiver_gaze"] = _cut_in(play.streams["caregiver_gaze"], snapped(at), snapped(to), "elsewhere")
    play.streams["caregiver_touch"] = _filled(play, play.streams["caregiver_touch"], lambda gap: _gentle(play, gap))


def _gentle(play: Play, gap: tuple[float, float]) -> list[tuple[float, float, str]]:
    """Touch and no touch by turns in a gap; nothing playful while the infant is away or sad."""
    made: list[tuple[float, float, str]] = []
    t, touching = gap[0], False
    while t < gap[1]:
        names = list(TOUCHES)
        code = names[int(play.rng.choice(3, p=[TOUCHES[name].share for name in names]))] if touching else "none"
        mean = TOUCHES[code].mean_s if touching else 4.5 * (1 - TOUCHED) / TOUCHED
        length = max(mean * math.exp(SPREAD * float(play.rng.standard_normal()) - SPREAD**2 / 2), 1.2)
        end = gap[1] if gap[1] - t - length < 1.2 else snapped(t + length)
        unfit = play.during("infant_gaze", "averted", t, end) or play.during("infant_face", "negative", t - 5, end)
        made.append((t, end, "static" if code == "playful" and unfit else code))
        t, touching = end, not touching
    return made


def _filled(
    play: Play, events: list[Event], fill: Callable[[tuple[float, float]], list[tuple[float, float, str]]]
) -> list[Event]:
    """Events in order without overlap, and `fill` for the time between."""
    kept: list[Event] = []
    for event in sorted(events, key=lambda e: (e["at"], e["to"])):
        if event["to"] - event["at"] >= 0.4 and (not kept or event["at"] >= kept[-1]["to"]):
            kept.append(event)
    made: list[Event] = []
    t = 0.0
    for event in [*kept, {"at": play.length_s, "to": play.length_s}]:
        if event["at"] > t:
            made += [{"at": a, "to": b, "code": code} for a, b, code in fill((t, event["at"]))]
        if "code" in event:
            made.append(event)
        t = event["to"]
    return made


def _cut_in(events: list[Event], at: float, to: float, code: str) -> list[Event]:
    """The stream with `code` from `at` to `to`; pieces too short to be seen go to it."""
    pieces = [
        {**event, "at": a, "to": b}
        for event in events
        for a, b in ((event["at"], min(event["to"], at)), (max(event["at"], to), event["to"]))
        if b > a
    ]
    short = [p for p in pieces if p["to"] - p["at"] < 1 and (p["to"] == at or p["at"] == to)]
    kept = [piece for piece in pieces if piece not in short]
    at, to = min([at, *(piece["at"] for piece in short)]), max([to, *(piece["to"] for piece in short)])
    return joined(sorted([*kept, {"at": at, "to": to, "code": code}], key=lambda event: float(event["at"])))


def joined(events: list[Event]) -> list[Event]:
    """Touching events of one code as one."""
    made: list[Event] = []
    for event in events:
        if made and made[-1]["code"] == event["code"] and made[-1]["to"] == event["at"]:
            made[-1] = {**made[-1], "to": event["to"]}
        else:
            made.append(event)
    return made


RESTS = {"infant_face": "neutral", "caregiver_face": "neutral", "caregiver_touch": "none", "caregiver_gaze": "face"}
OF_STREAMS: dict[str, set[str]] = {
    "infant_gaze": set(GAZE),
    "infant_face": set(FACE),
    "infant_voice": {"coo", "fuss", "cry"},
    "infant_body": {"reach", "turn_away", "oral_comfort", "hand_comfort", "stress_sign", "conflict"},
    "caregiver_gaze": {"face", "elsewhere"},
    "caregiver_face": {"neutral", "positive", "marked"},
    "caregiver_voice": {"infant_directed", "narrating", "soothing"},
    "caregiver_touch": {"none", "affectionate", "static", "playful", "comforting", "rough"},
    "returns": {"contingent_return", "facial_mirroring", "vocal_mirroring", "affect_mirroring"},
    "regulation": {"comforting", "playful_up", "intrusion"},
}
OF_PHASES: dict[str, set[str]] = {
    "infant_phase": set(PHASES["infant_phase"]),
    "caregiver_phase": set(PHASES["caregiver_phase"]),
    "infant_extras": {"oral_comfort", "hand_comfort", "distancing"},
}
