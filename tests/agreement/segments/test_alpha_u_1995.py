"""alpha_U of 1995 against the printed example and an oracle that goes through every pair of units and gaps."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder_app.agreement import compute
from coder_app.agreement.data import Codings
from coder_app.agreement.segments.case_runs import codings_of_case
from coder_app.errors import AgreementError

Coded = Callable[..., Codings]
LENGTH = 15


def oracle(coders: list[list[tuple[int, int]]]) -> tuple[float, float | None]:
    """Observed and expected disagreement on one code, term by term as in Krippendorff 2004, p. 252 f. (b, l, v)."""
    m = len(coders)
    whole = []
    for units in coders:
        edges = [0, *(t for unit in units for t in unit), LENGTH]
        gaps = [(a, b - a, 0) for a, b in zip(edges[::2], edges[1::2], strict=True) if b > a]
        whole.append([(a, b - a, 1) for a, b in units] + gaps)
    observed = 0.0
    for i, j in permutations(range(m), 2):
        for b, length, v in whole[i]:
            for c, other, w in whole[j]:
                if v and w and -length < b - c < other:
                    observed += (b - c) ** 2 + (b + length - c - other) ** 2
                elif v and not w and other - length >= b - c >= 0:
                    observed += length**2
                elif w and not v and other - length <= b - c <= 0:
                    observed += other**2
    observed /= m * (m - 1) * LENGTH**2
    n = sum(v for lane in whole for *_, v in lane)
    top, ways = 0.0, m * LENGTH * (m * LENGTH - 1)
    for lane in whole:
        for _, length, v in lane:
            if v:
                ways -= length * (length - 1)
                room = sum(g - length + 1 for other in whole for _, g, w in other if not w and g >= length)
                top += (n - 1) / 3 * (2 * length**3 - 3 * length**2 + length) + length**2 * room
    return observed, 2 / LENGTH * top / ways if ways > 0 else None


def lanes() -> st.SearchStrategy[list[list[tuple[int, int]]]]:
    cuts = st.lists(st.integers(0, LENGTH), max_size=8, unique=True).map(sorted)
    lane = cuts.map(lambda c: list(zip(c[::2], c[1::2], strict=False)))
    return st.lists(lane, min_size=2, max_size=3).filter(lambda found: any(found))


@settings(deadline=None)
@given(lanes())
def test_equals_the_formula_term_by_term(coders: list[list[tuple[int, int]]]) -> None:
    data = {"coders": [[[a, b, "k"] for a, b in units] for units in coders], "t0": 0, "t1": LENGTH}
    result = compute("alpha_u_1995", codings_of_case(data))
    observed, expected = oracle(coders)
    got = result["by_code"]["k"]
    assert got["observed"] == pytest.approx(observed, abs=1e-12)
    assert got["expected"] == (None if expected is None else pytest.approx(expected, abs=1e-12))


def test_printed_example(coded: Coded) -> None:
    # Krippendorff 2004, p. 254 ff.: alpha of c .7286, of k 1, overall .8591 (from rounded parts; .8587 unrounded)
    i = [[180, 240, "k"], [225, 295, "c"], [300, 350, "k"], [370, 400, "c"]]
    j = [[180, 240, "k"], [220, 300, "c"], [300, 350, "k"], [355, 375, "c"], [400, 420, "c"]]
    result = compute("alpha_u_1995", coded({"i": i, "j": j}, 150, 450))
    assert result.value == pytest.approx(0.8591, abs=5e-4)
    assert result["by_code"]["c"]["value"] == pytest.approx(0.7286, abs=5e-5)
    assert result["by_code"]["k"]["value"] == 1


@pytest.mark.parametrize(
    ("coders", "reason"),
    [
        ([[], []], "no_segments"),
        ([[[0, 3, "a"], [2, 5, "a"]], []], "units_overlap"),
    ],
)
def test_undefined(coded: Coded, coders: Any, reason: str) -> None:
    assert compute("alpha_u_1995", coded(coders, 0, 10)).undefined == reason


def test_one_coder_is_too_few(coded: Coded) -> None:
    with pytest.raises(AgreementError, match="2 or more coders"):
        compute("alpha_u_1995", coded([[[0, 3, "a"]]], 0, 10))
