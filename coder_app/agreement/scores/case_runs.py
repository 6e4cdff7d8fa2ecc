"""How worked cases of scores are run: parameters and data of the case in, everything a case may expect out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from coder_app.agreement.case_data import shape_of
from coder_app.agreement.registry import compute
from coder_app.agreement.scores.icc import FORMS

Case = Mapping[str, Any]

_SHROUT_FLEISS = dict(zip(FORMS, ("ICC(1,1)", "ICC(2,1)", "ICC(3,1)", "ICC(1,k)", "ICC(2,k)", "ICC(3,k)"), strict=True))


def _confidence(parameters: Case) -> float:
    if "confidence" in parameters:
        return float(parameters["confidence"])
    return 1.0 - float(parameters.get("alpha", 0.05))


def icc(parameters: Case, data: Case) -> Any:
    """All six forms, under both their names; the value is that of the form asked for."""
    asked = parameters.get("form") or parameters.get("type") or "ICC2"
    form = {name: form for form, name in _SHROUT_FLEISS.items()}.get(asked, asked)
    result = compute("icc", shape_of(data), form=form, confidence=_confidence(parameters))
    found: dict[str, Any] = {"value": result.value, "icc": result.value, **result.parts}
    found["ci"] = None if result.interval is None else list(result.interval)
    found |= {"undefined": result.undefined, "F": result.parts.get("f")}
    for name in FORMS:
        about = (result.parts.get("forms") or {}).get(name)
        about = {"icc": None, "ci": None, "p": None} if about is None else about
        found[name] = found[_SHROUT_FLEISS[name]] = about | {"value": about["icc"], "F": about.get("f")}
    return found


def bland_altman(parameters: Case, data: Case) -> Any:
    result = compute(
        "bland_altman", shape_of(data), limits=float(parameters.get("limits", 1.96)), confidence=_confidence(parameters)
    )
    ci = None if result.interval is None else list(result.interval)
    found = {"value": result.value, "bias": result.value, "ci": ci, "bias_ci": ci, **result.parts}
    return found | {"loa": [found.get("lower"), found.get("upper")]}


RUNS: dict[str, Callable[[Case, Case], Any]] = {"bland_altman": bland_altman, "icc": icc}
