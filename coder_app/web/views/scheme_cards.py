"""The schemes: cards, and the one opened as its codebook."""

from __future__ import annotations

from typing import Any

import streamlit as st

from coder_app.codebook import book
from coder_app.web import words
from coder_app.web.components import codebook, empty
from coder_app.web.components.attempt import attempt
from coder_app.web.dialogs import scheme_dialogs
from coder_app.workflow import access, schemes
from coder_app.workflow.schemes import Known

Row = dict[str, Any]
ABREAST = 3


def cards(lab: Any, person: Row) -> None:
    if st.button("Check a scheme file", icon=":material/fact_check:"):
        scheme_dialogs.check(lab, person)
    known = schemes.listing(lab)
    if not known:
        empty.show("No schemes yet", "Check a scheme file, and keep it with the lab.")
    for start in range(0, len(known), ABREAST):
        for column, one in zip(st.columns(ABREAST), known[start : start + ABREAST], strict=False):
            with column:
                _card(one)


def _card(known: Known) -> None:
    scheme = known.scheme
    codes = sum(not code.implied for stream in scheme.streams for code in stream.codes)
    with st.container(border=True, height="stretch"):
        st.header(_escaped(known.title), anchor=False)
        st.caption(codebook.facts(scheme))
        st.text(scheme.purpose)
        counted = (
            words.count(len(scheme.streams), "stream"),
            words.count(codes, "code"),
            words.count(len(scheme.passes), "pass", "passes"),
        )
        st.caption(", ".join(counted))
        if st.button("Open the codebook", key=f"scheme_{known.key}"):
            st.query_params["scheme"] = known.key
            st.rerun()


def one(lab: Any, person: Row, key: str) -> None:
    known = schemes.get(lab, key)
    bar = st.container(horizontal=True, vertical_alignment="center")
    if bar.button("All schemes", icon=":material/arrow_back:", type="tertiary"):
        del st.query_params["scheme"]
        st.rerun()
    bar.download_button(
        "Codebook", book.markdown(known.scheme), f"{known.scheme.id}-{known.scheme.version}.md", "text/markdown"
    )
    bar.download_button("Scheme file", known.source, f"{known.scheme.id}.yaml", "application/yaml")
    if known.origin == "kept" and access.may(person, "study.edit") and bar.button("Take off the list", type="tertiary"):
        with attempt():
            schemes.drop(lab, person, known.key)
            del st.query_params["scheme"]
            st.rerun()
    st.header(_escaped(known.title), anchor=False)
    codebook.show(known.scheme)


def _escaped(text: str) -> str:
    return "".join(f"\\{c}" if c in "\\`*_{}[]()<>#+-.!|~$:" else c for c in text)
