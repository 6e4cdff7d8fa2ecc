"""Alignment in a band against the whole table of Needleman and Wunsch, and against every alignment there is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from timed_events_kit import full_table

from coder_app.agreement.data import Ints
from coder_app.agreement.timed.alignment import NEVER, Band, Costs, align, optimal_tables
from coder_app.errors import AgreementError

CODES = st.lists(st.integers(0, 2), max_size=7)
COSTS = st.sampled_from([(0, 1, 1, 1), (0, 2, 1, 1), (0, 1, 2, 2), (0, 3, 1, 1), (0, 0.8, 0.5, 0.7), (0.5, 1, 1, 1.5)])


def band(a: list[int], b: list[int], may: np.ndarray, costs: Costs) -> Band:
    first, second = np.array(a, dtype=np.int64), np.array(b, dtype=np.int64)
    low = np.array([np.flatnonzero(row)[0] if row.any() else 0 for row in may], dtype=np.int64)
    high = np.array([np.flatnonzero(row)[-1] + 1 if row.any() else 0 for row in may], dtype=np.int64)

    def saving(rows: Ints, columns: Ints) -> Ints:
        return np.where(may[rows, columns], costs.saved(first[rows], second[columns]), NEVER)

    return Band.around(low, high, len(b), saving)


@given(CODES, CODES, COSTS, st.randoms(use_true_random=False), st.booleans())
def test_equals_the_full_table(a: list[int], b: list[int], cost: tuple[float, ...], rng: object, every: bool) -> None:
    may = np.array([[rng.random() < 0.4 for _ in b] for _ in a], dtype=bool).reshape(len(a), len(b))  # type: ignore[attr-defined]
    costs = Costs.of(*cost)
    aligned = align(band(a, b, may, costs), every)
    least, pairs = full_table(a, b, may, cost)
    spent = len(a) * costs.deletion + len(b) * costs.insertion - aligned.saved
    assert spent / costs.scale == pytest.approx(least)
    assert [tuple(p) for p in aligned.pairs.tolist()] == pairs


def every_chain(n: int, m: int) -> list[list[tuple[int, int]]]:
    """All ways to pair without crossing."""
    if n == 0 or m == 0:
        return [[]]
    longer = [chain for j in range(m) for chain in ([*c, (n - 1, j)] for c in every_chain(n - 1, j))]
    return every_chain(n - 1, m) + longer


@given(st.lists(st.integers(0, 2), max_size=5), st.lists(st.integers(0, 2), max_size=5), COSTS)
def test_counts_all_optimal_tables(a: list[int], b: list[int], cost: tuple[float, ...]) -> None:
    agree, sub, gone, new = cost
    found: dict[float, set[frozenset[tuple[tuple[int, int], int]]]] = {}
    for chain in every_chain(len(a), len(b)):
        spent = gone * (len(a) - len(chain)) + new * (len(b) - len(chain))
        spent += sum(agree if a[i] == b[j] else sub for i, j in chain)
        cells = [(a[i], b[j]) for i, j in chain]
        found.setdefault(round(spent, 6), set()).add(frozenset((c, cells.count(c)) for c in cells))
    costs = Costs.of(*cost)
    aligned = align(band(a, b, np.ones((len(a), len(b)), dtype=bool), costs), every_move=True)
    tables = optimal_tables(aligned, np.array(a, dtype=np.int64), np.array(b, dtype=np.int64), most=10_000)
    assert tables == found[min(found)]


def test_long_sequences_agree_between_loop_and_numpy() -> None:
    rng = np.random.default_rng(5)
    a, b = rng.integers(0, 3, 300), rng.integers(0, 3, 320)
    costs = Costs.of(0, 1, 1, 1)
    near = np.abs(np.subtract.outer(np.arange(300), np.arange(320))) < 6
    one = align(band(a.tolist(), b.tolist(), near, costs))
    other = align(band(a.tolist(), b.tolist(), near, costs), every_move=True)
    assert one.saved == other.saved
    assert (one.pairs == other.pairs).all()


def test_a_cost_below_zero() -> None:
    with pytest.raises(AgreementError, match="below zero"):
        Costs.of(0, -1, 1, 1)
