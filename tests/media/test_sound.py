"""Decoded sound has few rates and channels, and each block its place in time."""

import av
import numpy as np
import pytest

from coder_app.media.sound import Decoder, track_of


def write(path, codec, rate, layout, seconds=1.0):
    channels = av.AudioLayout(layout).nb_channels
    with av.open(str(path), "w") as target:
        stream = target.add_stream(codec, rate=rate, layout=layout)
        samples = np.zeros((1, int(seconds * rate) * channels), np.int16)
        frame = av.AudioFrame.from_ndarray(samples, format="s16", layout=layout)
        frame.sample_rate = rate
        target.mux(stream.encode(frame))
        target.mux(stream.encode(None))


@pytest.mark.parametrize(
    ("rate", "layout", "expected"),
    [(48_000, "stereo", (48_000, 2)), (8_000, "mono", (8_000, 1)), (96_000, "mono", (48_000, 1)), (48_000, "5.1", (48_000, 2)),
     (12_345, "mono", (48_000, 1))],
)  # fmt: skip
def test_rate_and_channels(tmp_path, rate, layout, expected):
    path = tmp_path / "sound.mov"
    write(path, "pcm_s16le", rate, layout)
    with av.open(str(path)) as container:
        stream = track_of(container)
        decoder = Decoder(stream)
        blocks = [block for packet in container.demux(stream) for block in decoder.blocks(packet)]
    assert {(block.rate, block.samples.shape[0]) for block in blocks} == {expected}
    assert sum(block.samples.shape[1] for block in blocks) == pytest.approx(expected[0], abs=40)
    starts = [block.start_s for block in blocks]
    ends = [block.start_s + block.samples.shape[1] / block.rate for block in blocks]
    assert starts[0] == 0
    assert starts[1:] == pytest.approx(ends[:-1], abs=1e-3)


def test_no_track(clip):
    with av.open(str(clip("25").path)) as container:
        assert track_of(container) is None
