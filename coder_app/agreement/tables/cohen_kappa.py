"""Cohen's kappa, plain or weighted, with both standard errors."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import ndtr, ndtri

from coder_app.agreement.data import ContingencyTable, Floats, UnitTable
from coder_app.agreement.result import AgreementResult, undefined
from coder_app.agreement.tables.weights import Weights, agreement_weights, named, ranks

_NAME = "cohen_kappa"
_ERRORS = ("se", "se_null", "z", "p")


@dataclass(frozen=True, slots=True)
class KappaOptions:
    """`weights`: credit for near misses, by the places of two categories in the order of the scheme, or an own K x K matrix
    (rows first coder; 1 full credit). `confidence`: of the interval. `standard_errors`: False where units are not
    independent, as neighbouring stretches of time."""

    weights: Weights = "nominal"
    confidence: float = 0.95
    standard_errors: bool = True


def cohen_kappa(data: UnitTable | ContingencyTable, options: KappaOptions = KappaOptions()) -> AgreementResult:
    """Agreement of two coders on the same units, corrected for chance: (po - pe) / (1 - pe).

    Parameters
    ----------
    data : units of two coders, shape (n_units, 2), units missing for either left out; or their K x K table of units or
        of microseconds (weighting by exact duration). Categories are the scheme's, in its order.
    options : ``weights`` ("nominal", "linear", "quadratic", other names of `weights.py`, or a K x K matrix),
        ``confidence``, ``standard_errors``.

    Returns
    -------
    ``value`` in [-1, 1], unrounded, with ``observed`` and ``expected`` agreement, ``n`` (units, or microseconds),
    ``kappa_max`` (the kappa of the best table with these margins; for nominal, linear and quadratic weights), ``weights``,
    and where units are independent ``se`` (of this kappa; the normal ``interval`` is from it) and ``se_null`` (if the true
    kappa were 0; ``z`` and the two-sided ``p`` are from it). Units of time get none of these: neighbours are not
    independent. When kappa does not exist ``value`` is None and ``undefined`` says why: no_units, one_category or
    full_credit. A part without a value is None and stands in ``undefined_parts``.
    Raises: AgreementError (other than two coders, weights that do not exist); data never raise.
    Source: Cohen (1960), doi:10.1177/001316446002000104; Cohen (1968), doi:10.1037/h0026256; Fleiss, Cohen & Everitt
    (1969), doi:10.1037/h0028106.
    """
    table = data.contingency() if isinstance(data, UnitTable) else data
    n = table.total
    weights = agreement_weights(options.weights, ranks(table.categories))
    about: dict[str, Any] = {"n": n, "weights": named(options.weights)}
    if n == 0:
        return _without("no_units", observed=None, expected=None, **about)
    shares = table.counts / n
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    observed = float((weights * table.counts).sum() / n)
    if one_category(table):
        return _without("one_category", observed=observed, expected=1.0, **about)
    expected = float(rows @ weights @ columns)
    if expected >= 1.0 - 1e-12:
        return _without("full_credit", observed=observed, expected=expected, **about)
    kappa = (observed - expected) / (1.0 - expected)
    gaps: dict[str, str] = {}
    parts = {"observed": observed, "expected": expected, **about}
    parts["kappa_max"] = _kappa_max(rows, columns, weights, named(options.weights), expected, gaps)
    timed = isinstance(data, UnitTable) and data.unit_us is not None
    if timed:
        parts |= dict.fromkeys(_ERRORS)
        gaps |= dict.fromkeys(_ERRORS, "not_independent")
    parts["undefined_parts"] = gaps
    if timed or not options.standard_errors:
        return AgreementResult(_NAME, kappa, None, parts)
    parts |= _errors(shares, weights, kappa, expected, n, gaps)
    half = float(ndtri((1.0 + options.confidence) / 2.0)) * parts["se"]
    return AgreementResult(_NAME, kappa, None, parts, (kappa - half, kappa + half), "normal", options.confidence)


def _without(reason: str, **parts: Any) -> AgreementResult:
    return undefined(_NAME, reason, **parts, kappa_max=None, **dict.fromkeys(_ERRORS))


def one_category(table: ContingencyTable) -> bool:
    """Whether everything stands in one diagonal cell: without credit for near misses the only way for chance agreement to
    be exactly 1."""
    return bool((table.counts.diagonal() == table.counts.sum()).any())


def _errors(shares: Floats, weights: Floats, kappa: float, expected: float, n: float, gaps: dict[str, str]) -> dict[str, Any]:
    """Both standard errors, z and p, with n the number of units."""
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    credit = np.add.outer(weights @ columns, rows @ weights)
    scale = n * (1.0 - expected) ** 2
    spread = (shares * (weights - credit * (1.0 - kappa)) ** 2).sum() - (kappa - expected * (1.0 - kappa)) ** 2
    spread_null = (np.outer(rows, columns) * (weights - credit) ** 2).sum() - expected**2
    se, se_null = (math.sqrt(max(float(x), 0.0) / scale) for x in (spread, spread_null))
    z = kappa / se_null if se_null > 0 else None
    if z is None:
        gaps |= dict.fromkeys(("z", "p"), "zero_variance")
    p = None if z is None else float(2.0 * ndtr(-abs(z)))
    return {"se": se, "se_null": se_null, "z": z, "p": p}


def _kappa_max(
    rows: Floats, columns: Floats, weights: Floats, name: str, expected: float, gaps: dict[str, str]
) -> float | None:
    """Nominal: as much as fits on the diagonal. Linear and quadratic: both coders' units laid side by side in the order of
    the scheme, which is the best pairing where credit falls ever faster with distance."""
    if name == "nominal":
        best = float(np.minimum(rows, columns).sum())
    elif name in ("linear", "quadratic"):
        edges = np.concatenate(([0.0], np.sort(np.concatenate((rows.cumsum(), columns.cumsum())))))
        middles = (edges[1:] + edges[:-1]) / 2
        last = len(rows) - 1
        first, second = (np.minimum(np.searchsorted(side.cumsum(), middles), last) for side in (rows, columns))
        best = float((weights[first, second] * np.diff(edges)).sum())
    else:
        gaps["kappa_max"] = "own_weights"
        return None
    return (best - expected) / (1.0 - expected)
