"""The data folder: where it is, backups, the folders videos are picked from, and what has been worked on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

from coder_app.jobs import queue
from coder_app.web import words
from coder_app.web.components import empty, facts_list, jobs, table
from coder_app.web.components.table import Action, Cell, Column, Line
from coder_app.web.dialogs import data_dialogs
from coder_app.workflow import access, backup, media

Row = dict[str, Any]

BACKUP_COLUMNS = (Column("Backup"), Column("Made"), Column("Size", number=True), Column("Actions", hidden=True))
ROOT_COLUMNS = (Column("Folder"), Column("State"), Column("Actions", hidden=True))
JOBS_SHOWN = 15
ALIVE = ("waiting", "running")


def show(lab: Any, person: Row) -> None:
    facts_list.show({"Data folder": str(lab.folder.path), "Free on its drive": words.size(lab.folder.free_bytes())})
    st.header("Backups", anchor=False)
    _backups(lab, person)
    st.header("Folders videos are picked from", anchor=False)
    _roots(lab, person)
    st.header("Work done in the background", anchor=False)
    _jobs(lab, person)


def _backups(lab: Any, person: Row) -> None:
    if not access.may(person, "backup.make"):
        st.caption("Supervisors make and restore backups.")
        return
    st.caption(
        "A backup holds all records and the videos copied into the data folder; videos left in their own folders are not in it."
    )
    if st.button("Make a backup", icon=":material/archive:"):
        backup.enqueue(lab, person)
    alive = [job for job in queue.about(lab.store, lab.folder_id) if job["state"] in ALIVE]
    if jobs.show("data_backup_jobs", alive, may_cancel=True):
        st.rerun()
    made = backup.listing(lab, person)
    if not made:
        empty.show("No backups yet", "Make one before anything large, and copy it to another drive.")
        return
    lines = [
        Line(
            row["path"],
            (
                Cell(row["name"], under=str(Path(row["path"]).parent)),
                Cell(words.moment(row["made_at"])),
                Cell(words.size(row["size_bytes"]), number=True),
                Cell(actions=[Action("restore", "Restore")]),
            ),
        )
        for row in made
    ]
    pressed = table.show("data_backups", BACKUP_COLUMNS, lines)
    if pressed is not None:
        data_dialogs.restore(lab, person, pressed.row)


def _roots(lab: Any, person: Row) -> None:
    may_edit = access.may(person, "media.edit")
    own, *added = media.roots(lab)
    if may_edit and st.button("Open a folder for picking", icon=":material/create_new_folder:"):
        data_dialogs.add_root(lab, person)
    lines = [_root(own, "the data folder's own", [])]
    lines += [_root(root, "", [Action("remove", "Take off the list")] if may_edit else []) for root in added]
    pressed = table.show("data_roots", ROOT_COLUMNS, lines)
    if pressed is not None:
        media.remove_root(lab, person, pressed.row)
        st.rerun()


def _root(root: Path, under: str, actions: list[Action]) -> Line:
    there = root.is_dir()
    state = Cell("there" if there else "not found", tone="good" if there else "bad")
    return Line(str(root), (Cell(str(root), under=under), state, Cell(actions=actions)))


def _jobs(lab: Any, person: Row) -> None:
    recent = queue.recent(lab.store, JOBS_SHOWN)[:JOBS_SHOWN]
    if not recent:
        empty.show(
            "Nothing yet", "Filmstrips, waveforms, working copies and backups are made in the background and stand here."
        )
    jobs.show("data_jobs", recent, access.may(person, "jobs.cancel"))
