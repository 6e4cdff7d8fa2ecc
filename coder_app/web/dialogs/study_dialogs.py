"""Studies: a new one, another name or note, into the bin."""

from __future__ import annotations

from typing import Any

import streamlit as st

from coder_app.web.components.attempt import attempt
from coder_app.workflow import studies

Row = dict[str, Any]


@st.dialog("New study")
def add(lab: Any, person: Row) -> None:
    name = st.text_input("Name", placeholder="Still-face 2026")
    note = st.text_area("Note", placeholder="Design, ages, where the protocol is")
    if st.button("Make", type="primary"):
        with attempt():
            st.query_params["study"] = studies.add(lab, person, name, note)["id"]
            st.rerun()


@st.dialog("Change the study")
def change(lab: Any, person: Row, study_id: str) -> None:
    with attempt():
        row = studies.get(lab, study_id)
        name = st.text_input("Name", row["name"])
        note = st.text_area("Note", row["note"])
        left, right = st.columns(2)
        if left.button("Save", type="primary", width="stretch"):
            studies.rename(lab, person, study_id, name)
            studies.note(lab, person, study_id, note)
            st.rerun()
        if right.button("Move to the bin", width="stretch"):
            studies.bin(lab, person, study_id)
            st.query_params.pop("study", None)
            st.rerun()
        st.caption("The bin keeps a study with everything in it; it can be restored.")
