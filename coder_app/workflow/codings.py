"""Codings: started, listed, loaded, written, submitted. What other rooms use of codings is named here.

Every function that takes a person asks `access` first. The parts: `commits` (operations in), `leases`, `recovered`,
`submissions`, `findings`, `record` (codings out), `coding_import`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from coder_app.errors import Conflict, Invalid, NotFound
from coder_app.model.ids import now
from coder_app.model.scheme import Scheme
from coder_app.store import journal
from coder_app.workflow import access, coding_access
from coder_app.workflow.coding_access import thing
from coder_app.workflow.coding_import import import_coding, keep_scheme
from coder_app.workflow.coding_list import listing
from coder_app.workflow.coding_payload import history, payload
from coder_app.workflow.commits import commit
from coder_app.workflow.desk import row_of
from coder_app.workflow.findings import findings
from coder_app.workflow.lab import Lab
from coder_app.workflow.leases import LeaseHeld, claim, release
from coder_app.workflow.record import CodingRecord, place, record, revisions
from coder_app.workflow.submissions import check, reopen, submit

__all__ = [
    "CodingRecord",
    "LeaseHeld",
    "bin",
    "check",
    "choose_pass",
    "claim",
    "commit",
    "findings",
    "get",
    "history",
    "import_coding",
    "listing",
    "operations",
    "payload",
    "record",
    "release",
    "reopen",
    "restore",
    "revisions",
    "start",
    "submit",
    "thing",
]

Row = dict[str, Any]
Person = Mapping[str, Any]


def start(
    lab: Lab,
    person: Person,
    observation_id: str,
    scheme: Scheme,
    source: str,
    coder_id: str,
    label: str = "",
    is_key: bool = False,
) -> Row:
    """A new, empty coding of an observation by `coder_id`; returns its row of `listing`.

    The scheme is frozen with it, and so is `source`, the text of its file. Raises NotAllowed, NotFound (observation, coder),
    Invalid (the observation has no video), Conflict (it is in the bin).
    """
    access.require(person, "coding.start", {"person_id": coder_id, "is_key": is_key, "observation_id": observation_id})
    where = place(lab, observation_id)
    if where.observation["binned_at"] is not None:
        raise Conflict(f"{where.observation['name']} is in the bin. Restore it first.", code="binned")
    if where.media is None:
        raise Invalid(f"{where.observation['name']} has no video yet. Choose its video, then start coding.", code="no_video")
    coder = lab.store.get("person", coder_id)
    if coder is None or coder["binned_at"] is not None:
        raise NotFound(f"There is no person {coder_id} who could code. Choose somebody from the list of people.")
    with lab.store.transaction() as rows:
        row = rows.insert(
            "coding",
            observation_id=observation_id,
            person_id=coder_id,
            scheme_version_id=keep_scheme(rows, scheme, source),
            state="open",
            is_key=is_key,
            label=label.strip(),
        )
        detail = {"coder": coder["name"], "scheme": f"{scheme.id}@{scheme.version}", "is_key": is_key}
        rows.insert("log", person_id=person["id"], action="coding.start", about=row["id"], detail=detail)
    return next(one for one in listing(lab, person, observation_id) if one["id"] == row["id"])


def get(lab: Lab, coding_id: str) -> Row:
    """The row of a coding, also from the bin. Raises NotFound."""
    return row_of(lab.store, coding_id)


def operations(lab: Lab, coding_id: str) -> list[Row]:
    """The journal of a coding or recovered version, in order: `seq`, `id`, `writer`, `person_id`, `received_at`, `body` (as
    sent) and `refused` (why a recovered version holds it, else None). Asks no leave."""
    row_of(lab.store, coding_id)
    with lab.store.reading() as rows:
        return [line._asdict() for line in journal.lines(rows, coding_id)]


def choose_pass(lab: Lab, person: Person, coding_id: str, pass_id: str) -> Row:
    """Keeps the pass last worked in: {"pass": id}. Raises Invalid for a pass the scheme does not have."""
    row = row_of(lab.store, coding_id)
    coding_access.require(lab, person, "coding.write", row)
    scheme = lab.desk.scheme(lab.store, row["scheme_version_id"])
    if all(one.id != pass_id for one in scheme.passes):
        known = ", ".join(one.id for one in scheme.passes)
        raise Invalid(f"The scheme has no pass {pass_id}. Its passes are {known}.", code="unknown_pass")
    lab.store.update("coding", coding_id, pass_id=pass_id)
    return {"pass": pass_id}


def bin(lab: Lab, person: Person, coding_id: str) -> None:
    """Into the bin. What a page still sends for it goes into a recovered version. Raises NotFound, NotAllowed."""
    _set_binned(lab, person, coding_id, now(), "coding.bin")


def restore(lab: Lab, person: Person, coding_id: str) -> Row:
    """Out of the bin; returns its row."""
    _set_binned(lab, person, coding_id, None, "coding.restore")
    return row_of(lab.store, coding_id)


def _set_binned(lab: Lab, person: Person, coding_id: str, binned_at: str | None, action: str) -> None:
    coding_access.require(lab, person, "coding.bin", row_of(lab.store, coding_id))
    with lab.desk.holding(coding_id), lab.desk.changing(coding_id), lab.store.transaction() as rows:
        rows.update("coding", coding_id, binned_at=binned_at)
        rows.insert("log", person_id=person["id"], action=action, about=coding_id, detail={})
    lab.desk.drop(coding_id)
