"""Statistics of many K x K tables at once, which is what makes thousands of resamples cheap. NaN where one does not exist."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coder_app.agreement.data import Floats

OfTables = Callable[[Floats], Floats]


def kappa(tables: Floats) -> Floats:
    """Cohen's kappa of each of the tables, shape (B, K, K)."""
    n = tables.sum(axis=(1, 2))
    rows, columns = tables.sum(axis=2), tables.sum(axis=1)
    agreed = np.trace(tables, axis1=1, axis2=2)
    by_chance = np.einsum("bk,bk->b", rows, columns)
    # (po - pe) / (1 - pe) with numerator and denominator times n^2: whole numbers as long as the tables are.
    return _divided(n * agreed - by_chance, n * n - by_chance)


def percent(tables: Floats) -> Floats:
    """The share on the diagonal."""
    return _divided(np.trace(tables, axis1=1, axis2=2), tables.sum(axis=(1, 2)))


def kappa_structural_zero(tables: Floats) -> Floats:
    """Kappa of tables whose last row and column are nil, where (nil, nil) cannot occur: expected counts in closed form,
    e_ij = r_i c_j (N - R - C) / ((N - R)(N - C)) with R and C the totals of the nil row and column."""
    n = tables.sum(axis=(1, 2))
    rows, columns = tables.sum(axis=2), tables.sum(axis=1)
    nil_row, nil_column = rows[:, -1], columns[:, -1]
    linked = _divided((n - nil_row - nil_column), (n - nil_row) * (n - nil_column))
    linked = np.where((n > 0) & ~np.isfinite(linked), 0.0, linked)
    agreed = np.trace(tables[:, :-1, :-1], axis1=1, axis2=2)
    by_chance = np.einsum("bk,bk->b", rows[:, :-1], columns[:, :-1]) * linked
    return _divided(agreed - by_chance, n - by_chance)


def positive(code: int) -> OfTables:
    """Positive agreement on the code at this position, 2 a / (2 a + b + c)."""

    def of(tables: Floats) -> Floats:
        given = tables[:, code, :].sum(axis=1) + tables[:, :, code].sum(axis=1)
        return _divided(2 * tables[:, code, code], given)

    return of


def kappa_of_code(code: int) -> OfTables:
    """Kappa of one code against everything else."""

    def of(tables: Floats) -> Floats:
        a = tables[:, code, code]
        b, c = tables[:, code, :].sum(axis=1) - a, tables[:, :, code].sum(axis=1) - a
        d = tables.sum(axis=(1, 2)) - a - b - c
        return kappa(np.stack([np.stack([a, b], axis=1), np.stack([c, d], axis=1)], axis=1))

    return of


def _divided(above: NDArray[Any], below: NDArray[Any]) -> Floats:
    return np.divide(above, below, out=np.full(np.shape(above), np.nan), where=below != 0)
