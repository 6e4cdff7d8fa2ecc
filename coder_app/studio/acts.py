"""What a script's codes look and sound like, as acts: the vocabulary of the people on the stage, whatever the scheme.

A code of a scheme means one act or several at once: a phase is a look, a face and perhaps a voice. `acted` gives every act of a
script in the streams of `ACTS`. Those that follow from other streams lie undermost, a stream's own events over them, then what
mirrors the infant, and what the script says under `acts` on top. In all streams but the bodies one act is seen at a time.
"""

from __future__ import annotations

from collections.abc import Iterator

from coder_app.errors import Invalid
from coder_app.studio.script import Happening, Script

ACTS = {
    "infant_gaze": ("face", "sidelong", "object", "hands", "averted", "eyes_closed", "unscorable", "hand_over", "protest"),
    "infant_face": (
        *("smile", "smile_duchenne", "laugh", "neutral", "o_mouth", "negative", "clouding", "cry", "effort", "sober"),
    ),
    "infant_voice": ("coo", "laugh", "fuss", "cry"),
    "infant_body": (
        *("reach", "reach_turned", "frozen_reach", "turn_away", "arch", "fist_to_mouth", "interlaced", "strap"),
        *("to_toy", "excited", "stiff", "hiccup"),
    ),
    "caregiver_gaze": ("face", "infant_focus", "elsewhere"),
    "caregiver_face": (
        *("positive", "laugh", "neutral", "surprise", "woe", "negative", "harsh", "blank", "o_mouth", "mirror"),
        *("worried", "soothing", "looming"),
    ),
    "caregiver_voice": (
        *("infant_directed", "narrating", "soothing", "flat", "harsh", "other_directed", "vocal_mirroring", "affect_mirroring"),
    ),
    "caregiver_touch": ("none", "affectionate", "static", "playful", "comforting", "instrumental", "rough"),
    "caregiver_body": ("lean_in", "lean_back", "loom", "rock"),
}
OVERLAPPING = ("infant_body", "caregiver_body")
PROTEST = {"infant_gaze": "protest", "infant_face": "negative"}
MEANS: dict[tuple[str, str], dict[str, str]] = {
    ("infant_face", "unscorable"): {"infant_gaze": "hand_over"},
    ("infant_body", "oral_comfort"): {"infant_body": "fist_to_mouth"},
    ("infant_body", "hand_comfort"): {"infant_body": "interlaced"},
    ("infant_body", "stress_sign"): {"infant_body": "hiccup"},
    ("infant_body", "conflict"): {"infant_body": "reach_turned", "infant_gaze": "averted"},
    ("caregiver_face", "marked"): {"caregiver_face": "surprise"},
    ("returns", "facial_mirroring"): {"caregiver_face": "mirror"},
    ("returns", "vocal_mirroring"): {"caregiver_voice": "vocal_mirroring"},
    ("returns", "affect_mirroring"): {"caregiver_face": "woe", "caregiver_voice": "affect_mirroring"},
    ("regulation", "comforting"): {"caregiver_body": "lean_in", "caregiver_face": "soothing"},
    ("regulation", "playful_up"): {"caregiver_body": "lean_in", "caregiver_face": "laugh"},
    ("regulation", "intrusion"): {"caregiver_body": "loom", "caregiver_face": "looming"},
    ("regulation", "still_face"): {"caregiver_face": "blank"},
    ("infant_phase", "positive"): {"infant_gaze": "face", "infant_face": "smile_duchenne"},
    ("infant_phase", "monitor"): {"infant_gaze": "face", "infant_face": "neutral"},
    ("infant_phase", "object"): {"infant_gaze": "object", "infant_face": "neutral"},
    ("infant_phase", "protest"): PROTEST,
    ("infant_phase", "withdrawn"): {"infant_gaze": "averted", "infant_face": "clouding"},
    ("infant_phase", "negative"): PROTEST,
    ("infant_phase", "asleep"): {"infant_gaze": "eyes_closed", "infant_face": "neutral"},
    ("infant_phase", "unscorable"): {"infant_gaze": "unscorable"},
    ("caregiver_phase", "positive"): {"caregiver_face": "positive"},
    ("caregiver_phase", "positive_voice"): {"caregiver_face": "neutral", "caregiver_voice": "infant_directed"},
    ("caregiver_phase", "monitor"): {"caregiver_face": "neutral"},
    ("caregiver_phase", "elsewhere"): {"caregiver_face": "neutral", "caregiver_gaze": "elsewhere"},
    ("caregiver_phase", "withdrawn"): {"caregiver_face": "blank"},
    ("caregiver_phase", "intrusive"): {"caregiver_face": "looming", "caregiver_body": "loom"},
    ("caregiver_phase", "hostile"): {"caregiver_face": "harsh", "caregiver_voice": "harsh"},
    ("caregiver_phase", "negative"): {"caregiver_face": "negative"},
    ("caregiver_phase", "still_face"): {"caregiver_face": "blank"},
    ("infant_extras", "oral_comfort"): {"infant_body": "fist_to_mouth"},
    ("infant_extras", "hand_comfort"): {"infant_body": "interlaced"},
    ("infant_extras", "distancing"): {"infant_body": "turn_away"},
    ("infant_extras", "stress_sign"): {"infant_body": "hiccup"},
    ("caregiver_extras", "rough_touch"): {"caregiver_touch": "rough"},
    ("additions", "conflict"): {"infant_body": "reach_turned"},
    ("additions", "comforting"): {"caregiver_body": "lean_in", "caregiver_face": "soothing"},
}
"""(stream, code) -> acts by stream, where the code is no act itself."""
MIRRORING = ("facial_mirroring", "vocal_mirroring", "affect_mirroring")
NOT_SEEN = {"dyad", "caregiver_extras", "returns", "additions"}  # streams with codes that need no act of their own
PHRASE_S, PAUSE_S = 2.0, 0.8  # speech that fills a phase comes in phrases; pauses below 2 s belong to it


def acted(script: Script) -> dict[str, list[Happening]]:
    """Stream of `ACTS` -> its acts in order of onset. Raises Invalid where a script asks for what nobody can act."""
    layers: list[dict[str, list[Happening]]] = [{stream: [] for stream in ACTS} for _ in range(3)]
    for stream, events in script.streams.items():
        for event in events:
            for target, act in _meaning(script, stream, event).items():
                layer = layers[1 if target == stream else 2 if event.code in MIRRORING else 0]
                layer[target] += _performed(script, stream, target, event.model_copy(update={"shown_as": act}))
    _check_extra(script)
    made = {}
    for stream in ACTS:
        under, own, mirrors = (layer[stream] for layer in layers)
        told = [event for event in own if event.act != "neutral"] if stream == "caregiver_face" else []
        mirrors = [piece for event in mirrors for piece in uncovered(event, told)]
        made[stream] = layered(stream, under, own, mirrors, script.acts.get(stream, []))
    return made


def _meaning(script: Script, stream: str, event: Happening) -> dict[str, str]:
    known = MEANS.get((stream, event.code), {stream: event.code} if event.code in ACTS.get(stream, ()) else {})
    if event.shown_as is not None:
        main = stream if stream in ACTS else next(iter(known), "")
        known = known | {main: event.shown_as}
    if stream == "infant_face" and event.code == "smile" and event.modifiers.get("duchenne") and event.shown_as is None:
        known = {stream: "smile_duchenne"}
    if stream == "caregiver_face" and event.code == "marked" and event.shown_as is None and _reflects(script, event):
        known = {stream: "woe"}
    if not known and stream not in NOT_SEEN:
        raise _unknown(script, stream, event)
    for target, act in known.items():
        if act not in ACTS.get(target, ()):
            raise _unknown(script, stream, event)
    return known


def _reflects(script: Script, face: Happening) -> bool:
    """Whether a marked face reflects a feeling; otherwise it is mock surprise."""
    mirrors = [event for event in script.events("returns") if event.code == "affect_mirroring"]
    return any(event.at_us < face.end_us and face.at_us < event.end_us for event in mirrors)


def _unknown(script: Script, stream: str, event: Happening) -> Invalid:
    acts = ", ".join(ACTS.get(stream, ())) or "none of their own"
    where = f"{script.id}: {stream} at {event.at_us / 1e6:g} s"
    return Invalid(f"{where}: nobody can act '{event.act}'. Acts of this stream: {acts}.", code="script")


def _performed(script: Script, stream: str, target: str, event: Happening) -> Iterator[Happening]:
    """The event itself; speech that stands for a whole phase is cut into phrases."""
    if not (stream.endswith("_phase") and target.endswith("_voice")):
        yield event
        return
    length = event.end_us - event.at_us
    count = max(1, round((length / 1e6 + PAUSE_S) / (PHRASE_S + PAUSE_S)))
    each = (length - (count - 1) * PAUSE_S * 1e6) / count
    for i in range(count):
        start = event.at_us + i * (each + PAUSE_S * 1e6)
        at_us, to_us = (int(round(us / script.frame_us) * script.frame_us) for us in (start, start + each))
        yield event.model_copy(update={"at_us": at_us, "to_us": to_us})


def _check_extra(script: Script) -> None:
    for name, events in script.acts.items():
        for event in events:
            if event.code not in ACTS.get(name, ()):
                raise _unknown(script, name, event)


def layered(stream: str, *layers: list[Happening]) -> list[Happening]:
    """All in order; where one act is seen at a time, what lies under shows only where nothing lies over it."""
    seen: list[Happening] = []
    for layer in layers:
        if stream not in OVERLAPPING:
            seen = [piece for event in seen for piece in uncovered(event, layer)]
        seen = [*seen, *layer]
    return sorted(seen, key=lambda event: event.at_us)


def uncovered(event: Happening, over: list[Happening]) -> Iterator[Happening]:
    """The pieces of an event that lie under none of `over`."""
    at_us = event.at_us
    for other in sorted(over, key=lambda one: one.at_us):
        if other.end_us <= at_us or other.at_us >= event.end_us:
            continue
        if other.at_us > at_us:
            yield event.model_copy(update={"at_us": at_us, "to_us": other.at_us})
        at_us = other.end_us
    if at_us < event.end_us:
        yield event.model_copy(update={"at_us": at_us})
