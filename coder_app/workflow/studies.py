"""Studies: what observations are kept in. The functions on observations are in `observations` and named here too."""

from __future__ import annotations

from typing import Any

from coder_app.errors import Conflict, NotFound
from coder_app.model.ids import new_id, now
from coder_app.workflow import access, names
from coder_app.workflow.lab import Lab
from coder_app.workflow.observation_import import import_observations
from coder_app.workflow.observations import (
    add_observation,
    bin_observation,
    edit_observation,
    observation,
    observations,
    restore_observation,
)

__all__ = [
    "add",
    "add_observation",
    "bin",
    "bin_observation",
    "edit_observation",
    "get",
    "import_observations",
    "listing",
    "note",
    "observation",
    "observations",
    "rename",
    "restore",
    "restore_observation",
]

Row = dict[str, Any]


def listing(lab: Lab, person: Row) -> list[Row]:
    """All studies not in the bin, by name, each with `observation_count`."""
    access.require(person, "study.view")
    counts: dict[str, int] = {}
    for row in lab.store.all("observation"):
        counts[row["study_id"]] = counts.get(row["study_id"], 0) + 1
    rows = [row | {"observation_count": counts.get(row["id"], 0)} for row in lab.store.all("study")]
    return sorted(rows, key=lambda row: (row["name"].casefold(), row["made_at"]))


def get(lab: Lab, study_id: str) -> Row:
    """The study with that id, also from the bin. Raises NotFound."""
    found = lab.store.get("study", study_id)
    if found is None:
        raise NotFound(f"There is no study {study_id}. Open the Studies page for the list.")
    return found


def add(lab: Lab, person: Row, name: str, note: str = "") -> Row:
    """A new, empty study. Raises Conflict if another study, not in the bin, has that name."""
    access.require(person, "study.edit")
    name = names.clean(name, "a study")
    _check_free(lab, name)
    study_id = new_id()
    lab.store.insert("study", id=study_id, name=name, note=note.strip(), made_at=now(), binned_at=None)
    lab.store.log(person["id"], "study.add", study_id, name=name)
    return get(lab, study_id)


def rename(lab: Lab, person: Row, study_id: str, name: str) -> Row:
    access.require(person, "study.edit")
    before = get(lab, study_id)
    name = names.clean(name, "a study")
    if name != before["name"]:
        _check_free(lab, name)
        lab.store.update("study", study_id, name=name)
        lab.store.log(person["id"], "study.rename", study_id, before=before["name"], after=name)
    return get(lab, study_id)


def note(lab: Lab, person: Row, study_id: str, text: str) -> Row:
    """Replace the study's note, a free text of any length."""
    access.require(person, "study.edit")
    before = get(lab, study_id)
    if text.strip() != before["note"]:
        lab.store.update("study", study_id, note=text.strip())
        lab.store.log(person["id"], "study.note", study_id, before=before["note"])
    return get(lab, study_id)


def bin(lab: Lab, person: Row, study_id: str) -> None:
    """Into the bin, with all it holds; `restore` brings it back as it was."""
    access.require(person, "study.edit")
    get(lab, study_id)
    lab.store.update("study", study_id, binned_at=now())
    lab.store.log(person["id"], "study.bin", study_id)


def restore(lab: Lab, person: Row, study_id: str) -> Row:
    """Out of the bin. Raises Conflict if its name has been given to another study meanwhile."""
    access.require(person, "study.edit")
    before = get(lab, study_id)
    if before["binned_at"] is not None:
        _check_free(lab, before["name"])
        lab.store.update("study", study_id, binned_at=None)
        lab.store.log(person["id"], "study.restore", study_id)
    return get(lab, study_id)


def _check_free(lab: Lab, name: str) -> None:
    if any(row["name"].casefold() == name.casefold() for row in lab.store.all("study")):
        raise Conflict(f"There is a study named {name} already. Choose another name, or rename that one first.")
