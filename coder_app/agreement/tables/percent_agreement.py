"""Share of units or time on which all coders agree, or of pairs of coders who do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from coder_app.agreement.data import ContingencyTable, CountTable, Floats, UnitTable
from coder_app.agreement.result import AgreementResult, undefined
from coder_app.agreement.tables.weights import values_or_ranks

_NAME = "percent_agreement"


@dataclass(frozen=True, slots=True)
class PercentOptions:
    """`within`: categories at most this far apart count as agreement, by their values where they are numbers, else by
    their places in the scheme. `of`: "units", a unit agrees if all its coders do (largest against smallest), or "pairs", the
    mean over units of the share of pairs of coders who agree."""

    within: float = 0
    of: Literal["units", "pairs"] = "units"


def percent_agreement(
    data: UnitTable | CountTable | ContingencyTable, options: PercentOptions = PercentOptions()
) -> AgreementResult:
    """Agreement that is not corrected for chance: agreeing units (or time) over all of them.

    Parameters
    ----------
    data : units, shape (n_units, n_coders), any number of coders; or units x categories, how many coders chose each; or
        the K x K table of two coders in units or microseconds. Of "units" a unit missing for any coder is left out; of
        "pairs" one with fewer than two codes.
    options : ``within``, default 0 (the very same category); ``of``, default "units".

    Returns
    -------
    ``value`` in [0, 1] (a share; shown times 100), with ``agreed`` (units; of "pairs" their sum of shares) and ``n``. None
    and no_units where nothing is left.
    Source: definition; the reference values in the tests are of R irr 0.84.1, ``agree``, and R irrCAC 1.0 (pairs).
    """
    near = _near(values_or_ranks(data.categories), options.within)
    if isinstance(data, ContingencyTable):
        n, agreed = data.total, data.counts[near].sum().item()
    elif options.of == "pairs":
        n, agreed = _pairs(data.counts() if isinstance(data, UnitTable) else data, near)
    elif isinstance(data, UnitTable):
        n, agreed = _units(data, options.within)
    else:
        n, agreed = _counted(data, near)
    if n == 0:
        return undefined(_NAME, "no_units", agreed=0, n=0)
    return AgreementResult(_NAME, agreed / n, None, {"agreed": agreed, "n": n})


def _near(places: Floats, within: float) -> np.ndarray:
    return np.asarray(np.abs(np.subtract.outer(places, places)) <= within + 1e-9)


def _units(data: UnitTable, within: float) -> tuple[int, int]:
    columns = data.codes.T
    scored = np.ascontiguousarray(columns[:, np.logical_and.reduce(columns >= 0)])
    if not scored.size:
        return 0, 0
    placed = values_or_ranks(data.categories)[scored]
    return scored.shape[1], int((placed.max(axis=0) - placed.min(axis=0) <= within + 1e-9).sum())


def _counted(data: CountTable, near: np.ndarray) -> tuple[int, int]:
    """As many codes as the fullest unit has are taken for complete."""
    coders = data.counts.sum(axis=1)
    full = data.counts[(coders >= 2) & (coders == coders.max(initial=0))] > 0
    far = (full @ (~near).astype(np.int64) > 0) & full
    return len(full), int((~far.any(axis=1)).sum())


def _pairs(data: CountTable, near: np.ndarray) -> tuple[int, float]:
    counts = data.counts[data.counts.sum(axis=1) >= 2].astype(np.float64)
    coders = counts.sum(axis=1)
    agreeing = (counts * (counts @ near - 1.0)).sum(axis=1) / (coders * (coders - 1.0))
    return len(counts), float(agreeing.sum())
