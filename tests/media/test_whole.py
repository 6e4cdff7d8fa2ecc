"""Cut files are recognised at every place where they can be cut; whole files never are."""

import struct

import pytest
from clips import KINDS

from coder_app.media.whole import missing_part


@pytest.mark.parametrize("kind", KINDS)
def test_whole_clips_are_whole(clip, kind):
    assert missing_part(clip(kind, frames=30, sound=True).path) is None


@pytest.mark.parametrize("kind", ["25", "webm"])
@pytest.mark.parametrize("left", [0.1, 0.5, 0.9, 0.999])
def test_cut_clips_are_cut(clip, tmp_path, kind, left):
    data = clip(kind, frames=30).path.read_bytes()
    path = tmp_path / "cut"
    path.write_bytes(data[: int(len(data) * left)])
    assert "cut short" in missing_part(path)


def box(name, content=b"", size=None):
    return struct.pack(">I4s", len(content) + 8 if size is None else size, name) + content


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (box(b"ftyp", b"isom") + box(b"mdat", b"12345") + box(b"moov"), None),
        (box(b"ftyp", b"isom") + box(b"moov") + box(b"mdat", b"12345", size=0), None),
        (box(b"ftyp", b"isom") + struct.pack(">I4sQ", 1, b"mdat", 21) + b"12345" + box(b"moov"), None),
        (box(b"ftyp", b"isom") + box(b"moov") + box(b"mdat", b"12345") + b"\0\0\0\0rubbish", None),
        (box(b"ftyp", b"isom") + box(b"mdat", b"12345", size=99), "index"),
        (box(b"ftyp", b"isom") + box(b"moov") + box(b"mdat", b"12345", size=99), "86 bytes"),
        (b"RIFF" + struct.pack("<I", 100) + b"AVI " + bytes(50), "46 bytes"),
        (b"RIFF" + struct.pack("<I", 54) + b"AVI " + bytes(50), None),
        (b"RIFF" + bytes(4) + b"AVI " + bytes(50), None),
        (b"\x1a\x45\xdf\xa3\x81\0\x18\x53\x80\x67\x01" + b"\xff" * 7 + b"live", None),
        (b"\x1a\x45\xdf\xa3\x81\0\x18\x53\x80\x67\x8a" + b"12345", "5 bytes"),
        (b"\x1a\x45\xdf\xa3", None),
        (b"", None),
    ],
    ids=[
        "whole",
        "to the end",
        "64-bit",
        "rubbish",
        "no index",
        "cut mdat",
        "cut avi",
        "avi",
        "open avi",
        "live",
        "cut",
        "head",
        "empty",
    ],
)
def test_by_hand(tmp_path, data, said):
    path = tmp_path / "made"
    path.write_bytes(data)
    found = missing_part(path)
    assert found is None if said is None else said in found
