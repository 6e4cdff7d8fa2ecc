"""Krippendorff's unitizing alpha family: u-alpha, |u-alpha, cu-alpha and (k)u-alpha."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from coder_app.agreement.data import Codings, Ints, Labels
from coder_app.agreement.result import AgreementResult, undefined
from coder_app.agreement.segments.continuum import Continuum, Floats, continuum, n_points, observed_length
from coder_app.errors import AgreementError

Metric = Literal["nominal", "ordinal", "interval", "ratio"]
ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class UAlphaOptions:
    """`coefficient`: which of the family is `value`: "u" (units and their codes), "bar_u" (|u: where units stand, codes left
    aside), "cu" (codes where units overlap). `metric`: how unlike two codes are, for cu and (k)u: "nominal", "ordinal" (in
    the order of the categories), "interval", "ratio" (categories are numbers) or a K x K matrix. `unit_s`: the unit of time
    in seconds; u and |u depend on it slightly, because gaps count with their length and units with its square."""

    coefficient: Literal["u", "bar_u", "cu"] = "u"
    metric: Metric | NDArray[np.float64] = "nominal"
    unit_s: float = 1.0


def u_alpha(data: Codings, options: UAlphaOptions = UAlphaOptions()) -> AgreementResult:
    """Agreement of m coders on where units stand in time and what they are, corrected for chance; every coder's time is
    cut into units with a code and gaps between them.

    Parameters
    ----------
    data : events of two or more coders with the observed time; points are left out (``points_left_out``), a unit that
        reaches out of the observed time is cut there.
    options : see UAlphaOptions.

    Returns
    -------
    ``value`` is the chosen coefficient, at most 1. Parts: ``u_alpha``, ``bar_u_alpha`` and ``cu_alpha``; ``cu_coverage``, the
    share of the observed time of all coders in which units overlap; ``ku_alpha`` and ``ku_coverage`` by code (one against all
    others, and the share of that code's time another coder's unit overlaps); ``observed`` and ``expected`` disagreement of
    u-alpha in ``unit_s``; ``coincidences``, (K + 1) x (K + 1) with the gap last; ``length``, what was observed. What does not
    exist is None and named in ``undefined_parts``: no_units, units_overlap (two units of one coder), one_category,
    no_common_units, too_little.
    Raises: AgreementError (one coder, a metric that does not exist); data never raise.
    Cost: O(n log n) for n units, and m^2 passes over at most 2n instants.
    Source: Krippendorff, Mathet, Bouvry & Widlöcher (2016), doi:10.1007/s11135-015-0266-1, and its erratum, Quality & Quantity
    50:2365; Krippendorff (2019), Content Analysis, section 12.6. No standard error is given there for sessions: resample
    sessions.
    """
    units = continuum(data, options.unit_s)
    length = observed_length(data, options.unit_s)
    about = {"unit_s": options.unit_s, "length": length, "n_units": units.n_units, "points_left_out": n_points(data)}
    value = {"u": "u_alpha", "bar_u": "bar_u_alpha", "cu": "cu_alpha"}.get(options.coefficient)
    if value is None:
        raise AgreementError(f"There is no coefficient {options.coefficient!r}. Choose u, bar_u or cu.")
    reason = _unusable(units, length)
    if reason is not None:
        return undefined("u_alpha", reason, **about)
    observed = np.array(data.observed.parts, dtype=np.float64) / (options.unit_s * 1e6)
    pairs = _Coincidences.of(units, _Stretches.of(units, observed), len(data.categories))
    family, why = _family(pairs, options.metric, data.categories)
    parts = {**family, **about, "coefficient": options.coefficient, "undefined_parts": why}
    return AgreementResult("u_alpha", family[value], why.get(value), parts)


@dataclass(frozen=True, slots=True, eq=False)
class _Stretches:
    """The observed time cut wherever any coder's unit begins or ends: `length`, shape (n,), and for each coder the unit that
    stands there (`unit`, shape (m, n), position in the continuum or -1 in a gap)."""

    length: Floats
    unit: Ints

    @staticmethod
    def of(units: Continuum, observed: Floats) -> _Stretches:
        at = np.unique(np.concatenate([units.onset, units.offset, observed.ravel()]))
        starts, first = at[:-1], units.first
        inside = np.searchsorted(observed[:, 0], starts, "right") > np.searchsorted(observed[:, 1], starts, "right")
        unit = np.full((units.n_coders, len(starts)), -1)
        for i in range(units.n_coders):
            part = slice(int(first[i]), int(first[i + 1]))
            found = np.searchsorted(units.onset[part], starts, "right") - 1 + part.start
            stands = found >= part.start
            stands[stands] = starts[stands] < units.offset[found[stands]]
            unit[i, stands] = found[stands]
        return _Stretches((np.diff(at))[inside], unit[:, inside])


@dataclass(frozen=True, slots=True, eq=False)
class _Coincidences:
    """`all`: l_ck over the K codes and the gap (last); `own`: q_c; `own_valued`: q*_c. In units of time."""

    all: Floats
    own: Floats
    own_valued: Floats

    @staticmethod
    def of(units: Continuum, stretches: _Stretches, k: int) -> _Coincidences:
        m = units.n_coders
        codes = np.append(units.code, k)[stretches.unit]
        both = np.zeros((k + 1) * (k + 1))
        valued = np.zeros(k + 1)
        for i, j in permutations(range(m), 2):
            both += np.bincount(codes[i] * (k + 1) + codes[j], stretches.length, minlength=len(both))
            common = (codes[i] != k) & (codes[j] != k)
            shared = np.bincount(stretches.unit[i][common], stretches.length[common], minlength=units.n_units)
            valued += np.bincount(units.code, shared**2, minlength=k + 1)
        own = np.bincount(units.code, units.length**2, minlength=k + 1).astype(np.float64)
        own[k] = sum(stretches.length[code == k].sum() for code in codes)
        return _Coincidences(both.reshape(k + 1, k + 1) / (m - 1), own, valued / (m - 1))

    def expected(self) -> Floats | None:
        """e_ck; None where there is less than one self-pairing leaves."""
        total = self.all.sum()
        bottom = total**2 - self.own.sum()
        return None if bottom <= ROUNDING * total**2 else total * self._chance(self.all, self.own) / bottom

    def expected_valued(self) -> Floats | None:
        """e*_ck, over the time in which units overlap."""
        seen = self.all[:-1, :-1]
        total = seen.sum()
        bottom = total**2 - self.own_valued.sum()
        return None if bottom <= ROUNDING * total**2 else total * self._chance(seen, self.own_valued[:-1]) / bottom

    @staticmethod
    def _chance(coincidences: Floats, own: Floats) -> Floats:
        margins = coincidences.sum(axis=1)
        chance: Floats = np.outer(margins, margins) - np.diag(own)
        return chance


def _unusable(units: Continuum, length: float) -> str | None:
    if length == 0:
        return "no_units"
    follows = units.coder[1:] == units.coder[:-1]
    return "units_overlap" if bool((follows & (units.onset[1:] < units.offset[:-1])).any()) else None


def _family(pairs: _Coincidences, metric: Metric | Floats, categories: Labels) -> tuple[dict[str, Any], dict[str, str]]:
    """The coefficients with what they are made of, and why one of them does not exist."""
    seen, total = pairs.all[:-1, :-1], pairs.all.sum()
    common = seen.sum()
    apart = _difference(metric, categories, seen.sum(axis=1))
    found: dict[str, Any] = {"cu_coverage": float(common / total), "coincidences": pairs.all}
    reasons: dict[str, str | None] = {}
    if (chance := pairs.expected()) is None:
        found |= {"u_alpha": None, "bar_u_alpha": None, "observed": None, "expected": None}
        reasons |= {"u_alpha": "too_little", "bar_u_alpha": "too_little"}
    else:
        found["observed"], found["expected"] = float(total - pairs.all.trace()), float(total - chance.trace())
        found["u_alpha"], reasons["u_alpha"] = _one_minus(found["observed"], found["expected"], total)
        gap, by_chance = pairs.all[-1, :-1].sum(), chance[-1, :-1].sum()
        found["bar_u_alpha"], reasons["bar_u_alpha"] = _one_minus(gap, by_chance, total)
    if (chance := pairs.expected_valued()) is None:
        found["cu_alpha"], reasons["cu_alpha"] = None, "too_little" if common else "no_common_units"
        chance = np.zeros(seen.shape)
    else:
        found["cu_alpha"], reasons["cu_alpha"] = _one_minus((seen * apart).sum(), (chance * apart).sum(), common)
    by_code = _by_code(pairs, seen, chance, apart, categories)
    reasons |= by_code.pop("why")
    return {**found, **by_code}, {part: reason for part, reason in reasons.items() if reason is not None}


def _by_code(pairs: _Coincidences, seen: Floats, chance: Floats, apart: Floats, categories: Labels) -> dict[str, Any]:
    """(k)u-alpha of every code in use, its coverage, and why it does not exist."""
    used, common = pairs.all[:-1].sum(axis=1), seen.sum(axis=1)
    observed, expected = (seen * apart).sum(axis=1), (chance * apart).sum(axis=1)
    alphas: dict[Any, float | None] = {}
    why: dict[str, str] = {}
    for k in np.flatnonzero(used > 0):
        label, bottom = categories[k], common[k] * expected[k]
        alphas[label] = None
        if common[k] == 0:
            why[f"ku_alpha {label}"] = "no_common_units"
        elif bottom <= ROUNDING * common[k] ** 2:
            why[f"ku_alpha {label}"] = "one_category"
        else:
            alphas[label] = float(1 - chance[k].sum() * observed[k] / bottom)
    coverage = {categories[k]: float(common[k] / used[k]) for k in np.flatnonzero(used > 0)}
    return {"ku_alpha": alphas, "ku_coverage": coverage, "why": why}


def _one_minus(observed: float, expected: float, scale: float) -> tuple[float | None, str | None]:
    return (float(1 - observed / expected), None) if expected > ROUNDING * scale else (None, "one_category")


def _difference(metric: Metric | Floats, categories: Labels, counts: Floats) -> Floats:
    """How unlike two codes are, shape (K, K); `counts` is how much of each there is (for ordinal)."""
    if isinstance(metric, np.ndarray):
        if metric.shape != (len(categories), len(categories)):
            raise AgreementError(f"Expected a {len(categories)} x {len(categories)} metric, got {metric.shape}.")
        return metric
    if metric == "nominal":
        return 1.0 - np.eye(len(categories))
    if metric == "ordinal":
        rank = np.cumsum(counts) - counts / 2
        return np.subtract.outer(rank, rank) ** 2
    if metric not in ("interval", "ratio"):
        raise AgreementError(f"There is no metric {metric!r}. Choose nominal, ordinal, interval, ratio or give a matrix.")
    try:
        values = np.array([float(str(label)) for label in categories])
    except ValueError as error:
        raise AgreementError(f"The {metric} metric needs categories that are numbers, got {list(categories)}.") from error
    apart = np.subtract.outer(values, values)
    if metric == "interval":
        return apart**2
    total = np.add.outer(values, values)
    return np.divide(apart, total, out=np.zeros_like(apart), where=total != 0) ** 2
