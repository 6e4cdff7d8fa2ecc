"""The list of codings, each with the names of everything it belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from coder_app.workflow import access
from coder_app.workflow.lab import Lab

KEPT = (
    "id", "label", "state", "is_key", "revision", "person_id", "observation_id", "scheme_version_id", "pass_id",
    "made_at", "changed_at",
)  # fmt: skip

Row = dict[str, Any]


def listing(lab: Lab, person: Mapping[str, Any], observation_id: str | None = None) -> list[Row]:
    """The codings (of one observation, or all) not in the bin, oldest first.

    Each has the columns of `coding` and `coder`, `observation`, `study` (names), `study_id`, `media_id`, `scheme` (its id),
    `scheme_version`, `scheme_name`, `operation_count`, `event_count` (None where `person` may not see the marks),
    `submitted_at`, `recovered` (its recovered versions: `id`, `made_at`, `count`, `why`), and what `person` may do:
    `may_view`, `may_write`, `may_submit`, `may_reopen`, `may_bin`.
    """
    access.require(person, "observation.view")
    names = _Names(lab, person, observation_id)
    return [names.row(one) for one in names.codings if one["state"] != "recovered" and names.is_shown(one)]


class _Names:
    """All that the list needs, read once."""

    def __init__(self, lab: Lab, person: Mapping[str, Any], observation_id: str | None) -> None:
        only: dict[str, Any] = {} if observation_id is None else {"observation_id": observation_id}
        self.person = person
        with lab.store.reading() as rows:
            self.codings = rows.all("coding", **only)
            self.people = _by_id(rows.all("person", binned=True))
            self.observations = _by_id(rows.all("observation", binned=True))
            self.studies = _by_id(rows.all("study", binned=True))
            self.schemes = _by_id(rows.columns("scheme_version", "id", "scheme_id", "version", "name"))
            submissions = rows.columns("submission", "coding_id", "made_at")
        self.submitted_at: dict[str, str] = {}
        for one in sorted(submissions, key=lambda row: row["made_at"]):
            self.submitted_at[one["coding_id"]] = one["made_at"]
        self.recovered: dict[str, list[Row]] = {}
        for one in self.codings:
            if one["recovered_from"] is not None:
                self.recovered.setdefault(one["recovered_from"], []).append(version(one))
        self.own = {
            one["observation_id"]
            for one in self.codings
            if one["person_id"] == person["id"] and one["state"] == "submitted" and not one["is_key"]
        }

    def is_shown(self, coding: Row) -> bool:
        """Whether neither its observation nor its study is in the bin."""
        observation = self.observations[coding["observation_id"]]
        study = self.studies[observation["study_id"]]
        return observation["binned_at"] is None and study["binned_at"] is None

    def row(self, coding: Row) -> Row:
        observation = self.observations[coding["observation_id"]]
        scheme = self.schemes[coding["scheme_version_id"]]
        thing = coding | {"viewer_submitted": coding["observation_id"] in self.own}
        may = {name: access.may(self.person, f"coding.{name}", thing) for name in ("view", "write", "submit", "reopen", "bin")}
        return {name: coding[name] for name in KEPT} | {
            "coder": self.people[coding["person_id"]]["name"],
            "observation": observation["name"],
            "study": self.studies[observation["study_id"]]["name"],
            "study_id": observation["study_id"],
            "media_id": observation["media_id"],
            "scheme": scheme["scheme_id"],
            "scheme_version": scheme["version"],
            "scheme_name": scheme["name"],
            "operation_count": coding["revision"] if may["view"] else None,
            "event_count": coding["event_count"] if may["view"] else None,
            "submitted_at": self.submitted_at.get(coding["id"]) if coding["state"] == "submitted" else None,
            "recovered": self.recovered.get(coding["id"], []),
            "may_view": may["view"],
            "may_write": may["write"] and coding["state"] == "open",
            "may_submit": may["submit"] and coding["state"] == "open",
            "may_reopen": may["reopen"] and coding["state"] == "submitted",
            "may_bin": may["bin"],
        }


def version(recovered: Row) -> Row:
    """A recovered version in a list: how many operations it holds, and why."""
    return {
        "id": recovered["id"],
        "made_at": recovered["made_at"],
        "count": recovered["revision"],
        "why": recovered["recovered_why"],
        "person_id": recovered["person_id"],
    }


def _by_id(rows: list[Row]) -> dict[str, Row]:
    return {row["id"]: row for row in rows}
