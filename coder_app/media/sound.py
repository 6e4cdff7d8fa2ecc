"""The decoded sound of a video, each block with its place on the container's clock, and as one unbroken run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from coder_app.media.library import load

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.packet import Packet

RATES = (8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000)
"""The rates that sound keeps, in samples a second, as AAC has them; any other becomes the last."""


JITTER_S = 0.01
"""Sound whose stated time differs by less from where it follows on is left where it is: containers round their times."""


@dataclass(frozen=True, slots=True)
class Block:
    """`samples`: float32, shape (channels, n), nominally in [-1, 1]; `start_s`: container time of the first one."""

    samples: np.ndarray
    start_s: float
    rate: int


class Decoder:
    """Turns packets of one sound track into blocks of at most two channels at one rate; damaged packets give none.

    Without a container time of its own a block follows the one before it.
    """

    def __init__(self, stream: AudioStream) -> None:
        self._av = load()
        rate = stream.codec_context.sample_rate
        self.rate = rate if rate in RATES else RATES[-1]
        self.channels = 1 if stream.codec_context.channels == 1 else 2
        self.layout = "mono" if self.channels == 1 else "stereo"
        self._resampler = self._av.AudioResampler(format="fltp", layout=self.layout, rate=self.rate)
        self._next_s = 0.0

    def blocks(self, packet: Packet) -> Iterator[Block]:
        """The blocks that `packet` completes; a packet of size 0 ends the stream and gives the rest."""
        try:
            frames = packet.decode()
        except self._av.error.InvalidDataError:
            return
        for frame in frames:
            yield from self._resampled(frame)
        if packet.size == 0:
            yield from self._resampled(None)

    def _resampled(self, frame: Any) -> Iterator[Block]:
        for made in self._resampler.resample(frame):
            if made.samples == 0:
                continue
            start_s = float(made.pts * made.time_base) if made.pts is not None else self._next_s
            self._next_s = start_s + made.samples / self.rate
            yield Block(made.to_ndarray(), start_s, self.rate)


def joined(block: Block, ahead: int) -> np.ndarray:
    """The samples of a block that begins `ahead` samples after what came before it ends, so that they follow on: silence goes
    before them, or (`ahead` below 0) what overlaps is cut; a difference below `JITTER_S` changes nothing."""
    if ahead > JITTER_S * block.rate:
        silence = np.zeros((len(block.samples), ahead), np.float32)
        return np.concatenate([silence, block.samples], axis=1)
    if ahead < -JITTER_S * block.rate:
        return block.samples[:, -ahead:]
    return block.samples


def track_of(container: InputContainer) -> AudioStream | None:
    """The first sound track that can be decoded, or None."""
    return next((s for s in container.streams.audio if s.codec_context is not None and s.codec_context.is_decoder), None)
