"""What this person has to do next, with the one button for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import streamlit as st

from coder_app.web import words

Row = dict[str, Any]
PICTURE = "/static-web/dyad.webp"
HOW = "Space plays, the keys on the buttons code, ? shows every key."


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
        first = not any(one["event_count"] for one in own if not one["is_key"])
        if _line(f"Continue with {coding['observation']}", line, "Continue", first=first):
            go(coding["id"])
        return
    begun = {coding["observation_id"] for coding in own}
    waiting = [row for row in observations if row["media"] is not None and row["id"] not in begun]
    left = f"{words.count(len(waiting), 'observation')} not coded by you yet"
    if waiting and _line(f"Next: {waiting[0]['name']}", left, "Start coding", first=not own):
        start(waiting[0]["id"])


def _worked_in_last(open_ones: Sequence[Row]) -> Row:
    """The one changed last; where nothing has been coded yet, the first."""
    begun = [coding for coding in open_ones if coding["event_count"]]
    return max(begun, key=lambda coding: str(coding["changed_at"])) if begun else open_ones[0]


def _line(title: str, text: str, button: str, first: bool) -> bool:
    """One line and its button; with a picture and how to begin while this person has coded nothing."""
    picture = f'<img src="{PICTURE}" alt="Drawn: an infant in a seat and a caregiver, side by side" width="240" height="90">'
    said = f'<b>{escape(title)}</b><span class="coder-quiet">{escape(text)}</span>'
    if first:
        said = f'{picture}<div>{said}<span class="coder-quiet coder-how">{escape(HOW)}</span></div>'
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="next_up"):
        st.html(f'<div class="coder-next">{said}</div>')
        return st.button(button, type="primary", key="next_up_go")
