"""Codings that come whole, from a file: keys and example codings. They get a journal like any other."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from coder_app.errors import Invalid
from coder_app.model.coding import Coding
from coder_app.model.event import Unlawful
from coder_app.model.ids import new_id, now
from coder_app.model.scheme import Scheme
from coder_app.store import journal
from coder_app.store.rows import Row, Rows
from coder_app.workflow.lab import Lab
from coder_app.workflow.pen import Pen
from coder_app.workflow.record import Place, freeze, place
from coder_app.workflow.submissions import close_open_bouts, keep_submission

WRITER = "import"

Watched = Mapping[str, Iterable[Sequence[int]]]


def version_id(scheme: Scheme) -> str:
    """The id of this very version of a scheme: it follows from everything in it."""
    text = json.dumps(scheme.to_json(), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def keep_scheme(rows: Rows, scheme: Scheme, source: str) -> str:
    """The id of the scheme's version, which is kept with the text it was read from if it is new here."""
    key = version_id(scheme)
    if rows.get("scheme_version", key) is None:
        names = {"scheme_id": scheme.id, "version": scheme.version, "name": scheme.name}
        rows.insert("scheme_version", id=key, **names, body=scheme.to_json(), source=source)
    return key


def import_coding(
    lab: Lab,
    observation_id: str,
    coder_id: str,
    scheme: Scheme,
    source: str,
    events: Sequence[Mapping[str, Any]],
    watched: Watched,
    is_key: bool,
    submitted: bool = True,
    label: str = "",
) -> Row:
    """A coding made of `events` (JSON, an id is given where there is none) and `watched` (stream -> [[from_us, to_us], ...]).

    It is submitted as it is, without the checks of submitting, unless `submitted` is false. Returns its row.
    Raises NotFound (observation), Invalid naming the event that the rules refuse; then nothing is kept.
    """
    where = place(lab, observation_id)
    pen = Pen(Coding(scheme), 0, 0, WRITER, coder_id)
    for body in (*_covers(scheme, watched), *_adds(events)):
        try:
            pen.write(body)
        except Unlawful as error:
            raise Invalid(f"The coding cannot be imported. {_about(body)}: {error}", code=error.code) from error
    if submitted:
        close_open_bouts(pen)
    return _keep(lab, where, coder_id, scheme, source, pen, is_key, submitted, label)


def _keep(
    lab: Lab, where: Place, coder_id: str, scheme: Scheme, source: str, pen: Pen, is_key: bool, submitted: bool, label: str
) -> Row:
    with lab.store.transaction() as rows:
        scheme_version_id = keep_scheme(rows, scheme, source)
        row = rows.insert(
            "coding",
            observation_id=where.observation["id"],
            person_id=coder_id,
            scheme_version_id=scheme_version_id,
            state="submitted" if submitted else "open",
            is_key=is_key,
            label=label,
            revision=pen.revision,
            event_count=len(pen.coding.events),
        )
        journal.write(rows, row["id"], pen.batch)
        if submitted:
            frozen = freeze(pen.coding, scheme_version_id, where)
            keep_submission(rows, row["id"], pen.revision, coder_id, "Imported", frozen)
    return row


def _covers(scheme: Scheme, watched: Watched) -> list[Row]:
    """`cover` operations, streams of one pass and one stretch together."""
    found: dict[tuple[str | None, int, int], list[str]] = {}
    for stream, parts in watched.items():
        shown = next((one.id for one in scheme.passes if stream in one.streams), None)
        for start, end in parts:
            found.setdefault((shown, start, end), []).append(stream)
    return [
        _head("cover") | {"pass": shown, "streams": streams, "from_us": start, "to_us": end}
        for (shown, start, end), streams in found.items()
    ]


def _adds(events: Sequence[Mapping[str, Any]]) -> list[Row]:
    """`add` operations in the order of the events' onsets, targets of links before those that name them."""
    ordered = sorted(events, key=lambda event: (bool(event.get("link")), event.get("onset_us") or 0))
    return [_head("add") | {"event": {"id": new_id(), **event}} for event in ordered]


def _head(kind: str) -> Row:
    return {"id": new_id(), "kind": kind, "made_at": now(), "group": None}


def _about(body: Row) -> str:
    event = body.get("event")
    if event is None:
        return f"The watched stretch {body['from_us']} to {body['to_us']} of {', '.join(body['streams'])}"
    return f"The event {event.get('stream')}.{event.get('code')} at {event.get('onset_us')}"
