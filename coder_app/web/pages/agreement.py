"""Agreement: the last run, and the way to the next."""

from __future__ import annotations

import streamlit as st

from coder_app.web import frame
from coder_app.web.components import agreement_form, agreement_report, empty
from coder_app.web.components.attempt import attempt
from coder_app.workflow import agreement

lab, person = frame.page("Agreement")
frame.guardrail(
    "Figures describe these two records of this recording, not the observers or the family. No value of kappa is good enough "
    "everywhere: read it beside how often a code occurs."
)
run = st.query_params.get("run") or agreement.last_run(lab, person)
shown = None if run is None else agreement.get_run(lab, person, run)
observations = agreement.observations(lab, person)
if observations:
    choice = agreement_form.show("agreement", observations, shown)
    if choice is not None:
        with attempt():
            options = agreement.Options(choice.unit_us, choice.tolerance_us)
            made = agreement.compare(lab, person, choice.first, choice.second, options)
            st.query_params["run"] = agreement.save_run(lab, person, made)
            st.rerun()
if shown is not None:
    agreement_report.show(shown)
elif observations:
    empty.show("Nothing compared yet", "Choose two codings of one observation and press Compare.")
else:
    empty.show(
        "Nothing can be compared yet",
        "Have two people code one observation with one scheme, and submit your own coding: then they can be compared here.",
    )
