"""The rules of coding: what one operation does to the bouts of its stream. docs/coding-rules.md tells them in words.

Nothing here changes a coding. A `Draft` lies over the bouts of one stream, takes what the rules do, and answers as if that
were already so. frontend/coding-rules.js is the same module in JavaScript; tests/cases/apply.json holds both to one behaviour.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Protocol

from coder_app.model.event import Event, Unlawful
from coder_app.model.ids import split_id
from coder_app.model.scheme import Code, Modifier, Scheme, Stream

INFINITE = 2**62
"""The end of an open bout, wherever ends are compared."""


class StreamRules:
    """What the rules ask about a stream: its codes by id, and for each state code those that exclude it.

    `rivals[code]` may not overlap with `code`: in an exclusive stream all other state codes, else the unscorable ones (and
    all others for an unscorable one). `conflicts[code]` are these and the code itself.
    """

    def __init__(self, stream: Stream) -> None:
        self.id = stream.id
        self.exhaustive = stream.exhaustive
        self.codes: dict[str, Code] = {code.id: code for code in stream.codes}
        self.states = tuple(code.id for code in stream.codes if code.kind == "state")
        exclusive = stream.exclusive or stream.exhaustive
        self.rivals: dict[str, tuple[str, ...]] = {}
        for one in self.states:
            self.rivals[one] = tuple(
                two
                for two in self.states
                if two != one and (exclusive or self.codes[one].unscorable or self.codes[two].unscorable)
            )
        self.conflicts = {code: (code, *rivals) for code, rivals in self.rivals.items()}


class SchemeRules:
    """A scheme prepared for the rules: its streams, modifiers and passes by id."""

    def __init__(self, scheme: Scheme) -> None:
        self.streams: dict[str, StreamRules] = {stream.id: StreamRules(stream) for stream in scheme.streams}
        self.modifiers: dict[str, Modifier] = {modifier.id: modifier for modifier in scheme.modifiers}
        self.passes = frozenset(one.id for one in scheme.passes)


class Bouts(Protocol):
    """What a draft reads of a coding: all events, and the bouts of a code as sorted (onset, id)."""

    events: dict[str, Event]

    def onsets(self, stream: str, code: str) -> list[tuple[int, str]]: ...


class Draft:
    """The events of a coding with what one operation does to them; the bouts looked up are those of one stream."""

    def __init__(self, coding: Bouts, rules: StreamRules) -> None:
        self.rules = rules
        self.put: dict[str, Event] = {}
        self.dropped: set[str] = set()
        self._coding = coding

    def set(self, event: Event) -> None:
        self.put[event.id] = event
        self.dropped.discard(event.id)

    def drop(self, event_id: str) -> None:
        self.put.pop(event_id, None)
        self.dropped.add(event_id)

    def get(self, event_id: str) -> Event | None:
        if event_id in self.dropped:
            return None
        return self.put.get(event_id) or self._coding.events.get(event_id)

    def _hidden(self, event_id: str) -> bool:
        return event_id in self.put or event_id in self.dropped

    def _before(self, code: str, at: int) -> Event | None:
        """The last undisturbed bout of `code` with an onset before `at`."""
        onsets = self._coding.onsets(self.rules.id, code)
        i = bisect_left(onsets, (at, "")) - 1
        while i >= 0 and self._hidden(onsets[i][1]):
            i -= 1
        return self._coding.events[onsets[i][1]] if i >= 0 else None

    def _from(self, code: str, at: int) -> Iterator[Event]:
        """The undisturbed bouts of `code` with an onset at `at` or later, in order."""
        onsets = self._coding.onsets(self.rules.id, code)
        for i in range(bisect_left(onsets, (at, "")), len(onsets)):
            if not self._hidden(onsets[i][1]):
                yield self._coding.events[onsets[i][1]]

    def overlapping(self, codes: Iterable[str], start: int, end: int) -> list[Event]:
        """The bouts of `codes` that share time with `[start, end)`, by onset and id. Bouts of one code never overlap."""
        found: list[Event] = []
        for code in codes:
            before = self._before(code, start)
            if before is not None and end_of(before) > start:
                found.append(before)
            for bout in self._from(code, start):
                if onset_of(bout) >= end:
                    break
                found.append(bout)
            found += [one for one in self.put.values() if one.code == code and onset_of(one) < end and end_of(one) > start]
        return sorted(found, key=_place)

    def covering(self, codes: Iterable[str], at: int) -> list[Event]:
        """The bouts of `codes` that hold the instant `at`, by onset and id."""
        return self.overlapping(codes, at, at + 1)

    def ending(self, codes: Iterable[str], at: int) -> Event | None:
        """A bout of `codes` that ends at `at`."""
        return next((bout for bout in self.overlapping(codes, at - 1, at) if end_of(bout) == at), None) if at > 0 else None

    def starting(self, codes: Iterable[str], at: int) -> Event | None:
        """A bout of `codes` that starts at `at`."""
        return next((bout for bout in self.covering(codes, at) if bout.onset_us == at), None)

    def next_onset(self, codes: Iterable[str], after: int) -> int:
        """The first onset of `codes` later than `after`, INFINITE where there is none."""
        found = INFINITE
        for code in codes:
            first = next(self._from(code, after + 1), None)
            onsets = [onset_of(one) for one in self.put.values() if one.code == code and onset_of(one) > after]
            found = min([found, *onsets, *([onset_of(first)] if first is not None else [])])
        return found


def onset_of(bout: Event) -> int:
    """The onset of a bout or point, which always has one."""
    assert bout.onset_us is not None
    return bout.onset_us


def end_of(bout: Event) -> int:
    """The offset of a bout, INFINITE while it is open."""
    return INFINITE if bout.offset_us is None else bout.offset_us


def _place(bout: Event) -> tuple[int, str]:
    return onset_of(bout), bout.id


def _until(bout: Event, end: int) -> Event:
    """The bout with its end at `end`, open where that is INFINITE."""
    return replace(bout, offset_us=None if end >= INFINITE else end)


def _cut(draft: Draft, bout: Event, at: int) -> None:
    """Ends the bout at `at`, and removes it where nothing would be left."""
    if onset_of(bout) < at:
        draft.set(_until(bout, at))
    else:
        draft.drop(bout.id)


def press(draft: Draft, event: Event) -> None:
    """A code key at the onset of `event`: the first of the rules (a) to (d) that fits."""
    rules, at = draft.rules, onset_of(event)
    own = draft.covering((event.code,), at)
    if own:
        if not rules.exhaustive:
            _cut(draft, own[0], at)
        return
    rivals = draft.covering(rules.rivals[event.code], at)
    here = sorted((bout for bout in rivals if bout.onset_us == at), key=lambda bout: bout.id)
    around = [bout for bout in rivals if onset_of(bout) < at]
    for bout in (*around, *here[1:]):
        _cut(draft, bout, at)
    end = max((end_of(bout) for bout in around), default=INFINITE)
    if here:
        event, end = as_code(here[0], rules.codes[event.code]), end_of(here[0])
    draft.set(_until(event, min(end, draft.next_onset(rules.conflicts[event.code], at))))


def as_code(event: Event, code: Code) -> Event:
    """The event as one of `code`, with those of its modifiers that the code takes."""
    modifiers: Mapping[str, object] = {name: value for name, value in event.modifiers.items() if name in code.modifiers}
    return replace(event, code=code.id, modifiers=modifiers)


def place(draft: Draft, event: Event, operation_id: str) -> None:
    """A bout with both ends keeps them: what conflicts inside is removed, at an edge trimmed, around it split."""
    start, end = onset_of(event), end_of(event)
    for bout in draft.overlapping(draft.rules.conflicts[event.code], start, end):
        behind = end_of(bout) > end
        if behind and onset_of(bout) < start:
            later = split_id(operation_id, bout.id)
            if later == event.id or draft.get(later) is not None:
                raise Unlawful(
                    "id_taken", f"The later part of event {bout.id} would be {later}, which exists. Use a new operation id."
                )
            draft.set(replace(bout, id=later, onset_us=end))
        if behind and onset_of(bout) >= start:
            draft.set(replace(bout, onset_us=end))
        else:
            _cut(draft, bout, start)
    draft.set(event)


def run_on(draft: Draft, event: Event) -> None:
    """A changed bout without offset: it runs to the next onset that conflicts, and cuts what holds its own."""
    start, conflicts = onset_of(event), draft.rules.conflicts[event.code]
    for bout in draft.covering(conflicts, start):
        _cut(draft, bout, start)
    draft.set(_until(event, draft.next_onset(conflicts, start)))


def take_out(draft: Draft, bout: Event, instead: Event | None) -> None:
    """Removes a bout. In an exhaustive stream the time it gives up goes to its neighbours; what `instead`, the bout as it
    is about to become, will hold is not given up."""
    draft.drop(bout.id)
    if not draft.rules.exhaustive:
        return
    start, end = onset_of(bout), end_of(bout)
    pieces = [(start, end)]
    if instead is not None:
        new_start, new_end = onset_of(instead), end_of(instead)
        if instead.offset_us is None:
            new_end = draft.next_onset(draft.rules.conflicts[instead.code], new_start)
        pieces = [(start, min(end, new_start)), (max(start, new_end), end)]
    for a, b in pieces:
        if a < b:
            _give(draft, a, b)


def _give(draft: Draft, start: int, end: int) -> None:
    """Extends the earlier neighbour that touches `[start, end)` over it, else the later one."""
    earlier = draft.ending(draft.rules.states, start)
    if earlier is not None:
        draft.set(_until(earlier, end))
        return
    later = draft.starting(draft.rules.states, end) if end < INFINITE else None
    if later is not None:
        draft.set(replace(later, onset_us=start))


def join(draft: Draft) -> None:
    """In an exhaustive stream, touching bouts of one code become the earlier one, with its id and fields."""
    if not draft.rules.exhaustive:
        return
    for event_id in list(draft.put):
        bout = draft.put.get(event_id)
        if bout is None:
            continue
        while (earlier := draft.ending((bout.code,), onset_of(bout))) is not None:
            draft.drop(bout.id)
            bout = replace(earlier, offset_us=bout.offset_us)
            draft.set(bout)
        while bout.offset_us is not None and (later := draft.starting((bout.code,), bout.offset_us)) is not None:
            draft.drop(later.id)
            bout = replace(bout, offset_us=later.offset_us)
            draft.set(bout)
