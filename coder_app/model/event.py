"""Events and the operations that make them. Times are integer microseconds on the observation clock.

A bout (state) lies on `[onset_us, offset_us)`; an open bout has no offset yet; a point never has one; a rating has no times
at all. Ask `is None`, never truth: zero is a time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from coder_app.errors import Invalid

EVENT_KINDS = ("state", "point", "rating")
OPERATION_KINDS = ("add", "change", "remove", "undo", "redo", "cover", "uncover")


class Unlawful(Invalid):
    """An operation that the rules of coding refuse. `code` is a stable word, listed in docs/coding-rules.md."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message, code=code)


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
        """The inverse of `to_json`, for events once accepted; `Operation.from_json` is the strict door for new ones."""
        rating = data["kind"] == "rating"
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
            value=data.get("value") if rating else None,
            episode=data.get("episode") if rating else None,
            evidence_us=tuple(data.get("evidence_us") or ()) if rating else (),
        )


@dataclass(frozen=True, slots=True)
class Operation:
    """One entry of the journal. `made_at` is empty where the sender did not say. `event` is set for add and change (whole, as
    it should become), `event_id` for these and for remove; `undoes` names an operation for undo and redo; `pass_id` to
    `to_us` are set for cover and uncover.

    `speed`: how fast a covered stretch was played, 1 as recorded; None frame by frame, or not said. `seen_us`: the time
    that was on the screen when the key was pressed, where the coder's own reaction time was taken off; None everywhere else."""

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
    speed: float | None = None
    seen_us: int | None = None

    def to_json(self) -> dict[str, Any]:
        data: dict[str, Any] = {"id": self.id, "kind": self.kind, "made_at": self.made_at, "group": self.group}
        if self.event is not None:
            data["event"] = self.event.to_json()
        elif self.event_id is not None:
            data["event"] = {"id": self.event_id}
        if self.kind in ("cover", "uncover"):
            data |= {"pass": self.pass_id, "streams": list(self.streams), "from_us": self.from_us, "to_us": self.to_us}
        data |= {name: value for name, value in (("speed", self.speed), ("seen_us", self.seen_us)) if value is not None}
        data["undoes"] = self.undoes
        return data

    @staticmethod
    def from_json(data: Any) -> Operation:
        """An operation as it came over the wire. Raises `Unlawful("malformed")` for a field that is missing or of a wrong type,
        and `Unlawful("unknown_kind")`; whether times, ids, codes and the like are lawful is for `apply` to say."""
        data = _mapping(data, "The operation")
        kind = _text(data, "kind", "The operation")
        if kind not in OPERATION_KINDS:
            raise Unlawful("unknown_kind", f"There is no kind of operation {kind}. Known are {', '.join(OPERATION_KINDS)}.")
        event: Event | None = None
        event_id: str | None = None
        streams: tuple[str, ...] = ()
        if kind in ("add", "change"):
            event = _event(_mapping(data.get("event"), "The event"))
            event_id = event.id
        elif kind == "remove":
            event_id = _text(_mapping(data.get("event"), "The event"), "id", "The event")
        elif kind in ("cover", "uncover"):
            streams = tuple(_texts(data, "streams", "The operation"))
        return Operation(
            id=_text(data, "id", "The operation"),
            kind=kind,
            made_at=_or(_text_or_none(data, "made_at", "The operation"), ""),
            group=_text_or_none(data, "group", "The operation"),
            event=event,
            event_id=event_id,
            undoes=_text(data, "undoes", "The operation") if kind in ("undo", "redo") else None,
            pass_id=_text_or_none(data, "pass", "The operation") if streams else None,
            streams=streams,
            from_us=_whole(data.get("from_us")) if streams else None,
            to_us=_whole(data.get("to_us")) if streams else None,
            speed=data.get("speed") if kind == "cover" else None,
            seen_us=_whole(data.get("seen_us")) if kind in ("add", "change") else None,
        )


def _event(data: Mapping[str, Any]) -> Event:
    """An event of add or change, its fields of the right types; null stands for absent."""
    rating = _text(data, "kind", "The event") == "rating"
    evidence = _list(data, "evidence_us", "The event")
    return Event(
        id=_text(data, "id", "The event"),
        kind=data["kind"],
        stream=_text(data, "stream", "The event"),
        code=_text(data, "code", "The event"),
        onset_us=_whole(data.get("onset_us")),
        offset_us=_whole(data.get("offset_us")),
        modifiers=dict(_mapping(_or(data.get("modifiers"), {}), "The modifiers of the event")),
        comment=_or(_text_or_none(data, "comment", "The event"), ""),
        unsure=_flag(data, "unsure", "The event"),
        link=_link(data.get("link")),
        late_us=_or(_whole(data.get("late_us")), 0),
        value=_whole(data.get("value")) if rating else None,
        episode=_text_or_none(data, "episode", "The event") if rating else None,
        evidence_us=tuple(map(_whole, evidence)) if rating else (),
    )


def _or(value: Any, default: Any) -> Any:
    return default if value is None else value


def _whole(value: Any) -> Any:
    """A number without a fraction as int: to JSON and to JavaScript 2.0 is 2. Anything else as it is."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _malformed(what: str, need: str) -> Unlawful:
    return Unlawful("malformed", f"{what} {need}. Send it as docs/coding-rules.md describes.")


def _mapping(value: Any, what: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise _malformed(what, "must be an object")
    return value


def _text(data: Mapping[str, Any], name: str, what: str) -> str:
    if not isinstance(data.get(name), str):
        raise _malformed(what, f"needs a text as {name}")
    return str(data[name])


def _text_or_none(data: Mapping[str, Any], name: str, what: str) -> str | None:
    return None if data.get(name) is None else _text(data, name, what)


def _flag(data: Mapping[str, Any], name: str, what: str) -> bool:
    value = _or(data.get(name), False)
    if not isinstance(value, bool):
        raise _malformed(what, f"needs true or false as {name}")
    return value


def _list(data: Mapping[str, Any], name: str, what: str) -> list[Any]:
    value = _or(data.get(name), [])
    if not isinstance(value, list | tuple):
        raise _malformed(what, f"needs a list as {name}")
    return list(value)


def _texts(data: Mapping[str, Any], name: str, what: str) -> list[str]:
    values = _list(data, name, what)
    if not values or not all(isinstance(value, str) for value in values):
        raise _malformed(what, f"needs a list of texts as {name}")
    return values


def _link(value: Any) -> Mapping[str, str | None] | None:
    if value is None:
        return None
    to = _mapping(value, "The link of the event").get("to", 0)
    if to is not None and not isinstance(to, str):
        raise _malformed("The link of the event", "needs a text or null as to")
    return {"to": to}
