"""Plain rows in and out of any table, inside one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Column, Select, Table, bindparam, delete, insert, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from coder_app.errors import Conflict, NotFound
from coder_app.model.ids import new_id, now
from coder_app.store.tables import metadata

Row = dict[str, Any]


def table_named(name: str) -> Table:
    """The table of that name; KeyError for one that does not exist is a mistake in the program."""
    return metadata.tables[name]


class Rows:
    """The row helpers on one connection. Nothing is committed here: who opened the transaction does that."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.dialect = connection.dialect.name

    def cursor(self) -> Any:
        """A cursor of the database driver, in this transaction."""
        return self.connection.connection.cursor()

    def get(self, table: str, key: str) -> Row | None:
        """The row with that id (for `setting` its name), binned or not; None if there is none."""
        found = self.connection.execute(_by_key(table), {"wanted": key}).mappings().first()
        return None if found is None else dict(found)

    def all(self, table: str, *, binned: bool = False, **equals: Any) -> list[Row]:
        """Rows whose columns equal `equals` (a list means: any of these), in the order of their keys, which for ids is the
        order of making. Rows in the bin only with `binned=True`."""
        source = table_named(table)
        query = select(source).where(*_conditions(source, equals)).order_by(*source.primary_key.columns)
        if not binned and "binned_at" in source.c:
            query = query.where(source.c.binned_at.is_(None))
        return [dict(row) for row in self.connection.execute(query).mappings()]

    def columns(self, table: str, *names: str) -> list[Row]:
        """Some columns of every row, for tables whose rows are heavy."""
        source = table_named(table)
        query = select(*(source.c[name] for name in names)).order_by(*source.primary_key.columns)
        return [dict(row) for row in self.connection.execute(query).mappings()]

    def insert(self, table: str, **values: Any) -> Row:
        """A new row, with an id and instants where none are given; returns it whole. Raises Conflict if it exists already."""
        source = table_named(table)
        row = {column.name: _value(column, values) for column in source.columns if not _is_automatic(column)}
        unknown = set(values) - set(source.c.keys())
        if unknown:
            raise KeyError(f"{table} has no column {', '.join(sorted(unknown))}")
        try:
            self.connection.execute(insert(source), [row])
        except IntegrityError as error:
            what = table.replace("_", " ")
            message = f"This {what} exists already, or names something that does not: {error.orig}"
            raise Conflict(message, code="exists") from error
        return row

    def update(self, table: str, key: str, **values: Any) -> None:
        """Changes the named columns of one row. Raises NotFound if there is no such row."""
        source = table_named(table)
        done = self.connection.execute(update(source).where(_key(source) == key).values(**values))
        if done.rowcount == 0:
            raise NotFound(f"There is no {table.replace('_', ' ')} {key}. It may have been deleted; load the page again.")

    def update_where(self, table: str, where: Mapping[str, Any], **values: Any) -> int:
        """Changes all rows whose columns equal `where`; returns how many: the way to change a row only if it still is so."""
        source = table_named(table)
        return self.connection.execute(update(source).where(*_conditions(source, where)).values(**values)).rowcount

    def lock(self, table: str, key: str) -> None:
        """Holds the row until the end of the transaction. On SQLite a writing transaction holds everything anyway."""
        if self.dialect != "sqlite":
            source = table_named(table)
            self.connection.execute(select(_key(source)).where(_key(source) == key).with_for_update())

    def delete(self, table: str, **equals: Any) -> int:
        """Deletes for good; returns how many. Needs at least one condition."""
        if not equals:
            raise ValueError("delete needs a condition")
        source = table_named(table)
        return self.connection.execute(delete(source).where(*_conditions(source, equals))).rowcount

    def put(self, table: str, **values: Any) -> None:
        """Inserts the row, or replaces the one with the same key."""
        source = table_named(table)
        keys = {column.name: values[column.name] for column in source.primary_key.columns}
        rest = {name: value for name, value in values.items() if name not in keys}
        if self.update_where(table, keys, **rest) == 0:
            self.insert(table, **values)


@cache
def _by_key(table: str) -> Select[Any]:
    """The query of `get`, made once: every request asks it."""
    source = table_named(table)
    return select(source).where(_key(source) == bindparam("wanted"))


def _key(source: Table) -> Column[Any]:
    return source.c["id"] if "id" in source.c else next(iter(source.primary_key.columns))


def _conditions(source: Table, equals: Mapping[str, Any]) -> list[Any]:
    found = []
    for name, value in equals.items():
        column = source.c[name]
        if isinstance(value, (list, tuple, set, frozenset)):
            found.append(column.in_(list(value)))
        else:
            found.append(column.is_(None) if value is None else column == value)
    return found


def _is_automatic(column: Column[Any]) -> bool:
    return column.primary_key and column.autoincrement is True


def _value(column: Column[Any], values: Mapping[str, Any]) -> Any:
    if column.name in values:
        return values[column.name]
    if column.name == "id" and column.primary_key:
        return new_id()
    if column.name in ("made_at", "changed_at"):
        return now()
    return column.default.arg if isinstance(column.default, ScalarElementColumnDefault) else None
