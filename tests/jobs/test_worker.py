"""The worker does what the queue holds, says how far it is, and leaves nothing behind when it is stopped or killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from coder_app.errors import MediaError
from coder_app.jobs import queue, registry, worker
from coder_app.jobs.registry import Progress
from coder_app.store.folder import DataFolder
from coder_app.store.repository import Store


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    found = DataFolder(tmp_path / "data")
    found.make()
    return found


@pytest.fixture
def store(folder: DataFolder) -> Iterator[Store]:
    found = Store.open(folder.database_url)
    yield found
    found.close()


@pytest.fixture
def task(monkeypatch: pytest.MonkeyPatch) -> Callable[[registry.Task], None]:
    def known_as_t(function: registry.Task) -> None:
        monkeypatch.setitem(registry.TASKS, "t", function)

    return known_as_t


def until(condition: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def test_a_job_is_done_with_its_arguments_and_result(folder: DataFolder, store: Store, task: Callable[..., None]) -> None:
    task(lambda folder, store, arguments, progress: {"twice": arguments["n"] * 2})
    job_id = queue.enqueue(store, "t", "Double", n=21)
    ended = worker.run_one(folder, store)
    assert ended is not None
    assert (ended["id"], ended["state"], ended["result"], ended["progress"]) == (job_id, "done", {"twice": 42}, 1000)
    assert worker.run_one(folder, store) is None


@pytest.mark.parametrize(
    ("error", "words"),
    [(MediaError("clip.mp4 is empty."), "clip.mp4 is empty."), (ZeroDivisionError("x"), "mistake in the app")],
)
def test_an_error_ends_the_job_with_its_message(
    folder: DataFolder, store: Store, task: Callable[..., None], error: Exception, words: str
) -> None:
    def fail(folder: DataFolder, store: Store, arguments: Mapping[str, Any], progress: Progress) -> None:
        raise error

    task(fail)
    queue.enqueue(store, "t", "Fail")
    ended = worker.run_one(folder, store)
    assert ended is not None
    assert ended["state"] == "failed"
    assert words in ended["message"]


def test_an_unknown_task_fails_by_name(folder: DataFolder, store: Store) -> None:
    queue.enqueue(store, "unheard-of", "?")
    ended = worker.run_one(folder, store)
    assert ended is not None
    assert "unheard-of" in ended["message"]


def test_a_running_job_tells_its_progress_and_can_be_cancelled(
    folder: DataFolder, store: Store, task: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "TELL_S", 0.02)
    seen: list[int] = []

    def work(folder: DataFolder, store: Store, arguments: Mapping[str, Any], progress: Progress) -> None:
        for _ in range(2000):
            progress(0.4, "at it")
            seen.append(queue.get(store, job_id)["progress"])
            if seen[-1] == 400:
                queue.cancel(store, job_id)
            time.sleep(0.01)

    task(work)
    job_id = queue.enqueue(store, "t", "Long")
    ended = worker.run_one(folder, store)
    assert ended is not None
    assert (ended["state"], ended["progress"], ended["message"]) == ("cancelled", 400, "")
    assert seen[-1] == 400


SLOW = """
    import sys, time
    from pathlib import Path
    from coder_app.jobs import registry, worker

    def slow(folder, store, arguments, progress):
        for i in range(100):
            progress(i / 100, "step")
            time.sleep(0.05)
        return "finished"

    class Module:
        register = staticmethod(lambda: registry.add("slow", slow))

    worker.importlib.import_module = lambda name: Module
    sys.exit(worker.main(["--data", sys.argv[1]]))
"""


def spawn(folder: DataFolder) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", textwrap.dedent(SLOW), str(folder.path)], stdin=subprocess.PIPE)


def test_a_worker_whose_server_dies_gives_its_job_back(folder: DataFolder, store: Store) -> None:
    job_id = queue.enqueue(store, "slow", "Slow")
    process = spawn(folder)
    until(lambda: queue.get(store, job_id)["state"] == "running")
    assert process.stdin is not None
    process.stdin.close()  # as when the server is killed
    assert process.wait(15) == 0
    assert queue.get(store, job_id)["state"] == "waiting"


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_killed_worker_loses_no_job(folder: DataFolder, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    job_id = queue.enqueue(store, "slow", "Slow")
    process = spawn(folder)
    until(lambda: queue.get(store, job_id)["progress"] > 0)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert process.stdin is not None
    process.stdin.close()
    assert queue.get(store, job_id)["state"] == "running"
    monkeypatch.setattr(queue, "STALE_S", 0)
    again = queue.take(store, "another")
    assert again is not None
    assert (again["id"], again["attempts"]) == (job_id, 2)


def test_the_real_worker_starts_and_stops(folder: DataFolder, store: Store) -> None:
    job_id = queue.enqueue(store, "unheard-of", "?")
    process = worker.start(folder)
    until(lambda: queue.get(store, job_id)["state"] == "failed", 60)
    worker.stop(process)
    assert process.returncode == 0
