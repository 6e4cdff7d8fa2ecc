"""Killed processes and two processes at once: what was acknowledged is on the disk, once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from journal_kit import add, cover, ids, start_coding

from coder_app.workflow import codings
from coder_app.workflow.desk import replay
from coder_app.workflow.lab import Lab
from coder_app.workflow.opening import open_lab

# Commits one key after the other as the coding's own person, always as writer w1 (as one page does whose requests reach two
# servers), and prints each id when it is acknowledged.
CODER = """
    import sys
    from pathlib import Path
    sys.path.insert(0, sys.argv[5])
    from journal_kit import add
    from coder_app.workflow import codings
    from coder_app.workflow.opening import open_lab

    lab = open_lab(Path(sys.argv[1]), sys.argv[2] or None, sample=False)
    coding, count = sys.argv[3], int(sys.argv[4])
    person = lab.store.get("person", codings.get(lab, coding)["person_id"])
    print("ready", flush=True)
    sys.stdin.readline()
    for i in range(count):
        body = add("smile" if i % 2 else "neutral", i * 1000)
        answer = codings.commit(lab, person, coding, "w1", 0, [body])
        assert answer["accepted"] == [body["id"]], answer
        print(body["id"], flush=True)
"""


def spawn(lab: Lab, coding: str, count: int) -> subprocess.Popen[str]:
    database = "" if lab.folder.database_file else lab.folder.database_url
    arguments = [str(lab.folder.path), database, coding, str(count), str(Path(__file__).parents[1])]
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(CODER), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
@pytest.mark.parametrize("acknowledged", [1, 7, 40])
def test_a_killed_process_has_lost_nothing_it_acknowledged(any_lab: Lab, acknowledged: int) -> None:
    _, coding = start_coding(any_lab)
    process = spawn(any_lab, coding, 100_000)
    go(process)
    assert process.stdout is not None
    told = [process.stdout.readline().strip() for _ in range(acknowledged)]
    os.kill(process.pid, signal.SIGKILL)
    told += [line.strip() for line in process.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
    process.wait()
    assert len(told) >= acknowledged
    again = open_lab(any_lab.folder.path, None if any_lab.folder.database_file else any_lab.folder.database_url, sample=False)
    kept = [line["id"] for line in codings.operations(again, coding)]
    assert kept[: len(told)] == told
    assert len(kept) <= len(told) + 1  # the one in flight may be there too
    row = codings.get(again, coding)
    assert row["revision"] == len(kept)
    current = again.desk.take(again.store, coding).coding
    assert replay(again.store, current.scheme, coding, len(kept)).state_json() == current.state_json()
    again.close()


def test_two_processes_on_one_coding_take_turns(any_lab: Lab) -> None:
    _, coding = start_coding(any_lab)
    processes = [spawn(any_lab, coding, 40) for _ in range(2)]
    for process in processes:
        go(process)
    told = []
    for process in processes:
        assert process.stdout is not None
        told += process.stdout.read().split()
        assert process.wait(60) == 0
    lines = codings.operations(any_lab, coding)
    assert sorted(line["id"] for line in lines) == sorted(told)
    assert [line["seq"] for line in lines] == list(range(1, 81))
    current = any_lab.desk.take(any_lab.store, coding, fresh=True).coding
    assert replay(any_lab.store, current.scheme, coding, 80).state_json() == current.state_json()


def test_memory_that_fell_behind_is_read_again(any_lab: Lab) -> None:
    person, coding = start_coding(any_lab)
    other = open_lab(any_lab.folder.path, None if any_lab.folder.database_file else any_lab.folder.database_url, sample=False)
    one, two, three = add("smile", 0), add("neutral", 1_000_000), add("smile", 2_000_000)
    codings.commit(any_lab, person, coding, "w1", 0, [one])
    codings.commit(other, person, coding, "w1", 1, [two])
    assert codings.commit(any_lab, person, coding, "w1", 2, [two, three])["accepted"] == ids([two, three])
    assert codings.commit(other, person, coding, "w2", 2, [add("smile", 0)])["rejected"][0]["code"] == "conflict"
    assert codings.payload(other, person, coding)["revision"] == 3
    other.close()


def test_a_coding_that_another_process_submitted_takes_nothing_more(any_lab: Lab) -> None:
    """Its revision may be the same as before: the state has to be looked at too."""
    person, coding = start_coding(any_lab)
    other = open_lab(any_lab.folder.path, None if any_lab.folder.database_file else any_lab.folder.database_url, sample=False)
    full = [add("smile", 0, 60_000_000), cover(0, 60_000_000, "infant_face", "caregiver_return")]
    codings.commit(any_lab, person, coding, "w1", 0, full)
    assert codings.submit(other, person, coding, "w1", 2, "No rating.")["revision"] == 2
    late = codings.commit(any_lab, person, coding, "w1", 2, [add("neutral", 1_000_000)])
    assert late["rejected"][0]["code"] == "submitted"
    assert len(codings.operations(other, coding)) == 2
    codings.reopen(other, person, coding, "More to code.")
    assert codings.commit(any_lab, person, coding, "w2", 2, [add("neutral", 1_000_000)])["rejected"] == []
    other.close()
