"""An agreement run as a file: tidy CSV of every figure, workbook, JSON.

Each names both coders, the scheme and its version, unit, tolerance and software.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from coder_app import __version__
from coder_app.agreement.data import ContingencyTable
from coder_app.agreement.result import REASONS, AgreementResult
from coder_app.agreement.timed.streams import CodeAgreement, TableAgreement
from coder_app.reports.cells import csv_bytes
from coder_app.reports.workbook import Sheet, workbook_bytes
from coder_app.workflow.agreement import Comparison, Side, StreamComparison

Row = dict[str, Any]

FIGURES = ("stream", "code", "second_code", "measure", "statistic", "value", "undefined", "n", "n_of")
ABOUT = (
    "study",
    "observation",
    "first_coder",
    "second_coder",
    "first_coding",
    "second_coding",
    "first_revision",
    "second_revision",
    "scheme",
    "second_scheme",
    "unit_s",
    "tolerance_s",
    "run",
    "made_at",
    "software",
)
COLUMNS = (*FIGURES, *ABOUT)
CODE_PARTS = (
    "observed",
    "expected",
    "p_pos",
    "p_neg",
    "prevalence_first",
    "prevalence_second",
    "prevalence_index",
    "bias_index",
    "pabak",
    "kappa_max",
)
POINT_PARTS = ("matched", "first_only", "second_only", "mean_difference_us", "median_absolute_us")
MEASURES = ("time_unit", "exact")


def to_csv(comparison: Comparison) -> bytes:
    """One row a figure, in seconds where it is a time; `undefined` holds the reason's word where there is no value."""
    about = about_row(comparison)
    return csv_bytes(COLUMNS, (row | about for row in figure_rows(comparison)))


def to_json(comparison: Comparison) -> bytes:
    """The whole result, as `coder-app agreement --json` prints it."""
    return json.dumps(comparison.to_json(), ensure_ascii=False, indent=1).encode()


def to_xlsx(comparison: Comparison) -> bytes:
    """Sheets About, Figures, Confusion, Disagreements, Reasons."""
    figures = list(figure_rows(comparison))
    used = {row["undefined"] for row in figures}
    reasons = [(word, text) for word, text in REASONS.items() if word in used]
    return workbook_bytes(
        [
            Sheet("About", ("name", "value"), list(about_row(comparison).items()), heads=False),
            Sheet("Figures", FIGURES, [row for row in figures if row["statistic"] != "confusion"]),
            Sheet(
                "Confusion",
                ("stream", "measure", "code", "second_code", "value", "n_of"),
                [row for row in figures if row["statistic"] == "confusion"],
            ),
            Sheet(
                "Disagreements",
                ("stream", "kind", "from_s", "to_s", "first", "second"),
                list(disagreement_rows(comparison)),
            ),
            Sheet("Reasons", ("undefined", "in words"), reasons),
        ]
    )


def about_row(comparison: Comparison) -> Row:
    """What must stand beside any figure for it to be repeated."""
    first, second = comparison.first, comparison.second
    return {
        "study": comparison.study,
        "observation": comparison.observation,
        "first_coder": first.name,
        "second_coder": second.name,
        "first_coding": first.coding_id,
        "second_coding": second.coding_id,
        "first_revision": first.revision,
        "second_revision": second.revision,
        "scheme": _scheme(comparison, first),
        "second_scheme": _scheme(comparison, second),
        "unit_s": comparison.parameters.unit_us / 1e6,
        "tolerance_s": comparison.parameters.tolerance_us / 1e6,
        "run": comparison.run_id,
        "made_at": comparison.made_at,
        "software": f"coder-app {__version__}",
    }


def figure_rows(comparison: Comparison) -> Iterator[Row]:
    """Every figure of every stream, one row each."""
    for stream in comparison.streams:
        if stream.result is None:
            continue
        yield from _time_rows(stream)
        for measure, table in zip(MEASURES, (stream.result.time_unit, stream.result.exact), strict=True):
            yield from _table_rows(stream.stream.id, measure, table)
        for code in stream.result.codes:
            yield from _code_rows(stream.stream.id, code)
        for point, result in stream.result.points.items():
            yield from _point_rows(stream.stream.id, point, result)


def disagreement_rows(comparison: Comparison) -> Iterator[Row]:
    for stream in comparison.streams:
        for one in stream.result.disagreements if stream.result is not None else ():
            yield {
                "stream": one.stream,
                "kind": one.kind,
                "from_s": one.from_us / 1e6,
                "to_s": one.to_us / 1e6,
                "first": " + ".join(one.first),
                "second": " + ".join(one.second),
            }


def _scheme(comparison: Comparison, side: Side) -> str:
    return f"{comparison.scheme.id}@{side.scheme_version}"


def _figure(stream: str, measure: str, statistic: str, value: Any, **more: Any) -> Row:
    row: Row = dict.fromkeys(FIGURES)
    return row | {"stream": stream, "measure": measure, "statistic": statistic, "value": value} | more


def _time_rows(stream: StreamComparison) -> Iterator[Row]:
    if stream.result is not None:
        for name, us in stream.result.times.to_json().items():
            yield _figure(stream.stream.id, "time", name.replace("_us", "_s"), us / 1e6)


def _table_rows(stream: str, measure: str, table: TableAgreement) -> Iterator[Row]:
    for result in (table.percent, table.kappa):
        yield _figure(stream, measure, result.statistic, result.value, undefined=result.undefined, **_n(measure, result))
    if table.kappa.value is not None:
        yield _figure(stream, measure, "expected_agreement", table.kappa["expected"], **_n(measure, table.kappa))
    if table.table is not None:
        yield from _confusion_rows(stream, measure, table.table)


def _confusion_rows(stream: str, measure: str, table: ContingencyTable) -> Iterator[Row]:
    for i, first in enumerate(table.categories):
        for j, second in enumerate(table.categories):
            count = int(table.counts[i, j])
            value = count if measure == "time_unit" else count / 1e6
            of = "units" if measure == "time_unit" else "seconds"
            yield _figure(stream, measure, "confusion", value, code=first, second_code=second, n_of=of)


def _code_rows(stream: str, code: CodeAgreement) -> Iterator[Row]:
    for measure, result in zip(MEASURES, (code.time_unit, code.exact), strict=True):
        about = {"code": code.code, **_n(measure, result)}
        yield _figure(stream, measure, "cohen_kappa", result.value, undefined=result.undefined, **about)
        missing = result["undefined_parts"]
        for part in CODE_PARTS:
            yield _figure(stream, measure, part, result[part], undefined=missing.get(part), **about)


def _point_rows(stream: str, code: str, result: AgreementResult) -> Iterator[Row]:
    about = {"code": code, "n": result["n_first"] + result["n_second"], "n_of": "points"}
    yield _figure(stream, "points", "matched_share", result.value, undefined=result.undefined, **about)
    missing = result["undefined_parts"]
    for part in POINT_PARTS:
        value, name = result[part], part
        if part.endswith("_us"):
            value, name = (None if value is None else value / 1e6), part.replace("_us", "_s")
        yield _figure(stream, "points", name, value, undefined=missing.get(part), **about)


def _n(measure: str, result: AgreementResult) -> Row:
    if measure == "time_unit":
        return {"n": result["n"], "n_of": "units"}
    return {"n": result["n"] / 1e6, "n_of": "seconds"}


FORMATS: dict[str, tuple[Callable[[Comparison], bytes], str]] = {
    "csv": (to_csv, "text/csv"),
    "xlsx": (to_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "json": (to_json, "application/json"),
}
