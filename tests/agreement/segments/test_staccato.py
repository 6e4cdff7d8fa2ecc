"""Nuclei against every subset of markings, and the random placement against what it promises."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder_app.agreement import compute
from coder_app.agreement.data import Codings
from coder_app.agreement.segments.case_runs import codings_of_case
from coder_app.agreement.segments.continuum import continuum
from coder_app.agreement.segments.staccato import StaccatoOptions, nuclei_of, random_counts

Coded = Callable[..., Codings]
Marking = tuple[int, int]


def overlap(a: Marking, b: Marking) -> bool:
    return max(a[0], b[0]) < min(a[1], b[1])


def nuclei_by_subsets(markings: list[Marking]) -> set[tuple[int, ...]]:
    """Thomann's definition, tried on every subset: all overlap each other, none is told from another by the rest, and no
    larger subset is one too."""
    found: list[set[int]] = []
    n = range(len(markings))
    for size in range(len(markings), 1, -1):
        for subset in combinations(n, size):
            rest = [k for k in n if k not in subset]
            together = all(overlap(markings[i], markings[j]) for i, j in combinations(subset, 2))
            alike = len({tuple(overlap(markings[i], markings[k]) for k in rest) for i in subset}) == 1
            if together and alike and not any(set(subset) <= larger for larger in found):
                found.append(set(subset))
    return {tuple(sorted(one)) for one in found}


def chains(markings: list[Marking]) -> int:
    """How many connected parts the graph of overlaps has."""
    parts = [{i} for i in range(len(markings))]
    for i, j in combinations(range(len(markings)), 2):
        if overlap(markings[i], markings[j]):
            a, b = (next(p for p in parts if k in p) for k in (i, j))
            if a is not b:
                parts.remove(b)
                a |= b
    return len(parts)


MARKINGS = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 8)).map(lambda x: (x[0], x[0] + x[1])), max_size=4)


@settings(deadline=None)
@given(MARKINGS, MARKINGS)
def test_nuclei_are_those_of_the_definition(first: list[Marking], second: list[Marking]) -> None:
    rows = [[[a, b, "g"] for a, b in one] for one in (first, second)]
    units = continuum(codings_of_case({"coders": rows, "t0": 0, "t1": 40}))
    markings = [*first, *second]
    found = nuclei_of(units)
    expected = sorted(sorted(markings[i] for i in nucleus) for nucleus in nuclei_by_subsets(markings))
    assert sorted(sorted(nucleus) for nucleus in found.nuclei) == expected
    assert found.n_nucleus_nominations == sum(map(len, expected))
    assert found.n_fields == chains(markings)


def test_degree_of_organisation_by_hand(coded: Coded) -> None:
    data = coded({"1": [[0, 10, "g"], [20, 30, "g"]], "2": [[2, 8, "g"], [50, 52, "g"]]}, 0, 60)
    result = compute("staccato", data, runs=200, seed=4)
    # 2 of 4 markings in a nucleus: (2 - E) / (4 - E)
    assert result.value == pytest.approx((2 - result["expected"]) / (4 - result["expected"]))
    assert result["variant"] == "Staccato-style"
    assert result["n_isolated"] == 2


def test_below_chance_the_degree_is_negative(coded: Coded) -> None:
    # long markings that touch but never overlap, where random ones nearly always do: (0 - E) / E = -1
    result = compute("staccato", coded({"1": [[0, 30, "g"]], "2": [[30, 60, "g"]]}, 0, 60), runs=100)
    assert result["n_nucleus_nominations"] == 0
    assert result.value == -1


def test_random_markings_keep_number_length_and_room(coded: Coded) -> None:
    # expected of two markings of 10 s in 60 s: they overlap when their onsets, uniform in [0, 50], lie within 10 s:
    # 1 - (40 / 50)^2 = .36, and each nucleus holds 2
    units = continuum(coded({"1": [[0, 10, "g"]], "2": [[0, 10, "g"]]}, 0, 60))
    drawn = random_counts(units, StaccatoOptions(runs=4000, seed=1))
    assert set(np.unique(drawn)) == {0, 2}
    assert drawn.mean() / 2 == pytest.approx(0.36, abs=4 * np.sqrt(0.36 * 0.64 / 4000))


def test_seed_repeats(coded: Coded) -> None:
    data = coded({"1": [[0, 10, "g"], [20, 30, "g"]], "2": [[2, 8, "g"]]}, 0, 60)
    assert compute("staccato", data, seed=2)["expected"] == compute("staccato", data, seed=2)["expected"]


@pytest.mark.parametrize(
    ("coders", "reason"),
    [([[], []], "no_segments"), ([[[0, 60, "g"]], [[0, 60, "g"]]], "no_chance_disorder")],
)
def test_undefined(coded: Coded, coders: Any, reason: str) -> None:
    assert compute("staccato", coded(coders, 0, 60), runs=20).undefined == reason
