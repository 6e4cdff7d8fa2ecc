"""Plain rows on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import databases
import pytest
from sqlalchemy import text

from coder_app.errors import Conflict, NotFound, StoreError
from coder_app.store.repository import Store


@pytest.fixture(params=databases.KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    found = Store.open(databases.address(request.param) or f"sqlite:///{tmp_path / 'store.sqlite'}")
    yield found
    found.close()


def test_a_row_comes_back_as_it_went_in(store: Store) -> None:
    made = store.insert("study", name="Größe 微笑")
    assert made["note"] == ""
    assert made["binned_at"] is None
    assert store.get("study", made["id"]) == made
    assert store.get("study", "nothing") is None


def test_rows_are_found_by_what_they_equal_without_the_bin(store: Store) -> None:
    ids = [store.insert("study", name=name)["id"] for name in ("A", "B", "B")]
    store.update("study", ids[1], binned_at="2026-01-01T00:00:00.000Z")
    assert [row["id"] for row in store.all("study", name="B")] == [ids[2]]
    assert {row["id"] for row in store.all("study", name="B", binned=True)} == set(ids[1:])
    assert {row["id"] for row in store.all("study", id=[ids[0], ids[2]])} == {ids[0], ids[2]}
    assert store.delete("study", id=ids[0]) == 1
    assert store.get("study", ids[0]) is None


def test_what_cannot_be_is_said_in_our_words(store: Store) -> None:
    store.insert("person", name="Ada", role="supervisor")
    with pytest.raises(Conflict):
        store.insert("person", name="Ada", role="student")
    with pytest.raises(Conflict):
        store.insert("observation", study_id="nothing", name="O", variables={}, episodes=[])
    with pytest.raises(NotFound):
        store.update("study", "nothing", name="X")
    with pytest.raises(KeyError):
        store.insert("study", name="A", colour="red")


def test_a_transaction_is_all_or_nothing(store: Store) -> None:
    def half_way() -> None:
        with store.transaction() as rows:
            rows.insert("study", name="A")
            rows.update("study", "nothing", name="B")

    with pytest.raises(NotFound):
        half_way()
    assert store.all("study") == []


def test_settings_and_log(store: Store) -> None:
    assert store.setting("port", 8501) == 8501
    store.set_setting("port", 9000)
    store.set_setting("port", {"a": [1, None]})
    assert store.setting("port") == {"a": [1, None]}
    assert store.setting_once("secret", "one") == "one"
    assert store.setting_once("secret", "two") == "one"
    store.log(None, "study.add", "s1", name="A")
    assert store.all("log")[0]["detail"] == {"name": "A"}


def test_sqlite_is_durable_and_checks_foreign_keys(tmp_path: Path) -> None:
    store = Store.open(f"sqlite:///{tmp_path / 'store.sqlite'}")
    names = ("journal_mode", "synchronous", "foreign_keys")
    with store.engine.connect() as connection:
        values = [connection.execute(text(f"PRAGMA {name}")).scalar() for name in names]
    assert values == ["wal", 2, 1]  # 2 is FULL
    store.close()


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("nonsense", "no database address"),
        ("mysql://host/name", "no database this app knows"),
        ("postgresql+psycopg://nobody@127.0.0.1:1/none", "cannot be opened"),
        ("sqlite:////nowhere/at/all.sqlite", "cannot be opened"),
    ],
)
def test_a_database_that_cannot_be_is_refused_with_the_reason(address: str, words: str) -> None:
    with pytest.raises(StoreError, match=words):
        Store.open(address)
