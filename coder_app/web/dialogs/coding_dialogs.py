"""Codings: start one for a named person with a scheme; see what one holds, reopen it, move it into the bin."""

from __future__ import annotations

from typing import Any

import streamlit as st

from coder_app.web import visitor, words
from coder_app.web.components import facts_list, take_away
from coder_app.web.components.attempt import attempt
from coder_app.workflow import access, codings, people, progress, schemes, studies

Row = dict[str, Any]

WHY = {
    "conflict": "somebody else had worked in the coding meanwhile",
    "submitted": "the coding was submitted meanwhile",
    "binned": "the coding was in the bin",
    "recovered": "it was sent for a read-only version",
    "unlawful": "the rules of coding refused them",
}


@st.dialog("New coding")
def start(lab: Any, person: Row, observation_id: str) -> None:
    with attempt():
        observation = studies.observation(lab, person, observation_id)
        st.caption(f"Of {observation['name']} in {observation['study']}.")
        known = {one.key: one for one in schemes.listing(lab)}
        keys = list(known)
        usual = keys.index(schemes.usual(lab, observation["study_id"]))
        scheme = st.selectbox("Scheme", keys, index=usual, format_func=lambda key: known[key].title)
        coder = _coder(lab, person)
        label = st.text_input("Label", placeholder="optional, for example: second time")
        is_key = access.may(person, "coding.start", {"person_id": person["id"], "is_key": True}) and st.checkbox(
            "This is a key",
            help="A key is what others are compared with. Coders see it only after submitting their own coding.",
        )
        if st.button("Start coding", type="primary", disabled=scheme is None or not coder):
            chosen = known[scheme]
            coder_id = _id_of(lab, person, coder)
            made = codings.start(lab, person, observation_id, chosen.scheme, chosen.source, coder_id, label, is_key)
            if coder_id == person["id"]:
                st.switch_page("pages/code.py", query_params={"coding": made["id"]})
            st.rerun()


def _coder(lab: Any, person: Row) -> str:
    """The name of who codes: oneself, or for those who may, anybody, also somebody new."""
    if not access.may(person, "coding.start", {"person_id": "somebody else"}):
        st.text_input("Coder", person["name"], disabled=True)
        return str(person["name"])
    names = [str(one["name"]) for one in visitor.choices(lab)]
    chosen = st.selectbox(
        "Coder", names, index=names.index(person["name"]), accept_new_options=access.may(person, "people.edit")
    )
    return str(chosen or "")


def _id_of(lab: Any, person: Row, name: str) -> str:
    found = people.find(lab, name)
    return str((found or people.add(lab, person, name, "researcher"))["id"])


@st.dialog("Coding", width="large")
def more(lab: Any, person: Row, coding_id: str) -> None:
    with attempt():
        row = next((one for one in codings.listing(lab, person) if one["id"] == coding_id), None)
        if row is None:
            st.write("This coding is no longer on the list.")
            return
        facts_list.show(
            {
                "Observation": f"{row['observation']} in {row['study']}",
                "Coder": row["coder"] + (", key" if row["is_key"] else ""),
                "Scheme": f"{row['scheme_name']} {row['scheme_version']}",
                "State": row["state"] + (f" {words.moment(row['submitted_at'])}" if row["submitted_at"] else ""),
                "Events": str(row["event_count"]) if row["may_view"] else "shown after your own coding is submitted",
                "Started": words.moment(row["made_at"]),
                "Last change": words.moment(row["changed_at"]),
                "Id": row["id"],
            }
        )
        if row["may_view"]:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.text("Take away as a file", width="content")
                take_away.show(coding_id, "this coding")
            _passes(progress.progress(lab, person, coding_id))
            _findings(lab, person, row)
            _recovered(row)
        _reopen(lab, person, row)
        if row["may_bin"] and st.button("Move to the bin"):
            codings.bin(lab, person, coding_id)
            st.rerun()


def _passes(rows: list[Row]) -> None:
    st.markdown("**Passes**")
    facts_list.show({f"{number} {row['name']}": _progress(row) for number, row in enumerate(rows, 1)})


def _progress(row: Row) -> str:
    events = words.count(row["events"], "event" if row["watched_us"] is not None else "rating")
    if row["watched_us"] is None or row["end_us"] <= 0:
        return events
    watched, coded = (words.share(row[name] / row["end_us"]) for name in ("watched_us", "coded_us"))
    speeds = ", ".join(f"{percent / 100:g}x for {words.seconds(us)}" for percent, us in row["speeds"])
    played = f"played at {row['speed']:g}x on average ({speeds})" if speeds else "not played, or frame by frame"
    return f"{watched} watched, {coded} coded, {events}, {played}"


def _findings(lab: Any, person: Row, row: Row) -> None:
    if row["state"] != "open":
        return
    found = codings.check(lab, person, row["id"])
    if not found:
        st.caption("Nothing stands in the way of submitting. Submit on the Code page.")
        return
    blocking, others = ([one for one in found if bool(one["blocks"]) == blocks] for blocks in (True, False))
    mend = [f"{len(blocking)} to be mended first"] if blocking else []
    reason = [f"{len(others)} to be given one reason"] if others else []
    with st.expander(f"Before submitting: {', '.join([*mend, *reason])}"):
        for title, these in (("These keep the coding from being submitted", blocking), ("These need one reason", others)):
            if these:
                st.caption(title)
                st.text("\n".join(one["message"] for one in these))


def _recovered(row: Row) -> None:
    if not row["recovered"]:
        return
    st.markdown("**Recovered versions**")
    st.caption("Key presses that could not go into this coding. Each is a read-only coding beside it; nothing is lost.")
    for version in row["recovered"]:
        bar = st.container(horizontal=True, vertical_alignment="center")
        count = words.count(version["count"], "operation")
        bar.text(f"{words.moment(version['made_at'])}: {count}, because {WHY.get(version['why'], version['why'])}")
        with bar:
            take_away.show(version["id"], "this recovered version")
        if bar.button("View", key=f"recovered_{version['id']}"):
            st.switch_page("pages/code.py", query_params={"coding": version["id"]})


def _reopen(lab: Any, person: Row, row: Row) -> None:
    if not row["may_reopen"]:
        return
    reason = st.text_input("Reason for reopening", placeholder="stands in the history; the submitted version stays readable")
    if st.button("Reopen", type="primary"):
        codings.reopen(lab, person, row["id"], reason)
        st.rerun()
