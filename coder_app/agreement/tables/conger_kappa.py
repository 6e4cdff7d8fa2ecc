"""Conger's kappa of two or more coders: Cohen's kappa for many."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coder_app.agreement.data import ContingencyTable, Floats, Ints, UnitTable
from coder_app.agreement.result import AgreementResult, undefined
from coder_app.agreement.tables.rated import Rated, coefficient
from coder_app.agreement.tables.weights import Weights

_NAME = "conger_kappa"


@dataclass(frozen=True, slots=True)
class CongerOptions:
    """`weights`: credit for near misses, by the values of the categories where they are numbers, else by their order; or an own
    symmetric K x K matrix. `confidence`: of the interval."""

    weights: Weights = "nominal"
    confidence: float = 0.95


def conger_kappa(data: UnitTable | ContingencyTable, options: CongerOptions = CongerOptions()) -> AgreementResult:
    """Agreement of two or more named coders, corrected by how often each of them used each category.

    Expected agreement is the mean over all pairs of coders of what their own base rates give by chance. With two coders and
    no missing codes it is Cohen's kappa.

    Parameters
    ----------
    data : units x coders, the same coder in each column, codes may be missing (a coder without any code is left out); or
        the K x K table of two coders.
    options : ``weights``, ``confidence``.

    Returns
    -------
    ``value`` at most 1, unrounded, with ``observed``, ``expected``, ``n`` (units with two codes or more), ``n_coded``,
    ``n_units``, ``n_coders``, ``se``, ``p`` and interval (Gwet 2014); ``value`` is None with no_units, one_category or
    full_credit.
    Raises: AgreementError (weights that do not exist); data never raise.
    Source: Conger (1980), doi:10.1037/0033-2909.88.2.322; with weights and missing codes Gwet (2014), Handbook of
    Inter-Rater Reliability.
    """
    rated = Rated.of(data, options.weights, by_coder=True)
    assert rated.codes is not None
    codes = rated.codes[:, (rated.codes >= 0).any(axis=0)]
    m = codes.shape[1]
    if rated.n_pairable == 0:
        return undefined(_NAME, "no_units", observed=None, expected=None, **rated.about(), n_coders=m)
    each, chance = _margins(codes, rated)
    together = each.sum(axis=0)
    pairs = m * (m - 1)
    expected = float(together @ rated.weights @ together - np.einsum("gk,kl,gl->", each, rated.weights, each)) / pairs
    others = (together - each) @ rated.weights
    moved = sum(chance[g] @ others[g] for g in range(m)) / pairs
    if rated.one_category:
        expected = 1.0
    return coefficient(_NAME, rated, expected, expected + moved, options.confidence, n_coders=m)


def _margins(codes: Ints, rated: Rated) -> tuple[Floats, list[NDArray[np.float64]]]:
    """How often each coder used each category, shape (m, K); and for each coder what each unit moves that, shape (P, K)."""
    n, k = rated.n, rated.counts.shape[1]
    each, moved = [], []
    for column in codes.T:
        given = column >= 0
        chosen = np.zeros((len(column), k))
        chosen[np.flatnonzero(given), column[given]] = 1.0
        number = float(rated.times[given].sum())
        margin = rated.times @ chosen / number
        each.append(margin)
        moved.append((n / number) * (chosen - np.outer(given, margin)))
    return np.array(each), moved
