"""Gamma-k: gamma-cat of one code against all others."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import numpy as np

from coder_app.agreement.data import Codings
from coder_app.agreement.result import AgreementResult, undefined
from coder_app.agreement.segments.continuum import n_points
from coder_app.agreement.segments.dissimilarity import Dissimilarity
from coder_app.agreement.segments.gamma import GammaOptions, with_chance
from coder_app.agreement.segments.gamma_cat import Variant, against_chance, check_variant, code_disorder
from coder_app.errors import AgreementError


@dataclass(frozen=True, slots=True)
class GammaKOptions(GammaOptions):
    """As GammaOptions; `code`: the code, None for the mean over all codes in use; `variant`: see GammaCatOptions."""

    code: Hashable | None = None
    variant: Variant = "paper"


def gamma_k(data: Codings, options: GammaKOptions = GammaKOptions()) -> AgreementResult:
    """1 - observed / mean random disorder of codes over the aligned pairs in which one unit or both carry a code.

    Parameters
    ----------
    data, options : as for gamma; see GammaKOptions.

    Returns
    -------
    ``value`` of the chosen ``code``; without one the plain mean over the codes for which it exists. Part ``by_code`` has for
    each code in use its ``value``, ``undefined``, ``observed`` and ``expected`` disorder and ``samples_without_pairs``.
    Undefined: no_segments, never_used, no_aligned_pairs, no_chance_disorder, cancelled.
    Raises: as gamma; a code that is no category.
    Source: Mathet (2017), doi:10.1162/COLI_a_00296.
    """
    check_variant(options.variant)
    if options.code is not None and options.code not in data.categories:
        raise AgreementError(f"{options.code!r} is not one of the categories {list(data.categories)}.")
    d = Dissimilarity(options.alpha, options.beta, options.delta, options.codes_apart)
    every = range(len(data.categories))
    run = with_chance(
        data, options, lambda units, found: np.array([code_disorder(units, found, d, options.variant, k) for k in every])
    )
    if isinstance(run, str):
        return undefined("gamma_k", run, points_left_out=n_points(data))
    parts = {**run.parts(options), "points_left_out": n_points(data), "variant": options.variant, "code": options.code}
    if run.cancelled:
        return undefined("gamma_k", "cancelled", **parts)
    by_code: dict[Hashable, dict[str, Any]] = {}
    for k in np.unique(run.units.code).tolist():
        seen = code_disorder(run.units, run.observed, d, options.variant, k)
        value, reason, more = against_chance(seen, run.measured[:, k])
        by_code[data.categories[k]] = {"value": value, "undefined": reason, **more}
    value, reason = _chosen(by_code, options.code)
    return AgreementResult("gamma_k", value, reason, {**parts, "by_code": by_code})


def _chosen(by_code: dict[Hashable, dict[str, Any]], code: Hashable | None) -> tuple[float | None, str | None]:
    if code is not None:
        found = by_code.get(code, {"value": None, "undefined": "never_used"})
        return found["value"], found["undefined"]
    values = [float(one["value"]) for one in by_code.values() if isinstance(one["value"], float)]
    return (sum(values) / len(values), None) if values else (None, "no_aligned_pairs")
