"""Observations: one recorded session each, under a pseudonymous id (`name`), with its video and what is known about it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import count
from typing import Any

from coder_app.errors import Conflict, Invalid, NotFound
from coder_app.model.ids import new_id, now
from coder_app.workflow import access, names
from coder_app.workflow.lab import Lab

Row = dict[str, Any]

OLDEST_MONTHS = 1200
KNOWN = ("name", "age_months", "video")
UNSET: Any = object()


def observations(lab: Lab, person: Row, study_id: str) -> list[Row]:
    """The observations of a study not in the bin, by name, each with `study` (its name) and `media` (a row, or None)."""
    access.require(person, "observation.view")
    study = lab.store.get("study", study_id)
    if study is None:
        raise NotFound(f"There is no study {study_id}. Open the Studies page for the list.")
    rows = lab.store.all("observation", study_id=study_id)
    return [_joined(lab, row, study) for row in sorted(rows, key=lambda row: (row["name"].casefold(), row["made_at"]))]


def observation(lab: Lab, person: Row, observation_id: str) -> Row:
    """One observation, also from the bin, joined as in `observations`. Raises NotFound."""
    access.require(person, "observation.view")
    row = _get(lab, observation_id)
    return _joined(lab, row, lab.store.get("study", row["study_id"]) or {"name": ""})


def of_media(lab: Lab, person: Row, media_id: str) -> list[Row]:
    """The observations of one video, neither they nor their study in the bin, oldest first, joined as in `observations`."""
    access.require(person, "observation.view")
    studies = {row["id"]: row for row in lab.store.all("study")}
    rows = [row for row in lab.store.all("observation", media_id=media_id) if row["study_id"] in studies]
    return [_joined(lab, row, studies[row["study_id"]]) for row in rows]


def free_name(lab: Lab, study_id: str, wanted: str) -> str:
    """`wanted`, or with a number where the study has that name already."""
    taken = {row["name"].casefold() for row in lab.store.all("observation", study_id=study_id, binned=True)}
    numbered = (wanted if number == 1 else f"{wanted} ({number})" for number in count(1))
    return next(name for name in numbered if names.clean(name, "an observation").casefold() not in taken)


def add_observation(
    lab: Lab,
    person: Row,
    study_id: str,
    name: str,
    age_months: float | None = None,
    variables: Mapping[str, str] | None = None,
    media_id: str | None = None,
) -> Row:
    """A new observation.

    Raises Invalid (name, age, variables), Conflict (the name is used in this study, also by one in the bin), NotFound
    (study or video).
    """
    access.require(person, "observation.edit")
    if lab.store.get("study", study_id) is None:
        raise NotFound(f"There is no study {study_id}. Open the Studies page for the list.")
    name = names.clean(name, "an observation")
    check_free(lab, study_id, name)
    _check_media(lab, media_id)
    row = new_row(study_id, name, check_age(age_months), check_variables(variables or {}), media_id)
    lab.store.insert("observation", **row)
    lab.store.log(person["id"], "observation.add", row["id"], name=name)
    return observation(lab, person, row["id"])


def edit_observation(
    lab: Lab,
    person: Row,
    observation_id: str,
    *,
    name: str = UNSET,
    age_months: float | None = UNSET,
    variables: Mapping[str, str] = UNSET,
    media_id: str | None = UNSET,
) -> Row:
    """Change what is named and leave the rest. The video cannot change once there is a coding: its times belong to it."""
    access.require(person, "observation.edit")
    before = _get(lab, observation_id)
    after: Row = {}
    if name is not UNSET:
        after["name"] = names.clean(name, "an observation")
        if after["name"] != before["name"]:
            check_free(lab, before["study_id"], after["name"], but=observation_id)
    if age_months is not UNSET:
        after["age_months"] = check_age(age_months)
    if variables is not UNSET:
        after["variables"] = check_variables(variables)
    if media_id is not UNSET and media_id != before["media_id"]:
        _check_media(lab, media_id)
        if lab.store.all("coding", observation_id=observation_id, binned=True):
            raise Conflict(f"{before['name']} has codings made on its present video. Make a new observation for another video.")
        after["media_id"] = media_id
    changed = {key: value for key, value in after.items() if value != before[key]}
    if changed:
        lab.store.update("observation", observation_id, **changed)
        lab.store.log(person["id"], "observation.edit", observation_id, before={key: before[key] for key in changed})
    return observation(lab, person, observation_id)


def bin_observation(lab: Lab, person: Row, observation_id: str) -> None:
    """Into the bin, with its codings; `restore_observation` brings all back as it was."""
    access.require(person, "observation.edit")
    _get(lab, observation_id)
    lab.store.update("observation", observation_id, binned_at=now())
    lab.store.log(person["id"], "observation.bin", observation_id)


def restore_observation(lab: Lab, person: Row, observation_id: str) -> Row:
    access.require(person, "observation.edit")
    _get(lab, observation_id)
    lab.store.update("observation", observation_id, binned_at=None)
    lab.store.log(person["id"], "observation.restore", observation_id)
    return observation(lab, person, observation_id)


def new_row(study_id: str, name: str, age_months: float | None, variables: Mapping[str, str], media_id: str | None) -> Row:
    """A row of the table `observation` from checked values."""
    return {
        "id": new_id(),
        "study_id": study_id,
        "name": name,
        "age_months": age_months,
        "variables": dict(variables),
        "media_id": media_id,
        "media_offset_us": 0,
        "episodes": [],
        "made_at": now(),
        "binned_at": None,
    }


def check_age(age_months: float | None) -> float | None:
    """The age itself. Raises Invalid unless it is None or a number of months from 0 to 1200."""
    if age_months is None:
        return None
    if isinstance(age_months, bool) or not math.isfinite(age_months) or not 0 <= age_months <= OLDEST_MONTHS:
        raise Invalid(f"An age of {age_months} months cannot be. Give months from 0 to {OLDEST_MONTHS}, or leave it empty.")
    return int(age_months) if age_months == int(age_months) else age_months


def check_variables(variables: Mapping[str, str]) -> dict[str, str]:
    """Names cleaned, values stripped, empty values left out. Raises Invalid for a name that is empty, taken or used twice."""
    checked: dict[str, str] = {}
    for raw, value in variables.items():
        name = names.clean(raw, "a variable")
        if name.casefold() in KNOWN:
            raise Invalid(f"A variable cannot be named {name}: every observation has that already. Choose another name.")
        if any(name.casefold() == other.casefold() for other in checked):
            raise Invalid(f"The variable {name} is given twice. Give each variable once.")
        checked[name] = str(value).strip()
    return {name: value for name, value in checked.items() if value}


def check_free(lab: Lab, study_id: str, name: str, but: str | None = None) -> None:
    """Raise Conflict if another observation of the study, in the bin or not, has that name (letter case aside)."""
    for row in lab.store.all("observation", study_id=study_id, binned=True):
        if row["name"].casefold() == name.casefold() and row["id"] != but:
            where = ", in the bin; restore it there" if row["binned_at"] is not None else ""
            raise Conflict(f"The study has an observation {row['name']} already{where}. Every id stands once in a study.")


def _get(lab: Lab, observation_id: str) -> Row:
    found = lab.store.get("observation", observation_id)
    if found is None:
        raise NotFound(f"There is no observation {observation_id}. Open its study for the list.")
    return found


def _check_media(lab: Lab, media_id: str | None) -> None:
    if media_id is not None and lab.store.get("media", media_id) is None:
        raise NotFound(f"There is no video {media_id}. Add it first, on the Videos page or with: coder-app media add FILE")


def _joined(lab: Lab, row: Row, study: Row) -> Row:
    media = None if row["media_id"] is None else lab.store.get("media", row["media_id"])
    return row | {"study": study["name"], "media": media}
