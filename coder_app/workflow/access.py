"""Who may do what: the one function that every route, page, command and workflow function asks.

There are three roles. A supervisor may do everything. A researcher runs studies, imports videos and codes, and sees another
coder's marks on an observation (or a key) only after submitting a coding of their own there. A student codes, and after
submitting sees the key, never another person's marks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from coder_app.errors import NotAllowed

ROLES = ("researcher", "supervisor", "student")

Thing = Mapping[str, Any] | None
Rule = Callable[[Mapping[str, Any], Thing], bool]


def _anyone(person: Mapping[str, Any], thing: Thing) -> bool:
    return True


def _researchers(person: Mapping[str, Any], thing: Thing) -> bool:
    return person["role"] == "researcher"


def _supervisors(person: Mapping[str, Any], thing: Thing) -> bool:
    return False


def _own(person: Mapping[str, Any], thing: Thing) -> bool:
    """Their own, or (nothing named yet) any of the kind."""
    return thing is None or thing.get("person_id") in (None, person["id"])


def _made_or_researchers(person: Mapping[str, Any], thing: Thing) -> bool:
    """What they made themselves; researchers also what others made."""
    return person["role"] == "researcher" or (thing is not None and thing.get("person_id") == person["id"])


def _own_start(person: Mapping[str, Any], thing: Thing) -> bool:
    """A coding for oneself; keys are made by supervisors."""
    return _own(person, thing) and not (thing or {}).get("is_key", False)


def _seen_after_own(person: Mapping[str, Any], thing: Thing) -> bool:
    """Marks: one's own always; a key after submitting; another coder's after submitting, and never for a student."""
    if thing is None or thing.get("person_id") == person["id"]:
        return True
    if not thing.get("viewer_submitted", False):
        return False
    return person["role"] == "researcher" or bool(thing.get("is_key", False))


# Action -> what it is called in a refusal, and the rule for those who are not supervisors (they may do everything).
ACTIONS: dict[str, tuple[str, Rule]] = {
    "study.view": ("see studies", _anyone),
    "study.edit": ("change studies", _researchers),
    "people.edit": ("change people and roles", _supervisors),
    "observation.view": ("see observations", _anyone),
    "observation.edit": ("change observations", _researchers),
    "media.view": ("see videos", _anyone),
    "media.add": ("add videos", _researchers),
    "media.edit": ("change videos and the folders they are picked from", _researchers),
    "region.draw": ("draw regions of a picture", _anyone),
    "region.edit": ("change this region", _made_or_researchers),
    "coding.view": ("see this coding", _seen_after_own),
    "coding.start": ("start this coding", _own_start),
    "coding.write": ("write in this coding", _own),
    "coding.take_over": ("take this coding over", _own),
    "coding.submit": ("submit this coding", _own),
    "coding.reopen": ("reopen this coding", _own),
    "coding.bin": ("move this coding into the bin", _own),
    "agreement.view": ("see this agreement", _seen_after_own),
    "agreement.run": ("compare these codings", _seen_after_own),
    "bin.empty": ("empty the bin", _supervisors),
    "backup.make": ("make a backup", _supervisors),
    "backup.restore": ("restore a backup", _supervisors),
    "jobs.view": ("see jobs", _anyone),
    "jobs.cancel": ("cancel this job", _made_or_researchers),
}


def may(person: Mapping[str, Any], action: str, thing: Thing = None) -> bool:
    """Whether `person` (a row with `id`, `role`, `binned_at`) may do `action`, one of `ACTIONS`, to `thing`.

    `thing` is None (may they at all?) or a row with what the rule reads: for codings and agreement runs `person_id`,
    `is_key` and `viewer_submitted` (has this person submitted a coding of that observation, or of both compared ones).
    Raises KeyError for an action that does not exist: that is a mistake in the program.
    """
    _, rule = ACTIONS[action]
    if person.get("binned_at") is not None:
        return False
    return person["role"] == "supervisor" or rule(person, thing)


def require(person: Mapping[str, Any], action: str, thing: Thing = None) -> None:
    """Raise NotAllowed, with the reason and the way on, unless `may`."""
    if may(person, action, thing):
        return
    name, role = person["name"], person["role"]
    if person.get("binned_at") is not None:
        raise NotAllowed(f"{name} is in the bin and may do nothing. Choose another person, or restore {name}.")
    what, rule = ACTIONS[action]
    if rule is _seen_after_own:
        raise NotAllowed(f"{name} ({role}) may not {what} yet. {_way_to_see(person)}")
    raise NotAllowed(f"{name} ({role}) may not {what}. {_who_may(rule)}")


def _way_to_see(person: Mapping[str, Any]) -> str:
    if person["role"] == "student":
        return "Submit your own coding first; then its key is shown. Other people's codings stay closed to students."
    return "Submit your own coding of this observation first; until then other marks and the key stay closed."


def _who_may(rule: Rule) -> str:
    if rule is _researchers:
        return "Ask a researcher or a supervisor."
    if rule is _made_or_researchers:
        return "Only who began it, a researcher or a supervisor may."
    if rule is _own:
        return "Only its own coder or a supervisor may."
    if rule is _own_start:
        return "Ask a supervisor: people start codings for themselves, supervisors for anybody, and only they make keys."
    return "Ask a supervisor."
