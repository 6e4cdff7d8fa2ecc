"""The sample study: the practice clips with their keys and two example coders each, and an open coding to begin with.

It is made once, when a data folder is. What a first attempt left undone, because it was interrupted, the next one adds.
"""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

from coder_app.errors import MediaError
from coder_app.shipped import shipped
from coder_app.studio import script as scripts
from coder_app.workflow import codings, media, people, practice, schemes, studies
from coder_app.workflow.lab import Lab

STUDY = "Sample study"
NOTE = "Drawn practice clips, not real families: their timing is made up and is no norm. Change or bin this study as you like."
RECORDS = ("key.json", "coder_1.json", "coder_2.json")
PEOPLE = "sample_people"  # setting: ids of the people that came with the study

LOG = logging.getLogger(__name__)

Row = dict[str, Any]


def install(lab: Lab) -> bool:
    """Make the sample study, or what is missing of it, and return whether it is whole.

    Where videos cannot be read, as without PyAV's system libraries, the reason is logged: the app has to start all the same.
    """
    first = people.first(lab)
    found = next((row for row in studies.listing(lab, first) if row["name"] == STUDY), None)
    study = found or studies.add(lab, first, STUDY, NOTE)
    try:
        for clip in clips():
            _add_clip(lab, first, study, clip)
    except MediaError as error:
        LOG.warning("The sample study is not whole: %s", error)
        return False
    return True


def clips() -> list[Path]:
    """The folders of the practice clips that ship with their video, in the order they are learnt."""
    return sorted(path.parent for path in shipped("sample_data").glob("*/clip.mp4"))


def _add_clip(lab: Lab, first: Row, study: Row, folder: Path) -> None:
    script = scripts.read(folder / "script.yaml")
    name = practice.named(script)
    observation = next((row for row in studies.observations(lab, first, study["id"]) if row["name"] == name), None)
    if observation is None:
        video = media.take_in(lab, first, media.copy_in(lab, folder / "clip.mp4", f"{folder.name}.mp4"))
        observation = practice.observe(lab, first, study["id"], name, script, video)
    present = {(row["coder"], row["is_key"]) for row in codings.listing(lab, first, observation["id"])}
    for file in RECORDS:
        record = json.loads((folder / file).read_text(encoding="utf-8"))
        if (record["coder"], record["is_key"]) not in present:
            _import(lab, observation, record)
    if (first["name"], False) not in present:
        known = schemes.get(lab, script.scheme)
        codings.start(lab, first, observation["id"], known.scheme, known.source, first["id"])


def _import(lab: Lab, observation: Row, record: Row) -> None:
    coder = people.named(lab, record["coder"])
    samples = lab.store.setting(PEOPLE, [])
    if coder["id"] not in samples:
        lab.store.set_setting(PEOPLE, [*samples, coder["id"]])
    known = schemes.get(lab, f"{record['scheme']}@{record['version']}")
    codings.import_coding(
        lab,
        observation["id"],
        coder["id"],
        known.scheme,
        known.source,
        record["events"],
        record["watched"],
        is_key=record["is_key"],
    )
