"""Cutting time into units: each rule once, by hand, and the published example."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from coder_app.agreement import MISSING, Timeline, Track, compute
from coder_app.agreement.timed.units import midpoints, time_units
from coder_app.errors import AgreementError
from coder_app.model.interval import Spans

S = 1_000_000
CODES = ("a", "b", "none")


def seconds(*bouts: tuple[float, float, int]) -> Track:
    return Track.of((round(a * S), round(b * S), code) for a, b, code in bouts)


def timeline(compared: list[tuple[float, float]], first: Track, second: Track) -> Timeline:
    span = Spans.of((round(a * S), round(b * S)) for a, b in compared)
    return Timeline(span, first, second, CODES, gap=2)


def test_a_unit_carries_what_stands_at_its_midpoint() -> None:
    # Units 0-1, 1-2, 2-3, midpoints .5, 1.5, 2.5. First coder a to 1.5, then b: half-open, so 1.5 is b already.
    # Second coder a to 1.500001, then b: 1.5 is still a.
    first, second = seconds((0, 1.5, 0), (1.5, 3, 1)), seconds((0, 1.500001, 0), (1.500001, 3, 1))
    assert time_units(timeline([(0, 3)], first, second), S).codes.tolist() == [[0, 0], [1, 0], [1, 1]]


def test_a_midpoint_between_two_microseconds_is_exact() -> None:
    # Unit 1001 us, midpoint 500.5 us: a bout ending at 500 us is over, one ending at 501 us still stands.
    first, second = Track.of([(0, 500, 0)]), Track.of([(0, 501, 0)])
    assert time_units(Timeline(Spans(((0, 1001),)), first, second, CODES, 2), 1001).codes.tolist() == [[2, 0]]


def test_the_last_partial_unit_is_dropped() -> None:
    # 3.9 s hold three units of 1 s; the last .9 s go, though their midpoint (3.5) lies in the compared time.
    both = seconds((0, 3.9, 0))
    assert len(time_units(timeline([(0, 3.9)], both, both), S).codes) == 3


def test_the_grid_starts_where_the_compared_time_starts() -> None:
    # Compared 0.3-3.3: units 0.3-1.3, 1.3-2.3, 2.3-3.3 with midpoints .8, 1.8, 2.8. A change at 1 s falls before 1.8.
    first, second = seconds((0, 1, 0), (1, 4, 1)), seconds((0, 2, 0), (2, 4, 1))
    assert time_units(timeline([(0.3, 3.3)], first, second), S).codes.tolist() == [[0, 0], [1, 0], [1, 1]]


def test_several_parts_share_one_grid() -> None:
    # Parts 0-2.2 and 3.4-6: one grid from 0, six whole units, midpoints .5 1.5 2.5 3.5 4.5 5.5. 2.5 lies in the gap and leaves.
    # Unit 3-4 counts (3.5 is inside), though its first .4 s are uncoded.
    both = seconds((0, 2.2, 0), (3.4, 6, 1))
    parts = timeline([(0, 2.2), (3.4, 6)], both, both)
    assert (midpoints(parts.compared, S) / S).tolist() == [0.5, 1.5, 3.5, 4.5, 5.5]
    assert time_units(parts, S).codes[:, 0].tolist() == [0, 0, 1, 1, 1]


def test_unscorable_units_leave_the_table() -> None:
    # Second coder unscorable 1-2: units a a, a -, a b are left as aa and ab.
    first, second = seconds((0, 3, 0)), seconds((0, 1, 0), (1, 2, MISSING), (2, 3, 1))
    units = time_units(timeline([(0, 3)], first, second), S)
    assert units.codes.tolist() == [[0, 0], [0, MISSING], [0, 1]]
    assert units.contingency().total == 2


def test_a_gap_is_the_category_none() -> None:
    units = time_units(timeline([(0, 2)], seconds((0, 1, 0)), seconds()), S)
    assert units.codes.tolist() == [[0, 2], [2, 2]]


def test_published_example() -> None:
    # case timeunit-k1995-bertha-bill: Krippendorff 1995, digitised in DKPro Krippendorff1995Test; kappa .385
    first, second = seconds((2, 10, 0), (14, 20, 0)), seconds((4, 8, 0), (15, 17, 0))
    units = time_units(Timeline(Spans(((0, 24 * S),)), first, second, ("u", "nil"), gap=1), S)
    assert units.contingency().counts.tolist() == [[6, 8], [0, 10]]
    assert compute("cohen_kappa", units).value == pytest.approx(0.3846153846, abs=1e-9)


def test_both_coders_empty() -> None:
    # case degenerate-timeunit-both-empty: 60 units nil/nil; agreement 1, kappa does not exist
    units = time_units(Timeline(Spans(((0, 60 * S),)), seconds(), seconds(), ("a", "nil"), gap=1), S)
    assert compute("percent_agreement", units).value == 1.0
    assert compute("cohen_kappa", units).undefined == "one_category"


def test_tolerance_case_at_zero() -> None:
    # case timeunit-tolerance-0 (tolerance 0): matrix [[7, 0], [7, 6]], kappa .375 either way round
    first = seconds((0, 5, 0), (5, 10, 1), (10, 12, 0), (12, 20, 1))
    second = seconds((0, 8, 0), (8, 9, 1), (9, 15, 0), (15, 20, 1))
    units = time_units(Timeline(Spans(((0, 20 * S),)), first, second, ("a", "b")), S)
    assert units.contingency().counts.tolist() == [[7, 0], [7, 6]]
    assert compute("cohen_kappa", units).value == pytest.approx(0.375)


def test_nothing_compared_gives_no_units() -> None:
    assert time_units(timeline([], seconds((0, 1, 0)), seconds()), S).codes.shape == (0, 2)


@pytest.mark.parametrize("unit_us", [0, -1, 999])
def test_a_unit_below_a_millisecond_is_refused(unit_us: int) -> None:
    with pytest.raises(AgreementError, match=r"0\.001 s or more"):
        midpoints(Spans(((0, S),)), unit_us)


def test_overlapping_bouts_of_one_coder_are_refused() -> None:
    with pytest.raises(AgreementError, match=r"overlap at 1\.000000 s"):
        seconds((0, 2, 0), (1, 3, 1))


def tracks(codes: int) -> st.SearchStrategy[Track]:
    edges = st.lists(st.integers(0, 40), min_size=2, max_size=12, unique=True).map(sorted)
    pick = st.lists(st.integers(MISSING, codes - 1), min_size=11, max_size=11)
    return st.builds(lambda e, c: Track.of((a * 100, b * 100, k) for a, b, k in zip(e, e[1:], c, strict=False)), edges, pick)


@given(tracks(2), tracks(2), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=4))
def test_equals_a_plain_loop_and_scikit_learn(first: Track, second: Track, parts: list[tuple[int, int]]) -> None:
    compared = Spans.of((a * 100, b * 100) for a, b in parts)
    unit = 1000

    def carried(track: Track, instant: int) -> int:
        rows = zip(track.onset_us, track.offset_us, track.code, strict=True)
        return next((int(code) for onset, offset, code in rows if onset <= instant < offset), 2)

    expected = []
    at = compared.parts[0][0] if compared else 0
    while compared and at + unit <= compared.parts[-1][1]:
        if compared.holding(at + unit // 2):
            expected.append([carried(first, at + unit // 2), carried(second, at + unit // 2)])
        at += unit
    units = time_units(Timeline(compared, first, second, CODES, gap=2), unit)
    assert units.codes.tolist() == expected

    both = [row for row in expected if MISSING not in row]
    kappa = compute("cohen_kappa", units)
    if both and len({code for row in both for code in row}) > 1:
        one, two = zip(*both, strict=True)
        assert kappa.value == pytest.approx(cohen_kappa_score(one, two, labels=[0, 1, 2]), abs=1e-12)
    else:
        assert kappa.value is None
