"""Every worked case of timed statistics, and data that strain its reading: silent coders, one code, nothing shared."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from coder_app.agreement.cases import run_case
from coder_app.agreement.timed.case_runs import RUNS

CASES = json.loads((Path(__file__).parents[1] / "agreement-cases.json").read_text())["cases"]
OWN = [case for case in CASES if case["statistic"] in RUNS]


@pytest.mark.parametrize("case", OWN, ids=[case["id"] for case in OWN])
def test_case(case: dict[str, Any]) -> None:
    found = run_case(case)
    assert found.error is None
    assert found.got.keys() == case["expected"].keys()
    assert found.passed, (found.got, found.expected)


def test_all_six_statistics_have_a_case() -> None:
    assert {case["statistic"] for case in OWN} == set(RUNS)


def events(first: list[Any], second: list[Any], codes: str = "ab", t1: float = 20) -> dict[str, Any]:
    return {"format": "events", "coders": {"1": first, "2": second}, "t0": 0, "t1": t1, "codes": list(codes)}


@pytest.mark.parametrize("name", ["time_unit_kappa", "event_alignment_kappa_timed", "easydiag", "event_alignment_kappa"])
@pytest.mark.parametrize("first", [[], [[0, 5, "a"]]])
@pytest.mark.parametrize("second", [[], [[7, 9, "a"]]])
@pytest.mark.parametrize("codes", ["a", "ab"])
def test_little_data_gives_no_error(name: str, first: list[Any], second: list[Any], codes: str) -> None:
    got = RUNS[name]({}, events(first, second, codes))
    if not first and not second:
        assert got["kappa"] is None
    elif name != "time_unit_kappa" and not (first and second):
        assert got["kappa"] == 0.0


def test_tolerance_widens_agreement() -> None:
    # Units 1 s: coder 1 a for 5 of 10, coder 2 a for 7; b at 5 and 6 for coder 1. At one unit only the b at 6 finds a b.
    data = events([[0, 5, "a"], [5, 10, "b"]], [[0, 7, "a"], [7, 10, "b"]], t1=10)
    got = RUNS["time_unit_kappa_tolerance"]({"unit": 1, "tolerance_units": 1}, data)
    assert got["matrix_coder1_first"] == [[5, 0], [1, 4]]
    assert got["matrix_coder2_first"] == [[6, 1], [0, 3]]


def test_parameters_as_numbers_text_or_percent() -> None:
    data = events([[0, 10, "a"]], [[2, 12, "a"]])
    assert RUNS["easydiag"]({"overlap_threshold": 80}, data)["pct_linked"] == 1.0
    assert RUNS["easydiag"]({"overlap_threshold": "0.81"}, data)["pct_linked"] == 0.0
    assert RUNS["event_alignment_kappa_timed"]({"onset_tolerance": 2}, data)["n_linked"] == 1
    assert RUNS["event_alignment_kappa_timed"]({"onset_tolerance": 1.9}, data)["n_linked"] == 0
    both = {"link_rule": "onset and overlap", "onset_tolerance": 2, "min_overlap": 0.9}
    assert RUNS["event_alignment_kappa_timed"](both, data)["n_linked"] == 0
    assert RUNS["event_alignment_kappa_timed"]({"min_overlap": 0.8}, data)["n_linked"] == 1
    assert RUNS["event_alignment_kappa"]({"cost_indel": 0.4}, data)["total_cost"] == 0


def test_coders_in_a_list_and_a_session_without_time() -> None:
    data = events([[0, 10, "a"]], [[2, 12, "a"]]) | {"coders": [[[0, 10, "a"]], [[2, 12, "a"]]]}
    assert RUNS["easydiag"]({}, data)["linked_pairs"] == [[0, 0]]
    got = RUNS["time_unit_kappa"]({"unit": 1}, events([], [], t1=0))
    assert (got["kappa"], got["percent_agreement"]) == (None, None)
