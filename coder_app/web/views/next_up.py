"""What this person has to do next, with the one button for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import streamlit as st

from coder_app.web import words

Row = dict[str, Any]


def show(
    person: Row, observations: Sequence[Row], codings: Sequence[Row], go: Callable[[str], None], start: Callable[[str], None]
) -> None:
    """The own coding worked in last, else the first observation with a video and no coding of one's own; nothing if neither."""
    own = [coding for coding in codings if coding["person_id"] == person["id"]]
    open_ones = [coding for coding in own if coding["may_write"] and not coding["is_key"]]
    if open_ones:
        coding = _worked_in_last(open_ones)
        scheme, events = f"{coding['scheme_name']} {coding['scheme_version']}", words.count(coding["event_count"] or 0, "event")
        line = f"{scheme}, {events}, last {words.moment(coding['changed_at'])}"
        if _line(f"Continue with {coding['observation']}", line, "Continue"):
            go(coding["id"])
        return
    begun = {coding["observation_id"] for coding in own}
    waiting = [row for row in observations if row["media"] is not None and row["id"] not in begun]
    if waiting and _line(
        f"Next: {waiting[0]['name']}", f"{words.count(len(waiting), 'observation')} not coded by you yet", "Start coding"
    ):
        start(waiting[0]["id"])


def _worked_in_last(open_ones: Sequence[Row]) -> Row:
    """The one changed last; where nothing has been coded yet, the first."""
    begun = [coding for coding in open_ones if coding["event_count"]]
    return max(begun, key=lambda coding: str(coding["changed_at"])) if begun else open_ones[0]


def _line(title: str, text: str, button: str) -> bool:
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="next_up"):
        st.html(f'<div class="coder-next"><b>{escape(title)}</b><span class="coder-quiet">{escape(text)}</span></div>')
        return st.button(button, type="primary", key="next_up_go")
