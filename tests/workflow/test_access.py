"""The table of who may do what, from the contract: supervisor everything; own coding first, then the others'."""

from __future__ import annotations

import pytest

from coder_app.errors import NotAllowed
from coder_app.workflow import access


def person(role: str, **more: object) -> dict:
    return {"id": f"id-{role}", "name": role.title(), "role": role, "binned_at": None, **more}


def coding(owner: str, *, is_key: bool = False, submitted: bool = False) -> dict:
    return {
        "person_id": f"id-{owner}",
        "state": "open",
        "is_key": is_key,
        "observation_id": "o1",
        "viewer_submitted": submitted,
    }


@pytest.mark.parametrize("action", access.ACTIONS)
def test_a_supervisor_may_do_everything(action: str) -> None:
    assert access.may(person("supervisor"), action, coding("researcher", is_key=True))
    assert access.may(person("supervisor"), action)


@pytest.mark.parametrize("action", access.ACTIONS)
@pytest.mark.parametrize("role", access.ROLES)
def test_somebody_in_the_bin_may_do_nothing(action: str, role: str) -> None:
    gone = person(role, binned_at="2026-01-01T00:00:00.000Z")
    assert not access.may(gone, action)
    with pytest.raises(NotAllowed, match="in the bin"):
        access.require(gone, action)


# Role -> what they may not do at all, also when nothing in particular is named.
CLOSED = {
    "researcher": {"people.edit", "bin.empty", "backup.make", "backup.restore"},
    "student": {
        "study.edit",
        "observation.edit",
        "media.add",
        "media.edit",
        "people.edit",
        "bin.empty",
        "backup.make",
        "backup.restore",
        "jobs.cancel",  # but those they asked for
        "region.edit",  # but those they drew
    },
}


@pytest.mark.parametrize("role", CLOSED)
def test_what_is_closed_to_a_role(role: str) -> None:
    assert {action for action in access.ACTIONS if not access.may(person(role), action)} == CLOSED[role]


@pytest.mark.parametrize("action", ["region.edit", "jobs.cancel"])
def test_students_change_what_they_made_and_researchers_what_anyone_made(action: str) -> None:
    assert access.may(person("student"), action, {"person_id": "id-student"})
    assert access.may(person("researcher"), action, {"person_id": "id-student"})
    with pytest.raises(NotAllowed, match="Only who began it, a researcher or a supervisor may"):
        access.require(person("student"), action, {"person_id": "id-researcher"})


SEEING = [
    # viewer, coding, allowed
    ("researcher", coding("researcher"), True),
    ("researcher", coding("student"), False),
    ("researcher", coding("student", submitted=True), True),
    ("researcher", coding("supervisor", is_key=True), False),
    ("researcher", coding("supervisor", is_key=True, submitted=True), True),
    ("researcher", coding("researcher", is_key=True), True),  # whoever made a key knows it
    ("student", coding("student"), True),
    ("student", coding("researcher", submitted=True), False),
    ("student", coding("supervisor", is_key=True), False),
    ("student", coding("supervisor", is_key=True, submitted=True), True),
]


@pytest.mark.parametrize(("viewer", "thing", "allowed"), SEEING)
@pytest.mark.parametrize("action", ["coding.view", "agreement.view", "agreement.run"])
def test_marks_are_seen_after_submitting_ones_own(viewer: str, thing: dict, allowed: bool, action: str) -> None:
    assert access.may(person(viewer), action, thing) is allowed


@pytest.mark.parametrize("action", ["write", "take_over", "submit", "reopen", "bin", "start"])
@pytest.mark.parametrize("role", ["researcher", "student"])
def test_only_the_coder_changes_a_coding(action: str, role: str) -> None:
    other = "student" if role == "researcher" else "researcher"
    assert access.may(person(role), f"coding.{action}", coding(role))
    assert not access.may(person(role), f"coding.{action}", coding(other, submitted=True))


def test_only_supervisors_start_keys() -> None:
    assert not access.may(person("researcher"), "coding.start", coding("researcher", is_key=True))


def test_a_refusal_names_person_role_action_and_way_on() -> None:
    with pytest.raises(NotAllowed, match=r"Researcher \(researcher\) may not see this coding yet\. Submit your own"):
        access.require(person("researcher"), "coding.view", coding("student"))
    with pytest.raises(NotAllowed, match=r"may not change people and roles\. Ask a supervisor\."):
        access.require(person("researcher"), "people.edit")


def test_an_unknown_action_is_a_mistake_in_the_program() -> None:
    with pytest.raises(KeyError):
        access.may(person("student"), "coding.fly")
