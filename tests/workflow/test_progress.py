"""How far a coding is in each pass: from the journal, and as it is worked out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from journal_kit import END_US, add, cover, ids, start_coding

from coder_app.errors import NotAllowed
from coder_app.model.coding import Coding
from coder_app.model.event import Event
from coder_app.model.interval import Spans
from coder_app.model.scheme import Pass, Scheme
from coder_app.store import journal
from coder_app.workflow import codings, people, progress
from coder_app.workflow.lab import Lab

CASES = Path(__file__).parents[1] / "cases"
SHARED = json.loads((CASES / "progress.json").read_text(encoding="utf-8"))
SCHEME = json.loads((CASES / "findings.json").read_text(encoding="utf-8"))["scheme"] | {"passes": SHARED["passes"]}


def event(line: str, number: int) -> Event:
    place, onset, *offset = line.split()
    stream, code = place.split(".")
    data: dict[str, Any] = {"id": f"e{number}", "stream": stream, "code": code}
    if onset.startswith("="):
        return Event.from_json(data | {"kind": "rating", "value": int(onset[1:])})
    return Event.from_json(
        data | {"kind": "state", "onset_us": int(onset), "offset_us": None if offset == ["-"] else int(offset[0])}
    )


def spans(told: dict[str, list[list[int]]]) -> dict[str, Spans]:
    return {stream: Spans.of((a, b) for a, b in told.get(stream, [])) for stream in (one["id"] for one in SCHEME["streams"])}


@pytest.mark.parametrize("case", SHARED["cases"], ids=lambda case: str(case["name"]))
def test_the_cases_that_the_workbench_is_held_to_as_well(case: dict[str, Any]) -> None:
    scheme = Scheme.from_json(SCHEME)
    events = [event(line, number) for number, line in enumerate(case["events"])]
    coding = Coding.restore(scheme, events, spans(case["watched"]), spans(case["own"]))
    played = [(name, percent, us) for name, percent, us in case["played"]]
    found = [progress.of_pass(coding, one, SHARED["end_us"], played) for one in scheme.passes]
    names = ("pass", "watched_us", "coded_us", "events", "played_us", "speed", "speeds")
    assert json.loads(json.dumps([[row[name] for name in names] for row in found])) == case["progress"]


def at(speed: float | None, start: int, end: int, *streams: str) -> dict[str, Any]:
    return cover(start, end, *streams) | ({} if speed is None else {"speed": speed})


def test_what_was_played_is_summed_from_the_journal(any_lab: Lab) -> None:
    cleo, coding = start_coding(any_lab)
    sent = [
        at(0.5, 0, 6_000_000),
        at(0.5, 3_000_000, 6_000_000),
        at(1.25, 6_000_000, 9_000_000),
        at(None, 9_000_000, 10_000_000),
    ]
    codings.commit(any_lab, cleo, coding, "w1", 0, sent[:2])
    codings.commit(any_lab, cleo, coding, "w1", 2, sent[1:])  # the second one comes again and counts once
    (face, returns) = progress.progress(any_lab, cleo, coding)
    assert (face["watched_us"], face["played_us"], face["end_us"]) == (10_000_000, 12_000_000, END_US)
    assert face["speeds"] == [(50, 9_000_000), (125, 3_000_000)]
    assert face["speed"] == 0.59  # 12 s in 18 s and 2.4 s
    assert (returns["watched_us"], returns["speed"]) == (0, None)
    bodies = [line["body"] for line in codings.operations(any_lab, coding)]
    assert sum(body["to_us"] - body["from_us"] for body in bodies if body.get("speed") == 0.5) == 9_000_000
    assert codings.payload(any_lab, cleo, coding)["played"] == [("p1", 50, 9_000_000), ("p1", 125, 3_000_000)]


def test_what_the_rules_refuse_or_a_recovered_version_holds_is_not_counted(any_lab: Lab) -> None:
    cleo, coding = start_coding(any_lab)
    answer = codings.commit(any_lab, cleo, coding, "w1", 0, [at(0, 0, 1_000_000), at(1, 0, 1_000_000)])
    assert [one["code"] for one in answer["rejected"]] == ["bad_speed"]
    late = [at(2, 5_000_000, 9_000_000)]
    codings.commit(any_lab, cleo, coding, "w2", 1, [at(1, 1_000_000, 2_000_000)])
    assert codings.commit(any_lab, cleo, coding, "w3", 0, late)["accepted"] == []
    assert ids(late) != []
    with any_lab.store.reading() as rows:
        assert journal.played(rows, coding) == [("p1", 100, 2_000_000)]


def test_shares_of_the_list_are_those_of_each_coding(any_lab: Lab) -> None:
    cleo, coding = start_coding(any_lab)
    operations = [at(1, 0, 15_000_000), cover(0, 30_000_000, "caregiver_return"), add("smile", 0, 20_000_000)]
    codings.commit(any_lab, cleo, coding, "w1", 0, operations)
    listed = codings.listing(any_lab, cleo)
    assert progress.shares(any_lab, listed) == {coding: [0.25, 0.5]}  # of 60 s
    assert [row["watched_us"] / END_US for row in progress.progress(any_lab, cleo, coding)] == [0.25, 0.5]
    stan = people.named(any_lab, "Stan", "student")
    assert progress.shares(any_lab, codings.listing(any_lab, stan)) == {}
    with pytest.raises(NotAllowed):
        progress.progress(any_lab, stan, coding)


def test_a_pass_of_ratings_alone_has_no_time(any_lab: Lab) -> None:
    coding = Coding(Scheme.from_json(SCHEME))
    row = progress.of_pass(coding, Pass("r", "R", ("rating",)), END_US, [])
    assert (row["watched_us"], row["coded_us"], row["events"]) == (None, None, 0)
