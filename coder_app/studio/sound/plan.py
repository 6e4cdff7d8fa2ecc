"""What is heard in a clip and when, before a sample of it is made; and what the mouths do meanwhile."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from coder_app.studio.acts import acted
from coder_app.studio.looks import CAREGIVERS
from coder_app.studio.script import Answers, Happening, Script
from coder_app.studio.sound.voices import VOICES, Syllable, Voice, deeper

SOUNDS = {  # stream and act -> the sound of it
    ("infant_voice", "coo"): "coo",
    ("infant_voice", "fuss"): "fuss",
    ("infant_voice", "cry"): "cry",
    ("infant_voice", "laugh"): "laugh",
    ("infant_body", "fist_to_mouth"): "suck",
    ("infant_body", "hiccup"): "hiccup",
    ("caregiver_voice", "infant_directed"): "infant_directed",
    ("caregiver_voice", "narrating"): "narrating",
    ("caregiver_voice", "soothing"): "soothing",
    ("caregiver_voice", "harsh"): "harsh",
    ("caregiver_voice", "other_directed"): "other_directed",
    ("caregiver_voice", "flat"): "flat",
    ("caregiver_voice", "vocal_mirroring"): "vocal_mirroring",
    ("caregiver_voice", "affect_mirroring"): "affect_mirroring",
}
JOINED_S = 0.025  # syllables closer than this run into each other
OPEN = {"ah": 1.0, "ae": 0.9, "eh": 0.65, "uh": 0.55, "oh": 0.55, "oo": 0.4, "ee": 0.35, "shh": 0.2, "suck": 0.0}
ROUND = {"oh": 0.6, "oo": 0.9, "shh": 0.7}
SHUT = ("m", "b")  # consonants that close the lips
MOVE_S = 0.10  # a mouth opens or shuts in this time, less in short syllables


def _ramp(x: float) -> float:
    x = min(max(x, 0.0), 1.0)
    return x * x * (3 - 2 * x)


@dataclass(frozen=True, slots=True)
class Utterance:
    """One sound of one person, from `at_s` to `end_s` on the clip's clock. `seed` makes its small chances repeat; `deep`
    says that it is a man's voice."""

    sound: str
    at_s: float
    end_s: float
    seed: tuple[int, ...]
    syllables: tuple[Syllable, ...]
    deep: bool = False

    @property
    def voice(self) -> Voice:
        return VOICES[self.sound]

    def opening(self, t: float) -> float:
        """How far this sound opens the mouth at `t` seconds, 0 before it starts to 1 for a wide vowel; the mouth is shut again
        0.1 s after its end."""
        return max((self._share(i, t) * _path(OPEN, one, t - self.at_s) for i, one in enumerate(self.syllables)), default=0.0)

    def rounding(self, t: float) -> float:
        """How far it rounds the lips, 0 to 1."""
        return max((self._share(i, t) * _path(ROUND, one, t - self.at_s) for i, one in enumerate(self.syllables)), default=0.0)

    def _share(self, i: int, t: float) -> float:
        """How much of syllable `i` the mouth shows. Between syllables it closes only for lips and pauses."""
        one = self.syllables[i]
        start, end = self.at_s + one.at_s, self.at_s + one.at_s + one.length_s
        following = self.syllables[i + 1] if i + 1 < len(self.syllables) else None
        move = min(MOVE_S, 0.45 * one.length_s)
        shut = MOVE_S if following is None else move
        close_from = end if following is None else end - move
        share = _ramp((t - start) / move) * (1 - _ramp((t - close_from) / shut))
        joined = following is not None and following.starts not in SHUT and self.at_s + following.at_s - end < JOINED_S
        if joined and close_from <= t < end + move:
            share = max(share, 0.45 * (1 - _ramp((t - end) / move)))
        return share


def _path(of_vowel: dict[str, float], one: Syllable, since_s: float) -> float:
    along = min(max((since_s - one.at_s) / one.length_s, 0.0), 1.0)
    values = [of_vowel.get(vowel, 0.0) for vowel in one.vowels]
    return float(np.interp(along, np.linspace(0, 1, len(values)), values)) if len(values) > 1 else values[0]


def utterances(script: Script) -> tuple[Utterance, ...]:
    """Every sound of the script in order of onset."""
    deep = CAREGIVERS[script.cast.caregiver].deep
    made = []
    for stream, events in acted(script).items():
        for event in events:
            sound = SOUNDS.get((stream, event.act))
            if sound is not None:
                seed = (script.seed, *_serve(stream, event))
                made.append(utterance(sound, event.at_us / 1e6, event.end_us / 1e6, seed, deep))
    return tuple(sorted(made, key=lambda one: one.at_s))


def utterance(sound: str, at_s: float, end_s: float, seed: tuple[int, ...], deep: bool = False) -> Utterance:
    """The sound of that name in that time; `deep` asks for a man's voice where a caregiver speaks. What mirrors a coo
    keeps to its octave."""
    voice = VOICES[sound]
    deep = deep and voice.actor == "caregiver"
    syllables = voice.syllables(end_s - at_s, np.random.default_rng(seed))
    lower = deep and sound != "vocal_mirroring"
    return Utterance(sound, at_s, end_s, seed, tuple(deeper(syllables) if lower else syllables), deep)


def _serve(stream: str, event: Happening) -> tuple[int, ...]:
    """What seeds a sound: where it stands in the script, or where the voice stands that it mirrors."""
    answered = event.answers if isinstance(event.answers, Answers) and event.code == "vocal_mirroring" else None
    return (*(answered.stream if answered else stream).encode(), answered.at_us if answered else event.at_us)


@dataclass(frozen=True, slots=True)
class Mouth:
    """How far sounds open and round a mouth, 0 to 1, and which sound it is ("" for none)."""

    open: float
    round: float
    sound: str


def mouth_of(heard: tuple[Utterance, ...], actor: str, t: float) -> Mouth:
    """What the sounds do to the mouth of "infant" or "caregiver" at `t` seconds."""
    near = [one for one in heard if one.voice.actor == actor and one.at_s <= t <= one.end_s + MOVE_S]
    if not near:
        return Mouth(0.0, 0.0, "")
    widest = max(near, key=lambda one: one.opening(t))
    return Mouth(widest.opening(t), widest.rounding(t), widest.sound)


@dataclass(frozen=True, slots=True)
class Caption:
    """Words for a sound, for those who do not hear it."""

    actor: str
    text: str
    from_us: int
    to_us: int


LEAST_CAPTION_US = 1_000_000  # shorter sounds keep their caption this long, so that it can be read


def captions(script: Script) -> tuple[Caption, ...]:
    """One caption a sound; it goes when the same person's next sound comes."""
    made: list[Caption] = []
    for actor in ("infant", "caregiver"):
        own = [one for one in utterances(script) if one.voice.actor == actor]
        for i, one in enumerate(own):
            from_us, end_us = round(one.at_s * 1e6), round(one.end_s * 1e6)
            until = round(own[i + 1].at_s * 1e6) if i + 1 < len(own) else script.length_us
            made.append(
                Caption(actor, one.voice.caption, from_us, min(max(end_us, from_us + LEAST_CAPTION_US), max(until, end_us)))
            )
    return tuple(sorted(made, key=lambda one: one.from_us))


def captions_at(made: tuple[Caption, ...], t_us: int) -> tuple[str, str]:
    """The words shown at `t_us` for infant and caregiver, "" for none; the newer one where two would show."""
    words = {one.actor: one.text for one in made if one.from_us <= t_us < one.to_us}
    return words.get("infant", ""), words.get("caregiver", "")
