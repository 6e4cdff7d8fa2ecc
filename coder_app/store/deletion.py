"""Deleting for good: what hangs on a row is found by following foreign keys, taken out whole, and deleted in order."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import Column, Table, delete, select

from coder_app.store.rows import Row, Rows
from coder_app.store.tables import metadata

BATCH = 500

Gathered = dict[str, list[Row]]


def gather(rows: Rows, roots: Mapping[str, Collection[str]]) -> Gathered:
    """The rows with these ids (table -> ids) and every row that names one of them, directly or through others."""
    found: dict[str, dict[tuple[Any, ...], Row]] = {}
    waiting = [(metadata.tables[name].c.id, set(ids)) for name, ids in roots.items()]
    while waiting:
        column, ids = waiting.pop()
        table = column.table
        known = found.setdefault(table.name, {})
        new = {key: row for row in _where(rows, column, ids) if (key := _key(table, row)) not in known}
        known.update(new)
        if new and "id" in table.c:
            waiting += [(child, {row["id"] for row in new.values()}) for child in _naming(table)]
    return {name: list(known.values()) for name, known in found.items() if known}


def remove(rows: Rows, gathered: Gathered) -> None:
    """Delete what `gather` found, those that name others first."""
    for table in reversed(metadata.sorted_tables):
        doomed = gathered.get(table.name, [])
        for row in reversed(sorted(doomed, key=lambda row: _key(table, row))):
            conditions = [column == row[column.name] for column in table.primary_key.columns]
            rows.connection.execute(delete(table).where(*conditions))


def _naming(table: Table) -> Iterator[Column[Any]]:
    """The columns anywhere that name a row of `table`."""
    for other in metadata.sorted_tables:
        yield from (column for column in other.c if any(key.column.table is table for key in column.foreign_keys))


def _where(rows: Rows, column: Column[Any], ids: Collection[str]) -> Iterator[Row]:
    every = sorted(ids)
    for start in range(0, len(every), BATCH):
        query = select(column.table).where(column.in_(every[start : start + BATCH]))
        for row in rows.connection.execute(query).mappings():
            yield dict(row)


def _key(table: Table, row: Row) -> tuple[Any, ...]:
    return tuple(row[column.name] for column in table.primary_key.columns)
