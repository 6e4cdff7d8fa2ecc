"""Turning and scaling, with the bar code as witness."""

import av
import numpy as np
import pytest
from clips import picture, read_barcode

from coder_app.media.picture import even, jpeg, rgb, yuv420p


def lying(number, rotation):
    """A frame that shows `number` once it is turned clockwise by `rotation`."""
    grey = picture(number, 320, 180).to_ndarray(format="gray")
    return av.VideoFrame.from_ndarray(np.ascontiguousarray(np.rot90(grey, k=rotation // 90)), format="gray")


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_turned_upright(rotation):
    frame = lying(1234, rotation)
    array = rgb(frame, rotation, 170, 96)
    assert array.shape == (96, 170, 3)
    assert read_barcode(array) == 1234
    flat = yuv420p(frame, rotation, 160, 90)
    assert (flat.width, flat.height, flat.format.name) == (160, 90, "yuv420p")
    assert read_barcode(flat.to_ndarray(format="gray")) == 1234


@pytest.mark.parametrize("pixels", ["yuvj420p", "yuv420p10le", "rgb24", "yuv444p"])
def test_any_pixels_become_limited_range(pixels):
    luma = yuv420p(picture(77, 320, 180).reformat(format=pixels), 0, 320, 180).to_ndarray()[:180]
    assert abs(int(luma.min()) - 16) <= 1
    assert abs(int(luma.max()) - 235) <= 1


def test_jpeg_can_be_read_back(tmp_path):
    strip = np.concatenate([rgb(picture(n, 320, 180), 0, 170, 96) for n in range(385)], axis=1)
    (tmp_path / "strip.jpg").write_bytes(jpeg(strip))
    with av.open(str(tmp_path / "strip.jpg")) as container:
        back = next(container.decode(video=0)).to_ndarray(format="rgb24")
    assert back.shape == (96, 170 * 385, 3)
    assert [read_barcode(back[:, 170 * n : 170 * (n + 1)]) for n in (0, 200, 384)] == [0, 200, 384]


@pytest.mark.parametrize(("value", "result"), [(170.67, 170), (171.1, 172), (0.3, 2), (96, 96)])
def test_even(value, result):
    assert even(value) == result
