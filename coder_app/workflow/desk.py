"""The codings that are open in this process, kept in memory so that no key press reads a whole coding.

An `OpenCoding` is used under its own lock. What it holds is true as of `revision`; whoever finds that the database has moved on
drops it and asks the desk again.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from coder_app.errors import Invalid, NotFound
from coder_app.model.coding import Coding, Entry, apply
from coder_app.model.event import Event, Operation
from coder_app.model.interval import Spans
from coder_app.model.scheme import Scheme
from coder_app.store import journal
from coder_app.store.repository import Store
from coder_app.store.rows import Row

NEWEST = 1000  # entries of the undo history read at first; older ones when an undo needs them
MOST_OPEN = 32


@dataclass
class OpenCoding:
    """A coding in memory: its row, its state, how many older entries of `done` are still only in the database, and for each
    writer the number of its last operation."""

    row: Row
    coding: Coding
    done_before: int
    writers: dict[str, int]

    @property
    def id(self) -> str:
        return str(self.row["id"])

    @property
    def revision(self) -> int:
        return int(self.row["revision"])

    def last_of_others(self, writer: str) -> int:
        """The number of the last operation that another writer committed; 0 if there is none."""
        return max((seq for one, seq in self.writers.items() if one != writer), default=0)

    def moved_to(self, revision: int, writer: str, at: str, state: str = "open") -> None:
        """A commit of `writer` is on the disk."""
        if revision != self.revision:
            self.writers[writer] = revision
        self.row |= {"revision": revision, "state": state, "changed_at": at, "event_count": len(self.coding.events)}

    def reach_back(self, store: Store) -> None:
        """Reads older entries of `done` until the newest gesture (entries of one group) is in memory whole."""
        while self.done_before > 0 and _one_gesture(self.coding.done):
            start = max(0, self.done_before - max(NEWEST, len(self.coding.done)))
            with store.reading() as rows:
                older = journal.steps(rows, self.id, start, self.done_before)
            self.coding.done[:0] = [Entry.from_json(entry) for entry in older]
            self.done_before = start


class Desk:
    """Hands out open codings, one thread at a time each, and keeps the most recently used ones."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._locks: dict[str, threading.RLock] = {}
        self._open: OrderedDict[str, OpenCoding] = OrderedDict()
        self._schemes: dict[str, Scheme] = {}

    @contextmanager
    def holding(self, coding_id: str) -> Iterator[None]:
        """The right to use that coding in this process."""
        with self._guard:
            lock = self._locks.setdefault(coding_id, threading.RLock())
        with lock:
            yield

    def take(self, store: Store, coding_id: str, fresh: bool = False) -> OpenCoding:
        """The coding, from memory where it is there; with `fresh` only if that is its present revision. Call it while holding
        the coding. Raises NotFound."""
        found = self._open.get(coding_id)
        if found is not None and fresh:
            row = row_of(store, coding_id)
            if row["revision"] == found.revision:
                found.row = row
            else:
                found = None
        if found is None:
            found = self._load(store, coding_id)
        with self._guard:
            self._open[coding_id] = found
            self._open.move_to_end(coding_id)
            while len(self._open) > MOST_OPEN:
                self._open.popitem(last=False)
        return found

    @contextmanager
    def changing(self, coding_id: str) -> Iterator[None]:
        """Around a commit: when it fails, what is in memory may be ahead of the database and is forgotten."""
        try:
            yield
        except BaseException:
            self.drop(coding_id)
            raise

    def drop(self, coding_id: str) -> None:
        """Forgets one coding; the next use reads it again."""
        with self._guard:
            self._open.pop(coding_id, None)

    def clear(self) -> None:
        """Forgets all; the records are in the database."""
        with self._guard:
            self._open.clear()

    def scheme(self, store: Store, version_id: str) -> Scheme:
        """The scheme of that version, which never changes."""
        if version_id not in self._schemes:
            row = store.get("scheme_version", version_id)
            if row is None:
                raise NotFound(f"There is no scheme version {version_id}.")
            self._schemes[version_id] = Scheme.from_json(row["body"])
        return self._schemes[version_id]

    def _load(self, store: Store, coding_id: str) -> OpenCoding:
        with store.reading() as rows:
            row = rows.get("coding", coding_id)
            if row is None:
                raise _unknown(coding_id)
            loaded = None if row["state"] == "recovered" else journal.load(rows, coding_id, NEWEST)
        scheme = self.scheme(store, row["scheme_version_id"])
        if loaded is None:
            return OpenCoding(row, replay_recovered(store, scheme, row), 0, {})
        coding = Coding.restore(
            scheme,
            map(Event.from_json, loaded.events),
            *spans_of(scheme, loaded.spans),
            map(Entry.from_json, loaded.done),
            map(Entry.from_json, loaded.undone),
        )
        return OpenCoding(row, coding, loaded.done_before, loaded.writers)


def row_of(store: Store, coding_id: str) -> Row:
    """The row of a coding. Raises NotFound."""
    row = store.get("coding", coding_id)
    if row is None:
        raise _unknown(coding_id)
    return row


def spans_of(scheme: Scheme, parts: list[tuple[str, str, int, int]]) -> tuple[dict[str, Spans], dict[str, Spans]]:
    """`watched` and `own` from the rows of the span table, which come sorted."""
    found: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for stream, kind, start, end in parts:
        found.setdefault((kind, stream), []).append((start, end))

    def of(kind: str) -> dict[str, Spans]:
        return {stream.id: Spans(tuple(found.get((kind, stream.id), ()))) for stream in scheme.streams}

    return of("watched"), of("own")


def replay(store: Store, scheme: Scheme, coding_id: str, revision: int) -> Coding:
    """A coding as it was at `revision`, made again from its journal."""
    coding = Coding(scheme)
    with store.reading() as rows:
        lines = journal.lines(rows, coding_id, 0, revision)
    _take_all(coding, [line.body for line in lines])
    return coding


def replay_recovered(store: Store, scheme: Scheme, row: Row) -> Coding:
    """A recovered version as its writer saw it: the original at the revision it was made on, and then its own operations,
    without those that the rules refused."""
    coding = replay_base(store, scheme, row)
    with store.reading() as rows:
        lines = journal.lines(rows, row["id"])
    for line in lines:
        try:
            coding.take(apply(coding, Operation.from_json(line.body)))
        except Invalid:
            continue
    return coding


def replay_base(store: Store, scheme: Scheme, row: Row) -> Coding:
    original = row_of(store, row["recovered_from"])
    if original["state"] == "recovered":
        return replay_recovered(store, scheme, original)
    return replay(store, scheme, original["id"], row["recovered_at"])


def _take_all(coding: Coding, bodies: list[dict[str, Any]]) -> None:
    for body in bodies:
        coding.take(apply(coding, Operation.from_json(body)))


def _one_gesture(done: list[Entry]) -> bool:
    """Whether the entries may be only the end of the newest gesture."""
    return not done or (done[-1].group is not None and done[0].group == done[-1].group)


def _unknown(coding_id: str) -> NotFound:
    return NotFound(f"There is no coding {coding_id}. See the list: coder-app coding list")
