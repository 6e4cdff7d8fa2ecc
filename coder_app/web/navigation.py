"""The pages, in the order they stand at the top."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from coder_app.errors import CoderError
from coder_app.web import frame

PAGES = Path(__file__).resolve().parent / "pages"

# file, title, address
TABLE = (
    ("studies", "Studies", ""),
    ("code", "Code", "code"),
    ("agreement", "Agreement", "agreement"),
    ("videos", "Videos", "videos"),
    ("schemes", "Schemes", "schemes"),
)


def pages() -> list[st.Page]:
    return [
        st.Page(PAGES / f"{name}.py", title=title, url_path=address or None, default=not address)
        for name, title, address in TABLE
        if (PAGES / f"{name}.py").is_file()
    ]


def run() -> None:
    """Show the navigation and run the chosen page; a `CoderError` ends as its own sentence on the page."""
    page = st.navigation(pages(), position="top")
    frame.chip(page.url_path)
    if page.url_path != "code":
        frame.outbox_sender()
    try:
        page.run()
    except CoderError as error:
        frame.show(error)
