"""The worker: a process of its own that takes jobs from the queue, one at a time, until it is told to stop.

The server starts it with `start` and keeps its standard input open. When that closes, because the server stopped or was
killed, the worker gives its job back to the queue and ends: no worker outlives its server. A job given back begins anew.
"""

from __future__ import annotations

import argparse
import importlib
import os
import signal
import subprocess
import sys
import threading
import time
import traceback
from pathlib import Path

from coder_app.errors import CoderError, StoreError
from coder_app.jobs import queue
from coder_app.jobs.queue import Job
from coder_app.jobs.registry import TASKS, Cancelled
from coder_app.model.ids import new_id
from coder_app.store.folder import DataFolder
from coder_app.store.repository import Store

LOOK_S = 0.5
TELL_S = 1.0
BEAT_S = 3.0
GRACE_S = 3.0
DATABASE = "CODER_DATABASE"  # in the environment, since other accounts can read the arguments of a process
REGISTER = "coder_app.workflow.tasks"  # named, not imported: workflow stands above jobs


def start(folder: DataFolder) -> subprocess.Popen[bytes]:
    """A worker process for that folder. It ends when its standard input closes; `stop` ends it in order."""
    environment = dict(os.environ)
    if folder.database_file is None:
        environment[DATABASE] = folder.database_url
    command = [sys.executable, "-m", "coder_app.jobs", "--data", str(folder.path)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, env=environment)


def stop(worker: subprocess.Popen[bytes]) -> None:
    """Asks the worker to give its job back and waits for its end; kills it if it takes too long."""
    if worker.stdin is not None:
        worker.stdin.close()
    try:
        worker.wait(GRACE_S + 2)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()


def main(arguments: list[str] | None = None) -> int:
    """`python -m coder_app.jobs --data DIR [--database ADDRESS]`: works until standard input closes or SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m coder_app.jobs", description="Works on the jobs of a data folder.")
    parser.add_argument("--data", type=Path, required=True, help="the data folder")
    parser.add_argument("--database", default=os.environ.get(DATABASE), help="address of the records, if not in the folder")
    asked = parser.parse_args(arguments)
    importlib.import_module(REGISTER).register()
    if hasattr(os, "nice"):
        os.nice(10)  # key presses go first
    folder = DataFolder(asked.data, asked.database)
    try:
        store = Store.open(folder.database_url)
    except StoreError as error:
        print(error, file=sys.stderr)
        return 1
    worker = Worker(folder, store)
    signal.signal(signal.SIGTERM, lambda *_: worker.stopping.set())
    signal.signal(signal.SIGINT, lambda *_: worker.stopping.set())
    threading.Thread(target=worker.end_with_input, daemon=True).start()
    worker.run()
    store.close()
    return 0


def run_one(folder: DataFolder, store: Store) -> Job | None:
    """Takes one waiting job and works on it in this process; returns it as it ended, or None if nothing waits."""
    return Worker(folder, store).run_one()


class Worker:
    """One worker. Set `stopping` to end it: at the job's next progress, or after `GRACE_S` in any case."""

    def __init__(self, folder: DataFolder, store: Store) -> None:
        self.folder = folder
        self.store = store
        self.name = f"{os.getpid()}-{new_id()[-12:]}"
        self.stopping = threading.Event()
        self._job: str | None = None

    def run(self) -> None:
        """Works until `stopping` is set."""
        threading.Thread(target=self._end_hard, daemon=True).start()
        while not self.stopping.is_set():
            try:
                if self.run_one() is None:
                    self.stopping.wait(LOOK_S)
            except StoreError as error:
                print(error, file=sys.stderr, flush=True)
                self.stopping.wait(BEAT_S)

    def run_one(self) -> Job | None:
        """Takes one waiting job and works on it; returns it as it ended, or None if nothing waits."""
        job = queue.take(self.store, self.name)
        if job is None:
            return None
        self._job = job["id"]
        with Heart(self.store, job["id"], self.name, self.stopping) as heart:
            self._work(job, heart)
        self._job = None
        return queue.get(self.store, job["id"])

    def _work(self, job: Job, heart: Heart) -> None:
        try:
            task = TASKS.get(job["task"])
            if task is None:
                raise StoreError(f"No task is called {job['task']}. The job is from another version of the app; start it anew.")
            result = task(self.folder, self.store, job["arguments"], heart.progress)
        except Cancelled:
            self._give_up(job)
        except CoderError as error:
            self._fail(job, str(error))
        except Exception as error:
            traceback.print_exc()
            self._fail(job, f"Stopped by a mistake in the app: {error!r}. Please report it.")
        except BaseException:
            queue.release(self.store, job["id"], self.name)
            raise
        else:
            queue.end(self.store, job["id"], self.name, "done", result=result)

    def _fail(self, job: Job, message: str) -> None:
        queue.end(self.store, job["id"], self.name, "failed", message)

    def _give_up(self, job: Job) -> None:
        if self.stopping.is_set() and not queue.get(self.store, job["id"])["cancel"]:
            queue.release(self.store, job["id"], self.name)
        else:
            queue.end(self.store, job["id"], self.name, "cancelled")

    def end_with_input(self) -> None:
        """Waits for the end of standard input, which is the end of whoever started us."""
        while os.read(sys.stdin.fileno(), 1024):
            pass
        self.stopping.set()

    def _end_hard(self) -> None:
        """A task that does not look up when told to stop loses its process; its job waits again."""
        self.stopping.wait()
        time.sleep(GRACE_S)
        if self._job is not None:
            queue.release(self.store, self._job, self.name)
        os._exit(0)


class Heart:
    """Beats for a running job in a thread of its own, so that a task which computes for long is not taken for dead."""

    def __init__(self, store: Store, job_id: str, worker: str, stopping: threading.Event) -> None:
        self._store, self._job_id, self._worker, self._stopping = store, job_id, worker, stopping
        self._over = threading.Event()
        self._unwanted = threading.Event()
        self._news: tuple[int, str] | None = None
        self._thread = threading.Thread(target=self._beat, daemon=True)

    def progress(self, fraction: float, message: str) -> None:
        """What tasks call: keeps how far they are (0 to 1), to be written within a second. Raises Cancelled."""
        self._news = (round(fraction * 1000), message)
        if self._unwanted.is_set() or self._stopping.is_set():
            raise Cancelled("The job was cancelled.")

    def _beat(self) -> None:
        last = time.monotonic()
        while not self._over.wait(TELL_S):
            if self._news is None and time.monotonic() - last < BEAT_S / 2:
                continue
            news, self._news, last = self._news, None, time.monotonic()
            try:
                wanted = queue.beat(self._store, self._job_id, self._worker, *(news or (None, None)))
            except StoreError:
                continue
            if not wanted:
                self._unwanted.set()

    def __enter__(self) -> Heart:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self._thread.join()
