"""The episodes of an observation: typed one a line, adopted from a submitted coding, and who changed them when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import streamlit as st

from coder_app.errors import Invalid
from coder_app.model.clock import timecode
from coder_app.model.ids import new_id
from coder_app.web import words
from coder_app.web.components.attempt import attempt
from coder_app.workflow import access, episodes, studies

Row = dict[str, Any]

EXAMPLE = "Play: 0:00 - 2:00\nStill-face: 2:00 - 4:00\nReunion: 4:00 - +120"
LINE = re.compile(r"(?P<name>.+):\s+(?P<start>\S+)\s*[-–]\s*(?P<end>\S+)")
CLOCK = re.compile(r"(?:(?:(?P<hours>\d+):)?(?P<minutes>\d{1,2}):)?(?P<seconds>\d{1,6})(?:[.,](?P<part>\d{1,6}))?")


@st.dialog("Episodes", width="large")
def show(lab: Any, person: Row, observation_id: str, before: Sequence[Row]) -> None:
    """`before` are the episodes when the dialog was opened; one that was changed meanwhile is refused."""
    with attempt():
        row = studies.observation(lab, person, observation_id)
        st.caption(f"Of {row['name']}: the same in every coding of it. A submitted coding keeps those it was submitted with.")
        if access.may(person, "observation.edit"):
            _change(lab, person, observation_id, before)
            _adopt(lab, person, observation_id)
        else:
            st.text(text_of(before) or "None yet. Researchers and supervisors draw them on the Code page or type them here.")
        _changes(lab, person, observation_id)


def _change(lab: Any, person: Row, observation_id: str, before: Sequence[Row]) -> None:
    note = "One a line, as name: start - end. A time is 2:00, 1:02:03.5 or 120, the end also +120 for so many seconds later."
    text = st.text_area("Episodes", text_of(before), height=150, placeholder=EXAMPLE)
    st.caption(note)
    if st.button("Save", type="primary"):
        episodes.keep(lab, person, observation_id, rows_of(text, before), before)
        st.rerun()


def _adopt(lab: Any, person: Row, observation_id: str) -> None:
    offered = episodes.adoptable(lab, person, observation_id)
    if not offered:
        return
    with st.expander("Take them from a submitted coding"):
        chosen = st.selectbox("Stream", range(len(offered)), format_func=lambda one: _offer(offered[one]))
        st.caption("Each bout becomes an episode named after its code; those above are replaced.")
        if st.button("Take these") and chosen is not None:
            episodes.adopt(lab, person, offered[chosen]["coding"], offered[chosen]["stream"])
            st.rerun()


def _offer(one: Row) -> str:
    return f"{one['name']}, coded by {one['coder']}: {words.count(one['count'], 'episode')}"


def _changes(lab: Any, person: Row, observation_id: str) -> None:
    made = episodes.changes(lab, person, observation_id)
    if made:
        with st.expander(f"{words.count(len(made), 'change')} so far"):
            st.text("\n\n".join(_told(one) for one in made))


def _told(change: Row) -> str:
    origin = ", taken from a submitted coding" if "coding" in change else ""
    return f"{words.moment(change['made_at'])}, {change['person']}{origin}\n{text_of(change['after']) or 'none left'}"


def text_of(rows: Sequence[Row]) -> str:
    """One line each, as `rows_of` reads them."""
    return "\n".join(f"{one['name']}: {timecode(one['onset_us'])} - {timecode(one['offset_us'])}" for one in rows)


def rows_of(text: str, before: Sequence[Row]) -> list[Row]:
    """Episodes from lines `name: start - end`. One that keeps its name or its times keeps its id, and a time written as one of
    `before` is exactly that, to the microsecond. Raises Invalid naming the first line that is none."""
    exact = {timecode(one[edge]): int(one[edge]) for one in before for edge in ("onset_us", "offset_us")}
    typed = [_read(line, exact) for line in filter(None, map(str.strip, text.splitlines()))]
    ids = _ids(typed, before)
    return [{"id": next(ids), "name": name, "onset_us": start, "offset_us": end} for name, start, end in typed]


def _read(line: str, exact: Mapping[str, int]) -> tuple[str, int, int]:
    parts = LINE.fullmatch(line)
    if parts is None:
        raise Invalid(f"Episodes: {line[:60]!r} is not of the form name: start - end. Write it so, one a line.")
    start = _time(parts["start"], exact, line)
    after = parts["end"].startswith("+")
    end = _time(parts["end"].removeprefix("+"), {} if after else exact, line)
    return parts["name"].strip(), start, start + end if after else end


def _time(text: str, exact: Mapping[str, int], line: str) -> int:
    found = CLOCK.fullmatch(text)
    if found is None:
        raise Invalid(f"Episodes: {text[:30]!r} in {line[:60]!r} is no time. Write 2:00, 1:02:03.5 or 120.")
    hours, minutes, seconds = (int(found[name] or 0) for name in ("hours", "minutes", "seconds"))
    us = (hours * 3600 + minutes * 60 + seconds) * 1_000_000 + int((found["part"] or "0").ljust(6, "0"))
    return exact.get(timecode(us), us) if us % 1000 == 0 else us


def _ids(typed: Sequence[tuple[str, int, int]], before: Sequence[Row]) -> Iterator[str]:
    """By name, else by times, else a new one; each only once."""
    by_name = {one["name"].casefold(): one["id"] for one in before}
    kept = {by_name[name.casefold()] for name, _, _ in typed if name.casefold() in by_name}
    by_times = {(one["onset_us"], one["offset_us"]): one["id"] for one in before if one["id"] not in kept}
    for name, start, end in typed:
        yield by_name.get(name.casefold()) or by_times.pop((start, end), None) or new_id()
