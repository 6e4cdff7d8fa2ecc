"""Matches the points of two coders one to one at a tolerance.

Two points may be matched if they lie at most the tolerance apart, compared in whole microseconds with the end included.
Among all matchings the one with the most pairs is taken, and among those the one with the smallest total distance. On a
line such a best matching never needs to cross (uncrossing two pairs makes neither the longer distance nor the total
larger), so it is the alignment of the two sorted lists in which a pair saves almost the same whatever its distance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from coder_app.agreement.data import Ints, PointPair
from coder_app.agreement.result import AgreementResult, undefined
from coder_app.agreement.timed.alignment import Band, align
from coder_app.errors import AgreementError


@dataclass(frozen=True, slots=True)
class MatchOptions:
    """`tolerance_us`: the largest distance of a pair, included."""

    tolerance_us: int = 1_000_000


def point_matching(data: PointPair, options: MatchOptions = MatchOptions()) -> AgreementResult:
    """How many points of one code two coders have in common.

    Parameters
    ----------
    data : instants of the two coders, whole microseconds.
    options : ``tolerance_us``.

    Returns
    -------
    ``value`` = 2 m / (n1 + n2) in [0, 1]: matched points among all points, which is the positive agreement and the F1
    score; with ``matched`` (pairs), ``first_only``, ``second_only``, ``n_first``, ``n_second``, ``pairs`` (list of (i, j)
    positions in the sorted lists), ``mean_difference_us`` (second minus first; None without pairs),
    ``median_absolute_us``. None with no_points where neither coder has one.
    Raises: AgreementError for a negative tolerance.
    Source: definition (agreement.md 2.3 b for the non-crossing chain); there is no chance correction, since instants
    without a point cannot be counted.
    """
    if options.tolerance_us < 0:
        raise AgreementError(f"A tolerance of {options.tolerance_us / 1e6:g} s is below zero. Choose 0 or more.")
    first, second = data.first_us, data.second_us
    n = len(first) + len(second)
    if n == 0:
        return undefined("point_matching", "no_points", **_counts([], first, second))
    pairs = match(first, second, options.tolerance_us)
    return AgreementResult("point_matching", 2 * len(pairs) / n, None, _counts(pairs, first, second))


def match(first_us: Ints, second_us: Ints, tolerance_us: int) -> list[tuple[int, int]]:
    """Positions (i, j) of the matched points of two sorted lists, in order."""
    most = min(len(first_us), len(second_us))
    prize = tolerance_us * most + 1  # a pair more is always worth more than any distance saved

    def saving(rows: Ints, columns: Ints) -> Ints:
        return prize - np.abs(second_us[columns] - first_us[rows])

    low = np.searchsorted(second_us, first_us - tolerance_us)
    high = np.searchsorted(second_us, first_us + tolerance_us, side="right")
    pairs = align(Band.around(low, high, len(second_us), saving)).pairs
    return [(i, j) for i, j in pairs.tolist()]


def _counts(pairs: list[tuple[int, int]], first: Ints, second: Ints) -> dict[str, object]:
    differences = np.array([second[j] - first[i] for i, j in pairs], dtype=np.int64)
    return {
        "matched": len(pairs),
        "first_only": len(first) - len(pairs),
        "second_only": len(second) - len(pairs),
        "n_first": len(first),
        "n_second": len(second),
        "pairs": pairs,
        "mean_difference_us": float(differences.mean()) if pairs else None,
        "median_absolute_us": float(np.median(np.abs(differences))) if pairs else None,
        "undefined_parts": {} if pairs else dict.fromkeys(("mean_difference_us", "median_absolute_us"), "no_matches"),
    }
