"""The section "Agreement" of each sample's README holds the values that the engine gives for its records.

The table is printed by: python tests/sample_data/test_agreement_values.py
"""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from coder_app import codebook
from coder_app.agreement.result import AgreementResult
from coder_app.agreement.timed.marks import Marks, marks
from coder_app.agreement.timed.streams import Parameters, stream_agreement
from coder_app.codebook import load
from coder_app.model.coding import Coding
from coder_app.model.event import Event
from coder_app.model.interval import Spans
from coder_app.model.scheme import Scheme
from coder_app.shipped import shipped

CLIPS = sorted(path.parent.name for path in shipped("sample_data").glob("*/script.yaml"))
RECORDS = ("key", "coder_1", "coder_2")
HEAD = "| records | stream or code | agreement, 1 s | kappa, 1 s | units | agreement, exact | kappa, exact | seconds |"


def lines(folder: Path) -> list[str]:
    """The table of a sample: every pair of its records, every stream both coded; code by code where codes may overlap."""
    records = {name: json.loads((folder / f"{name}.json").read_text(encoding="utf-8")) for name in RECORDS}
    scheme = load.read(codebook.shipped()[records["key"]["scheme"]])
    codings = {name: coding_of(scheme, record) for name, record in records.items()}
    end = max(end for record in records.values() for parts in record["watched"].values() for _, end in parts)
    found = [HEAD, "|---|---|---|---|---|---|---|---|"]
    for one, two in combinations(RECORDS, 2):
        for stream in scheme.streams:
            first, second = marks(codings[one], stream.id), marks(codings[two], stream.id)
            found += [f"| {one}, {two} | {line} |" for line in stream_lines(stream, first, second, Spans(((0, end),)))]
    return found


def stream_lines(stream: Any, first: Marks, second: Marks, window: Spans) -> list[str]:
    result = stream_agreement(stream, first, second, window, Parameters())
    if not result.compared:
        return []
    if result.exact.table is not None:
        figures = (result.time_unit.percent, result.time_unit.kappa, result.exact.percent, result.exact.kappa)
        return [line(stream.id, *(f.value for f in figures), n=figures[1]["n"], us=figures[3]["n"])]
    return [
        line(
            f"{stream.id}.{code.code}",
            *observed(code.time_unit),
            *observed(code.exact),
            n=code.time_unit["n"],
            us=code.exact["n"],
        )
        for code in result.codes
        if code.exact.undefined is None
    ]


def observed(result: AgreementResult) -> tuple[float | None, float | None]:
    return result["observed"], result.value


def line(name: str, *values: float | None, n: int, us: int) -> str:
    a, b, c, d = ("-" if value is None else f"{value:.3f}" for value in values)
    return f"{name} | {a} | {b} | {n} | {c} | {d} | {us / 1e6:.2f}"


def coding_of(scheme: Scheme, record: dict[str, Any]) -> Coding:
    watched = {stream: Spans.of((a, b) for a, b in parts) for stream, parts in record["watched"].items()}
    return Coding.restore(scheme, map(Event.from_json, record["events"]), watched, {})


@pytest.mark.parametrize("clip", CLIPS)
def test_the_values_in_the_readme_are_what_the_engine_gives(clip: str) -> None:
    folder = shipped("sample_data") / clip
    _, section = (folder / "README.md").read_text(encoding="utf-8").split("\n## Agreement\n")
    table = [row for row in section.split("\n## ")[0].splitlines() if row.startswith("|")]
    assert table == lines(folder)


if __name__ == "__main__":
    for clip in CLIPS:
        print(clip, *lines(shipped("sample_data") / clip), sep="\n")
