"""The bin: what has been deleted, with its way back."""

from __future__ import annotations

from typing import Any

import streamlit as st

from coder_app.web import words
from coder_app.web.components import empty, table
from coder_app.web.components.attempt import attempt
from coder_app.web.components.table import Action, Cell, Column, Line
from coder_app.web.dialogs import bin_dialogs
from coder_app.workflow import access, bin

Row = dict[str, Any]

COLUMNS = (Column("What"), Column("Kind"), Column("With it"), Column("Since"), Column("Actions", hidden=True))


def show(lab: Any, person: Row) -> None:
    items = bin.contents(lab, person)
    if not items:
        empty.show("The bin is empty", "What is moved to the bin stands here until the bin is emptied, and can be restored.")
        return
    if access.may(person, "bin.empty") and st.button("Empty the bin", icon=":material/delete_forever:"):
        bin_dialogs.empty_it(lab, person)
    pressed = table.show("bin_table", COLUMNS, [_line(item) for item in items])
    if pressed is not None:
        kind, _, item_id = pressed.row.partition(" ")
        with attempt():
            bin.restore(lab, person, kind, item_id)
            st.rerun()


def _line(item: Row) -> Line:
    cells = (
        Cell(item["name"]),
        Cell(item["kind"]),
        Cell(item["holds"] or words.DASH),
        Cell(words.moment(item["binned_at"])),
        Cell(actions=[Action("restore", "Restore")] if item["may_restore"] else []),
    )
    return Line(f"{item['table']} {item['id']}", cells)
