"""Hidden reference frames of VP8 and VP9 are no frames of the table."""

import av
import pytest
from clips import read_barcode

from coder_app.media import frames
from coder_app.media.shown import shows_picture


@pytest.mark.parametrize(
    ("codec", "data", "shows"),
    [
        ("vp8", b"\x10\0\0", True),  # key frame, show_frame set
        ("vp8", b"\x11\0\0", True),
        ("libvpx", b"\x01\0\0", False),  # inter frame, show_frame clear
        ("vp9", b"\x82\0", True),  # marker 10, profile 0, key frame, show_frame
        ("vp9", b"\x84\0", False),  # inter frame, not shown
        ("libvpx-vp9", b"\x88\0", True),  # show_existing_frame
        ("vp9", b"\x84\0\xc9", True),  # superframe: its last byte is 110xxxxx
        ("vp9", b"\xb1\0", True),  # profile 3 has one reserved bit more
        ("vp9", b"\xb2\0", False),
        ("h264", b"\0", True),
    ],
)
def test_first_byte(codec, data, shows):
    assert shows_picture(codec, av.Packet(data)) is shows


def test_a_hidden_vp8_frame_is_left_out(clip, tmp_path):
    """Clears show_frame of frame 7 of a clip; the decoder, which knows nothing of this module, agrees."""
    made = clip("webm", frames=30)
    path = tmp_path / "hidden.webm"
    with av.open(str(made.path)) as source, av.open(str(path), "w") as target:
        video = target.add_stream_from_template(source.streams.video[0])
        for number, packet in enumerate(p for p in source.demux(video=0) if p.size):
            data = bytearray(bytes(packet))
            data[0] &= 0xEF if number == 7 else 0xFF
            copy = av.Packet(bytes(data))
            copy.pts, copy.dts, copy.duration = packet.pts, packet.dts, packet.duration
            copy.time_base, copy.is_keyframe, copy.stream = packet.time_base, packet.is_keyframe, video
            target.mux(copy)
    with av.open(str(path)) as container:
        decoded = [(round(f.time * 1e6), read_barcode(f.to_ndarray(format="gray"))) for f in container.decode(video=0)]
    assert [number for _, number in decoded] == [n for n in range(30) if n != 7]
    assert frames.read(path).container_us.tolist() == [time for time, _ in decoded]
