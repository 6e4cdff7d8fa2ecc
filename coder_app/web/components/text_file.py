"""A small text file: pasted, or opened from this computer by the browser, which hands its text over."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from coder_app.web.components import door

_component = door.component("text-file")


def show(key: str, suffixes: Sequence[str], placeholder: str) -> tuple[str, str]:
    """(name, text); the name of pasted text is "pasted text"."""
    area = f"{key}_text"
    opened = _component(key=f"{key}_open", data={"accept": ",".join(suffixes)}, on_opened_change=lambda: None).opened
    if opened:
        st.session_state[area] = str(opened["text"])
        st.session_state[f"{key}_name"] = str(opened["name"])
    text = st.text_area("Text", key=area, height=240, placeholder=placeholder, label_visibility="collapsed")
    return st.session_state.get(f"{key}_name", "pasted text"), text
