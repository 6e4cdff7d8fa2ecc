"""Sounds as samples: the harmonics of a voice under the resonances of a mouth that moves from vowel to vowel, and breath
shaped by the same resonances. One sound is a pure function of its plan and seed.
"""

from __future__ import annotations

from itertools import zip_longest

import numpy as np
import numpy.typing as npt

from coder_app.studio.sound.plan import JOINED_S, Utterance
from coder_app.studio.sound.voices import Syllable, Voice

RATE = 48_000
HOP = 240  # resonances move in steps of 5 ms
HIGHEST_HZ = 7500.0
TRACT = {"infant": 1.5, "caregiver": 1.0}  # resonances of a short vocal tract lie higher
DEEP_TRACT = 0.86
VOWELS = {  # resonances of a grown woman's mouth, Hz; rounded values of the published averages
    "ah": (850.0, 1300.0, 2800.0, 3900.0),
    "ae": (880.0, 1900.0, 2850.0, 3950.0),
    "eh": (600.0, 2050.0, 2900.0, 3900.0),
    "ee": (340.0, 2650.0, 3250.0, 4100.0),
    "uh": (680.0, 1300.0, 2750.0, 3800.0),
    "oh": (520.0, 950.0, 2650.0, 3700.0),
    "oo": (400.0, 900.0, 2550.0, 3650.0),
    "shh": (2300.0, 3400.0, 4800.0, 6400.0),
    "suck": (900.0, 1700.0, 5200.0, 6800.0),
}
WIDTHS = (90.0, 120.0, 180.0, 260.0)
LOCI = {  # where the resonances start after a consonant, and how loud its closure is
    "m": ((280.0, 950.0, 2200.0, 3500.0), 0.40),
    "n": ((280.0, 1500.0, 2500.0, 3500.0), 0.40),
    "b": ((300.0, 900.0, 2300.0, 3500.0), 0.15),
    "d": ((300.0, 1750.0, 2700.0, 3600.0), 0.15),
    "l": ((380.0, 1150.0, 2800.0, 3700.0), 0.60),
}
OVERLAP_S = 0.04  # a syllable sounds on under the start of one that it runs into
CLOSURE_S, GLIDE_S = 0.03, 0.05
VIBRATO = (5.5, 0.006)  # Hz, share of the pitch

Wave = npt.NDArray[np.float64]


def sounded(one: Utterance) -> Wave:
    """The samples of a sound, exactly as long as it is, at its voice's loudness, one channel."""
    voice = one.voice
    rng = np.random.default_rng((*one.seed, 1))
    wave = np.zeros(round((one.end_s - one.at_s) * RATE))
    sounding = np.zeros(len(wave), bool)
    for syllable, following in zip_longest(one.syllables, one.syllables[1:]):
        start = round(syllable.at_s * RATE)
        joined = following is not None and following.at_s - syllable.at_s - syllable.length_s < JOINED_S
        n = min(round((syllable.length_s + (OVERLAP_S if joined else 0)) * RATE), len(wave) - start)
        if n > 1:
            wave[start : start + n] += syllable.loud * _syllable(syllable, one, n, rng)
            sounding[start : start + n] |= bool(syllable.pitch_hz) or "shh" in syllable.vowels or voice.breath == 1.0
    loud = float(np.sqrt(np.mean(wave[sounding] ** 2))) if sounding.any() else 0.0
    return wave * 10 ** (voice.level_db / 20) / max(loud, 1e-9)


def _syllable(one: Syllable, of: Utterance, n: int, rng: np.random.Generator) -> Wave:
    """One syllable of a sound at RMS 1 before its edges."""
    voice = of.voice
    resonances = _resonances(one, DEEP_TRACT if of.deep else TRACT[voice.actor], n)
    breath = _level(_breath(resonances, n, rng))
    if not one.pitch_hz:
        return breath * _edges(n, voice) * _start(one, n)
    pitch = _pitch(one, voice, n, rng)
    wave = (1 - voice.breath) * _level(_voiced(pitch, resonances, voice, n)) + voice.breath * breath
    if voice.rough:
        wave = wave * (1 + 0.22 * voice.rough * _slow_noise(n, 45, rng)) + 0.10 * voice.rough * breath
    wave = wave * (0.72 + 0.28 * np.sin(np.pi * np.linspace(0, 1, n)))
    return wave * _edges(n, voice) * _start(one, n) + _burst(one, breath)


def _pitch(one: Syllable, voice: Voice, n: int, rng: np.random.Generator) -> Wave:
    """Hz at each sample: the contour, rounded off, with vibrato and the shake of a rough voice."""
    along = np.linspace(0, 1, n)
    contour = np.interp(along, np.linspace(0, 1, len(one.pitch_hz)), one.pitch_hz)
    hz, depth = VIBRATO
    moved = 1 + depth * np.sin(2 * np.pi * hz * np.arange(n) / RATE) + 0.012 * voice.rough * _slow_noise(n, 70, rng)
    return np.asarray(contour * moved)


def _resonances(one: Syllable, tract: float, n: int) -> Wave:
    """Resonances in Hz, shape (steps, 4): through the vowels in turn, coming from where the consonant left the mouth. The
    noises of lips and teeth are the same for everybody."""
    steps = n // HOP + 2
    table = np.array([VOWELS[vowel] for vowel in one.vowels])
    along = np.linspace(0, 1, steps) * (len(table) - 1)
    path = np.stack([np.interp(along, np.arange(len(table)), table[:, i]) for i in range(4)], 1)
    if one.starts in LOCI:
        since = np.arange(steps) * HOP / RATE
        share = np.clip((since - CLOSURE_S) / GLIDE_S, 0, 1)[:, None]
        path = (1 - share) * np.array(LOCI[one.starts][0]) + share * path
    return np.asarray(path if {"suck", "shh"} & set(one.vowels) else path * tract)


def _gain(hz: Wave, resonances: Wave) -> Wave:
    """How strongly a mouth passes `hz` (steps, many), each resonance passing what lies below it."""
    gain = np.ones_like(hz)
    for i, width in enumerate(WIDTHS):
        centre = resonances[:, i : i + 1]
        gain = gain * centre**2 / np.sqrt((hz**2 - centre**2) ** 2 + (1.3 * width * hz) ** 2)
    return gain


def _voiced(pitch: Wave, resonances: Wave, voice: Voice, n: int) -> Wave:
    """Harmonics, each as strong as the voice makes it and the mouth lets it through."""
    steps = np.minimum(np.arange(len(resonances)) * HOP, n - 1)
    at_steps = pitch[steps]
    phase = 2 * np.pi * np.cumsum(pitch) / RATE
    samples = np.arange(n)
    steep = 1.05 + 1.2 * voice.dull - 0.35 * voice.rough
    many = int(HIGHEST_HZ // at_steps.min())
    hz = at_steps[:, None] * np.arange(1, many + 1)
    gains = _gain(hz, resonances) * np.arange(1, many + 1) ** -steep * (hz < HIGHEST_HZ)
    wave = np.zeros(n)
    for k in range(many):
        wave += np.interp(samples, np.arange(len(resonances)) * HOP, gains[:, k]) * np.sin((k + 1) * phase)
    if voice.rough > 0.5:  # the voice breaks into half its pitch in the middle, as hard crying and shouting do
        wave *= 1 + 0.3 * voice.rough * np.sin(np.pi * np.linspace(0, 1, n)) ** 2 * np.sin(phase / 2)
    return wave


def _breath(resonances: Wave, n: int, rng: np.random.Generator) -> Wave:
    """Noise through the same mouth."""
    window = np.hanning(2 * HOP + 1)[:-1]
    hz = np.fft.rfftfreq(2 * HOP, 1 / RATE)
    shaped = _gain(np.broadcast_to(hz, (len(resonances), len(hz))), resonances) * (hz < 9000) * np.minimum(hz / 500, 1)
    noise = np.fft.irfft(np.fft.rfft(rng.standard_normal((len(resonances), 2 * HOP)), axis=1) * shaped, axis=1) * window
    wave = np.zeros(HOP * (len(resonances) + 1))
    for i, piece in enumerate(noise):
        wave[i * HOP : i * HOP + 2 * HOP] += piece
    return wave[HOP : HOP + n] if len(wave) >= HOP + n else np.pad(wave[HOP:], (0, n - len(wave) + HOP))


def _start(one: Syllable, n: int) -> Wave:
    """The closure of the consonant: quieter until it opens."""
    if one.starts not in LOCI:
        return np.ones(n)
    since = np.arange(n) / RATE
    share = np.clip((since - CLOSURE_S) / 0.02, 0, 1)
    return np.asarray(LOCI[one.starts][1] * (1 - share) + share)


def _burst(one: Syllable, breath: Wave) -> Wave:
    """The puff of breath that some syllables open with."""
    length_s, strength = {"k": (0.012, 1.2), "h": (0.05, 0.5)}.get(one.starts, (0.0, 0.0))
    since = np.arange(len(breath)) / RATE
    return np.asarray(strength * breath * np.clip(1 - since / max(length_s, 1e-9), 0, 1) * np.clip(since / 0.002, 0, 1))


def _edges(n: int, voice: Voice) -> Wave:
    """In and out without a click, both within the sound."""
    rise, fall = (max(1, min(round(part * RATE), n // 2)) for part in (voice.attack_s, voice.release_s))
    edges = np.ones(n)
    edges[:rise] = np.sin(0.5 * np.pi * np.linspace(0, 1, rise)) ** 2
    edges[-fall:] *= np.sin(0.5 * np.pi * np.linspace(1, 0, fall)) ** 2
    return edges


def _level(wave: Wave) -> Wave:
    return np.asarray(wave / max(float(np.sqrt(np.mean(wave**2))), 1e-9))


def _slow_noise(n: int, hz: float, rng: np.random.Generator) -> Wave:
    """Smooth noise of about `hz`, within about -2 and 2."""
    knots = rng.standard_normal(max(2, round(n / RATE * hz) + 2))
    return np.interp(np.linspace(0, len(knots) - 1, n), np.arange(len(knots)), knots)
