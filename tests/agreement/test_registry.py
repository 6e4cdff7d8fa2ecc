"""The contract every statistic keeps, read from its entry, and the one door to all of them."""

from __future__ import annotations

import doctest
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import coder_app.agreement
from coder_app.agreement import REASONS, STATISTICS, ContingencyTable, PointPair, UnitTable, compute
from coder_app.agreement.registry import Statistic, by_name
from coder_app.agreement.result import undefined
from coder_app.errors import AgreementError

NAMES = sorted(STATISTICS)
ROWS = [("a", "a"), ("b", "b"), ("a", "c"), ("c", "c"), ("b", "b"), ("c", "a"), ("a", "a"), ("b", "c")]


def sample(entry: Statistic, swapped: bool = False, order: int = 1, agreeing: bool = False) -> Any:
    """Data of the first shape the entry takes."""
    rows = [(a, a) for a, _ in ROWS] if agreeing else ROWS
    rows = [tuple(reversed(row)) if swapped else row for row in rows][::order]
    if entry.takes[0] is UnitTable:
        return UnitTable.of(rows, ("a", "b", "c"))
    points = [[ord(row[side]) * 10 + 100 * i + side for i, row in enumerate(rows)] for side in (0, 1)]
    return PointPair.of(*(points[::-1] if swapped else points)) if not agreeing else PointPair.of(points[0], points[0])


def nothing(entry: Statistic) -> Any:
    return UnitTable.of([], ("a", "b")) if entry.takes[0] is UnitTable else PointPair.of([], [])


def test_there_are_statistics() -> None:
    assert {"percent_agreement", "cohen_kappa", "per_code_agreement", "point_matching"} <= set(STATISTICS)


@pytest.mark.parametrize("name", NAMES)
def test_perfect_agreement(name: str) -> None:
    entry = STATISTICS[name]
    assert compute(name, sample(entry, agreeing=True)).value == entry.perfect


@pytest.mark.parametrize("name", NAMES)
def test_order_of_coders(name: str) -> None:
    entry = STATISTICS[name]
    same = compute(name, sample(entry)).value == pytest.approx(compute(name, sample(entry, swapped=True)).value)
    assert same or entry.coder_order_matters


@pytest.mark.parametrize("name", [n for n in NAMES if STATISTICS[n].takes[0] is UnitTable])
def test_order_of_units_never_matters(name: str) -> None:
    entry = STATISTICS[name]
    assert compute(name, sample(entry)).value == compute(name, sample(entry, order=-1)).value


@pytest.mark.parametrize("name", [n for n in NAMES if STATISTICS[n].takes[0] is UnitTable])
def test_renaming_codes(name: str) -> None:
    entry = STATISTICS[name]
    renamed = UnitTable.of(ROWS, ("c", "a", "b"))
    assert compute(name, renamed).value == pytest.approx(compute(name, sample(entry)).value) or entry.renaming_matters


@pytest.mark.parametrize("name", NAMES)
def test_no_data_is_undefined_with_a_reason(name: str) -> None:
    result = compute(name, nothing(STATISTICS[name]))
    assert result.value is None
    assert result.undefined in REASONS
    assert json.loads(json.dumps(result.to_json()))["value"] is None


@pytest.mark.parametrize("name", NAMES)
def test_input_is_left_untouched(name: str) -> None:
    data = sample(STATISTICS[name])
    arrays = [data.codes] if isinstance(data, UnitTable) else [data.first_us, data.second_us]
    before = [a.copy() for a in arrays]
    compute(name, data)
    assert all((a == b).all() for a, b in zip(arrays, before, strict=True))


@pytest.mark.parametrize("name", NAMES)
def test_docstring_has_its_sections(name: str) -> None:
    doc = STATISTICS[name].function.__doc__ or ""
    assert all(section in doc for section in ("Parameters\n", "Returns\n", "Source: "))
    assert STATISTICS[name].answers.endswith("?")


def test_wrong_calls_say_what_there_is() -> None:
    with pytest.raises(AgreementError, match=r"There is no statistic called 'kapa'. Did you mean .*cohen_kappa"):
        compute("kapa", nothing(STATISTICS["cohen_kappa"]))
    with pytest.raises(AgreementError, match="cohen_kappa takes UnitTable or ContingencyTable, got PointPair"):
        compute("cohen_kappa", PointPair.of([], []))
    with pytest.raises(AgreementError, match=r"has no option 'tolerance'. It has: .*weights"):
        compute("cohen_kappa", ContingencyTable(np.eye(2, dtype=np.int64), ("a", "b")), tolerance=1)


def test_a_name_given_twice_is_refused() -> None:
    entry = STATISTICS["cohen_kappa"]
    with pytest.raises(ValueError, match="two statistics"):
        by_name(entry, entry)


def test_a_reason_must_have_words() -> None:
    with pytest.raises(KeyError):
        undefined("cohen_kappa", "because")


def test_examples_in_the_docstring() -> None:
    assert doctest.testmod(coder_app.agreement).attempted == 3
    assert doctest.testmod(coder_app.agreement).failed == 0


def test_every_reason_is_in_the_documents() -> None:
    text = (Path(__file__).parents[2] / "docs" / "agreement.md").read_text(encoding="utf-8")
    assert [word for word in REASONS if f"`{word}`" not in text] == []


def test_the_example_in_the_documents_runs(capsys: pytest.CaptureFixture[str]) -> None:
    text = (Path(__file__).parents[2] / "docs" / "agreement.md").read_text(encoding="utf-8")
    example = text.split("```python\n")[1].split("```")[0]
    exec(compile(example, "docs/agreement.md", "exec"), {})  # noqa: S102
    # po = 3/4; rows a 1/2 b 1/2, columns a 1/4 b 3/4: pe = 1/2; kappa = 1/2
    assert capsys.readouterr().out == "0.5 0.75 0.5 4\n"
