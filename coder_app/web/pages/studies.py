"""Studies: what I have to do next; the lab's people, data and bin beside it."""

from __future__ import annotations

import streamlit as st

from coder_app.web import frame
from coder_app.web.components import sections
from coder_app.web.views import bin_list, data_tools, people_list, study_desk

SECTIONS = {"observations": "Observations", "people": "People", "data": "Data", "bin": "Bin"}
VIEWS = {"observations": study_desk, "people": people_list, "data": data_tools, "bin": bin_list}

with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
    lab, person = frame.page("Studies")
    part = sections.show("part", SECTIONS)
VIEWS[part].show(lab, person)
if part == "observations":
    frame.guardrail(frame.NO_DIAGNOSIS)
