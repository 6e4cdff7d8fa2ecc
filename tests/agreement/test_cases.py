"""The worked cases: every one passes, and the conventions of the file are kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from coder_app.agreement.cases import agrees, known_statistics, read, run_case
from coder_app.errors import Invalid

FILE = Path(__file__).with_name("agreement-cases.json")
CASES = read(FILE)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    found = run_case(case)
    assert found.passed, (found.error, found.got, found.expected)
    if isinstance(case["expected"], dict):
        assert set(found.got) == set(case["expected"])


@pytest.mark.parametrize(
    ("got", "expected", "tolerance", "passes"),
    [
        (0.5, 0.5004, 0.0005, True),
        (0.5, 0.5006, 0.0005, False),
        (None, None, 0, True),
        (0.0, None, 0, False),
        (None, 0, 1, False),
        (1.0 - 1e-16, 1, 0, True),
        (0.45, [0.42, 0.48], "interval", True),
        (0.41, [0.42, 0.48], "interval", False),
        ({"a": 0.45}, {"a": [0.42, 0.48]}, "interval", True),
        ({"a": 1.04, "b": 2.0}, {"a": 1, "b": 2}, {"a": 0.05, "b": 1e-9}, True),
        ({"a": 1.04, "b": 2.0}, {"a": 1, "b": 2}, {"a": 1e-9, "b": 0.05}, False),
        ({}, {"a": None}, 0, False),
        ([[1, 2], [3, 4]], [[1, 2], [3, 4]], 0, True),
        ([1, 2], [1, 2, 3], 0, False),
        (["a", "nil"], ["a", "nil"], 1e-6, True),
        ({"x": {"y": 1.1}}, {"x": {"y": 1}}, 0.2, True),
        (True, 1, 0, False),
    ],
)
def test_conventions(got: Any, expected: Any, tolerance: Any, passes: bool) -> None:
    assert agrees(got, expected, tolerance) is passes


def test_an_unknown_statistic_is_a_failed_case_that_says_so() -> None:
    found = run_case({"id": "x", "statistic": "cohens_kapa", "data": {}, "expected": 1})
    assert not found.passed
    assert "There is no statistic called 'cohens_kapa'. Did you mean" in str(found.error)


def test_any_name_of_the_registry_is_accepted() -> None:
    data = {"format": "contingency", "table": [[20, 5], [10, 15]]}
    # po = 35/50 = .7; pe = (25 * 30 + 25 * 20) / 2500 = .5; kappa = .4
    found = run_case({"id": "x", "statistic": "cohen_kappa", "data": data, "expected": {"kappa": 0.4}, "tolerance": 1e-9})
    assert found.passed
    assert {"cohen_kappa", "bootstrap_ci"} <= set(known_statistics())


def test_a_case_that_breaks_does_not_end_the_others() -> None:
    found = run_case({"id": "x", "statistic": "bootstrap_ci", "data": {}, "expected": {"estimate": 1}})
    assert not found.passed
    assert "KeyError" in str(found.error)


def test_a_file_that_is_none_says_why(tmp_path: Path) -> None:
    path = tmp_path / "cases.json"
    for content, says in [("{", "not JSON, line 1"), ("{}", "holds no cases"), ('[{"id": 1}]', "Case 1 .* has no 'statistic'")]:
        path.write_text(content, encoding="utf-8")
        with pytest.raises(Invalid, match=says):
            read(path)
    with pytest.raises(Invalid, match="cannot be read"):
        read(tmp_path / "none.json")
    path.write_text(json.dumps({"cases": []}), encoding="utf-8")
    assert read(path) == []
