"""Runs of worked cases: from a case's parameters and data to the figures it expects."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from coder_app.agreement.data import Codings, EventTable
from coder_app.agreement.segments.alpha_u_1995 import AlphaU1995Options, alpha_u_1995
from coder_app.agreement.segments.best_alignment import Alignment, best_alignment
from coder_app.agreement.segments.continuum import Continuum, Floats, continuum
from coder_app.agreement.segments.dissimilarity import Dissimilarity
from coder_app.agreement.segments.gamma import GammaOptions, with_chance
from coder_app.agreement.segments.gamma_cat import Variant, against_chance, code_disorder
from coder_app.agreement.segments.staccato import nuclei_of
from coder_app.agreement.segments.u_alpha import UAlphaOptions, u_alpha
from coder_app.model.interval import Spans

US = 1_000_000
VARIANTS: tuple[Variant, ...] = ("paper", "pygamma")
Case = Mapping[str, Any]


def codings_of_case(data: Case) -> Codings:
    """Codings of a case of the format "events": rows of onset, offset, code for each coder in its order of `columns`, one
    unit of time taken as a second. Codes keep their labels; observed is from `t0` to `t1`, or what events span."""
    columns = list(data.get("columns", ("onset", "offset", "code")))
    at = [columns.index(name) for name in ("onset", "offset")]
    code_at = columns.index("code") if "code" in columns else None
    named = data["coders"]
    coders = named if isinstance(named, Mapping) else {str(i + 1): rows for i, rows in enumerate(named)}
    rows = [[(*(row[i] for i in at), "" if code_at is None else row[code_at]) for row in one] for one in coders.values()]
    used = {code for one in rows for *_, code in one}
    categories = [*data.get("categories", ())]
    categories += sorted(used - set(categories), key=lambda label: (str(type(label)), label if label is not None else 0))
    times = [time for one in rows for onset, offset, _ in one for time in (onset, offset) if time is not None]
    start, end = _given(data, "t0", min(times, default=0)), _given(data, "t1", max(times, default=0))
    tables = tuple(_events(one, categories) for one in rows)
    return Codings(tables, Spans.of([(_us(start), _us(end))]), tuple(categories), tuple(map(str, coders)))


def _events(rows: list[tuple[Any, ...]], categories: list[Any]) -> EventTable:
    onset = [_us(row[0]) for row in rows]
    offset = [_us(row[0] if row[1] is None else row[1]) for row in rows]
    return EventTable.of(onset, offset, [categories.index(row[2]) for row in rows])


def _us(time: float) -> int:
    return round(time * US)


def _given(found: Case, key: str, otherwise: Any) -> Any:
    value = found.get(key)
    return otherwise if value is None else value


def _u_alpha_family(parameters: Case, data: Case) -> dict[str, Any]:
    found = u_alpha(
        codings_of_case(data), UAlphaOptions(metric=_metric(parameters), unit_s=float(_given(parameters, "unit", 1)))
    )
    keys = ("u_alpha", "bar_u_alpha", "cu_alpha", "cu_coverage")
    by_code = found.parts.get("ku_alpha", {})
    return {
        **{key: found.parts.get(key) for key in keys},
        "ku_alpha": {str(label): value for label, value in by_code.items() if value is not None},
        "ku_undefined": [str(label) for label, value in by_code.items() if value is None],
        "ku_coverage": {str(label): value for label, value in found.parts.get("ku_coverage", {}).items()},
    }


def _metric(parameters: Case) -> Any:
    metric = _given(parameters, "metric", _given(parameters, "level", "nominal"))
    return metric if isinstance(metric, str) else np.array(metric, dtype=np.float64)


def _alpha_u_1995(parameters: Case, data: Case) -> dict[str, Any]:
    found = alpha_u_1995(codings_of_case(data), AlphaU1995Options(unit_s=float(_given(parameters, "unit", 1))))
    got: dict[str, Any] = {"overall": found.value}
    for label, parts in found.parts.get("by_code", {}).items():
        got |= {str(label): parts["value"], f"Do_{label}": parts["observed"], f"De_{label}": parts["expected"]}
    return got


def _weights(parameters: Case) -> dict[str, Any]:
    """alpha, beta and delta under the names cases use."""
    delta = _given(parameters, "delta_empty", _given(parameters, "delta", 1))
    apart = parameters.get("d_cat")
    return {
        "alpha": float(_given(parameters, "alpha", 1)),
        "beta": float(_given(parameters, "beta", 1)),
        "delta": float(delta),
        "codes_apart": _matrix(apart),
    }


def _matrix(apart: Any) -> Floats | None:
    return None if apart is None or isinstance(apart, str) else np.array(apart, dtype=np.float64)


def _best_disorder(parameters: Case, data: Case) -> float | None:
    weights = _weights(parameters)
    d = Dissimilarity(weights["alpha"], weights["beta"], weights["delta"], weights["codes_apart"])
    return best_alignment(continuum(codings_of_case(data)), d).disorder


def _gamma(parameters: Case, data: Case) -> dict[str, Any]:
    sampler = str(_given(parameters, "sampler", "shuffle"))
    chance: dict[str, Any] = {
        **_weights(parameters),
        "sampler": "statistical" if sampler.startswith("statistical") else "shuffle",
        "seed": int(_given(parameters, "seed", 0)),
        "samples": int(_given(parameters, "n_samples", _given(parameters, "samples", 30))),
        "precision": parameters.get("precision"),
    }
    return _gamma_family(codings_of_case(data), GammaOptions(**chance))


def _gamma_family(codings: Codings, options: GammaOptions) -> dict[str, Any]:
    """gamma, and gamma-cat and gamma-k in both variants, of the same random codings."""
    d = Dissimilarity(options.alpha, options.beta, options.delta, options.codes_apart)
    codes: list[int | None] = [None, *range(len(codings.categories))]

    def measure(units: Continuum, found: Alignment) -> Floats:
        return np.array([[code_disorder(units, found, d, variant, code) for code in codes] for variant in VARIANTS])

    run = with_chance(codings, options, measure)
    if isinstance(run, str):
        return dict.fromkeys(("gamma", "gamma_cat", "gamma_cat_pygamma", "gamma_k", "gamma_k_pygamma"))
    expected = float(run.disorder.mean())
    got: dict[str, Any] = {
        "gamma": 1 - run.observed.disorder / expected if run.observed.disorder is not None and expected else None,
        "observed_disorder": run.observed.disorder,
        "expected_disorder": expected,
    }
    seen = measure(run.units, run.observed)
    used = set(run.units.code.tolist())
    for at, end in enumerate(("", "_pygamma")):
        values = [against_chance(float(seen[at, i]), run.measured[:, at, i])[0] for i in range(len(codes))]
        got[f"gamma_cat{end}"] = values[0]
        got[f"gamma_k{end}"] = {str(codings.categories[k]): values[k + 1] for k in sorted(used)}
    return got


def _staccato_nuclei(parameters: Case, data: Case) -> dict[str, Any]:
    found = nuclei_of(continuum(codings_of_case(data)))
    return {
        "n_nominations": found.n_nominations,
        "n_nuclei": len(found.nuclei),
        "n_nucleus_nominations": found.n_nucleus_nominations,
        "n_fields": found.n_fields,
        "nuclei": [[list(interval) for interval in nucleus] for nucleus in found.nuclei],
    }


# Each gives all figures it knows under the names cases use; a case compares those it expects.
RUNS: dict[str, Callable[[Case, Case], Any]] = {
    "u_alpha_family": _u_alpha_family,
    "alpha_U_1995_2004": _alpha_u_1995,
    "gamma_best_alignment_disorder": _best_disorder,
    "gamma": _gamma,
    "staccato_nuclei": _staccato_nuclei,
}
