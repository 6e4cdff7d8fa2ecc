"""The packaged revisions lead to the very tables that the code uses."""

from __future__ import annotations

from pathlib import Path

import databases
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from coder_app.errors import StoreError
from coder_app.store import migrate
from coder_app.store.engine import connect
from coder_app.store.tables import metadata


@pytest.fixture(params=databases.KINDS)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return databases.address(request.param) or f"sqlite:///{tmp_path / 'new.sqlite'}"


def test_an_empty_database_gets_the_tables_of_the_metadata(address: str) -> None:
    engine = connect(address)
    migrate.upgrade(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        assert migrate.revision(connection) == migrate.HEAD
    engine.dispose()


def test_upgrading_again_changes_nothing(address: str) -> None:
    engine = connect(address)
    migrate.upgrade(engine)
    with engine.execution_options(writes=True).begin() as connection:
        connection.execute(text("INSERT INTO study (id, name, note, made_at) VALUES ('s', 'A', '', 'now')"))
    migrate.upgrade(engine)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM study")).scalar() == 1
    engine.dispose()


def test_a_database_of_a_newer_app_is_left_alone(address: str) -> None:
    engine = connect(address)
    migrate.upgrade(engine)
    with engine.execution_options(writes=True).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="newer version"):
        migrate.upgrade(engine)
    engine.dispose()


def test_head_is_the_newest_packaged_revision(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'new.sqlite'}")
    with engine.connect() as connection:
        assert ScriptDirectory.from_config(migrate.configuration(connection)).get_heads() == [migrate.HEAD]
    engine.dispose()
