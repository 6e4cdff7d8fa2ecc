"""An empty list: what is missing, and what to do about it."""

from __future__ import annotations

from html import escape

import streamlit as st


def show(title: str, text: str) -> None:
    st.html(f'<div class="coder-empty"><b>{escape(title)}</b>{escape(text)}</div>')
