"""Plays random sequences of operations in Python and in JavaScript and compares every answer and every end state; then times
`apply` with its `take` at 50,000 events in both.

    python benchmarks/apply_parity.py [--sequences 20000] [--operations 40] [--seed 1] [--events 50000]

Ends with status 1 at the first difference, and prints the operation and the seed that show it again.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from coder_app.model.coding import Coding, Unlawful, apply
from coder_app.model.event import Event, Operation
from coder_app.model.ids import new_id, now
from coder_app.model.interval import Spans

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "tests")]

from coding_parity import MOVE_BYTES, Browser, assert_equal, play, small_scheme  # noqa: E402

SCHEME = small_scheme()
BOUT_US = 1000
KEYS = 2000


def compare(sequences: int, operations: int, seed: int) -> None:
    """Raises AssertionError at the first sequence on which the two languages differ."""
    rng = random.Random(seed)
    answers: Counter[str] = Counter()
    started = time.monotonic()
    with Browser(SCHEME) as browser:
        for number in range(sequences):
            raw = rng.randbytes(operations * MOVE_BYTES)
            played = play(SCHEME, raw, unwind=True)
            try:
                assert_equal(played, browser.ask({"operations": played.operations}))
            except AssertionError:
                print(
                    f"Sequence {number} of seed {seed} differs: play(small_scheme(), bytes.fromhex({raw.hex()!r}), unwind=True)"
                )
                raise
            answers.update(answer["unlawful"][0] if "unlawful" in answer else "lawful" for answer in played.answers)
    seconds = time.monotonic() - started
    print(f"{sequences} sequences, {answers.total()} operations, equal in Python and JavaScript; {seconds:.1f} s")
    for code, count in answers.most_common():
        print(f"  {code:20} {count}")


def long_coding(events: int) -> tuple[list[Event], int]:
    """Half of the events in the exhaustive stream, half in the exclusive one, a bout a millisecond with no gap, the last open,
    every tenth linked to its forerunner. With the time of the end."""
    made: list[Event] = []
    for stream in ("full", "one"):
        for i in range(events // 2):
            link = {"to": f"{stream}{i - 1:06d}"} if i % 10 == 9 else None
            end = None if i == events // 2 - 1 else (i + 1) * BOUT_US
            made.append(Event(f"{stream}{i:06d}", "state", stream, "ab"[i % 2], i * BOUT_US, end, link=link))
    return made, events // 2 * BOUT_US


def keys(end_us: int, seed: int) -> list[dict[str, Any]]:
    """Code keys and bouts with both ends anywhere, every fifth of them undone, removes, and stretches of 2 s watched."""
    rng = random.Random(seed)
    made: list[dict[str, Any]] = []

    def note(kind: str, **fields: Any) -> str:
        made.append({"id": new_id(), "made_at": now(), "group": None, "kind": kind, **fields})
        return str(made[-1]["id"])

    for number in range(KEYS):
        at, stream = rng.randrange(end_us), rng.choice(("full", "one"))
        event = Event(f"new{number}", "state", stream, rng.choice("abu"), at, at + 700 if number % 3 == 0 else None)
        added = note("add", event=event.to_json())
        if number % 5 == 0:
            note("undo", undoes=added)
        if number % 4 == 0:
            note("cover", **{"pass": "p1", "streams": ["full", "one"], "from_us": at, "to_us": at + 2_000_000})
        if number % 7 == 0:
            note("remove", event={"id": f"{stream}{rng.randrange(end_us // BOUT_US):06d}"})
    return made


def report(language: str, ms: list[float]) -> None:
    cut = statistics.quantiles(ms, n=100)
    print(f"  {language:11} median {cut[49]:.3f} ms, 95th percentile {cut[94]:.3f} ms, longest {max(ms):.3f} ms, n {len(ms)}")


def clock(events: int, seed: int) -> None:
    """Times each operation on a coding of `events` events, in Python and in JavaScript."""
    made, end_us = long_coding(events)
    operations = keys(end_us, seed)
    coding = Coding.restore(SCHEME, made, {"full": Spans(((0, end_us),))}, {})
    ms: list[float] = []
    for operation in map(Operation.from_json, operations):
        started = time.perf_counter()
        try:
            coding.take(apply(coding, operation))
        except Unlawful:  # a bout that has joined or been covered cannot be removed
            continue
        ms.append((time.perf_counter() - started) * 1000)
    print(f"apply and take, {events} events:")
    report("Python", ms)
    with Browser(SCHEME) as browser:
        request = {"events": [event.to_json() for event in made], "watched": {"full": [[0, end_us]]}, "operations": operations}
        answer = browser.ask(request)
    report("JavaScript", answer["ms"])
    assert answer["state"] == coding.state_json()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sequences", type=int, default=20_000)
    parser.add_argument("--operations", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--events", type=int, default=50_000)
    options = parser.parse_args()
    clock(options.events, options.seed)
    compare(options.sequences, options.operations, options.seed)


if __name__ == "__main__":
    main()
