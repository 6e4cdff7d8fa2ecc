"""Share of units or time on which all coders agree."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from coder_app.agreement.data import MISSING, ContingencyTable, UnitTable
from coder_app.agreement.result import AgreementResult, undefined


@dataclass(frozen=True, slots=True)
class PercentOptions:
    """`within`: categories at most this many places apart (largest against smallest) count as agreement."""

    within: int = 0


def percent_agreement(data: UnitTable | ContingencyTable, options: PercentOptions = PercentOptions()) -> AgreementResult:
    """Agreement that is not corrected for chance: agreeing units (or time) over all of them.

    Parameters
    ----------
    data : units, shape (n_units, n_coders), any number of coders, units missing for any coder left out; or the K x K
        table of two coders in units or microseconds.
    options : ``within``, default 0 (the very same category).

    Returns
    -------
    ``value`` in [0, 1] (a share; shown times 100), with ``agreed`` and ``n``. None and no_units where nothing is left.
    Source: definition; the reference values in the tests are of R irr 0.84.1, ``agree``.
    """
    if isinstance(data, UnitTable):
        scored = data.codes[(data.codes != MISSING).all(axis=1)]
        n = len(scored)
        agreed = int((np.ptp(scored, axis=1) <= options.within).sum()) if n else 0
    else:
        k = len(data.categories)
        near = np.abs(np.subtract.outer(np.arange(k), np.arange(k))) <= options.within
        n, agreed = data.total, int(data.counts[near].sum())
    if n == 0:
        return undefined("percent_agreement", "no_units", agreed=0, n=0)
    return AgreementResult("percent_agreement", agreed / n, None, {"agreed": agreed, "n": n})
