"""The queue keeps jobs through everything, and hands each to one worker."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import databases
import pytest

from coder_app.errors import NotFound
from coder_app.jobs import queue
from coder_app.store.repository import Store

LONG_AGO = "2020-01-01T00:00:00.000Z"


@pytest.fixture(params=databases.KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    found = Store.open(databases.address(request.param) or f"sqlite:///{tmp_path / 'jobs.sqlite'}")
    yield found
    found.close()


def test_jobs_come_out_in_the_order_they_went_in(store: Store) -> None:
    ids = [queue.enqueue(store, "copy", f"Copy {i}", about="m1", media_id="m1") for i in range(3)]
    assert sorted(ids) == [job["id"] for job in queue.about(store, "m1")]
    taken = [queue.take(store, "w") for _ in range(4)]
    assert [job and job["state"] for job in taken] == ["running"] * 3 + [None]
    assert {job["id"] for job in taken if job} == set(ids)
    assert taken[0] is not None
    assert taken[0]["arguments"] == {"media_id": "m1"}


def test_two_workers_never_get_the_same_job(store: Store) -> None:
    ids = {queue.enqueue(store, "copy", f"Copy {i}") for i in range(12)}
    taken: list[str] = []

    def work(name: str) -> None:
        while (job := queue.take(store, name)) is not None:
            taken.append(job["id"])

    threads = [threading.Thread(target=work, args=(f"w{i}",)) for i in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == 12
    assert set(taken) == ids


def test_cancelling_a_waiting_job_ends_it_and_a_running_one_hears_of_it(store: Store) -> None:
    waiting, running = queue.enqueue(store, "copy", "A"), queue.enqueue(store, "copy", "B")
    assert queue.cancel(store, waiting)["state"] == "cancelled"
    job = queue.take(store, "w")
    assert job is not None
    assert job["id"] == running
    assert queue.beat(store, running, "w", 250, "a quarter")
    assert queue.cancel(store, running)["state"] == "running"
    assert not queue.beat(store, running, "w")
    assert queue.end(store, running, "w", "cancelled")
    assert queue.get(store, running)["progress"] == 250
    with pytest.raises(NotFound):
        queue.cancel(store, "nothing")


def test_a_job_whose_worker_died_waits_again_and_gives_up_at_last(store: Store) -> None:
    job_id = queue.enqueue(store, "copy", "A")
    for attempt in range(1, queue.MOST_ATTEMPTS + 1):
        job = queue.take(store, f"w{attempt}")
        assert job is not None
        assert job["attempts"] == attempt
        store.update("job", job_id, beat_at=LONG_AGO)
    assert queue.take(store, "w9") is None
    assert queue.get(store, job_id)["state"] == "failed"
    assert "stopped 3 times" in queue.get(store, job_id)["message"]


def test_the_old_worker_of_a_revived_job_is_told_to_stop(store: Store) -> None:
    job_id = queue.enqueue(store, "copy", "A")
    queue.take(store, "old")
    store.update("job", job_id, beat_at=LONG_AGO)
    assert queue.take(store, "new") is not None
    assert not queue.beat(store, job_id, "old")
    assert not queue.end(store, job_id, "old", "done")
    assert queue.end(store, job_id, "new", "done", result={"ok": True})
    assert queue.get(store, job_id)["result"] == {"ok": True}


def test_released_jobs_wait_again_without_a_mark(store: Store) -> None:
    job_id = queue.enqueue(store, "copy", "A")
    queue.take(store, "w")
    queue.release(store, job_id, "w")
    job = queue.get(store, job_id)
    assert (job["state"], job["attempts"], job["worker"]) == ("waiting", 0, None)


def test_recent_names_the_living_first(store: Store) -> None:
    ids = [queue.enqueue(store, "copy", str(i)) for i in range(3)]
    done = queue.take(store, "w")
    assert done is not None
    queue.end(store, done["id"], "w", "done")
    assert [job["id"] for job in queue.recent(store)] == [*reversed([i for i in sorted(ids) if i != done["id"]]), done["id"]]
