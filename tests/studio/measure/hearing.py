"""What can be heard in a stereo track, from its samples alone: when something sounds, on which side, how loud, how high.

Nothing here knows how the sounds were made. Waves are float arrays (samples, 2), left and right; times are seconds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Wave = npt.NDArray[np.float64]
STEP_S = 0.002
QUIET_DB = -35.0  # below the loudest moment of a sound: not part of it
MASKED = 10**-2.1  # a power this much below the other side's
VOICED = 0.6  # autocorrelation at the period; breath alone stays below 0.4
PITCH_HZ = (120.0, 800.0)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of sound; `side` is "left" or "right", whichever is louder; `level_db` is its RMS, both sides together."""

    from_s: float
    to_s: float
    side: str
    level_db: float


def power(wave: Wave, rate: int, window_s: float = 0.006) -> Wave:
    """Mean square of all channels together, one value every 2 ms."""
    n, step = round(window_s * rate), round(STEP_S * rate)
    summed = np.concatenate([[0.0], np.cumsum(np.sum(np.asarray(wave, float) ** 2, 1))])
    at = np.arange(0, len(wave), step)
    low, high = np.maximum(at - n // 2, 0), np.minimum(at + n // 2, len(wave))
    return np.asarray((summed[high] - summed[low]) / np.maximum(high - low, 1))


def stretches(wave: Wave, rate: int, pause_s: float, floor_db: float = -62.0) -> list[Stretch]:
    """Stretches of sound with no pause of `pause_s` within, each trimmed to where it is within 35 dB of its loudest moment."""
    level = 10 * np.log10(power(wave, rate) + 1e-12)
    found = []
    for first, last in _runs(level > floor_db, round(pause_s / STEP_S)):
        part = level[first:last]
        loud = np.flatnonzero(part > max(part.max() + QUIET_DB, floor_db))
        from_s, to_s = (first + loud[0]) * STEP_S, (first + loud[-1] + 1) * STEP_S
        piece = wave[round(from_s * rate) : round(to_s * rate)]
        left, right = np.mean(piece**2, 0)
        found.append(Stretch(from_s, to_s, "left" if left > right else "right", 10 * np.log10(left + right)))
    return found


def _runs(on: npt.NDArray[np.bool_], join: int) -> list[tuple[int, int]]:
    """Runs of True, those less than `join` steps apart taken together."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], on.astype(int), [0]])))
    runs: list[tuple[int, int]] = []
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        if runs and first - runs[-1][1] < join:
            runs[-1] = (runs[-1][0], int(last))
        else:
            runs.append((int(first), int(last)))
    return runs


def of_side(wave: Wave, rate: int, side: str, leak: float) -> Wave:
    """What comes from one side, as (samples, 2), the other silent. `leak` is the share of a sound heard on the far side, as
    `leak_of` measures it where one person sounds alone. What is 21 dB fainter than the other side at that moment is taken for
    what the file's compression left of it."""
    pair = wave if side == "left" else wave[:, ::-1]
    near, far = ((pair[:, i] - leak * pair[:, 1 - i]) / (1 - leak**2) for i in (0, 1))
    quiet = power(near[:, None], rate, 0.02) < MASKED * power(far[:, None], rate, 0.02)
    near[np.repeat(quiet, round(STEP_S * rate))[: len(near)]] = 0
    silent = np.zeros_like(near)
    return np.stack([near, silent] if side == "left" else [silent, near], 1)


def leak_of(wave: Wave, rate: int, from_s: float, to_s: float) -> float:
    """How much fainter a lone sound is on its far side, as a ratio of amplitudes."""
    piece = np.sqrt(np.mean(wave[round(from_s * rate) : round(to_s * rate)] ** 2, 0))
    return float(piece.min() / piece.max())


def pitch(wave: Wave, rate: int, at_s: float, window_s: float = 0.04) -> float | None:
    """Pitch in Hz around `at_s`, or None where no voice sounds: the first high peak of the autocorrelation."""
    half = round(window_s * rate / 2)
    middle = round(at_s * rate)
    part = np.sum(wave[max(middle - half, 0) : middle + half], 1)
    part = (part - part.mean()) * np.hanning(len(part))
    if float(np.mean(part**2)) < 1e-10:
        return None
    window = np.fft.irfft(np.abs(np.fft.rfft(np.hanning(len(part)), 4 * len(part))) ** 2)
    similar = np.fft.irfft(np.abs(np.fft.rfft(part, 4 * len(part))) ** 2)
    short, long = (round(rate / hz) for hz in PITCH_HZ[::-1])
    similar = similar[: long + 2] / np.maximum(window[: long + 2], 1e-9)
    similar = similar / similar[0]
    inner = similar[short : long + 1]
    peaks = [i for i in range(1, len(inner) - 1) if inner[i - 1] < inner[i] >= inner[i + 1]]
    high = [i for i in peaks if inner[i] > max(VOICED, 0.88 * max(inner[j] for j in peaks))]
    if not high:
        return None
    lag = high[0] + short
    before, here, after = similar[lag - 1 : lag + 2]
    return float(rate / (lag + 0.5 * (before - after) / (before - 2 * here + after)))


def contour(wave: Wave, rate: int, from_s: float, to_s: float, every_s: float = 0.01) -> Wave:
    """Pitch in Hz every 10 ms, NaN where no voice sounds, shape (n, 2): time and pitch."""
    times = np.arange(from_s + 0.02, to_s - 0.02, every_s)
    return np.array([(t, pitch(wave, rate, t) or np.nan) for t in times]).reshape(-1, 2)


def noisiness(wave: Wave, rate: int, from_s: float, to_s: float) -> float:
    """Share of the power above 2.5 kHz: near 0 in a hum, over half in a hush."""
    part = np.sum(wave[round(from_s * rate) : round(to_s * rate)], 1)
    spectrum = np.abs(np.fft.rfft(part * np.hanning(len(part)))) ** 2
    return float(spectrum[np.fft.rfftfreq(len(part), 1 / rate) > 2500].sum() / spectrum.sum())
