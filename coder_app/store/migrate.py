"""Brings a database up to the tables this version of the app knows.

The steps are Alembic revisions in `migrations/versions/`, packaged with the app. Opening a database that is up to date costs
two small queries; Alembic is loaded only when there is something to do.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine, inspect, text
from sqlalchemy.engine import Connection

from coder_app.errors import StoreError

if TYPE_CHECKING:
    from alembic.config import Config

FOLDER = Path(__file__).resolve().parent / "migrations"
HEAD = "0003"
LOCK = 0x436F646572  # the advisory lock under which PostgreSQL servers take turns


def upgrade(engine: Engine) -> None:
    """To the newest revision, in one transaction. Raises StoreError if the database comes from a newer version of the app."""
    with engine.connect() as connection:
        if revision(connection) == HEAD:
            return
    with engine.execution_options(writes=True).begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        found = revision(connection)
        if found == HEAD:
            return
        _check_known(found)
        _run(connection)


def revision(connection: Connection) -> str | None:
    """The revision the database stands at; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def configuration(connection: Connection) -> Config:
    """Alembic's settings for our folder and this open connection."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _run(connection: Connection) -> None:
    from alembic import command

    command.upgrade(configuration(connection), "head")


def _check_known(found: str | None) -> None:
    known = {path.name.split("_")[0] for path in (FOLDER / "versions").glob("[0-9]*.py")}
    if found is not None and found not in known:
        raise StoreError(
            f"This database is at revision {found}; this version of Coder App knows revisions up to {HEAD}. "
            "It was last used with a newer version: install that one, or restore a backup made with this one."
        )
