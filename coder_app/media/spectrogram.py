"""How strong each pitch of a video's sound is over time, for the timeline.

File: uint8, `BANDS` values a column, lowest band first; the columns of the first level, then those of each next. A column of
the first level lasts `COLUMN_US`, counted from the first frame on; one of the next level lasts `FOLD` times as long and holds
the highest value of each band below it, so that a short sound is seen at any zoom. The JSON beside the file (same name, suffix
.json) says {"bands", "lowest_hz", "highest_hz", "column_us", "fold", "floor_db", "levels": columns of each level, "loud"}.

A value v stands for `FLOOR_DB * (1 - v / 255)` dB, where 0 dB is a sine of full scale: the strongest frequency of the band, in
the louder channel, under a Hann window of `WINDOW_S` about the middle of the column. The bands are equally wide in mel
(O'Shaughnessy: 2595 log10(1 + f / 700 Hz)). "loud" is the value that the loudest half per cent of the columns reach.
"""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from coder_app.media import frames
from coder_app.media.library import Progress, only, opened, silent
from coder_app.media.output import Reporter, replacing
from coder_app.media.sound import Block, Decoder, joined, track_of

COLUMN_US = 10_000
BANDS = 64
LOWEST_HZ, HIGHEST_HZ = 60.0, 8000.0
WINDOW_S = 0.032
FLOOR_DB = -100.0
FOLD = 4
SHORTEST = 512
"""A level of no more columns has none above it."""
AT_ONCE = 256


def make(
    path: Path | str, out: Path | str, progress: Progress = silent, *, times: frames.FrameTimes | None = None
) -> Path | None:
    """Writes the spectrogram of `path` to `out` and what it holds beside it; returns `out`, or None where there is no sound
    (nothing is written).

    `times` : the video's frame times, if known already. Raises MediaError, and whatever `progress` raises.
    """
    path, out = Path(path), Path(out)
    times = times if times is not None else frames.read(path)
    first_us = int(times.container_us[0])
    sizes = levels(-(-(times.end_us - first_us) // COLUMN_US))
    report = Reporter(progress, "Making the spectrogram")
    with opened(path) as container:
        stream = track_of(container)
        if stream is None:
            return None
        only(container, stream)
        decoder = Decoder(stream)
        blocks = (block for packet in container.demux(stream) for block in decoder.blocks(packet))
        with replacing(out.with_suffix(".json")) as text, replacing(out) as part:
            analysis = Analysis(decoder.rate, decoder.channels, sizes[0])
            loud = _write(part, sizes, analysis.columns(blocks, first_us / 1_000_000), report)
            text.write_text(json.dumps(_about(sizes, loud)))
    report.done()
    return out


def levels(columns: int) -> list[int]:
    """How many columns each level has."""
    sizes = [columns]
    while sizes[-1] > SHORTEST:
        sizes.append(-(-sizes[-1] // FOLD))
    return sizes


def edges_hz() -> np.ndarray:
    """Where the bands begin, and the last one ends."""
    lowest, highest = (2595 * np.log10(1 + hz / 700) for hz in (LOWEST_HZ, HIGHEST_HZ))
    return np.asarray(700 * (10 ** (np.linspace(lowest, highest, BANDS + 1) / 2595) - 1))


class Analysis:
    """Turns sound of one rate into the `n_columns` columns of the first level."""

    def __init__(self, rate: int, channels: int, n_columns: int) -> None:
        self._rate = rate
        self._channels = channels
        self._n_columns = n_columns
        self._window = np.hanning(round(WINDOW_S * rate) + 1)[:-1].astype(np.float32)
        self._half = len(self._window) // 2
        self._size = 2 * len(self._window)
        starts = np.ceil(edges_hz() / (rate / self._size)).astype(int)
        self._starts = starts[starts <= self._size // 2]  # above half the rate there is no sound

    def columns(self, blocks: Iterator[Block], first_s: float) -> Iterator[tuple[int, np.ndarray]]:
        """(number of the first, values) of columns that follow each other; those after the end of the sound are missing.

        `first_s` : the time of the first frame on the clock of the blocks.
        """
        held = self._silence(self._half)
        begins, end, done = -self._half, 0, 0
        pieces = [held]
        for block in blocks:
            piece = joined(block, round((block.start_s - first_s) * self._rate) - end)
            pieces.append(piece)
            end += piece.shape[1]
            ready = min(self._before(end - self._half), self._n_columns)
            if ready - done < AT_ONCE:
                continue
            held = np.concatenate(pieces, axis=1)
            for first in range(done, ready, AT_ONCE):
                yield first, self._values(held, begins, first, min(first + AT_ONCE, ready))
            done, keep = ready, self._start(ready) - begins
            pieces, begins = [held[:, keep:]], begins + keep
            if done == self._n_columns:
                return
        rest = min(self._before(end + self._half), self._n_columns)
        if rest > done:
            held = np.concatenate([*pieces, self._silence(2 * len(self._window))], axis=1)
            yield done, self._values(held, begins, done, rest)

    def _silence(self, samples: int) -> np.ndarray:
        return np.zeros((self._channels, samples), np.float32)

    def _start(self, column: int) -> int:
        """The first sample of a column's window, counted from the first frame on."""
        return round((column + 0.5) * COLUMN_US * self._rate / 1_000_000) - self._half

    def _before(self, sample: int) -> int:
        """How many columns have their middle before that sample."""
        return max(math.ceil(sample * 1_000_000 / (COLUMN_US * self._rate) - 0.5), 0)

    def _values(self, held: np.ndarray, begins: int, first: int, last: int) -> np.ndarray:
        """uint8, shape (last - first, BANDS)."""
        starts = np.array([self._start(column) for column in range(first, last)]) - begins
        pieces = held[:, starts[:, None] + np.arange(len(self._window))] * self._window
        amplitude = np.abs(np.fft.rfft(pieces, self._size)).max(axis=0) * (2 / self._window.sum())
        strongest = np.maximum.reduceat(amplitude, self._starts, axis=1)[:, :BANDS]
        decibels = 20 * np.log10(np.maximum(strongest, 1e-9))
        values = np.zeros((last - first, BANDS), np.uint8)
        values[:, : strongest.shape[1]] = np.clip(np.round(255 * (1 - decibels / FLOOR_DB)), 0, 255)
        return values


def _write(part: Path, sizes: list[int], found: Iterator[tuple[int, np.ndarray]], report: Reporter) -> int:
    """Writes the columns of all levels; returns the value that the loudest half per cent reach."""
    columns = np.memmap(part, np.uint8, "w+", shape=(sum(sizes), BANDS))
    peaks = np.zeros(256, np.int64)
    for start, values in found:
        columns[start : start + len(values)] = values
        peaks += np.bincount(values.max(axis=1), minlength=256)
        report(start / sizes[0])
    _fold(columns, sizes)
    columns.flush()
    reached = np.cumsum(peaks[::-1]) >= max(sizes[0] // 200, 1)
    return 255 - int(np.argmax(reached)) if reached.any() else 0


def _fold(columns: np.ndarray, sizes: list[int]) -> None:
    """Fills each level from the one below it."""
    below = 0
    for size, above in itertools.pairwise(sizes):
        for at in range(0, above, SHORTEST):
            piece = columns[below + at * FOLD : below + min((at + SHORTEST) * FOLD, size)]
            starts = np.arange(0, len(piece), FOLD)
            columns[below + size + at : below + size + at + len(starts)] = np.maximum.reduceat(piece, starts, axis=0)
        below += size


def _about(sizes: list[int], loud: int) -> dict[str, object]:
    return {
        "bands": BANDS,
        "lowest_hz": LOWEST_HZ,
        "highest_hz": HIGHEST_HZ,
        "column_us": COLUMN_US,
        "fold": FOLD,
        "floor_db": FLOOR_DB,
        "levels": sizes,
        "loud": loud,
    }
