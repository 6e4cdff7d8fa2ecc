"""Gwet's AC1, and with weights AC2."""

from __future__ import annotations

from dataclasses import dataclass

from coder_app.agreement.data import ContingencyTable, CountTable, UnitTable
from coder_app.agreement.result import AgreementResult, undefined
from coder_app.agreement.tables.rated import Rated, coefficient
from coder_app.agreement.tables.weights import Weights


@dataclass(frozen=True, slots=True)
class AC1Options:
    """`confidence`: of the interval."""

    confidence: float = 0.95


@dataclass(frozen=True, slots=True)
class AC2Options:
    """`weights`: credit for near misses, by the values of the categories where they are numbers, else by their order; or an own
    symmetric K x K matrix. `confidence`: of the interval."""

    weights: Weights = "quadratic"
    confidence: float = 0.95


def gwet_ac1(data: UnitTable | CountTable | ContingencyTable, options: AC1Options = AC1Options()) -> AgreementResult:
    """Agreement corrected by the chance that a code is guessed, which is small where one category prevails.

    It stays high where kappa falls because one code is rare or common. On a grid of time it is raised by shared absence,
    and is no cure for rare codes.

    Parameters
    ----------
    data : units x coders, codes may be missing; or units x categories; or the K x K table of two coders. K counts the
        categories of the scheme, used or not.
    options : ``confidence``.

    Returns
    -------
    ``value`` at most 1, unrounded, with ``observed``, ``expected`` (sum of pi_k (1 - pi_k) / (K - 1)), ``n`` (units with
    two codes or more), ``n_coded``, ``n_units``, ``se``, ``p`` and interval over the units; ``value`` is None with no_units
    or one_category (a scheme of one category). All codes in one of K >= 2 categories give 1.
    Source: Gwet (2008), doi:10.1348/000711006X126600; missing codes Gwet (2014), Handbook of Inter-Rater Reliability.
    """
    return _ac("gwet_ac1", data, "nominal", options.confidence)


def gwet_ac2(data: UnitTable | CountTable | ContingencyTable, options: AC2Options = AC2Options()) -> AgreementResult:
    """AC1 with credit for near misses: for ordered categories and ratings.

    Parameters
    ----------
    data : as for AC1.
    options : ``weights`` (default quadratic), ``confidence``.

    Returns
    -------
    As AC1; expected agreement is T / (K (K - 1)) times the sum of pi_k (1 - pi_k), T the sum of all weights. Also None with
    full_credit.
    Raises: AgreementError (weights that do not exist); data never raise.
    Source: Gwet (2014), Handbook of Inter-Rater Reliability, ch. 5 and 6.
    """
    return _ac("gwet_ac2", data, options.weights, options.confidence)


def _ac(name: str, data: UnitTable | CountTable | ContingencyTable, weights: Weights, confidence: float) -> AgreementResult:
    rated = Rated.of(data, weights)
    k = len(rated.weights)
    if rated.n_pairable == 0:
        return undefined(name, "no_units", observed=None, expected=None, **rated.about())
    if k < 2:
        return undefined(name, "one_category", observed=1.0, expected=None, **rated.about())
    shares = rated.shares
    scale = float(rated.weights.sum()) / (k * (k - 1))
    expected = scale * float(shares @ (1.0 - shares))
    chance = scale * (rated.counts @ (1.0 - shares)) / rated.coders
    return coefficient(name, rated, expected, chance, confidence)
