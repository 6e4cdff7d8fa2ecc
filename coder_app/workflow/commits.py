"""Committing operations: the one door through which a key press becomes part of a coding, or is kept beside it.

Same id twice is once. A queue made on the newest state, or on one that only its own writer has changed since, is applied; any
other goes whole into a recovered version, and so does the single operation that the rules refuse.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from coder_app.errors import Conflict, Invalid, StoreError
from coder_app.model.event import Unlawful
from coder_app.store import journal
from coder_app.store.rows import Rows
from coder_app.workflow import coding_access, recovered
from coder_app.workflow.desk import OpenCoding
from coder_app.workflow.lab import Lab
from coder_app.workflow.pen import Pen
from coder_app.workflow.recovered import REASONS, Refused

Row = dict[str, Any]
TRIES = 50


class _Moved(Exception):
    """The coding changed in another process between reading and writing."""


@dataclass
class _Answer:
    """The fate of each operation id, in the order they were sent."""

    ids: list[str]
    refused: dict[str, Refused] = field(default_factory=dict)
    recovered: str | None = None

    def to_json(self, revision: int) -> Row:
        accepted = [i for i in self.ids if i not in self.refused]
        refused = [(i, self.refused[i]) for i in self.ids if i in self.refused]
        rejected = [{"id": i, "code": one.code, "message": one.message} for i, one in refused]
        return {"revision": revision, "accepted": accepted, "rejected": rejected, "recovered": self.recovered}


def commit(
    lab: Lab, person: Mapping[str, Any], coding_id: str, writer: str, after: int, operations: Sequence[Mapping[str, Any]]
) -> Row:
    """Commits operations made on revision `after`; when it returns, each is on the disk.

    Returns `revision`, the ids `accepted` (in the journal), those `rejected` with code and message (in a recovered version),
    and `recovered`, the id of the recovered version that took any just now. Raises NotFound, NotAllowed, Invalid (an operation
    without an id).
    """
    sent = {_id_of(body): dict(body) for body in operations}
    with lab.desk.holding(coding_id):
        for _ in range(TRIES):
            try:
                return _try(lab, person, coding_id, writer, after, sent)
            except _Moved:
                continue
            except Conflict as error:
                if error.code != "exists":
                    raise
    raise StoreError(f"Coding {coding_id} is being changed by other processes all the time. Nothing is lost; try again.")


def _try(lab: Lab, person: Mapping[str, Any], coding_id: str, writer: str, after: int, sent: dict[str, Row]) -> Row:
    coding = lab.desk.take(lab.store, coding_id)
    if after > coding.revision or not _is_open(coding.row):
        coding = lab.desk.take(lab.store, coding_id, fresh=True)
    coding_access.require(lab, person, "coding.write", coding.row)
    answer = _Answer(list(sent))
    pen = Pen(coding.coding, coding.revision, coding.done_before, writer, person["id"])
    with lab.desk.changing(coding_id), lab.store.transaction() as rows:
        known = journal.where(rows, answer.ids)
        new = [body for key, body in sent.items() if not _settled(rows, coding_id, key, known, answer)]
        why = _why_not(coding, writer, after)
        if why is None:
            refused = _write(lab, coding, pen, new)
            if new and not journal.commit(rows, coding.id, coding.revision, pen.batch, len(coding.coding.events), pen.at):
                raise _Moved
        else:
            refused = [Refused(body, why, REASONS[why]) for body in new]
        if refused:
            keeping = (rows, coding.row, person["id"], writer, after, why or recovered.UNLAWFUL, refused)
            answer.recovered = recovered.keep(*keeping)
            answer.refused |= {one.body["id"]: one for one in refused}
    if pen.batch.lines:
        coding.moved_to(pen.revision, writer, pen.at)
    return answer.to_json(coding.revision)


def _settled(rows: Rows, coding_id: str, key: str, known: dict[str, list[str]], answer: _Answer) -> bool:
    """Whether the operation is kept already; where that is a recovered version, its refusal goes into the answer again."""
    places = known.get(key, [])
    if coding_id in places:
        return True
    for place in places:
        row = rows.get("coding", place)
        if row is None or row["recovered_from"] != coding_id:
            continue
        kept = rows.all("operation", coding_id=place, id=key)[0]
        answer.refused[key] = Refused({}, **journal.refusal(kept))
        return True
    return False


def _why_not(coding: OpenCoding, writer: str, after: int) -> str | None:
    """Why a queue made on revision `after` cannot be applied; None if it can."""
    if coding.row["binned_at"] is not None:
        return "binned"
    if coding.row["state"] != "open":
        return str(coding.row["state"])
    if after > coding.revision or coding.last_of_others(writer) > after:
        return "conflict"
    return None


def _write(lab: Lab, coding: OpenCoding, pen: Pen, new: list[Row]) -> list[Refused]:
    """Writes the operations into memory and the batch; returns what the rules refused."""
    refused = []
    for body in new:
        if body.get("kind") == "undo" and coding.done_before:
            coding.reach_back(lab.store)
            pen.done_before = coding.done_before
        try:
            pen.write(body)
        except Unlawful as error:
            refused.append(Refused(body, error.code, str(error)))
    return refused


def _is_open(row: Row) -> bool:
    return row["state"] == "open" and row["binned_at"] is None


def _id_of(body: Mapping[str, Any]) -> str:
    found = body.get("id") if isinstance(body, Mapping) else None
    if not isinstance(found, str) or not 0 < len(found) <= 64:
        raise Invalid("Each operation needs an id, a UUID as text. Nothing of this request was taken.", code="bad_request")
    return found
