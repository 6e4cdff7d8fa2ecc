"""The observations of a study with their codings: who codes what, how far it is, and what to press next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from coder_app.web import words
from coder_app.web.components import table
from coder_app.web.components.table import Action, Cell, Column, Line, Press
from coder_app.web.views.picture import picture
from coder_app.workflow import access

Row = dict[str, Any]

COLUMNS = (
    Column("Picture", width="150px", hidden=True),
    Column("Observation"),
    Column("Length", number=True),
    Column("Coder"),
    Column("Scheme"),
    Column("State"),
    Column("Coding", hidden=True),
    Column("Observation", hidden=True),
)
SHARED = (0, 1, 2, 7)
MOST_LINES = 400


Shares = Mapping[str, Sequence[float | None]]


def show(person: Row, observations: Sequence[Row], codings: Sequence[Row], watched: Shares) -> Press | None:
    """One's own codings first, then the key, then the others.

    Rows are those of `studies.observations` and `codings.listing`, `watched` is `progress.shares` of these; the press names the
    coding and the observation.
    """
    by_observation: dict[str, list[Row]] = {}
    for coding in sorted(codings, key=lambda coding: (coding["person_id"] != person["id"], not coding["is_key"])):
        by_observation.setdefault(coding["observation_id"], []).append(coding)
    lines = [line for row in observations for line in _lines(person, row, by_observation.get(row["id"], []), watched)]
    return table.show("studies_table", COLUMNS, lines[:MOST_LINES])


def _lines(person: Row, observation: Row, codings: Sequence[Row], watched: Shares) -> Iterator[Line]:
    media = observation["media"]
    first = (
        Cell(picture=picture(media)),
        Cell(observation["name"], under=_about(observation)),
        Cell(words.length(None if media is None else media["end_us"]), number=True),
    )
    own = Cell(actions=_observation_actions(person, observation))
    if not codings:
        state = Cell("no video yet", tone="bad") if media is None else Cell("not coded yet", tone="")
        yield Line(observation["id"], (*first, Cell(), Cell(), state, Cell(), own))
    for number, coding in enumerate(codings):
        last = own if number == 0 else Cell()
        cells = (*first, *_coding_cells(person, coding, watched.get(coding["id"], ())), last)
        yield Line(_row_id(observation, coding), cells, observation["id"], SHARED)


def _row_id(observation: Row, coding: Row) -> str:
    """Both ids: a press in a shared cell is about the observation, any other about the coding."""
    return f"{coding['id']} {observation['id']}"


def coding_of(press: Press) -> str:
    return press.row.split(" ")[0]


def observation_of(press: Press) -> str:
    return press.row.split(" ")[-1]


def _about(observation: Row) -> str:
    variables = (f"{name} {value}" for name, value in observation["variables"].items())
    episodes = ", ".join(one["name"] for one in observation["episodes"])
    return " · ".join(filter(None, (words.age(observation["age_months"]), *variables, episodes)))


def _observation_actions(person: Row, observation: Row) -> list[Action]:
    actions = []
    if observation["media"] is not None and access.may(person, "coding.start"):
        actions.append(Action("start", "New coding"))
    if access.may(person, "observation.edit"):
        actions.append(Action("edit", "Change"))
    if observation["media"] is not None:
        actions.append(Action("episodes", "Episodes"))
    return actions


def _coding_cells(person: Row, coding: Row, watched: Sequence[float | None]) -> tuple[Cell, Cell, Cell, Cell]:
    key = "key" if coding["is_key"] else ""
    coder = Cell(coding["coder"], under=" · ".join(filter(None, (key, "you" if coding["person_id"] == person["id"] else ""))))
    scheme = Cell(f"{coding['scheme_name']} {coding['scheme_version']}", under=coding["label"])
    return coder, scheme, _state(coding, watched), Cell(actions=_coding_actions(person, coding))


def _state(coding: Row, watched: Sequence[float | None]) -> Cell:
    count = coding["event_count"]
    marks = "marks shown after your own is submitted" if count is None else words.count(count, "event")
    recovered = words.count(len(coding["recovered"]), "recovered version") if coding["recovered"] else ""
    under = " · ".join(filter(None, (marks, _seen(watched), recovered)))
    if coding["state"] == "submitted":
        return Cell(f"submitted {words.moment(coding['submitted_at'])}", under=under, tone="good")
    return Cell(f"open, {words.moment(coding['changed_at'])}", under=under, tone="wait")


def _seen(watched: Sequence[float | None]) -> str:
    """How much of all passes was watched; each by itself is told under *More*. Nothing where nothing was."""
    parts = [part for part in watched if part is not None]
    return f"watched {words.share(sum(parts) / len(parts))}" if any(parts) else ""


def _coding_actions(person: Row, coding: Row) -> list[Action]:
    href = f"/code?coding={coding['id']}"
    own = coding["person_id"] == person["id"]
    actions = []
    if coding["may_write"]:
        actions.append(Action("open", "Continue" if own else "Open", href=href, main=own))
    elif coding["may_view"]:
        actions.append(Action("open", "View", href=href))
    if coding["may_view"] or coding["may_bin"]:
        actions.append(Action("coding", "More"))
    return actions
