"""Data sets of the worked cases, by the id of a case that has them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coder_app.agreement.case_data import shape_of

_FILE = Path(__file__).parents[1] / "agreement-cases.json"


@pytest.fixture(scope="session")
def case() -> Callable[[str], dict[str, Any]]:
    cases = {case["id"]: case for case in json.loads(_FILE.read_text(encoding="utf-8"))["cases"]}
    return cases.__getitem__


@pytest.fixture(scope="session")
def data_of(case: Callable[[str], dict[str, Any]]) -> Callable[[str], Any]:
    return lambda name: shape_of(case(name)["data"])
