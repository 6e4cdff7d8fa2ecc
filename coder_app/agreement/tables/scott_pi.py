"""Scott's pi of two coders."""

from __future__ import annotations

from dataclasses import dataclass

from coder_app.agreement.data import ContingencyTable, UnitTable
from coder_app.agreement.result import AgreementResult, undefined
from coder_app.agreement.tables.rated import Rated, coefficient
from coder_app.agreement.tables.weights import Weights

_NAME = "scott_pi"


@dataclass(frozen=True, slots=True)
class ScottOptions:
    """`weights`: credit for near misses, or an own symmetric K x K matrix. `confidence`: of the interval."""

    weights: Weights = "nominal"
    confidence: float = 0.95


def scott_pi(data: UnitTable | ContingencyTable, options: ScottOptions = ScottOptions()) -> AgreementResult:
    """Agreement of two coders, corrected by how often both together used each category: one set of base rates for both.

    Parameters
    ----------
    data : units of two coders, shape (n_units, 2), units missing for either left out; or their K x K table.
    options : ``weights``, ``confidence``.

    Returns
    -------
    ``value`` at most 1, unrounded, with ``observed``, ``expected``, ``n``, ``se`` (Gwet 2014, large samples), ``p`` and a
    normal interval; ``value`` is None with no_units, one_category or full_credit.
    Raises: AgreementError (other than two coders, weights that do not exist); data never raise.
    Source: Scott (1955), doi:10.1086/266577; standard error Gwet (2014), Handbook of Inter-Rater Reliability.
    """
    timed = isinstance(data, UnitTable) and data.unit_us is not None
    table = data.contingency() if isinstance(data, UnitTable) else data
    rated = Rated.of(table, options.weights, independent=not timed)
    if rated.n_pairable == 0:
        return undefined(_NAME, "no_units", observed=None, expected=None, **rated.about())
    shares = rated.shares
    expected = 1.0 if rated.one_category else float(shares @ rated.weights @ shares)
    chance = rated.counts @ (rated.weights @ shares) / rated.coders
    return coefficient(_NAME, rated, expected, chance, options.confidence)
