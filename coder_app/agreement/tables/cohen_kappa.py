"""Cohen's kappa, plain or weighted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from coder_app.agreement.data import ContingencyTable, UnitTable
from coder_app.agreement.result import AgreementResult, undefined
from coder_app.errors import AgreementError


@dataclass(frozen=True, slots=True)
class KappaOptions:
    """`weights`: credit for near misses, by the distance of two categories in the order of the scheme."""

    weights: Literal["nominal", "linear", "quadratic"] = "nominal"


def cohen_kappa(data: UnitTable | ContingencyTable, options: KappaOptions = KappaOptions()) -> AgreementResult:
    """Agreement of two coders on the same units, corrected for chance: (po - pe) / (1 - pe).

    Parameters
    ----------
    data : units of two coders, shape (n_units, 2), units missing for either left out; or their K x K table of units or
        of microseconds (weighting by exact duration). Categories are the scheme's, in its order.
    options : ``weights``, one of "nominal", "linear", "quadratic".

    Returns
    -------
    ``value`` in [-1, 1], unrounded, with ``observed`` and ``expected`` agreement and ``n`` (units, or microseconds). When
    it does not exist ``value`` is None and ``undefined`` says why: no_units or one_category.
    Raises: AgreementError (other than two coders, weights that do not exist); data never raise.
    Source: Cohen (1960), doi:10.1177/001316446002000104; Cohen (1968), doi:10.1037/h0026256. No standard error is given:
    neighbouring time units are not independent (agreement.md 2.2).
    """
    table = data.contingency() if isinstance(data, UnitTable) else data
    n, name = table.total, "cohen_kappa"
    if n == 0:
        return undefined(name, "no_units", observed=None, expected=None, n=0)
    weights = _weights(options.weights, len(table.categories))
    shares = table.counts / n
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    observed = float((weights * shares).sum())
    if _one_category(table):
        return undefined(name, "one_category", observed=observed, expected=1.0, n=n)
    expected = float((weights * np.outer(rows, columns)).sum())
    return AgreementResult(
        name, (observed - expected) / (1.0 - expected), None, {"observed": observed, "expected": expected, "n": n}
    )


def _one_category(table: ContingencyTable) -> bool:
    """Whether everything stands in one diagonal cell: the only way for chance agreement to be exactly 1."""
    return bool((table.counts.diagonal() == table.total).any())


def _weights(kind: str, k: int) -> NDArray[np.float64]:
    apart = np.abs(np.subtract.outer(np.arange(k), np.arange(k))) / max(k - 1, 1)
    if kind == "nominal":
        return np.eye(k)
    if kind == "linear":
        return 1.0 - apart
    if kind == "quadratic":
        return 1.0 - apart**2
    raise AgreementError(f"There are no weights called {kind!r}. Choose nominal, linear or quadratic.")
