"""Credit for near misses: weights of agreement between categories, 1 on the diagonal."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from coder_app.agreement.data import Floats
from coder_app.errors import AgreementError

Scheme = Literal["nominal", "linear", "quadratic", "ordinal", "ratio", "radical", "circular", "bipolar"]
Weights = Scheme | Sequence[Sequence[float]] | NDArray[Any]


def agreement_weights(weights: Weights, places: Floats) -> Floats:
    """The K x K weights called `weights`, or the own matrix given as such.

    Parameters
    ----------
    weights : "nominal" (1 for the same category, else 0), "linear" (1 - d), "quadratic" (1 - d^2), "radical" (1 - d^0.5)
        with d the distance over the longest one; "ordinal" (1 - C(|i-j|+1, 2) / C(K, 2), by rank), "ratio"
        (((x-y)/(x+y))^2 over its largest), "circular", "bipolar"; or a matrix.
    places : where the categories stand, shape (K,): 1, 2, ... or their own values.

    Raises: AgreementError for a name that does not exist, or a matrix of another shape or with entries that are no numbers.
    Source: Cohen (1968), doi:10.1037/h0026256; Gwet (2014), Handbook of Inter-Rater Reliability, ch. 3.
    """
    k = len(places)
    if not isinstance(weights, str):
        return _own(weights, k)
    maker = _SCHEMES.get(weights)
    if maker is None:
        raise AgreementError(f"There are no weights called {weights!r}. Choose one of: {', '.join(_SCHEMES)}; or a matrix.")
    return maker(places) if k > 1 else np.ones((k, k))


def ranks(categories: Sequence[Hashable]) -> Floats:
    """Places 1, 2, ... in the order of the scheme."""
    return np.arange(1.0, len(categories) + 1)


def values_or_ranks(categories: Sequence[Hashable]) -> Floats:
    """The categories themselves where all are numbers, else their ranks."""
    if categories and all(isinstance(c, (int, float, np.number)) and not isinstance(c, bool) for c in categories):
        return np.array(categories, dtype=np.float64)
    return ranks(categories)


def named(weights: Weights) -> str:
    """The name of the weights, for the result."""
    return weights if isinstance(weights, str) else "own"


def symmetric(weights: Floats) -> Floats:
    """The weights, if agreement of more than two coders can be counted with them.

    Raises AgreementError unless they are symmetric, between 0 and 1 and 1 on the diagonal."""
    if not np.allclose(weights, weights.T) or (weights < 0).any() or (weights > 1).any() or (weights.diagonal() != 1).any():
        raise AgreementError("Weights are between 0 and 1, 1 on the diagonal, and the same both ways. Change the matrix.")
    return weights


def _own(matrix: Any, k: int) -> Floats:
    try:
        found = np.array(matrix, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise AgreementError(f"Weights are a name or a {k} x {k} table of numbers: {error}.") from error
    if found.shape != (k, k) or not np.isfinite(found).all():
        raise AgreementError(f"Expected {k} x {k} weights for {k} categories, got {found.shape}. Give each pair a number.")
    return found


def _apart(places: Floats) -> Floats:
    distance = np.abs(np.subtract.outer(places, places))
    return distance / max(float(distance.max()), np.finfo(float).tiny)


def _ordinal(places: Floats) -> Floats:
    k = len(places)
    apart = np.abs(np.subtract.outer(np.arange(k), np.arange(k)))
    return 1.0 - (apart + 1) * apart / (k * (k - 1))


def _ratio(places: Floats) -> Floats:
    if (places < 0).any():
        raise AgreementError("Ratio weights need categories of 0 or more. Choose other weights.")
    total = np.add.outer(places, places)
    squared = (np.subtract.outer(places, places) / np.where(total == 0, 1.0, total)) ** 2
    longest = ((places.max() - places.min()) / (places.max() + places.min())) ** 2
    return 1.0 - squared / longest


def _circular(places: Floats) -> Floats:
    squared = np.sin(np.pi * np.subtract.outer(places, places) / (np.ptp(places) + 1)) ** 2
    return 1.0 - squared / squared.max()


def _bipolar(places: Floats) -> Floats:
    total = np.add.outer(places, places)
    room = (total - 2 * places.min()) * (2 * places.max() - total)
    squared = np.subtract.outer(places, places) ** 2 / np.where(room == 0, 1.0, room)
    return 1.0 - squared / squared.max()


_SCHEMES: dict[str, Callable[[Floats], Floats]] = {
    "nominal": lambda places: np.eye(len(places)),
    "linear": lambda places: 1.0 - _apart(places),
    "quadratic": lambda places: 1.0 - _apart(places) ** 2,
    "ordinal": _ordinal,
    "ratio": _ratio,
    "radical": lambda places: 1.0 - np.sqrt(_apart(places)),
    "circular": _circular,
    "bipolar": _bipolar,
}
