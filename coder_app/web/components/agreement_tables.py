"""The figures as tables: one of streams, one of codes, one of points. What has no value shows a dash and a numbered reason."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from coder_app.agreement.result import REASONS, AgreementResult
from coder_app.agreement.timed.streams import TableAgreement
from coder_app.web.words import DASH
from coder_app.workflow.agreement import Comparison, StreamComparison


class Notes:
    """Numbers the reasons in the order in which they are met."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def mark(self, text: str) -> str:
        """The dash that stands for a value, and the number of its reason."""
        if text not in self.texts:
            self.texts.append(text)
        number = self.texts.index(text) + 1
        return f'{DASH}<sup title="{escape(text)}">{number}</sup>'

    def html(self) -> str:
        items = "".join(f"<li>{escape(text)}</li>" for text in self.texts)
        return f'<ol class="cag-notes">{items}</ol>' if items else ""


def streams(comparison: Comparison, decimals: int) -> None:
    """One line a stream that both coded: time units, exact time, points, disagreements. The others are named below."""
    notes = Notes()
    has_points = any(stream.result is not None and stream.result.points for stream in comparison.streams if _compared(stream))
    body = "".join(_stream_row(stream, decimals, notes, has_points) for stream in comparison.streams if _compared(stream))
    others = [stream.stream.name for stream in comparison.streams if not _compared(stream) and stream.result is not None]
    ratings = [stream for stream in comparison.streams if stream.result is None]
    unit = comparison.parameters.unit_us / 1e6
    tolerance = comparison.parameters.tolerance_us / 1e6
    head = (
        '<tr><th rowspan="2" scope="col">Stream</th><th rowspan="2" scope="col" class="coder-number">Scored by both, s</th>'
        f'<th colspan="3" scope="colgroup">Time units of {unit:g} s</th>'
        '<th colspan="2" scope="colgroup">Exact time</th>'
        + (f'<th colspan="2" scope="colgroup">Points within {tolerance:g} s</th>' if has_points else "")
        + '<th rowspan="2" scope="col" class="coder-number">Disagreements</th></tr>'
        + _heads(("Agreement", "Kappa", "n"), ("Agreement", "Kappa"), *([("Matched", "Unmatched")] if has_points else []))
    )
    if body:
        _table(head, body, notes)
    if others:
        st.caption(f"Not compared, since no time was coded by both coders: {', '.join(others)}.")
    if ratings:
        st.caption(f"{', '.join(stream.stream.name for stream in ratings)}: {ratings[0].why}")


def codes(comparison: Comparison, stream: StreamComparison, decimals: int) -> None:
    """One line a code, as present or absent."""
    result = stream.result
    if result is None or not result.codes:
        return
    notes = Notes()
    names = {code.id: code.name for code in stream.stream.codes}
    rows = []
    for code in result.codes:
        exact = code.exact
        shares = [_part(exact, name, decimals, notes) for name in ("p_pos", "p_neg", "prevalence_first", "prevalence_second")]
        seconds = [_seconds(exact[name]) for name in ("both", "first_only", "second_only")]
        kappas = [_value(code.time_unit, decimals, notes), _value(exact, decimals, notes)]
        rows.append(_row(names.get(code.code, code.code), [*kappas, *shares, *seconds]))
    one, two = escape(comparison.first.coder), escape(comparison.second.coder)
    head = (
        '<tr><th rowspan="2" scope="col">Code</th><th colspan="2" scope="colgroup">Kappa</th>'
        '<th colspan="2" scope="colgroup">Agreement where it is</th>'
        '<th colspan="2" scope="colgroup">Share of time</th>'
        '<th colspan="3" scope="colgroup">Seconds</th></tr>'
        + _heads(("units", "exact"), ("present", "absent"), (one, two), ("both", f"{one} only", f"{two} only"))
    )
    _table(head, "".join(rows), notes)


def points(comparison: Comparison, stream: StreamComparison, decimals: int) -> None:
    """One line a point code."""
    result = stream.result
    if result is None or not result.points:
        return
    notes = Notes()
    names = {code.id: code.name for code in stream.stream.codes}
    rows = []
    for code, found in result.points.items():
        counts = [str(found[name]) for name in ("n_first", "n_second", "matched", "first_only", "second_only")]
        times = [_part(found, name, 3, notes, 1e6) for name in ("mean_difference_us", "median_absolute_us")]
        rows.append(_row(names.get(code, code), [*counts, _value(found, decimals, notes), *times]))
    one, two = escape(comparison.first.coder), escape(comparison.second.coder)
    heads = (
        "Points",
        one,
        two,
        "matched",
        f"{one} only",
        f"{two} only",
        "Share matched",
        f"{two} later by, s (mean)",
        "Apart, s (median)",
    )
    head = (
        "<tr>"
        + "".join(f'<th scope="col" class="{"coder-number" if i else ""}">{h}</th>' for i, h in enumerate(heads))
        + "</tr>"
    )
    _table(head, "".join(rows), notes)
    st.caption(REASONS["points"])
    outside = sum(result.outside)
    if outside:
        st.caption(f"{outside} point(s) lie in time that was uncoded or unscorable for either coder and are left out.")


def _compared(stream: StreamComparison) -> bool:
    return stream.result is not None and stream.result.times.compared > 0


def _stream_row(stream: StreamComparison, decimals: int, notes: Notes, has_points: bool) -> str:
    result = stream.result
    if result is None:
        return ""
    matched = sum(found["matched"] for found in result.points.values())
    alone = sum(found["first_only"] + found["second_only"] for found in result.points.values())
    cells = [
        _seconds(result.times.scored),
        *_pair(result.time_unit, decimals, notes),
        str(result.time_unit.kappa["n"]) if result.time_unit.table is not None else "",
        *_pair(result.exact, decimals, notes),
        *(((str(matched), str(alone)) if result.points else ("", "")) if has_points else ()),
        str(len(result.disagreements)),
    ]
    return _row(stream.stream.name, cells)


def _pair(table: TableAgreement, decimals: int, notes: Notes) -> tuple[str, str]:
    percent = table.percent
    share = notes.mark(percent.why or "") if percent.value is None else f"{100 * percent.value:.{decimals - 1}f} %"
    return share, _value(table.kappa, decimals, notes)


def _value(result: AgreementResult, decimals: int, notes: Notes) -> str:
    return notes.mark(result.why or "") if result.value is None else _number(result.value, decimals)


def _part(result: AgreementResult, name: str, decimals: int, notes: Notes, over: float = 1.0) -> str:
    value = result[name]
    return notes.mark(REASONS[result["undefined_parts"][name]]) if value is None else _number(value / over, decimals)


def _number(value: float, decimals: int) -> str:
    return f"{value:.{decimals}f}".replace("-", "\N{MINUS SIGN}")


def _seconds(us: int) -> str:
    return f"{us / 1e6:.3f}"


def _row(name: str, cells: Sequence[str]) -> str:
    """`cells` are markup of ours; the name is text."""
    return (
        f'<tr><th scope="row">{escape(name)}</th>'
        + "".join(f'<td class="coder-number">{cell}</td>' for cell in cells)
        + "</tr>"
    )


def _heads(*groups: Sequence[str]) -> str:
    return "<tr>" + "".join(f'<th scope="col" class="coder-number">{name}</th>' for group in groups for name in group) + "</tr>"


def _table(head: str, body: str, notes: Notes) -> None:
    st.html(f'<table class="coder-table cag-table"><thead>{head}</thead><tbody>{body}</tbody></table>{notes.html()}')
