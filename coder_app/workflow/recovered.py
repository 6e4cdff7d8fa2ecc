"""Recovered versions: where operations are kept that cannot go into their coding. Nothing that was sent is ever thrown away.

A recovered version is a read-only coding beside the original. There is one for each queue that met somebody else's work, or a
coding that was closed; a queue sent in pieces stays together. Another keeps the single operations of a writer that the rules
refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from coder_app.model.ids import new_id, now
from coder_app.store import journal
from coder_app.store.journal import Line
from coder_app.store.rows import Row, Rows

UNLAWFUL = "unlawful"

REASONS = {
    "conflict": "Somebody else has worked in this coding since this page loaded it. The operation is in a recovered version.",
    "submitted": "This coding is submitted. The operation is in a recovered version; reopen the coding to go on.",
    "binned": "This coding is in the bin. The operation is in a recovered version beside it.",
    "recovered": "A recovered version is read-only. The operation is in a recovered version of its own.",
}


class Refused(NamedTuple):
    """An operation as sent, and why it cannot go into its coding."""

    body: dict[str, Any]
    code: str
    message: str


def versions(rows: Rows, coding_id: str, writer: str | None = None) -> list[Row]:
    """The recovered versions of a coding, of one writer or all, oldest first."""
    only: dict[str, Any] = {} if writer is None else {"recovered_writer": writer}
    return rows.all("coding", recovered_from=coding_id, **only)


def keep(rows: Rows, original: Row, person_id: str, writer: str, after: int, why: str, refused: Sequence[Refused]) -> str:
    """Appends operations to the recovered version of their queue, which is made if there is none; returns its id."""
    found = next((row for row in reversed(versions(rows, original["id"], writer)) if _same(row, why)), None)
    if found is not None and why != UNLAWFUL and _is_past(rows, found, after):
        found = None
    row = found or _make(rows, original, person_id, writer, after, why)
    known, at = journal.line_count(rows, row["id"]), now()
    lines = [
        Line(seq, str(one.body["id"]), writer, person_id, at, one.body, {"code": one.code, "message": one.message})
        for seq, one in enumerate(refused, known + 1)
    ]
    journal.add_lines(rows, row["id"], lines)
    rows.update("coding", row["id"], revision=known + len(lines), changed_at=at)
    return str(row["id"])


def _same(row: Row, why: str) -> bool:
    return (row["recovered_why"] == UNLAWFUL) == (why == UNLAWFUL)


def _is_past(rows: Rows, version: Row, after: int) -> bool:
    """Whether a queue made on revision `after` is another than the one that the recovered version holds."""
    about = (version["recovered_from"], version["recovered_writer"], version["recovered_at"], version["made_at"])
    return journal.went_on(rows, *about, after)


def _make(rows: Rows, original: Row, person_id: str, writer: str, after: int, why: str) -> Row:
    kept = ("observation_id", "scheme_version_id", "is_key", "label")
    return rows.insert(
        "coding",
        **{name: original[name] for name in kept},
        id=new_id(),
        person_id=person_id,
        state="recovered",
        recovered_from=original["id"],
        recovered_at=after,
        recovered_writer=writer,
        recovered_why=why,
    )
