"""How worked cases of these statistics are run: parameters and data of the case in, everything a case may expect out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

import numpy as np

from coder_app.agreement.case_data import shape_of
from coder_app.agreement.data import BaseRates, ContingencyTable, UnitTable
from coder_app.agreement.registry import compute
from coder_app.agreement.result import AgreementResult
from coder_app.agreement.tables.weights import Weights, agreement_weights, values_or_ranks

Case = Mapping[str, Any]

_SYNONYMS = {"identity": "nominal", "unweighted": "nominal", "none": "nominal", "equal": "linear", "squared": "quadratic"}
_LEVELS = {"nominal": "nominal", "ordinal": "ordinal", "quadratic": "interval", "ratio": "ratio"}
_USUAL_ACCURACIES = (0.8, 0.85, 0.9, 0.95, 0.99)


def weights_of(parameters: Case) -> Weights:
    """By name, in the words of several programs; or a matrix, of agreement or (Cohen 1968) of disagreement."""
    if parameters.get("disagreement_weights") is not None:
        apart = np.array(parameters["disagreement_weights"], dtype=np.float64)
        return np.asarray(1.0 - apart / apart.max())
    found = next(
        (parameters[key] for key in ("weights", "weight", "weight_matrix") if parameters.get(key) is not None), "nominal"
    )
    return cast(Weights, _SYNONYMS.get(found, found)) if isinstance(found, str) else found


def _parts(result: AgreementResult, *names: str) -> dict[str, Any]:
    """The value under every name it goes by, and the parts."""
    found = dict.fromkeys(("value", "kappa", result.statistic, *names), result.value) | dict(result.parts)
    found["po"] = found["P_bar"] = result.parts.get("observed")
    found["pe"] = found["P_e"] = result.parts.get("expected")
    found["ci"] = found["interval"] = None if result.interval is None else list(result.interval)
    return dict.fromkeys(("n", "se", "se_null", "z", "p", "kappa_max")) | found


def _confidence(parameters: Case) -> float:
    if "confidence" in parameters:
        return float(parameters["confidence"])
    return 1.0 - float(parameters.get("alpha", 0.05))


def _weighted(statistic: str, *names: str) -> Callable[[Case, Case], Any]:
    """A statistic that takes weights and a confidence."""

    def run(parameters: Case, data: Case) -> Any:
        options = {"weights": weights_of(parameters), "confidence": _confidence(parameters)}
        if statistic == "light_kappa":
            del options["confidence"]
        return _parts(compute(statistic, shape_of(data), **options), *names)

    return run


def cohen_kappa(parameters: Case, data: Case) -> Any:
    """Also observed and expected disagreement in the units of the case's own weights."""
    options = {"weights": weights_of(parameters), "confidence": _confidence(parameters)}
    found = _parts(compute("cohen_kappa", shape_of(data), **options), "weighted_kappa")
    most = np.max(parameters.get("disagreement_weights") or 1.0)
    for name, of in (("qo", "observed"), ("qe", "expected")):
        found[name] = None if found[of] is None else float(most * (1.0 - found[of]))
    return found


def gwet_ac1(parameters: Case, data: Case) -> Any:
    """AC2 where the case has weights."""
    found = compute("gwet_ac2", shape_of(data), weights=weights_of(parameters), confidence=_confidence(parameters))
    return _parts(found, "ac1", "ac2", "gwet_ac1", "gwet_ac")


def krippendorff_alpha(parameters: Case, data: Case) -> Any:
    distances = next((parameters[key] for key in ("distances", "distance_matrix") if parameters.get(key) is not None), None)
    level = parameters.get("level") or parameters.get("metric") or "nominal"
    found = _parts(compute("krippendorff_alpha", shape_of(data), level=level, distances=distances), "alpha")
    return found | {"Do": found["observed"], "De": found["expected"]}


def percent_agreement(parameters: Case, data: Case) -> Any:
    """At the tolerance of the case, and at every whole one."""
    shape = shape_of(data)
    within = parameters.get("within", parameters.get("tolerance", 0))
    found = _parts(compute("percent_agreement", shape, within=within))
    found["exact_all_raters"] = compute("percent_agreement", shape).value
    places = values_or_ranks(shape.categories)
    for apart in range(1, int(np.ptp(places)) + 2 if len(places) else 2):
        found[f"within_{apart}_all_raters"] = compute("percent_agreement", shape, within=apart).value
    found["pairwise"] = compute("percent_agreement", shape, of="pairs").value
    return found


def fleiss_kappa_per_category(parameters: Case, data: Case) -> Any:
    shape = shape_of(data)
    result = compute("fleiss_kappa", shape)
    each = result.parts.get("per_category") or {str(c): {"kappa": None} for c in shape.categories}
    named = {label: about | {"value": about["kappa"]} for label, about in each.items()}
    return {str(i): about for i, about in enumerate(named.values(), 1)} | named


def per_code_agreement(parameters: Case, data: Case) -> Any:
    """Under the place of each code, from 1, and under its label."""
    shape = shape_of(data)
    found = {str(label): _code(compute("per_code_agreement", shape, code=i)) for i, label in enumerate(shape.categories)}
    return found | {str(i): about for i, about in enumerate(list(found.values()), 1)}


def _code(result: AgreementResult) -> dict[str, Any]:
    found = _parts(result)
    return found | {"PABAK": found["pabak"], "PI": found["prevalence_index"], "BI": found["bias_index"]}


def agreement_2x2(parameters: Case, data: Case) -> Any:
    """The first code against the second."""
    shape = shape_of(data)
    found = _code(compute("per_code_agreement", shape, code=0))
    kappa = _parts(compute("cohen_kappa", shape, confidence=_confidence(parameters)))
    ac1, pi = compute("gwet_ac1", shape), compute("scott_pi", shape)
    more = {name: kappa[name] for name in ("se", "se_null", "z", "p", "ci") if name in kappa}
    return found | more | {"ac1": ac1.value, "ac1_se": ac1.parts.get("se"), "scott_pi": pi.value}


def chance_corrected_family(parameters: Case, data: Case) -> Any:
    """Every coefficient that the data allow, by one set of weights; errors and intervals as `<name>_se`, `<name>_ci`."""
    shape, weights = shape_of(data), weights_of(parameters)
    options: dict[str, Any] = {"weights": weights, "confidence": _confidence(parameters)}
    results = {"fleiss": compute("fleiss_kappa", shape, **options), "ac2": compute("gwet_ac2", shape, **options)}
    results["ac1"] = compute("gwet_ac1", shape, confidence=options["confidence"])
    results["brennan_prediger"] = compute("brennan_prediger", shape, **options)
    results["krippendorff_alpha_gwet_weights"] = _alpha_with(shape, weights)
    level = _LEVELS.get(weights) if isinstance(weights, str) else None
    if level in ("interval", "ratio") and not all(isinstance(label, int | float) for label in shape.categories):
        level = None
    alpha = results["krippendorff_alpha_gwet_weights"] if level is None else compute("krippendorff_alpha", shape, level=level)
    results["krippendorff_alpha"] = alpha
    if isinstance(shape, UnitTable | ContingencyTable):
        results["conger"] = compute("conger_kappa", shape, **options)
        if not isinstance(shape, UnitTable) or shape.n_coders == 2:
            results["cohen_kappa"] = compute("cohen_kappa", shape, **options)
            results["scott_pi"] = compute("scott_pi", shape, **options)
        if isinstance(shape, UnitTable):
            results["light"] = compute("light_kappa", shape, weights=weights)
    found = _flat(results | {"gwet_ac": results["ac2"], "fleiss_kappa": results["fleiss"]})
    about = results["fleiss"].parts
    found |= {"percent_agreement": about["observed"], "n_units": about["n_units"], "n_coded": about["n_coded"]}
    return found | {"n_pairable": about["n"], "n": about["n"]}


def _flat(results: Mapping[str, AgreementResult]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, result in results.items():
        found[name] = result.value
        found[f"{name}_se"] = result.parts.get("se")
        found[f"{name}_ci"] = None if result.interval is None else list(result.interval)
        found[f"{name}_pe"] = result.parts.get("expected")
    return found


def _alpha_with(shape: Any, weights: Weights) -> AgreementResult:
    """Alpha with one minus the weights for distances."""
    distances = 1.0 - agreement_weights(weights, values_or_ranks(shape.categories))
    return compute("krippendorff_alpha", shape, distances=np.maximum(distances, 0.0))


def two_rater_table_family(parameters: Case, data: Case) -> Any:
    """The standard error of alpha is that of pi, which it approaches in large samples (Gwet 2014)."""
    shape, weights = shape_of(data), weights_of(parameters)
    table = shape.contingency() if isinstance(shape, UnitTable) else shape
    options: dict[str, Any] = {"weights": weights, "confidence": _confidence(parameters)}
    names = {
        "cohen_kappa": "cohen_kappa",
        "scott_pi": "scott_pi",
        "gwet_ac": "gwet_ac2",
        "brennan_prediger": "brennan_prediger",
    }
    results = {name: compute(statistic, table, **options) for name, statistic in names.items()}
    found: dict[str, Any] = {name: result.value for name, result in results.items()}
    found["krippendorff_alpha"] = _alpha_with(table, weights).value
    found["percent_agreement"] = results["cohen_kappa"].parts["observed"]
    found["n"] = table.total
    found["se"] = {name: result.parts.get("se") for name, result in results.items()}
    found["se"]["krippendorff_alpha"] = found["se"]["scott_pi"]
    found["ci"] = {name: None if r.interval is None else list(r.interval) for name, r in results.items()}
    return found


def expected_kappa_from_accuracy(parameters: Case, data: Case) -> Any:
    """For the accuracies of the case, and for every half hundredth."""
    shape = shape_of(data)
    asked = parameters.get("accuracies") or parameters.get("accuracy") or _USUAL_ACCURACIES
    asked = list(asked) if isinstance(asked, list | tuple) else [asked]
    found: dict[str, Any] = {}
    for name, gold in (("two_fallible_observers", False), ("against_gold_standard", True)):
        found[name] = {}
        for accuracy in [*(i / 200 for i in range(201)), *map(float, asked)]:
            kappa = compute("expected_kappa", shape, accuracy=accuracy, gold_standard=gold).value
            found[name] |= dict.fromkeys(
                (f"{accuracy:g}", str(accuracy), f"{accuracy:.2f}" if accuracy * 100 % 1 == 0 else ""), kappa
            )
    gold = bool(parameters.get("gold_standard"))
    value = compute("expected_kappa", shape, accuracy=float(asked[0]), gold_standard=gold)
    return _parts(value) | found


def estimated_observer_accuracy(parameters: Case, data: Case) -> Any:
    """Also the kappa needed, at the wanted accuracy of the case."""
    shape = shape_of(data)
    options: dict[str, Any] = {name: parameters[name] for name in ("kappa", "target", "gold_standard") if name in parameters}
    if isinstance(shape, BaseRates) and "kappa" not in options:
        options["kappa"] = data.get("kappa")
    result = compute("observer_accuracy", shape, **options)
    found = {"value": result.value, "accuracy": result.value, **result.parts}
    return found | {f"kappa_at_{a:g}": _at(shape, a, options) for a in _USUAL_ACCURACIES}


def _at(shape: Any, accuracy: float, options: Mapping[str, Any]) -> float | None:
    gold = bool(options.get("gold_standard"))
    return compute("expected_kappa", shape, accuracy=accuracy, gold_standard=gold).value


RUNS: dict[str, Callable[[Case, Case], Any]] = {
    "agreement_2x2": agreement_2x2,
    "brennan_prediger": _weighted("brennan_prediger", "pabak", "PABAK"),
    "chance_corrected_family": chance_corrected_family,
    "cohen_kappa": cohen_kappa,
    "conger_kappa": _weighted("conger_kappa", "conger"),
    "estimated_observer_accuracy": estimated_observer_accuracy,
    "expected_kappa_from_accuracy": expected_kappa_from_accuracy,
    "fleiss_kappa": _weighted("fleiss_kappa", "fleiss"),
    "fleiss_kappa_per_category": fleiss_kappa_per_category,
    "gwet_ac1": gwet_ac1,
    "gwet_ac2": gwet_ac1,
    "krippendorff_alpha": krippendorff_alpha,
    "light_kappa": _weighted("light_kappa", "light"),
    "observer_accuracy": estimated_observer_accuracy,
    "per_code_agreement": per_code_agreement,
    "percent_agreement": percent_agreement,
    "scott_pi": _weighted("scott_pi", "pi"),
    "two_rater_table_family": two_rater_table_family,
    "weighted_kappa": cohen_kappa,
}
