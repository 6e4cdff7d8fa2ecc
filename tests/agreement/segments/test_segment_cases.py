"""The worked cases of segments, as anyone would run them; and cases of the same shape written more freely."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from coder_app.agreement.cases import run_case
from coder_app.agreement.segments.case_runs import RUNS, codings_of_case

CASES = json.loads((Path(__file__).parents[1] / "agreement-cases.json").read_text(encoding="utf-8"))["cases"]
OURS = [case for case in CASES if case["statistic"] in RUNS]


@pytest.mark.parametrize("case", OURS, ids=[case["id"] for case in OURS])
def test_shipped_case(case: dict[str, Any]) -> None:
    found = run_case(case)
    assert found.passed, found


def test_all_kinds_are_covered() -> None:
    assert {case["statistic"] for case in OURS} == set(RUNS)


def test_coders_as_a_list_without_bounds_and_with_own_columns() -> None:
    codings = codings_of_case({"columns": ["code", "onset", "offset"], "coders": [[["a", 1, 2.5]], [[None, 2, 3]]]})
    assert codings.observed.parts == ((1_000_000, 3_000_000),)
    assert set(codings.categories) == {"a", "no code"}
    assert [len(coder) for coder in codings.coders] == [1, 1]


@pytest.mark.parametrize("statistic", sorted(RUNS))
@pytest.mark.parametrize(
    "data",
    [
        {"coders": {"1": [[0, 4, 1], [5, 9, 2]], "2": [[0, 4, 1], [5, 8, 10]]}},
        {"coders": {"1": [[0, 4, "a"]], "2": [], "3": [[1, 5, "a"], [1, 5, "b"]]}, "t1": 20},
        {"coders": {"1": [[0, 4], [5, 9]], "2": [[0, 4]]}, "columns": ["onset", "offset"], "t0": 0},
        {"coders": {"1": [[3, None, "a"], [5, 9, "a"]], "2": [[4, 9, "a"]]}, "t0": 0, "t1": 30},
        {"coders": {"1": [[0, 4, "a"]], "2": [[0, 4, "a"]]}, "t0": 0, "t1": 10, "unscorable": ["x"]},
        {"coders": {"1": [], "2": []}},
    ],
)
def test_cases_written_freely_run(statistic: str, data: dict[str, Any]) -> None:
    found = run_case({"id": "free", "statistic": statistic, "parameters": {"n_samples": 5}, "data": data, "expected": {}})
    assert found.error is None


def test_all_weights_of_the_disorder_are_read() -> None:
    # the same two units, [0, 4) a and [1, 5) b: d_pos = (2 / 8)^2 = .0625; a = 2, b = .5: .125 + .5 = .625, all times delta 2
    data = {"coders": {"1": [[0, 4, "a"]], "2": [[1, 5, "b"]]}, "t0": 0, "t1": 10}
    run = RUNS["gamma_best_alignment_disorder"]
    assert run({"alpha": 2, "beta": 0.5, "delta_empty": 2}, data) == pytest.approx(1.25)
    assert run({"alpha": 2, "beta": 0.5, "delta": 2, "d_cat": [[0, 0.5], [0.5, 0]]}, data) == pytest.approx(0.75)


def test_nobody_marked_anything() -> None:
    data: dict[str, Any] = {"coders": {"1": [], "2": []}, "t0": 0, "t1": 10}
    assert RUNS["gamma_best_alignment_disorder"]({}, data) is None
    assert RUNS["gamma"]({}, data)["gamma"] is None
    assert RUNS["u_alpha_family"]({}, data)["u_alpha"] is None
    assert RUNS["alpha_U_1995_2004"]({}, data)["overall"] is None
    assert RUNS["staccato_nuclei"]({}, data)["n_nominations"] == 0
