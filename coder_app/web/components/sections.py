"""The sections of a page, one shown at a time; the address remembers which."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st


def show(name: str, titles: Mapping[str, str]) -> str:
    """The key of the section chosen, kept as the query value `name`; the first one has none."""
    keys = list(titles)
    asked = st.query_params.get(name, keys[0])
    chosen = st.segmented_control(
        "Section", keys, default=asked if asked in titles else keys[0], format_func=titles.__getitem__, key=f"sections_{name}",
        label_visibility="collapsed", required=True,
    )  # fmt: skip
    if chosen == keys[0]:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = chosen
    return str(chosen)
