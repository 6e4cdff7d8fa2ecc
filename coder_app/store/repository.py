"""The door to the database: the one class that the rooms above see.

Every call is a transaction of its own, committed when it returns. Several steps that belong together go through
`with store.transaction() as rows:`, which offers the same helpers; do not call the store itself inside (SQLite has one writer).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from coder_app.errors import Conflict, StoreError
from coder_app.model.ids import now
from coder_app.store import migrate
from coder_app.store.engine import connect
from coder_app.store.rows import Row, Rows


class Store:
    """Rows, settings and the log of one database, on SQLite or PostgreSQL. Safe to use from several threads."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._writing = engine.execution_options(writes=True)

    @staticmethod
    def open(address: str) -> Store:
        """Connects and brings the tables up to date. Raises StoreError if the database is out of reach or too new."""
        engine = connect(address)
        try:
            migrate.upgrade(engine)
        except OperationalError as error:
            engine.dispose()
            where = engine.url.render_as_string(hide_password=True)
            message = f"The database {where} cannot be opened: {error.orig}. Check the address, and that it runs."
            raise StoreError(message) from error
        return Store(engine)

    def close(self) -> None:
        self.engine.dispose()

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def transaction(self) -> Iterator[Rows]:
        """All or nothing: committed (and on the disk) when the block ends, undone when it raises."""
        with self._in_our_words(), self._writing.begin() as connection:
            yield Rows(connection)

    @contextmanager
    def reading(self) -> Iterator[Rows]:
        """One unchanging view of the database for several reads."""
        with self._in_our_words(), self.engine.connect() as connection:
            if not self.is_sqlite:
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield Rows(connection)

    def get(self, table: str, key: str) -> Row | None:
        """The row with that id (for `setting` its name), binned or not; None if there is none."""
        with self.engine.connect() as connection:
            return Rows(connection).get(table, key)

    def all(self, table: str, *, binned: bool = False, **equals: Any) -> list[Row]:
        """Rows whose columns equal `equals` (a list means any of these), oldest first; binned ones only with `binned=True`."""
        with self.engine.connect() as connection:
            return Rows(connection).all(table, binned=binned, **equals)

    def insert(self, table: str, **values: Any) -> Row:
        """A new row, with id and instants where none are given; returns it whole. Raises Conflict if it exists already."""
        with self.transaction() as rows:
            return rows.insert(table, **values)

    def update(self, table: str, key: str, **values: Any) -> None:
        """Changes the named columns of one row. Raises NotFound."""
        with self.transaction() as rows:
            rows.update(table, key, **values)

    def delete(self, table: str, **equals: Any) -> int:
        """Deletes for good the rows that equal; returns how many."""
        with self.transaction() as rows:
            return rows.delete(table, **equals)

    def setting(self, name: str, default: Any = None) -> Any:
        """The value kept under `name`, else `default`."""
        found = self.get("setting", name)
        return default if found is None else found["value"]

    def set_setting(self, name: str, value: Any) -> None:
        with self.transaction() as rows:
            rows.put("setting", name=name, value=value)

    def setting_once(self, name: str, value: Any) -> Any:
        """The value kept under `name`; who asks first keeps `value` there. Processes that ask at once all get the same."""
        if self.get("setting", name) is None:
            with suppress(Conflict):  # another process was first
                self.insert("setting", name=name, value=value)
        return self.setting(name)

    def log(self, person_id: str | None, action: str, about: str | None = None, **detail: Any) -> None:
        """One line in the log of what people did."""
        with self.transaction() as rows:
            rows.insert("log", made_at=now(), person_id=person_id, action=action, about=about, detail=detail)

    def is_reachable(self) -> bool:
        """Whether the database answers."""
        try:
            with self.engine.connect() as connection:
                connection.execute(text("SELECT 1"))
        except DBAPIError:
            return False
        return True

    @contextmanager
    def _in_our_words(self) -> Iterator[None]:
        """Conflict("exists") for a broken constraint, StoreError for a database that fails: those above know no others."""
        driver = self.engine.dialect.loaded_dbapi
        try:
            yield
        except (IntegrityError, driver.IntegrityError) as error:
            cause = getattr(error, "orig", error)
            raise Conflict(f"The records changed at the same moment: {cause}. Try again.", code="exists") from error
        except (OperationalError, driver.OperationalError) as error:
            cause = getattr(error, "orig", error)
            raise StoreError(f"The database failed: {cause}. Nothing of this step was kept; try again.") from error
