"""The one door to all statistics: what it says of a wrong call, and what it keeps of a right one."""

from __future__ import annotations

import doctest
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import coder_app.agreement
from coder_app.agreement import REASONS, STATISTICS, Codings, ContingencyTable, PointPair, UnitTable, compute
from coder_app.agreement.registry import by_name
from coder_app.agreement.result import undefined
from coder_app.errors import AgreementError


def test_there_are_statistics() -> None:
    assert {"percent_agreement", "cohen_kappa", "per_code_agreement", "point_matching"} <= set(STATISTICS)


def test_wrong_calls_say_what_there_is() -> None:
    with pytest.raises(AgreementError, match=r"There is no statistic called 'kapa'. Did you mean .*cohen_kappa"):
        compute("kapa", UnitTable.of([]))
    with pytest.raises(AgreementError, match="cohen_kappa takes UnitTable or ContingencyTable, got PointPair"):
        compute("cohen_kappa", PointPair.of([], []))
    with pytest.raises(AgreementError, match=r"has no option 'tolerance'. It has: .*weights"):
        compute("cohen_kappa", ContingencyTable(np.eye(2, dtype=np.int64), ("a", "b")), tolerance=1)


@pytest.mark.parametrize("data", [[[1, 2], [2, 2]], np.eye(2), pd.DataFrame([[1, 2], [2, 2]])])
def test_raw_numbers_are_never_guessed(data: object) -> None:
    with pytest.raises(AgreementError, match=r"UnitTable.from_frame\(table\) for units in rows.*ContingencyTable.of\(table\)"):
        compute("cohen_kappa", data)


def test_codings_must_be_cut_into_units_first() -> None:
    frame = pd.DataFrame({"onset_s": [0], "offset_s": [5], "code": ["a"]})
    with pytest.raises(AgreementError, match=r"codings.units\(1_000_000\) for 1 s"):
        compute("cohen_kappa", Codings.of([frame, frame]))


def test_a_result_has_what_it_takes_to_repeat_it() -> None:
    result = compute("cohen_kappa", UnitTable.of([[1, 1], [2, None]]), weights="linear")
    assert result.options["weights"] == "linear"
    assert result.data == {
        "shape": "UnitTable",
        "n_units": 2,
        "n_coders": 2,
        "missing": 1,
        "categories": [1, 2],
        "unit_us": None,
    }
    assert json.loads(json.dumps(result.to_json(), allow_nan=False))["options"]["weights"] == "linear"


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
