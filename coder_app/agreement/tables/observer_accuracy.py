"""Accuracy of observers and kappa: which kappa an accuracy gives, and which accuracy a kappa implies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from coder_app.agreement.data import BaseRates, ContingencyTable, Floats, UnitTable
from coder_app.agreement.result import AgreementResult, undefined
from coder_app.agreement.tables.cohen_kappa import KappaOptions, cohen_kappa
from coder_app.errors import AgreementError

_VARIANT = "errors equally likely among the other codes; base rates the mean of both coders"
_VARIANT_GOLD = "errors equally likely among the other codes; base rates those of the gold standard"


@dataclass(frozen=True, slots=True)
class ExpectedKappaOptions:
    """`accuracy`: probability that an observer gives the true code, 1 / K to 1. `gold_standard`: the first coder is the
    truth and only the second errs; else both are observers of this accuracy."""

    accuracy: float = 0.9
    gold_standard: bool = False


@dataclass(frozen=True, slots=True)
class ObserverAccuracyOptions:
    """`kappa`: the kappa to explain, for base rates that come without a table. `target`: the accuracy for which
    ``kappa_needed`` is given. `gold_standard`: the first coder is the truth and only the second errs."""

    kappa: float | None = None
    target: float = 0.9
    gold_standard: bool = False


def expected_kappa(
    data: BaseRates | UnitTable | ContingencyTable, options: ExpectedKappaOptions = ExpectedKappaOptions()
) -> AgreementResult:
    """The kappa that observers of a given accuracy would reach with these codes and base rates.

    An observer reports the true code with probability a, else one of the K - 1 others, all equally likely; observers
    err independently. So no one kappa is good everywhere: with few codes or uneven base rates accurate observers get a
    lower one.

    Parameters
    ----------
    data : base rates of K codes; or units of two coders, shape (n_units, 2), or their K x K table, whose mean margins (with
        a gold standard: the first coder's) are taken for the base rates.
    options : ``accuracy``, ``gold_standard``.

    Returns
    -------
    ``value``, the expected kappa, with ``observed`` and ``expected`` agreement, ``accuracy``, ``base_rates``, ``k`` and
    ``variant``; None with no_units, or one_category where one code alone occurs and accuracy is 1 (or K is 1).
    Raises: AgreementError (an accuracy that is no probability, more than two coders).
    Source: Bakeman, Quera, McArthur & Robinson (1997), doi:10.1037/1082-989X.2.4.357;
    the base rates KappaAcc takes could not be checked [U].
    """
    if not 0.0 <= options.accuracy <= 1.0:
        raise AgreementError(f"An accuracy is a probability between 0 and 1, got {options.accuracy}.")
    name = "expected_kappa"
    rates = _base_rates(data, options.gold_standard)
    if rates is None:
        return undefined(name, "no_units", observed=None, expected=None, base_rates=None)
    about = _about(rates, options.gold_standard) | {"accuracy": options.accuracy}
    if len(rates) < 2:
        return undefined(name, "one_category", observed=1.0, expected=1.0, **about)
    observed, expected = _agreement(rates, options.accuracy, options.gold_standard)
    parts = {"observed": observed, "expected": expected, **about}
    if expected >= 1.0 - 1e-12:
        return undefined(name, "one_category", **parts)
    return AgreementResult(name, (observed - expected) / (1.0 - expected), None, parts)


def observer_accuracy(
    data: BaseRates | UnitTable | ContingencyTable, options: ObserverAccuracyOptions = ObserverAccuracyOptions()
) -> AgreementResult:
    """The accuracy that two observers must have had to reach the kappa they did, with these codes and base rates.

    The root a in [1 / K, 1] of expected_kappa(a) = kappa. Also the kappa that observers of a wanted accuracy would reach
    with the same codes: the answer to how large a kappa is needed.

    Parameters
    ----------
    data : units of two coders, shape (n_units, 2), or their K x K table; or base rates of K codes, with ``kappa``.
    options : ``kappa`` (default: that of the table), ``target``, ``gold_standard``.

    Returns
    -------
    ``value``, the accuracy, with ``kappa``, ``kappa_needed`` (at ``target``), ``base_rates``, ``k``, ``n``, ``variant``; None
    with no_units, one_category, or below_chance (a kappa below 0).
    Raises: AgreementError (base rates without a kappa, a target that is no probability, more than two coders).
    Source: Bakeman, Quera, McArthur & Robinson (1997), doi:10.1037/1082-989X.2.4.357; Bakeman (2022),
    doi:10.3758/s13428-022-01836-1; the base rates KappaAcc takes could not be checked [U].
    """
    name = "observer_accuracy"
    if not 0.0 <= options.target <= 1.0:
        raise AgreementError(f"An accuracy is a probability between 0 and 1, got {options.target}.")
    rates = _base_rates(data, options.gold_standard)
    if rates is None:
        return undefined(name, "no_units", kappa=None, kappa_needed=None, base_rates=None, n=0)
    about = _about(rates, options.gold_standard) | {"target": options.target}
    kappa: float | None = options.kappa
    if isinstance(data, BaseRates):
        if kappa is None:
            raise AgreementError("Base rates alone have no kappa. Give it as an option: kappa=0.6.")
    else:
        found = cohen_kappa(data, KappaOptions(standard_errors=False))
        about["n"] = found["n"]
        kappa = found.value if kappa is None else kappa
    if kappa is None or len(rates) < 2 or rates.max() >= 1.0:
        return undefined(name, "one_category", kappa=kappa, kappa_needed=None, **about)
    about |= {"kappa": kappa, "kappa_needed": _kappa(rates, options.target, options.gold_standard)}
    if not 0.0 <= kappa <= 1.0:
        return undefined(name, "below_chance", **about)
    accuracy = _root(lambda a: _kappa(rates, a, options.gold_standard) - kappa, 1.0 / len(rates), 1.0)
    return AgreementResult(name, accuracy, None, about)


def _about(rates: Floats, gold_standard: bool) -> dict[str, Any]:
    variant = _VARIANT_GOLD if gold_standard else _VARIANT
    return {"base_rates": rates.tolist(), "k": len(rates), "gold_standard": gold_standard, "variant": variant}


def _base_rates(data: BaseRates | UnitTable | ContingencyTable, gold_standard: bool) -> Floats | None:
    """None where there are no units to take them from."""
    if isinstance(data, BaseRates):
        return np.array(data.rates)
    counts = (data.contingency() if isinstance(data, UnitTable) else data).counts
    n = float(counts.sum())
    if n == 0:
        return None
    rows, columns = counts.sum(axis=1), counts.sum(axis=0)
    return np.asarray(rows / n if gold_standard else (rows + columns) / (2.0 * n))


def _agreement(rates: Floats, accuracy: float, gold_standard: bool) -> tuple[float, float]:
    """Observed and expected agreement of the model: A' diag(p) B in closed form, since the errors are spread evenly."""
    k = len(rates)
    wrong = (1.0 - accuracy) / (k - 1)
    margin = wrong + (accuracy - wrong) * rates
    if gold_standard:
        return accuracy, float(margin @ rates)
    return accuracy**2 + (1.0 - accuracy) ** 2 / (k - 1), float(margin @ margin)


def _kappa(rates: Floats, accuracy: float, gold_standard: bool) -> float:
    observed, expected = _agreement(rates, accuracy, gold_standard)
    return (observed - expected) / (1.0 - expected)


def _root(rising: Callable[[float], float], low: float, high: float) -> float:
    """Where a rising function crosses 0, by halving down to neighbouring numbers."""
    if rising(high) <= 0.0:
        return high
    while True:
        middle = (low + high) / 2.0
        if middle in (low, high):
            return high if abs(rising(high)) < abs(rising(low)) else low
        low, high = (middle, high) if rising(middle) <= 0.0 else (low, middle)
