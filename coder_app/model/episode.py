"""Episodes of an observation (play, still-face, reunion): named stretches of its time that never overlap."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from itertools import count, pairwise
from typing import Any

from coder_app.errors import Invalid
from coder_app.model.check import ID, MAX_TIME_US
from coder_app.model.clock import timecode
from coder_app.model.coding import Coding
from coder_app.model.ids import new_id
from coder_app.model.scheme import Stream

MOST = 200


@dataclass(frozen=True, slots=True)
class Episode:
    """A stretch `[onset_us, offset_us)` on the observation's clock. Ratings name the id, which stays when it is moved."""

    id: str
    name: str
    onset_us: int
    offset_us: int

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def in_order(episodes: Iterable[Episode], end_us: int) -> list[Episode]:
    """By onset. `end_us` is the end of the observation, 0 where it has no video.

    Raises Invalid: more than 200, an id or name given twice, a time that cannot be, an end that is not later than its
    start or lies behind the observation, two that overlap.
    """
    found = sorted(episodes, key=lambda one: one.onset_us)
    if len(found) > MOST:
        raise Invalid(f"An observation has at most {MOST} episodes, not {len(found)}. Make fewer and longer ones.")
    for one in found:
        _check(one, end_us)
    _check_once((one.id for one in found), "The id")
    _check_once((one.name.casefold() for one in found), "The name")
    for one, other in pairwise(found):
        if other.onset_us < one.offset_us:
            ends = timecode(one.offset_us)
            begins = timecode(other.onset_us)
            raise Invalid(
                f"{other.name} begins at {begins}, before {one.name} ends at {ends}. Episodes do not overlap: move one."
            )
    return found


def of_bouts(coding: Coding, stream: Stream, before: Iterable[Mapping[str, Any]] = ()) -> list[Episode]:
    """The scorable bouts of an exclusive stream as episodes: each is named after its code, with a number where the code comes
    again, and keeps the id that an episode of that name had `before`. An open bout ends at its reach."""
    names = {code.id: code.name for code in stream.codes if not code.unscorable}
    known = {str(one["name"]).casefold(): str(one["id"]) for one in before}
    found: list[Episode] = []
    taken: set[str] = set()
    for bout in coding.bouts(stream.id):
        onset, offset = bout.onset_us or 0, coding.reach_us(bout)
        if bout.code not in names or offset <= onset:
            continue
        name = free_name(names[bout.code], taken)
        taken.add(name.casefold())
        found.append(Episode(known.get(name.casefold()) or new_id(), name, onset, offset))
    return found


def free_name(wanted: str, taken: Iterable[str]) -> str:
    """`wanted`, or with the first number that makes a name not among `taken` (which are casefolded)."""
    used = set(taken)
    numbered = (wanted if number == 1 else f"{wanted} {number}" for number in count(1))
    return next(name for name in numbered if name.casefold() not in used)


def _check(one: Episode, end_us: int) -> None:
    if not ID.fullmatch(one.id):
        raise Invalid(f"The id of the episode {one.name} must be 1 to 64 letters, digits or _ . : -")
    if any(type(t) is not int or not 0 <= t <= MAX_TIME_US for t in (one.onset_us, one.offset_us)):
        raise Invalid(f"{one.name} needs a start and an end in whole microseconds from 0 on.")
    if one.offset_us <= one.onset_us:
        raise Invalid(f"{one.name} must end after it begins, at {timecode(one.onset_us)}. Give it a later end.")
    if 0 < end_us < one.offset_us:
        end = timecode(end_us)
        raise Invalid(
            f"{one.name} ends at {timecode(one.offset_us)}, after the end of the observation. End it at {end} at the latest."
        )


def _check_once(values: Iterable[str], what: str) -> None:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise Invalid(
                f"{what} {value} stands twice among the episodes. Give each one of its own, for example with a number."
            )
        seen.add(value)
