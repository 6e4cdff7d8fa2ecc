"""Motion energy. The clips are a bar code of 8 x 4 cells that counts: a bit and its check cell turn black or white together."""

import importlib

import av
import numpy as np
import pytest
from clips import COLUMNS, KINDS, ROWS

from coder_app.errors import MediaError
from coder_app.jobs.registry import Cancelled
from coder_app.media import frames, motion
from coder_app.media.motion import WHOLE, Box
from coder_app.media.picture import grey

ALL = Box(0, 0, WHOLE, WHOLE)
TURN = 255  # grey levels from black to white, both of the limited range, which is spread to the full one
# Cells of the last bit (which turns with every frame), of the one before it (with every second) and of the first (never).
LAST, SECOND, FIRST = (Box(column * 1250, row * 2500, 1250, 2500) for column, row in ((7, 1), (6, 1), (0, 0)))


def energies(clip, tmp_path, *boxes, **options):
    outs = {box: tmp_path / f"{n}.f32" for n, box in enumerate(boxes)}
    motion.make(clip.path, outs, **options)
    return [np.fromfile(out, "<f4") for out in outs.values()]


def turned_bits(frame):
    return (frame ^ (frame - 1)).bit_count()


@pytest.mark.parametrize("kind", KINDS)
def test_each_frame_has_the_change_since_the_one_before(clip, tmp_path, kind):
    made = clip(kind, frames=40)
    whole, last, second, first = energies(made, tmp_path, ALL, LAST, SECOND, FIRST)
    assert len(whole) == 40
    assert np.isnan(whole[0])
    at = np.arange(1, 40)
    # A bit and its check turn, two of the 32 cells; compression blurs their edges a little.
    expected = [2 * turned_bits(n) / (COLUMNS * ROWS) * TURN for n in range(1, 40)]
    assert whole[at] == pytest.approx(expected, rel=0.03)
    assert last[at] == pytest.approx(np.full(39, TURN), rel=0.05)
    assert second[at] == pytest.approx(np.where(at % 2 == 0, TURN, 0), rel=0.05, abs=3)
    assert first[at].max() < 1


def test_large_pictures_are_measured_smaller(clip, tmp_path):
    made = clip("25", frames=6, size=(1600, 900))
    (last,) = energies(made, tmp_path, LAST)
    assert last[1:] == pytest.approx(np.full(5, TURN), rel=0.05)


def test_a_box_has_the_pixels_that_it_touches():
    assert Box(0, 0, WHOLE, WHOLE).pixels(320, 180) == (slice(0, 180), slice(0, 320))
    assert Box(2500, 5000, 2500, 2500).pixels(320, 180) == (slice(90, 135), slice(80, 160))
    assert Box(2501, 5001, 2498, 2498).pixels(320, 180) == (slice(90, 135), slice(80, 160))
    assert Box(9999, 9999, 1, 1).pixels(8, 8) == (slice(7, 8), slice(7, 8))


def test_small_changes_are_noise():
    before, after = np.array([[100, 100, 100]], np.uint8), np.array([[110, 89, 200]], np.uint8)
    assert motion._changed(before, after).tolist() == [[0, 11, 100]]  # up to 10 grey levels are none


def test_a_frame_that_is_not_there_has_no_value(clip, tmp_path):
    made = clip("25", frames=10)
    times = np.array([*made.container_us[:5], made.container_us[4] + 1000, *made.container_us[5:]])
    (last,) = energies(made, tmp_path, LAST, times=frames.FrameTimes(times, made.end_us))
    assert np.flatnonzero(np.isnan(last)).tolist() == [0, 5]


def test_grey_levels_are_turned_upright():
    planes = np.full((6, 4), 128, np.uint8)
    planes[:4] = 16
    planes[0:2, 0:2] = 235  # upper left
    frame = av.VideoFrame.from_ndarray(planes, format="yuv420p")
    assert grey(frame, 0, 4, 4)[0, 0] == 255
    turned = grey(frame, 90, 4, 4)
    assert (turned[0, 3], turned[0, 0], turned[3, 3]) == (255, 0, 0)  # upper right after a turn clockwise


def test_stop_leaves_nothing(clip, tmp_path):
    def stop(*_):
        raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        energies(clip("25"), tmp_path, ALL, progress=stop)
    assert list(tmp_path.iterdir()) == []


def test_without_opencv_it_says_what_to_install(clip, tmp_path, monkeypatch):
    load = importlib.import_module

    def broken(name):
        if name == "cv2":
            raise ImportError("libGL.so.1 is missing")
        return load(name)

    monkeypatch.setattr(importlib, "import_module", broken)
    with pytest.raises(MediaError, match=r"OpenCV does not load \(libGL.so.1 is missing\).*opencv-python") as caught:
        energies(clip("25"), tmp_path, ALL)
    assert caught.value.code == "media_library"
