"""The outline of a video's sound, for the timeline.

File: little-endian int8 pairs (lowest, highest sample; 127 is full scale), one pair for each `BIN_US` from the first frame
to the end of the last, without header. With two channels the lowest and highest of both count. Where there is no sound the
pair is 0, 0.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from coder_app.media import frames
from coder_app.media.library import Progress, only, opened, silent
from coder_app.media.output import Reporter, replacing
from coder_app.media.sound import Block, Decoder, track_of

BIN_US = 10_000


def make(
    path: Path | str, out: Path | str, progress: Progress = silent, *, times: frames.FrameTimes | None = None
) -> Path | None:
    """Writes the waveform of `path` to `out`; returns `out`, or None where the video has no sound (nothing is written).

    `times` : the video's frame times, if known already. Raises MediaError, and whatever `progress` raises.
    """
    path, out = Path(path), Path(out)
    times = times if times is not None else frames.read(path)
    first_us = int(times.container_us[0])
    length_us = times.end_us - first_us
    report = Reporter(progress, "Drawing the waveform")
    with opened(path) as container:
        stream = track_of(container)
        if stream is None:
            return None
        only(container, stream)
        decoder = Decoder(stream)
        outline = Outline(length_us)
        for packet in container.demux(stream):
            outline.add(decoder.blocks(packet), first_us)
            report(outline.reached_us / length_us)
    with replacing(out) as part:
        part.write_bytes(outline.pairs().tobytes())
    report.done()
    return out


class Outline:
    """Lowest and highest sample of each bin, filled block by block."""

    def __init__(self, length_us: int) -> None:
        n_bins = -(-length_us // BIN_US)
        self._low = np.zeros(n_bins, np.float32)
        self._high = np.zeros(n_bins, np.float32)
        self.reached_us = 0

    def add(self, blocks: Iterable[Block], first_us: int) -> None:
        """Adds sound whose clock runs `first_us` ahead of the bins'."""
        for block in blocks:
            start = round((block.start_s - first_us / 1_000_000) * block.rate)
            self._add(block.samples, start, block.rate)
            self.reached_us = (start + block.samples.shape[1]) * 1_000_000 // block.rate

    def _add(self, samples: np.ndarray, start: int, rate: int) -> None:
        """`samples` (channels, n), the first of which is number `start` from the first frame on."""
        per_bin = rate * BIN_US / 1_000_000
        first_bin = max(int(start // per_bin), 0)
        last_bin = min(int((start + samples.shape[1] - 1) // per_bin), len(self._low) - 1)
        if last_bin < first_bin:
            return
        edges = np.ceil(np.arange(first_bin, last_bin + 2) * per_bin).astype(int) - start
        samples = samples[:, : max(edges[-1], 0)]
        at = np.clip(edges[:-1], 0, samples.shape[1] - 1)
        bins = slice(first_bin, last_bin + 1)
        self._low[bins] = np.minimum(self._low[bins], np.minimum.reduceat(samples.min(axis=0), at))
        self._high[bins] = np.maximum(self._high[bins], np.maximum.reduceat(samples.max(axis=0), at))

    def pairs(self) -> np.ndarray:
        """int8, shape (n_bins, 2)."""
        both = np.stack([self._low, self._high], axis=1)
        return np.asarray(np.clip(np.round(np.nan_to_num(both) * 127), -127, 127), dtype=np.int8)
