"""What an operation must be to be lawful at all: its ids, times, codes, modifiers, links and values.

frontend/coding-check.js is the same module in JavaScript, with the same order of checks, the same codes and the same words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from coder_app.model.event import EVENT_KINDS, Event, Operation, Unlawful
from coder_app.model.rules import SchemeRules
from coder_app.model.scheme import Code

MAX_TIME_US = 2**53 - 1
"""The greatest integer that JavaScript keeps exactly."""
MAX_SPEED = 16
"""The fastest that browsers play."""

_UUID = re.compile(r"[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}")
ID = re.compile(r"[A-Za-z0-9_.:-]{1,64}")


def check_operation(rules: SchemeRules, events: Mapping[str, Event], operation: Operation) -> None:
    """Raises `Unlawful` where the operation, taken by itself, cannot be one on these events."""
    if not _UUID.fullmatch(operation.id):
        raise Unlawful("bad_id", "The id of an operation must be a UUID. Make a new one.")
    if operation.group is not None:
        _check_id(operation.group, "group")
    if operation.kind in ("add", "change"):
        assert operation.event is not None
        _check_event(rules, events, operation.event, adding=operation.kind == "add")
        if operation.seen_us is not None and not _is_time(operation.seen_us):
            raise Unlawful("bad_time", "An operation needs seen_us as whole microseconds from 0 on, or null.")
    elif operation.kind == "remove" and operation.event_id not in events:
        raise Unlawful("unknown_event", f"There is no event {operation.event_id}. Load the coding again.")
    elif operation.kind in ("cover", "uncover"):
        _check_stretch(rules, operation)


def _check_id(value: str, what: str) -> None:
    if not ID.fullmatch(value):
        raise Unlawful("bad_id", f"The id of the {what} must be 1 to 64 letters, digits or _ . : -")


def _is_time(value: Any) -> bool:
    return type(value) is int and 0 <= value <= MAX_TIME_US


def _check_stretch(rules: SchemeRules, operation: Operation) -> None:
    if operation.pass_id is not None and operation.pass_id not in rules.passes:
        raise Unlawful("unknown_pass", f"The scheme has no pass {operation.pass_id}. Use one of its passes, or null.")
    for stream in operation.streams:
        if stream not in rules.streams:
            raise Unlawful("unknown_stream", f"The scheme has no stream {stream}.")
    if not _is_time(operation.from_us) or not _is_time(operation.to_us):
        raise Unlawful("bad_time", "A stretch needs from_us and to_us as whole microseconds from 0 on.")
    assert operation.from_us is not None
    assert operation.to_us is not None
    if operation.to_us <= operation.from_us:
        raise Unlawful("ends_before_start", "A stretch must end after it starts.")
    if operation.speed is not None and not _is_speed(operation.speed):
        raise Unlawful("bad_speed", f"The speed of a stretch must be a number above 0 and at most {MAX_SPEED}, or null.")


def _is_speed(value: Any) -> bool:
    return type(value) in (int, float) and 0 < value <= MAX_SPEED


def _check_event(rules: SchemeRules, events: Mapping[str, Event], event: Event, adding: bool) -> None:
    _check_id(event.id, "event")
    if event.kind not in EVENT_KINDS:
        raise Unlawful("unknown_kind", f"There is no kind of event {event.kind}. Known are {', '.join(EVENT_KINDS)}.")
    stream = rules.streams.get(event.stream)
    if stream is None:
        raise Unlawful("unknown_stream", f"The scheme has no stream {event.stream}.")
    code = stream.codes.get(event.code)
    if code is None:
        raise Unlawful("unknown_code", f"Stream {event.stream} has no code {event.code}.")
    if code.kind != event.kind:
        raise Unlawful("wrong_kind", f"Code {event.code} is a {code.kind}, not a {event.kind}.")
    _check_against(events, event, adding)
    _check_times(event)
    _check_modifiers(rules, event)
    to = None if event.link is None else event.link["to"]
    if to is not None and (to == event.id or to not in events):
        raise Unlawful("bad_link", f"Event {event.id} must link to another event of this coding, or to null.")
    if event.kind == "rating":
        _check_rating(code, event)


def _check_against(events: Mapping[str, Event], event: Event, adding: bool) -> None:
    before = events.get(event.id)
    if adding:
        if before is not None:
            raise Unlawful("id_taken", f"There is an event {event.id} already. Use a new id, or change it.")
        return
    if before is None:
        raise Unlawful("unknown_event", f"There is no event {event.id}. Load the coding again.")
    if before.kind != event.kind:
        raise Unlawful("changes_kind", f"Event {event.id} is a {before.kind} and stays one. Remove it and add another.")
    if before.stream != event.stream:
        raise Unlawful("moves_stream", f"Event {event.id} belongs to stream {before.stream}. Remove it and add another.")


def _check_times(event: Event) -> None:
    if not _is_time(event.late_us):
        raise Unlawful("bad_time", f"Event {event.id} needs late_us as whole microseconds from 0 on.")
    if event.kind == "rating":
        if event.onset_us is not None or event.offset_us is not None:
            raise Unlawful("has_times", f"Event {event.id} is a rating, which has no onset and no offset.")
        return
    if not _is_time(event.onset_us):
        raise Unlawful("bad_time", f"Event {event.id} needs an onset in whole microseconds from 0 on.")
    if event.offset_us is None:
        return
    if event.kind == "point":
        raise Unlawful("has_offset", f"Event {event.id} is a point, which has no offset.")
    if not _is_time(event.offset_us):
        raise Unlawful("bad_time", f"Event {event.id} needs an offset in whole microseconds, or none.")
    assert event.onset_us is not None
    if event.offset_us <= event.onset_us:
        raise Unlawful("ends_before_start", f"Event {event.id} must end after its onset.")


def _check_modifiers(rules: SchemeRules, event: Event) -> None:
    """Those of other codes pass here, and `apply` leaves them out: a recoded event may still carry them."""
    for name in sorted(event.modifiers):
        modifier = rules.modifiers.get(name)
        if modifier is None:
            raise Unlawful("unknown_modifier", f"The scheme has no modifier {name}.")
        value = event.modifiers[name]
        values = [one.id for one in modifier.values]
        if values and value not in values:
            raise Unlawful("bad_modifier", f"Modifier {name} must be one of {', '.join(values)}.")
        if not values and not isinstance(value, bool):
            raise Unlawful("bad_modifier", f"Modifier {name} must be true or false.")


def _check_rating(code: Code, event: Event) -> None:
    scale = code.scale
    if scale is None:
        raise Unlawful("wrong_kind", f"Code {code.id} has no scale. Mend the scheme.")
    if type(event.value) is not int or not scale.min <= event.value <= scale.max:
        raise Unlawful("bad_value", f"A rating of {code.id} must be a whole number from {scale.min} to {scale.max}.")
    if event.episode is not None:
        if scale.per == "session":
            raise Unlawful("bad_episode", f"Code {code.id} is rated once for the whole observation, without an episode.")
        _check_id(event.episode, "episode")
    if not all(_is_time(time) for time in event.evidence_us):
        raise Unlawful("bad_time", f"Event {event.id} needs evidence_us as whole microseconds from 0 on.")
