"""Check the text of a scheme file: every problem at once, and if there is none it can be kept with the lab."""

from __future__ import annotations

from typing import Any

import streamlit as st

from coder_app.codebook import load
from coder_app.codebook.problems import Problem, SchemeFileError
from coder_app.web import words
from coder_app.web.components import table, text_file
from coder_app.web.components.attempt import attempt
from coder_app.web.components.table import Cell, Column, Line
from coder_app.workflow import access, schemes

Row = dict[str, Any]
COLUMNS = (Column("Line", number=True, width="4rem"), Column("Place"), Column("Found"), Column("Expected"))


@st.dialog("Check a scheme file", width="large")
def check(lab: Any, person: Row) -> None:
    st.caption("Paste a scheme file (YAML), or open one from this computer. Nothing is changed by checking.")
    name, text = text_file.show("scheme_file", [".yaml", ".yml"], 'id: my-scheme\nversion: "1.0"\nname: ...')
    if not text.strip():
        return
    try:
        scheme = load.parse(text, name)
    except SchemeFileError as error:
        st.error(f"{words.count(len(error.problems), 'problem')} found in {name}.")
        table.show("scheme_problems", COLUMNS, [_line(number, problem) for number, problem in enumerate(error.problems)])
        return
    codes = sum(not code.implied for stream in scheme.streams for code in stream.codes)
    found = f"{words.count(len(scheme.streams), 'stream')} and {words.count(codes, 'code')}"
    st.success(f"No problem found: {scheme.name} {scheme.version} with {found}.")
    if access.may(person, "study.edit") and st.button("Keep this scheme with the lab", type="primary"):
        with attempt():
            schemes.keep(lab, person, text, name)
            st.rerun()


def _line(number: int, problem: Problem) -> Line:
    line = "" if problem.line is None else str(problem.line)
    texts = (problem.place, problem.found, f"{problem.expected}. {problem.hint}".rstrip())
    return Line(str(number), (Cell(line, number=True), *(Cell(text) for text in texts)))
