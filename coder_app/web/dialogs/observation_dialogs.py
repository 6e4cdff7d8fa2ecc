"""Observations: a new one, changes, a whole table of them, into the bin."""

from __future__ import annotations

from typing import Any

import streamlit as st

from coder_app.errors import Invalid
from coder_app.web import words
from coder_app.web.components import text_file
from coder_app.web.components.attempt import attempt
from coder_app.workflow import media, studies

Row = dict[str, Any]

EXAMPLE = "name,age_months,video,site\nP01-t1,4.5,p01_visit1.mp4,Leipzig\nP02-t1,5,p02_visit1.mp4,Leipzig\n"


@st.dialog("New observation")
def add(lab: Any, person: Row, study_id: str) -> None:
    st.caption("Name it by its pseudonym, never by a family's name.")
    name, age, media_id, variables = _fields(lab, person, {"name": "", "age_months": None, "media_id": None, "variables": {}})
    if st.button("Make", type="primary"):
        with attempt():
            studies.add_observation(lab, person, study_id, name, age, variables_of(variables), media_id)
            st.rerun()


@st.dialog("Change an observation")
def change(lab: Any, person: Row, observation_id: str) -> None:
    with attempt():
        row = studies.observation(lab, person, observation_id)
        name, age, media_id, variables = _fields(lab, person, row)
        left, right = st.columns(2)
        if left.button("Save", type="primary", width="stretch"):
            given = variables_of(variables)
            studies.edit_observation(lab, person, observation_id, name=name, age_months=age, variables=given, media_id=media_id)
            st.rerun()
        if right.button("Move to the bin", width="stretch"):
            studies.bin_observation(lab, person, observation_id)
            st.rerun()
        st.caption("The bin keeps an observation with its codings; it can be restored.")


@st.dialog("Import a table of observations", width="large")
def from_table(lab: Any, person: Row, study_id: str) -> None:
    st.caption(
        "One row an observation. The column name is needed; age_months and video (one already added) are optional; "
        "every other column is a variable."
    )
    st.code(EXAMPLE, language=None)
    _, text = text_file.show("observation_table_file", [".csv", ".txt", ".tsv"], EXAMPLE)
    if st.button("Import", type="primary"):
        with attempt():
            made = studies.import_observations(lab, person, study_id, text)
            st.success(f"Made {words.count(len(made), 'observation')}.")
            st.rerun()


def _fields(lab: Any, person: Row, row: Row) -> tuple[str, float | None, str | None, str]:
    """Name, age, video and the text of the variables as they stand in the form."""
    name = st.text_input("Name", row["name"], placeholder="P01-t1")
    videos = {video["id"]: video["name"] for video in media.listing(lab, person)}
    if row["media_id"] is not None and row["media_id"] not in videos:
        videos[row["media_id"]] = media.get(lab, row["media_id"])["name"]
    choices = [None, *videos]
    media_id = st.selectbox(
        "Video",
        choices,
        index=choices.index(row["media_id"]),
        format_func=lambda one: "none yet" if one is None else videos[one],
    )
    age = st.number_input("Age in months", 0.0, 1200.0, row["age_months"], 0.5, format="%g", placeholder="not given")
    lines = "\n".join(f"{key}: {value}" for key, value in row["variables"].items())
    text = st.text_area(
        "Variables", lines, height=100, placeholder="site: Leipzig\nvisit: 1", help="One a line, as name: value."
    )
    return name, age, media_id, text


def variables_of(text: str) -> dict[str, str]:
    """Lines `name: value`. Raises Invalid naming the first line that is none, or a name that stands twice."""
    found: dict[str, str] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        name, colon, value = (part.strip() for part in line.partition(":"))
        if not colon or not name:
            raise Invalid(f"Variables: {line[:60]!r} is not of the form name: value. Write it so, one a line.")
        if name.casefold() in map(str.casefold, found):
            raise Invalid(f"Variables: {name} is given twice. Give each variable once.")
        found[name] = value
    return found
