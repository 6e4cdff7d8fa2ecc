"""The episodes of an observation: seen by all, changed by who may change the observation, each change in the log.

They belong to the observation, not to a coding; a submitted coding keeps a copy of them as they were (`record.freeze`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from coder_app.errors import Conflict, Invalid, NotFound
from coder_app.model.episode import Episode, in_order, of_bouts
from coder_app.model.scheme import Scheme, Stream
from coder_app.store.rows import Rows
from coder_app.workflow import access, coding_access, names
from coder_app.workflow.desk import row_of
from coder_app.workflow.lab import Lab
from coder_app.workflow.record import Place, place, record

ACTION = "observation.episodes"

Row = dict[str, Any]
Person = Mapping[str, Any]


def listing(lab: Lab, person: Person, observation_id: str) -> Row:
    """{"episodes": by onset, "names": those that the study uses, the commonest first, "end_us"}. Raises NotFound."""
    access.require(person, "observation.view")
    where = place(lab, observation_id)
    used: dict[str, int] = {}
    for row in lab.store.all("observation", study_id=where.study["id"]):
        for one in row["episodes"]:
            used[one["name"]] = used.get(one["name"], 0) + 1
    return {
        "episodes": where.observation["episodes"],
        "names": sorted(used, key=lambda name: (-used[name], name)),
        "end_us": where.end_us,
    }


def keep(
    lab: Lab, person: Person, observation_id: str, episodes: Iterable[Mapping[str, Any]], before: Iterable[Mapping[str, Any]]
) -> list[Row]:
    """Make `episodes` (rows with `id`, `name`, `onset_us`, `offset_us`) those of the observation; returns them by onset.

    `before` are the ones the change was made on. Raises Conflict ("stale": they are others by now; or the observation is in
    the bin), Invalid (a name or time that cannot be, two that overlap), NotFound, NotAllowed.
    """
    access.require(person, "observation.edit")
    where = place(lab, observation_id)
    wanted = in_order(map(_cleaned, episodes), where.end_us)
    _write(lab, person, where, wanted, list(before))
    return [one.to_json() for one in wanted]


def adopt(lab: Lab, person: Person, coding_id: str, stream_id: str) -> list[Row]:
    """Make the bouts of an exclusive stream of a submitted coding the episodes of its observation; returns them by onset.

    Episodes of the same name keep their id, so that ratings still name them. Raises Invalid (a stream that is not
    exclusive, or has no bout), Conflict (not submitted; changed meanwhile), NotFound, NotAllowed.
    """
    row = row_of(lab.store, coding_id)
    coding_access.require(lab, person, "coding.view", row)
    access.require(person, "observation.edit")
    if row["state"] != "submitted":
        raise Conflict("Only a submitted coding gives its stream as episodes. Submit it first.", code="open")
    found = record(lab, coding_id)
    where = place(lab, row["observation_id"])
    before = where.observation["episodes"]
    wanted = of_bouts(found.coding, _stream(found.scheme, stream_id), before)
    if not wanted:
        raise Invalid("This stream has no bout that can be an episode. Choose another stream.")
    wanted = in_order(wanted, where.end_us)
    _write(lab, person, where, wanted, before, coding=coding_id, stream=stream_id)
    return [one.to_json() for one in wanted]


def adoptable(lab: Lab, person: Person, observation_id: str) -> list[Row]:
    """The streams that `adopt` takes: {"coding", "coder", "stream", "name", "count" of episodes}, the newest coding first."""
    found = []
    for row in reversed(lab.store.all("coding", observation_id=observation_id, state="submitted")):
        if not coding_access.may(lab, person, "coding.view", row):
            continue
        one = record(lab, row["id"])
        for stream in filter(_is_fit, one.scheme.streams):
            count = len(of_bouts(one.coding, stream))
            if count:
                found.append({"coding": one.id, "coder": one.coder, "stream": stream.id, "name": stream.name, "count": count})
    return found


def changes(lab: Lab, person: Person, observation_id: str) -> list[Row]:
    """What was changed, the newest first: {"made_at", "person" (a name), "before", "after", and where they were adopted from
    "coding" and "stream"}."""
    access.require(person, "observation.view")
    known = {row["id"]: row["name"] for row in lab.store.all("person", binned=True)}
    rows = reversed(lab.store.all("log", action=ACTION, about=observation_id))
    return [{"made_at": row["made_at"], "person": known.get(row["person_id"], ""), **row["detail"]} for row in rows]


def why_fixed(person: Person, coding: Mapping[str, Any]) -> str | None:
    """Why `person` cannot change the episodes from the page of `coding` (a row), in words; None if they can."""
    if coding["state"] == "submitted":
        return "This coding is submitted: it keeps its episodes. Change them on the Studies page or from an open coding."
    if not access.may(person, "observation.edit"):
        return "Researchers and supervisors change the episodes of an observation; ask one of them."
    return None


def _cleaned(row: Mapping[str, Any]) -> Episode:
    return Episode(str(row["id"]), names.clean(str(row["name"]), "an episode"), row["onset_us"], row["offset_us"])


def _write(lab: Lab, person: Person, where: Place, wanted: list[Episode], before: list[Any], **origin: str) -> None:
    """One transaction: the episodes, if they still are `before`, and the line in the log; nothing if nothing changes."""
    observation_id, after = where.observation["id"], [one.to_json() for one in wanted]
    with lab.store.transaction() as rows:
        rows.lock("observation", observation_id)
        now = _now(rows, observation_id)
        if now != before:
            raise Conflict(
                "The episodes were changed by somebody else meanwhile: nothing was kept. Look at them and repeat it.",
                code="stale",
            )
        if after == now:
            return
        rows.update("observation", observation_id, episodes=after)
        detail = {"before": now, "after": after, **origin}
        rows.insert("log", person_id=person["id"], action=ACTION, about=observation_id, detail=detail)


def _now(rows: Rows, observation_id: str) -> list[Row]:
    row = rows.get("observation", observation_id)
    if row is None:
        raise NotFound(f"There is no observation {observation_id}. Open the Studies page for the list.")
    if row["binned_at"] is not None:
        raise Conflict("This observation is in the bin. Restore it first.", code="binned")
    return list(row["episodes"])


def _stream(scheme: Scheme, stream_id: str) -> Stream:
    found = next((one for one in scheme.streams if one.id == stream_id), None)
    if found is None:
        raise NotFound(f"The scheme of this coding has no stream {stream_id}.")
    if not _is_fit(found):
        raise Invalid(f"{found.name} is no exclusive stream of states: its bouts may overlap. Choose another stream.")
    return found


def _is_fit(stream: Stream) -> bool:
    return stream.kind == "state" and stream.exclusive
