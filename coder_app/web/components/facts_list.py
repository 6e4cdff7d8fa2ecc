"""Facts in two columns: what it is, and what was found."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import streamlit as st


def show(pairs: Mapping[str, str]) -> None:
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in pairs.items())
    st.html(f'<dl class="coder-facts">{rows}</dl>')
