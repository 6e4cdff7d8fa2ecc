"""The data folder: restore a backup over it, open one more folder for picking videos."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

from coder_app.web import words
from coder_app.web.components.attempt import attempt, given
from coder_app.workflow import backup, media

Row = dict[str, Any]


@st.dialog("Restore a backup")
def restore(lab: Any, person: Row, path: str) -> None:
    st.write(f"All present records are replaced by those of {Path(path).name}. They are backed up first.")
    st.caption("Ask everybody to close their Code pages. Work that waits in a browser stays there.")
    sure = st.checkbox("Replace the present records")
    place = st.empty()
    if place.button("Restore", type="primary", disabled=not sure):
        with attempt():
            with st.spinner("Restoring"):
                done = backup.restore_over(lab, person, Path(path))
            place.empty()
            _restored(done)


def _restored(done: Row) -> None:
    """What is there now, and that pages opened before know nothing of it."""
    made = words.moment(done["made_at"])
    st.success(f"These are now the records of {made}. Those before them are kept in {Path(done['kept']).name}.")
    if done["elsewhere"]:
        st.warning("Not in the backup, so looked for where they were: " + ", ".join(map(str, done["elsewhere"])))
    st.caption("Pages that are open elsewhere have to be loaded again, as this one.")
    st.html('<a class="coder-button coder-main" href="/" target="_self">Load this page again</a>')


@st.dialog("Open a folder for picking videos")
def add_root(lab: Any, person: Row) -> None:
    st.caption("Videos in it, and in folders inside it, can then be picked on the Videos page. They stay where they are.")
    path = st.text_input("Path of the folder on this computer", placeholder=str(Path.home() / "Videos"))
    if st.button("Open", type="primary"):
        with attempt():
            media.add_root(lab, person, given(path, "the path of a folder"))
            st.rerun()
