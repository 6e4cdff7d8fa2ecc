"""Gamma: agreement of m coders on where units stand and what they are, by the best alignment against random ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil
from typing import Any

import numpy as np

from coder_app.agreement.data import Codings
from coder_app.agreement.result import AgreementResult, undefined
from coder_app.agreement.segments.best_alignment import Alignment, best_alignment
from coder_app.agreement.segments.continuum import Continuum, Floats, continuum, n_points
from coder_app.agreement.segments.dissimilarity import Dissimilarity
from coder_app.agreement.segments.samplers import Sampler, random_continua
from coder_app.errors import AgreementError

NORMAL_95 = 1.96


@dataclass(frozen=True, slots=True)
class GammaOptions:
    """`alpha`, `beta`: weights of position and of code in the dissimilarity; `delta`: what a unit without partner costs.
    `codes_apart`: a K x K matrix of how unlike two codes are, 0 to 1; None for 1 where they differ. `sampler`: what chance
    is, "shuffle" or "statistical", drawn from `seed`. `samples`: how many random codings at least; with `precision` (such as
    .01) as many as bring the relative error of the expected disorder below it (95%). `progress(done, of)` is called after
    each; when `cancelled()` answers True the value is undefined."""

    alpha: float = 1.0
    beta: float = 1.0
    delta: float = 1.0
    codes_apart: Floats | None = None
    sampler: Sampler = "shuffle"
    seed: int = 0
    samples: int = 30
    precision: float | None = None
    progress: Callable[[int, int], object] | None = field(default=None, compare=False, repr=False)
    cancelled: Callable[[], bool] | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class Chance:
    """The observed best alignment and, of every random one, its disorder and what was measured of it."""

    units: Continuum
    observed: Alignment
    disorder: Floats
    measured: Floats
    cancelled: bool

    def parts(self, options: GammaOptions) -> dict[str, Any]:
        return {
            "sampler": options.sampler,
            "seed": options.seed,
            "samples": len(self.disorder),
            "alpha": options.alpha,
            "beta": options.beta,
            "delta": options.delta,
            "n_units": self.units.n_units,
            "unitary_alignments": len(self.observed.rows),
        }


Measure = Callable[[Continuum, Alignment], Floats | float]


def gamma(data: Codings, options: GammaOptions = GammaOptions()) -> AgreementResult:
    """1 - observed disorder / mean disorder of random codings, each the disorder of its best alignment. Units may overlap.

    Parameters
    ----------
    data : events of two or more coders with the observed time; points are left out (``points_left_out``), a unit that
        reaches out of the observed time is cut there.
    options : see GammaOptions.

    Returns
    -------
    ``value``, at most 1; 0 is chance. It depends on the sampler, which the parts name with its ``seed``. Parts: ``observed``
    disorder, ``expected`` disorder with its standard error ``expected_se`` and the range of gamma that the error leaves
    (``low``, ``high``: 95%, of the sampling of chance only), ``samples``, ``unitary_alignments``, ``precision_reached``.
    Undefined: no_segments, no_chance_disorder, cancelled.
    Raises: AgreementError (one coder, options that make no sense, units that overlap too much to be aligned exactly).
    Cost: two coders O(n log n) a sample where units have few neighbours; three or more an integer programme a sample.
    Source: Mathet, Widlöcher & Métivier (2015), doi:10.1162/COLI_a_00227.
    """
    run = with_chance(data, options, lambda _units, _alignment: 0.0)
    if isinstance(run, str):
        return undefined("gamma", run, points_left_out=n_points(data))
    parts = {**run.parts(options), "points_left_out": n_points(data), "observed": run.observed.disorder}
    if run.cancelled:
        return undefined("gamma", "cancelled", **parts)
    expected = float(run.disorder.mean())
    if expected == 0:
        return undefined("gamma", "no_chance_disorder", **parts, expected=0.0)
    error = float(run.disorder.std(ddof=1) / np.sqrt(len(run.disorder)))
    seen = float(run.observed.disorder or 0.0)
    reach = NORMAL_95 * error
    parts |= {
        "expected": expected,
        "expected_se": error,
        "low": 1 - seen / (expected - reach) if expected > reach else None,
        "high": 1 - seen / (expected + reach),
        "precision_reached": reach / expected,
    }
    return AgreementResult("gamma", 1 - seen / expected, None, parts)


def with_chance(data: Codings, options: GammaOptions, measure: Measure) -> Chance | str:
    """The observed alignment and the random ones, or the reason why there is nothing to align."""
    _check(options)
    units = continuum(data)
    if not units.n_units:
        return "no_segments"
    d = Dissimilarity(options.alpha, options.beta, options.delta, options.codes_apart)
    observed = best_alignment(units, d)
    disorder: list[float] = []
    measured: list[Floats | float] = []
    wanted = options.samples
    for random in random_continua(units, options.sampler, options.seed):
        if options.cancelled is not None and options.cancelled():
            return Chance(units, observed, np.array(disorder), np.array(measured), True)
        aligned = best_alignment(random, d)
        disorder.append(float(aligned.disorder or 0.0))
        measured.append(measure(random, aligned))
        if len(disorder) == options.samples and options.precision is not None:
            wanted = max(wanted, samples_needed(np.array(disorder), options.precision))
        if options.progress is not None:
            options.progress(len(disorder), wanted)
        if len(disorder) >= wanted:
            break
    return Chance(units, observed, np.array(disorder), np.array(measured), False)


def samples_needed(disorder: Floats, precision: float) -> int:
    """How many random codings bring 1.96 standard errors of their mean disorder below `precision` times that mean, judged
    by the deviation of those drawn (Mathet et al. 2015, section 5.3)."""
    if disorder.mean() == 0:
        return len(disorder)
    variation = float(disorder.std(ddof=1) / disorder.mean())
    return ceil((variation * NORMAL_95 / precision) ** 2)


def _check(options: GammaOptions) -> None:
    if options.alpha < 0 or options.beta < 0 or options.alpha + options.beta <= 0 or not options.delta > 0:
        raise AgreementError("alpha and beta must not be below 0, one of them above, and delta must be above 0.")
    if options.samples < 2:
        raise AgreementError(f"Chance needs 2 or more random codings, got samples={options.samples}.")
    if options.precision is not None and not 0 < options.precision < 1:
        raise AgreementError(f"precision is a share between 0 and 1, got {options.precision}.")
