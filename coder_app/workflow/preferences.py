"""What each person has chosen for themselves: keys, volumes, panels. Small values by name, theirs alone."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from typing import Any

from coder_app.errors import Invalid
from coder_app.store.rows import Row, Rows
from coder_app.workflow.lab import Lab

NAME = re.compile(r"[a-z][A-Za-z0-9._-]{0,63}")
MOST_NAMES = 200
MOST_BYTES = 32_768  # of one value
MOST_BYTES_IN_ALL = 131_072
DEPTH = 8
KEYS = "keys"  # the key map
MOST_KEYS = 8  # of one command
CHORD = re.compile(r"(?:(?:Ctrl|Alt|Shift)\+){0,3}\S{1,24}")

Person = Mapping[str, Any]


def read(lab: Lab, person: Person) -> dict[str, Any]:
    """Everything `person` has chosen, by name."""
    return dict(lab.store.setting(_place(person), {}))


def keep(lab: Lab, person: Person, values: Mapping[str, Any]) -> dict[str, Any]:
    """Keep these values beside those kept before; None forgets one. Returns all of them. Raises Invalid and keeps none."""
    for name, value in values.items():
        _check(name, value)
    with lab.store.transaction() as rows:
        found = rows.get("setting", _place(person))
        kept = {**({} if found is None else found["value"]), **values}
        kept = {name: value for name, value in kept.items() if value is not None}
        if len(kept) > MOST_NAMES or _size(kept) > MOST_BYTES_IN_ALL:
            raise Invalid(f"{person['name']} has chosen more than fits ({MOST_NAMES} preferences). Reset some first.")
        rows.put("setting", name=_place(person), value=kept)
    return kept


def rows_of(rows: Rows, persons: Iterable[Person]) -> list[Row]:
    """The stored rows that hold what these people have chosen; none for who chose nothing."""
    found = (rows.get("setting", _place(person)) for person in persons)
    return [row for row in found if row is not None]


def _place(person: Person) -> str:
    return f"preferences:{person['id']}"[:64]


def _check(name: str, value: Any) -> None:
    if not NAME.fullmatch(name):
        raise Invalid(f"{name[:80]!r} is not the name of a preference: a small letter, then letters, digits, '.', '_' or '-'.")
    if not _plain(value, DEPTH):
        raise Invalid(f"Preference {name}: nested more than {DEPTH} deep, or a number that is none.")
    if _size(value) > MOST_BYTES:
        raise Invalid(f"Preference {name} is larger than {MOST_BYTES // 1024} KB.")
    if name == KEYS and value is not None:
        _check_keys(value)


def _plain(value: Any, depth: int) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, Mapping):
        return depth > 0 and all(isinstance(key, str) and _plain(inner, depth - 1) for key, inner in value.items())
    if isinstance(value, (list, tuple)):
        return depth > 0 and all(_plain(inner, depth - 1) for inner in value)
    return value is None or isinstance(value, (bool, int, str))


def _size(value: Any) -> int:
    return len(json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def _check_keys(value: Any) -> None:
    """`{"preset": name, "changes": {preset: {command: [chords]}}}`: a map that no page can fall over."""
    fine = isinstance(value, dict) and set(value) <= {"preset", "changes"} and isinstance(value.get("preset", ""), str)
    changes = value.get("changes", {}) if fine else None
    if not isinstance(changes, dict) or not all(isinstance(own, dict) for own in changes.values()):
        raise Invalid("The key map has a preset and changes of presets, nothing else.")
    for own in changes.values():
        _check_changes(own)


def _check_changes(own: Mapping[str, Any]) -> None:
    taken: dict[str, str] = {}
    for command, chords in own.items():
        if not NAME.fullmatch(command) or not isinstance(chords, list) or not 1 <= len(chords) <= MOST_KEYS:
            raise Invalid(f"The key map gives {command[:80]} no list of 1 to {MOST_KEYS} keys.")
        for chord in chords:
            if not isinstance(chord, str) or not CHORD.fullmatch(chord) or re.fullmatch(r"[A-Za-z0-9]", chord):
                raise Invalid(f"The key map gives {command} the key {str(chord)[:40]!r}, which cannot be a command's.")
            if chord in taken:
                raise Invalid(f"The key map gives {chord} to {taken[chord]} and to {command}.")
            taken[chord] = command
