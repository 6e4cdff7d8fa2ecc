"""The videos of the lab, as measured, with the work still going on for them."""

from __future__ import annotations

from typing import Any

import streamlit as st

from coder_app.jobs import queue
from coder_app.web import words
from coder_app.web.components import empty, jobs, table
from coder_app.web.components.attempt import attempt
from coder_app.web.components.table import Action, Cell, Column, Line
from coder_app.web.dialogs import video_dialogs
from coder_app.web.views.picture import picture
from coder_app.workflow import access, media

Row = dict[str, Any]

COLUMNS = (
    Column("Picture", width="150px", hidden=True),
    Column("Video"),
    Column("Length", number=True),
    Column("Frames a second", number=True),
    Column("Frames", number=True),
    Column("Size"),
    Column("State"),
    Column("Actions", hidden=True),
)
COPY_STATES = {
    "not_needed": ("ready", "good"),
    "needed": ("making a working copy", "wait"),
    "ready": ("ready, with a working copy", "good"),
    "failed": ("working copy failed", "bad"),
    "given_up": ("no working copy: cancelled", "bad"),
}
AGAIN = ("failed", "given_up")
ALIVE = ("waiting", "running")


def show(lab: Any, person: Row) -> None:
    may_add = access.may(person, "media.add")
    if may_add and st.button("Add videos", type="primary", icon=":material/add:"):
        video_dialogs.add(lab, person)
    recent = queue.recent(lab.store, 30)  # before the videos: what ends meanwhile is then seen as made
    videos = media.listing(lab, person)
    _jobs(person, recent)
    if not videos:
        empty.show(
            "No videos yet", "Add videos reads the time of every frame; observations are then made of them on the Studies page."
        )
        return
    copying = {job["about"] for job in recent if job["task"] == "working_copy" and job["state"] in ALIVE}
    may_edit = access.may(person, "media.edit")
    lines = [_line(video, _copy_state(video, video["id"] in copying), may_edit) for video in videos]
    pressed = table.show("videos_table", COLUMNS, lines)
    if pressed is None:
        return
    if pressed.name == "again":
        with attempt():
            media.make_again(lab, person, pressed.row)
            st.rerun()
    else:
        video_dialogs.BY_NAME[pressed.name](lab, person, pressed.row)


def _copy_state(video: Row, under_way: bool) -> str:
    """As kept with the video; one that is needed and that nobody is making was given up."""
    state = str(video["working_copy"])
    return "given_up" if state == "needed" and not under_way else state


def _jobs(person: Row, recent: list[Row]) -> None:
    """Those under way, and those that failed last: for the failed ones the reason is what one came for."""
    shown = [job for job in recent if job["state"] in (*ALIVE, "failed")]
    if shown and jobs.show("videos_jobs", shown, access.may(person, "jobs.cancel")):
        st.rerun()


def _line(video: Row, copy: str, may_edit: bool) -> Line:
    info = video["info"]
    state, tone = ("file not found", "bad") if video["missing"] else COPY_STATES[copy]
    actions = [Action("facts", "Details")]
    if may_edit and copy in AGAIN and not video["missing"]:
        actions.append(Action("again", "Make it again"))
    if may_edit:
        actions.append(Action("relink", "Find file", main=True) if video["missing"] else Action("change", "Change"))
    rate = words.rate(info.get("measured_fps"))
    cells = (
        Cell(picture=picture(video)),
        Cell(video["name"], under="; ".join(video["problems"])),
        Cell(words.length(video["length_us"]), number=True),
        Cell(rate, under="variable" if info.get("vfr") else "", number=True),
        Cell(f"{video['frame_count']:,}".replace(",", " "), number=True),
        Cell(f"{info.get('width')} × {info.get('height')}", under="" if info.get("has_audio") else "no sound"),
        Cell(state, tone=tone),
        Cell(actions=actions),
    )
    return Line(video["id"], cells)
