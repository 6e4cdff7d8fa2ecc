"""What a press tries: a refusal is said beside the button instead of ending the page (a dialog is a run of its own)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from coder_app.errors import CoderError, Invalid


@contextmanager
def attempt() -> Iterator[None]:
    try:
        yield
    except CoderError as error:
        lines = str(error).splitlines()
        st.error(lines[0])
        if len(lines) > 1:
            st.markdown("\n".join(f"- {_plain(line)}" for line in lines[1:]))


def given(text: str, what: str) -> str:
    """The text typed, stripped. Raises Invalid if there is none."""
    if not text.strip():
        raise Invalid(f"Type {what} first.")
    return text.strip()


def _plain(text: str) -> str:
    """The line as written, with nothing in it that Markdown would read."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]()<>#+-.!|~$:" else c for c in text)
