"""Observations from a table (CSV): one row each. Everything wrong in the file is told at once; then nothing has been made.

Columns, in any order and letter case: `name` (needed), `age_months`, `video` (name or path of a video already added);
every other column is a free variable. Commas, semicolons, tabs or bars between cells are told apart by the first line; with
semicolons or tabs an age may have a decimal comma, as spreadsheets in many countries write it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coder_app.errors import CoderError, Invalid, NotFound
from coder_app.workflow import access, names
from coder_app.workflow.lab import Lab
from coder_app.workflow.observations import KNOWN, check_age, new_row

Row = dict[str, Any]

DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at a line of the file (1 is the header) and, where it is one cell, in which column."""

    line: int
    column: str | None
    text: str

    def __str__(self) -> str:
        column = "" if self.column is None else f", column {self.column}"
        return f"line {self.line}{column}: {self.text}"


class TableProblems(Invalid):
    """A table that cannot be imported; `problems` lists everything found, in the order of the lines."""

    code = "table"

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(problems, key=lambda p: p.line)
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        lines = "\n".join(str(problem) for problem in self.problems)
        super().__init__(f"The table was not imported; it has {count}. Mend the file and import it again.\n{lines}")


def import_observations(lab: Lab, person: Row, study_id: str, csv_text: str | bytes) -> list[Row]:
    """Make one observation for each row and return them in the order of the file.

    Parameters
    ----------
    csv_text : the whole file, as text or as bytes (UTF-8 with or without byte order mark, or UTF-16 with one).

    Raises: TableProblems with everything that is wrong; then no observation has been made. NotFound for the study.
    """
    access.require(person, "observation.edit")
    if lab.store.get("study", study_id) is None:
        raise NotFound(f"There is no study {study_id}. Open the Studies page for the list.")
    header, lines, delimiter = _read(_decode(csv_text))
    check = _Check(lab, study_id, decimal_comma=delimiter in ";\t")
    made = [check.row(line, header, cells) for line, cells in lines]
    if check.problems:
        raise TableProblems(check.problems)
    with lab.store.transaction() as rows:
        for row in made:
            rows.insert("observation", **row)
        detail = {"names": [row["name"] for row in made]}
        rows.insert("log", person_id=person["id"], action="observation.import", about=study_id, detail=detail)
    return made


def _decode(text: str | bytes) -> str:
    if isinstance(text, str):
        return text.removeprefix("\ufeff")
    encoding = "utf-16" if text[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return text.decode(encoding)
    except UnicodeDecodeError as error:
        line = text[: error.start].count(b"\n") + 1
        message = "the bytes here are not UTF-8. In the spreadsheet choose “CSV UTF-8” when saving"
        raise TableProblems([Problem(line, None, message)]) from error


def _read(text: str) -> tuple[list[str], list[tuple[int, list[str]]], str]:
    """Header, rows with the line each begins at, and the delimiter. Raises TableProblems for what makes columns unclear."""
    delimiter = _delimiter(text)
    lines = list(_lines(text, delimiter))
    if not lines:
        raise TableProblems([Problem(1, None, "the file is empty; its first line must name the columns, one of them “name”")])
    (top, header), *rows = lines
    header = [name.casefold() if (name := " ".join(cell.split())).casefold() in KNOWN else name for cell in header]
    problems = list(_header_problems(top, header))
    if not rows:
        problems.append(Problem(top, None, "there is a header but no row below it"))
    if problems:
        raise TableProblems(problems)
    return header, rows, delimiter


def _delimiter(text: str) -> str:
    """The one of `DELIMITERS` that stands most often outside quotes in the first line that is not blank; else a comma."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    outside = "".join(first.split('"')[::2])
    return max(DELIMITERS, key=outside.count)


def _lines(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Every row that is not blank, with the number of the line it begins at: a quoted cell may hold line breaks."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begin = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            message = f"a quotation mark is open or out of place ({error}). Write a quote inside a cell twice"
            raise TableProblems([Problem(begin, None, message)]) from error
        if any(cell.strip() for cell in cells):
            yield begin, [cell.strip() for cell in cells]
        begin = reader.line_num + 1


def _header_problems(line: int, header: list[str]) -> Iterator[Problem]:
    if "name" not in header:
        yield Problem(line, None, f"no column is called “name”; found {', '.join(cell or '(empty)' for cell in header)}")
    seen: set[str] = set()
    for place, name in enumerate(header, 1):
        if not name:
            yield Problem(line, None, f"column {place} has no name")
        elif name.casefold() in seen:
            yield Problem(line, None, f"two columns are called {name}")
        seen.add(name.casefold())


class _Check:
    """Turns cells into rows of the table `observation` and collects what is wrong with them."""

    def __init__(self, lab: Lab, study_id: str, decimal_comma: bool) -> None:
        self.folder = Path(lab.folder.path)
        self.study_id, self.decimal_comma = study_id, decimal_comma
        self.problems: list[Problem] = []
        self.lines: dict[str, int] = {}
        self.media = lab.store.all("media")
        self.taken = {row["name"].casefold(): row for row in lab.store.all("observation", study_id=study_id, binned=True)}

    def row(self, line: int, header: list[str], found: list[str]) -> Row:
        """A line that has too many or too few cells is looked at as far as it goes."""
        if len(found) != len(header):
            self.problems.append(Problem(line, None, f"has {len(found)} cells, and the header has {len(header)}"))
        cells = dict(zip(header, [*found, *[""] * len(header)], strict=False))
        name = self._name(line, cells["name"])
        age = self._age(line, cells.get("age_months", ""))
        media_id = self._video(line, cells.get("video", ""))
        variables = {key: value for key, value in cells.items() if key not in KNOWN and value}
        return new_row(self.study_id, name, age, variables, media_id)

    def _name(self, line: int, text: str) -> str:
        try:
            name = names.clean(text, "an observation")
            before = self.lines.setdefault(name.casefold(), line)
            if before != line:
                raise Invalid(f"{name} stands in line {before} already")
            taken = self.taken.get(name.casefold())
            if taken is not None:
                where = "the bin" if taken["binned_at"] is not None else "the study"
                raise Invalid(f"{taken['name']} is in {where} already")
        except CoderError as error:
            self.problems.append(Problem(line, "name", str(error)))
            return ""
        return name

    def _age(self, line: int, text: str) -> float | None:
        if not text:
            return None
        try:
            return check_age(float(text.replace(",", ".") if self.decimal_comma else text))
        except ValueError:
            self.problems.append(Problem(line, "age_months", f"{text!r} is not a number of months"))
        except CoderError as error:
            self.problems.append(Problem(line, "age_months", str(error)))
        return None

    def _video(self, line: int, text: str) -> str | None:
        if not text:
            return None
        found = [row for row in self.media if text in (row["name"], row["path"], row["id"])]
        found = found or [row for row in self.media if self.folder / row["path"] == self.folder / text]
        found = found or [row for row in self.media if Path(row["path"]).name == text]
        if len(found) == 1:
            return str(found[0]["id"])
        if found:
            places = ", ".join(row["path"] for row in found)
            message = f"{len(found)} videos are called {text}. Write the path of the one you mean: {places}"
        else:
            message = f"no video {text} has been added. Add it first, then import the table again"
        self.problems.append(Problem(line, "video", message))
        return None
