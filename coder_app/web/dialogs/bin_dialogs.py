"""Empty the bin, after saying what would be lost."""

from __future__ import annotations

from typing import Any

import streamlit as st

from coder_app.web.components.attempt import attempt
from coder_app.workflow import bin

Row = dict[str, Any]


@st.dialog("Empty the bin")
def empty_it(lab: Any, person: Row) -> None:
    with attempt():
        lost = bin.loss(lab, person)
        st.write(f"Deleted for good: {lost or 'nothing; what is left is still in use'}.")
        st.caption("The records are written to a file in the data folder's trash first.")
        if st.button("Delete for good", type="primary", disabled=not lost):
            bin.empty(lab, person, lost)
            st.rerun()
