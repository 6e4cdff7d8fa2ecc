"""What every page stands in: the lab, the person at the screen, the style, one way of showing an error.

A page begins with `lab, person = frame.page("Title")`, or `frame.person()` where it shows no title (the workbench).
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

import streamlit as st

from coder_app.errors import CoderError, NotAllowed
from coder_app.web import outbox, place, visitor

NO_DIAGNOSIS = (
    "Codes describe visible and audible behaviour in a recording. They are not a diagnosis of the infant, the caregiver or "
    "the relationship."
)
STYLE = Path(__file__).resolve().parent / "style.css"


def open_page() -> None:
    """Page settings and style; before anything else of a run."""
    st.set_page_config(page_title="Coder App", layout="wide", initial_sidebar_state="collapsed")
    st.html(STYLE)


def person() -> tuple[Any, dict[str, Any]]:
    """(lab, person at the screen). Raises NotAllowed if nobody is chosen."""
    here = place.current()
    found = visitor.person_of(here, visitor.read(here, st.context.cookies), st.query_params.get("coding"))
    if found is None:
        raise NotAllowed("Nobody has been chosen yet. Say who you are: open /who", code="no_person")
    return here.lab, found


def page(title: str, help_text: str = "") -> tuple[Any, dict[str, Any]]:
    """`person()` under the page's title and, where given, one quiet line."""
    lab, found = person()
    st.title(title, anchor=False)
    if help_text:
        st.caption(help_text)
    return lab, found


def show(error: CoderError) -> None:
    """An error meant for the person at the screen, as the sentence it carries."""
    st.error(str(error))
    if isinstance(error, NotAllowed) and error.code == "no_person":
        st.html('<a href="/who" target="_self">Choose who you are</a>')


def chip(address: str) -> None:
    """Who is at the screen, at the top right, and the way to change that."""
    try:
        _, found = person()
    except NotAllowed:
        return
    here = "/" + address
    query = "&".join(f"{quote(name)}={quote(value)}" for name, value in st.query_params.items())
    back = quote(here + (f"?{query}" if query else ""), safe="")
    theme = escape(st.context.theme.type or "")
    st.html(
        f'<div class="coder-chip" data-theme="{theme}"><b>{escape(found["name"])}</b> <span>({escape(found["role"])})</span> '
        f'<a href="/who?next={back}" target="_self">change</a></div>'
    )


def outbox_sender() -> None:
    """Send what any outbox of this browser still holds, from whatever page is open."""
    outbox.show(place.current().folder_id)


def guardrail(text: str) -> None:
    """One line that says what a figure or code does not mean (domain rules of the field)."""
    st.caption(text)
