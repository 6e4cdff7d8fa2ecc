"""The gold key of a clip, from its script: the scored streams over the whole clip, nothing in the others."""

from __future__ import annotations

from typing import Any

from coder_app.errors import Invalid
from coder_app.model.scheme import Code, Scheme
from coder_app.studio.record import Record, event_id
from coder_app.studio.script import Answers, Happening, Script, check_against

KEY = "Key"  # who coded it, as a coder's name


def key_of(script: Script, scheme: Scheme) -> Record:
    """The key as a record. Raises Invalid where the script does not fit the scheme."""
    check_against(script, scheme)
    sources = [(stream, event) for stream in _targets_first(script, scheme) for event in script.events(stream)]
    ids = {(stream, event.at_us): event_id(script.id, KEY, i) for i, (stream, event) in enumerate(sources)}
    events = [_event(stream, event, _code(scheme, stream, event), ids) for stream, event in sources]
    watched = {stream: [[0, script.length_us]] for stream in script.scores}
    return Record(scheme.id, scheme.version, KEY, True, script.id, watched, events)


def _targets_first(script: Script, scheme: Scheme) -> list[str]:
    """The scored streams, those that link to others last: a link can only name what is already there."""
    linking = {ref.partition(".")[0] for rule in scheme.links for ref in rule.source}
    return sorted(script.scores, key=lambda stream: stream in linking)


def _code(scheme: Scheme, stream: str, event: Happening) -> Code:
    found = scheme.stream(stream)
    code = found.code(event.code) if found is not None else None
    assert code is not None, "check_against has seen to it"
    return code


def _event(stream: str, event: Happening, code: Code, ids: dict[tuple[str, int], str]) -> dict[str, Any]:
    return {
        "id": ids[stream, event.at_us],
        "kind": code.kind,
        "stream": stream,
        "code": event.code,
        "onset_us": event.at_us,
        "offset_us": None if code.kind == "point" else event.end_us,
        "modifiers": dict(event.modifiers),
        "comment": "",
        "unsure": False,
        "link": _link(stream, event, ids),
        "late_us": 0,
    }


def _link(stream: str, event: Happening, ids: dict[tuple[str, int], str]) -> dict[str, str | None] | None:
    if event.answers is None:
        return None
    if not isinstance(event.answers, Answers):
        return {"to": None}
    target = (event.answers.stream, event.answers.at_us)
    if target not in ids:
        said = f"{stream} at {event.at_us / 1e6:g} s answers {target[0]} at {target[1] / 1e6:g} s"
        raise Invalid(f"{said}, where no event of a scored stream starts.", code="script")
    return {"to": ids[target]}
