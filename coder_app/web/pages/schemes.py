"""Schemes: cards; one opens as its codebook."""

from __future__ import annotations

import streamlit as st

from coder_app.web import frame
from coder_app.web.views import scheme_cards

lab, person = frame.page("Schemes")
frame.guardrail(frame.NO_DIAGNOSIS)
key = st.query_params.get("scheme")
if key is None:
    scheme_cards.cards(lab, person)
else:
    scheme_cards.one(lab, person, key)
