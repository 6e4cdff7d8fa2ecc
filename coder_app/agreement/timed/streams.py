"""Agreement of two coders on one stream: which statistics apply to it, and what they are computed from.

States of an exclusive stream give one table; where codes may overlap every code is a stream of its own, present or absent.
Points are matched. A stream may hold both. Time uncoded by either coder is outside the compared time; time unscorable for
either leaves the tables and takes its points with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from coder_app.agreement.data import ContingencyTable, PointPair, Timeline
from coder_app.agreement.registry import compute
from coder_app.agreement.result import AgreementResult, undefined
from coder_app.agreement.timed.disagreements import Disagreement, Point, point_disagreements, state_disagreements
from coder_app.agreement.timed.durations import duration_table
from coder_app.agreement.timed.marks import (
    Marks,
    code_timeline,
    compared_span,
    point_codes,
    state_codes,
    stream_timeline,
    unscorable_span,
)
from coder_app.agreement.timed.units import time_units
from coder_app.model.interval import Spans
from coder_app.model.scheme import Stream


@dataclass(frozen=True, slots=True)
class Parameters:
    """`unit_us`: the time unit. `tolerance_us`: how far apart matched points may lie, included."""

    unit_us: int = 1_000_000
    tolerance_us: int = 1_000_000

    def to_json(self) -> dict[str, Any]:
        return {
            "unit_us": self.unit_us,
            "unit_s": self.unit_us / 1e6,
            "tolerance_us": self.tolerance_us,
            "tolerance_s": self.tolerance_us / 1e6,
        }


@dataclass(frozen=True, slots=True)
class TableAgreement:
    """`measure`: "units" or "us". `table` is None where the stream has no single table."""

    measure: str
    percent: AgreementResult
    kappa: AgreementResult
    table: ContingencyTable | None

    def to_json(self) -> dict[str, Any]:
        table = None
        if self.table is not None:
            table = {"categories": list(self.table.categories), "rows": "first", "counts": self.table.counts.tolist()}
        return {
            "measure": self.measure,
            "percent_agreement": self.percent.to_json(),
            "cohen_kappa": self.kappa.to_json(),
            "table": table,
        }


@dataclass(frozen=True, slots=True)
class CodeAgreement:
    """One code, present or absent, on time units and by exact duration."""

    code: str
    time_unit: AgreementResult
    exact: AgreementResult

    def to_json(self) -> dict[str, Any]:
        return {"code": self.code, "time_unit": self.time_unit.to_json(), "exact": self.exact.to_json()}


@dataclass(frozen=True, slots=True)
class Times:
    """Microseconds: coded by each coder, by both (`compared`), unscorable for each and for either within it, and the
    `scored` rest on which the statistics stand."""

    coded_first: int
    coded_second: int
    compared: int
    unscorable_first: int
    unscorable_second: int
    unscorable: int
    scored: int

    def to_json(self) -> dict[str, int]:
        return {f"{name}_us": getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class StreamAgreement:
    """`time_unit`, `exact` and `codes` are of the states, empty in a stream without states; `points` maps a point code to
    its matching. `outside` counts points of (first, second) coder that were left out: uncoded by the other, or unscorable."""

    stream: str
    times: Times
    compared: Spans
    time_unit: TableAgreement
    exact: TableAgreement
    codes: tuple[CodeAgreement, ...]
    points: dict[str, AgreementResult]
    outside: tuple[int, int]
    disagreements: tuple[Disagreement, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "stream": self.stream,
            **self.times.to_json(),
            "compared": [list(part) for part in self.compared],
            "time_unit": self.time_unit.to_json(),
            "exact": self.exact.to_json(),
            "codes": [code.to_json() for code in self.codes],
            "points": [{"code": code, **result.to_json()} for code, result in self.points.items()],
            "points_left_out": {"first": self.outside[0], "second": self.outside[1]},
            "disagreements": [d.to_json() for d in self.disagreements],
        }


def stream_agreement(stream: Stream, first: Marks, second: Marks, window: Spans, parameters: Parameters) -> StreamAgreement:
    """Everything there is to say about a state or point stream within `window` (the observation).

    Raises AgreementError for a unit or tolerance out of range, or bouts that overlap where they must not."""
    compared = compared_span(first, second, window)
    barred = [unscorable_span(stream, mark) & compared for mark in (first, second)]
    either = barred[0] | barred[1]
    scored = compared - either
    times = Times(
        coded_first=(first.span & window).total_us,
        coded_second=(second.span & window).total_us,
        compared=compared.total_us,
        unscorable_first=barred[0].total_us,
        unscorable_second=barred[1].total_us,
        unscorable=either.total_us,
        scored=scored.total_us,
    )
    time_unit, exact, codes = _states(stream, first, second, window, parameters)
    own = _points(stream, first, scored), _points(stream, second, scored)
    shown = [sum(code in {c.id for c in point_codes(stream)} for _, code in mark.points) for mark in (first, second)]
    found = state_disagreements(stream, first, second, window) if state_codes(stream) else []
    found += point_disagreements(stream, own[0], own[1], parameters.tolerance_us)
    return StreamAgreement(
        stream.id,
        times,
        compared,
        time_unit,
        exact,
        codes,
        _matched(stream, own, parameters.tolerance_us, bool(compared)),
        (shown[0] - len(own[0]), shown[1] - len(own[1])),
        tuple(sorted(found, key=lambda d: (d.from_us, d.to_us))),
    )


States = tuple[TableAgreement, TableAgreement, tuple[CodeAgreement, ...]]


def _states(stream: Stream, first: Marks, second: Marks, window: Spans, parameters: Parameters) -> States:
    codes = state_codes(stream)
    if not codes:
        return _without_table("units", "points"), _without_table("us", "points"), ()
    if stream.exclusive:
        units, exact = _tables(stream_timeline(stream, first, second, window), parameters)
        return units, exact, tuple(_code(code.id, units, exact, i) for i, code in enumerate(codes))
    found = []
    for code in codes:
        units, exact = _tables(code_timeline(stream, code.id, first, second, window), parameters)
        found.append(_code(code.id, units, exact, 0))
    return _without_table("units", "not_exclusive"), _without_table("us", "not_exclusive"), tuple(found)


def _tables(timeline: Timeline, parameters: Parameters) -> tuple[TableAgreement, TableAgreement]:
    empty = not timeline.compared
    units = time_units(timeline, parameters.unit_us).contingency()
    return _table("units", units, empty), _table("us", duration_table(timeline), empty)


def _table(measure: str, table: ContingencyTable, empty: bool) -> TableAgreement:
    percent = compute("percent_agreement", table)
    kappa = compute("cohen_kappa", table, standard_errors=False)
    return TableAgreement(measure, _worded(percent, empty), _worded(kappa, empty), table)


def _code(code: str, units: TableAgreement, exact: TableAgreement, place: int) -> CodeAgreement:
    found = []
    for measured in (units, exact):
        result = compute("per_code_agreement", measured.table, code=place)
        found.append(_worded(result, measured.kappa.undefined == "no_overlap"))
    return CodeAgreement(code, found[0], found[1])


def _without_table(measure: str, reason: str) -> TableAgreement:
    none = [undefined(name, reason, n=0) for name in ("percent_agreement", "cohen_kappa")]
    return TableAgreement(measure, none[0], none[1], None)


def _worded(result: AgreementResult, empty: bool) -> AgreementResult:
    """Says no_overlap rather than no_units where there is no compared time at all."""
    if empty and result.undefined == "no_units":
        return AgreementResult(result.statistic, None, "no_overlap", result.parts)
    return result


def _points(stream: Stream, mark: Marks, scored: Spans) -> list[Point]:
    """Points of the stream's point codes that lie in scored time."""
    codes = {code.id for code in point_codes(stream)}
    points = [(t, code) for t, code in mark.points if code in codes]
    if not scored or not points:
        return []
    parts = np.array(scored.parts, dtype=np.int64)
    instants = np.array([t for t, _ in points], dtype=np.int64)
    part = np.searchsorted(parts[:, 0], instants, side="right") - 1
    inside = (part >= 0) & (instants < parts[np.maximum(part, 0), 1])
    return [point for point, here in zip(points, inside, strict=True) if here]


def _matched(
    stream: Stream, own: tuple[list[Point], list[Point]], tolerance_us: int, overlap: bool
) -> dict[str, AgreementResult]:
    results = {}
    for code in point_codes(stream):
        pair = PointPair.of(*([t for t, c in points if c == code.id] for points in own))
        result = compute("point_matching", pair, tolerance_us=tolerance_us)
        if not overlap:
            result = AgreementResult(result.statistic, None, "no_overlap", result.parts)
        results[code.id] = result
    return results
