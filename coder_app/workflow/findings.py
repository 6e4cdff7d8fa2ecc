"""What to look at before a coding is submitted. Two findings block: time of an exhaustive stream without a code, and a required
modifier that is missing. All others stand if the coder says why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from coder_app.model.clock import timecode
from coder_app.model.coding import Coding
from coder_app.model.event import Event
from coder_app.model.interval import Spans
from coder_app.model.scheme import Code, Scheme, Stream

BLOCKING = ("uncovered", "modifier_missing")

Finding = dict[str, Any]


def findings(coding: Coding, scheme: Scheme, end_us: int, episodes: Iterable[Mapping[str, Any]] = ()) -> list[Finding]:
    """All findings, the blocking ones first.

    Each has `rule`, `blocks`, `message`, `stream`, and where they apply `code`, `event` (its id), `from_us`, `to_us` and
    `parts`, the stretches of time it is about. `end_us` is the end of the observation; `episodes` are those it has.
    """
    found: list[Finding] = []
    for stream in scheme.streams:
        if stream.kind == "rating":
            found += _ratings(coding, stream, list(episodes))
        else:
            found += _time(coding, stream, end_us)
            found += _events(coding, scheme, stream, end_us)
    found += _impossible(coding, scheme)
    found += _links(coding, scheme)
    return sorted(found, key=lambda one: not one["blocks"])


def _finding(
    rule: str, message: str, stream: str, event: Event | None = None, parts: Iterable[tuple[int, int]] = ()
) -> Finding:
    places = [[a, b] for a, b in parts]
    onset = event.onset_us if event is not None else places[0][0] if places else None
    return {
        "rule": rule,
        "blocks": rule in BLOCKING,
        "message": message,
        "stream": stream,
        "code": event.code if event is not None else None,
        "event": event.id if event is not None else None,
        "from_us": onset,
        "to_us": places[0][1] if places else event.offset_us if event is not None else None,
        "parts": places,
    }


def _time(coding: Coding, stream: Stream, end_us: int) -> Iterator[Finding]:
    """Time without a code, not seen, or coded without having been watched."""
    whole = Spans.of([(0, end_us)])
    missing = whole - coding.span(stream.id)
    if missing and stream.exhaustive:
        text = f"{stream.name}: {_stretches(missing)} without a code. Code all of it; what cannot be seen is unscorable."
        yield _finding("uncovered", text, stream.id, parts=missing)
    elif missing:
        text = f"{stream.name}: {_stretches(missing)} not watched with this stream shown."
        yield _finding("not_seen", text, stream.id, parts=missing)
    coded = Spans.of((_onset(bout), coding.reach_us(bout)) for bout in coding.bouts(stream.id))
    unwatched = (coded & whole) - coding.watched[stream.id]
    if unwatched:
        text = f"{stream.name}: {_stretches(unwatched)} coded but not watched."
        yield _finding("not_watched", text, stream.id, parts=unwatched)


def _events(coding: Coding, scheme: Scheme, stream: Stream, end_us: int) -> Iterator[Finding]:
    codes = {code.id: code for code in stream.codes}
    required = {modifier.id: modifier for modifier in scheme.modifiers if modifier.required}
    for event in (*coding.bouts(stream.id), *coding.points(stream.id)):
        code, at = codes[event.code], timecode(_onset(event))
        for name in code.modifiers:
            if name in required and name not in event.modifiers:
                text = f"{code.name} at {at}: {required[name].name} is not answered. Choose one."
                yield _finding("modifier_missing", text, stream.id, event)
        if event.kind == "state" and event.offset_us is None and coding.reach_us(event) == event.onset_us:
            text = f"{code.name} at {at} has no end and was not watched: submitting leaves it out. Give it an end or remove it."
            yield _finding("open_unwatched", text, stream.id, event)
        elif event.kind == "state" and code.min_us is not None and coding.reach_us(event) - _onset(event) < code.min_us:
            length = coding.reach_us(event) - _onset(event)
            text = f"{code.name} at {at} lasts {_seconds(length)}, less than the {_seconds(code.min_us)} of the scheme."
            yield _finding("too_short", text, stream.id, event)
        if _onset(event) >= end_us or (event.offset_us or 0) > end_us:
            yield _finding("past_end", f"{code.name} at {at} goes past the end of the observation.", stream.id, event)


def _ratings(coding: Coding, stream: Stream, episodes: list[Mapping[str, Any]]) -> Iterator[Finding]:
    for code in stream.codes:
        if code.scale is None:
            continue
        asked: list[tuple[str | None, str]] = [(None, "")]
        if code.scale.per == "episode":
            asked = [(str(one["id"]), f" in {one.get('name', one['id'])}") for one in episodes]
        for episode, words in asked:
            if coding.rating(stream.id, code.id, episode) is None:
                yield _finding("rating_missing", f"{code.name} is not rated{words}.", stream.id) | {"code": code.id}
        yield from _stray(coding, stream, code, {str(one["id"]) for one in episodes})


def _stray(coding: Coding, stream: Stream, code: Code, known: set[str]) -> Iterator[Finding]:
    """Ratings of an episode that is no more, or of the whole where there are episodes to rate."""
    for rating in coding.ratings(stream.id):
        if rating.code != code.id or code.scale is None or code.scale.per != "episode" or rating.episode in known:
            continue
        what = f"{code.name}: {rating.value} is a rating of"
        if rating.episode is not None:
            text = f"{what} an episode that the observation no longer has. Remove it, or draw the episode again."
            yield _finding("rating_stray", text, stream.id, rating)
        elif known:
            text = f"{what} the whole observation, which has episodes. Rate each of them and remove it."
            yield _finding("rating_stray", text, stream.id, rating)


def _impossible(coding: Coding, scheme: Scheme) -> Iterator[Finding]:
    for one, two in scheme.impossible:
        both = _held(coding, one) & _held(coding, two)
        if both:
            when = _stretches(both).rstrip(",")
            text = f"{_name(scheme, one)} and {_name(scheme, two)} at once: {when}. The scheme rules this out."
            yield _finding("impossible", text, one.partition(".")[0], parts=both)


def _links(coding: Coding, scheme: Scheme) -> Iterator[Finding]:
    """Events that the scheme asks a link of, not yet answered ("unprompted" is an answer), and links outside their window."""
    sources = {name for rule in scheme.links for name in rule.source}
    for name in sorted(sources):
        stream, _, code = name.partition(".")
        for _, event_id in coding.onsets(stream, code):
            event = coding.events[event_id]
            if event.link is None:
                text = f"{_name(scheme, name)} at {timecode(_onset(event))}: what it answers is not said."
                yield _finding("link_missing", text, stream, event)
            elif (target := coding.events.get(event.link["to"] or "")) and not _fits(coding, scheme, event, target):
                place = "" if target.onset_us is None else f" at {timecode(target.onset_us)}"
                text = (
                    f"{_name(scheme, name)} at {timecode(_onset(event))} answers "
                    f"{_name(scheme, f'{target.stream}.{target.code}')}{place}, which the scheme does not let it: "
                    "another code, or outside the window."
                )
                yield _finding("link_window", text, stream, event)


def _fits(coding: Coding, scheme: Scheme, source: Event, target: Event) -> bool:
    """Whether one of the rules lets `source` answer `target`: its code, and the time from it to the source."""
    if target.onset_us is None:
        return False
    for rule in scheme.links:
        if f"{source.stream}.{source.code}" in rule.source and f"{target.stream}.{target.code}" in rule.target:
            at_onset = rule.from_edge == "onset" or target.kind == "point"
            edge = target.onset_us if at_onset else coding.reach_us(target)
            if rule.window_us[0] <= _onset(source) - edge <= rule.window_us[1]:
                return True
    return False


def _held(coding: Coding, name: str) -> Spans:
    """The time of a code, "stream.code"; a point holds its one instant."""
    stream, _, code = name.partition(".")
    events = [coding.events[event_id] for _, event_id in coding.onsets(stream, code)]
    return Spans.of((_onset(e), _onset(e) + 1 if e.kind == "point" else coding.reach_us(e)) for e in events)


def _name(scheme: Scheme, name: str) -> str:
    stream_id, _, code_id = name.partition(".")
    stream = scheme.stream(stream_id)
    code = stream.code(code_id) if stream is not None else None
    return name if code is None else code.name


def _onset(event: Event) -> int:
    assert event.onset_us is not None
    return event.onset_us


def _stretches(spans: Spans) -> str:
    first, last = timecode(spans.parts[0][0]), timecode(spans.parts[0][1])
    if len(spans.parts) == 1:
        return f"{first} to {last}"
    return f"{len(spans.parts)} stretches, {_seconds(spans.total_us)} in all, the first {first} to {last},"


def _seconds(us: int) -> str:
    return f"{us // 1_000_000}.{us % 1_000_000 // 1000:03d} s"
