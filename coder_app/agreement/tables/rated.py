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

from coder_app.agreement.data import ContingencyTable, CountTable, Floats, Ints, UnitTable
from coder_app.agreement.result import AgreementResult, undefined
from coder_app.agreement.tables.weights import Weights, agreement_weights, named, symmetric, values_or_ranks


@dataclass(frozen=True, slots=True, eq=False)
class Rated:
    """Kinds of unit: `counts`, shape (P, K), coders by kind and category, one or more in each row; `times`, shape (P,),
    units of that kind. `n_units` counts all units given, coded or not. `independent` is False for units of time; `from_table`
    says that a contingency table of two coders was given. `coders`, shape (P,), are the codes of each unit; `agreement`,
    shape (P,), the agreeing share of its pairs of codes, 0 where it has none; `shares`, shape (K,), how often each category
    was used, the mean over units. `codes`, shape (P, n_coders), where they were asked for."""

    counts: Floats
    times: Floats
    weights: Floats
    weights_name: str
    n_units: float
    independent: bool
    from_table: bool
    coders: Floats
    agreement: Floats
    shares: Floats
    codes: Ints | None

    @staticmethod
    def of(
        data: UnitTable | CountTable | ContingencyTable, weights: Weights, independent: bool = True, by_coder: bool = False
    ) -> Rated:
        """`by_coder` keeps apart who gave which code. Raises AgreementError for weights that do not exist or are not
        symmetric."""
        credit = symmetric(agreement_weights(weights, values_or_ranks(data.categories)))
        k, codes = len(data.categories), None
        if isinstance(data, UnitTable) and not by_coder:
            counts, times = _kinds_of_counts(data.codes, k)
        elif isinstance(data, CountTable):
            counts, times = data.counts.astype(np.float64), np.ones(len(data.counts))
        else:
            codes, times = _kinds_of_codes(data.codes, k) if isinstance(data, UnitTable) else _cells(data)
            counts = np.array([(codes == c).sum(axis=1) for c in range(k)], dtype=np.float64).reshape(k, len(codes)).T
        coded = counts.any(axis=1)
        counts, times, codes = counts[coded], times[coded], None if codes is None else codes[coded]
        coders = counts.sum(axis=1)
        pairs = (counts * (counts @ credit - 1.0)).sum(axis=1)
        agreement = np.where(coders >= 2, pairs / np.where(coders >= 2, coders * (coders - 1), 1.0), 0.0)
        shares = times @ (counts / coders[:, None]) / max(float(times.sum()), 1e-300)
        timed = isinstance(data, UnitTable) and data.unit_us is not None
        table = isinstance(data, ContingencyTable)
        n_units = _n_units(data)
        about = (credit, named(weights), n_units, independent and not timed, table)
        return Rated(counts, times, *about, coders, agreement, shares, codes)

    @property
    def n(self) -> float:
        """Units with one code or more."""
        return float(self.times.sum())

    @property
    def n_pairable(self) -> float:
        """Units with two codes or more."""
        return float(self.times[self.coders >= 2].sum())

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


def _n_units(data: UnitTable | CountTable | ContingencyTable) -> float:
    if isinstance(data, ContingencyTable):
        return data.total
    return len(data.codes if isinstance(data, UnitTable) else data.counts)


def _cells(data: ContingencyTable) -> tuple[Ints, Floats]:
    """Each cell of a contingency table is a kind of unit."""
    codes = np.argwhere(data.counts > 0).astype(np.int64)
    return codes, data.counts[codes[:, 0], codes[:, 1]].astype(np.float64)


def _kinds_of_counts(codes: Ints, k: int) -> tuple[Floats, Floats]:
    """Units in which each category was chosen equally often are of one kind. A unit's key has a digit for each category."""
    base = codes.shape[1] + 1
    if base**k > _LARGEST_KEY:
        table = UnitTable(codes, tuple(range(k))).counts().counts
        return table.astype(np.float64), np.ones(len(table))
    digits = np.append(base ** np.arange(k, dtype=np.int64), 0)
    keys, times = _keys(sum((digits[column] for column in codes.T), np.zeros(len(codes), dtype=np.int64)), base**k)
    return ((keys[:, None] // digits[None, :k]) % base).astype(np.float64), times


def _kinds_of_codes(codes: Ints, k: int) -> tuple[Ints, Floats]:
    """Units that have the same codes from the same coders are of one kind. A unit's key has a digit for each coder."""
    base, m = k + 1, codes.shape[1]
    if base**m > _LARGEST_KEY:
        return codes, np.ones(len(codes))
    digits = base ** np.arange(m, dtype=np.int64)
    keys, times = _keys((codes + 1) @ digits, base**m)
    return (keys[:, None] // digits[None, :]) % base - 1, times


_LARGEST_KEY = 2**62
_COUNTED = 2_000_000


def _keys(keys: Ints, end: int) -> tuple[Ints, Floats]:
    """The keys found, and how often each."""
    if end <= _COUNTED:
        times = np.bincount(keys, minlength=1)
        found = np.flatnonzero(times)
        return found, times[found].astype(np.float64)
    found, times = np.unique(keys, return_counts=True)
    return found, times.astype(np.float64)


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
        reason = "one_category" if rated.one_category else "full_credit"
        return undefined(name, reason, **about, se=None, p=None)
    value = (rated.observed - expected) / (1.0 - expected)
    without = None if rated.independent else "not_independent"
    if without is None and rated.n < 2:
        without = "too_few_units"
    if without is not None:
        gaps = {"se": without, "p": without} | about.pop("undefined_parts", {})
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
