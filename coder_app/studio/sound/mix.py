"""The sound track of a clip: every person's sounds from that person's side, in a small dry room; silence between them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from coder_app.studio.script import Script
from coder_app.studio.sound.plan import utterances
from coder_app.studio.sound.synth import RATE, Wave, sounded

ECHOES = ((0.009, 0.11), (0.017, 0.07))  # seconds after the sound, strength


def track(script: Script) -> npt.NDArray[np.float32]:
    """The sound of the whole clip, shape (samples, 2), left and right, within -1 and 1."""
    n_samples = round(script.length_us * RATE / 1_000_000)
    mixed = np.zeros((n_samples, 2))
    for one in utterances(script):
        placed = _placed(sounded(one), one.voice.actor, one.voice.far)
        start = round(one.at_s * RATE)
        end = min(start + len(placed), n_samples)
        mixed[start:end] += placed[: end - start]
    return np.clip(mixed, -1, 1).astype(np.float32)


def _placed(wave: Wave, actor: str, far: float) -> Wave:
    """Left and right: the infant sits on the left. Both sides together keep the loudness; two faint echoes follow."""
    sides = np.sqrt([far, 1 - far] if actor == "infant" else [1 - far, far])
    placed = np.pad(wave, (0, round(max(after for after, _ in ECHOES) * RATE)))
    for after, strength in ECHOES:
        start = round(after * RATE)
        placed[start : start + len(wave)] += strength * wave
    return placed[:, None] * sides
