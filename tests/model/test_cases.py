"""The shared cases of `apply`, worked out by hand: tests/cases/apply.json, which says how to read it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from coder_app.model.coding import Coding, Unlawful, apply
from coder_app.model.event import Event, Operation
from coder_app.model.ids import split_id
from coder_app.model.interval import Spans
from coder_app.model.scheme import Scheme

ROOT = Path(__file__).resolve().parents[2]
SHARED = json.loads((ROOT / "tests/cases/apply.json").read_text(encoding="utf-8"))
CASES = SHARED["cases"]


def scheme() -> Scheme:
    streams = [
        stream | {"codes": [SHARED["code_defaults"] | code for code in stream["codes"]]}
        for stream in SHARED["scheme"]["streams"]
    ]
    return Scheme.from_json(SHARED["scheme"] | {"streams": streams})


SCHEME = scheme()


def operation_id(name: str) -> str:
    """o12 as the UUID it stands for."""
    return f"00000000-0000-7000-8000-{int(name[1:]):012d}"


def event_id(name: str) -> str:
    """o1/s1 as the id of the later part of s1 split by o1; any other id as it is."""
    operation, slash, event = name.partition("/")
    return split_id(operation_id(operation), event) if slash else name


def event_json(told: str | dict[str, Any]) -> dict[str, Any]:
    """The event that a line such as "s1 face.smile 0 -" tells, with the other fields beside it."""
    line, fields = (told, {}) if isinstance(told, str) else (told["is"], {k: v for k, v in told.items() if k != "is"})
    name, place, *times = line.split()
    stream, code = place.split(".")
    known = SCHEME.stream(stream)
    assert known is not None
    coded = known.code(code)
    assert coded is not None, line
    data: dict[str, Any] = {"id": event_id(name), "kind": coded.kind, "stream": stream, "code": code}
    if coded.kind == "rating":
        value, _, episode = times[0].removeprefix("=").partition("@")
        return data | {"value": int(value), "episode": episode or None} | fields
    onset, offset = (times[0], "-") if len(times) == 1 else times
    return data | {"onset_us": int(onset), "offset_us": None if offset == "-" else int(offset)} | fields


def operation_json(step: dict[str, Any], number: int) -> dict[str, Any]:
    """The operation of step `number`, counted from 1."""
    base = {"id": operation_id(f"o{number}"), "made_at": "2026-11-22T10:15:02.123Z", "group": step.get("group")}
    kind = next(one for one in ("add", "change", "remove", "undo", "redo", "cover", "uncover", "raw") if one in step)
    told = step[kind]
    if kind == "raw":
        return base | told
    if kind in ("add", "change"):
        return base | {"kind": kind, "event": event_json(told)}
    if kind == "remove":
        return base | {"kind": kind, "event": {"id": event_id(told)}}
    if kind in ("undo", "redo"):
        return base | {"kind": kind, "undoes": operation_id(told)}
    one, streams, start, end = told.split()
    return base | {"kind": kind, "pass": one, "streams": streams.split(","), "from_us": int(start), "to_us": int(end)}


def events_of(told: list[Any]) -> dict[str, Event]:
    events = [Event.from_json(event_json(one)) for one in told]
    return {event.id: event for event in events}


def spans_of(told: dict[str, list[list[int]]]) -> dict[str, Spans]:
    return {stream: Spans.of((a, b) for a, b in parts) for stream, parts in told.items()}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    given = events_of(case.get("given", []))
    coding = Coding.restore(SCHEME, given.values(), spans_of(case.get("watched", {})), spans_of(case.get("own", {})))
    for number, step in enumerate(case["do"], 1):
        before = coding.state_json()
        if "refused" in step:
            with pytest.raises(Unlawful) as refusal:
                apply(coding, Operation.from_json(operation_json(step, number)))
            assert refusal.value.code == step["refused"]
        else:
            changes = apply(coding, Operation.from_json(operation_json(step, number)))
            assert coding.state_json() == before, "apply changed the coding"
            coding.take(changes)
    assert coding.events == (events_of(case["then"]) if "then" in case else given)
    for name, spans in (("watched_then", coding.watched), ("own_then", coding.own)):
        if name in case:
            assert {stream: held for stream, held in spans.items() if held} == spans_of(case[name])
    for stream, parts in case.get("span", {}).items():
        assert coding.span(stream).to_json() == parts
    for name, end in case.get("reach", {}).items():
        assert coding.reach_us(coding.events[name]) == end
    for name, found in (("undoable", coding.undoable), ("redoable", coding.redoable)):
        if name in case:
            assert found == (None if case[name] is None else operation_id(case[name]))
    if "before" in case:
        expected = {event_id(one): None if told is None else events_of([told])[one] for one, told in case["before"].items()}
        assert dict(coding.done[-1].before) == expected


def test_each_case_has_a_name_of_its_own_and_says_why():
    assert len({case["name"] for case in CASES}) == len(CASES) >= 50
    assert all(case["why"].endswith(".") for case in CASES)


def test_every_reason_to_refuse_has_a_case_and_a_line_in_the_docs():
    sources = "".join(
        (ROOT / "coder_app/model" / name).read_text() for name in ("event.py", "check.py", "rules.py", "coding.py")
    )
    raised = set(re.findall(r'Unlawful\(\s*"(\w+)"', sources))
    assert raised == {step["refused"] for case in CASES for step in case["do"] if "refused" in step}
    documented = re.findall(r"^\| `(\w+)` \|", (ROOT / "docs/coding-rules.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(documented) == sorted(raised)
