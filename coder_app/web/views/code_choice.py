"""The codings that are open to this person, the one worked in last first: what the Code page shows when none is chosen."""

from __future__ import annotations

from html import escape
from typing import Any

import streamlit as st

from coder_app.web import words
from coder_app.web.components import empty
from coder_app.workflow import codings

Row = dict[str, Any]
MOST = 30


def show(lab: Any, person: Row) -> None:
    own = [row for row in codings.listing(lab, person) if row["person_id"] == person["id"] and row["may_write"]]
    if not own:
        empty.show("No coding of yours is open", "Start one on the Studies page: choose an observation and press New coding.")
        st.page_link("pages/studies.py", label="Studies")
        return
    newest = sorted(own, key=lambda row: str(row["changed_at"]), reverse=True)
    for row in newest[:MOST]:
        if _line(row):
            st.query_params["coding"] = row["id"]
            st.rerun()


def _line(coding: Row) -> bool:
    scheme = f"{coding['scheme_name']} {coding['scheme_version']}"
    events = words.count(coding["event_count"] or 0, "event")
    text = f"{scheme} · {events} · last {words.moment(coding['changed_at'])}"
    with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        name = escape(coding["observation"])
        st.html(f'<div class="coder-next"><b>{name}</b><span class="coder-quiet">{escape(text)}</span></div>')
        return st.button("Continue", type="primary", key=f"code_choice_{coding['id']}")
