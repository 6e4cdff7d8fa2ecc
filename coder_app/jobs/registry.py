"""The tasks that jobs can run, by name. The table is filled by `coder_app.workflow.tasks.register`; jobs know names only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from coder_app.errors import CoderError
from coder_app.store.folder import DataFolder
from coder_app.store.repository import Store

# progress(fraction 0..1, message): says how far the task is. Raises Cancelled when somebody asked for an end.
Progress = Callable[[float, str], None]

# task(folder, store, arguments, progress) -> a JSON value kept as the job's result.
Task = Callable[[DataFolder, Store, Mapping[str, Any], Progress], Any]

TASKS: dict[str, Task] = {}


class Cancelled(CoderError):
    """Raised inside a task by `progress`: stop, and clean up what is half done."""

    code = "cancelled"


def add(name: str, task: Task) -> None:
    """Makes a task known. The same name twice is a mistake, unless it is the same function."""
    if TASKS.setdefault(name, task) is not task:
        raise ValueError(f"two tasks are called {name!r}")
