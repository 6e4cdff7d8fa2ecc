"""A coding as CSV, workbook and JSON."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import openpyxl

from coder_app import __version__
from coder_app.reports import coding
from coder_app.workflow.exports import CodingExport


def test_tidy_csv(export: CodingExport) -> None:
    rows = list(csv.DictReader(io.StringIO(coding.to_csv(export).decode())))
    assert tuple(rows[0]) == coding.COLUMNS
    pat = next(row for row in rows if row["code"] == "pat")
    assert (pat["onset_s"], pat["offset_s"], pat["onset_frame"], pat["offset_frame"]) == ("3.000000", "6.000000", "75", "150")
    assert (pat["modifiers"], pat["unsure"], pat["link"], pat["open"]) == ("marked", "false", "", "false")
    assert pat["comment"] == "'=1+1 unsure, soft"
    assert {row["scheme"] for row in rows} == {"play-mini@1.0"}
    assert {row["software"] for row in rows} == {f"coder-app {__version__}"}
    beep = next(row for row in rows if row["code"] == "beep")
    assert (beep["onset_s"], beep["offset_s"], beep["offset_frame"]) == ("3.400000", "", "")


def test_workbook(export: CodingExport) -> None:
    book = openpyxl.load_workbook(io.BytesIO(coding.to_xlsx(export)))
    assert book.sheetnames == ["About", "Events", "Episodes", "Spans", "Scheme"]
    about = {row[0].value: row[1].value for row in book["About"].iter_rows()}
    assert about["scheme"] == "play-mini@1.0"
    assert about["coder"] == "Ben"
    assert about["software"] == f"coder-app {__version__}"
    head, *rows = book["Events"].iter_rows()
    column = {cell.value: i for i, cell in enumerate(head)}
    pat = next(row for row in rows if row[column["code"]].value == "pat")
    assert (pat[column["onset_s"]].value, pat[column["onset_frame"]].value) == (3, 75)
    comment = pat[column["comment"]]
    assert (comment.data_type, comment.value) == ("s", "=1+1 unsure, soft")
    assert [cell.value for cell in next(book["Spans"].iter_rows())] == ["stream", "kind", "from_s", "to_s"]
    assert any(row[4].value == "beep" for row in book["Scheme"].iter_rows())


def test_json_holds_everything(export: CodingExport) -> None:
    data = json.loads(coding.to_json(export))
    assert data["about"]["scheme"] == "play-mini@1.0"
    assert len(data["events"]) == len(export.events)
    assert data["events"][0]["onset_us"] == 0
    assert {span["stream"] for span in data["spans"]} == {"face", "acts"}
    assert data["scheme"]["streams"][0]["id"] == "face"


def test_episodes_have_a_sheet_and_a_column(export: CodingExport) -> None:
    play = {"id": "e1", "name": "Play", "onset_us": 1_500_000, "offset_us": 4_000_000}
    with_play = replace(export, episodes=[play], events=[row | {"episode_name": "Play"} for row in export.events])
    sheet = openpyxl.load_workbook(io.BytesIO(coding.to_xlsx(with_play)))["Episodes"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["name", "from_s", "to_s", "episode"],
        ["Play", 1.5, 4, "e1"],
    ]
    rows = csv.DictReader(io.StringIO(coding.to_csv(with_play).decode()))
    assert {row["episode_name"] for row in rows} == {"Play"}


def test_formats_are_one_table() -> None:
    assert set(coding.FORMATS) == {"csv", "xlsx", "json"}
