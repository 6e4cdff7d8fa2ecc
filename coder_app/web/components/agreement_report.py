"""One comparison on the page: what it is of, the table, the viewer, one stream in detail, files to take away."""

from __future__ import annotations

import re
from functools import partial

import streamlit as st

from coder_app.reports import comparison as report
from coder_app.web import words
from coder_app.web.components import agreement_figures, agreement_player, agreement_tables
from coder_app.workflow.agreement import Comparison, StreamComparison


def show(comparison: Comparison) -> None:
    agreement_player.style()
    decimals = _head(comparison)
    agreement_tables.streams(comparison, decimals)
    st.header("Disagreements", anchor=False)
    agreement_player.show("agreement_viewer", comparison)
    _details(comparison, decimals)


def _head(comparison: Comparison) -> int:
    """Who, what, when, with files; returns the decimals asked for."""
    said, three, *files = st.columns((6, 1.5, 0.8, 0.8, 0.8), vertical_alignment="center")
    sides = f"{comparison.first.name} and {comparison.second.name}"
    made = f"compared {words.moment(comparison.made_at)}" if comparison.made_at else "not kept"
    scheme = f"{comparison.scheme.name} {comparison.scheme.version}"
    said.text(" · ".join((sides, comparison.observation, scheme, made)))
    for column, (kind, (make, mime)) in zip(files, report.FORMATS.items(), strict=True):
        name, content = f"{_file_name(comparison)}.{kind}", partial(make, comparison)
        # "ignore": a run of the page would drop the file that the press asks for, and leave the button waiting for it.
        column.download_button(kind.upper(), content, name, mime, key=f"agreement_{kind}", width="stretch", on_click="ignore")
    changed = [side.name for side in (comparison.first, comparison.second) if side.changed]
    if changed:
        st.info(f"Changed since this was compared: {' and '.join(changed)}. Compare again to see it as it stands now.")
    return 3 if three.toggle("Three decimals", key="agreement_decimals") else 2


def _file_name(comparison: Comparison) -> str:
    text = f"agreement-{comparison.observation}-{comparison.first.coder}-{comparison.second.coder}"
    return re.sub(r"[^\w.-]+", "_", text)


@st.fragment
def _details(comparison: Comparison, decimals: int) -> None:
    """One stream: its codes, its confusion matrix in seconds, its points. A fragment, so that the video above goes on."""
    found = {one.stream.id: one for one in comparison.streams if one.result is not None}
    if not found:
        return
    head, choice, _ = st.columns((1, 2, 3), vertical_alignment="center")
    head.header("One stream", anchor=False)
    names = {name: one.stream.name for name, one in found.items()}
    key = f"agreement_stream_{comparison.run_id}"
    first = _most(list(found.values()))
    chosen = choice.selectbox("Stream", list(found), first, names.__getitem__, key, label_visibility="collapsed")
    stream = found[chosen]
    left, right = st.columns((3, 2), gap="large")
    with left:
        agreement_tables.codes(comparison, stream, decimals)
        agreement_tables.points(comparison, stream, decimals)
    with right:
        _matrix(comparison, stream)


def _matrix(comparison: Comparison, stream: StreamComparison) -> None:
    result = stream.result
    if result is None:
        return
    if result.exact.table is None or result.exact.kappa.undefined == "no_overlap":
        st.caption(result.exact.kappa.why or "")
        return
    agreement_figures.confusion(stream.stream, result.exact.table, comparison.first.name, comparison.second.name)
    times = result.times
    st.caption(
        f"Seconds of the {times.scored / 1e6:.3f} s that both scored. "
        f"Left out: {times.unscorable / 1e6:.3f} s unscorable for either, and time that only one coded."
    )


def _most(found: list[StreamComparison]) -> int:
    """The first stream with a table, else the first that both coded."""
    for wanted in (lambda one: one.result.exact.kappa.value is not None, lambda one: one.result.times.compared > 0):
        for place, one in enumerate(found):
            if wanted(one):
                return place
    return 0
