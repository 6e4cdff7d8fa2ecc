"""What is wrong with a scheme file: one `Problem` a place, all of them in one `SchemeFileError`."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from coder_app.errors import SchemeError

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend. `place` is like "streams[2].codes[1].hotkey", empty for the file as a whole; `line` counts from 1."""

    file: str
    place: str
    found: str
    expected: str
    hint: str = ""
    line: int | None = None

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file} line {self.line}"
        place = f" {self.place}:" if self.place else ""
        hint = f" {self.hint}" if self.hint else ""
        return f"{where}:{place} {self.found}; expected {self.expected}.{hint}"

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "message": str(self)}


class SchemeFileError(SchemeError):
    """A scheme file with problems; `problems` holds every one in the order of the file."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem before the file is known: `path` walks the keys and indexes from the top; `line` only where it is not the
    line of that place."""

    path: Path
    found: str
    expected: str
    hint: str = ""
    line: int | None = None


def place_of(path: Path) -> str:
    """("streams", 2, "codes", 1, "hotkey") -> "streams[2].codes[1].hotkey"."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def did_you_mean(word: object, known: Iterable[object]) -> str:
    """A hint naming the nearest of `known`, or else listing them when they are few; "" when nothing helps."""
    names = [str(name) for name, _ in zip(known, range(200), strict=False)]
    near = difflib.get_close_matches(str(word)[:64], names, n=1, cutoff=0.6)
    if near:
        return f"Did you mean '{near[0]}'?"
    return f"Known here: {', '.join(names)}." if 0 < len(names) <= 16 else ""


def shown(value: object) -> str:
    """A value as a message shows it: short, quoted when it is text."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list" if value else "an empty list"
    text = str(value)
    text = text if len(text) <= 40 else text[:37] + "..."
    return f"'{text}'" if isinstance(value, str) else text
