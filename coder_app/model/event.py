"""Events and the operations that make them. Times are integer microseconds on the observation clock.

A bout (state) lies on `[onset_us, offset_us)`; an open bout has no offset yet; a point never has one; a rating has no times
at all. Ask `is None`, never truth: zero is a time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

EVENT_KINDS = ("state", "point", "rating")
OPERATION_KINDS = ("add", "change", "remove", "undo", "redo", "cover", "uncover")


@dataclass(frozen=True, slots=True)
class Event:
    """One coded event. `link` is None (not answered), {"to": event id} or {"to": None} (unprompted)."""

    id: str
    kind: str
    stream: str
    code: str
    onset_us: int | None
    offset_us: int | None = None
    modifiers: Mapping[str, Any] = field(default_factory=dict)
    comment: str = ""
    unsure: bool = False
    link: Mapping[str, str | None] | None = None
    late_us: int = 0
    value: int | None = None
    episode: str | None = None
    evidence_us: tuple[int, ...] = ()

    def to_json(self) -> dict[str, Any]:
        data: dict[str, Any] = {
            "id": self.id,
            "kind": self.kind,
            "stream": self.stream,
            "code": self.code,
            "onset_us": self.onset_us,
            "offset_us": self.offset_us,
            "modifiers": dict(self.modifiers),
            "comment": self.comment,
            "unsure": self.unsure,
            "link": None if self.link is None else dict(self.link),
            "late_us": self.late_us,
        }
        if self.kind == "rating":
            data |= {"value": self.value, "episode": self.episode, "evidence_us": list(self.evidence_us)}
        return data

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> Event:
        return Event(
            id=data["id"],
            kind=data["kind"],
            stream=data["stream"],
            code=data["code"],
            onset_us=data.get("onset_us"),
            offset_us=data.get("offset_us"),
            modifiers=dict(data.get("modifiers") or {}),
            comment=data.get("comment") or "",
            unsure=bool(data.get("unsure", False)),
            link=None if data.get("link") is None else dict(data["link"]),
            late_us=data.get("late_us") or 0,
            value=data.get("value"),
            episode=data.get("episode"),
            evidence_us=tuple(data.get("evidence_us") or ()),
        )


@dataclass(frozen=True, slots=True)
class Operation:
    """One entry of the journal. `event` is set for add and change (whole, as it should become) and, at least with its id, for
    remove; `undoes` names an operation for undo and redo; the last four are set for cover and uncover."""

    id: str
    kind: str
    made_at: str
    group: str | None = None
    event: Event | None = None
    event_id: str | None = None
    undoes: str | None = None
    pass_id: str | None = None
    streams: tuple[str, ...] = ()
    from_us: int | None = None
    to_us: int | None = None
