"""Links that take a coding away as a file. The server makes it when it is asked for, and asks who may."""

from __future__ import annotations

from html import escape

import streamlit as st

from coder_app.reports.coding import FORMATS


def show(coding_id: str, of: str) -> None:
    """One link a format; `of` says to screen readers what the files hold."""
    links = "".join(_link(coding_id, kind, of) for kind in FORMATS)
    st.html(f'<div class="coder-actions">{links}</div>', width="content")


def _link(coding_id: str, kind: str, of: str) -> str:
    href, name = escape(f"/api/codings/{coding_id}/export?format={kind}"), kind.upper()
    return f'<a class="coder-button" href="{href}" target="_self" download aria-label="{name} of {of}">{name}</a>'
