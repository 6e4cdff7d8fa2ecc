"""One study: what to do next, and its observations with their codings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NoReturn

import streamlit as st

from coder_app.web import words
from coder_app.web.components import empty
from coder_app.web.components.table import Press
from coder_app.web.dialogs import coding_dialogs, episode_dialogs, observation_dialogs, study_dialogs
from coder_app.web.views import next_up, observation_table
from coder_app.workflow import access, codings, episodes, progress, studies

Row = dict[str, Any]

FILTER_FROM = 12


def show(lab: Any, person: Row) -> None:
    known = studies.listing(lab, person)
    may_edit = access.may(person, "study.edit")
    if not known:
        empty.show("No study yet", "A study holds the observations that are coded and compared together. Make one to begin.")
        if may_edit and st.button("New study", type="primary"):
            study_dialogs.add(lab, person)
        return
    study = _toolbar(lab, person, known, may_edit)
    observations = studies.observations(lab, person, study["id"])
    if not observations:
        empty.show(
            "No observations yet",
            "An observation is one recorded session under a pseudonymous id. Make one, or import a table of them.",
        )
        return
    listed = [coding for coding in codings.listing(lab, person) if coding["study_id"] == study["id"]]
    next_up.show(person, observations, listed, go_code, lambda one: coding_dialogs.start(lab, person, one))
    shown = _filtered(observations, listed)
    pressed = observation_table.show(person, shown, listed, progress.shares(lab, listed))
    if pressed is not None:
        _act(lab, person, pressed)


def go_code(coding_id: str) -> NoReturn:
    st.switch_page("pages/code.py", query_params={"coding": coding_id})


def _toolbar(lab: Any, person: Row, known: Sequence[Row], may_edit: bool) -> Row:
    bar = st.container(horizontal=True, vertical_alignment="bottom", key="study_bar")
    by_id = {row["id"]: row for row in known}
    asked = st.query_params.get("study")
    place = list(by_id).index(asked) if asked in by_id else 0
    chosen = bar.selectbox(
        "Study",
        list(by_id),
        index=place,
        format_func=lambda one: str(by_id[one]["name"]),
        width=320,
        label_visibility="collapsed",
    )
    study = by_id[chosen]
    if asked != chosen and (asked is not None or place != list(by_id).index(chosen)):
        st.query_params["study"] = chosen
    if not may_edit:
        return study
    if bar.button("New observation", icon=":material/add:"):
        observation_dialogs.add(lab, person, study["id"])
    if bar.button("Import a table"):
        observation_dialogs.from_table(lab, person, study["id"])
    if bar.button("Change the study", type="tertiary"):
        study_dialogs.change(lab, person, study["id"])
    if bar.button("New study", type="tertiary"):
        study_dialogs.add(lab, person)
    if study["note"]:
        st.caption(study["note"])
    return study


def _filtered(observations: Sequence[Row], listed: Sequence[Row]) -> Sequence[Row]:
    if len(observations) < FILTER_FROM:
        return observations
    wanted = st.text_input(
        "Find", placeholder="Find an observation, a variable or a coder", label_visibility="collapsed", width=320
    ).casefold()
    coders: dict[str, str] = {}
    for coding in listed:
        coders[coding["observation_id"]] = f"{coders.get(coding['observation_id'], '')} {coding['coder']}"
    found = [row for row in observations if wanted in _searched(row, coders.get(row["id"], ""))]
    if wanted:
        st.caption(f"{words.count(len(found), 'observation')} of {len(observations)}")
    return found


def _searched(observation: Row, coders: str) -> str:
    return " ".join((observation["name"], *observation["variables"].values(), coders)).casefold()


def _act(lab: Any, person: Row, pressed: Press) -> None:
    if pressed.name == "open":
        go_code(observation_table.coding_of(pressed))
    elif pressed.name == "coding":
        coding_dialogs.more(lab, person, observation_table.coding_of(pressed))
    elif pressed.name == "episodes":
        observation_id = observation_table.observation_of(pressed)
        episode_dialogs.show(lab, person, observation_id, episodes.listing(lab, person, observation_id)["episodes"])
    elif pressed.name == "start":
        coding_dialogs.start(lab, person, observation_table.observation_of(pressed))
    else:
        observation_dialogs.change(lab, person, observation_table.observation_of(pressed))
