"""Krippendorff's alpha of any number of coders, any level of measurement, with missing codes."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from coder_app.agreement.data import ContingencyTable, CountTable, Floats, UnitTable
from coder_app.agreement.result import AgreementResult, undefined
from coder_app.errors import AgreementError

_NAME = "krippendorff_alpha"
_PRINTED = 30
_LARGE = 512

Distances = Sequence[Sequence[float]] | NDArray[Any] | Callable[[Any, Any], float]


@dataclass(frozen=True, slots=True)
class AlphaOptions:
    """`level`: of measurement, which sets how far two categories lie apart. `distances`: own ones instead, a K x K table
    (0 on the diagonal, the same both ways) or a function of two categories."""

    level: Literal["nominal", "ordinal", "interval", "ratio"] = "nominal"
    distances: Distances | None = None


def krippendorff_alpha(
    data: UnitTable | CountTable | ContingencyTable, options: AlphaOptions = AlphaOptions()
) -> AgreementResult:
    """One minus observed over expected disagreement: 1 - Do / De.

    o_ck = sum over units of (pairs c-k in the unit) / (m_u - 1), units with fewer than two codes left out; n_c = sum_k
    o_ck, n = sum_c n_c; Do = sum o_ck d_ck / n; De = sum n_c n_k d_ck / (n (n - 1)). Squared distances d_ck: nominal 0 or 1;
    interval (c - k)^2; ratio ((c - k) / (c + k))^2; ordinal (n_c / 2 + the n between + n_k / 2)^2.

    Parameters
    ----------
    data : units x coders, codes may be missing; or units x categories, how many coders chose each; or the K x K table of
        two coders. Interval and ratio take the categories as numbers.
    options : ``level``, or ``distances`` of your own (as they enter the sums: already squared).

    Returns
    -------
    ``value`` at most 1, unrounded, with ``observed`` and ``expected`` disagreement, ``n`` (codes that could be paired),
    ``n_pairable`` (units with two codes or more), ``n_units``, ``level``, ``metric`` and, up to 30 categories,
    ``coincidences`` (K x K). ``value`` is None with no_units, one_category (all pairable codes the same) or full_credit
    (distance 0 between all categories used). No standard error is given: resample units or sessions.
    Raises: AgreementError (a level that does not exist, categories that are no numbers for interval and ratio, below 0 for
    ratio, distances of the wrong shape); data never raise.
    Source: Krippendorff (2011), Computing Krippendorff's alpha-reliability, https://repository.upenn.edu/asc_papers/43;
    Krippendorff (2019), Content Analysis, ch. 12.
    """
    places = _places(data, options)
    if len(data.categories) > _LARGE and isinstance(data, UnitTable) and options.distances is None:
        return _of_many(data, options.level, places)
    found, pairable, n_units = _coincidences(data)
    totals = found.sum(axis=1)
    about = _about(float(totals.sum()), pairable, n_units, options)
    if len(totals) <= _PRINTED:
        about["coincidences"] = found.tolist()
    distances = _own(options.distances, data.categories) if options.distances is not None else None
    if distances is None:
        distances = _apart(options.level, _spots(options.level, places, totals))
    return _alpha(float((found * distances).sum()), float(totals @ distances @ totals), totals, about)


def _about(n: float, pairable: float, n_units: float, options: AlphaOptions) -> dict[str, Any]:
    metric = options.level if options.distances is None else "own"
    return {"n": round(n), "n_pairable": pairable, "n_units": n_units, "level": options.level, "metric": metric}


def _alpha(observed: float, expected: float, totals: Floats, about: dict[str, Any]) -> AgreementResult:
    """From the sums of o_ck d_ck and of n_c n_k d_ck."""
    n = float(totals.sum())
    if n < 1.5:
        return undefined(_NAME, "no_units", observed=None, expected=None, **about)
    parts = {"observed": observed / n, "expected": expected / (n * (n - 1.0)), **about}
    if (totals > 0).sum() == 1:
        return undefined(_NAME, "one_category", **parts)
    if expected <= 0.0:
        return undefined(_NAME, "full_credit", **parts)
    return AgreementResult(_NAME, 1.0 - parts["observed"] / parts["expected"], None, parts)


def _places(data: UnitTable | CountTable | ContingencyTable, options: AlphaOptions) -> Floats:
    """Where the categories stand: their values for interval and ratio, else their ranks."""
    if options.level not in ("nominal", "ordinal", "interval", "ratio"):
        raise AgreementError(f"There is no level {options.level!r}. Choose nominal, ordinal, interval or ratio.")
    if options.distances is not None or options.level in ("nominal", "ordinal"):
        return np.arange(1.0, len(data.categories) + 1)
    values = data.values()
    if options.level == "ratio" and (values < 0).any():
        raise AgreementError("The ratio level needs values of 0 or more. Choose the interval level.")
    return values


def _spots(level: str, places: Floats, totals: Floats) -> Floats:
    """Ordinal is interval on mean ranks: the codes below, and half of those of the category itself."""
    return np.asarray(totals.cumsum() - totals / 2.0) if level == "ordinal" else places


def _apart(level: str, spots: Floats) -> Floats:
    """Squared distances, shape (K, K)."""
    return _between(level, spots[:, None], spots[None, :])


def _between(level: str, first: Floats, second: Floats) -> Floats:
    if level == "nominal":
        return np.asarray(first != second, dtype=np.float64)
    difference = first - second
    if level == "ratio":
        total = first + second
        difference = difference / np.where(total == 0, 1.0, total)
    return np.asarray(difference * difference)


def _own(distances: Distances, categories: tuple[Hashable, ...]) -> Floats:
    k = len(categories)
    try:
        if callable(distances):
            found = np.array([[float(distances(a, b)) for b in categories] for a in categories]).reshape(k, k)
        else:
            found = np.array(distances, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise AgreementError(
            f"Distances are a {k} x {k} table of numbers, or a function of two categories: {error}."
        ) from error
    if found.shape != (k, k) or not np.isfinite(found).all():
        raise AgreementError(f"Expected {k} x {k} distances for {k} categories, got {found.shape}. Give each pair a number.")
    if (found < 0).any() or found.diagonal().any() or not np.allclose(found, found.T):
        raise AgreementError("Distances are 0 on the diagonal, never below 0 and the same both ways. Change the table.")
    return found


def _coincidences(data: UnitTable | CountTable | ContingencyTable) -> tuple[Floats, float, float]:
    """o_ck, the number of units with two codes or more, and of all units."""
    if isinstance(data, ContingencyTable):
        counts = np.asarray(data.counts, dtype=np.float64)
        return counts + counts.T, data.total, data.total
    k = len(data.categories)
    if isinstance(data, UnitTable) and data.codes.shape[1] * (data.codes.shape[1] - 1) <= 2 * (k + 12):
        return _by_pairs(data.codes, k)
    return _by_counts((data.counts() if isinstance(data, UnitTable) else data).counts)


def _by_pairs(codes: NDArray[np.int64], k: int) -> tuple[Floats, float, float]:
    """One table for each pair of coders and each number of codes that a unit has, all in one count. Few coders: fast."""
    n, m = codes.shape
    columns = np.ascontiguousarray(codes.T, dtype=np.int32) + 1
    given = np.zeros(n, dtype=np.int32)
    for column in columns:
        given += column > 0
    side = k + 1
    whole = bool((given == m).all())
    base = np.zeros(n, dtype=np.int32) if whole else given * (side * side)
    tables = np.zeros((1 if whole else m + 1, side, side))
    left = [base + column * side for column in columns[:-1]]
    for first, second in combinations(range(m), 2):
        tables += np.bincount(left[first] + columns[second], minlength=tables.size).reshape(tables.shape)
    sizes = np.array([m]) if whole else np.arange(m + 1)
    each = np.where(sizes >= 2, 1.0 / np.maximum(sizes - 1, 1), 0.0)
    found = np.tensordot(each, tables, axes=1)[1:, 1:]
    return found + found.T, int((given >= 2).sum()), n


def _by_counts(counts: NDArray[np.int64]) -> tuple[Floats, float, float]:
    """One product for each number of codes that a unit has. Many coders, few categories: fast."""
    k = counts.shape[1]
    given = counts.sum(axis=1)
    found = np.zeros((k, k))
    for m in np.unique(given[given >= 2]).tolist():
        some = counts[given == m].astype(np.float64)
        found += (some.T @ some - np.diag(some.sum(axis=0))) / (m - 1)
    return found, int((given >= 2).sum()), len(counts)


def _of_many(data: UnitTable, level: str, places: Floats) -> AgreementResult:
    """The same for so many categories (measurements) that a table of them would not fit: pairs of coders one after the
    other, expected disagreement from moments, or from blocks of rows."""
    given = (data.codes >= 0).sum(axis=1)
    kept = data.codes[given >= 2]
    each = 1.0 / (given[given >= 2] - 1)
    totals = np.bincount(kept[kept >= 0], minlength=len(places)).astype(np.float64)
    about = _about(float(totals.sum()), len(kept), len(data.codes), AlphaOptions(level))  # type: ignore[arg-type]
    spots = _spots(level, places, totals)
    if level in ("ordinal", "interval") and totals.any():
        spots = spots - (totals @ spots) / totals.sum()
    observed = 0.0
    for first, second in combinations(kept.T, 2):
        both = (first >= 0) & (second >= 0)
        observed += 2.0 * float(each[both] @ _between(level, spots[first[both]], spots[second[both]]))
    return _alpha(observed, _expected_of_many(level, spots, totals), totals, about)


def _expected_of_many(level: str, spots: Floats, totals: Floats) -> float:
    if level == "nominal":
        return float(totals.sum() ** 2 - totals @ totals)
    if level in ("ordinal", "interval"):
        return float(2.0 * (totals.sum() * (totals @ spots**2) - (totals @ spots) ** 2))
    used = totals > 0
    spots, totals = spots[used], totals[used]
    blocks = range(0, len(spots), _LARGE)
    return sum(
        float(totals[i : i + _LARGE] @ _between(level, spots[i : i + _LARGE, None], spots[None]) @ totals) for i in blocks
    )
