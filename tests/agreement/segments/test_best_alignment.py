"""Best alignments against every alignment there is, a set-partition programme over all unitary alignments, and pygamma."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations, product
from math import comb
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import LinearConstraint, OptimizeResult, milp

from coder_app.agreement.data import Codings
from coder_app.agreement.segments.best_alignment import best_alignment
from coder_app.agreement.segments.case_runs import codings_of_case
from coder_app.agreement.segments.continuum import Continuum, continuum, sorted_continuum
from coder_app.agreement.segments.dissimilarity import Dissimilarity
from coder_app.agreement.segments.many_alignment import NOBODY
from coder_app.agreement.segments.many_alignment import _integer_partition as integer_partition
from coder_app.agreement.segments.neighbours import near_pairs
from coder_app.errors import AgreementError

DALTON = {
    "Joe": [[6, 15, "A"], [29, 38, "B"], [50, 70, "C"]],
    "Jack": [[3, 11, "A"], [30, 40, "B"], [60, 70, "C"]],
    "William": [[12, 25, "A"], [31, 40, "B"], [50, 60, "C"]],
    "Averell": [[2, 25, "A"], [33, 43, "B"], [55, 65, "C"]],
}
FIGURE_10 = {
    "Joe": [[4, 14, "A"], [20, 30, "B"]],
    "Jack": [[4, 14, "A"], [20, 25, "B"]],
    "William": [[14, 24, "A"], [40, 44, "B"]],
}


def cost_of(units: Continuum, row: tuple[int, ...], d: Dissimilarity) -> float:
    """What a unitary alignment costs by the definition: the mean over pairs of coders, delta for a pair with nobody."""
    total = 0.0
    for u, v in combinations(row, 2):
        if NOBODY in (u, v):
            total += d.delta
        else:
            apart = abs(units.onset[u] - units.onset[v]) + abs(units.offset[u] - units.offset[v])
            position = (apart / (units.length[u] + units.length[v])) ** 2
            total += d.delta * (d.alpha * position + d.beta * (units.code[u] != units.code[v]))
    return total / comb(len(row), 2)


def all_rows(units: Continuum) -> list[tuple[int, ...]]:
    first = units.first
    sides = [[NOBODY, *range(first[i], first[i + 1])] for i in range(units.n_coders)]
    return [row for row in product(*sides) if set(row) != {NOBODY}]


def least_by_exhaustion(units: Continuum, d: Dissimilarity) -> float:
    """The least cost of all partitions of the units into unitary alignments, each tried."""
    rows = [(set(row) - {NOBODY}, cost_of(units, row, d)) for row in all_rows(units)]

    def partitions(left: frozenset[int]) -> Iterator[float]:
        if not left:
            yield 0.0
            return
        first = min(left)
        for held, cost in rows:
            if first in held and held <= left:
                yield from (cost + rest for rest in partitions(left - held))

    return min(partitions(frozenset(range(units.n_units))))


def least_by_programme(units: Continuum, d: Dissimilarity) -> float:
    """The same as a 0/1 programme over all unitary alignments, none left out as too dear."""
    rows = all_rows(units)
    holds = np.zeros((units.n_units, len(rows)))
    for at, row in enumerate(rows):
        holds[[u for u in row if u != NOBODY], at] = 1
    ones = np.ones(units.n_units)
    cost = np.array([cost_of(units, row, d) for row in rows])
    return float(
        milp(
            cost, integrality=np.ones(len(rows)), constraints=LinearConstraint(holds, ones, ones), options={"mip_rel_gap": 0}
        ).fun
    )


def assert_sound(units: Continuum, d: Dissimilarity) -> float:
    """Every unit stands once, with its coder, and the costs are those of the definition. The total cost."""
    found = best_alignment(units, d)
    held = found.rows[found.rows != NOBODY]
    assert sorted(held.tolist()) == list(range(units.n_units))
    for coder in range(units.n_coders):
        column = found.rows[:, coder]
        assert (units.coder[column[column != NOBODY]] == coder).all()
    assert found.cost == pytest.approx([cost_of(units, tuple(row), d) for row in found.rows.tolist()], abs=1e-12)
    assert found.disorder == pytest.approx(found.cost.sum() * units.n_coders / units.n_units)
    return float(found.cost.sum())


UNIT = st.tuples(st.integers(0, 12), st.integers(1, 6), st.sampled_from("ab")).map(lambda x: [x[0], x[0] + x[1], x[2]])
WEIGHTS = st.sampled_from([(1.0, 1.0), (3.0, 1.0), (0.5, 2.0), (1.0, 0.0), (0.0, 1.0)])


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(UNIT, max_size=4), min_size=2, max_size=2), WEIGHTS)
def test_two_coders_equal_every_alignment(coders: list[list[list[Any]]], weights: tuple[float, float]) -> None:
    units = continuum(codings_of_case({"coders": coders, "t0": 0, "t1": 20}))
    d = Dissimilarity(*weights)
    if units.n_units:
        assert assert_sound(units, d) == pytest.approx(least_by_exhaustion(units, d), abs=1e-7)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.lists(UNIT, max_size=3), min_size=3, max_size=4), WEIGHTS)
def test_more_coders_equal_every_alignment(coders: list[list[list[Any]]], weights: tuple[float, float]) -> None:
    units = continuum(codings_of_case({"coders": coders, "t0": 0, "t1": 20}))
    d = Dissimilarity(*weights)
    if 0 < units.n_units <= 8:
        assert assert_sound(units, d) == pytest.approx(least_by_exhaustion(units, d), abs=1e-7)


@pytest.mark.parametrize(("n", "m"), [(40, 2), (12, 3), (6, 4), (4, 5)])
@pytest.mark.parametrize("seed", range(3))
def test_equals_the_full_programme(random_units: Callable[..., Continuum], n: int, m: int, seed: int) -> None:
    units = random_units(seed, n, m, noise=2.0)
    for d in (Dissimilarity(), Dissimilarity(alpha=3, beta=2, delta=0.5)):
        assert assert_sound(units, d) == pytest.approx(least_by_programme(units, d), abs=1e-6)


@pytest.mark.parametrize("seed", [40, 111, 161, 184])
def test_where_the_linear_programme_has_no_whole_answer(seed: int, monkeypatch: Any) -> None:
    # twelve units that overlap much; found by drawing until the linear programme left fractions
    rng = np.random.default_rng(seed)
    onset, length = rng.integers(0, 10, (3, 4)).ravel().astype(float), rng.integers(1, 6, (3, 4)).ravel().astype(float)
    units = sorted_continuum(onset, onset + length, rng.integers(0, 2, 12), np.repeat(np.arange(3), 4), 3, (0.0, 20.0))
    called = []

    def noted(*given: Any) -> Any:
        called.append(seed)
        return integer_partition(*given)

    monkeypatch.setattr("coder_app.agreement.segments.many_alignment._integer_partition", noted)
    assert assert_sound(units, Dissimilarity()) == pytest.approx(least_by_programme(units, Dissimilarity()), abs=1e-7)
    assert called


def test_where_the_linear_programme_gives_up(random_units: Callable[..., Continuum], monkeypatch: Any) -> None:
    units = random_units(4, 20, 3, noise=2.0)
    whole = assert_sound(units, Dissimilarity())
    monkeypatch.setattr(
        "coder_app.agreement.segments.many_alignment.linprog", lambda *_given, **_options: OptimizeResult(x=None)
    )
    assert assert_sound(units, Dissimilarity()) == pytest.approx(whole, abs=1e-7)


def test_chunks_of_a_long_continuum_make_no_difference(random_units: Callable[..., Continuum], monkeypatch: Any) -> None:
    units = random_units(1, 3000, 2, noise=2.0)
    chunked = assert_sound(units, Dissimilarity())
    monkeypatch.setattr("coder_app.agreement.segments.pair_alignment.EDGES_AT_ONCE", 10**9)
    assert chunked == pytest.approx(assert_sound(units, Dissimilarity()), abs=1e-9)


@pytest.mark.parametrize(
    ("coders", "disorders"),
    [
        # pygamma-agreement 0.5.9, get_best_alignment(CombinedCategoricalDissimilarity(alpha, beta)).disorder, float32,
        # alpha, beta = (1, 1), (3, 1), (3, 2), (1, 2), (.5, 1); its own test data
        (DALTON, [0.2608203, 0.782461, 0.782461, 0.2608203, 0.13041015]),
        (FIGURE_10, [1.1851852, 1.5111111, 1.7222223, 1.1851852, 1.0092592]),
        (None, [0.6535417, 0.96062493, 1.1481249, 0.9035417, 0.57677084]),
    ],
    ids=["dalton", "figure10", "AlexPaulSuzan"],
)
def test_equals_pygamma(coders: Any, disorders: list[float], alex_paul_suzan: Codings) -> None:
    codings = alex_paul_suzan if coders is None else codings_of_case({"coders": coders})
    units = continuum(codings)
    weights = [(1, 1), (3, 1), (3, 2), (1, 2), (0.5, 1)]
    got = [best_alignment(units, Dissimilarity(alpha, beta)).disorder for alpha, beta in weights]
    assert got == pytest.approx(disorders, abs=5e-7)


def test_of_alignments_that_tie_the_one_with_most_pairs() -> None:
    # [0, 4) a and [4, 8) b: d_pos = (8 / 8)^2 = 1, d = 1 + 1 = 2 delta, just what they cost apart
    units = continuum(codings_of_case({"coders": [[[0, 4, "a"]], [[4, 8, "b"]]]}))
    assert len(best_alignment(units, Dissimilarity()).rows) == 1
    three = continuum(codings_of_case({"coders": [[[0, 4, "a"]], [[4, 8, "b"]], []]}))
    # C = 3: together 2 + 2 delta, apart 3 + 3
    assert len(best_alignment(three, Dissimilarity(alpha=2, beta=2)).rows) == 1


def test_near_pairs_are_all_pairs_below_the_limit(random_units: Callable[..., Continuum]) -> None:
    units = random_units(3, 60, 2, noise=3.0)
    behind = int(units.first[1])
    d = Dissimilarity(alpha=0.7)
    u, v, cost = near_pairs(units, slice(0, behind), slice(behind, units.n_units), d, 2.0)
    every = [(i, j) for i in range(behind) for j in range(behind, units.n_units)]
    of_all = d.of(units, *np.array(every).T)
    assert sorted(zip(u.tolist(), v.tolist(), strict=True)) == [p for p, c in zip(every, of_all, strict=True) if c <= 2]
    assert len(cost) == len(u)


def test_units_that_overlap_too_much_are_refused(random_units: Callable[..., Continuum], monkeypatch: Any) -> None:
    monkeypatch.setattr("coder_app.agreement.segments.neighbours.MOST_PAIRS", 10)
    with pytest.raises(AgreementError, match="overlap too much"):
        best_alignment(random_units(1, 50, 2), Dissimilarity())
