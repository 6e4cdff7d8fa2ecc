"""The fingerprint sees size, beginning, middle and end, and nothing of name or place."""

import hashlib
import shutil

from coder_app.media import fingerprint

MIB = 1024 * 1024


def test_a_moved_file_keeps_it(clip, tmp_path):
    original = clip("25").path
    copy = tmp_path / "other name.mp4"
    shutil.copy(original, copy)
    assert fingerprint.of(copy) == fingerprint.of(original) != fingerprint.of(clip("29.97").path)


def test_by_hand(tmp_path):
    data = bytes(range(256)) * (5 * MIB // 256)
    path = tmp_path / "five"
    path.write_bytes(data)
    expected = hashlib.sha256(str(5 * MIB).encode() + data[:MIB] + data[2 * MIB : 3 * MIB] + data[4 * MIB :])
    assert fingerprint.of(path) == expected.hexdigest()


def test_any_of_the_three_places_counts(tmp_path):
    path = tmp_path / "five"
    seen = set()
    for place in (None, 0, 5 * MIB // 2, 5 * MIB - 1):
        data = bytearray(5 * MIB)
        if place is not None:
            data[place] = 1
        path.write_bytes(data)
        seen.add(fingerprint.of(path))
    path.write_bytes(bytes(5 * MIB - 1))
    seen.add(fingerprint.of(path))
    assert len(seen) == 5
