"""Code: the workbench of one coding and nothing else; without one, what there is to code."""

from __future__ import annotations

import streamlit as st

from coder_app.web import frame, place, workbench
from coder_app.web.views import code_choice
from coder_app.workflow import coding_access, codings

coding_id = st.query_params.get("coding")
if coding_id is None:
    code_choice.show(*frame.page("Code", "Choose a coding to go on with."))
else:
    lab, person = frame.person()
    coding_access.require(lab, person, "coding.view", codings.get(lab, coding_id))
    workbench.show(coding_id, place.current().folder_id)
