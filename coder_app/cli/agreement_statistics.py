"""Any statistics of codings or of files of events, for `coder-app agreement`: its options, and how the figures are printed."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated, Any, cast

import typer

from coder_app import __version__
from coder_app.agreement import STATISTICS, batch
from coder_app.agreement.data import Codings
from coder_app.agreement.entry import Statistic
from coder_app.agreement.event_files import TIMES, USUAL, Files, Reading, read_sessions
from coder_app.agreement.intervals.bootstrap import Method
from coder_app.agreement.intervals.sessions import Resampling
from coder_app.agreement.result import plain
from coder_app.cli import exits
from coder_app.cli.common import print_json, print_table
from coder_app.errors import AgreementError, Invalid
from coder_app.reports.files import save
from coder_app.workflow.agreement import Comparison, codings_of

USUAL_UNIT_US = 1_000_000

File = Annotated[
    list[Path] | None,
    typer.Option("--file", metavar="FILE", help="Events of one coder (CSV), once for each; or one file with a coder column."),
]
Names = Annotated[
    list[str] | None,
    typer.Option("--statistic", metavar="NAME", help="Which, may be repeated. See --list."),
]
Settings = Annotated[
    list[str] | None,
    typer.Option("--option", metavar="KEY=VALUE", help="An option of the statistics, may be repeated; times in seconds."),
]
Column = Annotated[
    list[str] | None,
    typer.Option("--column", metavar="KEY=NAME", help=f"Which column of the files is which: {', '.join(USUAL)}."),
]
Times = Annotated[str, typer.Option(metavar="UNIT", help="Times of the files: s, ms or clock (h:mm:ss.mmm).")]
Span = Annotated[
    list[str] | None,
    typer.Option(metavar="FROM:TO", help="Observed seconds, may be repeated. Default: from the first event to the last."),
]
Categories = Annotated[
    str | None, typer.Option(metavar="A,B,C", help="The codes of the scheme, in order. Default: those that occur.")
]
Unscorable = Annotated[
    list[str] | None, typer.Option(metavar="CODE", help="A code for time that cannot be scored, may be repeated.")
]
Modifiers = Annotated[bool, typer.Option("--modifiers", help="Take a code with its modifiers as a code of its own.")]
Pool = Annotated[bool, typer.Option("--pool", help="Take all streams as one, instead of each apart.")]
IntervalMethod = Annotated[
    str, typer.Option(metavar="METHOD", help="Over several sessions: percentile, bca (bootstrap) or jackknife.")
]
Resamples = Annotated[int, typer.Option(metavar="N", help="Bootstrap resamples.")]
Seed = Annotated[int, typer.Option(metavar="N", help="Where random numbers begin; the same seed gives the same figures.")]
Level = Annotated[float, typer.Option(metavar="SHARE", help="Of the interval, such as 0.95.")]
Block = Annotated[
    str | None, typer.Option(metavar="SECONDS", help="For one session: an interval from blocks of so many seconds of it.")
]
Width = Annotated[
    float | None, typer.Option(metavar="WIDTH", help="Also say how many sessions an interval of this width would take.")
]


Curve = Annotated[
    str | None,
    typer.Option(metavar="KEY=A,B,C", help="A figure for each value of unit, tolerance or another option; times in seconds."),
]


@dataclass(frozen=True, slots=True)
class Asking:
    """What the command line said."""

    statistics: tuple[str, ...]
    options: tuple[str, ...]
    unit_us: int | None
    tolerance_us: int | None
    pool: bool
    interval: str
    resamples: int
    seed: int
    level: float
    block_us: int | None
    width: float | None
    curve: str | None = None

    def asked(self, statistics: tuple[str, ...], unit_us: int, gap: Any = "none") -> batch.Asked:
        return batch.Asked(
            statistics,
            self._settings(statistics),
            unit_us,
            self.tolerance_us,
            gap,
            self.pool,
            Resampling(self.resamples, self.level, cast(Method, self.interval), self.seed),
            self.block_us,
            self.width,
        )

    def _settings(self, statistics: tuple[str, ...]) -> dict[str, Any]:
        found = {key: _value(value) for key, value in _pairs(self.options, "--option").items()}
        draws = any(name in STATISTICS and STATISTICS[name].random for name in statistics)
        return ({"seed": self.seed} if draws else {}) | found


def reading(
    column: list[str] | None,
    times: str,
    span: list[str] | None,
    categories: str | None,
    unscorable: list[str] | None,
    modifiers: bool,
) -> Reading:
    """How the files are to be read. Raises Invalid naming the option that cannot be."""
    if times not in TIMES:
        raise Invalid(f"--times {times} does not exist. Choose one of: {', '.join(TIMES)}.")
    codes = None if categories is None else tuple(code.strip() for code in categories.split(",") if code.strip())
    spans = [_span(text) for text in span] if span else None
    return Reading(_pairs(column or (), "--column"), times, spans, codes, tuple(unscorable or ()), modifiers)


def of_files(paths: Sequence[Path], how: Reading, ask: Asking, out: Path | None, as_json: bool) -> None:
    """Statistics of files of events, printed."""
    files = read_sessions(paths, how)
    if not files.sessions:
        raise Invalid("No session was coded by two coders. Check the names of the sessions in the files.")
    unit = USUAL_UNIT_US if ask.unit_us is None else ask.unit_us
    asked = ask.asked(ask.statistics or batch.usual(files.sessions), unit)
    rows = _along(ask.curve, files.sessions, asked)
    if not ask.statistics:  # of the usual ones, those that there is something for
        rows = [row for row in rows if row.error is None] or rows
    about = _about(asked) | {
        "files": list(files.sources),
        "sessions": list(files.sessions),
        "sessions_of_one_coder": list(files.alone),
        "coders": list(next(iter(files.sessions.values())).names),
    }
    _finish(rows, about, _file_head(files, asked), out, as_json)


def of_comparison(found: Comparison, ask: Asking, out: Path | None, as_json: bool) -> None:
    """Statistics of two codings of the lab, printed."""
    exhaustive = {stream.stream.id: stream.stream.exhaustive for stream in found.streams}
    rows: list[batch.Row] = []
    asked = ask.asked(ask.statistics, found.parameters.unit_us)
    asked = replace(asked, tolerance_us=found.parameters.tolerance_us)
    for stream, codings in codings_of(found).items():
        own = replace(asked, gap=None if exhaustive[stream] else "none")
        rows += [replace(row, stream=stream) for row in _along(ask.curve, {found.observation: codings}, own)]
    about = _about(asked) | {key: value for key, value in found.to_json().items() if key not in ("streams", "parameters")}
    head = f"{found.study}, {found.observation}: {found.first.name} and {found.second.name}"
    _finish(rows, about, [head], out, as_json)


def _along(curve: str | None, sessions: Mapping[str, Codings], asked: batch.Asked) -> list[batch.Row]:
    """The figures, once for each value of a curve if there is one."""
    if curve is None:
        return batch.run(sessions, asked)
    ((key, text),) = _pairs((curve,), "--curve").items()
    rows = []
    for part in text.split(","):
        if key == "unit":
            changed = replace(asked, unit_us=microseconds(part.strip(), "--curve") or 0)
        elif key == "tolerance":
            changed = replace(asked, tolerance_us=microseconds(part.strip(), "--curve"))
        else:
            changed = replace(asked, options={**asked.options, key: _value(part.strip())})
        label = f"{key} {part.strip()}"
        rows += [replace(row, of=f"{row.of}, {label}" if row.of else label) for row in batch.run(sessions, changed)]
    return rows


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


def show_list(as_json: bool) -> None:
    """Every statistic in one line, with its source."""
    if as_json:
        print_json([_entry(entry) for entry in STATISTICS.values()])
        return
    widest = max(map(len, STATISTICS))
    for entry in STATISTICS.values():
        typer.echo(f"{entry.name.ljust(widest)}  {entry.answers} [{entry.source}]")


def _entry(entry: Statistic) -> dict[str, Any]:
    least, most = entry.coders
    defaults = entry.options()
    return {
        "id": entry.name,
        "name": entry.name,
        "answers": entry.answers,
        "source": entry.source,
        "takes": [kind.__name__ for kind in entry.takes],
        "coders": {"fewest": least, "most": most},
        "options": {field.name: plain(getattr(defaults, field.name)) for field in fields(entry.options)},
        "random": entry.random,
        "uncertain": entry.uncertain or None,
    }


def _finish(rows: list[batch.Row], about: dict[str, Any], head: list[str], out: Path | None, as_json: bool) -> None:
    if len(rows) == 1 and rows[0].error is not None:
        raise AgreementError(rows[0].error)
    found = plain(about | {"results": [row.to_json() for row in rows]})
    if out is not None:
        save(out, _content(out, rows, found))
    if as_json:
        print_json(found)
    else:
        typer.echo("\n".join([*head, ""]))
        print_table(list(_cells(rows)), _COLUMNS, "There is nothing to compute.")
        notes = list(_notes(rows))
        if notes:
            typer.echo("\n" + "\n".join(notes))
    if rows and all(row.error for row in rows):
        raise typer.Exit(exits.code_of(AgreementError("")))


_COLUMNS = {"statistic": "statistic", "stream": "stream", "of": "of", "value": "value", "low": "low", "high": "high", "n": "n"}


_OF_TIME = ("duration_kappa",)  # what they count is microseconds


def _cells(rows: list[batch.Row]) -> Iterator[dict[str, Any]]:
    for row in rows:
        result = row.result
        low, high = (None, None) if result is None or result.interval is None else result.interval
        value = "error" if result is None else _number(result.value, missing="-")
        n = None if result is None else result.parts.get("n", result.parts.get("n_sessions"))
        if row.statistic in _OF_TIME and n is not None and "n" in (result.parts if result else {}):
            n = f"{n / 1e6:g} s"
        about = {"statistic": row.statistic, "stream": row.stream, "of": row.of, "n": n}
        yield about | {"value": value, "low": _number(low), "high": _number(high)}


def _notes(rows: list[batch.Row]) -> Iterator[str]:
    """Methods of intervals, reasons and plans, each once."""
    seen: dict[str, None] = {}
    for row in rows:
        if row.error:
            seen[f"{row.statistic}: {row.error}"] = None
        if row.result is not None:
            if row.result.why:
                seen[f"{row.statistic}: {row.result.why}"] = None
            if row.result.interval is not None:
                seen[f"Interval: {row.result.interval_method}, level {row.result.level:g}."] = None
            bootstrap = row.result.parts.get("bootstrap") or {}
            seen |= dict.fromkeys(bootstrap.get("notes", ()))
        if row.plan is not None:
            needed = row.plan.sessions
            many = f"more than {row.plan.most}" if needed is None else str(needed)
            seen[f"{row.statistic} {row.of}: an interval {row.plan.width:g} wide takes {many} sessions."] = None
    return iter(seen)


def _about(asked: batch.Asked) -> dict[str, Any]:
    return {
        "software": {"name": "coder-app", "version": __version__},
        "parameters": {
            "statistics": list(asked.statistics),
            "options": dict(asked.options),
            "unit_s": asked.unit_us / 1e6,
            "tolerance_s": None if asked.tolerance_us is None else asked.tolerance_us / 1e6,
            "streams": "pooled" if asked.pool else "apart",
            "interval": asked.resampling.method,
            "resamples": asked.resampling.resamples,
            "level": asked.resampling.level,
            "seed": asked.resampling.seed,
            "block_s": None if asked.block_us is None else asked.block_us / 1e6,
        },
    }


def _file_head(files: Files, asked: batch.Asked) -> list[str]:
    first = next(iter(files.sessions.values()))
    who = ", ".join(first.names)
    sessions = f"{len(files.sessions)} session{'s' if len(files.sessions) != 1 else ''}"
    head = [
        f"{who}: {sessions}, {first.observed.total_us / 1e6:g} s observed in the first, time unit {asked.unit_us / 1e6:g} s"
    ]
    if files.alone:
        head.append(f"Left out, coded by one coder only: {', '.join(files.alone)}")
    return head


def _content(out: Path, rows: list[batch.Row], found: Any) -> bytes:
    kind = out.suffix.lower()
    if kind == ".json":
        return json.dumps(found, ensure_ascii=False, indent=1).encode()
    if kind == ".csv":
        text = io.StringIO()
        table = csv.DictWriter(text, [*_COLUMNS], lineterminator="\r\n")
        table.writeheader()
        table.writerows(_cells(rows))
        return text.getvalue().encode("utf-8-sig")
    raise Invalid(f"{out} has no known ending. End it in one of: .csv, .json")


def _pairs(texts: Sequence[str], option: str) -> dict[str, str]:
    found = {}
    for text in texts:
        key, sign, value = text.partition("=")
        if not sign or not key.strip() or not value.strip():
            raise Invalid(f"{option} {text} cannot be read. Give it as KEY=VALUE.")
        found[key.strip()] = value.strip()
    return found


def _value(text: str) -> Any:
    """JSON where it is some (numbers, true, null, lists), else the text itself."""
    if text in ("None", "True", "False"):
        return {"None": None, "True": True, "False": False}[text]
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return text


def _span(text: str) -> tuple[float, float]:
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(?:[:,-]|\.\.|\s)\s*(\d+(?:\.\d+)?)\s*", text)
    if found is None:
        raise Invalid(f"--span {text} cannot be read. Give two times in seconds, for example 0:600")
    return float(found[1]), float(found[2])


def _number(value: float | None, missing: str = "") -> str:
    return missing if value is None else f"{value:.3f}"
