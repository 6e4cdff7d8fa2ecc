"""Brennan and Prediger's coefficient (PABAK where there are two categories)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from coder_app.agreement.data import ContingencyTable, CountTable, UnitTable
from coder_app.agreement.result import AgreementResult, undefined
from coder_app.agreement.tables.rated import Rated, coefficient
from coder_app.agreement.tables.weights import Weights

_NAME = "brennan_prediger"


@dataclass(frozen=True, slots=True)
class BrennanOptions:
    """`weights`: credit for near misses, or an own symmetric K x K matrix. `confidence`: of the interval."""

    weights: Weights = "nominal"
    confidence: float = 0.95


def brennan_prediger(
    data: UnitTable | CountTable | ContingencyTable, options: BrennanOptions = BrennanOptions()
) -> AgreementResult:
    """Agreement corrected as if every category of the scheme were equally likely by chance: pe = 1 / K. With two
    categories it is PABAK, 2 po - 1. Also known as S, G or Randolph's free-marginal kappa.

    Parameters
    ----------
    data : units x coders, codes may be missing; or units x categories; or the K x K table of two coders. K counts the
        categories of the scheme, used or not.
    options : ``weights``, ``confidence``.

    Returns
    -------
    ``value`` at most 1, unrounded, with ``observed``, ``expected``, ``n`` (units with two codes or more), ``n_coded``,
    ``n_units``, ``se``, ``p`` and interval (Gwet 2014); ``value`` is None with no_units, one_category (a scheme of one
    category) or full_credit.
    Raises: AgreementError (weights that do not exist); data never raise.
    Source: Brennan & Prediger (1981), doi:10.1177/001316448104100307; Byrt, Bishop & Carlin (1993),
    doi:10.1016/0895-4356(93)90018-V; with weights and missing codes Gwet (2014).
    """
    rated = Rated.of(data, options.weights)
    if rated.n_pairable == 0:
        return undefined(_NAME, "no_units", observed=None, expected=None, **rated.about())
    expected = float(rated.weights.sum()) / len(rated.weights) ** 2
    return coefficient(_NAME, rated, expected, np.full(len(rated.times), expected), options.confidence)
