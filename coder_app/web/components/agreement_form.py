"""What to compare: an observation, two of its codings, a time unit, a tolerance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from coder_app.web import words
from coder_app.workflow.agreement import Comparison

Row = dict[str, Any]

WIDTHS = (2.4, 2.6, 2.6, 1.1, 1.1, 1)


@dataclass(frozen=True, slots=True)
class Choice:
    """The codings' ids; unit and tolerance in whole microseconds."""

    first: str
    second: str
    unit_us: int
    tolerance_us: int


def show(key: str, observations: Sequence[Row], shown: Comparison | None) -> Choice | None:
    """The choice when "Compare" was pressed, else None. `observations` as `workflow.agreement.observations` gives them; the
    form begins with what is `shown`."""
    columns = st.columns(WIDTHS, vertical_alignment="bottom")
    rows = {row["id"]: row for row in observations}
    at = list(rows).index(shown.observation_id) if shown is not None and shown.observation_id in rows else 0
    names = {one: f"{row['name']}, {row['study']}" for one, row in rows.items()}
    place = columns[0].selectbox("Observation", list(rows), at, names.__getitem__, f"{key}_observation")
    begin = (shown.first.coding_id, shown.second.coding_id) if shown is not None and place == shown.observation_id else None
    first, second = _codings(f"{key}_{place}", rows[place]["codings"], begin, columns[1], columns[2])
    unit = columns[3].number_input("Unit, s", 0.001, None, _unit(shown), 0.1, "%g", key=f"{key}_unit", help=UNIT_HELP)
    tolerance = columns[4].number_input(
        "Tolerance, s", 0.0, None, _tolerance(shown), 0.1, "%g", key=f"{key}_tol", help=TOLERANCE_HELP
    )
    pressed = columns[5].button("Compare", type="primary", key=f"{key}_go", disabled=second is None, width="stretch")
    if pressed and second is not None:
        return Choice(first, second, round(unit * 1e6), round(tolerance * 1e6))
    return None


UNIT_HELP = "Length of a time unit. The exact figures need none."
TOLERANCE_HELP = "Points are matched if they lie at most this far apart."


def _codings(key: str, rows: Sequence[Row], begin: tuple[str, str] | None, left: Any, right: Any) -> tuple[str, str | None]:
    """The ids of two codings of one scheme; the second None if the first has no partner."""
    labels = _labels(rows)
    scheme = {row["id"]: row["scheme"] for row in rows}
    paired = [one for one in scheme if list(scheme.values()).count(scheme[one]) > 1]
    first = left.selectbox("First coding", paired, _place(paired, begin, 0), labels.__getitem__, f"{key}_first")
    others = [one for one in paired if one != first and scheme[one] == scheme[first]]
    second = right.selectbox("Second coding", others, _place(others, begin, 1), labels.__getitem__, f"{key}_second_{first}")
    return first, second


def _place(ids: Sequence[str], begin: tuple[str, str] | None, side: int) -> int:
    return ids.index(begin[side]) if begin is not None and begin[side] in ids else 0


def _labels(rows: Sequence[Row]) -> dict[str, str]:
    """Coding id to words: who, and whether it is submitted; scheme and last change only where they are needed."""
    short = {row["id"]: _words(row) for row in rows}
    schemes = {(row["scheme"], row["scheme_version"]) for row in rows}
    labels = {}
    for row in rows:
        more = [f"{row['scheme']} {row['scheme_version']}"] if len(schemes) > 1 else []
        if list(short.values()).count(short[row["id"]]) > 1:
            more.append(f"changed {words.moment(row['changed_at'])}")
        labels[row["id"]] = ", ".join([short[row["id"]], *more])
    return labels


def _words(row: Row) -> str:
    notes = ["key"] if row["is_key"] and row["coder"] != "Key" else []
    notes += [row["label"]] if row["label"] else []
    notes += [] if row["state"] == "submitted" else ["not submitted"]
    return f"{row['coder']} ({', '.join(notes)})" if notes else str(row["coder"])


def _unit(shown: Comparison | None) -> float:
    return 1.0 if shown is None else shown.parameters.unit_us / 1e6


def _tolerance(shown: Comparison | None) -> float:
    return 1.0 if shown is None else shown.parameters.tolerance_us / 1e6
