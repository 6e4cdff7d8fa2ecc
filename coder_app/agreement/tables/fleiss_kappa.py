"""Fleiss' kappa of two or more coders, overall and for each category."""

from __future__ import annotations

import math
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import ndtr

from coder_app.agreement.data import ContingencyTable, CountTable, Floats, UnitTable
from coder_app.agreement.result import AgreementResult, undefined
from coder_app.agreement.tables.rated import Rated, coefficient
from coder_app.agreement.tables.weights import Weights

_NAME = "fleiss_kappa"


@dataclass(frozen=True, slots=True)
class FleissOptions:
    """`weights`: credit for near misses, by the values of the categories where they are numbers, else by their order; or an own
    symmetric K x K matrix. `confidence`: of the interval."""

    weights: Weights = "nominal"
    confidence: float = 0.95


def fleiss_kappa(data: UnitTable | CountTable | ContingencyTable, options: FleissOptions = FleissOptions()) -> AgreementResult:
    """Agreement of two or more coders, corrected by how often all of them together used each category.

    The coders need not be the same persons for every unit. With codes missing it takes Gwet's general form (`rated.py`),
    which equals Fleiss (1971) where every unit has as many codes as the others.

    Parameters
    ----------
    data : units x coders, shape (n_units, n_coders); or units x categories, how many coders chose each; or the K x K
        table of two coders. Units with a single code count for the shares of categories, not for agreement.
    options : ``weights``, ``confidence``.

    Returns
    -------
    ``value`` at most 1, unrounded, with ``observed``, ``expected``, ``n`` (units with two codes or more), ``n_coded``,
    ``n_units``; ``se``, ``p`` and the interval by Gwet (2014); ``se_null``, ``z`` and ``p_null`` by Fleiss, Nee & Landis
    (1979), for nominal weights and complete codes only; ``per_category`` maps each category to its ``kappa`` (that
    category against the rest) with ``se_null`` and ``z``. ``value`` is None with no_units, one_category or full_credit.
    Raises: AgreementError (weights that do not exist); data never raise.
    Source: Fleiss (1971), doi:10.1037/h0031619; Fleiss, Nee & Landis (1979), doi:10.1037/0033-2909.86.5.974; Gwet (2014),
    Handbook of Inter-Rater Reliability.
    """
    rated = Rated.of(data, options.weights)
    if rated.n_pairable == 0:
        return undefined(_NAME, "no_units", observed=None, expected=None, **rated.about())
    shares = rated.shares
    expected = float(shares @ rated.weights @ shares)
    if rated.one_category:
        expected = 1.0
    chance = rated.counts @ (rated.weights @ shares) / rated.coders
    null = _null(rated, shares) if rated.weights_name == "nominal" else dict.fromkeys(("se_null", "z", "p_null"))
    gaps = {} if null["se_null"] is not None else dict.fromkeys(null, _why_no_null(rated))
    each = _per_category(rated, data.categories)
    result = coefficient(_NAME, rated, expected, chance, options.confidence, **null, per_category=each, undefined_parts=gaps)
    return _tested(result)


def _why_no_null(rated: Rated) -> str:
    if rated.weights_name != "nominal":
        return "own_weights"
    return "one_category" if rated.one_category else "incomplete"


def _null(rated: Rated, shares: Floats) -> dict[str, Any]:
    """The standard error if there were no agreement beyond chance; for as many codes a unit throughout."""
    m = float(rated.coders[0])
    spread = float(shares @ (1.0 - shares))
    if (rated.coders != m).any() or spread <= 1e-15:
        return dict.fromkeys(("se_null", "z", "p_null"))
    skew = float((shares * (1.0 - shares) * (1.0 - 2.0 * shares)).sum())
    se = math.sqrt(2.0 * max(spread**2 - skew, 0.0)) / (spread * math.sqrt(rated.n * m * (m - 1.0)))
    return {"se_null": se, "z": None, "p_null": None}


def _tested(result: AgreementResult) -> AgreementResult:
    """With z and p of the null standard error."""
    se = result.parts["se_null"]
    if result.value is None or se is None:
        return result
    if se == 0.0:
        gaps = {**result.parts["undefined_parts"], "z": "zero_variance", "p_null": "zero_variance"}
        return _with(result, undefined_parts=gaps)
    z = result.value / se
    return _with(result, z=z, p_null=float(2.0 * ndtr(-abs(z))))


def _with(result: AgreementResult, **parts: Any) -> AgreementResult:
    return AgreementResult(
        result.statistic,
        result.value,
        result.undefined,
        {**result.parts, **parts},
        result.interval,
        result.interval_method,
        result.level,
    )


def _per_category(rated: Rated, categories: tuple[Hashable, ...]) -> dict[str, dict[str, Any]]:
    """Each category against the rest, by the same formula; `undefined` where nobody or everybody used it."""
    r = rated.coders
    paired = r >= 2
    pairs = np.where(paired, r * (r - 1), 1.0)[:, None]
    rest = r[:, None] - rated.counts
    agreeing = (rated.counts * (rated.counts - 1) + rest * (rest - 1)) / pairs
    observed = (rated.times * paired) @ agreeing / rated.n_pairable
    shares = rated.shares
    m = float(r[0])
    se = None if (r != m).any() else math.sqrt(2.0 / (rated.n * m * (m - 1.0)))
    used, others = np.asarray((rated.counts > 0).any(axis=0)), np.asarray((rest > 0).any(axis=0))
    found: dict[str, dict[str, Any]] = {}
    for k, category in enumerate(categories):
        about: dict[str, Any] = {"kappa": None, "share": float(shares[k]), "se_null": None, "z": None, "undefined": None}
        if not used[k] or not others[k]:
            about["undefined"] = "always_used" if used[k] else "never_used"
        else:
            expected = float(shares[k] ** 2 + (1.0 - shares[k]) ** 2)
            about["kappa"] = float((observed[k] - expected) / (1.0 - expected))
            about |= {"se_null": se, "z": None if se is None else about["kappa"] / se}
        found[str(category)] = about
    return found
