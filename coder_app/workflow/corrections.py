"""The keys whose times the coder's own reaction time was taken off: the journal says of each what was on the screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from coder_app.store import journal
from coder_app.workflow import coding_access
from coder_app.workflow.desk import row_of
from coder_app.workflow.lab import Lab

Row = dict[str, Any]


def corrections(lab: Lab, person: Mapping[str, Any], coding_id: str) -> list[Row]:
    """In the order they were made, without what is undone: `stream`, `code`, `at_us` (where the edge was put; of a key that was
    let go the offset) and `seen_us` (the time that was on the screen). Raises NotFound, NotAllowed."""
    coding_access.require(lab, person, "coding.view", row_of(lab.store, coding_id))
    with lab.store.reading() as rows:
        found = journal.done_with(rows, coding_id, "seen_us")
    return [_row(body) for body in found]


def _row(body: Row) -> Row:
    event = body["event"]
    edge = "onset_us" if body["kind"] == "add" else "offset_us"
    return {"stream": event["stream"], "code": event["code"], "at_us": event[edge], "seen_us": body["seen_us"]}
