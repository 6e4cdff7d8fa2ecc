"""Tells whether a file was cut short, from the sizes its own container states. No library needed.

Layouts: ISO base media (boxes of 32-bit size and type, 64-bit size where the first is 1, to the end of file where it is 0),
Matroska (EBML: the Segment's length, all ones where unknown) and RIFF (AVI: little-endian length after `RIFF`).
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import BinaryIO

MAX_BOXES = 100_000
CUT = "the file is cut short: {missing} bytes of {part} are missing."
NO_INDEX = "the file is cut short: its index (the moov box) is missing, as when a recording or a copy was interrupted."


def missing_part(path: Path) -> str | None:
    """What the file lacks, as a sentence, or None where nothing says that it was cut short. Raises OSError."""
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(64)
        if head[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"):
            return _missing_of_mp4(file, size)
        if head.startswith(b"\x1a\x45\xdf\xa3"):
            return _missing_of_matroska(file, size)
        if head.startswith(b"RIFF"):
            return _missing_of_riff(head, size)
    return None


def _missing_of_mp4(file: BinaryIO, size: int) -> str | None:
    at, has_moov, has_media = 0, False, False
    for _ in range(MAX_BOXES):
        if size - at < 8:
            break
        file.seek(at)
        head = file.read(16)
        length, name = struct.unpack(">I4s", head[:8])
        if length == 1 and len(head) == 16:
            length = struct.unpack(">Q", head[8:16])[0]
        elif length == 0:
            length = size - at
        if length < 8 or (has_moov and has_media and not name.isalnum()):
            break
        if name in (b"moov", b"mdat", b"moof"):
            has_moov |= name == b"moov"
            has_media |= name == b"mdat"
            if at + length > size:
                part = "its index" if name != b"mdat" else "its pictures and sound"
                return CUT.format(missing=at + length - size, part=part) if has_moov or name == b"moof" else NO_INDEX
        at += length
    return None if has_moov else NO_INDEX


def _missing_of_matroska(file: BinaryIO, size: int) -> str | None:
    file.seek(4)
    header = _vint(file)
    if header is None:
        return None
    file.seek(header, 1)
    if file.read(4) != b"\x18\x53\x80\x67":
        return None
    segment = _vint(file)
    if segment is None or file.tell() + segment <= size:
        return None
    return CUT.format(missing=file.tell() + segment - size, part="its pictures and sound")


def _vint(file: BinaryIO) -> int | None:
    """An EBML length at the file's position; None where it is unknown or broken."""
    first = file.read(1)
    if not first or first[0] == 0:
        return None
    extra = 8 - first[0].bit_length()
    rest = file.read(extra)
    value = int.from_bytes(bytes([first[0] & (0x7F >> extra)]) + rest, "big")
    return None if len(rest) < extra or value == (1 << 7 * (extra + 1)) - 1 else value


def _missing_of_riff(head: bytes, size: int) -> str | None:
    length = struct.unpack("<I", head[4:8])[0]
    missing = length + 8 - size
    if length in (0, 0xFFFFFFFF) or missing <= 0:
        return None
    return CUT.format(missing=missing, part="its pictures and sound")
