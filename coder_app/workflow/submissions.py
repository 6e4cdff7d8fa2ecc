"""Submitting a coding, which freezes it, and reopening it, which leaves the submitted revision as it was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from coder_app.errors import Conflict, Invalid
from coder_app.model.coding import Coding
from coder_app.model.ids import new_id, now
from coder_app.store import journal
from coder_app.store.rows import Rows
from coder_app.workflow import coding_access
from coder_app.workflow.desk import OpenCoding
from coder_app.workflow.findings import Finding, findings
from coder_app.workflow.lab import Lab
from coder_app.workflow.pen import Pen
from coder_app.workflow.record import Place, freeze, place

WRITER = "submit"

Row = dict[str, Any]


def check(lab: Lab, person: Mapping[str, Any], coding_id: str) -> list[Finding]:
    """What submitting would find now. Raises NotFound, NotAllowed."""
    with lab.desk.holding(coding_id):
        current = lab.desk.take(lab.store, coding_id, fresh=True)
        coding_access.require(lab, person, "coding.view", current.row)
        return _findings(current, place(lab, current.row["observation_id"]))


def submit(lab: Lab, person: Mapping[str, Any], coding_id: str, writer: str, revision: int, reason: str) -> Row:
    """Closes open bouts at their reach and freezes the coding: {"id", "state", "revision", "findings"}.

    Raises Conflict ("stale": `revision` is not the newest; "submitted" and the like), Invalid ("blocked": a finding that
    blocks; "reason_needed": findings and no reason), NotFound, NotAllowed.
    """
    with lab.desk.holding(coding_id):
        current = lab.desk.take(lab.store, coding_id, fresh=True)
        coding_access.require(lab, person, "coding.submit", current.row)
        _check_state(current.row, "open")
        if revision != current.revision:
            raise _stale(revision, current.revision)
        where = place(lab, current.row["observation_id"])
        found = _findings(current, where)
        _check_findings(found, reason)
        with lab.desk.changing(coding_id):
            _close(lab, person, current, where, reason, writer)
        return {"id": coding_id, "state": "submitted", "revision": current.revision, "findings": found}


def reopen(lab: Lab, person: Mapping[str, Any], coding_id: str, reason: str) -> Row:
    """Makes a submitted coding writable again: {"id", "state", "revision"}. Raises Conflict, Invalid (no reason), NotFound,
    NotAllowed."""
    with lab.desk.holding(coding_id):
        current = lab.desk.take(lab.store, coding_id, fresh=True)
        coding_access.require(lab, person, "coding.reopen", current.row)
        _check_state(current.row, "submitted")
        if not reason.strip():
            raise Invalid("Reopening needs a reason, kept with the submitted revision. Say why.", code="reason_needed")
        at = now()
        with lab.desk.changing(coding_id), lab.store.transaction() as rows:
            if not rows.update_where("coding", {"id": coding_id, "state": "submitted"}, state="open", changed_at=at):
                raise Conflict("This coding was reopened by somebody else just now. Load it again.", code="open")
            newest = max(rows.all("submission", coding_id=coding_id), key=lambda one: (one["made_at"], one["id"]))
            values = {"reopened_at": at, "reopened_by": person["id"], "reopen_reason": reason.strip()}
            rows.update("submission", newest["id"], **values)
            _log(rows, person, "coding.reopen", coding_id, revision=current.revision, reason=reason.strip())
        current.row |= {"state": "open", "changed_at": at}
        return {"id": coding_id, "state": "open", "revision": current.revision}


def _findings(current: OpenCoding, where: Place) -> list[Finding]:
    return findings(current.coding, current.coding.scheme, where.end_us, where.observation["episodes"])


def _check_state(row: Row, state: str) -> None:
    if row["binned_at"] is not None:
        raise Conflict("This coding is in the bin. Restore it first.", code="binned")
    if row["state"] == state:
        return
    words = {
        "open": "This coding is not submitted. There is nothing to reopen.",
        "submitted": "This coding is submitted already. Reopen it to change it.",
        "recovered": "A recovered version is read-only. Open the coding it belongs to.",
    }
    raise Conflict(words[row["state"]], code=row["state"])


def _stale(asked: int, newest: int) -> Conflict:
    return Conflict(
        f"The coding is at revision {newest}, not {asked}: something was committed since. Load it again, then submit.",
        code="stale",
    )


def _check_findings(found: list[Finding], reason: str) -> None:
    blocking = [one["message"] for one in found if one["blocks"]]
    if blocking:
        raise Invalid(f"Not submitted. {_some(blocking)}", code="blocked")
    if found and not reason.strip():
        text = _some([one["message"] for one in found])
        raise Invalid(f"Not submitted yet. {text} If this is as it should be, say why in one sentence.", code="reason_needed")


def _some(messages: list[str]) -> str:
    more = f" And {len(messages) - 3} more." if len(messages) > 3 else ""
    return " ".join(messages[:3]) + more


def _close(lab: Lab, person: Mapping[str, Any], current: OpenCoding, where: Place, reason: str, writer: str) -> None:
    """One transaction: the operations that close open bouts, the state, and the frozen copy."""
    pen = Pen(current.coding, current.revision, current.done_before, WRITER, person["id"])
    close_open_bouts(pen)
    frozen = freeze(current.coding, current.row["scheme_version_id"], where)
    with lab.store.transaction() as rows:
        done = journal.commit(rows, current.id, current.revision, pen.batch, len(current.coding.events), pen.at, "submitted")
        if not done:
            raise Conflict("The coding changed in another process just now. Load it again, then submit.", code="stale")
        keep_submission(rows, current.id, pen.revision, person["id"], reason, frozen)
        rows.delete("lease", coding_id=current.id)
        _log(rows, person, "coding.submit", current.id, revision=pen.revision, reason=reason.strip(), writer=writer)
    current.moved_to(pen.revision, WRITER, pen.at, "submitted")


def close_open_bouts(pen: Pen) -> None:
    """Ends each open bout at its reach; one that reaches nowhere is removed. One gesture of the undo history."""
    group = f"submit:{new_id()}"
    for event_id in open_bouts(pen.coding):
        event = pen.coding.events.get(event_id)
        if event is None or event.offset_us is not None:
            continue
        reach = pen.coding.reach_us(event)
        head = {"id": new_id(), "made_at": now(), "group": group}
        if event.onset_us is not None and reach > event.onset_us:
            pen.write(head | {"kind": "change", "event": event.to_json() | {"offset_us": reach}})
        else:
            pen.write(head | {"kind": "remove", "event": {"id": event_id}})


def open_bouts(coding: Coding) -> list[str]:
    """Ids of the bouts without an end, by onset."""
    found = [event for event in coding.events.values() if event.kind == "state" and event.offset_us is None]
    return [event.id for event in sorted(found, key=lambda event: (event.onset_us or 0, event.id))]


def keep_submission(rows: Rows, coding_id: str, revision: int, person_id: str, reason: str, frozen: str) -> None:
    rows.insert("submission", coding_id=coding_id, revision=revision, person_id=person_id, reason=reason.strip(), frozen=frozen)


def _log(rows: Rows, person: Mapping[str, Any], action: str, about: str, **detail: Any) -> None:
    rows.insert("log", person_id=person["id"], action=action, about=about, detail=detail)
