"""Gamma-cat: how far coders agree on the codes of units that the best alignment holds to be the same."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from coder_app.agreement.data import Codings, Ints
from coder_app.agreement.result import AgreementResult, undefined
from coder_app.agreement.segments.best_alignment import Alignment
from coder_app.agreement.segments.continuum import Continuum, Floats, n_points
from coder_app.agreement.segments.dissimilarity import Dissimilarity
from coder_app.agreement.segments.gamma import GammaOptions, with_chance
from coder_app.agreement.segments.many_alignment import NOBODY
from coder_app.errors import AgreementError

Variant = Literal["paper", "pygamma"]


@dataclass(frozen=True, slots=True)
class GammaCatOptions(GammaOptions):
    """As GammaOptions, and `variant`: "paper" compares aligned pairs only; "pygamma" also multiplies the position by alpha
    and charges every unit without partner, as pygamma-agreement 0.5.9 does."""

    variant: Variant = "paper"


def gamma_cat(data: Codings, options: GammaCatOptions = GammaCatOptions()) -> AgreementResult:
    """1 - observed / mean random disorder of codes over pairs of units in the best alignment.

    A pair weighs max(0, 1 - d_pos) / (n_v - 1), n_v the units of its unitary alignment: pairs that coincide count most, and a
    row of many coders does not count more for its many pairs. Which of the published variants is canonical could not be
    settled: the result names its ``variant``.

    Parameters
    ----------
    data, options : as for gamma; see GammaCatOptions. ``precision`` is that of gamma's expected disorder.

    Returns
    -------
    ``value``, at most 1; parts ``observed`` and ``expected`` disorder of codes, ``variant``, ``samples_without_pairs`` (random
    codings without an aligned pair, left out of the mean), the sampler and its seed. Alignments may tie; the one with the
    fewest rows counts. Undefined: no_segments, no_aligned_pairs, no_chance_disorder, cancelled.
    Raises: as gamma.
    Source: Mathet (2017), doi:10.1162/COLI_a_00296.
    """
    check_variant(options.variant)
    d = Dissimilarity(options.alpha, options.beta, options.delta, options.codes_apart)
    run = with_chance(data, options, lambda units, found: code_disorder(units, found, d, options.variant))
    if isinstance(run, str):
        return undefined("gamma_cat", run, points_left_out=n_points(data))
    parts = {**run.parts(options), "points_left_out": n_points(data), "variant": options.variant}
    if run.cancelled:
        return undefined("gamma_cat", "cancelled", **parts)
    observed = code_disorder(run.units, run.observed, d, options.variant)
    value, reason, more = against_chance(observed, run.measured)
    return AgreementResult("gamma_cat", value, reason, {**parts, **more})


def against_chance(observed: float, chance: Floats) -> tuple[float | None, str | None, dict[str, float | int | None]]:
    """1 - observed / mean of the chance that exists, NaN standing for an alignment without a pair."""
    defined = chance[~np.isnan(chance)]
    expected = float(defined.mean()) if len(defined) else None
    parts: dict[str, float | int | None] = {
        "observed": None if np.isnan(observed) else observed,
        "expected": expected,
        "samples_without_pairs": len(chance) - len(defined),
    }
    if np.isnan(observed) or expected is None:
        return None, "no_aligned_pairs", parts
    if expected == 0:
        return None, "no_chance_disorder", parts
    return 1 - observed / expected, None, parts


def code_disorder(units: Continuum, found: Alignment, d: Dissimilarity, variant: Variant, code: int | None = None) -> float:
    """The weighted mean d_cat of the aligned pairs, of those with a unit of `code` where one is given; NaN without any."""
    size = (found.rows != NOBODY).sum(axis=1)
    weighted = weights = 0.0
    for i, j in combinations(range(units.n_coders), 2):
        u, v = found.rows[:, i], found.rows[:, j]
        counts = (u != NOBODY) | (v != NOBODY)
        if code is not None:
            counts &= _has(units, u, code) | _has(units, v, code)
        both = counts & (u != NOBODY) & (v != NOBODY)
        position = d.position(units, u[both], v[both]) * (d.alpha if variant == "pygamma" else 1.0)
        weight = np.maximum(0.0, 1.0 - position) / (size[both] - 1)
        weighted += float((weight * d.category(units, u[both], v[both])).sum())
        weights += float(weight.sum())
        if variant == "pygamma":
            unpaired = int((counts & ~both).sum())
            weighted += unpaired
            weights += unpaired
    return weighted / weights if weights > 0 else float("nan")


def _has(units: Continuum, u: Ints, code: int) -> NDArray[np.bool_]:
    return (u != NOBODY) & (units.code[u] == code)


def check_variant(variant: str) -> None:
    if variant not in ("paper", "pygamma"):
        raise AgreementError(f"There is no variant {variant!r}. Choose paper or pygamma.")
