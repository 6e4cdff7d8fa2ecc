"""The people of a lab: who there is, in which role. There is always at least one supervisor."""

from __future__ import annotations

import getpass
from typing import Any

from coder_app.errors import Conflict, Invalid, NotFound
from coder_app.model.ids import new_id, now
from coder_app.workflow import access, names
from coder_app.workflow.lab import Lab

Person = dict[str, Any]


def everyone(lab: Lab) -> list[Person]:
    """All people not in the bin, in the order they were made."""
    return sorted(lab.store.all("person"), key=lambda p: (p["made_at"], p["id"]))


def get(lab: Lab, person_id: str) -> Person:
    """The person with that id, also from the bin. Raises NotFound."""
    found = lab.store.get("person", person_id)
    if found is None:
        raise NotFound(f"There is no person {person_id}. See the list of people: coder-app people list")
    return found


def find(lab: Lab, name: str) -> Person | None:
    """The person of exactly that name (spaces and Unicode form aside), also from the bin."""
    wanted = names.clean(name, "a person")
    return next((p for p in lab.store.all("person", binned=True) if p["name"] == wanted), None)


def first(lab: Lab) -> Person:
    """The supervisor who has been there longest; an empty lab gets one, named after the system account."""
    supervisor = next((p for p in everyone(lab) if p["role"] == "supervisor"), None)
    if supervisor is not None:
        return supervisor
    return _make(lab, _account_name(), "supervisor", by=None)


def add(lab: Lab, person: Person, name: str, role: str) -> Person:
    """A new person. Raises NotAllowed, Invalid (role, name), Conflict (the name is taken, perhaps by somebody in the bin)."""
    access.require(person, "people.edit")
    _check_role(role)
    _check_free(lab, name)
    return _make(lab, name, role, by=person["id"])


def named(lab: Lab, name: str, role: str = "researcher") -> Person:
    """The person of that name, made with `role` if there is none: for scripts, which name coders rather than choose them."""
    found = find(lab, name)
    if found is None:
        _check_role(role)
        return _make(lab, name, role, by=None)
    if found["binned_at"] is not None:
        raise Conflict(f"{found['name']} is in the bin. Restore that person, or use another name.")
    return found


def rename(lab: Lab, person: Person, person_id: str, name: str) -> Person:
    """Another name for the same person; what they have coded follows."""
    access.require(person, "people.edit")
    before = get(lab, person_id)
    name = names.clean(name, "a person")
    if name != before["name"]:
        _check_free(lab, name)
        lab.store.update("person", person_id, name=name)
        lab.store.log(person["id"], "people.rename", person_id, before=before["name"], after=name)
    return get(lab, person_id)


def set_role(lab: Lab, person: Person, person_id: str, role: str) -> Person:
    """Another role. Raises Conflict for the last supervisor."""
    access.require(person, "people.edit")
    _check_role(role)
    before = get(lab, person_id)
    if role != before["role"]:
        if role != "supervisor":
            _check_not_last(lab, before)
        lab.store.update("person", person_id, role=role)
        lab.store.log(person["id"], "people.role", person_id, before=before["role"], after=role)
    return get(lab, person_id)


def bin(lab: Lab, person: Person, person_id: str) -> None:
    """Into the bin; their codings stay where they are. Raises Conflict for the last supervisor."""
    access.require(person, "people.edit")
    before = get(lab, person_id)
    _check_not_last(lab, before)
    lab.store.update("person", person_id, binned_at=now())
    lab.store.log(person["id"], "people.bin", person_id, name=before["name"])


def restore(lab: Lab, person: Person, person_id: str) -> Person:
    access.require(person, "people.edit")
    get(lab, person_id)
    lab.store.update("person", person_id, binned_at=None)
    lab.store.log(person["id"], "people.restore", person_id)
    return get(lab, person_id)


def _make(lab: Lab, name: str, role: str, by: str | None) -> Person:
    person_id = new_id()
    name = names.clean(name, "a person")
    lab.store.insert("person", id=person_id, name=name, role=role, made_at=now(), binned_at=None)
    lab.store.log(by, "people.add", person_id, name=name, role=role)
    return get(lab, person_id)


def _account_name() -> str:
    try:
        return names.clean(getpass.getuser(), "a person")
    except (OSError, KeyError, ImportError, Invalid):  # an account without a name, as in some containers
        return "Supervisor"


def _check_role(role: str) -> None:
    if role not in access.ROLES:
        raise Invalid(f"{role!r} is not a role. The roles are {', '.join(access.ROLES)}.")


def _check_free(lab: Lab, name: str) -> None:
    taken = find(lab, name)
    if taken is not None:
        where = " and is in the bin; restore them there" if taken["binned_at"] is not None else ""
        raise Conflict(f"{taken['name']} exists already{where}. Every person needs a name of their own.")


def _check_not_last(lab: Lab, leaving: Person) -> None:
    others = [p for p in everyone(lab) if p["role"] == "supervisor" and p["id"] != leaving["id"]]
    if leaving["role"] == "supervisor" and leaving["binned_at"] is None and not others:
        raise Conflict(f"{leaving['name']} is the last supervisor. Make somebody else a supervisor first.")
