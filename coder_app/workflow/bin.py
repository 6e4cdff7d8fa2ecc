"""The bin: what has been deleted, with its way back, and the end of it.

Emptying writes every record it deletes into a JSON file in `trash/` first, and moves videos that were copied in beside it.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from coder_app import __version__
from coder_app.errors import Invalid, NotFound
from coder_app.model.ids import now
from coder_app.store import deletion
from coder_app.store.deletion import Gathered
from coder_app.store.rows import Rows
from coder_app.workflow import access, codings, filenames, media, media_files, observations, people, preferences, studies
from coder_app.workflow.lab import Lab

Row = dict[str, Any]

# Table -> one and several of it, in the order they are shown.
KINDS = {
    "study": ("study", "studies"),
    "observation": ("observation", "observations"),
    "coding": ("coding", "codings"),
    "event": ("event", "events"),
    "media": ("video", "videos"),
    "person": ("person", "people"),
}
BINNABLE = ("study", "observation", "coding", "media", "person")
# Table -> the action that restoring asks for.
ASKED = {
    "study": "study.edit",
    "observation": "observation.edit",
    "coding": "coding.bin",
    "media": "media.edit",
    "person": "people.edit",
}


def contents(lab: Lab, person: Row) -> list[Row]:
    """What lies in the bin, newest first: {"table", "kind", "id", "name", "binned_at", "holds", "may_restore"}.

    `holds` says what else goes with it, "" for nothing: "2 observations, 3 codings, 120 events".
    """
    access.require(person, "study.view")
    found = []
    with lab.store.reading() as rows:
        for table in BINNABLE:
            for row in _binned(rows, table):
                below = _falling(rows, {table: [row]})
                below[table] = [one for one in below[table] if one["id"] != row["id"]]
                about = {"table": table, "kind": KINDS[table][0], "id": row["id"], "binned_at": row["binned_at"]}
                about["may_restore"] = access.may(person, ASKED[table], row)
                found.append(about | {"name": _name(rows, table, row), "holds": _counted(below, row.get("event_count", 0))})
    return sorted(found, key=lambda item: str(item["binned_at"]), reverse=True)


def restore(lab: Lab, person: Row, table: str, row_id: str) -> None:
    """Take one thing out of the bin. Raises what restoring it raises: NotAllowed, NotFound, Conflict."""
    if table not in RESTORE:
        raise NotFound(f"Nothing of the kind {table!r} is ever in the bin. Load the page again.")
    RESTORE[table](lab, person, row_id)


def loss(lab: Lab, person: Row) -> str:
    """What emptying would delete for good now, as `empty` wants to hear it: "1 study, 2 codings, 120 events", or ""."""
    access.require(person, "bin.empty")
    with lab.store.reading() as rows:
        return _counted(_doomed(rows))


def empty(lab: Lab, person: Row, confirm: str) -> Path | None:
    """Delete for good what is in the bin, and return the file in `trash/` that keeps it; None if nothing was in it.

    What people had chosen for themselves goes with them. `confirm` must be what `loss` says at this moment: who empties has
    seen it. Videos that observations still use, and people whose codings remain, stay in the bin.
    Raises Invalid, naming what would be lost, where `confirm` is another text; NotAllowed.
    """
    access.require(person, "bin.empty")
    with lab.store.transaction() as rows:
        doomed = _doomed(rows)
        told = _counted(doomed)
        if confirm != told:
            raise Invalid(f"The bin was not emptied. It would delete for good: {told or 'nothing'}. Confirm exactly that.")
        if not doomed:
            return None
        whole = deletion.gather(rows, {table: [row["id"] for row in these] for table, these in doomed.items()})
        chosen = preferences.rows_of(rows, doomed.get("person", ()))
        if chosen:
            whole["setting"] = chosen
        file = _keep(lab, person, whole)
        deletion.remove(rows, whole)
        rows.insert("log", person_id=person["id"], action="bin.empty", detail={"lost": told, "kept": file.name})
    lab.desk.clear()
    for row in doomed.get("media", []):
        _remove_files(lab, row, file)
    return file


def _binned(rows: Rows, table: str) -> list[Row]:
    return [row for row in rows.all(table, binned=True) if row["binned_at"] is not None]


def _name(rows: Rows, table: str, row: Row) -> str:
    """What people know it by; for a coding coder, observation and label."""
    if table != "coding":
        return str(row["name"])
    coder = rows.get("person", row["person_id"]) or {"name": ""}
    observation = rows.get("observation", row["observation_id"]) or {"name": ""}
    return ", ".join(filter(None, (coder["name"], observation["name"], row["label"])))


def _falling(rows: Rows, tops: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """Some studies, observations and codings with the observations and codings that belong to them; other tables as given."""
    found = {table: {row["id"]: row for row in these} for table, these in tops.items()}
    for table, above, column in (
        ("observation", "study", "study_id"),
        ("coding", "observation", "observation_id"),
        ("coding", "coding", "recovered_from"),
    ):
        if found.get(above):
            below = rows.all(table, binned=True, **{column: list(found[above])})
            found.setdefault(table, {}).update({row["id"]: row for row in below})
    return {table: list(these.values()) for table, these in found.items()}


def _doomed(rows: Rows) -> dict[str, list[Row]]:
    """What emptying deletes, by table; what hangs on codings is not listed."""
    found = _falling(rows, {table: _binned(rows, table) for table in ("study", "observation", "coding")})
    gone = {row["id"] for row in found["observation"]}
    used = {row["media_id"] for row in rows.all("observation", binned=True) if row["id"] not in gone}
    found["media"] = [row for row in _binned(rows, "media") if row["id"] not in used]
    gone = {row["id"] for row in found["coding"]}
    coders = {row["person_id"] for row in rows.all("coding", binned=True) if row["id"] not in gone}
    found["person"] = [row for row in _binned(rows, "person") if row["id"] not in coders]
    return {table: these for table, these in found.items() if these}


def _counted(found: dict[str, list[Row]], own_events: int = 0) -> str:
    """What it is, in numbers: "1 study, 2 codings, 120 events"; `own_events` are those of a coding that is not in `found`."""
    counts = {table: len(these) for table, these in found.items()}
    counts["event"] = own_events + sum(row["event_count"] for row in found.get("coding", ()))
    words = ((counts.get(table, 0), one, many) for table, (one, many) in KINDS.items())
    return ", ".join(f"{count} {one if count == 1 else many}" for count, one, many in words if count)


def _keep(lab: Lab, person: Row, doomed: Gathered) -> Path:
    """Write the records to a new file in `trash/`, on the disk before this returns."""
    lab.folder.trash.mkdir(parents=True, exist_ok=True)
    at = now()
    partial = lab.folder.trash / f".{at.replace(':', '-')}.part"
    body = {"app_version": __version__, "emptied_at": at, "emptied_by": person["name"], "tables": doomed}
    try:
        with partial.open("w", encoding="utf-8") as out:
            json.dump(body, out, ensure_ascii=False, indent=1)
            out.flush()
            os.fsync(out.fileno())
        return filenames.settle(partial, lab.folder.trash, f"bin {at[:19].replace(':', '-').replace('T', ' ')}.json")
    finally:
        partial.unlink(missing_ok=True)


def _remove_files(lab: Lab, row: Row, kept: Path) -> None:
    """The derived files go; a video that was copied in moves beside the JSON file. One in its own folder is left alone."""
    shutil.rmtree(lab.folder.derived_of(row["id"]), ignore_errors=True)
    file = media_files.original(lab.folder, row)
    if row["copied"] and file.is_file():
        beside = kept.with_suffix("")
        beside.mkdir(exist_ok=True)
        filenames.settle(file, beside, file.name)


RESTORE: dict[str, Callable[[Lab, Row, str], Any]] = {
    "study": studies.restore,
    "observation": observations.restore_observation,
    "coding": codings.restore,
    "media": media.restore,
    "person": people.restore,
}
