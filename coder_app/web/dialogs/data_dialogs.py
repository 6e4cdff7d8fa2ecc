"""The data folder: restore a backup over it, open one more folder for picking videos."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

from coder_app.web.components.attempt import attempt, given
from coder_app.workflow import backup, media

Row = dict[str, Any]


@st.dialog("Restore a backup")
def restore(lab: Any, person: Row, path: str) -> None:
    st.write(f"All present records are replaced by those of {Path(path).name}. They are backed up first.")
    st.caption("Ask everybody to close their Code pages. Work that waits in a browser stays there.")
    sure = st.checkbox("Replace the present records")
    if st.button("Restore", type="primary", disabled=not sure):
        with attempt(), st.spinner("Restoring"):
            done = backup.restore_over(lab, person, Path(path))
            st.success(f"Restored the backup of {done['made_at']}. The records before it are kept in {done['kept']}.")
            if done["elsewhere"]:
                st.warning(
                    "These videos were not in the backup and are looked for where they were: "
                    + ", ".join(map(str, done["elsewhere"]))
                )


@st.dialog("Open a folder for picking videos")
def add_root(lab: Any, person: Row) -> None:
    st.caption("Videos in it, and in folders inside it, can then be picked on the Videos page. They stay where they are.")
    path = st.text_input("Path of the folder on this computer", placeholder=str(Path.home() / "Videos"))
    if st.button("Open", type="primary"):
        with attempt():
            media.add_root(lab, person, given(path, "the path of a folder"))
            st.rerun()
