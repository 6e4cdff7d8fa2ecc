"""Event lists of any tool as DataFrames of `onset_s`, `offset_s`, `code`: which column is which is said, not guessed.

Without a mapping a column counts by its own name, upper or lower case: `onset_s` or `onset`, and so on (`USUAL`). A mapping to
numbers alone, counted from 1, is for files without a line of names. Delimiters may be commas, semicolons or tabs. An event
without duration is a point, whether its offset is empty or the same as its onset.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd

from coder_app.agreement.data import Codings, Sessions
from coder_app.errors import Invalid

USUAL: dict[str, tuple[str, ...]] = {
    "onset": ("onset_s", "onset"),
    "offset": ("offset_s", "offset"),
    "duration": ("duration_s", "duration"),
    "code": ("code",),
    "stream": ("stream",),
    "subject": ("subject",),
    "coder": ("coder",),
    "session": ("session", "observation"),
    "modifier": ("modifier", "modifiers"),
}
TIMES = ("s", "ms", "clock")
EMPTY = ("", "nan", "na", "n/a", "none", "null")
_CLOCK = re.compile(r"(?:(\d+):)?(\d+):(\d+(?:[.,]\d+)?)")
_CLOCK_MS = re.compile(r"(\d+:\d+:\d+):(\d{3})")


def read_events(path: Path, columns: Mapping[str, str] | None = None, times: str = "s") -> pd.DataFrame:
    """One file with a row for each event. `columns` maps the names of `USUAL` to those of the file; `times` is "s", "ms" or
    "clock" (h:mm:ss.mmm).

    Raises Invalid naming file, line and column."""
    header, rows = _rows(path, bool(columns) and all(name.isdigit() for name in (columns or {}).values()))
    at = _places(path, header, columns or {})
    found: dict[str, list[Any]] = {}
    for name, place in at.items():
        cells = [row[place].strip() if place < len(row) else "" for _, row in rows]
        if name in ("onset", "offset", "duration"):
            where = [f"{path}, line {line}, {header[place]}" for line, _ in rows]
            found[name] = [_seconds(cell, times, at_cell) for cell, at_cell in zip(cells, where, strict=True)]
        else:
            found[name] = [cell or None for cell in cells]
    if "offset" not in found:
        found["offset"] = [a + d if d is not None else None for a, d in zip(found["onset"], found["duration"], strict=True)]
    found.pop("duration", None)
    found["offset"] = [None if b == a else b for a, b in zip(found["onset"], found["offset"], strict=True)]
    names = {"onset": "onset_s", "offset": "offset_s"}
    return pd.DataFrame({names.get(key, key): pd.Series(values, dtype=object) for key, values in found.items()})


def split_by(frame: pd.DataFrame, column: str) -> dict[str, pd.DataFrame]:
    """Rows of each value of a column, in order of their first appearance; the column leaves."""
    return {str(key): rows.drop(columns=column) for key, rows in frame.groupby(column, sort=False, dropna=False)}


def _rows(path: Path, nameless: bool) -> tuple[list[str], list[tuple[int, list[str]]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid(f"{path} cannot be read as UTF-8 text: {error}.") from error
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(StringIO(text), delimiter=delimiter)
    lines = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    if not lines:
        raise Invalid(f"{path} is empty. The first line names the columns.")
    header = [cell.strip() for cell in lines[0][1]]
    if nameless and not any(cell.isdigit() and cell == str(at) for at, cell in enumerate(header, 1)):
        return [str(at) for at in range(1, len(header) + 1)], lines
    return header, lines[1:]


def _places(path: Path, header: list[str], columns: Mapping[str, str]) -> dict[str, int]:
    if wrong := [key for key in columns if key not in USUAL]:
        raise Invalid(f"There is no column {wrong[0]!r} to map. Choose among: {', '.join(USUAL)}.")
    lower = [cell.lower() for cell in header]
    at: dict[str, int] = {}
    for key, usual in USUAL.items():
        if key in columns:
            if columns[key] not in header:
                raise Invalid(f"{path} has no column {columns[key]!r}. It has: {', '.join(header)}.")
            at[key] = header.index(columns[key])
        elif found := next((name for name in usual if name in lower), None):
            at[key] = lower.index(found)
    for key in ("onset", "code"):
        if key not in at:
            raise Invalid(
                f"{path} has no column for {key}. Say which one it is: --column {key}=NAME. It has: {', '.join(header)}."
            )
    if "offset" not in at and "duration" not in at:
        raise Invalid(
            f"{path} has no column for offset. Say which one it is: --column offset=NAME (empty cells are points), or "
            f"--column duration=NAME. It has: {', '.join(header)}."
        )
    if "offset" in at and "duration" in at:
        at.pop("offset" if "duration" in columns and "offset" not in columns else "duration")
    return at


def _seconds(cell: str, times: str, where: str) -> float | None:
    """Seconds of a cell, None if it is empty."""
    if cell.lower() in EMPTY:
        return None
    try:
        if times == "clock":
            return _clock(cell)
        value = Decimal(cell.replace(",", "."))
        if value.is_finite():
            return float(value / 1000 if times == "ms" else value)
    except (InvalidOperation, ValueError):
        pass
    hint = " Times like 0:01:02.5 need --times clock." if ":" in cell and times != "clock" else ""
    raise Invalid(f"{where}: {cell!r} is not a time.{hint}")


def _clock(cell: str) -> float:
    cell = _CLOCK_MS.sub(r"\1.\2", cell)
    found = _CLOCK.fullmatch(cell)
    if found is None:
        return float(Decimal(cell.replace(",", ".")))
    hours, minutes, seconds = found.groups()
    return float(int(hours or 0) * 3600 + int(minutes) * 60 + Decimal(seconds.replace(",", ".")))


@dataclass(frozen=True, slots=True)
class Reading:
    """How files of events are read. `span`: what was observed, a list of (from_s, to_s); None is from the first event to the
    last."""

    columns: Mapping[str, str] = field(default_factory=dict)
    times: str = "s"
    span: Sequence[tuple[float, float]] | None = None
    categories: tuple[str, ...] | None = None
    unscorable: tuple[str, ...] = ()
    modifiers: bool = False


@dataclass(frozen=True, slots=True)
class Files:
    """What files of events hold: codings of each session that at least two coders have, and the sessions that only one has."""

    sessions: dict[str, Codings]
    alone: tuple[str, ...]
    sources: tuple[dict[str, str], ...]


def read_sessions(paths: Sequence[Path], how: Reading) -> Files:
    """One file for each coder, or one file with a column of coders. A column of sessions gives several sessions.

    Raises Invalid or AgreementError naming file, line and column."""
    coders: dict[str, dict[str, pd.DataFrame]] = {}
    for path in paths:
        for coder, frame in _by_coder(path, how, len(paths)):
            if coder in coders:
                coder = str(path)
            coders[coder] = split_by(frame, "session") if "session" in frame else {"": frame}
    if len(coders) < 2:
        raise Invalid(
            f"There is one coder, {next(iter(coders), 'none')}. Give --file once for each coder, or a file with a column of "
            "coders: --column coder=NAME."
        )
    names = list(dict.fromkeys(name for own in coders.values() for name in own))
    both = {name: [coder for coder, own in coders.items() if name in own] for name in names}
    codings = {
        name: Codings.of({coder: coders[coder][name] for coder in who}, how.span, how.categories, how.unscorable, how.modifiers)
        for name, who in both.items()
        if len(who) > 1
    }
    sources = tuple({"path": str(path), "sha256": sha256(path.read_bytes()).hexdigest()} for path in paths)
    return Files(dict(Sessions.of(codings).codings), tuple(name for name, who in both.items() if len(who) == 1), sources)


def _by_coder(path: Path, how: Reading, files: int) -> list[tuple[str, pd.DataFrame]]:
    """The events of each coder of a file: those its column of coders names, else all of the file's own."""
    frame = read_events(path, how.columns, how.times)
    if "coder" not in frame:
        return [(path.stem, frame)]
    own = split_by(frame, "coder")
    if not own or (files > 1 and len(own) == 1 and next(iter(own)) == "None"):
        return [(path.stem, frame.drop(columns="coder"))]
    return list(own.items())
