"""All records at one instant, taken out and put back: what backups are made of.

Leases, jobs and unfinished uploads belong to the running app, not to the records, and are left out.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import delete, func, insert, select, text
from sqlalchemy.engine import Connection

from coder_app.errors import StoreError
from coder_app.store.engine import dumps
from coder_app.store.repository import Store
from coder_app.store.rows import Row
from coder_app.store.tables import metadata

PASSING = frozenset({"lease", "job", "upload"})
TABLES = tuple(table.name for table in metadata.sorted_tables if table.name not in PASSING)
BATCH = 1000


def copy_sqlite(source: Path, target: Path) -> None:
    """A copy of a SQLite database that others may be writing to, through SQLite's online backup, in one piece."""
    with closing(sqlite3.connect(source, timeout=30)) as here, closing(sqlite3.connect(target)) as there:
        here.backup(there)
        there.execute("PRAGMA journal_mode=DELETE")
        for table in PASSING:
            there.execute(f"DELETE FROM {table}")
        there.commit()


def check_sqlite(file: Path) -> None:
    """Raise StoreError unless SQLite finds the file whole."""
    try:
        with closing(sqlite3.connect(file)) as connection:
            answer = connection.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{file.name} is no database that can be read: {error}. Use another backup.") from error
    if answer != "ok":
        raise StoreError(f"{file.name} is damaged: {answer}. Use another backup.")


def write_lines(store: Store, folder: Path) -> list[Path]:
    """Every table as `<table>.jsonl` in `folder`, one row a line, all from one view of the database."""
    files = []
    with store.reading() as rows:
        for name in TABLES:
            file = folder / f"{name}.jsonl"
            with file.open("w", encoding="utf-8", newline="\n") as out:
                out.writelines(f"{dumps(row)}\n" for row in _stream(rows.connection, name))
            files.append(file)
    return files


def read_lines(folder: Path, name: str) -> Iterator[Row]:
    """The rows that `write_lines` wrote of one table; none if it has no file."""
    file = folder / f"{name}.jsonl"
    if not file.is_file():
        return
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                yield json.loads(line)
            except ValueError as error:
                raise StoreError(f"{file.name} line {number} is no row of a table: {error}. Use another backup.") from error


def rows_of(store: Store, name: str) -> Iterator[Row]:
    """All rows of one table, in the order of their keys."""
    with store.reading() as rows:
        yield from _stream(rows.connection, name)


def replace(store: Store, rows_of_table: Callable[[str], Iterable[Row]], keep_settings: Collection[str] = ()) -> None:
    """In one transaction, all records go and those of `rows_of_table(table name)` take their place.

    Settings named in `keep_settings` stay as they are. On any error nothing has changed.
    """
    with store.transaction() as rows:
        kept = [row for row in rows.all("setting") if row["name"] in keep_settings]
        for table in reversed(metadata.sorted_tables):
            rows.connection.execute(delete(table))
        for name in TABLES:
            _fill(rows.connection, name, _ordered(name, rows_of_table(name)))
        for row in kept:
            rows.put("setting", **row)
        if not store.is_sqlite:
            log = metadata.tables["log"]
            top = rows.connection.execute(select(func.coalesce(func.max(log.c.id), 0))).scalar_one()
            statement = text("SELECT setval(pg_get_serial_sequence('log', 'id'), :next, false)")
            rows.connection.execute(statement, {"next": top + 1})


def _stream(connection: Connection, name: str) -> Iterator[Row]:
    table = metadata.tables[name]
    query = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=BATCH)
    for row in connection.execute(query).mappings():
        yield dict(row)


def _ordered(name: str, rows: Iterable[Row]) -> Iterable[Row]:
    """Codings that others were recovered from come before those."""
    return sorted(rows, key=lambda row: row["recovered_from"] is not None) if name == "coding" else rows


def _fill(connection: Connection, name: str, rows: Iterable[dict[str, Any]]) -> None:
    table = metadata.tables[name]
    known = set(table.c.keys())
    source = iter(rows)
    while batch := [{key: value for key, value in row.items() if key in known} for row in islice(source, BATCH)]:
        connection.execute(insert(table), batch)
