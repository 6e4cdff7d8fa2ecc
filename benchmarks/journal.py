"""Times the journal: one key press committed to disk in a coding of 50,000 events, and such a coding loaded.

    python benchmarks/journal.py [--events 50000] [--keys 500] [--database postgresql+psycopg://...]

Every key is one call of `workflow.codings.commit`, as the route makes it: access, the check for other writers, the rules, and
the rows, in one transaction, on the disk (SQLite: WAL, synchronous=FULL) when the call returns. Peers, in the same run:
- commit: a bare `sqlite3` transaction that inserts one row of the same size with the same settings: what the disk costs;
- load: `json.loads` of the same events as one text, which no way of loading them can beat by much.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "tests")]

import journal_kit as kit  # noqa: E402

from coder_app.workflow import codings  # noqa: E402
from coder_app.workflow.lab import Lab  # noqa: E402
from coder_app.workflow.opening import open_lab  # noqa: E402

STEP_US = 100_000


def events(count: int) -> list[dict[str, Any]]:
    """Half of them an exhaustive stream without a gap, half bouts that overlap it."""
    found = []
    for i in range(count // 2):
        at = i * STEP_US
        found.append(kit.add("smile" if i % 2 else "neutral", at, at + STEP_US)["event"])
        code = "still_face" if i % 2 else "facial_mirroring"
        found.append(kit.add(code, at + 10, at + STEP_US // 2, "caregiver_return")["event"])
    return found


def timed(count: int, call: Callable[[int], object]) -> list[float]:
    """Milliseconds of each call, sorted."""
    found = []
    for i in range(count):
        started = time.perf_counter()
        call(i)
        found.append((time.perf_counter() - started) * 1000)
    return sorted(found)


def show(name: str, times: list[float], peer: list[float] | None = None) -> None:
    middle, late = statistics.median(times), times[int(len(times) * 0.95)]
    ratio = "" if peer is None else f"   {middle / statistics.median(peer):5.1f} times the peer"
    print(f"{name:<34} median {middle:8.3f} ms   95th percentile {late:8.3f} ms{ratio}")


def bare_commits(folder: Path, count: int) -> list[float]:
    """The peer: one row of 800 characters a transaction, with nothing around it."""
    connection = sqlite3.connect(folder / "peer.sqlite", isolation_level=None)
    connection.executescript(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE line (id INTEGER PRIMARY KEY, body TEXT)"
    )

    def one(i: int) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO line (body) VALUES (?)", ("x" * 800,))
        connection.execute("COMMIT")

    found = timed(count, one)
    connection.close()
    return found


def keys(lab: Lab, person: dict[str, Any], coding: str, made: Callable[[], dict[str, Any]]) -> Callable[[int], None]:
    """A call that commits one operation on the newest revision."""
    revision = codings.get(lab, coding)["revision"]

    def press(_: int) -> None:
        nonlocal revision
        answer = codings.commit(lab, person, coding, "bench", revision, [made()])
        assert not answer["rejected"], answer
        revision = answer["revision"]

    return press


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--events", type=int, default=50_000)
    parser.add_argument("--keys", type=int, default=500)
    parser.add_argument("--database", default=None)
    asked = parser.parse_args()
    rng, last = random.Random(1), asked.events // 2 * STEP_US
    with tempfile.TemporaryDirectory() as name:
        lab = open_lab(Path(name) / "data", asked.database, sample=False)
        observation, person = kit.observation_with_video(lab), kit.coder(lab)
        watched = {stream: [[0, last]] for stream in ("infant_face", "caregiver_return")}
        made = events(asked.events)
        whole = codings.import_coding(
            lab, observation["id"], person["id"], kit.small_scheme(), "", made, watched, False, submitted=False
        )
        print(f"{len(made):,} events, {asked.keys} keys")
        peer = bare_commits(Path(name), asked.keys)
        show("peer: bare sqlite3 commit", peer)
        kinds: dict[str, Callable[[], dict[str, Any]]] = {
            "key in an exhaustive stream": lambda: kit.add(rng.choice(["smile", "neutral"]), rng.randrange(last)),
            "key in an overlapping stream": lambda: kit.add("still_face", rng.randrange(last), None, "caregiver_return"),
            "stretch watched": lambda: kit.cover(last, last + rng.randrange(1, 10**9)),
        }
        for what, operation in kinds.items():
            press = keys(lab, person, whole["id"], operation)
            timed(20, press)
            show(what, timed(asked.keys, press), peer)
        text = json.dumps(made)
        plain = timed(5, lambda _: json.loads(text))
        show("peer: json.loads of the events", plain)
        show("load", timed(5, lambda _: (lab.desk.clear(), lab.desk.take(lab.store, whole["id"]))), plain)
        show("payload, loaded before", timed(5, lambda _: codings.payload(lab, person, whole["id"])), plain)
        lab.close()


if __name__ == "__main__":
    main()
