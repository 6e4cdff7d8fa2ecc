"""Every worked case of these statistics passes, also when it is put in other words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from coder_app.agreement.cases import read, run_case
from coder_app.agreement.scores.case_runs import RUNS as OF_SCORES
from coder_app.agreement.tables.case_runs import RUNS

CASES = [
    case
    for case in read(Path(__file__).parents[1] / "agreement-cases.json")
    if case["statistic"] in RUNS or case["statistic"] in OF_SCORES
]


def test_there_are_cases_of_every_kind() -> None:
    assert len(CASES) == 32
    assert {case["data"]["format"] for case in CASES} == {"ratings", "contingency", "counts", "scores", "model"}


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    found = run_case(case)
    assert found.passed, (found.error, found.got, found.expected)
    if isinstance(case["expected"], dict):
        assert set(found.got) == set(case["expected"])


def run(statistic: str, data: dict[str, Any], expected: Any, **parameters: Any) -> None:
    found = run_case({"id": "x", "statistic": statistic, "parameters": parameters, "data": data, "expected": expected})
    assert found.passed, (found.error, found.got)


TABLE = {"format": "contingency", "table": [[20, 5], [10, 15]]}
# po = 35/50 = .7; rows .5 .5, columns .6 .4: pe = .5; kappa = .4
RATINGS = {"format": "ratings", "matrix": [[1, 1], [2, 1], [2, 2], [None, 2]]}
# pairable 3 units, po = 2/3; rows 1/3 2/3, columns 2/3 1/3: pe = 4/9; kappa = .4


@pytest.mark.parametrize("words", ["identity", "unweighted", "nominal"])
def test_weights_by_other_names(words: str) -> None:
    run("cohen_kappa", TABLE, {"kappa": 0.4, "po": 0.7, "pe": 0.5}, weights=words)
    run("weighted_kappa", RATINGS, 0.4, weights=words)


def test_weights_as_a_table() -> None:
    run("weighted_kappa", TABLE, 0.4, weights=[[1, 0], [0, 1]])
    run("weighted_kappa", TABLE, {"qo": 0.6, "qe": 1.0}, disagreement_weights=[[0, 2], [2, 0]])


def test_names_of_the_registry_are_cases_too() -> None:
    # pi: shares .55 .45: pe = .505; (.7 - .505) / .495
    run("scott_pi", TABLE, 0.195 / 0.495)
    run("brennan_prediger", TABLE, {"value": 0.4, "n": 50})
    run("light_kappa", RATINGS, 0.4)
    run("gwet_ac2", TABLE, {"ac2": (0.7 - 0.495) / 0.505}, weights="linear")


def test_weights_on_words() -> None:
    # three ordered words, units (low, low), (low, high): po = (1 + 0) / 2; shares 3/4 0 1/4: pe = 9/16 + 1/16 = 5/8
    data = {"format": "ratings", "matrix": [["low", "low"], ["low", "high"]], "categories": ["low", "middle", "high"]}
    run("chance_corrected_family", data, {"fleiss": -1 / 3, "percent_agreement": 0.5}, weights="quadratic")
    # alpha: Do = 1/2, De = 2 x 3 x 1 / (4 x 3) = 1/2
    run("chance_corrected_family", data, {"krippendorff_alpha": 0, "krippendorff_alpha_gwet_weights": 0}, weights="quadratic")


def test_nothing_to_compare() -> None:
    nothing = {"format": "ratings", "matrix": [], "categories": [1, 2]}
    family = dict.fromkeys(("ac1", "ac2", "fleiss", "conger", "cohen_kappa", "scott_pi", "light", "krippendorff_alpha"))
    run("chance_corrected_family", nothing, family | {"n_units": 0, "n_pairable": 0})
    run("fleiss_kappa_per_category", nothing, {"1": None, "2": None})
    run("per_code_agreement", nothing, {"1": {"kappa": None, "p_pos": None}})
    run("percent_agreement", nothing, {"exact_all_raters": None, "within_1_all_raters": None})
    run("estimated_observer_accuracy", nothing, {"kappa": None, "accuracy": None})
    run("icc", {"format": "scores", "matrix": []}, {"ICC1": None, "ICC2k": {"icc": None, "ci": None}})


def test_accuracies_of_the_case() -> None:
    data = {"format": "model", "K": 2}
    # gold standard: kappa = 2 a - 1 with two equally frequent codes
    run("expected_kappa_from_accuracy", data, {"against_gold_standard": {"0.777": 0.554, "0.75": 0.5}}, accuracies=[0.777])
