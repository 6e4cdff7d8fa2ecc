"""An agreement run as CSV, workbook and JSON."""

from __future__ import annotations

import csv
import io
import json

import openpyxl
import pytest

from coder_app import __version__
from coder_app.reports import comparison as report
from coder_app.workflow.agreement import Comparison


def rows_of(comparison: Comparison) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(report.to_csv(comparison).decode())))


def one(rows: list[dict[str, str]], **equals: str) -> dict[str, str]:
    (found,) = [row for row in rows if all(row[name] == value for name, value in equals.items())]
    return found


def test_every_row_names_what_it_takes_to_repeat_it(comparison: Comparison) -> None:
    rows = rows_of(comparison)
    assert tuple(rows[0]) == report.COLUMNS
    assert {(r["first_coder"], r["second_coder"], r["scheme"], r["unit_s"], r["tolerance_s"]) for r in rows} == {
        ("Ana", "Ben", "play-mini@1.0", "1.0", "1.0")
    }
    assert {row["software"] for row in rows} == {f"coder-app {__version__}"}
    assert {row["run"] for row in rows} == {comparison.run_id}


def test_figures(comparison: Comparison) -> None:
    rows = rows_of(comparison)
    kappa = one(rows, stream="face", measure="exact", statistic="cohen_kappa", code="")
    assert float(kappa["value"]) == pytest.approx(32 / 41)  # by hand in tests/workflow/test_agreement.py
    assert (kappa["n"], kappa["n_of"]) == ("9.0", "seconds")
    cell = one(rows, stream="face", measure="exact", statistic="confusion", code="neutral", second_code="smile")
    assert float(cell["value"]) == 1.0
    pat = one(rows, stream="acts", measure="exact", statistic="cohen_kappa", code="pat")
    assert float(pat["value"]) == pytest.approx(0.36 / 0.46)
    beep = one(rows, stream="acts", measure="points", statistic="mean_difference_s", code="beep")
    assert float(beep["value"]) == pytest.approx(0.4)


def test_what_does_not_exist_is_empty_with_its_reason(comparison: Comparison) -> None:
    rows = rows_of(comparison)
    assert one(rows, stream="acts", measure="time_unit", statistic="cohen_kappa", code="")["undefined"] == "not_exclusive"
    hold = one(rows, stream="acts", measure="exact", statistic="p_pos", code="hold")
    assert (hold["value"], hold["undefined"]) == ("", "never_used")


def test_workbook(comparison: Comparison) -> None:
    book = openpyxl.load_workbook(io.BytesIO(report.to_xlsx(comparison)))
    assert book.sheetnames == ["About", "Figures", "Confusion", "Disagreements", "Reasons"]
    about = {row[0].value: row[1].value for row in book["About"].iter_rows()}
    assert about["scheme"] == "play-mini@1.0"
    assert about["first_coder"] == "Ana"
    reasons = {row[0].value for row in book["Reasons"].iter_rows()}
    assert "not_exclusive" in reasons
    assert book["Disagreements"].max_row > 1


def test_json_is_the_whole_result(comparison: Comparison) -> None:
    assert json.loads(report.to_json(comparison)) == json.loads(json.dumps(comparison.to_json()))
