"""Wordless voices for practice clips: harmonics under vowel formants, infant from the left, caregiver from the right.

Pitch and length follow published acoustics of infant and infant-directed voices: coo 300-450 Hz with a slow rise and fall, fuss
350-450 Hz falling, cry bursts of 1.4 s in an arc 400-580-400 Hz with 0.4 s gaps, infant-directed 250-400 Hz wide and slow,
narrating 200-260 Hz level, soothing 150-200 Hz falling under a hush; vocal mirroring repeats the contour of the coo an octave
lower. Between events there is digital silence.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from coder_app.studio.script import Happening, Script

RATE = 48_000
EDGE_S = 0.03  # fade at both ends: no click, and still on time
SIDES = {"infant": (0.85, 0.22), "caregiver": (0.22, 0.85)}

Wave = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Voice:
    """`pitch_hz` is a contour, spread evenly over the sound; formants are (Hz, width Hz, gain); `rough` shakes the pitch and
    adds noise; `bursts_s` splits the sound into bursts (length, gap); `breath` is the share of hush."""

    actor: str
    pitch_hz: tuple[float, ...]
    formants: tuple[tuple[float, float, float], ...]
    loudness: float
    rough: float = 0.0
    bursts_s: tuple[float, float] | None = None
    breath: float = 0.0
    syllables: float = 0.0  # a second


OO = ((450.0, 120.0, 1.0), (1100.0, 200.0, 0.35), (3300.0, 500.0, 0.06))
AH = ((900.0, 200.0, 1.0), (1600.0, 260.0, 0.6), (3600.0, 600.0, 0.15))
NASAL = ((380.0, 120.0, 1.0), (1250.0, 200.0, 0.5), (2800.0, 500.0, 0.12))
TALK = ((600.0, 160.0, 1.0), (1500.0, 250.0, 0.4), (2700.0, 400.0, 0.1))
VOICES = {
    ("infant_voice", "coo"): Voice("infant", (320, 400, 430, 390, 330), OO, 0.34),
    ("infant_voice", "fuss"): Voice("infant", (430, 440, 400, 360), NASAL, 0.30, rough=0.25),
    ("infant_voice", "cry"): Voice("infant", (400, 540, 580, 520, 400), AH, 0.55, rough=0.45, bursts_s=(1.4, 0.4)),
    ("caregiver_voice", "infant_directed"): Voice("caregiver", (260, 390, 300, 400, 260), TALK, 0.36, syllables=2.5),
    ("caregiver_voice", "narrating"): Voice("caregiver", (230, 245, 225, 240, 215), TALK, 0.30, syllables=4.0),
    ("caregiver_voice", "soothing"): Voice("caregiver", (200, 180, 160, 150), OO, 0.22, breath=0.35, syllables=0.8),
    ("returns", "vocal_mirroring"): Voice("caregiver", (160, 200, 215, 195, 165), OO, 0.36),
    ("returns", "affect_mirroring"): Voice("caregiver", (200, 190, 170, 150), OO, 0.26, syllables=0.6),
}


def track(script: Script) -> npt.NDArray[np.float32]:
    """The sound of the whole clip, shape (samples, 2), left and right, within -1 and 1."""
    n_samples = round(script.length_us * RATE / 1_000_000)
    mixed = np.zeros((n_samples, 2))
    for stream, code in VOICES:
        for i, event in enumerate(script.events(stream)):
            if event.code == code:
                start = round(event.at_us * RATE / 1_000_000)
                rng = np.random.default_rng([script.seed, i, *f"{stream}.{code}".encode()])
                wave = voiced(VOICES[stream, code], _seconds(event), rng)[: n_samples - start]
                mixed[start : start + len(wave)] += wave[:, None] * SIDES[VOICES[stream, code].actor]
    return np.clip(mixed, -1, 1).astype(np.float32)


def _seconds(event: Happening) -> float:
    return (event.end_us - event.at_us) / 1_000_000


def voiced(voice: Voice, length_s: float, rng: np.random.Generator) -> Wave:
    """One sound of exactly `length_s` seconds."""
    if voice.bursts_s is None:
        return _burst(voice, round(length_s * RATE), rng)
    wave = np.zeros(round(length_s * RATE))
    burst, gap = (round(part * RATE) for part in voice.bursts_s)
    for start in range(0, len(wave), burst + gap):
        one = _burst(voice, min(burst, len(wave) - start), rng)
        wave[start : start + len(one)] = one
    return wave


def _burst(voice: Voice, n: int, rng: np.random.Generator) -> Wave:
    if n < 2:
        return np.zeros(n)
    along = np.linspace(0, 1, n)
    pitch = np.interp(along, np.linspace(0, 1, len(voice.pitch_hz)), voice.pitch_hz)
    if voice.rough:
        pitch = pitch * (1 + 0.03 * voice.rough * _slow_noise(n, 60, rng))
    phase = 2 * np.pi * np.cumsum(pitch) / RATE
    wave = np.zeros(n)
    for harmonic in range(1, 16):
        wave += _formant_gain(harmonic * pitch, voice.formants) * np.sin(harmonic * phase) / np.sqrt(harmonic)
    wave /= max(float(np.max(np.abs(wave))), 1e-9)
    noise = rng.standard_normal(n)
    wave += 0.12 * voice.rough * noise * np.abs(wave)
    if voice.breath:
        wave = (1 - voice.breath) * wave + voice.breath * 0.5 * np.convolve(noise, [0.25, -0.5, 0.25], "same")
    return np.asarray(voice.loudness * wave * _envelope(voice, n, along))


def _formant_gain(hz: Wave, formants: tuple[tuple[float, float, float], ...]) -> Wave:
    gain = np.full_like(hz, 0.02)
    for centre, width, height in formants:
        gain += height / (1 + ((hz - centre) / width) ** 2)
    return gain


def _envelope(voice: Voice, n: int, along: Wave) -> Wave:
    """Up fast, down slower, with pulses for syllables; short fades keep both ends on time and free of clicks."""
    shape = np.power(np.sin(np.pi * np.clip(along * 0.9 + 0.08, 0, 1)), 0.6)
    if voice.syllables:
        shape = shape * (0.65 + 0.35 * np.cos(2 * np.pi * voice.syllables * np.arange(n) / RATE))
    edge = max(1, min(round(EDGE_S * RATE), n // 4))
    fade = np.ones(n)
    fade[:edge] = np.linspace(0, 1, edge)
    fade[-edge:] = np.linspace(1, 0, edge)
    return np.asarray(shape * fade)


def _slow_noise(n: int, hz: float, rng: np.random.Generator) -> Wave:
    """Smooth noise of about `hz`, within about -2 and 2."""
    knots = rng.standard_normal(max(2, round(n / RATE * hz) + 2))
    return np.interp(np.linspace(0, len(knots) - 1, n), np.arange(len(knots)), knots)
