"""The journal's own promise: a batch is written on the revision it was made for, whole, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import databases
import pytest

from coder_app.errors import Conflict
from coder_app.store import journal
from coder_app.store.journal import Batch, Line, StepRow
from coder_app.store.repository import Store

AT = "2026-11-22T10:15:02.123Z"
EVENT = {"id": "e1", "stream": "s", "code": "c", "onset_us": 5_000_000_000, "offset_us": None}


@pytest.fixture(params=databases.KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    found = Store.open(databases.address(request.param) or f"sqlite:///{tmp_path / 'store.sqlite'}")
    study, person = found.insert("study", name="A"), found.insert("person", name="Ada", role="supervisor")
    observation = found.insert("observation", study_id=study["id"], name="O", variables={}, episodes=[])
    found.insert("scheme_version", id="v", scheme_id="s", version="1", name="S", body={}, source="")
    found.insert(
        "coding", id="k", observation_id=observation["id"], person_id=person["id"], scheme_version_id="v", state="open"
    )
    yield found
    found.close()


def batch(seq: int, operation_id: str, **rest: object) -> Batch:
    return Batch([Line(seq, operation_id, "w", "p", AT, {"id": operation_id})], **rest)  # type: ignore[arg-type]


def commit(store: Store, known: int, made: Batch, state: str = "open") -> bool:
    with store.transaction() as rows:
        return journal.commit(rows, "k", known, made, 1, AT, state)


def test_everything_of_a_batch_comes_back(store: Store) -> None:
    made = batch(1, "o1", events={"e1": EVENT}, steps={"o1": StepRow(False, 0, {"op": "o1"})}, spans={("s", "watched", 0): 9})
    assert commit(store, 0, made)
    with store.reading() as rows:
        loaded = journal.load(rows, "k", 10)
        assert journal.lines(rows, "k") == made.lines
        assert journal.where(rows, ["o1", "o2"]) == {"o1": ["k"]}
    assert (loaded.events, [tuple(s) for s in loaded.spans]) == ([EVENT], [("s", "watched", 0, 9)])
    assert (loaded.done, loaded.undone, loaded.writers) == ([{"op": "o1"}], [], {"w": 1})
    row = store.get("coding", "k")
    assert row is not None
    assert (row["revision"], row["event_count"], row["changed_at"]) == (1, 1, AT)


def test_rows_are_replaced_and_taken_away(store: Store) -> None:
    commit(store, 0, batch(1, "o1", events={"e1": EVENT, "e2": EVENT | {"id": "e2"}}, spans={("s", "own", 0): 9}))
    commit(store, 1, batch(2, "o2", events={"e1": EVENT | {"code": "d"}, "e2": None}, spans={("s", "own", 0): None}))
    with store.reading() as rows:
        loaded = journal.load(rows, "k", 10)
    assert (loaded.events, loaded.spans) == ([EVENT | {"code": "d"}], [])


@pytest.mark.parametrize("change", [{"revision": 3}, {"state": "submitted"}, {"binned_at": AT}])
def test_nothing_is_written_where_the_coding_has_moved_on(store: Store, change: dict[str, object]) -> None:
    store.update("coding", "k", **change)
    assert not commit(store, 0, batch(1, "o1"))
    with store.reading() as rows:
        assert journal.lines(rows, "k") == []


def test_the_same_operation_cannot_be_written_twice(store: Store) -> None:
    assert commit(store, 0, batch(1, "o1"))
    with pytest.raises(Conflict) as error:
        commit(store, 1, batch(2, "o1"))
    assert error.value.code == "exists"
    row = store.get("coding", "k")
    assert row is not None
    assert row["revision"] == 1
