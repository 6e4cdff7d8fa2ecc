"""People: a new one, another name or role, into the bin."""

from __future__ import annotations

from typing import Any

import streamlit as st

from coder_app.web.components.attempt import attempt
from coder_app.workflow import access, people

Row = dict[str, Any]


@st.dialog("New person")
def add(lab: Any, person: Row) -> None:
    name = st.text_input("Name", placeholder="as it should stand in reports")
    role = st.selectbox("Role", access.ROLES, index=access.ROLES.index("researcher"))
    if st.button("Add", type="primary"):
        with attempt():
            people.add(lab, person, name, role)
            st.rerun()


@st.dialog("Change a person")
def change(lab: Any, person: Row, person_id: str) -> None:
    with attempt():
        row = people.get(lab, person_id)
        name = st.text_input("Name", row["name"])
        role = st.selectbox("Role", access.ROLES, index=access.ROLES.index(row["role"]))
        left, right = st.columns(2)
        if left.button("Save", type="primary", width="stretch"):
            people.rename(lab, person, person_id, name)
            people.set_role(lab, person, person_id, role)
            st.rerun()
        if right.button("Move to the bin", width="stretch"):
            people.bin(lab, person, person_id)
            st.rerun()
        st.caption("In the bin a person can no longer be chosen; their codings stay where they are.")
