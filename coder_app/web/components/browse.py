"""Pick videos from the folders that the lab has opened for picking."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from coder_app.web import words

Listing = Callable[[Path, str], Sequence[Any]]


def go(key: str, root: Path) -> None:
    """Show that root at the next run."""
    st.session_state[f"{key}_go"] = root


def show(key: str, roots: Sequence[Path], listing: Listing) -> tuple[Path, list[str]] | None:
    """(root, paths inside it) when "Add" was pressed, else None. `listing(root, sub)` gives `workflow.media_roots.Entry`."""
    if (wanted := st.session_state.pop(f"{key}_go", None)) in roots:
        st.session_state[f"{key}_root"] = wanted
    root = st.selectbox("Folder", roots, index=len(roots) - 1, format_func=str, key=f"{key}_root")
    place = f"{key}_sub_{root}"
    sub: str = st.session_state.get(place, "")
    entries = listing(root, sub)
    if sub:
        up = sub.rpartition("/")[0]
        if st.button(f"Up from {sub}", key=f"{key}_up", icon=":material/arrow_upward:", type="tertiary"):
            st.session_state[place] = up
            st.rerun(scope="fragment")
    for entry in (e for e in entries if e.is_folder):
        if st.button(entry.name, key=f"{key}_in_{entry.sub}", icon=":material/folder:", type="tertiary"):
            st.session_state[place] = entry.sub
            st.rerun(scope="fragment")
    files = {entry.sub: f"{entry.name} ({words.size(entry.size_bytes or 0)})" for entry in entries if not entry.is_folder}
    if not files:
        st.caption("No videos here. Choose another folder, or put videos into this one.")
        return None
    chosen = st.multiselect("Videos", list(files), format_func=files.__getitem__, key=f"{key}_chosen_{root}_{sub}")
    if st.button("Add", key=f"{key}_add", type="primary", disabled=not chosen):
        return root, list(chosen)
    return None
