"""The durable queue of jobs: put in, look at, cancel, and (for workers) take out.

A job is `waiting`, `running`, `done`, `failed` or `cancelled`. A running job's worker writes a beat every few seconds; a job
whose beat is stale has lost its worker and waits again, until it has been tried `MOST_ATTEMPTS` times: a task that kills its
worker does not do so for ever.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from coder_app.errors import NotFound
from coder_app.jobs.registry import Cancelled
from coder_app.model.ids import now
from coder_app.store.repository import Store

STALE_S = 15
MOST_ATTEMPTS = 3
ENDED = ("done", "failed", "cancelled")

Job = dict[str, Any]

__all__ = ["Cancelled", "about", "cancel", "enqueue", "get", "recent"]


def enqueue(store: Store, task: str, label: str, about: str | None = None, **arguments: Any) -> str:
    """A new waiting job; returns its id. `label` is shown to people, `about` the id of the thing worked on."""
    row = store.insert("job", task=task, label=label, about=about, arguments=arguments, state="waiting")
    return str(row["id"])


def cancel(store: Store, job_id: str) -> Job:
    """A waiting job is cancelled at once, a running one at its next progress; one that has ended stays as it is."""
    with store.transaction() as rows:
        if rows.get("job", job_id) is None:
            raise NotFound(f"There is no job {job_id}. Load the list again.")
        waiting = rows.update_where("job", {"id": job_id, "state": "waiting"}, state="cancelled", ended_at=now(), cancel=True)
        if not waiting:
            rows.update_where("job", {"id": job_id, "state": "running"}, cancel=True)
    return get(store, job_id)


def get(store: Store, job_id: str) -> Job:
    """Raises NotFound."""
    found = store.get("job", job_id)
    if found is None:
        raise NotFound(f"There is no job {job_id}. Load the list again.")
    return found


def about(store: Store, thing_id: str) -> list[Job]:
    """All jobs about a thing, oldest first."""
    return store.all("job", about=thing_id)


def recent(store: Store, limit: int = 50) -> list[Job]:
    """Jobs that wait or run, then the newest that have ended; newest first in both."""
    alive = store.all("job", state=["waiting", "running"])
    ended = store.all("job", state=list(ENDED))
    return [*reversed(alive), *list(reversed(ended))[:limit]]


def take(store: Store, worker: str) -> Job | None:
    """The oldest waiting job, now running for `worker`; None if nothing waits. Two workers never get the same one."""
    revive(store)
    for job in store.all("job", state="waiting"):
        with store.transaction() as rows:
            mine = rows.update_where(
                "job",
                {"id": job["id"], "state": "waiting"},
                state="running", worker=worker, beat_at=now(), attempts=job["attempts"] + 1, progress=0, message="",
            )  # fmt: skip
        if mine:
            return get(store, job["id"])
    return None


def beat(store: Store, job_id: str, worker: str, progress: int | None = None, message: str | None = None) -> bool:
    """Says that the worker lives, and how far it is (per mille). False when the job is to end: it was cancelled, or is no
    longer this worker's."""
    values: dict[str, Any] = {"beat_at": now()}
    if progress is not None:
        values["progress"] = max(0, min(1000, progress))
    if message is not None:
        values["message"] = message
    with store.transaction() as rows:
        mine = rows.update_where("job", {"id": job_id, "worker": worker, "state": "running"}, **values)
        job = rows.get("job", job_id)
    return bool(mine) and job is not None and not job["cancel"]


def end(store: Store, job_id: str, worker: str, state: str, message: str = "", result: Any = None) -> bool:
    """The job is over; False if it was no longer this worker's."""
    values: dict[str, Any] = {"state": state, "message": message, "result": result, "ended_at": now()}
    if state == "done":
        values["progress"] = 1000
    with store.transaction() as rows:
        return bool(rows.update_where("job", {"id": job_id, "worker": worker, "state": "running"}, **values))


def release(store: Store, job_id: str, worker: str) -> None:
    """Back to waiting, without counting as an attempt: the worker is told to stop."""
    job = get(store, job_id)
    attempts = max(0, job["attempts"] - 1)
    with store.transaction() as rows:
        where = {"id": job_id, "worker": worker, "state": "running"}
        rows.update_where("job", where, state="waiting", worker=None, beat_at=None, attempts=attempts, progress=0)


def revive(store: Store) -> None:
    """Jobs whose worker has died wait again; after too many deaths they have failed."""
    for job in store.all("job", state="running"):
        beat_at = job["beat_at"]
        if beat_at is not None and _age_s(beat_at) < STALE_S:
            continue
        where = {"id": job["id"], "state": "running", "beat_at": beat_at}
        with store.transaction() as rows:
            if job["cancel"]:
                rows.update_where("job", where, state="cancelled", ended_at=now())
            elif job["attempts"] >= MOST_ATTEMPTS:
                message = f"Its worker stopped {job['attempts']} times without an answer. Check the video, then start it again."
                rows.update_where("job", where, state="failed", message=message, ended_at=now())
            else:
                rows.update_where("job", where, state="waiting", worker=None, beat_at=None)


def _age_s(instant: str) -> float:
    made = datetime.fromisoformat(instant)
    return (datetime.now(made.tzinfo) - made) / timedelta(seconds=1)
