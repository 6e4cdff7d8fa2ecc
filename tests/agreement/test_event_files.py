"""Event lists as tools write them: delimiters, decimal commas, clocks, points, coders, sessions; errors say where."""

from __future__ import annotations

from pathlib import Path

import pytest

from coder_app.agreement.event_files import Reading, read_events, read_sessions
from coder_app.errors import Invalid


def put(folder: Path, text: str, name: str = "ana.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def times(path: Path, columns: dict[str, str] | None = None, unit: str = "s") -> list[tuple[float | None, float | None]]:
    frame = read_events(path, columns, unit)
    return list(zip(frame["onset_s"], frame["offset_s"], strict=True))


def test_semicolons_decimal_commas_and_a_byte_order_mark(tmp_path: Path) -> None:
    path = put(tmp_path, "\ufeffOnset;Offset;Code\n0,5;10;a\n\n12;;p\n")
    assert times(path) == [(0.5, 10), (12, None)]


def test_a_tabular_export_with_durations_and_equal_ends(tmp_path: Path) -> None:
    text = "Subject\tBehavior\tType\tStart (s)\tStop (s)\nm\ts\tSTATE\t1.8\t8.125\nm\tp\tPOINT\t3\t3\n"
    columns = {"onset": "Start (s)", "offset": "Stop (s)", "code": "Behavior"}
    assert times(put(tmp_path, text), columns) == [(1.8, 8.125), (3, None)]
    lasting = put(tmp_path, "onset,duration,code\n4,3,a\n9,0,p\n11,n/a,p\n", "b.csv")
    assert times(lasting) == [(4, 7), (9, None), (11, None)]
    both = put(tmp_path, "onset,offset,duration,code\n4,9,3,a\n", "c.csv")
    assert times(both) == [(4, 9)]
    assert times(both, {"duration": "duration"}) == [(4, 7)]


def test_clocks_and_milliseconds(tmp_path: Path) -> None:
    path = put(tmp_path, "onset,offset,code\n00:01:00:250,0:01:02.5,a\n1:05,,b\n")
    assert times(path, unit="clock") == [(60.25, 62.5), (65, None)]
    assert times(put(tmp_path, "onset,offset,code\n28846,157944,a\n"), unit="ms") == [(28.846, 157.944)]


def test_a_file_without_names_is_mapped_by_position(tmp_path: Path) -> None:
    path = put(tmp_path, "2921,2959.1,1\n2965,2985.2,1\n")
    assert times(path, {"onset": "1", "offset": "2", "code": "3"}) == [(2921, 2959.1), (2965, 2985.2)]


def test_coders_and_sessions(tmp_path: Path) -> None:
    text = "coder,session,onset,offset,code\nAna,d1,0,5,a\nBen,d1,0,6,a\nAna,d2,0,5,b\nBen,d2,1,5,b\nAna,d3,0,1,a\n"
    found = read_sessions([put(tmp_path, text)], Reading(span=[(0, 10)]))
    assert list(found.sessions) == ["d1", "d2"]
    assert found.alone == ("d3",)
    assert found.sessions["d1"].names == ("Ana", "Ben")
    assert found.sessions["d2"].categories == ("a", "b")
    two = [put(tmp_path, "onset,offset,code\n0,5,a\n", name) for name in ("one.csv", "two.csv")]
    assert read_sessions(two, Reading()).sessions[""].names == ("one", "two")


@pytest.mark.parametrize(
    ("text", "unit", "said"),
    [
        ("onset,offset,code\n0,5,a\nx,6,a\n", "s", r"line 3, onset: 'x' is not a time"),
        ("onset,offset,code\n0:05,5,a\n", "s", r"need --times clock"),
        ("start,offset,code\n0,5,a\n", "s", r"has no column for onset. Say which one it is: --column onset=NAME"),
        ("onset,code\n0,a\n", "s", r"no column for offset"),
        ("", "s", r"is empty"),
    ],
)
def test_what_cannot_be_read(tmp_path: Path, text: str, unit: str, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        read_events(put(tmp_path, text), None, unit)


def test_other_mistakes(tmp_path: Path) -> None:
    path = put(tmp_path, "onset,offset,code\n0,5,a\n")
    with pytest.raises(Invalid, match=r"no column 'Start'. It has: onset, offset, code"):
        read_events(path, {"onset": "Start"})
    with pytest.raises(Invalid, match="no column 'onsett' to map"):
        read_events(path, {"onsett": "onset"})
    with pytest.raises(Invalid, match="There is one coder, ana"):
        read_sessions([path], Reading())
    with pytest.raises(Invalid, match="cannot be read"):
        read_events(tmp_path / "none.csv")
