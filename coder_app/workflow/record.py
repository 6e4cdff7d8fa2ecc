"""One coding as statistics and exports read it: whole, unchanging, with everything that names it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from coder_app.errors import NotFound
from coder_app.model.coding import Coding
from coder_app.model.event import Event
from coder_app.model.interval import Spans
from coder_app.model.scheme import Scheme
from coder_app.workflow.desk import replay, row_of
from coder_app.workflow.lab import Lab

Row = dict[str, Any]


@dataclass(frozen=True)
class CodingRecord:
    """A copy of a coding at `revision`. `observation`, `study` and `media` (None: the observation has no video) are rows;
    `end_us` is the end of the observation on its clock; `episodes` are those frozen with it, if it is submitted."""

    id: str
    scheme: Scheme
    scheme_version_id: str
    coding: Coding
    coder: str
    coder_id: str
    is_key: bool
    label: str
    observation: Row
    study: Row
    media: Row | None
    end_us: int
    episodes: list[Row]
    state: str
    revision: int


@dataclass(frozen=True)
class Place:
    """Where a coding belongs: its observation with study and video."""

    observation: Row
    study: Row
    media: Row | None

    @property
    def end_us(self) -> int:
        """The end of the video on the observation's clock; 0 without a video."""
        if self.media is None:
            return 0
        return int(self.media["end_us"] + self.observation["media_offset_us"])


def place(lab: Lab, observation_id: str) -> Place:
    """Raises NotFound."""
    observation = lab.store.get("observation", observation_id)
    if observation is None:
        raise NotFound(f"There is no observation {observation_id}. Open the Studies page for the list.")
    study = lab.store.get("study", observation["study_id"]) or {"id": observation["study_id"], "name": ""}
    media = lab.store.get("media", observation["media_id"]) if observation["media_id"] else None
    return Place(observation, study, media)


def record(lab: Lab, coding_id: str, revision: int | None = None) -> CodingRecord:
    """The coding at `revision`: a submitted one as it was frozen, any other made again from the journal; None is as it is now.
    Asks no leave: who calls has done so. Raises NotFound (coding, or a revision it never had)."""
    with lab.desk.holding(coding_id):
        current = lab.desk.take(lab.store, coding_id, fresh=True)
        row = dict(current.row)
        if revision is not None and not 0 <= revision <= row["revision"]:
            raise NotFound(f"Coding {coding_id} has no revision {revision}; its newest is {row['revision']}.")
        wanted = row["revision"] if revision is None else revision
        frozen = _frozen(lab, row, wanted, any_state=revision is not None)
        coding = current.coding.copy() if frozen is None and wanted == row["revision"] else None
    scheme = lab.desk.scheme(lab.store, row["scheme_version_id"])
    where = place(lab, row["observation_id"])
    coder = lab.store.get("person", row["person_id"]) or {"name": ""}
    if frozen is not None:
        coding = thaw(scheme, frozen)
    elif coding is None:
        coding = replay(lab.store, scheme, coding_id, wanted)
    return CodingRecord(
        id=coding_id,
        scheme=scheme,
        scheme_version_id=row["scheme_version_id"],
        coding=coding,
        coder=coder["name"],
        coder_id=row["person_id"],
        is_key=row["is_key"],
        label=row["label"],
        observation=where.observation,
        study=where.study,
        media=where.media,
        end_us=where.end_us if frozen is None else frozen["end_us"],
        episodes=where.observation["episodes"] if frozen is None else frozen["episodes"],
        state=row["state"],
        revision=wanted,
    )


def freeze(coding: Coding, scheme_version_id: str, where: Place) -> str:
    """What a submission keeps, as JSON text."""
    frozen = {
        "scheme_version_id": scheme_version_id,
        "events": [event.to_json() for event in ordered(coding)],
        "watched": {stream: spans.to_json() for stream, spans in coding.watched.items()},
        "own": {stream: spans.to_json() for stream, spans in coding.own.items()},
        "episodes": where.observation["episodes"],
        "end_us": where.end_us,
    }
    return json.dumps(frozen, separators=(",", ":"))


def thaw(scheme: Scheme, frozen: Row) -> Coding:
    """The coding of a submission, without its undo history."""

    def of(kind: str) -> dict[str, Spans]:
        return {stream: Spans(tuple((a, b) for a, b in parts)) for stream, parts in frozen[kind].items()}

    return Coding.restore(scheme, map(Event.from_json, frozen["events"]), of("watched"), of("own"))


def ordered(coding: Coding) -> list[Event]:
    """The events by onset (ratings first) and id."""
    return sorted(coding.events.values(), key=lambda event: (-1 if event.onset_us is None else event.onset_us, event.id))


def submission(lab: Lab, coding_id: str, revision: int | None = None) -> Row | None:
    """The newest submission of a coding, or of that revision of it."""
    only: dict[str, Any] = {} if revision is None else {"revision": revision}
    found = lab.store.all("submission", coding_id=coding_id, **only)
    return max(found, key=lambda one: (one["made_at"], one["id"]), default=None)


def submission_end(lab: Lab, row: Row, where: Place) -> tuple[int, list[Row]]:
    """The end of the observation and its episodes, as frozen for a submitted coding."""
    frozen = _frozen(lab, row, row["revision"], any_state=False)
    if frozen is None:
        return where.end_us, where.observation["episodes"]
    return frozen["end_us"], frozen["episodes"]


def revisions(lab: Lab, coding_id: str) -> list[Row]:
    """The submissions of a coding, oldest first, without what they froze."""
    row_of(lab.store, coding_id)
    rows = lab.store.all("submission", coding_id=coding_id)
    return [{name: value for name, value in row.items() if name != "frozen"} for row in rows]


def _frozen(lab: Lab, row: Row, revision: int, any_state: bool) -> Row | None:
    if row["state"] != "submitted" and not any_state:
        return None
    found = submission(lab, row["id"], revision)
    frozen: Row | None = None if found is None else json.loads(found["frozen"])
    return frozen
