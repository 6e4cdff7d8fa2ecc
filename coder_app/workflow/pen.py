"""Writes operations into a coding in memory and notes, row by row, what the database has to learn of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from coder_app.model.coding import Changes, Coding, apply
from coder_app.model.event import Operation
from coder_app.model.ids import now
from coder_app.model.interval import Spans
from coder_app.store.journal import Batch, Line, StepRow

Parts = tuple[tuple[int, int], ...]


class Pen:
    """One commit in the making. `coding` changes at once: if the commit fails, it has to be read again."""

    def __init__(self, coding: Coding, revision: int, done_before: int, writer: str, person_id: str) -> None:
        self.coding = coding
        self.revision = revision
        self.batch = Batch()
        self.done_before = done_before
        self._writer = writer
        self._person_id = person_id
        self.at = now()

    def write(self, body: Mapping[str, Any]) -> None:
        """One more operation, as sent. Raises Unlawful, and then nothing has changed."""
        operation = Operation.from_json(body)
        changes = apply(self.coding, operation)
        self.revision += 1
        line = Line(self.revision, operation.id, self._writer, self._person_id, self.at, dict(body))
        self.batch.lines.append(line)
        self._note_spans("watched", self.coding.watched, changes.watched)
        self._note_spans("own", self.coding.own, changes.own)
        self._note_history(changes)
        for event_id in changes.removed:
            self.batch.events[event_id] = None
        for event in changes.put:
            self.batch.events[event.id] = event.to_json()
        self.coding.take(changes)

    def _note_history(self, changes: Changes) -> None:
        steps = self.batch.steps
        done, undone = self.done_before + len(self.coding.done), len(self.coding.undone)
        if changes.history == "push":
            steps |= {entry.op: None for entry in self.coding.undone}
        for i, entry in enumerate(changes.entries):
            if changes.history == "undo":
                steps[entry.op] = StepRow(True, undone + i, entry.to_json())
            else:
                steps[entry.op] = StepRow(False, done + i, entry.to_json())

    def _note_spans(self, kind: str, before: Mapping[str, Spans], after: Mapping[str, Spans]) -> None:
        for stream, spans in after.items():
            gone, new = differing(before[stream].parts, spans.parts)
            for start, _ in gone:
                self.batch.spans[stream, kind, start] = None
            for start, end in new:
                self.batch.spans[stream, kind, start] = end


def differing(old: Parts, new: Parts) -> tuple[Parts, Parts]:
    """What is left of each when their common beginning and their common end are taken away."""
    start = _shared(old, new)
    old, new = old[start:], new[start:]
    end = _shared(old[::-1], new[::-1])
    return old[: len(old) - end], new[: len(new) - end]


def _shared(one: Parts, two: Parts) -> int:
    """The length of the common beginning, by halving: comparing slices is far quicker than a loop over thousands of parts."""
    low, high = 0, min(len(one), len(two))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == two[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
