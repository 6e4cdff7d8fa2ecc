"""Every sound of the clips by name: how it is cut into syllables, its pitch, its voice, and what a caption calls it.

Pitch and length follow published acoustics of infant and infant-directed voices: coo 300-450 Hz, a slow rise and fall; fuss
350-450 Hz, falling, nasal; cry in bursts of about 1.4 s, an arc 400-580-400 Hz, gaps of 0.4 s with a drawn breath;
infant-directed 250-400 Hz, wide and slow; narrating 200-260 Hz, level; soothing 150-200 Hz, falling, between hushes; harsh
300 Hz, staccato, loud; talk to others 180 Hz. A mirrored voice has the contour of a coo an octave lower. Nothing is a word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

Rng = np.random.Generator


@dataclass(frozen=True, slots=True)
class Syllable:
    """A piece of sound, `at_s` after its sound begins.

    `pitch_hz` is a contour spread evenly over it, empty for breath without voice; `vowels` are passed through in turn;
    `starts` is the consonant it opens with, "" for none; `loud` is relative to the loudest, 0..1.
    """

    at_s: float
    length_s: float
    pitch_hz: tuple[float, ...]
    vowels: tuple[str, ...]
    starts: str = ""
    loud: float = 1.0


@dataclass(frozen=True, slots=True)
class Voice:
    """`level_db` is the loudness of the sounding parts, in dB below full scale (RMS of both sides); `breath` the share of noise
    in the voice; `rough` shakes pitch and strength; `dull` takes away height, as of a head turned away; `far` is how far
    the sound leans to its own side, 0.5 (middle) to 1; `attack_s` and `release_s` are the edges of a syllable."""

    actor: str
    caption: str
    level_db: float
    syllables: Callable[[float, Rng], list[Syllable]]
    breath: float = 0.05
    rough: float = 0.0
    dull: float = 0.0
    far: float = 0.88
    attack_s: float = 0.03
    release_s: float = 0.06


def _pieces(length_s: float, each_s: float, gap_s: float) -> Iterator[tuple[float, float]]:
    """Start and length of equal pieces of about `each_s`, never under half, gaps between; the last ends with the sound."""
    most = int((length_s + gap_s) / (0.5 * each_s + gap_s))
    n = max(1, min(round((length_s + gap_s) / (each_s + gap_s)), most))
    each = (length_s - gap_s * (n - 1)) / n
    for i in range(n):
        yield i * (each + gap_s), each


def _scaled(contour: tuple[float, ...], factor: float) -> tuple[float, ...]:
    return tuple(hz * factor for hz in contour)


DEEP_SHARE = 0.6  # of the range, on a scale of semitones
COO = (320.0, 395.0, 430.0, 395.0, 330.0)


def _coo(length_s: float, rng: Rng) -> list[Syllable]:
    """One long vowel that rises and falls; a long coo is several, close together."""
    pieces = list(_pieces(length_s, 0.62, 0.12)) if length_s > 0.95 else [(0.0, length_s)]
    return [Syllable(at, each, _scaled(COO, float(rng.uniform(0.97, 1.03))), ("oo", "ah", "oo")) for at, each in pieces]


def _octave_lower(length_s: float, rng: Rng) -> list[Syllable]:
    return [Syllable(one.at_s, one.length_s, _scaled(one.pitch_hz, 0.5), one.vowels, one.starts) for one in _coo(length_s, rng)]


def _fuss(length_s: float, rng: Rng) -> list[Syllable]:
    """Short nasal complaints, each falling, each a little lower than the one before."""
    made: list[Syllable] = []
    for at, each in _pieces(length_s, 0.36, 0.07):
        top = 445 - 35 * at / length_s + float(rng.uniform(-6, 6))
        made.append(Syllable(at, each, (top - 12, top, top - 25, top - 50), ("eh", "ae", "eh"), "n"))
    return made


def _cry(length_s: float, rng: Rng) -> list[Syllable]:
    made: list[Syllable] = []
    for at, each in _pieces(length_s, 1.4, 0.4):
        if made:
            made.append(Syllable(at - 0.29, 0.22, (), ("ah",), "h", 0.2))
        peak = 580 * float(rng.uniform(0.98, 1.02))
        contour = (400.0, 0.93 * peak, peak, 0.98 * peak, 0.9 * peak, 400.0)
        made.append(Syllable(at, each, contour, ("eh", "ae", "ah", "ae", "eh")))
    return made


def _laugh(length_s: float, rng: Rng) -> list[Syllable]:
    """Breathy beats, four or five a second, that fall away."""
    made = []
    for at, each in _pieces(length_s, 0.15, 0.07):
        top = 490 - 110 * at / length_s + float(rng.uniform(-15, 15))
        made.append(Syllable(at, each, (top, 1.05 * top, 0.86 * top), ("eh", "ah"), "h", 1 - 0.4 * at / length_s))
    return made


def _hiccup(length_s: float, rng: Rng) -> list[Syllable]:
    """One breath snapped in and cut off, whatever the length of the event."""
    return [Syllable(0.0, min(0.15, length_s), (390.0, 520.0, 690.0), ("uh", "ee"), "k")]


def _suck(length_s: float, rng: Rng) -> list[Syllable]:
    """Soft wet pulls at a fist, about three in two seconds."""
    return [Syllable(at, each, (), ("suck",), "k") for at, each in _pieces(length_s, 0.14, 0.5)]


TUNES = ((392, 262, 349, 262), (392, 330, 262, 392, 294), (262, 392, 330, 392, 262), (294, 392, 262, 330, 262))  # Hz
OPENINGS = ("m", "b", "l", "d", "n", "")


def _sing_song(length_s: float, rng: Rng) -> list[Syllable]:
    """Slow syllables on the notes of a nursery tune, the last drawn out and gliding."""
    tune = TUNES[int(rng.integers(len(TUNES)))]
    pieces = list(_pieces(length_s, 0.38, 0.03))
    made: list[Syllable] = []
    for i, (at, each) in enumerate(pieces):
        note = float(tune[i % len(tune)])
        following = float(tune[(i + 1) % len(tune)])
        last = i == len(pieces) - 1
        contour = (
            (note * 0.96, note, note, 0.6 * note + 0.4 * following) if not last else (note, min(1.12 * note, 398.0), 265.0)
        )
        vowels = (("ah", "oo"), ("ee",), ("oo",), ("ah",), ("eh", "ee"))[int(rng.integers(5))] if made else ("ah", "oo")
        starts = OPENINGS[int(rng.integers(3))] if made else "l"
        made.append(Syllable(at, each, contour, vowels, starts, 1.0 if i % 2 == 0 else 0.75))
    return made


def _talk(
    length_s: float, rng: Rng, pitch_hz: tuple[float, float], each_s: float, lively: float, words: tuple[int, int] = (2, 4)
) -> list[Syllable]:
    """Syllables in small groups, sinking from the first pitch to the second, each `lively` Hz up or down. The first is wide
    open, so that the onset can be seen too."""
    made: list[Syllable] = []
    left = int(rng.integers(*words))
    for at, each in _pieces(length_s, each_s, 0.015):
        share = at / length_s
        base = pitch_hz[0] * (1 - share) + pitch_hz[1] * share + float(rng.uniform(-lively, lively))
        left -= 1
        short = 0.72 * each if left == 0 and length_s - at - each > 0.2 else each
        left = left or int(rng.integers(*words))
        vowels = (("ah",), ("eh",), ("oh",), ("ee",), ("uh",), ("eh", "ee"))[int(rng.integers(6))]
        starts = OPENINGS[int(rng.integers(6))]
        if not made:
            vowels, starts = ("ah",), ""
        made.append(Syllable(at, short, (base, base + 0.3 * lively, base - 0.3 * lively), vowels, starts))
    return made


def _narrating(length_s: float, rng: Rng) -> list[Syllable]:
    return _talk(length_s, rng, (242.0, 222.0), 0.23, 12.0)


def _other(length_s: float, rng: Rng) -> list[Syllable]:
    return _talk(length_s, rng, (190.0, 172.0), 0.18, 8.0, words=(3, 6))


def _flat(length_s: float, rng: Rng) -> list[Syllable]:
    return [
        Syllable(at, each, (201.0, 200.0, 199.0), (("uh",), ("eh",))[i % 2], ("d", "n")[i % 2])
        for i, (at, each) in enumerate(_pieces(length_s, 0.28, 0.03))
    ]


def _harsh(length_s: float, rng: Rng) -> list[Syllable]:
    """Short, hard, all alike."""
    return [Syllable(at, each, (312.0, 306.0, 284.0), ("ae", "ah"), "k") for at, each in _pieces(length_s, 0.15, 0.12)]


def _soothing(length_s: float, rng: Rng) -> list[Syllable]:
    """Hush and falling hum by turns; a short one is a falling hum alone."""
    if length_s < 0.9:
        return [Syllable(0.0, length_s, (200.0, 175.0, 152.0), ("oh", "oo"))]
    made = []
    for at, each in _pieces(length_s, 1.5, 0.1):
        hush = 0.4 * each
        made.append(Syllable(at, hush, (), ("shh",), loud=0.5))
        made.append(Syllable(at + hush + 0.04, each - hush - 0.04, (198.0, 186.0, 170.0, 152.0), ("oh", "oo"), "m"))
    return made


def _woe(length_s: float, rng: Rng) -> list[Syllable]:
    """Long low sighs with the feeling of the other in them."""
    return [Syllable(at, each, (190.0, 205.0, 178.0, 152.0), ("oh", "oo")) for at, each in _pieces(length_s, 1.05, 0.16)]


def deeper(syllables: list[Syllable]) -> list[Syllable]:
    """The same in a man's voice: in the lower part of the range."""
    low = min((hz for one in syllables for hz in one.pitch_hz), default=1.0)
    return [replace(one, pitch_hz=tuple(low * (hz / low) ** DEEP_SHARE for hz in one.pitch_hz)) for one in syllables]


VOICES = {
    "coo": Voice("infant", "[coos]", -25.0, _coo, breath=0.12, attack_s=0.05, release_s=0.07),
    "fuss": Voice("infant", "[fusses]", -24.0, _fuss, rough=0.35),
    "cry": Voice("infant", "[cries]", -16.0, _cry, breath=0.06, rough=0.7, attack_s=0.05, release_s=0.16),
    "laugh": Voice("infant", "[laughs]", -22.0, _laugh, breath=0.25, attack_s=0.015, release_s=0.05),
    "hiccup": Voice("infant", "[hic]", -22.0, _hiccup, breath=0.3, attack_s=0.005, release_s=0.012),
    "suck": Voice("infant", "[sucks]", -38.0, _suck, breath=1.0, attack_s=0.02, release_s=0.05),
    "infant_directed": Voice("caregiver", "[sing-song]", -22.0, _sing_song, breath=0.06, attack_s=0.04, release_s=0.07),
    "narrating": Voice("caregiver", "(describes)", -24.0, _narrating),
    "soothing": Voice("caregiver", "[shh ...]", -28.0, _soothing, breath=0.2, dull=0.2, attack_s=0.06, release_s=0.16),
    "flat": Voice("caregiver", "[flat voice]", -27.0, _flat, dull=0.3),
    "harsh": Voice("caregiver", "[harsh voice]", -15.0, _harsh, rough=0.55, attack_s=0.008, release_s=0.03),
    "other_directed": Voice("caregiver", "(to someone else)", -27.0, _other, dull=0.45, far=0.96),
    "vocal_mirroring": Voice("caregiver", "[coos back]", -24.0, _octave_lower, breath=0.1, attack_s=0.05, release_s=0.07),
    "affect_mirroring": Voice("caregiver", "[ohh ...]", -25.0, _woe, breath=0.15, dull=0.1, attack_s=0.06, release_s=0.16),
}
