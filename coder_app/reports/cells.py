"""Text, numbers and times as they stand in cells.

A spreadsheet takes text that begins with = + - @ (or a tab or line break before one) for a formula. Free text comes from many
hands, so in CSV such text gets an apostrophe in front; workbooks store it as text and need none.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def plain(text: str) -> str:
    """`text`, safe to open in a spreadsheet."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def seconds(us: int | None) -> str:
    """Whole microseconds as exact decimal seconds: "5.200000"; empty for None.

    >>> seconds(5_200_000), seconds(-1)
    ('5.200000', '-0.000001')
    """
    if us is None:
        return ""
    whole, rest = divmod(abs(us), 1_000_000)
    return f"{'-' if us < 0 else ''}{whole}.{rest:06d}"


def modifiers_text(modifiers: Mapping[str, Any]) -> str:
    """One modifier after the other: "channel=face; marked"."""
    shown = ((name, value) for name, value in modifiers.items() if value is not None and value is not False)
    return "; ".join(name if value is True else f"{name}={value}" for name, value in shown)


def csv_bytes(columns: Iterable[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """UTF-8, a comma between cells, one line a row; None is empty, a bool true or false, text made `plain`.

    Numbers are given as numbers or by `Exact`, so that a minus sign in front of one stays."""
    names = list(columns)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_cell(row[name]) for name in names] for row in rows)
    return text.getvalue().encode()


class Exact(str):
    """A number written as text, which needs no guarding."""

    __slots__ = ()


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and not isinstance(value, Exact):
        return plain(value)
    return value
