"""The table of frames and the time code."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder_app.errors import Invalid
from coder_app.model.clock import FrameTable, timecode

# Three frames of 40 ms and a long one of 100 ms.
TABLE = FrameTable(np.array([0, 40_000, 80_000, 120_000]), 220_000)


@pytest.mark.parametrize(
    ("t_us", "frame"),
    [(-5, 0), (0, 0), (39_999, 0), (40_000, 1), (79_999, 1), (120_000, 3), (219_999, 3), (500_000, 3)],
)
def test_an_instant_between_two_frames_belongs_to_the_earlier(t_us, frame):
    assert TABLE.frame_at(t_us) == frame


@pytest.mark.parametrize(
    ("t_us", "frame"), [(-5, 0), (19_000, 0), (20_000, 0), (20_001, 1), (39_999, 1), (101_000, 3), (900_000, 3)]
)
def test_the_nearest_frame_may_be_the_later(t_us, frame):
    assert TABLE.nearest(t_us) == frame


def test_the_middle_of_a_frame_lies_between_its_time_and_the_next():
    assert [TABLE.middle_us(frame) for frame in range(len(TABLE))] == [20_000, 60_000, 100_000, 170_000]


@pytest.mark.parametrize("frame", [-1, 4])
def test_a_frame_that_is_not_there_is_refused(frame):
    with pytest.raises(Invalid, match="frames 0 to 3"):
        TABLE.time_of(frame)


@pytest.mark.parametrize(("times", "end"), [([], 10), ([0, 0], 10), ([0, 40], 40)])
def test_times_that_do_not_rise_are_refused(times, end):
    with pytest.raises(Invalid):
        FrameTable(np.array(times, dtype=np.int64), end)


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=50), st.data())
def test_the_middle_of_a_frame_is_on_that_frame(steps, data):
    times = np.cumsum([0, *steps[:-1]])
    table = FrameTable(times, int(times[-1]) + steps[-1])
    frame = data.draw(st.integers(0, len(table) - 1))
    assert table.frame_at(table.middle_us(frame)) == frame
    assert table.frame_at(table.time_of(frame)) == frame == table.nearest(table.time_of(frame))


@pytest.mark.parametrize(
    ("us", "text"),
    [
        (0, "00:00:00.000"),
        (999, "00:00:00.000"),
        (59_999_999, "00:00:59.999"),
        (60_000_000, "00:01:00.000"),
        (3_723_004_000, "01:02:03.004"),
        (-1_500_000, "-00:00:01.500"),
        (360_000_000_000, "100:00:00.000"),
    ],
)
def test_a_time_code_is_cut_not_rounded(us, text):
    assert timecode(us) == text
