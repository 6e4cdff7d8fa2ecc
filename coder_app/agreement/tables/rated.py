"""What the coefficients of two or more coders are made of: how many coders put each unit into each category.

The general form of Gwet (2014), which allows missing codes. R_ik coders put unit i into category k, R_i = sum_k R_ik,
R*_ik = sum_l w_kl R_il. Agreement is the mean over units with R_i >= 2 of sum_k R_ik (R*_ik - 1) / (R_i (R_i - 1)); the share
of category k is the mean over units with R_i >= 1 of R_ik / R_i. The coefficients differ in the agreement they expect.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import stdtr, stdtrit

from coder_app.agreement.data import ContingencyTable, CountTable, Floats, UnitTable
from coder_app.agreement.result import AgreementResult, undefined
from coder_app.agreement.tables.weights import Weights, agreement_weights, named, symmetric, values_or_ranks


@dataclass(frozen=True, slots=True, eq=False)
class Rated:
    """`counts`, shape (P, K): coders by unit and category, every unit with one code or more. `times`, shape (P,): units
    that look so. `n_units` counts all units given, coded or not. `independent` is False for units of time; `from_table`
    says that a contingency table of two coders was given."""

    counts: Floats
    times: Floats
    weights: Floats
    weights_name: str
    n_units: float
    independent: bool
    from_table: bool

    @staticmethod
    def of(data: UnitTable | CountTable | ContingencyTable, weights: Weights, independent: bool = True) -> Rated:
        """Raises AgreementError for weights that do not exist or are not symmetric."""
        credit = symmetric(agreement_weights(weights, values_or_ranks(data.categories)))
        if isinstance(data, ContingencyTable):
            k = len(data.categories)
            counts = (np.eye(k)[:, None, :] + np.eye(k)[None, :, :]).reshape(k * k, k)
            times = np.asarray(data.counts, dtype=np.float64).ravel()
            return Rated(counts[times > 0], times[times > 0], credit, named(weights), data.total, independent, True)
        table = data.counts() if isinstance(data, UnitTable) else data
        counts = table.counts[table.counts.any(axis=1)].astype(np.float64)
        timed = isinstance(data, UnitTable) and data.unit_us is not None
        return Rated(counts, np.ones(len(counts)), credit, named(weights), len(table.counts), not timed, False)

    @property
    def n(self) -> float:
        """Units with one code or more."""
        return float(self.times.sum())

    @property
    def coders(self) -> Floats:
        """Codes that each unit has."""
        return np.asarray(self.counts.sum(axis=1))

    @property
    def n_pairable(self) -> float:
        """Units with two codes or more."""
        return float(self.times[self.coders >= 2].sum())

    @property
    def shares(self) -> Floats:
        """How often each category was used, the mean over units, shape (K,)."""
        share: Floats = self.times @ (self.counts / self.coders[:, None]) / self.n
        return share

    @property
    def agreement(self) -> Floats:
        """Agreeing share of the pairs of codes of each unit, 0 where a unit has no pair, shape (P,)."""
        r = self.coders
        pairs = (self.counts * (self.counts @ self.weights.T - 1.0)).sum(axis=1)
        return np.asarray(np.where(r >= 2, pairs / np.where(r >= 2, r * (r - 1), 1.0), 0.0))

    @property
    def observed(self) -> float:
        """Mean agreement of the units that have pairs."""
        return float(self.times @ self.agreement) / self.n_pairable

    @property
    def one_category(self) -> bool:
        """Whether all codes are of one category."""
        return int(self.counts.any(axis=0).sum()) == 1

    def about(self) -> dict[str, Any]:
        n, pairable, all_units = ((int(x) if float(x).is_integer() else x) for x in (self.n, self.n_pairable, self.n_units))
        return {"n": pairable, "n_coded": n, "n_units": all_units, "weights": self.weights_name}


def coefficient(name: str, rated: Rated, expected: float, chance: Floats, confidence: float, **parts: Any) -> AgreementResult:
    """(observed - expected) / (1 - expected) with its standard error, from what each unit adds to both.

    Parameters
    ----------
    chance : shape (P,): what each unit adds to the expected agreement, its mean over units being `expected` where
        expected agreement is quadratic in the shares (the error counts it twice), a constant where it is fixed.

    Returns
    -------
    ``se`` is that of Gwet (2014), over the units, and ``interval`` by t with n - 1; of two coders' contingency table with n for
    n - 1, and normal. Undefined with one_category or full_credit where chance agreement is complete.
    """
    about = {"observed": rated.observed, "expected": expected, **rated.about(), **parts}
    if expected >= 1.0 - 1e-12:
        return undefined(name, "one_category" if rated.one_category else "full_credit", **about)
    value = (rated.observed - expected) / (1.0 - expected)
    reason = None if rated.independent else "not_independent"
    if reason is None and rated.n < 2:
        reason = "too_few_units"
    if reason is not None:
        gaps = {"se": reason, "p": reason} | about.pop("undefined_parts", {})
        return AgreementResult(name, value, None, about | {"se": None, "p": None, "undefined_parts": gaps})
    se, low, high, p = _spread(rated, value, expected, chance, confidence)
    gaps = {"p": "zero_variance"} if p is None else {}
    about["undefined_parts"] = gaps | about.get("undefined_parts", {})
    method = "normal" if rated.from_table else "t, n - 1"
    return AgreementResult(name, value, None, about | {"se": se, "p": p}, (low, high), method, confidence)


def _spread(
    rated: Rated, value: float, expected: float, chance: Floats, confidence: float
) -> tuple[float, float, float, float | None]:
    """Standard error, limits and two-sided p."""
    n = rated.n
    paired = rated.coders >= 2
    own = (n / rated.n_pairable) * (rated.agreement - expected * paired) / (1.0 - expected)
    own = own - 2.0 * (1.0 - value) * (chance - expected) / (1.0 - expected)
    degrees = n if rated.from_table else n - 1.0
    se = math.sqrt(float(rated.times @ (own - value) ** 2) / (n * degrees))
    freedom = np.inf if rated.from_table else n - 1.0
    half = float(stdtrit(freedom, (1.0 + confidence) / 2.0)) * se
    p = None if se == 0.0 else float(2.0 * stdtr(freedom, -abs(value) / se))
    return se, value - half, min(1.0, value + half), p
