"""Connections to SQLite and PostgreSQL, set up so that a commit that returns is on the disk.

SQLite: write-ahead log with `synchronous=FULL`, foreign keys on, and a writing transaction takes the write lock at its
beginning (`BEGIN IMMEDIATE`), so that it waits for others instead of failing half way. PostgreSQL: READ COMMITTED.
"""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.exc import ArgumentError

from coder_app.errors import StoreError

BUSY_S = 30


def dumps(value: Any) -> str:
    """Compact JSON text, non-ASCII letters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def connect(address: str) -> Engine:
    """An engine for `sqlite:///...` or `postgresql+psycopg://...`. Raises StoreError for anything else."""
    try:
        url = make_url(address)
    except ArgumentError as error:
        raise StoreError(f"{address!r} is no database address. Write postgresql+psycopg://user@host/name.") from error
    if url.get_backend_name() == "sqlite":
        return _sqlite(url)
    if url.get_backend_name() == "postgresql":
        return _postgresql(url)
    raise StoreError(f"{url.get_backend_name()} is no database this app knows. Leave --database out, or name a PostgreSQL one.")


def _sqlite(url: URL) -> Engine:
    engine = create_engine(url, connect_args={"timeout": BUSY_S}, json_serializer=dumps, pool_size=10, max_overflow=40)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # transactions begin where we say, below
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-32000", "temp_store=MEMORY"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgresql(url: URL) -> Engine:
    try:
        return create_engine(url.set(drivername="postgresql+psycopg"), pool_pre_ping=True, json_serializer=dumps)
    except ModuleNotFoundError as error:
        raise StoreError('PostgreSQL needs one more package. Install it: pip install "coder-app[lab]"') from error
