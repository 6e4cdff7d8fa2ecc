"""The routes of spectrogram and regions: shapes, ranges, refusals."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import clips
import numpy as np
import pytest
from starlette.testclient import TestClient

from coder_app.jobs import worker
from coder_app.model.ids import new_id
from coder_app.workflow import media, tasks
from coder_app.workflow.lab import Lab

Browser = Callable[..., TestClient]
Row = dict[str, Any]
HAND = {"name": "Hand", "x": 8750, "y": 2500, "width": 1250, "height": 2500}


@pytest.fixture
def clip(lab: Lab, supervisor: Row, tmp_path: Path) -> Row:
    clips.numbered_clip(tmp_path / "visit.mp4", "25", frames=20, sound=True)
    return media.add(lab, supervisor, tmp_path / "visit.mp4", wait=True)


def work(lab: Lab) -> None:
    tasks.register()
    while worker.run_one(lab.folder, lab.store) is not None:
        pass


def test_a_spectrogram_is_asked_for_and_read_in_ranges(browser: Browser, lab: Lab, stan: Row, clip: Row) -> None:
    inside, address = browser(stan), f"/api/media/{clip['id']}/spectrogram"
    early = inside.get(address)
    assert (early.status_code, early.json()["error"]["code"]) == (404, "not_ready")
    asked = inside.post(address, json={}).json()
    assert asked["spectrogram"] is None
    assert asked["jobs"]["spectrogram"]["state"] == "waiting"
    work(lab)
    found = inside.get(f"/api/media/{clip['id']}/tracks").json()
    assert found["jobs"] == {"spectrogram": {**asked["jobs"]["spectrogram"], "state": "done", "progress": 1000}, "motion": None}
    whole = inside.get(address)
    assert len(whole.content) == sum(found["spectrogram"]["levels"]) * found["spectrogram"]["bands"]
    part = inside.get(address, headers={"Range": "bytes=64-127"})
    assert (part.status_code, part.content) == (206, whole.content[64:128])


def test_a_region_is_kept_measured_changed_and_removed(browser: Browser, lab: Lab, stan: Row, clip: Row) -> None:
    inside = browser(stan)
    made = inside.post(f"/api/media/{clip['id']}/regions", json=HAND)
    assert made.status_code == 201
    region = made.json()
    assert region == {"id": region["id"], **HAND, "measured": False, "may_edit": True}
    early = inside.get(f"/api/regions/{region['id']}/motion")
    assert (early.status_code, early.json()["error"]["code"]) == (404, "not_ready")
    work(lab)
    values = np.frombuffer(inside.get(f"/api/regions/{region['id']}/motion").content, "<f4")
    assert len(values) == 20
    changed = inside.post(f"/api/regions/{region['id']}", json={**HAND, "name": "Foot"}).json()
    assert (changed["name"], changed["measured"]) == ("Foot", True)
    assert inside.post(f"/api/media/{clip['id']}/motion", json={}).json()["regions"] == [changed]
    assert inside.post(f"/api/regions/{region['id']}/remove", json={}).json() == {}
    assert inside.post(f"/api/regions/{region['id']}/remove", json={}).status_code == 404


@pytest.mark.parametrize("wrong", [{"x": -1}, {"x": 10_001}, {"width": 12.5}, {"height": "9"}, {"name": None}, {"y": None}])
def test_a_region_that_is_none_is_refused_naming_the_field(browser: Browser, stan: Row, clip: Row, wrong: Row) -> None:
    answer = browser(stan).post(f"/api/media/{clip['id']}/regions", json=HAND | wrong)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "bad_request")
    assert next(iter(wrong)) in answer.json()["error"]["message"]


def test_who_asked_for_a_job_may_end_it(browser: Browser, stan: Row, rita: Row, clip: Row, lab: Lab) -> None:
    asked = browser(rita).post(f"/api/media/{clip['id']}/spectrogram", json={}).json()["jobs"]["spectrogram"]["id"]
    assert browser(stan).post(f"/api/jobs/{asked}/cancel", json={}).status_code == 403
    assert browser(rita).post(f"/api/jobs/{asked}/cancel", json={}).json()["state"] == "cancelled"
    own = browser(stan).post(f"/api/media/{clip['id']}/spectrogram", json={}).json()["jobs"]["spectrogram"]["id"]
    assert own != asked
    assert browser(stan).post(f"/api/jobs/{own}/cancel", json={}).json()["state"] == "cancelled"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/media/x/tracks"), ("GET", "/api/media/x/spectrogram"), ("POST", "/api/media/x/spectrogram"),
        ("POST", "/api/media/x/motion"), ("POST", "/api/media/x/regions"), ("POST", "/api/regions/x"),
        ("POST", "/api/regions/x/remove"), ("GET", "/api/regions/x/motion"),
    ],
)  # fmt: skip
def test_strangers_are_refused_and_what_is_not_there_is_not_found(browser: Browser, stan: Row, method: str, path: str) -> None:
    sent = {} if method == "GET" else {"json": HAND}
    assert browser().request(method, path, **sent).status_code == 401
    assert browser(stan).request(method, path.replace("x", new_id()), **sent).status_code == 404
    if method == "POST":
        foreign = {"Origin": "http://evil.example"}
        assert browser(stan).request(method, path, headers=foreign, **sent).status_code == 403
