"""EasyDIAg: the manual's tables, a case by hand, the greedy rule over all pairs as oracle, points, and what is undefined."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from timed_events_kit import Event, codings, events

from coder_app.agreement.timed.easydiag import EasyDiagOptions, easydiag, table_figures
from coder_app.errors import AgreementError

# Manual of Holle & Rein, figure 9; printed per code: kappa .69 .33 .77 .49 .72 .30,
# kappa_max .8921 .9820 .9596 .4863 .9531 .8242
MANUAL = np.array(
    [
        [122, 10, 4, 6, 0, 4, 11],
        [0, 12, 0, 4, 4, 0, 10],
        [2, 0, 34, 0, 0, 2, 3],
        [0, 0, 0, 6, 0, 0, 0],
        [0, 0, 0, 0, 38, 4, 6],
        [2, 2, 2, 0, 0, 6, 3],
        [13, 7, 4, 2, 10, 5, 0],
    ]
)


def test_manual_per_code() -> None:
    codes = table_figures(MANUAL, tuple("ABCDEF"))["codes"]
    assert [round(c["kappa"], 2) for c in codes.values()] == [0.69, 0.33, 0.77, 0.49, 0.72, 0.30]  # type: ignore[attr-defined]
    largest = [round(c["kappa_max"], 4) for c in codes.values()]  # type: ignore[attr-defined]
    assert largest == [0.8921, 0.9820, 0.9596, 0.4863, 0.9531, 0.8242]


def test_parts_by_hand() -> None:
    # Shares 9/10, 8/10, 5/10 (no link) and 10/10. Links 2 each: a/a 2, b/b 2, c/b 2; a missed 1, a extra 1; N = 8.
    # RA = 4/8. r = (3,2,2), c = (3,4,0), R = C = 1: pe = (9 + 8) x 6/49/8; 6/8 linked. Block: N 6, 4/6, pe = (2x2 + 2x4)/36.
    first = [(0, 10, 0), (20, 30, 1), (40, 50, 0), (60, 70, 2)]
    result = easydiag(codings(first, [(1, 10, 0), (22, 30, 1), (45, 55, 0), (60, 70, 1)], end=100))
    pe = 17 * 6 / 49 / 8
    assert result["table"] == [[2, 0, 0, 1], [0, 2, 0, 0], [0, 2, 0, 0], [1, 0, 0, 0]]
    assert result.value == pytest.approx((0.5 - pe) / (1 - pe))
    assert (result["raw_agreement"], result["percent_linked"], result["n"]) == (0.5, 0.75, 8)
    assert result["linked_block"]["kappa"] == pytest.approx((2 / 3 - 1 / 3) / (2 / 3))
    assert result["kappa_max"] == pytest.approx((6 / 8 - pe) / (1 - pe))  # smaller margins: 3, 2, 0 and 1
    assert result["pairs"] == [[0, 0], [1, 1], [3, 3]]


def greedy(first: list[Event], second: list[Event], percent: int, tolerance: int) -> list[tuple[int, int]]:
    """Match first, then apply the threshold: the largest share among all pairs of free events, again and again."""
    pairs, free = [], [(i, j) for i in range(len(first)) for j in range(len(second))]

    def rank(pair: tuple[int, int]) -> Fraction | None:
        (a, b, _), (c, d, _) = first[pair[0]], second[pair[1]]
        if a == b and c == d:
            return Fraction(1000 - abs(a - c))
        return Fraction(min(b, d) - max(a, c), max(b - a, d - c)) if a < b and c < d else None

    while free := [p for p in free if (rank(p) or 0) > 0]:
        best = max(rank(p) or 0 for p in free)
        i, j = next(p for p in free if rank(p) == best)
        if best >= (1000 - tolerance if first[i][0] == first[i][1] else Fraction(percent, 100)):
            pairs.append((i, j))
        free = [p for p in free if p[0] != i and p[1] != j]
    return sorted(pairs)


@given(events(8), events(8), st.sampled_from([10, 51, 60, 75, 100]), st.sampled_from([0, 2, 9]))
def test_equals_all_pairs(first: list[Event], second: list[Event], percent: int, tolerance: int) -> None:
    result = easydiag(codings(first, second), EasyDiagOptions(percent / 100, tolerance))
    pairs = greedy(first, second, percent, tolerance)
    assert sorted(map(tuple, result["pairs"])) == pairs
    assert result["n"] == len(first) + len(second)
    assert result["percent_linked"] == (pytest.approx(2 * len(pairs) / result["n"]) if result["n"] else None)


def test_a_code_one_coder_never_uses() -> None:
    # The original divides 0 by 0 here; a margin of 0 expects 0: r = (2,2), c = (4,0), pe = 2 x 4/4/4 = .5 = po
    result = easydiag(codings([(0, 10, 0), (20, 30, 1)], [(0, 10, 0), (20, 30, 0)], "ab"))
    assert result.value == 0.0
    assert result["codes"]["b"]["positive"] == 0.0


def test_undefined_and_wrong_calls() -> None:
    nothing = easydiag(codings([], []))
    assert (nothing.undefined, nothing["raw_agreement"], nothing["percent_linked"]) == ("no_events", None, None)
    assert easydiag(codings([(0, 5, 0)], [], "ab")).undefined == "saturated"
    assert easydiag(codings([(0, 5, 0), (6, 9, 1)], [], "ab")).value == 0.0
    assert easydiag(codings([(0, 5, 0)], [(0, 5, 0)], "ab")).undefined == "one_category"
    for wrong in (EasyDiagOptions(0), EasyDiagOptions(1.1), EasyDiagOptions(0.6, -1)):
        with pytest.raises(AgreementError):
            easydiag(codings([], []), wrong)
