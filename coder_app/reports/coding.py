"""One coding as a file: tidy CSV, workbook, JSON. Every row and file names scheme@version, coder, revision and software."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from coder_app.reports.cells import Exact, csv_bytes, modifiers_text, seconds
from coder_app.reports.workbook import Sheet, workbook_bytes
from coder_app.workflow.exports import CodingExport

Row = dict[str, Any]

COLUMNS = (
    "study",
    "observation",
    "coder",
    "stream",
    "code",
    "kind",
    "onset_s",
    "offset_s",
    "onset_frame",
    "offset_frame",
    "link",
    "modifiers",
    "comment",
    "unsure",
    "open",
    "late_s",
    "value",
    "episode",
    "episode_name",
    "evidence_s",
    "event",
    "coding",
    "is_key",
    "state",
    "revision",
    "scheme",
    "software",
)


def to_csv(export: CodingExport) -> bytes:
    """One row an event; seconds with six decimals, exact. An open bout ends at the end of what was watched, `open` is true."""
    return csv_bytes(COLUMNS, (_row(event, lambda us: Exact(seconds(us))) for event in export.events))


def to_json(export: CodingExport) -> bytes:
    """Everything: about, events (microseconds), episodes, spans, the whole scheme."""
    return json.dumps(export.to_json(), ensure_ascii=False, indent=1).encode()


def to_xlsx(export: CodingExport) -> bytes:
    """Sheets About, Events, Episodes, Spans, Scheme."""
    about = [
        (name, value if isinstance(value, (int, float, bool)) else str(value or "")) for name, value in export.about.items()
    ]
    spans = ((s["stream"], s["kind"], s["from_us"] / 1e6, s["to_us"] / 1e6) for s in export.spans)
    episodes = ((one["name"], one["onset_us"] / 1e6, one["offset_us"] / 1e6, one["id"]) for one in export.episodes)
    return workbook_bytes(
        [
            Sheet("About", ("name", "value"), about, heads=False),
            Sheet("Events", COLUMNS, (_row(event, _number) for event in export.events)),
            Sheet("Episodes", ("name", "from_s", "to_s", "episode"), episodes),
            Sheet("Spans", ("stream", "kind", "from_s", "to_s"), spans),
            Sheet("Scheme", SCHEME_COLUMNS, scheme_rows(export)),
        ]
    )


SCHEME_COLUMNS = ("stream", "actor", "exclusive", "exhaustive", "code", "name", "kind", "short", "unscorable", "definition")


def scheme_rows(export: CodingExport) -> list[Row]:
    """One row a code."""
    return [
        {
            "stream": stream.id,
            "actor": stream.actor,
            "exclusive": stream.exclusive,
            "exhaustive": stream.exhaustive,
            "code": code.id,
            "name": code.name,
            "kind": code.kind,
            "short": code.short,
            "unscorable": code.unscorable,
            "definition": code.definition,
        }
        for stream in export.scheme.streams
        for code in stream.codes
    ]


def _row(event: Row, time: Callable[[int | None], Any]) -> Row:
    return event | {
        "onset_s": time(event["onset_us"]),
        "offset_s": time(event["offset_us"]),
        "late_s": time(event["late_us"]),
        "modifiers": modifiers_text(event["modifiers"]),
        "evidence_s": Exact("; ".join(seconds(us) for us in event["evidence_us"])),
    }


def _number(us: int | None) -> float | None:
    return None if us is None else us / 1e6


FORMATS: dict[str, tuple[Callable[[CodingExport], bytes], str]] = {
    "csv": (to_csv, "text/csv"),
    "xlsx": (to_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "json": (to_json, "application/json"),
}
