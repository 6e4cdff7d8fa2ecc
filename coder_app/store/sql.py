"""Plain statements, run on the database driver itself: for the few that each key press waits for.

The same text serves SQLite (`:name`) and PostgreSQL (`%(name)s`); both drivers keep it prepared.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from coder_app.store.rows import Rows


class Sql:
    """One statement with named values. It may not hold `%`, nor `:` but before a name."""

    def __init__(self, text: str) -> None:
        self._text = {"sqlite": text, "postgresql": re.sub(r":(\w+)", r"%(\1)s", text)}

    def run(self, rows: Rows, values: Mapping[str, Any]) -> Any:
        """Runs it in the transaction of `rows`; returns the driver's cursor."""
        cursor = rows.cursor()
        cursor.execute(self._text[rows.dialect], values)
        return cursor

    def run_many(self, rows: Rows, values: Sequence[Mapping[str, Any]]) -> None:
        """Runs it for each of `values`."""
        cursor = rows.cursor()
        if len(values) == 1:
            cursor.execute(self._text[rows.dialect], values[0])
        else:
            cursor.executemany(self._text[rows.dialect], values)

    def all(self, rows: Rows, values: Mapping[str, Any]) -> list[Any]:
        """All rows it finds, as tuples."""
        found: list[Any] = self.run(rows, values).fetchall()
        return found
