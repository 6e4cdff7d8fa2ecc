"""Runs of worked cases: from a case's parameters and data to the figures it expects."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from coder_app.agreement.case_data import events
from coder_app.agreement.data import Codings
from coder_app.agreement.segments.alpha_u_1995 import AlphaU1995Options, alpha_u_1995
from coder_app.agreement.segments.best_alignment import Alignment, best_alignment
from coder_app.agreement.segments.continuum import Continuum, Floats, continuum
from coder_app.agreement.segments.dissimilarity import Dissimilarity
from coder_app.agreement.segments.gamma import GammaOptions, with_chance
from coder_app.agreement.segments.gamma_cat import Variant, against_chance, code_disorder
from coder_app.agreement.segments.staccato import nuclei_of
from coder_app.agreement.segments.u_alpha import UAlphaOptions, u_alpha

NO_CODE = "no code"
TIMES = ("onset", "offset", "start", "end")
_NAMES = {"label": "code", "category": "code"}
PRECISIONS = {"high": 0.01, "medium": 0.02, "low": 0.05}
VARIANTS: tuple[Variant, ...] = ("paper", "pygamma")
Case = Mapping[str, Any]


def codings_of_case(data: Case) -> Codings:
    """Codings of a case of the format "events", one unit of time taken as a second. Coders may also be a list, a row may
    lack its code, and codes that are numbers keep their order."""
    columns = [_NAMES.get(name, name) for name in data.get("columns") or ("onset", "offset", "code")]
    named = data["coders"]
    coders = named if isinstance(named, Mapping) else {str(i + 1): rows for i, rows in enumerate(named)}
    if "code" not in columns:
        columns.append("code")
    at = columns.index("code")
    rows = {str(name): [_with_code(row, at) for row in one] for name, one in coders.items()}
    given = list(data.get("categories") or data.get("codes") or ())
    hidden = set(data.get("unscorable") or ())
    used = {row[at] for one in rows.values() for row in one} - set(given) - hidden
    times = [row[columns.index(name)] for name in columns if name in TIMES for one in rows.values() for row in one]
    ends = [time for time in times if time is not None]
    span: dict[str, Any] = {"t0": _given(data, "t0", min(ends, default=0)), "t1": _given(data, "t1", max(ends, default=0))}
    if not span["t0"] < span["t1"]:
        span = {"t1": None}
    return events({**data, **span, "columns": columns, "coders": rows, "categories": given + _in_order(used)})


def _with_code(row: Sequence[Any], at: int) -> list[Any]:
    full = list(row) + [None] * (at + 1 - len(row))
    full[at] = NO_CODE if full[at] is None else full[at]
    return full


def _in_order(labels: set[Any]) -> list[Any]:
    """By number where all are numbers, else by their text."""
    try:
        return sorted(labels, key=float)
    except (TypeError, ValueError):
        return sorted(labels, key=str)


def _given(found: Case, key: str, otherwise: Any) -> Any:
    value = found.get(key)
    return otherwise if value is None else value


def _number(found: Case, otherwise: float, *keys: str) -> float:
    """The first of the keys that holds a number; others are notes for people."""
    values = (found.get(key) for key in keys)
    return next((float(value) for value in values if isinstance(value, int | float)), otherwise)


def _u_alpha_family(parameters: Case, data: Case) -> dict[str, Any]:
    found = u_alpha(
        codings_of_case(data), UAlphaOptions(metric=_metric(parameters), unit_s=_number(parameters, 1, "unit_s", "unit"))
    )
    keys = ("u_alpha", "bar_u_alpha", "cu_alpha", "cu_coverage")
    by_code = found.parts.get("ku_alpha", {})
    return {
        "value": found.value,
        **{key: found.parts.get(key) for key in keys},
        "ku_alpha": {str(label): value for label, value in by_code.items() if value is not None},
        "ku_undefined": [str(label) for label, value in by_code.items() if value is None],
        "ku_coverage": {str(label): value for label, value in found.parts.get("ku_coverage", {}).items()},
    }


def _metric(parameters: Case) -> Any:
    metric = _given(parameters, "metric", _given(parameters, "level", "nominal"))
    return metric if isinstance(metric, str) else np.array(metric, dtype=np.float64)


def _alpha_u_1995(parameters: Case, data: Case) -> dict[str, Any]:
    found = alpha_u_1995(codings_of_case(data), AlphaU1995Options(unit_s=_number(parameters, 1, "unit_s", "unit")))
    got: dict[str, Any] = {"value": found.value, "overall": found.value}
    for label, parts in found.parts.get("by_code", {}).items():
        got |= {str(label): parts["value"], f"Do_{label}": parts["observed"], f"De_{label}": parts["expected"]}
    return got


def _weights(parameters: Case) -> dict[str, Any]:
    """alpha, beta and delta under the names cases use."""
    apart = parameters.get("d_cat")
    return {
        "alpha": _number(parameters, 1, "alpha"),
        "beta": _number(parameters, 1, "beta"),
        "delta": _number(parameters, 1, "delta_empty", "delta"),
        "codes_apart": _matrix(apart),
    }


def _matrix(apart: Any) -> Floats | None:
    return None if apart is None or isinstance(apart, str) else np.array(apart, dtype=np.float64)


def _best_disorder(parameters: Case, data: Case) -> float | None:
    weights = _weights(parameters)
    d = Dissimilarity(weights["alpha"], weights["beta"], weights["delta"], weights["codes_apart"])
    return best_alignment(continuum(codings_of_case(data)), d).disorder


def _gamma(parameters: Case, data: Case) -> dict[str, Any]:
    sampler = str(_given(parameters, "sampler", "shuffle")).lower()
    precision = _given(parameters, "precision", None if "n_samples" in parameters or "samples" in parameters else 0.01)
    chance: dict[str, Any] = {
        **_weights(parameters),
        "sampler": "statistical" if sampler.startswith("statistical") else "shuffle",
        "seed": int(_number(parameters, 0, "seed")),
        "samples": int(_number(parameters, 30, "n_samples", "samples")),
        "precision": PRECISIONS.get(precision, precision) if isinstance(precision, str) else precision,
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
        return dict.fromkeys(("value", "gamma", "gamma_cat", "gamma_cat_pygamma", "gamma_k", "gamma_k_pygamma"))
    expected = float(run.disorder.mean())
    got: dict[str, Any] = {
        "value": None,
        "gamma": 1 - run.observed.disorder / expected if run.observed.disorder is not None and expected else None,
        "observed_disorder": run.observed.disorder,
        "expected_disorder": expected,
    }
    got["value"] = got["gamma"]
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
