"""The journal of a coding and what is derived from it, written together: operations, events, spans, undo history.

The statements are plain SQL that SQLite and PostgreSQL both understand and keep prepared, written for the cost of one key
press: only rows that an operation touches are written, whatever the size of the coding. JSON is kept as ASCII text, exactly
as it will be read again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from coder_app.store.rows import Row, Rows
from coder_app.store.sql import Sql


class Line(NamedTuple):
    """One operation of the journal. `body` is the operation as sent, `refused` (recovered versions) why it was not taken."""

    seq: int
    id: str
    writer: str
    person_id: str
    received_at: str
    body: dict[str, Any]
    refused: dict[str, str] | None = None


class StepRow(NamedTuple):
    """One entry of the undo history and its place in its list, `done` or (if undone) `undone`, counted from the bottom."""

    undone: bool
    place: int
    entry: dict[str, Any]


@dataclass
class Batch:
    """What one commit writes. `events`, `steps` and `spans` hold the new row, or None for one that is to go.

    `events`: id -> Event as JSON; `steps`: operation id -> row; `spans`: (stream, kind, from_us) -> to_us;
    `played`: (pass, per cent of the recorded speed) -> microseconds of the recording to add.
    """

    lines: list[Line] = field(default_factory=list)
    events: dict[str, dict[str, Any] | None] = field(default_factory=dict)
    steps: dict[str, StepRow | None] = field(default_factory=dict)
    spans: dict[tuple[str, str, int], int | None] = field(default_factory=dict)
    played: dict[tuple[str, int], int] = field(default_factory=dict)


class Loaded(NamedTuple):
    """A coding as kept: events and entries as JSON values, spans as (stream, kind, from_us, to_us), the newest `done` entries
    with the count of older ones not read, and for each writer the number of its last operation."""

    events: list[dict[str, Any]]
    spans: list[tuple[str, str, int, int]]
    done: list[dict[str, Any]]
    done_before: int
    undone: list[dict[str, Any]]
    writers: dict[str, int]


RAISE = Sql(
    "UPDATE coding SET revision = :revision, state = :state, event_count = :events, changed_at = :at "
    "WHERE id = :coding AND revision = :known AND state = 'open' AND binned_at IS NULL"
)
ADD_LINE = Sql(
    "INSERT INTO operation (coding_id, seq, id, writer, person_id, received_at, body, refused) "
    "VALUES (:coding, :seq, :id, :writer, :person, :at, :body, :refused)"
)
PUT_EVENT = Sql(
    "INSERT INTO event (coding_id, id, stream, code, onset_us, offset_us, body) "
    "VALUES (:coding, :id, :stream, :code, :onset, :offset, :body) "
    "ON CONFLICT (coding_id, id) DO UPDATE SET stream = excluded.stream, code = excluded.code, "
    "onset_us = excluded.onset_us, offset_us = excluded.offset_us, body = excluded.body"
)
DROP_EVENT = Sql("DELETE FROM event WHERE coding_id = :coding AND id = :id")
PUT_STEP = Sql(
    "INSERT INTO step (coding_id, op, undone, place, entry) VALUES (:coding, :op, :undone, :place, :entry) "
    "ON CONFLICT (coding_id, op) DO UPDATE SET undone = excluded.undone, place = excluded.place, entry = excluded.entry"
)
DROP_STEP = Sql("DELETE FROM step WHERE coding_id = :coding AND op = :op")
PUT_SPAN = Sql(
    "INSERT INTO span (coding_id, stream, kind, from_us, to_us) VALUES (:coding, :stream, :kind, :start, :end) "
    "ON CONFLICT (coding_id, stream, kind, from_us) DO UPDATE SET to_us = excluded.to_us"
)
DROP_SPAN = Sql("DELETE FROM span WHERE coding_id = :coding AND stream = :stream AND kind = :kind AND from_us = :start")
PUT_PLAYED = Sql(
    "INSERT INTO played (coding_id, pass_id, percent, played_us) VALUES (:coding, :pass, :percent, :us) "
    "ON CONFLICT (coding_id, pass_id, percent) DO UPDATE SET played_us = played.played_us + excluded.played_us"
)

READ_EVENTS = Sql("SELECT body FROM event WHERE coding_id = :coding")
READ_SPANS = Sql("SELECT stream, kind, from_us, to_us FROM span WHERE coding_id = :coding ORDER BY stream, kind, from_us")
READ_STEPS = Sql(
    "SELECT entry FROM step WHERE coding_id = :coding AND undone = :undone AND place >= :start AND place < :end ORDER BY place"
)
COUNT_DONE = Sql("SELECT count(*) FROM step WHERE coding_id = :coding AND undone = :undone")
READ_PLAYED = Sql("SELECT pass_id, percent, played_us FROM played WHERE coding_id = :coding ORDER BY pass_id, percent")
READ_WRITERS = Sql("SELECT writer, max(seq) FROM operation WHERE coding_id = :coding GROUP BY writer")
READ_LINES = Sql(
    "SELECT seq, id, writer, person_id, received_at, body, refused FROM operation "
    "WHERE coding_id = :coding AND seq > :start AND seq <= :end ORDER BY seq"
)
WHERE = Sql("SELECT coding_id FROM operation WHERE id = :id")
RETIRED = Sql(
    "SELECT 1 FROM coding WHERE recovered_from = :coding AND recovered_writer = :writer AND recovered_why <> 'unlawful' "
    "AND NOT EXISTS (SELECT 1 FROM operation WHERE operation.coding_id = :coding AND operation.writer = :writer "
    "AND operation.received_at >= coding.made_at) LIMIT 1"
)
WENT_ON = Sql(
    "SELECT 1 FROM operation WHERE coding_id = :coding AND seq > :base "
    "AND (writer <> :writer AND seq <= :after OR writer = :writer AND received_at >= :since) LIMIT 1"
)
READ_DONE = Sql(
    "SELECT operation.body FROM operation JOIN step ON step.coding_id = operation.coding_id AND step.op = operation.id "
    "WHERE operation.coding_id = :coding AND step.undone = :undone AND operation.body LIKE :holding ORDER BY operation.seq"
)
COUNT_LINES = Sql("SELECT count(*) FROM operation WHERE coding_id = :coding")
NO_END = 2**31 - 1


def commit(rows: Rows, coding_id: str, known: int, batch: Batch, event_count: int, at: str, state: str = "open") -> bool:
    """Raises the revision from `known` by the number of operations and writes the batch; `state` is what the coding becomes.

    False, with nothing written, if the coding is no longer open at `known`: another process was first.
    """
    revision = known + len(batch.lines)
    asked = {"coding": coding_id, "known": known, "revision": revision, "state": state, "events": event_count, "at": at}
    if RAISE.run(rows, asked).rowcount == 0:
        return False
    write(rows, coding_id, batch)
    return True


def write(rows: Rows, coding_id: str, batch: Batch) -> None:
    """Writes a batch as it is."""
    add_lines(rows, coding_id, batch.lines)
    _many(rows, DROP_EVENT, [{"coding": coding_id, "id": key} for key, event in batch.events.items() if event is None])
    _many(rows, PUT_EVENT, [_event(coding_id, event) for event in batch.events.values() if event is not None])
    _many(rows, DROP_STEP, [{"coding": coding_id, "op": op} for op, step in batch.steps.items() if step is None])
    _many(rows, PUT_STEP, [_step(coding_id, op, step) for op, step in batch.steps.items() if step is not None])
    gone = [key for key, end in batch.spans.items() if end is None]
    _many(rows, DROP_SPAN, [{"coding": coding_id, "stream": s, "kind": k, "start": a} for s, k, a in gone])
    kept = [(key, end) for key, end in batch.spans.items() if end is not None]
    _many(rows, PUT_SPAN, [{"coding": coding_id, "stream": s, "kind": k, "start": a, "end": b} for (s, k, a), b in kept])
    played = batch.played.items()
    _many(rows, PUT_PLAYED, [{"coding": coding_id, "pass": p, "percent": n, "us": us} for (p, n), us in played])


def add_lines(rows: Rows, coding_id: str, lines: Iterable[Line]) -> None:
    """Appends operations to the journal of a coding."""
    _many(
        rows,
        ADD_LINE,
        [
            {
                "coding": coding_id,
                "seq": line.seq,
                "id": line.id,
                "writer": line.writer,
                "person": line.person_id,
                "at": line.received_at,
                "body": json.dumps(line.body, separators=(",", ":")),
                "refused": None if line.refused is None else json.dumps(line.refused),
            }
            for line in lines
        ],
    )


def load(rows: Rows, coding_id: str, newest: int) -> Loaded:
    """Everything of a coding but its operations, with at most `newest` entries of `done`."""
    asked = {"coding": coding_id}
    count = done_count(rows, coding_id)
    before = max(0, count - newest)
    return Loaded(
        events=_parse(READ_EVENTS.all(rows, asked)),
        spans=READ_SPANS.all(rows, asked),
        done=steps(rows, coding_id, before, count),
        done_before=before,
        undone=steps(rows, coding_id, 0, NO_END, undone=True),
        writers=dict(READ_WRITERS.all(rows, asked)),
    )


def steps(rows: Rows, coding_id: str, start: int, end: int, undone: bool = False) -> list[dict[str, Any]]:
    """Entries of the undo history from place `start` up to, not including, `end`."""
    asked = {"coding": coding_id, "undone": undone, "start": start, "end": end}
    return _parse(READ_STEPS.all(rows, asked))


def done_with(rows: Rows, coding_id: str, name: str) -> list[dict[str, Any]]:
    """The operations of the journal, oldest first, that are not undone and have a value under `name`."""
    found = READ_DONE.all(rows, {"coding": coding_id, "undone": False, "holding": f'%"{name}":%'})
    return [body for body in _parse(found) if body.get(name) is not None]


def done_count(rows: Rows, coding_id: str) -> int:
    return int(COUNT_DONE.all(rows, {"coding": coding_id, "undone": False})[0][0])


def lines(rows: Rows, coding_id: str, start: int = 0, end: int = NO_END) -> list[Line]:
    """The operations numbered `start` + 1 to `end`, in order."""
    found = READ_LINES.all(rows, {"coding": coding_id, "start": start, "end": end})
    bodies = _parse([(row[5],) for row in found])
    return [
        Line(row[0], row[1], row[2], row[3], row[4], body, None if row[6] is None else json.loads(row[6]))
        for row, body in zip(found, bodies, strict=True)
    ]


def line_count(rows: Rows, coding_id: str) -> int:
    return int(COUNT_LINES.all(rows, {"coding": coding_id})[0][0])


def played(rows: Rows, coding_id: str) -> list[tuple[str, int, int]]:
    """How much was played: (pass, per cent of the recorded speed, microseconds of the recording)."""
    return [(p, n, us) for p, n, us in READ_PLAYED.all(rows, {"coding": coding_id})]


def where(rows: Rows, ids: Sequence[str]) -> dict[str, list[str]]:
    """Operation id -> the codings (recovered versions included) whose journal holds it."""
    found: dict[str, list[str]] = {}
    for one in ids:
        for (coding_id,) in WHERE.all(rows, {"id": one}):
            found.setdefault(one, []).append(coding_id)
    return found


def is_retired(rows: Rows, coding_id: str, writer: str) -> bool:
    """Whether a recovered version holds a queue of this writer, who has committed nothing since."""
    return bool(RETIRED.all(rows, {"coding": coding_id, "writer": writer}))


def went_on(rows: Rows, coding_id: str, writer: str, base: int, since: str, after: int) -> bool:
    """Whether the writer of a recovered version, made on revision `base` at `since`, has seen a newer state: it commits again,
    or its `after` counts in operations of others that were not in `base`."""
    asked = {"coding": coding_id, "writer": writer, "base": base, "since": since, "after": after}
    return bool(WENT_ON.all(rows, asked))


def refusal(operation: Row) -> dict[str, str]:
    """Why a row of a recovered version was refused: `code` and `message`."""
    found: dict[str, str] = json.loads(operation["refused"])
    return found


def _many(rows: Rows, statement: Sql, values: list[Row]) -> None:
    if values:
        statement.run_many(rows, values)


def _event(coding_id: str, event: dict[str, Any]) -> Row:
    return {
        "coding": coding_id,
        "id": event["id"],
        "stream": event["stream"],
        "code": event["code"],
        "onset": event["onset_us"],
        "offset": event["offset_us"],
        "body": json.dumps(event, separators=(",", ":")),
    }


def _step(coding_id: str, op: str, step: StepRow) -> Row:
    entry = json.dumps(step.entry, separators=(",", ":"))
    return {"coding": coding_id, "op": op, "undone": step.undone, "place": step.place, "entry": entry}


def _parse(texts: Sequence[tuple[str]]) -> list[Any]:
    """Many JSON texts (rows of one column) at once, which is several times faster than one by one."""
    parsed: list[Any] = json.loads(f"[{','.join(text for (text,) in texts)}]")
    return parsed
