"""How far a coding is, pass by pass: how much of the recording was watched and coded, and how fast it was played.

The workbench works out the same while coding goes on (frontend/progress.js); tests/cases/progress.json holds the two together.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import reduce
from typing import Any

from coder_app.model.coding import Coding
from coder_app.model.interval import Spans
from coder_app.model.scheme import Pass, Scheme
from coder_app.store import journal
from coder_app.store.rows import Rows
from coder_app.workflow import coding_access
from coder_app.workflow.lab import Lab
from coder_app.workflow.record import place, submission_end

Row = dict[str, Any]
Played = Iterable[tuple[str, int, int]]


def progress(lab: Lab, person: Mapping[str, Any], coding_id: str) -> list[Row]:
    """One row a pass, in order: see `of_pass`. Raises NotFound, NotAllowed."""
    with lab.desk.holding(coding_id):
        current = lab.desk.take(lab.store, coding_id, fresh=True)
        coding_access.require(lab, person, "coding.view", current.row)
        end_us, _ = submission_end(lab, current.row, place(lab, current.row["observation_id"]))
        with lab.store.reading() as rows:
            played = journal.played(rows, coding_id)
        return [of_pass(current.coding, one, end_us, played) for one in current.coding.scheme.passes]


def shares(lab: Lab, listed: Iterable[Row]) -> dict[str, list[float | None]]:
    """Coding id -> the watched share (0 to 1) of each pass, None where a pass has only ratings; for those rows of
    `codings.listing` whose marks may be seen and whose observation has a length."""
    shown = {row["id"]: row for row in listed if row["may_view"]}
    with lab.store.reading() as rows:
        ends = _ends(rows, {row["observation_id"] for row in shown.values()})
        parts = rows.all("span", kind="watched", coding_id=list(shown)) if shown else []
    seen: dict[str, dict[str, list[tuple[int, int]]]] = {}
    for part in parts:
        seen.setdefault(part["coding_id"], {}).setdefault(part["stream"], []).append((part["from_us"], part["to_us"]))
    found = {}
    for key, row in shown.items():
        end_us = ends.get(row["observation_id"], 0)
        if end_us > 0:
            spans = {stream: Spans(tuple(some)) for stream, some in seen.get(key, {}).items()}
            found[key] = _shares(lab.desk.scheme(lab.store, row["scheme_version_id"]), spans, end_us)
    return found


def _shares(scheme: Scheme, spans: Mapping[str, Spans], end_us: int) -> list[float | None]:
    timed = [_timed(scheme, one) for one in scheme.passes]
    return [watched(spans, streams, end_us) / end_us if streams else None for streams in timed]


def _ends(rows: Rows, observations: set[str]) -> dict[str, int]:
    """Observation id -> the end of its video on its clock; without a video there is none."""
    ends = {row["id"]: row["end_us"] for row in rows.columns("media", "id", "end_us")}
    found = rows.all("observation", id=list(observations), binned=True) if observations else []
    return {row["id"]: ends[row["media_id"]] + row["media_offset_us"] for row in found if row["media_id"] in ends}


def of_pass(coding: Coding, one: Pass, end_us: int, played: Played) -> Row:
    """`pass` (its id), `name`, `end_us` of the observation, `events` (how many), and

    `watched_us`: seen with all its streams shown; `coded_us`: the coded spans of its streams, averaged (both None where it has
    only ratings); `played_us`: of the recording, what was played again counted again; `speed`: played by time taken (None:
    nothing was played); `speeds`: (per cent of the recorded speed, us), from slow to fast."""
    timed = _timed(coding.scheme, one)
    whole = Spans.of([(0, end_us)])
    coded = sum((coding.span(stream) & whole).total_us for stream in timed)
    speeds = sorted((percent, us) for name, percent, us in played if name == one.id)
    return {
        "pass": one.id,
        "name": one.name,
        "end_us": end_us,
        "watched_us": watched(coding.watched, timed, end_us) if timed else None,
        "coded_us": coded // len(timed) if timed else None,
        "events": sum(event.stream in one.streams for event in coding.events.values()),
        "played_us": sum(us for _, us in speeds),
        "speed": mean_speed(speeds),
        "speeds": speeds,
    }


def watched(spans: Mapping[str, Spans], streams: Iterable[str], end_us: int) -> int:
    """Microseconds of [0, end_us) that were seen while every one of the streams was shown."""
    whole = Spans.of([(0, end_us)])
    return reduce(lambda so_far, stream: so_far & spans.get(stream, Spans(())), streams, whole).total_us


def mean_speed(speeds: Iterable[tuple[int, int]]) -> float | None:
    """Time played by the time it took, to the hundredth. `speeds` are (per cent of the recorded speed, microseconds)."""
    known = [(percent, us) for percent, us in speeds if us > 0]
    taken = sum(us * 100 / percent for percent, us in known)
    return math.floor(sum(us for _, us in known) / taken * 100 + 0.5) / 100 if taken else None


def _timed(scheme: Scheme, one: Pass) -> list[str]:
    return [stream.id for stream in scheme.streams if stream.id in one.streams and stream.kind != "rating"]
