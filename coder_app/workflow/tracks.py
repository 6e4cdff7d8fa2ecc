"""What may lie beside the rows of the timeline: the spectrogram of the sound, and how much moves in regions of the picture.

Regions belong to the video: every coding made on it shows them. Both are measured by jobs, when somebody asks for them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from coder_app.errors import Conflict, Invalid, NotFound
from coder_app.jobs import queue
from coder_app.media.motion import WHOLE, Box
from coder_app.workflow import access, media_files, names, region_files
from coder_app.workflow.lab import Lab

Row = dict[str, Any]

TASKS = ("spectrogram", "motion")
DRAWN = ("name", "x", "y", "width", "height")
MOST_REGIONS = 12
SMALLEST = 100
"""The least width and height of a region, in ten-thousandths of the picture's."""


def tracks(lab: Lab, person: Row, media_id: str) -> Row:
    """What there is and what is under way: {"spectrogram": what its JSON says, or None; "regions": [{"id", "name", "x", "y",
    "width", "height", "measured", "may_edit"}], oldest first; "jobs": {task: the newest job, or None}}. Raises NotFound."""
    row = _media(lab, person, media_id)
    about = lab.folder.derived_of(media_id) / media_files.SPECTROGRAM_INDEX
    jobs = {job["task"]: job for job in queue.about(lab.store, media_id)}
    made = (lab.folder.derived_of(media_id) / media_files.SPECTROGRAM).is_file()
    return {
        "spectrogram": json.loads(about.read_text()) if made and about.is_file() else None,
        "regions": [_shown(lab, person, region) for region in lab.store.all("region", media_id=row["id"])],
        "jobs": {task: _told(jobs.get(task)) for task in TASKS},
    }


def make_spectrogram(lab: Lab, person: Row, media_id: str) -> Row:
    """Has the spectrogram made, unless it is there or on its way; returns `tracks`. Raises NotFound where there is no sound."""
    row = _media(lab, person, media_id)
    if not row["info"]["has_audio"]:
        raise NotFound(f"{row['name']} has no sound, so there is no spectrogram.", code="no_audio")
    if not (lab.folder.derived_of(media_id) / media_files.SPECTROGRAM).is_file():
        _queue(lab, person, row, "spectrogram", ("waiting", "running"))
    return tracks(lab, person, media_id)


def measure(lab: Lab, person: Row, media_id: str) -> Row:
    """Has the motion measured in every region where it is not yet; returns `tracks`.

    A job that runs has looked up its regions already, so another one waits behind it; only one ever waits.
    """
    row = _media(lab, person, media_id)
    if region_files.missing(lab.folder, lab.store, media_id):
        _queue(lab, person, row, "motion", ("waiting",))
    return tracks(lab, person, media_id)


def add_region(lab: Lab, person: Row, media_id: str, name: str, box: Box) -> Row:
    """A new region, measured from now on; returns it as in `tracks`.

    Raises Invalid (name, place), Conflict (the name is taken, or there are `MOST_REGIONS`), NotFound, NotAllowed.
    """
    access.require(person, "region.draw")
    row = _media(lab, person, media_id)
    taken = lab.store.all("region", media_id=media_id)
    if len(taken) >= MOST_REGIONS:
        raise Conflict(f"{row['name']} has {len(taken)} regions, the most that are kept. Remove one, or move one instead.")
    name = _free(name, taken)
    _check(box)
    place = {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
    made = lab.store.insert("region", media_id=media_id, name=name, person_id=person["id"], **place)
    lab.store.log(person["id"], "region.add", made["id"], media=media_id, name=name, **place)
    measure(lab, person, media_id)
    return _shown(lab, person, made)


def change_region(lab: Lab, person: Row, region_id: str, name: str, box: Box) -> Row:
    """The region with another name or place; measured anew where it was moved. Raises as `add_region`."""
    before = _region(lab, person, region_id)
    access.require(person, "region.edit", before)
    others = [row for row in lab.store.all("region", media_id=before["media_id"]) if row["id"] != region_id]
    after: Row = {"name": _free(name, others), "x": box.x, "y": box.y, "width": box.width, "height": box.height}
    _check(box)
    changed = {key: value for key, value in after.items() if value != before[key]}
    if changed:
        lab.store.update("region", region_id, **changed)
        lab.store.log(person["id"], "region.edit", region_id, before={key: before[key] for key in changed})
        measure(lab, person, before["media_id"])
    return _shown(lab, person, before | after)


def remove_region(lab: Lab, person: Row, region_id: str) -> None:
    """For good: the log keeps its name and place, and what was measured there can be measured again."""
    row = _region(lab, person, region_id)
    access.require(person, "region.edit", row)
    lab.store.delete("region", id=region_id)
    lab.store.log(person["id"], "region.remove", region_id, before={key: row[key] for key in ("media_id", *DRAWN)})
    region_files.tidy(lab.folder, lab.store, row["media_id"])


def spectrogram_file(lab: Lab, person: Row, media_id: str) -> Path:
    """Raises NotFound, code "not_ready", where it is not made."""
    row = _media(lab, person, media_id)
    return _made(lab.folder.derived_of(media_id) / media_files.SPECTROGRAM, f"The spectrogram of {row['name']}")


def motion_file(lab: Lab, person: Row, region_id: str) -> Path:
    """Raises NotFound, code "not_ready", where the region is not measured."""
    row = _region(lab, person, region_id)
    return _made(region_files.file_of(lab.folder, row["media_id"], region_files.box_of(row)), f"The motion in {row['name']}")


def _media(lab: Lab, person: Mapping[str, Any], media_id: str) -> Row:
    row = media_files.get(lab.store, media_id)
    access.require(person, "media.view", row)
    return row


def _region(lab: Lab, person: Mapping[str, Any], region_id: str) -> Row:
    row = lab.store.get("region", region_id)
    if row is None:
        raise NotFound("This region is no more: somebody removed it. Load the page again.")
    _media(lab, person, row["media_id"])
    return row


def _made(file: Path, what: str) -> Path:
    if not file.is_file():
        raise NotFound(f"{what} is not made yet. Show it on the Code page, which has it made.", code="not_ready")
    return file


def _queue(lab: Lab, person: Row, row: Row, task: str, enough: tuple[str, ...]) -> None:
    """Queue the task about a video, unless a job of it is in one of the states `enough`."""
    if any(job["task"] == task and job["state"] in enough for job in queue.about(lab.store, row["id"])):
        return
    label = f"{'Spectrogram' if task == 'spectrogram' else 'Motion'} of {row['name']}"
    queue.enqueue(lab.store, task, label, about=row["id"], media_id=row["id"], person_id=person["id"])


def _told(job: Row | None) -> Row | None:
    return None if job is None else {name: job[name] for name in ("id", "state", "progress", "message")}


def _shown(lab: Lab, person: Row, row: Row) -> Row:
    box = region_files.box_of(row)
    measured = region_files.file_of(lab.folder, row["media_id"], box).is_file()
    may_edit = access.may(person, "region.edit", row)
    return {name: row[name] for name in ("id", *DRAWN)} | {"measured": measured, "may_edit": may_edit}


def _free(name: str, others: list[Row]) -> str:
    name = names.clean(name, "a region")
    if any(row["name"].casefold() == name.casefold() for row in others):
        raise Conflict(f"There is a region {name} on this video already. Give this one another name.")
    return name


def _check(box: Box) -> None:
    """Raises Invalid unless the box lies in the picture and is large enough to be seen."""
    if min(box.width, box.height) < SMALLEST:
        raise Invalid(
            f"The region is {box.width / 100:g} % of the picture wide and {box.height / 100:g} % high. "
            f"Draw it at least {SMALLEST / 100:g} % in both."
        )
    if min(box.x, box.y) < 0 or box.x + box.width > WHOLE or box.y + box.height > WHOLE:
        raise Invalid("The region reaches out of the picture. Draw it inside.")
