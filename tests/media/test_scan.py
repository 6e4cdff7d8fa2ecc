"""Rounding is exact, and odd tracks are put in order."""

from fractions import Fraction

import av
import numpy as np
import pytest
from clips import picture
from hypothesis import assume, given
from hypothesis import strategies as st

from coder_app.errors import MediaError
from coder_app.media import scan as scanning
from coder_app.media.scan import microseconds, scan


@given(
    ticks=st.lists(st.integers(-(2**40), 2**50), min_size=1, max_size=5),
    base=st.builds(Fraction, st.integers(1, 1001), st.sampled_from([1, 25, 1000, 12_800, 30_000, 90_000, 10**7, 10**9])),
)
def test_microseconds_are_the_nearest_whole_number(ticks, base):
    assume(max(abs(tick) for tick in ticks) * base < 9 * 10**12)  # seconds; more do not fit int64 as microseconds
    got = microseconds(np.array(ticks, np.int64), base)
    for tick, us in zip(ticks, got.tolist(), strict=True):
        assert -Fraction(1, 2) < us - tick * base * 1_000_000 <= Fraction(1, 2)


def test_halves_go_up():
    # 1/12800 s is 78.125 microseconds, so four ticks are 312.5; browsers give 313.
    assert microseconds(np.array([4, 12]), Fraction(1, 12_800)).tolist() == [313, 938]


def test_packets_come_in_order_of_presentation(clip):
    found = scan(clip("bframes").path)
    assert found.b_frames
    assert np.all(np.diff(found.ticks) > 0)
    assert not scan(clip("25").path).b_frames


def test_keyframes_lie_where_the_encoder_put_them(clip):
    # The kind "25" has a keyframe every 12 frames.
    assert np.flatnonzero(scan(clip("25").path).keyframes).tolist() == list(range(0, 120, 12))


def test_hidden_frames_keep_their_keyframes_out(clip):
    # 7 hidden frames, keyframes at 0, 12, 24 of all: 5, 17, ... of those shown.
    assert np.flatnonzero(scan(clip("editlist").path).keyframes).tolist() == list(range(5, 120, 12))


@pytest.mark.parametrize(
    ("container", "codec"), [("avi", "mpeg4"), ("avi", "libx264"), ("mpegts", "mpeg2video"), ("asf", "mpeg4")]
)
def test_other_containers_agree_with_the_decoder(tmp_path, container, codec):
    path = tmp_path / "clip"
    with av.open(str(path), "w", format=container) as target:
        stream = target.add_stream(codec, rate=25, options={"bf": "0" if container == "asf" else "2", "g": "12"})
        stream.width, stream.height, stream.bit_rate = 320, 180, 2_000_000
        for number in range(40):
            frame = picture(number, 320, 180)
            frame.pts, frame.time_base = number, Fraction(1, 25)
            target.mux(stream.encode(frame))
        target.mux(stream.encode(None))
    with av.open(str(path)) as source:
        expected = [round(frame.pts * frame.time_base * 1_000_000) for frame in source.decode(video=0)]
    found = scan(path)
    assert found.container_us.tolist() == expected
    assert found.end_us == expected[-1] + 40_000


def test_packets_without_times_are_timed_by_decoding(clip, monkeypatch):
    made = clip("bframes", frames=40)
    monkeypatch.setattr(scanning, "_packets", lambda *_: None)
    found = scan(made.path)
    assert found.by_decoding
    assert tuple(found.container_us.tolist()) == made.container_us
    assert found.end_us == pytest.approx(made.end_us, abs=1)
    assert np.flatnonzero(found.keyframes).tolist() == [0, 12, 24, 36]


def test_frames_before_the_first_keyframe_are_left_out(clip, tmp_path):
    """A transport stream cut in the middle of a group of pictures: its first pictures can't be decoded."""
    path = tmp_path / "cut.ts"
    with av.open(str(clip("25", frames=40).path)) as source, av.open(str(path), "w", format="mpegts") as target:
        video = target.add_stream_from_template(source.streams.video[0])
        for packet in [p for p in source.demux(video=0) if p.size][5:]:
            packet.stream = video
            target.mux(packet)
    found = scan(path)
    with av.open(str(path)) as container:
        shown = [frame.pts for frame in container.decode(video=0)]
    assert found.ticks.tolist() == shown
    assert found.without_start == 35 - len(shown)


def test_absurd_times_are_refused(clip, monkeypatch):
    monkeypatch.setattr(scanning, "MAX_DURATION_US", 3_600_000_000)
    monkeypatch.setattr(scanning, "MAX_FRAMES", 30)
    with pytest.raises(MediaError, match="more than 30 frames"):
        scan(clip("25").path)
    monkeypatch.setattr(scanning, "MAX_FRAMES", 1000)
    monkeypatch.setattr(scanning, "MAX_DURATION_US", 1_000_000)
    with pytest.raises(MediaError, match="frame times span more"):
        scan(clip("25").path)
