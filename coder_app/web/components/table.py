"""A table in our own dress: small pictures, links, states, and presses that the page hears about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from coder_app.web.components import door

_component = door.component("table")


@dataclass(frozen=True, slots=True)
class Press:
    """What was pressed, in which row."""

    name: str
    row: str


@dataclass(frozen=True, slots=True)
class Action:
    """A press: `name` comes back to the page, `label` is read. With `href` it is a link to another page of the app."""

    name: str
    label: str
    href: str | None = None
    main: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """Text, and under it a quieter line. `tone`: "", good, wait, bad, quiet draw it as a small mark."""

    text: str = ""
    under: str = ""
    tone: str | None = None
    number: bool = False
    picture: dict[str, Any] | None = None
    actions: Sequence[Action] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table; neighbours of one `group` share the cells at the places `shared`, which are those of the first."""

    id: str
    cells: Sequence[Cell]
    group: str = ""
    shared: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """`hidden` titles are for screen readers: pictures and presses need no word above them."""

    title: str
    number: bool = False
    width: str = ""
    hidden: bool = False


def show(key: str, columns: Sequence[Column], lines: Sequence[Line]) -> Press | None:
    """The press made since the last run, if any."""
    data = {"columns": [asdict(column) for column in columns], "lines": [asdict(line) for line in lines]}
    pressed = _component(key=key, data=data, on_press_change=lambda: None).press
    return None if not pressed else Press(str(pressed["name"]), str(pressed["row"]))
