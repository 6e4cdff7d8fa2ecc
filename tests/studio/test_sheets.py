"""The contact sheets: every code that can be seen stands on one, beside what it is taken for; numbers give nothing away."""

from __future__ import annotations

import re
from pathlib import Path

import cv2
import numpy as np
import pytest

from coder_app.codebook import load
from coder_app.shipped import shipped
from coder_app.studio import sheets
from coder_app.studio.acts import ACTS

DOCS = Path(__file__).parents[2] / "docs" / "studio"
NEIGHBOURS = [  # codes that observers confuse: the tie rules of the scheme, and pairs a hurried eye swaps
    ("infant_gaze.face", "infant_gaze.object"),
    ("infant_gaze.object", "infant_gaze.averted"),
    ("infant_gaze.averted", "infant_gaze.eyes_closed"),
    ("infant_gaze.eyes_closed", "infant_gaze.unscorable"),
    ("infant_face.smile", "infant_face.neutral"),
    ("infant_face.neutral", "infant_face.negative"),
    ("infant_face.smile", "infant_face.smile, cheeks raised (D)"),
    ("infant_body.reach", "infant_body.conflict"),
    ("infant_body.oral_comfort", "infant_body.hand_comfort"),
    ("infant_voice.coo", "infant_voice.fuss"),
    ("infant_voice.fuss", "infant_voice.cry"),
    ("caregiver_gaze.face", "caregiver_gaze.infant_focus"),
    ("caregiver_gaze.infant_focus", "caregiver_gaze.elsewhere"),
    ("caregiver_face.positive", "caregiver_face.marked: mock surprise"),
    ("caregiver_face.marked: woe", "caregiver_face.negative"),
    ("caregiver_face.neutral", "caregiver_face.blank"),
    ("caregiver_face.positive", "caregiver_face.neutral"),
    ("caregiver_voice.infant_directed", "caregiver_voice.narrating"),
    ("caregiver_voice.soothing", "caregiver_voice.narrating"),
    ("caregiver_touch.playful", "caregiver_touch.rough"),
    ("caregiver_touch.affectionate", "caregiver_touch.comforting"),
    ("caregiver_touch.static", "caregiver_touch.affectionate"),
    ("caregiver_touch.instrumental", "caregiver_touch.affectionate"),
    ("returns.facial_mirroring", "no mirroring"),
    ("regulation.playful_up", "regulation.intrusion"),
    ("regulation.comforting", "regulation.playful_up"),
]
HEARD_OR_JUDGED = {"returns.contingent_return", "returns.vocal_mirroring"}  # by ear, and by when it comes


def test_every_code_of_the_two_people_stands_on_a_sheet() -> None:
    scheme = load.read(shipped("schemes") / "serve-and-return.yaml")
    codes = {f"{stream.id}.{code.id}" for stream in scheme.streams if stream.id != "dyad" for code in stream.codes}
    said = {match for sheet in sheets.SHEETS for item in sheet.items for match in re.findall(r"[a-z_]+\.[a-z_]+", item.code)}
    assert said <= codes
    assert {code for code in codes - said if not code.endswith(".unscorable")} == HEARD_OR_JUDGED


@pytest.mark.parametrize(("one", "other"), NEIGHBOURS)
def test_codes_that_are_confused_stand_on_the_same_sheet(one: str, other: str) -> None:
    assert any(all(any(item.code.startswith(code) for item in sheet.items) for code in (one, other)) for sheet in sheets.SHEETS)


def test_every_item_asks_for_acts_that_exist() -> None:
    for sheet in sheets.SHEETS:
        for item in sheet.items:
            for stream, act in item.acts.items():
                assert act in ACTS[stream], (sheet.id, item.code)


def test_answers_number_the_items_of_each_sheet() -> None:
    said = sheets.answers()
    for sheet in sheets.SHEETS:
        part = said.split(f"## {sheet.id}.jpg")[1].split("##")[0]
        assert re.findall(r"^(\d+)\. ", part, re.M) == [str(i + 1) for i in range(len(sheet.items))]
        assert sheets.ordered(sheet) != list(sheet.items)
    assert (DOCS / "answers.md").read_text(encoding="utf-8") == said


def test_a_small_sheet_is_drawn_and_written_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    still, strip = sheets.SHEETS[0].items[0], sheets.Item("infant_gaze.object", {"infant_gaze": "object"}, (0.2, 0.4))
    monkeypatch.setattr(sheets, "SHEETS", (sheets.Sheet("small", "Where?", "left", (still, strip)),))
    heard: list[float] = []
    made = sheets.write(tmp_path, heard.append)
    assert [path.name for path in made] == ["small.jpg", "answers.md"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["answers.md", "small.jpg"]
    picture = cv2.imread(str(tmp_path / "small.jpg"))
    assert picture is not None
    assert picture.shape[1] > 400
    assert heard == [1.0]


@pytest.mark.parametrize("sheet", ["infant-face", "touch"])
def test_the_sheets_in_the_docs_are_those_drawn_today(sheet: str) -> None:
    """The first row, as a whole: one casting and one act suffice to see whether the drawing has changed since."""
    shown = cv2.imread(str(DOCS / f"{sheet}.jpg"))
    assert shown is not None
    one = next(s for s in sheets.SHEETS if s.id == sheet)
    first = sheets.panel(one, 1)
    gap, title = sheets.GAP, 26
    part = shown[gap : gap + first.shape[0], gap : gap + first.shape[1]]
    assert np.abs(part[title:].astype(int) - first[title:].astype(int)).mean() < 4
