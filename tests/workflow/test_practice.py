"""Practice clips drawn by a job: kept with observation and key, or nothing."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from coder_app.errors import Invalid, NotAllowed
from coder_app.jobs import queue, worker
from coder_app.workflow import codings, episodes, media, practice, studies, tasks
from coder_app.workflow.lab import Lab

SCRIPT = """
id: c0-tiny
version: "1.0"
name: Tiny
scheme: serve-and-return-quick
length_s: 1.2
size: [256, 96]
seed: 5
episodes: [{at: 0, to: 0.4, id: play, name: Play}, {at: 0.4, to: 1.2, id: rest, name: Rest}]
scores: [infant_gaze]
streams: {infant_gaze: [{at: 0, code: face}, {at: 0.8, code: object}]}
"""


@pytest.fixture
def study(bare_lab: Lab, supervisor: dict[str, Any]) -> dict[str, Any]:
    tasks.register()
    return studies.add(bare_lab, supervisor, "Practice")


def test_a_job_draws_the_clip_and_keeps_its_key(bare_lab: Lab, supervisor: dict[str, Any], study: dict[str, Any]) -> None:
    job_id = practice.enqueue(bare_lab, supervisor, study["id"], SCRIPT, difficulty=0.5, casting="b,a", seed=9, captions=True)
    job = worker.run_one(bare_lab.folder, bare_lab.store)
    assert job is not None
    assert (job["id"], job["state"], job["progress"]) == (job_id, "done", 1000)
    (found,) = studies.observations(bare_lab, supervisor, study["id"])
    assert found["name"] == "C0 Tiny (difficulty 0.5)"
    assert found["id"] == job["result"]["observation_id"]
    assert found["media"]["end_us"] == 1_200_000
    kept = episodes.listing(bare_lab, supervisor, found["id"])["episodes"]
    assert [(e["name"], e["onset_us"], e["offset_us"]) for e in kept] == [("Play", 0, 400_000), ("Rest", 400_000, 1_200_000)]
    (key,) = codings.listing(bare_lab, supervisor, found["id"])
    assert (key["coder"], key["is_key"], key["state"]) == ("Key", True, "submitted")
    assert sorted(path.name for path in bare_lab.folder.media.iterdir()) == ["c0-tiny.mp4"]


def test_a_bad_script_is_refused_before_it_is_queued(bare_lab: Lab, supervisor: dict[str, Any], study: dict[str, Any]) -> None:
    for vary, words in (
        ({"casting": "a"}, "give an infant and a caregiver"),
        ({"casting": "zz,a"}, "expected one of"),
        ({"difficulty": 3.0}, "from 0"),
    ):
        with pytest.raises(Invalid, match=words):
            practice.enqueue(bare_lab, supervisor, study["id"], SCRIPT, **vary)
    with pytest.raises(Invalid, match="no code 'fase'"):
        practice.enqueue(bare_lab, supervisor, study["id"], SCRIPT.replace("code: face", "code: fase"))
    assert queue.recent(bare_lab.store) == []


def test_students_may_not(bare_lab: Lab, student: dict[str, Any], study: dict[str, Any]) -> None:
    with pytest.raises(NotAllowed):
        practice.enqueue(bare_lab, student, study["id"], SCRIPT)


def test_a_cancelled_drawing_leaves_nothing(bare_lab: Lab, supervisor: dict[str, Any], study: dict[str, Any]) -> None:
    """Cancelled while the worker draws: a longer clip, stopped from beside."""
    job_id = practice.enqueue(bare_lab, supervisor, study["id"], SCRIPT.replace("length_s: 1.2", "length_s: 600.0"))
    threading.Timer(1.5, lambda: queue.cancel(bare_lab.store, job_id)).start()
    job = worker.run_one(bare_lab.folder, bare_lab.store)
    assert job is not None
    assert job["state"] == "cancelled"
    assert list(bare_lab.folder.media.iterdir()) == []
    assert media.listing(bare_lab, supervisor) == []
