"""One writer per coding: the lease that an open page holds, renews every 10 s, and loses after 30.

A lease tells people apart who would otherwise write at once; it is no lock. What reaches the server from a page that lost its
lease is judged by `commits` alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from coder_app.errors import Conflict
from coder_app.model.ids import now
from coder_app.store import journal
from coder_app.store.rows import Rows
from coder_app.workflow import coding_access
from coder_app.workflow.desk import row_of
from coder_app.workflow.lab import Lab

LAPSES_S = 30

Row = dict[str, Any]


class LeaseHeld(Conflict):
    """Another page is writing. `holder` is the name of the person there."""

    code = "lease_held"

    def __init__(self, message: str, holder: str) -> None:
        super().__init__(message)
        self.holder = holder


def claim(
    lab: Lab, person: Mapping[str, Any], coding_id: str, writer: str, browser: str, take_over: bool = False
) -> dict[str, Any]:
    """Takes or renews the lease: {"held": True, "expires_s": 30}.

    The same person in the same browser gets it back at once. While another page holds it only `take_over` helps, for the
    coding's own person and supervisors. Raises LeaseHeld, Conflict (not open; or "retired", for who renews: operations of this
    writer went into a recovered version, so what its page shows is not what is here), NotAllowed, NotFound.
    """
    coding = row_of(lab.store, coding_id)
    coding_access.require(lab, person, "coding.write", coding)
    _check_open(coding)
    if take_over:
        coding_access.require(lab, person, "coding.take_over", coding)
    with lab.store.transaction() as rows:
        rows.lock("coding", coding_id)
        if not take_over and _is_renewal(rows, coding_id, writer) and journal.is_retired(rows, coding_id, writer):
            raise Conflict("Keys of this page are in a recovered version. Load the coding again to go on.", code="retired")
        holder = _other_holder(rows, coding_id, writer, browser, person["id"])
        if holder is not None and not take_over:
            raise _held(rows, holder)
        rows.put("lease", coding_id=coding_id, writer=writer, browser=browser, person_id=person["id"], renewed_at=now())
        if holder is not None:
            detail = {"from": holder["person_id"], "writer": writer}
            rows.insert("log", person_id=person["id"], action="coding.take_over", about=coding_id, detail=detail)
    return {"held": True, "expires_s": LAPSES_S}


def release(lab: Lab, person: Mapping[str, Any], coding_id: str, writer: str) -> dict[str, Any]:
    """Gives back the lease of a page that closes: {"held": False}. Nothing happens where another page holds it.

    Raises NotAllowed, NotFound.
    """
    coding_access.require(lab, person, "coding.write", row_of(lab.store, coding_id))
    with lab.store.transaction() as rows:
        rows.lock("coding", coding_id)
        rows.delete("lease", coding_id=coding_id, writer=writer, person_id=person["id"])
    return {"held": False}


def _is_renewal(rows: Rows, coding_id: str, writer: str) -> bool:
    lease = rows.get("lease", coding_id)
    return lease is not None and lease["writer"] == writer


def _other_holder(rows: Rows, coding_id: str, writer: str, browser: str, person_id: str) -> Row | None:
    """The lease, if another page holds it that does not give way by itself."""
    lease = rows.get("lease", coding_id)
    if lease is None or lease["writer"] == writer or _age_s(lease["renewed_at"]) > LAPSES_S:
        return None
    return None if (lease["browser"], lease["person_id"]) == (browser, person_id) else lease


def _held(rows: Rows, lease: Row) -> LeaseHeld:
    person = rows.get("person", lease["person_id"]) or {"name": "Somebody"}
    name = person["name"]
    return LeaseHeld(f"{name} is writing in this coding in another window. Wait until it is closed, or take it over.", name)


def _check_open(coding: Row) -> None:
    if coding["binned_at"] is not None:
        raise Conflict("This coding is in the bin. Restore it to write in it.", code="binned")
    if coding["state"] == "submitted":
        raise Conflict("This coding is submitted. Reopen it to write in it.", code="submitted")
    if coding["state"] != "open":
        raise Conflict("A recovered version is read-only. Open the coding it belongs to.", code="recovered")


def _age_s(instant: str) -> float:
    return (datetime.now(UTC) - datetime.fromisoformat(instant)).total_seconds()
