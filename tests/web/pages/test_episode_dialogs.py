"""Episodes as lines of text: what is read out of them, and that nothing is lost on the way through the dialog."""

from __future__ import annotations

from typing import Any

import pytest

from coder_app.errors import Invalid
from coder_app.web.dialogs.episode_dialogs import rows_of, text_of

S = 1_000_000
PLAY = {"id": "e1", "name": "Play", "onset_us": 0, "offset_us": 120_033_366}  # 29.97 frames a second: no whole milliseconds
STILL = {"id": "e2", "name": "Still-face: 2nd", "onset_us": 120_033_366, "offset_us": 240 * S}
BEFORE = [PLAY, STILL]


def rows(text: str) -> list[tuple[str, int, int]]:
    return [(one["name"], one["onset_us"], one["offset_us"]) for one in rows_of(text, BEFORE)]


def test_what_is_left_as_it_stood_is_the_same_to_the_microsecond() -> None:
    assert text_of(BEFORE) == "Play: 00:00:00.000 - 00:02:00.033\nStill-face: 2nd: 00:02:00.033 - 00:04:00.000"
    assert rows_of(text_of(BEFORE), BEFORE) == BEFORE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Play: 0 - 2:00", [("Play", 0, 120 * S)]),
        (" A:  1:02:03,5  –  +0.25 ", [("A", 3723_500_000, 3723_750_000)]),
        ("\nA: 120.033 - 300\n\n", [("A", 120_033_366, 300 * S)]),  # the edge of another is meant
        ("A: 120.033001 - 121", [("A", 120_033_001, 121 * S)]),
        ("A: 0 - +120.033", [("A", 0, 120_033_000)]),  # a length is no edge
        ("", []),
    ],
)
def test_times_as_people_write_them(text: str, expected: list[Any]) -> None:
    assert rows(text) == expected


def test_an_id_follows_the_name_else_the_times() -> None:
    moved = rows_of("play: 10 - 20\nRenamed: 2:00.033 - 4:00\nNew: 5:00 - 6:00", BEFORE)
    assert [one["id"] for one in moved[:2]] == ["e1", "e2"]
    assert moved[2]["id"] not in ("e1", "e2")
    swapped = rows_of("Still-face: 2nd: 0 - 2:00.033\nOther: 2:00.033 - 4:00", BEFORE)
    assert swapped[0]["id"] == "e2"  # by its name, though the times are Play's
    assert swapped[1]["id"] not in ("e1", "e2")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Play: 0 - 10\nno colon", "'no colon' is not of the form"),
        ("Play 0 - 10", "is not of the form"),
        ("Play: 0", "is not of the form"),
        ("Play: soon - 10", "'soon' in 'Play: soon - 10' is no time"),
        ("Play: 0 - 1:2:3:4", "'1:2:3:4' in"),
    ],
)
def test_a_line_that_is_none_is_told_and_not_dropped(text: str, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        rows_of(text, BEFORE)
