"""A coding is taken away through the server: the file asked for, a safe name, and only for who may see the marks."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import double_coded
import journal_kit
import pytest
from starlette.testclient import TestClient

from coder_app.web.routes import exports as route
from coder_app.workflow import codings, exports, people
from coder_app.workflow.lab import Lab

Browser = Callable[..., TestClient]
Row = dict[str, Any]


def address(coding_id: str, kind: str) -> str:
    return f"/api/codings/{coding_id}/export?format={kind}"


@pytest.fixture
def ana(lab: Lab) -> Row:
    return double_coded.pair(lab)[1]


def test_each_format_comes_as_an_attachment(browser: Browser, lab: Lab, supervisor: Row, ana: Row) -> None:
    inside = browser(supervisor)
    answers = {kind: inside.get(address(ana["id"], kind)) for kind in ("csv", "xlsx", "json")}
    for kind, answer in answers.items():
        assert answer.status_code == 200
        assert answer.headers["content-disposition"].startswith('attachment; filename="P01 Ana play-mini@1.0 r')
        assert f'.{kind}"; filename*=UTF-8' in answer.headers["content-disposition"]
        assert answer.headers["cache-control"] == "private, no-store"
    known = exports.coding_export(lab, supervisor, ana["id"])
    rows = list(csv.DictReader(io.StringIO(answers["csv"].text)))
    assert [row["event"] for row in rows] == [event["event"] for event in known.events]
    assert answers["csv"].headers["content-type"].startswith("text/csv")
    assert answers["xlsx"].content[:2] == b"PK"  # a workbook is a zip
    assert json.loads(answers["json"].content)["about"]["coder"] == "Ana"


def test_a_recovered_version_is_taken_away_too(browser: Browser, lab: Lab) -> None:
    journal_kit.observation_with_video(lab)
    cleo, coding = journal_kit.start_coding(lab)
    codings.commit(lab, cleo, coding, "w2", 0, [journal_kit.add("smile", 0)])
    late = codings.commit(lab, cleo, coding, "w1", 0, [journal_kit.add("neutral", 1_000_000)])
    answer = browser(cleo).get(address(late["recovered"], "json"))
    assert answer.status_code == 200, answer.text
    found = json.loads(answer.content)
    assert (found["about"]["state"], found["about"]["coding"]) == ("recovered", late["recovered"])
    assert [event["code"] for event in found["events"]] == ["neutral"]
    assert " recovered r1.json" in answer.headers["content-disposition"]


def test_who_may_not_see_the_marks_gets_no_file(browser: Browser, ana: Row, rita: Row, stan: Row) -> None:
    for other in (rita, stan):
        answer = browser(other).get(address(ana["id"], "csv"))
        assert (answer.status_code, answer.headers["content-type"]) == (403, "application/json")
        assert "content-disposition" not in answer.headers
    assert browser().get(address(ana["id"], "csv")).status_code == 401


def test_what_does_not_exist_says_so(browser: Browser, supervisor: Row, ana: Row) -> None:
    inside = browser(supervisor)
    assert inside.get(address("no-such-coding", "csv")).status_code == 404
    assert "The formats are csv, xlsx, json" in inside.get(address(ana["id"], "exe")).json()["error"]["message"]


@pytest.mark.parametrize(
    ("observation", "expected"),
    [
        ("../../etc/passwd", "_.._etc_passwd Zoë s@1 r3.csv"),  # no folder, no hidden file
        ('a"b\r\nX: y', "a_b__X_ y Zoë s@1 r3.csv"),  # no second header
        ("été " * 60, None),
    ],
)
def test_names_are_safe(lab: Lab, supervisor: Row, ana: Row, observation: str, expected: str | None) -> None:
    found = exports.coding_export(lab, supervisor, ana["id"])
    found.about.update(observation=observation, coder="Zoë", scheme="s@1", revision=3)
    name = route.file_name(found, "csv")
    assert expected is None or name == expected
    assert name.endswith(".csv")
    assert len(name.encode()) <= 120  # filenames.LONGEST
    header = route._attachment(name)
    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2


def test_without_a_token_one_acts_as_the_coder(browser: Browser, lab: Lab, ana: Row) -> None:
    assert people.find(lab, "Ana") is not None
    assert browser(token=None).get(address(ana["id"], "csv")).status_code == 200
