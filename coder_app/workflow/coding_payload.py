"""What a page needs to show a coding: the answer of GET /api/codings/{id}, and its history further back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from coder_app.model.interval import Spans
from coder_app.store import journal
from coder_app.workflow import coding_access, episodes, recovered
from coder_app.workflow.coding_list import version
from coder_app.workflow.desk import NEWEST, OpenCoding
from coder_app.workflow.lab import Lab
from coder_app.workflow.record import Place, ordered, place, submission_end

Row = dict[str, Any]


def payload(lab: Lab, person: Mapping[str, Any], coding_id: str) -> Row:
    """The coding with scheme, media, events by onset, coded `spans` and what they follow from, the newest entries of the undo
    history, and whether `person` may write in it. Raises NotFound, NotAllowed."""
    with lab.desk.holding(coding_id):
        current = lab.desk.take(lab.store, coding_id, fresh=True)
        coding_access.require(lab, person, "coding.view", current.row)
        state = _state(current)
        row = dict(current.row)
    where = place(lab, row["observation_id"])
    end_us, parts = submission_end(lab, row, where)
    coder = lab.store.get("person", row["person_id"]) or {"id": row["person_id"], "name": ""}
    why_not = _why_not(lab, person, row)
    with lab.store.reading() as rows:
        versions = [version(one) for one in recovered.versions(rows, coding_id)]
        played = journal.played(rows, coding_id)
    scheme = lab.desk.scheme(lab.store, row["scheme_version_id"])
    return {
        **{name: row[name] for name in ("id", "state", "is_key", "label", "revision", "pass_id", "recovered_from")},
        "writable": why_not is None,
        "why_not": why_not,
        "person": {"id": coder["id"], "name": coder["name"]},
        "observation": {
            "id": where.observation["id"],
            "name": where.observation["name"],
            "study": where.study["name"],
            "end_us": end_us,
            "episodes": parts,
            "episodes_fixed": episodes.why_fixed(person, row),
        },
        "media": _media(where),
        "scheme": scheme.to_json() | {"version_id": row["scheme_version_id"]},
        **state,
        "played": played,
        "recovered": versions,
    }


def history(lab: Lab, person: Mapping[str, Any], coding_id: str, before: int, limit: int) -> Row:
    """Entries of `done` that stand below place `before`, at most `limit` of them, oldest first: {"done": [...],
    "done_before": count of those below, still not sent}. Raises NotFound, NotAllowed."""
    with lab.desk.holding(coding_id):
        current = lab.desk.take(lab.store, coding_id, fresh=True)
        coding_access.require(lab, person, "coding.view", current.row)
        held = [entry.to_json() for entry in current.coding.done]
        end = max(0, min(before, current.done_before + len(held)))
        start = max(0, end - max(0, limit))
        with lab.store.reading() as rows:
            older = journal.steps(rows, coding_id, start, min(end, current.done_before))
        newer = held[max(0, start - current.done_before) : max(0, end - current.done_before)]
    return {"done": older + newer, "done_before": start}


def _state(current: OpenCoding) -> Row:
    coding = current.coding
    sent = coding.done[-NEWEST:]
    return {
        "events": [event.to_json() for event in ordered(coding)],
        "watched": _spans(coding.watched),
        "own": _spans(coding.own),
        "spans": {stream.id: coding.span(stream.id).to_json() for stream in coding.scheme.streams},
        "done": [entry.to_json() for entry in sent],
        "done_before": current.done_before + len(coding.done) - len(sent),
        "undone": [entry.to_json() for entry in coding.undone],
    }


def _spans(spans: Mapping[str, Spans]) -> Row:
    return {stream: parts.to_json() for stream, parts in spans.items()}


def _media(where: Place) -> list[Row]:
    if where.media is None:
        return []
    row, info = where.media, where.media["info"]
    return [
        {
            "id": row["id"],
            "name": row["name"],
            "offset_us": where.observation["media_offset_us"],
            "frame_count": row["frame_count"],
            "width": info.get("width"),
            "height": info.get("height"),
            "fps": info.get("measured_fps"),
            "has_audio": info.get("has_audio"),
        }
    ]


def _why_not(lab: Lab, person: Mapping[str, Any], row: Row) -> str | None:
    """Why `person` cannot write in the coding, in words; None if they can."""
    if row["binned_at"] is not None:
        return "This coding is in the bin."
    if row["state"] == "submitted":
        return "This coding is submitted. Reopen it to change it."
    if row["state"] == "recovered":
        return "This is a recovered version, kept for reading."
    if not coding_access.may(lab, person, "coding.write", row):
        return "This is somebody else's coding."
    return None
