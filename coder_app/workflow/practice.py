"""Practice clips from event scripts: drawn by a job, then kept as an observation with its gold key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from coder_app.jobs import queue
from coder_app.jobs.registry import Progress
from coder_app.model.ids import new_id
from coder_app.store.folder import DataFolder
from coder_app.store.repository import Store
from coder_app.studio import script as scripts
from coder_app.studio import write
from coder_app.studio.script import Script
from coder_app.workflow import access, coding_import, episodes, filenames, media, observations, people, schemes, studies
from coder_app.workflow.desk import Desk
from coder_app.workflow.lab import Lab

TASK = "practice_clip"
SAVING = 0.98  # the share of the work that is drawing

Row = dict[str, Any]


def enqueue(
    lab: Lab,
    person: Row,
    study_id: str,
    text: str,
    *,
    difficulty: float | None = None,
    casting: str | None = None,
    seed: int | None = None,
    captions: bool = False,
) -> str:
    """Queue the drawing of the script in `text` for a study; returns the job's id. Its result names the observation.

    Raises Invalid (the script, or what is to vary), NotFound (the study), NotAllowed.
    """
    access.require(person, "study.edit")
    access.require(person, "media.add")
    study = studies.get(lab, study_id)
    vary: dict[str, Any] = {"difficulty": difficulty, "casting": casting, "seed": seed}
    script = scripts.varied(scripts.parse(text, "script"), **vary)
    write.records_of(script)
    return queue.enqueue(
        lab.store, TASK, f"Practice clip {named(script)}", about=study["id"],
        study_id=study["id"], person_id=person["id"], text=text, captions=captions, **vary,
    )  # fmt: skip


def make(folder: DataFolder, store: Store, arguments: Mapping[str, Any], progress: Progress) -> Row:
    """Draw the clip of a job and keep it. Cancelled or failed, it leaves nothing behind."""
    from coder_app.studio.render import render

    vary = {name: arguments[name] for name in ("difficulty", "casting", "seed")}
    script = scripts.varied(scripts.parse(arguments["text"], "script"), **vary)
    partial = folder.media / f".{new_id()}.mp4"
    try:
        render(script, partial, lambda share: progress(SAVING * share, "Drawing"), arguments["captions"])
        lab = Lab(folder, store, Desk())
        return keep(lab, people.get(lab, arguments["person_id"]), arguments["study_id"], script, partial)
    finally:
        partial.unlink(missing_ok=True)


def keep(lab: Lab, person: Row, study_id: str, script: Script, drawn: Any) -> Row:
    """The drawn clip as a video, an observation of the study and its key; the file at `drawn` is moved."""
    video = media.take_in(lab, person, filenames.settle(drawn, lab.folder.media, f"{script.id}.mp4"))
    name = observations.free_name(lab, study_id, named(script))
    observation = observe(lab, person, study_id, name, script, video)
    key = write.records_of(script)["key.json"]
    known = schemes.get(lab, f"{key.scheme}@{key.version}")
    coder = people.named(lab, key.coder)
    coding_import.import_coding(
        lab, observation["id"], coder["id"], known.scheme, known.source, key.events, key.watched, is_key=True
    )
    return {"observation_id": observation["id"], "media_id": video["id"]}


def observe(lab: Lab, person: Row, study_id: str, name: str, script: Script, video: Row) -> Row:
    """A new observation of the clip, with the script's episodes."""
    observation = studies.add_observation(lab, person, study_id, name, media_id=video["id"])
    found = [{"id": new_id(), "name": e.name, "onset_us": e.at_us, "offset_us": e.to_us} for e in script.episodes]
    if found:
        episodes.keep(lab, person, observation["id"], found, before=[])
    return observation


def named(script: Script) -> str:
    """C5 Calm down, play up; with its difficulty where it has one."""
    head, _, _ = script.id.partition("-")
    prefix = f"{head.upper()} " if head[:1] == "c" and head[1:].isdigit() else ""
    return f"{prefix}{script.name}" + (f" (difficulty {script.difficulty:g})" if script.difficulty else "")
