"""Schemes: cards; one opens as its codebook."""

from __future__ import annotations

import streamlit as st

from coder_app.web import frame
from coder_app.web.views import scheme_cards

lab, person = frame.page("Schemes")
frame.guardrail("Codes describe visible and audible behaviour in a recording. They are not a diagnosis of the infant, the caregiver or the relationship.")
key = st.query_params.get("scheme")
if key is None:
    scheme_cards.cards(lab, person)
else:
    scheme_cards.one(lab, person, key)
