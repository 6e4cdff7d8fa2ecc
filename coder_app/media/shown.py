"""Tells packets that show no picture of their own: the hidden reference frames of VP8 and VP9.

Sources: RFC 6386 section 9.1 (VP8 frame tag: bit 4 is show_frame); VP9 bitstream specification section 6.2 (frame_marker,
profile, show_existing_frame, frame_type, show_frame) and annex B (superframes). AV1 shows exactly one frame a packet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from av.packet import Packet


def shows_picture(codec: str, packet: Packet) -> bool:
    """Whether the packet of this codec ("vp8", "libvpx", "vp9", ...) puts a picture on the screen."""
    if "vp9" in codec:
        return _shows_vp9(memoryview(packet))
    if codec in ("vp8", "libvpx"):
        return bool(memoryview(packet)[0] & 0x10)
    return True


def _shows_vp9(data: memoryview) -> bool:
    if data[-1] & 0xE0 == 0xC0:
        return True
    head = data[0]
    shift = 1 if head & 0x30 == 0x30 else 0
    shows_existing = bool(head << shift & 0x08)
    return shows_existing or bool(head << shift & 0x02)
