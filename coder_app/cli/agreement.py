"""`coder-app agreement ID ID`: how far two codings of one observation agree."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated

import typer

from coder_app.agreement.result import AgreementResult
from coder_app.cli.common import AsJson, Data, Database, group, opened, print_json
from coder_app.errors import Invalid
from coder_app.reports import comparison as report
from coder_app.reports.files import save
from coder_app.workflow import agreement as runs
from coder_app.workflow.agreement import Comparison, Options, StreamComparison

app = group("How far two codings of one observation agree.")


@app.command("agreement")
def agreement(
    first: Annotated[str, typer.Argument(metavar="ID", help="A coding (see: coder-app coding list).")],
    second: Annotated[str, typer.Argument(metavar="ID", help="Another coding of the same observation; a key counts.")],
    unit: Annotated[str | None, typer.Option(metavar="SECONDS", help="Time unit. Default: the scheme's, usually 1.")] = None,
    tolerance: Annotated[str | None, typer.Option(metavar="SECONDS", help="For matching points. Default: 1.")] = None,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Also write FILE.csv, FILE.xlsx or FILE.json.")] = None,
    keep: Annotated[bool, typer.Option("--keep", help="Keep it as a run for the Agreement page.")] = False,
    data: Data = None,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Percent agreement and Cohen's kappa for each stream, per code, and points matched at a tolerance."""
    options = Options(microseconds(unit, "--unit"), microseconds(tolerance, "--tolerance"))
    with opened(data, database) as (lab, person):
        found = runs.compare(lab, person, first, second, options)
        if keep:
            found = runs.get_run(lab, person, runs.save_run(lab, person, found))
    if out is not None:
        save(out, _content(out, found))
    if as_json:
        print_json(found.to_json())
    else:
        typer.echo("\n".join(lines(found)))


def microseconds(text: str | None, option: str) -> int | None:
    """Decimal seconds as whole microseconds; None stays None. Raises Invalid naming the option."""
    if text is None:
        return None
    try:
        value = Decimal(text) * 1_000_000
        if value == value.to_integral_value():
            return int(value)
    except (InvalidOperation, OverflowError, ValueError):
        pass
    raise Invalid(f"{option} {text} is not a time. Give seconds with at most six decimals, for example 0.5")


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
