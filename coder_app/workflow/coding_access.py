"""What the rules of access read of a coding, and the one way to ask them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from coder_app.workflow import access
from coder_app.workflow.lab import Lab

SEEING = ("coding.view", "agreement.view", "agreement.run")

Row = dict[str, Any]


def thing(lab: Lab, person: Mapping[str, Any], coding: Mapping[str, Any]) -> Row:
    """The coding as `access.may` wants it; `viewer_submitted`: has `person` a submitted coding of the observation?"""
    own = lab.store.all(
        "coding", observation_id=coding["observation_id"], person_id=person["id"], state="submitted", is_key=False
    )
    return _plain(coding) | {"viewer_submitted": bool(own)}


def may(lab: Lab, person: Mapping[str, Any], action: str, coding: Mapping[str, Any]) -> bool:
    return access.may(person, action, _needed(lab, person, action, coding))


def require(lab: Lab, person: Mapping[str, Any], action: str, coding: Mapping[str, Any]) -> None:
    """Raises NotAllowed unless `person` may do `action` to the coding (a row)."""
    access.require(person, action, _needed(lab, person, action, coding))


def _needed(lab: Lab, person: Mapping[str, Any], action: str, coding: Mapping[str, Any]) -> Row:
    """Whether the viewer has submitted is looked up only where it matters: not for each key press."""
    if action not in SEEING or person["role"] == "supervisor":
        return _plain(coding) | {"viewer_submitted": False}
    return thing(lab, person, coding)


def _plain(coding: Mapping[str, Any]) -> Row:
    return {name: coding[name] for name in ("id", "person_id", "state", "is_key", "observation_id")}
