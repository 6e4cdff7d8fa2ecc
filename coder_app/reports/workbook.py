"""Workbooks of plain sheets: bold heads, frozen first row, text kept as text, no formulas."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

WIDEST = 60


@dataclass(frozen=True, slots=True)
class Sheet:
    """`columns` head the sheet (unless `heads` is false); `rows` are mappings by column, or sequences in their order."""

    name: str
    columns: Sequence[str]
    rows: Iterable[Mapping[str, Any] | Sequence[Any]]
    heads: bool = True


def workbook_bytes(sheets: Iterable[Sheet]) -> bytes:
    """An XLSX file. Text never becomes a formula, a link or a number, whatever it begins with."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, options) as book:
        bold = book.add_format({"bold": True})
        for sheet in sheets:
            _write(book.add_worksheet(sheet.name), sheet, bold)
    return target.getvalue()


def _write(page: Any, sheet: Sheet, bold: Any) -> None:
    widths = [len(str(name)) for name in sheet.columns]
    first = 0
    if sheet.heads:
        for column, name in enumerate(sheet.columns):
            page.write_string(0, column, name, bold)
        page.freeze_panes(1, 0)
        first = 1
    for line, row in enumerate(sheet.rows, start=first):
        cells = [row[name] for name in sheet.columns] if isinstance(row, Mapping) else row
        for column, value in enumerate(cells):
            _cell(page, line, column, value)
            widths[column] = max(widths[column], len(str(value)))
    for column, width in enumerate(widths):
        page.set_column(column, column, min(width, WIDEST) + 2)


def _cell(page: Any, line: int, column: int, value: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        page.write_boolean(line, column, value)
    elif isinstance(value, (int, float)):
        page.write_number(line, column, value)
    else:
        page.write_string(line, column, str(value))
