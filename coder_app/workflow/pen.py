"""Writes operations into a coding in memory and notes, row by row, what the database has to learn of it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from operator import itemgetter
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
        if changes.watched or changes.own:
            around = _around(operation, changes)
            self._note_spans("watched", self.coding.watched, changes.watched, around)
            self._note_spans("own", self.coding.own, changes.own, around)
        self._note_played(operation)
        self._note_history(changes)
        for event_id in changes.removed:
            self.batch.events[event_id] = None
        for event in changes.put:
            self.batch.events[event.id] = event.to_json()
        self.coding.take(changes)

    def _note_played(self, operation: Operation) -> None:
        if operation.speed is None or operation.pass_id is None or operation.from_us is None or operation.to_us is None:
            return
        key = operation.pass_id, max(1, round(operation.speed * 100))
        self.batch.played[key] = self.batch.played.get(key, 0) + operation.to_us - operation.from_us

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

    def _note_spans(self, kind: str, before: Mapping[str, Spans], after: Mapping[str, Spans], around: tuple[int, int]) -> None:
        for stream, spans in after.items():
            for start, _ in _near(before[stream], around):
                self.batch.spans[stream, kind, start] = None
            for start, end in _near(spans, around):
                self.batch.spans[stream, kind, start] = end


def _around(operation: Operation, changes: Changes) -> tuple[int, int]:
    """The stretch in which spans can have changed: that of a cover, else from the first to the last edge of the events put."""
    if operation.from_us is not None and operation.to_us is not None:
        return operation.from_us, operation.to_us
    edges = [edge for event in changes.put for edge in (event.onset_us, event.offset_us) if edge is not None]
    return min(edges), max(edges)


def _near(spans: Spans, around: tuple[int, int]) -> Parts:
    """The parts that overlap or touch a stretch; all others are the same before and after."""
    first = bisect_left(spans.parts, around[0], key=itemgetter(1))
    last = bisect_right(spans.parts, around[1], key=itemgetter(0))
    return spans.parts[first:last]
