"""The checks before submitting, each with a coding that has just this finding."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from journal_kit import END_US, add, cover, small_scheme

from coder_app.model.coding import Coding, apply
from coder_app.model.event import Operation
from coder_app.model.scheme import Scheme
from coder_app.workflow.findings import findings

SHARED = json.loads((Path(__file__).parents[1] / "cases" / "findings.json").read_text(encoding="utf-8"))
ALL = cover(0, END_US, "infant_face", "caregiver_return")
FACE = add("neutral", 0, END_US)
RATED = add("overall", None, None, "sensitivity", kind="rating", value=5, episode=None, evidence_us=[])
CHANNEL, PROMPT = {"modifiers": {"channel": "face"}}, {"link": {"to": None}}
ANSWERED = CHANNEL | PROMPT


def returned(code: str, start: int, end: int | None = None, **fields: Any) -> dict[str, Any]:
    return add(code, start, end, "caregiver_return", **fields)


def found(*operations: dict[str, Any]) -> list[dict[str, Any]]:
    coding = Coding(small_scheme())
    for body in operations:
        coding.take(apply(coding, Operation.from_json(body)))
    return findings(coding, coding.scheme, END_US)


def test_a_complete_coding_has_none() -> None:
    assert found(ALL, FACE, RATED, returned("facial_mirroring", 5_000_000, 6_000_000, **ANSWERED)) == []


@pytest.mark.parametrize(
    ("operations", "rule", "blocks", "from_us"),
    [
        ([ALL, RATED, add("neutral", 1_000_000, END_US)], "uncovered", True, 0),
        ([cover(0, END_US), FACE, RATED], "not_seen", False, 0),
        ([ALL, FACE], "rating_missing", False, None),
        ([ALL, FACE, RATED, returned("facial_mirroring", 5_000_000, 6_000_000, **PROMPT)], "modifier_missing", True, 5_000_000),
        (
            [ALL, FACE, RATED, returned("facial_mirroring", 5_000_000, 6_000_000, **CHANNEL)],
            "link_missing", False, 5_000_000,
        ),
        ([ALL, FACE, RATED, add("smile", 2_000_000, 2_399_999)], "too_short", False, 2_000_000),
        ([ALL, FACE, RATED, returned("still_face", END_US - 1, END_US + 1)], "past_end", False, END_US - 1),
        ([ALL, FACE, RATED, returned("violation", END_US, kind="point")], "past_end", False, END_US),
        (
            [ALL, FACE, RATED, returned("facial_mirroring", 0, 9, **ANSWERED), returned("still_face", 5, 20)],
            "impossible", False, 5,
        ),
        ([cover(0, 9_000_000), cover(0, END_US, "caregiver_return"), FACE, RATED], "not_watched", False, 9_000_000),
    ],
)  # fmt: skip
def test_each_finding_alone(operations: list[dict[str, Any]], rule: str, blocks: bool, from_us: int | None) -> None:
    (one,) = found(*operations)
    assert (one["rule"], one["blocks"], one["from_us"]) == (rule, blocks, from_us)
    assert one["message"]


def test_a_bout_of_just_the_shortest_length_is_long_enough() -> None:
    assert found(ALL, FACE, RATED, add("smile", 2_000_000, 2_400_000)) == []


def test_an_open_bout_lasts_to_the_end_of_what_was_watched() -> None:
    assert found(ALL, RATED, add("smile", 0)) == []
    rules = {one["rule"] for one in found(cover(0, 9_000_000, "infant_face", "caregiver_return"), RATED, add("smile", 0))}
    assert rules == {"uncovered", "not_seen"}


def test_blocking_findings_come_first() -> None:
    blocks = [one["blocks"] for one in found()]
    assert blocks == sorted(blocks, reverse=True)
    assert blocks[0]


@pytest.mark.parametrize("case", SHARED["cases"], ids=lambda case: str(case["name"]))
def test_the_cases_that_the_workbench_is_held_to_as_well(case: dict[str, Any]) -> None:
    coding = Coding(Scheme.from_json(SHARED["scheme"]))
    for body in case["operations"]:
        coding.take(apply(coding, Operation.from_json(body)))
    assert findings(coding, coding.scheme, SHARED["end_us"], case["episodes"]) == case["findings"]
