"""`coder-app agreement`: how far codings agree - two of the lab, or event lists of any tool - and what statistics there are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from coder_app.agreement import cases as worked_cases
from coder_app.agreement import contract, own
from coder_app.agreement.result import AgreementResult
from coder_app.cli import agreement_statistics as statistics
from coder_app.cli.agreement_statistics import microseconds
from coder_app.cli.common import AsJson, Data, Database, data_of, group, opened, print_json
from coder_app.errors import Invalid
from coder_app.reports import comparison as report
from coder_app.reports.files import save
from coder_app.store.folder import DataFolder
from coder_app.workflow import agreement as runs
from coder_app.workflow.agreement import Comparison, Options, StreamComparison

app = group("How far codings agree.")

Ids = Annotated[
    list[str] | None,
    typer.Argument(metavar="[ID ID]", show_default=False, help="Two codings of one observation (see: coder-app coding list)."),
]


@app.command("agreement")
def agreement(
    ids: Ids = None,
    listed: Annotated[bool, typer.Option("--list", help="Explain every statistic in a line, with its source.")] = False,
    file: statistics.File = None,
    statistic: statistics.Names = None,
    option: statistics.Settings = None,
    unit: Annotated[str | None, typer.Option(metavar="SECONDS", help="Time unit. Default: the scheme's, usually 1.")] = None,
    tolerance: Annotated[str | None, typer.Option(metavar="SECONDS", help="For matching points. Default: 1.")] = None,
    column: statistics.Column = None,
    times: statistics.Times = "s",
    span: statistics.Span = None,
    categories: statistics.Categories = None,
    unscorable: statistics.Unscorable = None,
    modifiers: statistics.Modifiers = False,
    pool: statistics.Pool = False,
    interval: statistics.IntervalMethod = "percentile",
    resamples: statistics.Resamples = 2000,
    seed: statistics.Seed = 1,
    level: statistics.Level = 0.95,
    block: statistics.Block = None,
    width: statistics.Width = None,
    curve: statistics.Curve = None,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Also write FILE.csv, FILE.xlsx or FILE.json.")] = None,
    keep: Annotated[bool, typer.Option("--keep", help="Keep it as a run for the Agreement page.")] = False,
    data: Data = None,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Agreement of two codings, or of event lists of any tool (--file for each coder): the usual figures, or any statistics."""
    if listed or statistic:
        own.load(_folder(data))
    if listed:
        statistics.show_list(as_json)
        return
    ask = statistics.Asking(
        tuple(statistic or ()), tuple(option or ()), microseconds(unit, "--unit"), microseconds(tolerance, "--tolerance"),
        pool, interval, resamples, seed, level, microseconds(block, "--block"), width, curve,
    )  # fmt: skip
    if file:
        if ids:
            raise typer.BadParameter("give codings or --file, not both")
        reading = statistics.reading(column, times, span, categories, unscorable, modifiers)
        statistics.of_files(file, reading, ask, out, as_json)
        return
    if not ids or len(ids) != 2:
        raise typer.BadParameter("give the ids of two codings, or --file for each coder, or --list")
    options = Options(ask.unit_us, ask.tolerance_us)
    with opened(data, database) as (lab, person):
        found = runs.compare(lab, person, ids[0], ids[1], options)
        if keep:
            found = runs.get_run(lab, person, runs.save_run(lab, person, found))
    if statistic:
        statistics.of_comparison(found, ask, out, as_json)
        return
    if out is not None:
        save(out, _content(out, found))
    if as_json:
        print_json(found.to_json())
    else:
        typer.echo("\n".join(lines(found)))


@app.command("agreement cases")
def cases(
    file: Annotated[Path, typer.Argument(help="Worked cases as JSON; see docs/agreement.md.")],
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Run a file of worked cases against the statistics. Exit code 1 if one of them fails."""
    own.load(_folder(data))
    found = worked_cases.run_file(file)
    if as_json:
        print_json([result.to_json() for result in found])
    else:
        for result in found:
            typer.echo(f"{'ok    ' if result.passed else 'FAILED'}  {result.id}")
            if not result.passed:
                typer.echo(f"        expected {result.expected}\n        got      {result.error or result.got}")
        typer.echo(f"{sum(r.passed for r in found)} of {len(found)} cases pass.")
    if not all(result.passed for result in found):
        raise typer.Exit(1)


@app.command("agreement check-own")
def check_own(data: Data = None, as_json: AsJson = False) -> None:
    """Hold the lab's own statistics (`statistics/*.py` in the data folder) to the contract. Exit code 1 if one breaks it."""
    folder = _folder(data)
    found = [
        {"id": entry.name, "file": str(path), "problems": list(contract.problems(entry))}
        for path, entries in own.load(folder).items()
        for entry in entries
    ]
    if as_json:
        print_json(found)
    elif not found:
        typer.echo(f"There are no statistics in {folder / own.FOLDER}.")
    else:
        for row in found:
            typer.echo(f"{row['id']} ({row['file']}): {'OK' if not row['problems'] else ''}".rstrip())
            typer.echo("\n".join(f"  {problem}" for problem in row["problems"]), nl=bool(row["problems"]))
    if any(row["problems"] for row in found):
        raise typer.Exit(1)


def _folder(data: Path | None) -> Path:
    """The data folder, which need not exist."""
    chosen = data_of(data)
    return DataFolder.default() if chosen is None else chosen


def lines(found: Comparison) -> Iterator[str]:
    """The comparison as text for people."""
    unit, tolerance = found.parameters.unit_us / 1e6, found.parameters.tolerance_us / 1e6
    yield f"{found.study}, {found.observation}: {found.first.name} and {found.second.name}"
    yield f"{found.scheme.id}@{found.scheme.version}, time unit {unit:g} s, tolerance {tolerance:g} s"
    for stream in found.streams:
        yield from ("", *_stream_lines(stream))


def _content(out: Path, found: Comparison) -> bytes:
    kind = out.suffix.lstrip(".").lower()
    if kind not in report.FORMATS:
        raise Invalid(f"{out} has no known ending. End it in one of: {', '.join('.' + name for name in report.FORMATS)}")
    return report.FORMATS[kind][0](found)


def _stream_lines(stream: StreamComparison) -> Iterator[str]:
    result = stream.result
    if result is None:
        yield f"{stream.stream.name}: {stream.why}"
        return
    yield f"{stream.stream.name}: {result.times.compared / 1e6:.3f} s coded by both, {result.times.scored / 1e6:.3f} s scored"
    for measure, table, of in (("units", result.time_unit, "n"), ("time", result.exact, "s")):
        if table.kappa.undefined in ("points", "not_exclusive"):
            continue
        n = table.kappa["n"] if of == "n" else f"{table.kappa['n'] / 1e6:.3f}"
        yield f"  {measure:<6} agreement {_percent(table.percent)}  kappa {_value(table.kappa)}  {of} = {n}"
    for code in result.codes:
        kappas = f"kappa {_value(code.time_unit)} (units) {_value(code.exact)} (time)"
        yield f"  {code.code:<24} {kappas}  p_pos {_part(code.exact, 'p_pos')}"
    for point, matched in result.points.items():
        counts = f"{matched['matched']} matched, {matched['first_only']} first only, {matched['second_only']} second only"
        yield f"  {point:<24} {counts}"
    reasons = {table.kappa.why for table in (result.time_unit, result.exact) if table.kappa.why}
    yield from (f"  {why}" for why in sorted(reasons))


def _value(result: AgreementResult) -> str:
    return "-" if result.value is None else f"{result.value:.3f}"


def _percent(result: AgreementResult) -> str:
    return "-" if result.value is None else f"{100 * result.value:.1f} %"


def _part(result: AgreementResult, name: str) -> str:
    return "-" if result[name] is None else f"{result[name]:.3f}"
