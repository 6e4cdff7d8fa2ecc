"""Light's kappa: the mean of the kappas of all pairs of coders."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from coder_app.agreement.data import UnitTable
from coder_app.agreement.result import AgreementResult, undefined
from coder_app.agreement.tables.cohen_kappa import KappaOptions, cohen_kappa
from coder_app.agreement.tables.weights import Weights, named

_NAME = "light_kappa"


@dataclass(frozen=True, slots=True)
class LightOptions:
    """`weights`: credit for near misses by the places of the categories, or an own K x K matrix."""

    weights: Weights = "nominal"


def light_kappa(data: UnitTable, options: LightOptions = LightOptions()) -> AgreementResult:
    """The mean of Cohen's kappa over all pairs of coders, each pair on the units both coded.

    Parameters
    ----------
    data : units x coders, shape (n_units, n_coders), the same coder in each column, codes may be missing.
    options : ``weights``.

    Returns
    -------
    ``value`` in [-1, 1], unrounded, with ``pairs``: for each pair its ``coders`` (places from 0), ``kappa``, ``observed``,
    ``expected``, ``n``, ``undefined``. Where the kappa of a pair does not exist, neither does the mean: ``value`` is None, with
    the reason of the first such pair (no_units, one_category, full_credit). No standard error is given: pairs share
    coders; resample units or sessions.
    Raises: AgreementError (weights that do not exist); data never raise.
    Source: Light (1971), doi:10.1037/h0031643.
    """
    pairs = []
    for first, second in combinations(range(data.codes.shape[1]), 2):
        found = cohen_kappa(data.pair(first, second), KappaOptions(options.weights, standard_errors=False))
        about = {name: found[name] for name in ("observed", "expected", "n")}
        pairs.append({"coders": [first, second], "kappa": found.value, **about, "undefined": found.undefined})
    parts = {"pairs": pairs, "n_units": len(data.codes), "weights": named(options.weights)}
    reasons = [str(pair["undefined"]) for pair in pairs if pair["undefined"] is not None]
    if reasons or not pairs:
        return undefined(_NAME, "no_units" if not pairs or "no_units" in reasons else reasons[0], **parts)
    return AgreementResult(_NAME, sum(pair["kappa"] for pair in pairs) / len(pairs), None, parts)
