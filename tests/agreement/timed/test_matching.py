"""The matcher of events: one example of every kind, every event once, and all assignments there are as oracle."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from timed_events_kit import Event, codings, events

from coder_app.agreement.data import EventTable
from coder_app.agreement.timed.assignment import best_pairs
from coder_app.agreement.timed.event_matching import event_matching
from coder_app.agreement.timed.matching import EventMatch, Kind, MatchRule, hit_pairs, match_events
from coder_app.errors import AgreementError

CLOSE = MatchRule(onset_us=1, offset_us=1)


def matched(first: list[Event], second: list[Event], rule: MatchRule = CLOSE) -> list[EventMatch]:
    data = codings(first, second)
    return match_events(data.coders[0], data.coders[1], rule)


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        ([(10, 20, 0)], [(11, 19, 0)], Kind.HIT),
        ([(10, 20, 0)], [(12, 20, 0)], Kind.SHIFTED_ONSET),
        ([(10, 20, 0)], [(10, 24, 0)], Kind.SHIFTED_OFFSET),
        ([(10, 20, 0)], [(14, 24, 0)], Kind.SHIFTED),
        ([(10, 20, 0)], [(10, 20, 1)], Kind.WRONG_CODE),
        ([(10, 20, 0)], [(13, 20, 1)], Kind.WRONG_CODE),  # 7 of 10 shared
        ([(10, 20, 0)], [], Kind.MISS),
        ([], [(10, 20, 0)], Kind.EXTRA),
        ([(10, 10, 0)], [(11, 11, 0)], Kind.HIT),
        ([(10, 10, 0)], [(11, 11, 1)], Kind.WRONG_CODE),
        ([(10, 20, 0)], [(10, 14, 0), (15, 20, 0)], Kind.SPLIT),
        ([(10, 14, 0), (15, 20, 0)], [(10, 20, 0)], Kind.MERGE),
    ],
)
def test_every_kind(first: list[Event], second: list[Event], kind: Kind) -> None:
    found = matched(first, second)
    assert [match.kind for match in found] == [kind]
    assert (len(found[0].first), len(found[0].second)) == (len(first), len(second))


def test_differences_reach_over_all_parts() -> None:
    found = matched([(10, 20, 0)], [(12, 14, 0), (15, 23, 0)])
    assert found == [EventMatch(Kind.SPLIT, (0,), (0, 1), 2, 3)]


def test_apart_in_time_is_a_miss_and_an_extra() -> None:
    assert [match.kind for match in matched([(10, 20, 0)], [(30, 40, 0)])] == [Kind.MISS, Kind.EXTRA]
    assert [match.kind for match in matched([(10, 20, 0)], [(16, 30, 1)])] == [Kind.MISS, Kind.EXTRA]  # 4 of 14 shared


def test_a_point_never_matches_a_state_nor_another_stream() -> None:
    assert {match.kind for match in matched([(10, 10, 0)], [(10, 11, 0)])} == {Kind.MISS, Kind.EXTRA}
    one, other = codings([(10, 20, 0)], [(10, 20, 0)]).coders
    streams = replace(one, stream=np.array([0])), replace(other, stream=np.array([1]))
    assert {match.kind for match in match_events(*streams)} == {Kind.MISS, Kind.EXTRA}


@pytest.mark.parametrize(("tolerance_us", "hits"), [(250_000, 1), (1_000_000, 2), (1_300_000, 3)])
def test_three_pairs_of_points(tolerance_us: int, hits: int) -> None:
    # Distances 1.300, .997 and .249 s; 156.405 - 155.105 is above 1.3 in floating seconds
    points = [np.array(p) for p in ([155_105_000, 169_855_000, 264_855_000], [156_405_000, 170_852_000, 264_606_000])]
    one, other = (EventTable.of(p, p, np.zeros(3, dtype=np.int64)) for p in points)
    found = Counter(match.kind for match in match_events(one, other, MatchRule(tolerance_us)))
    assert found == Counter({Kind.HIT: hits, Kind.MISS: 3 - hits, Kind.EXTRA: 3 - hits}) - Counter()


def exhaustive(pairs: dict[tuple[int, int], int]) -> tuple[int, int]:
    """Most pairs one to one, and their least total distance, over every choice of pairs."""
    for size in range(min(len({i for i, _ in pairs}), len({j for _, j in pairs})), 0, -1):
        totals = [
            sum(pairs[p] for p in chosen)
            for chosen in combinations(pairs, size)
            if len({i for i, _ in chosen}) == len({j for _, j in chosen}) == size
        ]
        if totals:
            return size, min(totals)
    return 0, 0


@given(st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 4)), st.integers(0, 20), max_size=9))
def test_assignment_equals_exhaustive_search(pairs: dict[tuple[int, int], int]) -> None:
    i, j, distance = (np.array(x, dtype=np.int64) for x in ([p[0] for p in pairs], [p[1] for p in pairs], [*pairs.values()]))
    taken = best_pairs(i, j, distance)
    assert len(set(i[taken])) == len(set(j[taken])) == len(taken)
    assert (len(taken), int(distance[taken].sum())) == exhaustive(pairs)


@given(events(5, 2), events(5, 2), st.integers(0, 6), st.sampled_from([None, 0, 3]))
def test_hits_equal_exhaustive_search(first: list[Event], second: list[Event], onset: int, offset: int | None) -> None:
    data = codings(first, second)
    found = hit_pairs(data.coders[0], data.coders[1], MatchRule(onset, offset))
    pairs = {
        (i, j): abs(a[0] - b[0]) + (0 if offset is None or a[0] == a[1] else abs(a[1] - b[1]))
        for i, a in enumerate(first)
        for j, b in enumerate(second)
        if a[2] == b[2] and (a[0] == a[1]) == (b[0] == b[1]) and abs(a[0] - b[0]) <= onset
        if offset is None or a[0] == a[1] or abs(a[1] - b[1]) <= offset
    }
    totals = sum(pairs[i, j] for i, j in found.tolist())
    if len(pairs) <= 12:
        assert (len(found), totals) == exhaustive(pairs)
    assert all((i, j) in pairs for i, j in found.tolist())


@given(events(6, 2), events(6, 2))
def test_every_event_stands_in_one_match(first: list[Event], second: list[Event]) -> None:
    found = matched(first, second)
    for side, own in (("first", first), ("second", second)):
        assert sorted(at for match in found for at in getattr(match, side)) == list(range(len(own)))
    for match in found:
        codes = {first[at][2] for at in match.first} | {second[at][2] for at in match.second}
        assert len(codes) == (2 if match.kind is Kind.WRONG_CODE else 1)
        if match.kind is Kind.HIT:
            assert abs(match.onset_difference_us or 0) <= 1 >= abs(match.offset_difference_us or 0)


@given(st.permutations(range(4)), st.permutations(range(4)))
def test_order_of_rows_is_nothing(one: list[int], other: list[int]) -> None:
    rows: list[Event] = [(0, 5, 0), (4, 12, 1), (13, 13, 0), (20, 30, 0)]
    usual = event_matching(codings(rows, rows[1:]), CLOSE)
    shuffled = event_matching(codings([rows[i] for i in one], [rows[i] for i in other if i]), CLOSE)
    assert shuffled["counts"] == usual["counts"]
    assert shuffled.value == usual.value == pytest.approx(6 / 7)


def test_statistic() -> None:
    result = event_matching(codings([(5, 9, 1), (0, 3, 0)], [(0, 3, 0), (5, 9, 2)]), CLOSE)
    assert result.value == 0.5
    assert result["matches"][1] == {
        "kind": "wrong_code",
        "first": [0],
        "first_codes": ["b"],
        "second": [1],
        "second_codes": ["c"],
        "onset_difference_us": 0,
        "offset_difference_us": 0,
    }
    assert event_matching(codings([], [])).undefined == "no_events"
    for wrong in (MatchRule(-1), MatchRule(1, -1), MatchRule(1, 1, 0.0)):
        with pytest.raises(AgreementError):
            event_matching(codings([], []), wrong)


def test_all_permutations_of_a_crowd() -> None:
    # Four against four, all within reach: the least total is that of the best of 24 permutations.
    first, second = [(0, 9, 0), (2, 4, 0), (3, 11, 0), (5, 6, 0)], [(1, 3, 0), (2, 10, 0), (4, 8, 0), (6, 12, 0)]
    data = codings(first, second)
    pairs = hit_pairs(data.coders[0], data.coders[1], MatchRule(20, 20))
    apart = [[abs(a[0] - b[0]) + abs(a[1] - b[1]) for b in second] for a in first]
    assert sum(apart[i][j] for i, j in pairs.tolist()) == min(
        sum(apart[i][j] for i, j in enumerate(p)) for p in permutations(range(4))
    )
