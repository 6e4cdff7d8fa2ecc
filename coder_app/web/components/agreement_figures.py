"""The confusion matrix as a heat map: seconds in every cell, rows the first coder, columns the second."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from coder_app.agreement.data import ContingencyTable
from coder_app.model.scheme import Stream
from coder_app.web import theme

if TYPE_CHECKING:
    import altair as alt

CELL_PX = 44
AXIS_PX = 64  # the chart is fitted into its height, axis and title included
HUE = "#3d8fa3"
WORDS = {"none": "none (no code)"}


def confusion(stream: Stream, table: ContingencyTable, first: str, second: str) -> None:
    """One hue by its strength, so that nothing is praised or blamed by colour."""
    ink = theme.DARK if st.context.theme.type == "dark" else theme.LIGHT
    st.altair_chart(heat_map(stream, table, first, second, ink["textColor"]), width="stretch")


def heat_map(stream: Stream, table: ContingencyTable, first: str, second: str, ink: str) -> alt.LayerChart:
    """The figure itself; `table` in microseconds, `ink` the colour of text."""
    import altair as alt  # half a second, which only who sees a figure waits for; `warming` is usually faster

    names = {code.id: code.name for code in stream.codes} | WORDS
    order = [names.get(str(category), str(category)) for category in table.categories]
    cells = [
        {"first": order[i], "second": order[j], "seconds": int(table.counts[i, j]) / 1e6}
        for i in range(len(order))
        for j in range(len(order))
    ]
    most = max(int(table.counts.max()) / 1e6, 1e-6)
    axis = alt.Axis(labelAngle=0, ticks=False, domain=False, labelLimit=110, labelColor=ink, titleColor=ink)
    base = alt.Chart(alt.Data(values=cells)).encode(
        x=alt.X("second:N", sort=order, title=f"{second} (seconds)", axis=axis),
        y=alt.Y("first:N", sort=order, title=first, axis=axis),
        tooltip=[
            alt.Tooltip("first:N", title=first),
            alt.Tooltip("second:N", title=second),
            alt.Tooltip("seconds:Q", title="Seconds", format=".3f"),
        ],
    )
    strength = alt.Opacity("seconds:Q", scale=alt.Scale(domain=[0, most], range=[0.05, 0.6]), legend=None)
    tiles = base.mark_rect(color=HUE, cornerRadius=2).encode(opacity=strength)
    text = base.mark_text(fontSize=12, color=ink).encode(text=alt.Text("seconds:Q", format=".2f"))
    return (tiles + text).properties(height=CELL_PX * len(order) + AXIS_PX)
