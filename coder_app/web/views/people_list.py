"""The people of the lab and their roles."""

from __future__ import annotations

from collections import Counter
from typing import Any

import streamlit as st

from coder_app.web import place, visitor, words
from coder_app.web.components import table
from coder_app.web.components.table import Action, Cell, Column, Line
from coder_app.web.dialogs import people_dialogs
from coder_app.workflow import access

Row = dict[str, Any]

COLUMNS = (Column("Name"), Column("Role"), Column("Codings", number=True), Column("Since"), Column("Actions", hidden=True))
MAY = {
    "supervisor": "may do everything",
    "researcher": "studies, videos, own codings; others' after submitting",
    "student": "own codings; the key after submitting",
}


def show(lab: Any, person: Row) -> None:
    may_edit = access.may(person, "people.edit")
    st.caption(
        "Codings are kept under a person's name. There is no password on one machine: people say who they are at the top right."
    )
    if may_edit and st.button("New person", icon=":material/person_add:"):
        people_dialogs.add(lab, person)
    counts = Counter(coding["person_id"] for coding in lab.store.all("coding", state=["open", "submitted"]))
    lines = [_line(one, counts[one["id"]], may_edit, one["id"] == person["id"]) for one in visitor.choices(place.current().lab)]
    pressed = table.show("people_table", COLUMNS, lines)
    if pressed is not None:
        people_dialogs.change(lab, person, pressed.row)


def _line(one: Row, codings: int, may_edit: bool, is_self: bool) -> Line:
    under = "you" if is_self else "of the sample study" if one["sample"] else ""
    actions = [Action("change", "Change")] if may_edit else []
    cells = (
        Cell(one["name"], under=under),
        Cell(one["role"], under=MAY[one["role"]]),
        Cell(str(codings), number=True),
        Cell(words.moment(one["made_at"])),
        Cell(actions=actions),
    )
    return Line(one["id"], cells)
