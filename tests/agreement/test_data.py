"""The shapes: what their constructors accept, what they refuse, and what they say."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from coder_app.agreement import (
    MISSING,
    BaseRates,
    Codings,
    ContingencyTable,
    CountTable,
    Scores,
    Sequences,
    Sessions,
    UnitTable,
)
from coder_app.errors import AgreementError
from coder_app.model.interval import Spans


def events(*rows: tuple[float, float | None, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["onset_s", "offset_s", "code"])


ONE = events((0, 10, "a"), (10.5, None, "p"), (12, 20, "b"))
TWO = events((12.25, 19, "b"), (0, 9.999999, "a"))


def test_units_without_a_scheme_have_sorted_labels() -> None:
    table = UnitTable.of([["b", "a"], [None, "b"], [float("nan"), "a"]])
    assert table.categories == ("a", "b")
    assert table.codes.tolist() == [[1, 0], [MISSING, 1], [MISSING, 0]]


def test_numbers_sort_as_numbers_and_whole_floats_are_whole() -> None:
    assert UnitTable.of([[10, 2.0], [2, 1]]).categories == (1, 2, 10)
    assert UnitTable.from_frame(np.array([[10.0, 2.0], [np.nan, 1.0]])).categories == (1, 2, 10)


@pytest.mark.parametrize(
    "frame", [[[1, 2], [None, 2]], np.array([[1.0, 2.0], [np.nan, 2.0]]), pd.DataFrame([[1, 2], [None, 2]])]
)
def test_frames_and_arrays_give_the_same_table(frame: object) -> None:
    table = UnitTable.from_frame(frame, categories=[1, 2, 3])  # type: ignore[arg-type]
    assert table.codes.tolist() == [[0, 1], [MISSING, 1]]
    assert table.values().tolist() == [1, 2, 3]


def test_pandas_na_is_missing() -> None:
    frame = pd.DataFrame({"x": pd.array(["a", pd.NA], dtype="string"), "y": ["a", "b"]})
    assert UnitTable.from_frame(frame).codes.tolist() == [[0, 0], [MISSING, 1]]


def test_wrong_tables_say_what_to_do() -> None:
    with pytest.raises(AgreementError, match="'x' in unit 2 is not one of the categories"):
        UnitTable.of([["a", "a"], ["a", "x"]], ["a"])
    with pytest.raises(AgreementError, match="Row 2 has 1 coders, the first row 2"):
        UnitTable.of([["a", "a"], ["a"]])
    with pytest.raises(AgreementError, match="given twice"):
        UnitTable.of([["a", "a"]], ["a", "a"])
    with pytest.raises(AgreementError, match=r"1 dimension"):
        UnitTable.from_frame(np.array([1, 2]))
    with pytest.raises(AgreementError, match="'low' is no number"):
        UnitTable.of([["low", 1]]).values()
    with pytest.raises(AgreementError, match="square; this has 2 rows and 3 columns"):
        ContingencyTable.of([[1, 2, 3], [4, 5, 6]])
    with pytest.raises(AgreementError, match="negative"):
        ContingencyTable.of([[1, -2], [4, 5]])
    with pytest.raises(AgreementError, match="whole numbers"):
        CountTable.of([[0.5, 1]])
    with pytest.raises(AgreementError, match="Scores are numbers"):
        Scores.of([["a", 1]])
    with pytest.raises(AgreementError, match="add up to 1"):
        BaseRates.of([0.5, 0.6])


def test_tables_keep_their_numbers() -> None:
    assert ContingencyTable.of([[1, 2], [3, 4]]).counts.dtype == np.int64
    assert ContingencyTable.of([[0.5, 0], [0, 0.5]]).total == 1.0
    assert ContingencyTable.of([[1, 2], [3, 4]]).categories == (1, 2)
    assert UnitTable.of([["a", "b", None], ["b", "b", "b"]]).counts().counts.tolist() == [[1, 1], [0, 3]]
    assert np.isnan(Scores.of([[1, None], [2, 3]]).values[0, 1])
    assert BaseRates.uniform(4).rates == (0.25,) * 4


def test_sequences() -> None:
    data = Sequences.of([["a", "b"], ["b"]])
    assert [x.tolist() for x in data.codes()] == [[0, 1], [1]]
    with pytest.raises(AgreementError, match="'b' in coder 1"):
        Sequences.of([["a", "b"]], ["a"])


def test_codings_become_sorted_microseconds() -> None:
    data = Codings.of([ONE, TWO], span=(0, 60))
    assert data.categories == ("a", "b", "p")
    assert data.coders[1].onset_us.tolist() == [0, 12_250_000]
    assert data.coders[1].offset_us.tolist() == [9_999_999, 19_000_000]
    assert data.coders[1].row.tolist() == [1, 0]
    assert data.coders[0].is_point.tolist() == [False, True, False]
    assert data.observed == Spans(((0, 60_000_000),))
    assert data.coders[0].points.onset_us.tolist() == [10_500_000]


def test_without_a_span_it_runs_from_the_first_event_to_the_last() -> None:
    assert Codings.of([ONE, TWO]).observed == Spans(((0, 20_000_000),))
    points = Codings.of([events((1, None, "p")), events((2, None, "p"))])
    assert [len(c) for c in points.coders] == [1, 1]


def test_time_outside_and_unscorable_leaves() -> None:
    dark = events((0, 10, "a"), (11, 15, "dark"), (12, 13, "a"), (16, 70, "b"), (80, 90, "a"))
    data = Codings.of([dark, TWO], span=(0, 60), unscorable=["dark"])
    assert data.observed == Spans(((0, 11_000_000), (15_000_000, 60_000_000)))
    assert data.unscorable.total_us == 4_000_000
    assert data.categories == ("a", "b")
    assert data.left_out == (2, 0)  # one in the dark, one after the end
    assert data.coders[0].offset_us.tolist() == [10_000_000, 60_000_000]  # cut at the end of the observation


def test_coded_spans_of_each_coder_intersect() -> None:
    data = Codings.of([ONE, TWO], coded=[(0, 15), (5, 30)])
    assert data.observed == Spans(((5_000_000, 15_000_000),))


def test_streams_and_subjects_stand_apart_or_together() -> None:
    one = ONE.assign(stream=["gaze", "voice", "gaze"], subject="infant")
    data = Codings.of([one, one], span=(0, 60))
    assert data.streams == ("infant/gaze", "infant/voice")
    assert [len(c.coders[0]) for c in data.by_stream().values()] == [2, 1]
    assert data.pooled().streams == ()
    with pytest.raises(AgreementError, match="2 streams"):
        data.timeline()
    with pytest.raises(AgreementError, match=r"no stream 'x'. There are: infant/gaze"):
        data.of_stream("x")


def test_modifiers_count_as_an_option() -> None:
    one = ONE.assign(modifier_1=["x", None, "y"])
    assert Codings.of([one, one]).categories == ("a", "b", "p")
    assert Codings.of([one, one]).coders[0].modifiers == (("x",), (None,), ("y",))
    assert Codings.of([one, one], modifiers=True).categories == ("a:x", "b:y", "p")
    assert Codings.of([one, one], modifiers=True, categories=["a", "b", "p"]).categories == ("a", "b", "p", "a:x", "b:y")


def test_timeline_and_units() -> None:
    data = Codings.of([ONE, TWO], span=(0, 20), categories=["a", "b", "p"])
    assert data.timeline().categories == ("a", "b", "p", "none")
    assert data.timeline(gap="p").categories == ("a", "b", "p")
    assert data.timeline(gap=None).gap == MISSING
    units = data.units(1_000_000)
    assert units.codes[:, 0].tolist() == [0] * 10 + [3] * 2 + [1] * 8
    assert units.unit_us == 1_000_000
    overlapping = events((0, 10, "a"), (5, 12, "b"))
    with pytest.raises(AgreementError, match="overlap at 5"):
        Codings.of([overlapping, TWO]).timeline()


def test_sessions_share_their_categories() -> None:
    both = Sessions.of({"s1": Codings.of([TWO, TWO]), "s2": Codings.of([ONE, ONE])})
    assert both.categories == ("a", "b", "p")
    late = Sessions.of({"s1": Codings.of([events((0, 1, "z"))] * 2), "s2": Codings.of([TWO, TWO])})
    assert late.categories == ("z", "a", "b")
    assert late.codings["s2"].coders[0].code.tolist() == [1, 2]


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([(0, 10, "a"), ("x", 1, "a")], r"coder 1 has 'x' as onset_s in row 2"),
        ([(0, 10, "a"), (5, 4, "a")], r"ends before it begins in row 2: 5 s to 4 s"),
        ([(None, 10, "a")], r"no onset in row 1"),
        ([(0, 10, None)], r"no code in row 1"),
        ([(0, 10, "b")], r"'b' in row 1, which is not one of the categories \['a'\]"),
    ],
)
def test_wrong_events_name_coder_row_and_column(rows: list[tuple[object, object, object]], says: str) -> None:
    frame = pd.DataFrame(rows, columns=["onset_s", "offset_s", "code"])
    with pytest.raises(AgreementError, match=says):
        Codings.of([frame, TWO], categories=["a"])


def test_a_missing_column_is_named() -> None:
    with pytest.raises(AgreementError, match="no column 'onset_s'; it has: start"):
        Codings.of([pd.DataFrame({"start": [1]}), TWO])
    with pytest.raises(AgreementError, match="got one DataFrame"):
        Codings.of(ONE)  # type: ignore[arg-type]
    with pytest.raises(AgreementError, match="ends before it begins"):
        Codings.of([ONE, TWO], span=(5, 1))


@pytest.mark.parametrize(
    "values",
    [[3, 1, 3, -2], [1.0, 2.0, 1.0], [0.5, 1.5, 0.5], [0.1, 0.25, 0.1], [1e16, 1e16 + 2], [5, 50_000]],
    ids=["whole", "floats", "halves", "shares", "huge", "far-apart"],
)
def test_numbers_of_an_array_are_the_labels_sorted(values: list[float]) -> None:
    found, place = np.unique(values, return_inverse=True)
    units = UnitTable.from_frame(np.column_stack((values, values)))
    assert units.categories == tuple(found.tolist())
    assert units.codes[:, 0].tolist() == place.tolist()


def test_episodes_stand_apart() -> None:
    data = Codings.of([ONE, TWO], span=[(0, 10.2), (15, 30)])
    assert list(data.by_episode()) == ["0-10.2 s", "15-30 s"]
    first, second = data.by_episode().values()
    assert [len(c) for c in first.coders] == [1, 1]
    assert [len(c) for c in second.coders] == [1, 1]
    assert data.left_out == (1, 0)  # the point between the episodes
    assert second.observed.total_us == 15_000_000
