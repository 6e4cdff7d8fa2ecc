"""Matching instants: the issue's example, exact ends, least distance, and an exhaustive search as oracle."""

from __future__ import annotations

from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder_app.agreement import PointPair, compute
from coder_app.agreement.timed.point_matching import match
from coder_app.errors import AgreementError

FIRST = [155_105_000, 169_855_000, 264_855_000]
SECOND = [156_405_000, 170_852_000, 264_606_000]


@pytest.mark.parametrize(("tolerance_us", "matched"), [(250_000, 1), (1_000_000, 2), (1_300_000, 3), (1_299_999, 2)])
def test_three_pairs_of_points(tolerance_us: int, matched: int) -> None:
    # Distances 1.300, .997 and .249 s. In floating seconds 156.405 - 155.105 is above 1.3; in microseconds it is 1.3.
    result = compute("point_matching", PointPair.of(FIRST, SECOND), tolerance_us=tolerance_us)
    assert result["matched"] == matched
    assert result.value == pytest.approx(2 * matched / 6)


def test_parts() -> None:
    # Pairs 10-12 and 20-17 (tolerance 5), 40 alone: 2 x 2 / 5; differences +2 and -3: mean -.5, median |d| 2.5
    result = compute("point_matching", PointPair.of([20, 10, 40], [12, 17]), tolerance_us=5)
    assert result.value == pytest.approx(0.8)
    assert (result["matched"], result["first_only"], result["second_only"]) == (2, 1, 0)
    assert result["pairs"] == [(0, 0), (1, 1)]
    assert (result["mean_difference_us"], result["median_absolute_us"]) == (-0.5, 2.5)


def test_most_pairs_come_before_the_nearest() -> None:
    # Nearest first would take 10-9 and leave 0 and 18 alone; two pairs 0-9 and 10-18 are possible at 9.
    assert match(np.array([0, 10]), np.array([9, 18]), 9) == [(0, 0), (1, 1)]


def test_least_distance_among_equally_many() -> None:
    # One point against two: 5 takes 6, not 2.
    assert match(np.array([5]), np.array([2, 6]), 10) == [(0, 1)]


def test_tolerance_zero_matches_equal_instants() -> None:
    assert match(np.array([1, 2, 3]), np.array([2, 3, 4]), 0) == [(1, 0), (2, 1)]


def test_undefined_and_wrong_calls() -> None:
    nothing = compute("point_matching", PointPair.of([], []))
    assert (nothing.value, nothing.undefined) == (None, "no_points")
    one = compute("point_matching", PointPair.of([1], []))
    assert (one.value, one["first_only"], one["mean_difference_us"]) == (0.0, 1, None)
    assert one["undefined_parts"]["mean_difference_us"] == "no_matches"
    with pytest.raises(AgreementError, match="below zero"):
        compute("point_matching", PointPair.of([1], [2]), tolerance_us=-1)


def exhaustive(first: list[int], second: list[int], tolerance: int) -> tuple[int, int]:
    """Most pairs and their least total distance, over every one-to-one assignment."""
    for size in range(min(len(first), len(second)), 0, -1):
        totals = [
            sum(abs(a - b) for a, b in zip(chosen, order, strict=True))
            for chosen in combinations(first, size)
            for order in permutations(second, size)
            if all(abs(a - b) <= tolerance for a, b in zip(chosen, order, strict=True))
        ]
        if totals:
            return size, min(totals)
    return 0, 0


POINTS = st.lists(st.integers(0, 30), max_size=5).map(sorted)


@given(POINTS, POINTS, st.integers(0, 12))
def test_equals_exhaustive_search(first: list[int], second: list[int], tolerance: int) -> None:
    pairs = match(np.array(first, dtype=np.int64), np.array(second, dtype=np.int64), tolerance)
    apart = [abs(first[i] - second[j]) for i, j in pairs]
    assert all(d <= tolerance for d in apart)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    assert (len(pairs), sum(apart)) == exhaustive(first, second, tolerance)
