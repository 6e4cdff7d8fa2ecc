"""A coding as it stands, and the one function that says what an operation does to it. Rules: docs/coding-rules.md.

`apply` only reads; `Coding.take` makes its answer true. The browser has the same in frontend/coding.js.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from coder_app.model import rules
from coder_app.model.check import check_operation
from coder_app.model.event import Event, Operation, Unlawful
from coder_app.model.interval import Spans
from coder_app.model.scheme import Scheme

__all__ = ["Changes", "Coding", "Entry", "Unlawful", "apply", "move_history"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One step of the undo history: for each event that operation `op` touched what it was before, None for not there.

    In `undone`, before means before the undo: what redo restores.
    """

    op: str
    group: str | None
    before: Mapping[str, Event | None]

    def to_json(self) -> dict[str, Any]:
        before = {event_id: None if event is None else event.to_json() for event_id, event in self.before.items()}
        return {"op": self.op, "group": self.group, "before": before}

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> Entry:
        before = {event_id: None if event is None else Event.from_json(event) for event_id, event in data["before"].items()}
        return Entry(data["op"], data["group"], before)


@dataclass(frozen=True, slots=True)
class Changes:
    """What an operation does: events put (new or changed) and removed, the new spans of the streams whose spans change, and
    the movement of the history: "push" (one entry onto done, undone emptied), "undo" (as many entries from done to undone),
    "redo" (back), or None."""

    put: tuple[Event, ...] = ()
    removed: tuple[str, ...] = ()
    watched: Mapping[str, Spans] = field(default_factory=dict)
    own: Mapping[str, Spans] = field(default_factory=dict)
    history: str | None = None
    entries: tuple[Entry, ...] = ()

    def effect(self) -> dict[str, Any]:
        """The movement of the history as JSON: what `move_history` needs to make it again without the coding."""
        return {"history": self.history, "entries": [entry.to_json() for entry in self.entries]}

    def to_json(self) -> dict[str, Any]:
        return {
            "put": [event.to_json() for event in self.put],
            "removed": list(self.removed),
            "watched": {stream: spans.to_json() for stream, spans in self.watched.items()},
            "own": {stream: spans.to_json() for stream, spans in self.own.items()},
            **self.effect(),
        }


def move_history(done: list[Entry], undone: list[Entry], history: str | None, entries: Iterable[Entry]) -> None:
    """Makes the movement of one operation on the two lists, in place."""
    moved = list(entries)
    if history == "push":
        done += moved
        undone.clear()
    elif history == "undo":
        del done[len(done) - len(moved) :]
        undone += moved
    elif history == "redo":
        del undone[len(undone) - len(moved) :]
        done += moved


class Coding:
    """The events, spans and undo history of one coding, indexed so that an operation costs a few lookups.

    Change it through `take` only. `watched` and `own` have an entry for every stream of the scheme.
    """

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self.rules = rules.SchemeRules(scheme)
        self.events: dict[str, Event] = {}
        self.watched: dict[str, Spans] = {stream.id: Spans() for stream in scheme.streams}
        self.own: dict[str, Spans] = {stream.id: Spans() for stream in scheme.streams}
        self.done: list[Entry] = []
        self.undone: list[Entry] = []
        self._onsets: dict[tuple[str, str], list[tuple[int, str]]] = {}
        for stream in scheme.streams:
            self._onsets |= {(stream.id, code.id): [] for code in stream.codes}
        self._open: dict[str, set[str]] = {stream.id: set() for stream in scheme.streams}
        self._ratings: dict[tuple[str, str, str | None], str] = {}
        self._sources: dict[str, set[str]] = {}

    @staticmethod
    def restore(
        scheme: Scheme,
        events: Iterable[Event],
        watched: Mapping[str, Spans],
        own: Mapping[str, Spans],
        done: Iterable[Entry] = (),
        undone: Iterable[Entry] = (),
    ) -> Coding:
        """A coding as it was kept. The events are trusted: they came out of `apply` once."""
        coding = Coding(scheme)
        for event in events:
            coding._list(event)
            if event.onset_us is not None:
                coding._onsets[event.stream, event.code].append((event.onset_us, event.id))
        for onsets in coding._onsets.values():
            onsets.sort()
        coding.watched |= watched
        coding.own |= own
        coding.done, coding.undone = list(done), list(undone)
        return coding

    def copy(self) -> Coding:
        """An independent coding in the same state; events and spans, which never change, are shared."""
        return Coding.restore(self.scheme, self.events.values(), self.watched, self.own, self.done, self.undone)

    def onsets(self, stream: str, code: str) -> list[tuple[int, str]]:
        """The bouts or points of a code as (onset, id), sorted. Do not change the list."""
        return self._onsets[stream, code]

    def bouts(self, stream: str) -> list[Event]:
        """The bouts (states) of a stream by onset and id."""
        return self._sorted(stream, "state")

    def points(self, stream: str) -> list[Event]:
        """The points of a stream by onset and id."""
        return self._sorted(stream, "point")

    def ratings(self, stream: str) -> list[Event]:
        """The ratings of a stream by code and episode, the whole observation first."""
        return [
            self.events[event_id]
            for (of, _, _), event_id in sorted(self._ratings.items(), key=lambda one: (one[0][0], one[0][1], one[0][2] or ""))
            if of == stream
        ]

    def _sorted(self, stream: str, kind: str) -> list[Event]:
        codes = [code.id for code in self.rules.streams[stream].codes.values() if code.kind == kind]
        places = sorted(place for code in codes for place in self._onsets[stream, code])
        return [self.events[event_id] for _, event_id in places]

    def links_to(self, event_id: str) -> list[Event]:
        """The events whose link names `event_id`, by id."""
        return [self.events[source] for source in sorted(self._sources.get(event_id, ()))]

    def rating(self, stream: str, code: str, episode: str | None) -> Event | None:
        """The rating of a code for an episode (None: the whole observation)."""
        found = self._ratings.get((stream, code, episode))
        return None if found is None else self.events[found]

    def reach_us(self, event: Event) -> int:
        """The end of a bout: its offset; of an open one the end of the watched part that holds its onset, else its onset."""
        if event.offset_us is not None:
            return event.offset_us
        onset = rules.onset_of(event)
        part = self.watched[event.stream].holding(onset)
        return onset if part is None else part[1]

    def span(self, stream: str) -> Spans:
        """The coded span: of an exhaustive stream the union of its bouts, of any other what was watched or coded."""
        if self.rules.streams[stream].exhaustive:
            return Spans.of((rules.onset_of(bout), self.reach_us(bout)) for bout in self.bouts(stream))
        running = [self.events[event_id] for event_id in self._open[stream]]
        return self.watched[stream] | self.own[stream] | Spans.of((rules.onset_of(b), self.reach_us(b)) for b in running)

    @property
    def undoable(self) -> str | None:
        """The operation that an undo has to name, None where there is nothing to undo."""
        return self.done[-1].op if self.done else None

    @property
    def redoable(self) -> str | None:
        """The operation that a redo has to name, None where there is nothing to redo."""
        return self.undone[-1].op if self.undone else None

    def take(self, changes: Changes) -> None:
        """Makes true what `apply` answered for this very state."""
        for event_id in changes.removed:
            self._unlist(self.events[event_id])
        for event in changes.put:
            if event.id in self.events:
                self._unlist(self.events[event.id])
        for event in changes.put:
            self._list(event)
            if event.onset_us is not None:
                insort(self._onsets[event.stream, event.code], (event.onset_us, event.id))
        self.watched |= changes.watched
        self.own |= changes.own
        move_history(self.done, self.undone, changes.history, changes.entries)

    def _list(self, event: Event) -> None:
        self.events[event.id] = event
        if event.kind == "state" and event.offset_us is None:
            self._open[event.stream].add(event.id)
        elif event.kind == "rating":
            self._ratings[event.stream, event.code, event.episode] = event.id
        if event.link is not None and event.link["to"] is not None:
            self._sources.setdefault(event.link["to"], set()).add(event.id)

    def _unlist(self, event: Event) -> None:
        del self.events[event.id]
        self._open[event.stream].discard(event.id)
        if event.kind == "rating":
            del self._ratings[event.stream, event.code, event.episode]
        else:
            onsets = self._onsets[event.stream, event.code]
            del onsets[bisect_left(onsets, (rules.onset_of(event), event.id))]
        if event.link is not None and event.link["to"] is not None:
            sources = self._sources[event.link["to"]]
            sources.discard(event.id)
            if not sources:
                del self._sources[event.link["to"]]

    def state_json(self) -> dict[str, Any]:
        """The whole state as JSON, in one order for equal states: what the parity tests compare."""
        return {
            "events": [self.events[event_id].to_json() for event_id in sorted(self.events)],
            "watched": {stream: spans.to_json() for stream, spans in sorted(self.watched.items()) if spans},
            "own": {stream: spans.to_json() for stream, spans in sorted(self.own.items()) if spans},
            "span": {stream: self.span(stream).to_json() for stream in sorted(self.watched) if self.span(stream)},
            "done": [entry.to_json() for entry in self.done],
            "undone": [entry.to_json() for entry in self.undone],
        }


def apply(coding: Coding, operation: Operation) -> Changes:
    """What `operation` does to `coding`, which stays as it is. Raises `Unlawful` where the rules refuse it."""
    check_operation(coding.rules, coding.events, operation)
    if operation.kind in ("undo", "redo"):
        return _move(coding, operation)
    if operation.kind in ("cover", "uncover"):
        return _stretch(coding, operation)
    event = operation.event if operation.event is not None else coding.events[str(operation.event_id)]
    stream = coding.rules.streams[event.stream]
    event = rules.as_code(event, stream.codes[event.code])
    draft = rules.Draft(coding, stream)
    if event.kind == "state":
        _code_state(draft, operation, event)
    elif operation.kind == "remove":
        draft.drop(event.id)
    else:
        _put_timeless(coding, draft, event)
    own = {} if operation.kind == "remove" else _own(coding, draft)
    _forget_links(coding, draft)
    put, removed = _outcome(coding, draft)
    touched = sorted([*removed, *(one.id for one in put)])
    entry = Entry(operation.id, operation.group, {event_id: coding.events.get(event_id) for event_id in touched})
    return Changes(put, removed, own=own, history="push", entries=(entry,))


def _code_state(draft: rules.Draft, operation: Operation, event: Event) -> None:
    """The bouts after an add, change or remove of the bout `event`."""
    if operation.kind == "remove":
        rules.take_out(draft, event, None)
    else:
        before = draft.get(event.id)
        if before is not None:
            rules.take_out(draft, before, event)
        if event.offset_us is not None:
            rules.place(draft, event, operation.id)
        elif before is not None:
            rules.run_on(draft, event)
        else:
            rules.press(draft, event)
    rules.join(draft)


def _put_timeless(coding: Coding, draft: rules.Draft, event: Event) -> None:
    """Points conflict with nothing; a rating replaces the one of its code and episode."""
    if event.kind == "rating":
        replaced = coding.rating(event.stream, event.code, event.episode)
        if replaced is not None:
            draft.drop(replaced.id)
    draft.set(event)


def _own(coding: Coding, draft: rules.Draft) -> dict[str, Spans]:
    """The own time of the stream with the closed bouts made or changed, as far as they were not watched; empty if it stays."""
    stream = draft.rules.id
    if draft.rules.exhaustive:
        return {}
    spans = coding.own[stream]
    for event in draft.put.values():
        if event.offset_us is not None and coding.events.get(event.id) != event:
            bout = Spans(((rules.onset_of(event), event.offset_us),))
            for start, end in bout - coding.watched[stream].within(*bout.parts[0]):
                spans = spans.adding(start, end)
    return {} if spans is coding.own[stream] else {stream: spans}


def _forget_links(coding: Coding, draft: rules.Draft) -> None:
    """Links to events that cease to exist become null: not answered."""
    for gone in draft.dropped:
        for source in coding.links_to(gone):
            current = draft.get(source.id)
            if current is not None and current.link == {"to": gone}:
                draft.set(replace(current, link=None))
    for event in list(draft.put.values()):
        if event.link is not None and event.link["to"] in draft.dropped:
            draft.set(replace(event, link=None))


def _outcome(coding: Coding, draft: rules.Draft) -> tuple[tuple[Event, ...], tuple[str, ...]]:
    """Events put and ids removed, by id, without those that end as they began."""
    put = [event for event in draft.put.values() if coding.events.get(event.id) != event]
    removed = [event_id for event_id in draft.dropped if event_id in coding.events]
    return tuple(sorted(put, key=lambda event: event.id)), tuple(sorted(removed))


def _move(coding: Coding, operation: Operation) -> Changes:
    """Undo or redo of the newest entry, together with the entries of its group that stand directly before it."""
    undo = operation.kind == "undo"
    stack = coding.done if undo else coding.undone
    if not stack or stack[-1].op != operation.undoes:
        raise Unlawful(
            "not_newest", f"Operation {operation.undoes} is not the one to {operation.kind} now. Load the coding again."
        )
    first = len(stack) - 1
    while first > 0 and stack[first].group is not None and stack[first - 1].group == stack[first].group:
        first -= 1
    moved: list[Entry] = []
    now: dict[str, Event | None] = {}
    for entry in reversed(stack[first:]) if undo else stack[first:]:
        before = {event_id: now[event_id] if event_id in now else coding.events.get(event_id) for event_id in entry.before}
        moved.append(replace(entry, before=before))
        now.update(entry.before)
    put = [event for event_id, event in now.items() if event is not None and coding.events.get(event_id) != event]
    removed = sorted(event_id for event_id, event in now.items() if event is None and event_id in coding.events)
    entries = tuple(reversed(moved)) if undo else tuple(moved)
    return Changes(tuple(sorted(put, key=lambda event: event.id)), tuple(removed), history=operation.kind, entries=entries)


def _stretch(coding: Coding, operation: Operation) -> Changes:
    """Cover adds a stretch to what was watched; uncover takes it from what was watched and from own time."""
    start, end = operation.from_us or 0, operation.to_us or 0
    watched: dict[str, Spans] = {}
    own: dict[str, Spans] = {}
    for stream in sorted(set(operation.streams)):
        old_watched, old_own = coding.watched[stream], coding.own[stream]
        if operation.kind == "cover":
            new_watched, new_own = old_watched.adding(start, end), old_own
        else:
            new_watched, new_own = old_watched.without(start, end), old_own.without(start, end)
        if new_watched is not old_watched:
            watched[stream] = new_watched
        if new_own is not old_own:
            own[stream] = new_own
    return Changes(watched=watched, own=own)
