"""Example codings of a clip, with the errors real observers make: late, unsteady, now and then a miss or a near-miss.

Edges come 0.3 s late with SD 0.4 s; 5 % of the events are missed, 5 % confused along the pairs that tie rules name.
Every edge is snapped to a frame; exclusive streams stay free of overlaps, exhaustive ones free of gaps. One seed, one coding.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from coder_app.model.scheme import Scheme, Stream
from coder_app.studio.record import Record, event_id
from coder_app.studio.script import Script

BIAS_US = 300_000
SD_US = 400_000
MISSED = 0.05
CONFUSED = 0.05
SHORTEST_FRAMES = 5
# What is taken for what: the pairs of the tie rules, and neighbours a hurried eye or ear swaps.
CONFUSIONS = {
    ("infant_gaze", "face"): "object",
    ("infant_gaze", "object"): "face",
    ("infant_gaze", "averted"): "object",
    ("infant_face", "smile"): "neutral",
    ("infant_face", "negative"): "neutral",
    ("infant_voice", "coo"): "fuss",
    ("infant_voice", "fuss"): "coo",
    ("infant_voice", "cry"): "fuss",
    ("infant_body", "turn_away"): "conflict",
    ("infant_body", "oral_comfort"): "hand_comfort",
    ("infant_body", "hand_comfort"): "oral_comfort",
    ("caregiver_gaze", "infant_focus"): "elsewhere",
    ("caregiver_face", "positive"): "neutral",
    ("caregiver_face", "marked"): "negative",
    ("caregiver_voice", "infant_directed"): "narrating",
    ("caregiver_voice", "narrating"): "infant_directed",
    ("caregiver_voice", "soothing"): "narrating",
    ("caregiver_touch", "playful"): "rough",
    ("caregiver_touch", "rough"): "playful",
    ("caregiver_touch", "affectionate"): "static",
    ("caregiver_touch", "static"): "affectionate",
    ("caregiver_touch", "comforting"): "affectionate",
    ("returns", "facial_mirroring"): "contingent_return",
    ("returns", "affect_mirroring"): "facial_mirroring",
    ("regulation", "intrusion"): "playful_up",
    ("regulation", "playful_up"): "intrusion",
    ("infant_phase", "positive"): "monitor",
    ("infant_phase", "monitor"): "object",
    ("infant_phase", "object"): "monitor",
    ("infant_phase", "withdrawn"): "monitor",
    ("caregiver_phase", "positive"): "monitor",
    ("caregiver_phase", "positive_voice"): "monitor",
    ("caregiver_phase", "monitor"): "positive_voice",
    ("infant_extras", "oral_comfort"): "hand_comfort",
    ("infant_extras", "hand_comfort"): "oral_comfort",
}


@dataclass(slots=True)
class _Bout:
    """An event of the key on its way to how somebody saw it; frames count from 0."""

    code: str
    onset: int
    offset: int
    event: dict[str, Any]


def noisy(key: Record, script: Script, scheme: Scheme, coder: str, seed: int) -> Record:
    """The coding of one imagined observer, over the same time as the key. `coder` is the name it gets."""
    rng = np.random.default_rng(seed)
    made: list[_Bout] = []
    for name in dict.fromkeys(event["stream"] for event in key.events):
        stream = scheme.stream(name)
        assert stream is not None
        bouts = [_bout(event, script) for event in key.events if event["stream"] == name]
        made += _exhaustive(bouts, script, rng) if stream.exhaustive else _separate(bouts, stream, script, rng)
    return replace(key, coder=coder, is_key=False, events=_events(made, script, scheme, coder))


def _bout(event: dict[str, Any], script: Script) -> _Bout:
    def frame(us: int) -> int:
        return round(us / script.frame_us)

    offset = event["onset_us"] if event["offset_us"] is None else event["offset_us"]
    return _Bout(event["code"], frame(event["onset_us"]), frame(offset), event)


def _shift(rng: np.random.Generator, script: Script) -> int:
    return round(rng.normal(BIAS_US, SD_US) / float(script.frame_us))


def _seen_as(bout: _Bout, rng: np.random.Generator) -> str | None:
    """The code given, or None for a miss."""
    draw = rng.random()
    if draw < MISSED:
        return None
    return CONFUSIONS.get((bout.event["stream"], bout.code), bout.code) if draw < MISSED + CONFUSED else bout.code


def _exhaustive(bouts: list[_Bout], script: Script, rng: np.random.Generator) -> list[_Bout]:
    """Onsets move in order, the first stays; a missed bout is swallowed by the one before; equal neighbours are one."""
    made: list[_Bout] = []
    for bout in bouts:
        seen, shift = _seen_as(bout, rng), _shift(rng, script)
        if not made:
            made.append(replace(bout))
            continue
        latest = script.n_frames - SHORTEST_FRAMES
        onset = min(max(bout.onset + shift, made[-1].onset + SHORTEST_FRAMES), latest)
        if seen is None or seen == made[-1].code or onset < made[-1].onset + SHORTEST_FRAMES:
            continue
        made[-1].offset = onset
        made.append(replace(bout, code=seen, onset=onset))
    made[-1].offset = script.n_frames
    return made


def _separate(bouts: list[_Bout], stream: Stream, script: Script, rng: np.random.Generator) -> list[_Bout]:
    """Both ends move; in an exclusive stream a bout waits for the end of the one before."""
    made: list[_Bout] = []
    for bout in bouts:
        seen, shift, stretch = _seen_as(bout, rng), _shift(rng, script), _shift(rng, script)
        if seen is None:
            continue
        onset = min(max(bout.onset + shift, 0), script.n_frames - SHORTEST_FRAMES)
        before = [other for other in made if stream.exclusive or other.code == seen]
        if before:
            onset = max(onset, before[-1].offset)
        offset = min(max(bout.offset + stretch, onset + SHORTEST_FRAMES), script.n_frames)
        if offset - onset >= SHORTEST_FRAMES:
            made.append(replace(bout, code=seen, onset=onset, offset=offset))
    return made


def _events(bouts: list[_Bout], script: Script, scheme: Scheme, coder: str) -> list[dict[str, Any]]:
    """Bouts as events; a link follows its target, or becomes unprompted where that was missed or taken for no serve."""
    ids = [event_id(script.id, coder, i) for i in range(len(bouts))]
    position = {bout.event["id"]: i for i, bout in enumerate(bouts)}
    events = []
    for own_id, bout in zip(ids, bouts, strict=True):
        stream = scheme.stream(bout.event["stream"])
        code = stream.code(bout.code) if stream is not None else None
        assert code is not None
        event = {**bout.event, "id": own_id, "code": bout.code, "onset_us": int(bout.onset * script.frame_us)}
        event["offset_us"] = None if event["kind"] == "point" else int(bout.offset * script.frame_us)
        event["modifiers"] = {name: value for name, value in event["modifiers"].items() if name in code.modifiers}
        link = event["link"]
        if link is not None and link["to"] is not None:
            target = position.get(link["to"])
            answered = target is not None and _may_answer(scheme, bout, bouts[target])
            event["link"] = {"to": ids[target] if target is not None and answered else None}
        events.append(event)
    return events


def _may_answer(scheme: Scheme, source: _Bout, target: _Bout) -> bool:
    pair = (f"{source.event['stream']}.{source.code}", f"{target.event['stream']}.{target.code}")
    return any(pair[0] in rule.source and pair[1] in rule.target for rule in scheme.links)
