"""What the routes answer when all is well: shapes, headers, ranges."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import clips
import numpy as np
import pytest
from starlette.testclient import TestClient

from coder_app import __version__
from coder_app.model.ids import new_id, now
from coder_app.web import place as places
from coder_app.web import visitor
from coder_app.web.routes import assets
from coder_app.workflow import codings, media, people, schemes, studies
from coder_app.workflow.lab import Lab

Browser = Callable[..., TestClient]
Row = dict[str, Any]


@pytest.fixture
def clip(lab: Lab, supervisor: Row, tmp_path: Path) -> Row:
    """A clip whose first frame stands at 2 s of the container's clock."""
    path = tmp_path / "visit.mp4"
    clips.numbered_clip(path, "start2s")
    return media.add(lab, supervisor, path)


@pytest.fixture
def observation(lab: Lab, supervisor: Row, clip: Row) -> Row:
    study = studies.add(lab, supervisor, "Play")
    return studies.add_observation(lab, supervisor, study["id"], "P01", media_id=clip["id"])


@pytest.fixture
def coding(lab: Lab, supervisor: Row, observation: Row, rita: Row) -> Row:
    scheme = schemes.get(lab, "serve-and-return-quick")
    return codings.start(lab, supervisor, observation["id"], scheme.scheme, scheme.source, rita["id"])


def test_health_says_the_version(browser: Browser) -> None:
    assert browser().get("/api/health").json() == {"status": "ok", "version": __version__}


def test_addresses_that_are_none_answer_in_json(browser: Browser, supervisor: Row, coding: Row) -> None:
    """Not with the page that the pages answer everything else with."""
    inside, address = browser(supervisor), f"/api/codings/{coding['id']}/operations"
    for method, path in (("GET", "/api/nope"), ("POST", "/api/nope"), ("GET", "/api/"), ("DELETE", "/api/media/x/y/z")):
        answer = inside.request(method, path, headers={"Content-Type": "application/json"})
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found"), path
    wrong = inside.get(address)
    assert (wrong.status_code, wrong.json()["error"]["code"], wrong.headers["allow"]) == (405, "method_not_allowed", "POST")


def test_a_revision_beyond_all_is_refused(browser: Browser, supervisor: Row, coding: Row) -> None:
    operation = {"id": new_id(), "kind": "undo", "undoes": new_id()}
    sent = {"writer": "w", "after": 10**40, "operations": [operation]}
    answer = browser(supervisor).post(f"/api/codings/{coding['id']}/operations", json=sent)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "bad_request")


def test_what_nobody_foresaw_is_an_error_in_json(
    browser: Browser, supervisor: Row, coding: Row, monkeypatch: pytest.MonkeyPatch
) -> None:
    def falls(*_: Any) -> None:
        raise RuntimeError("unforeseen")

    monkeypatch.setattr(codings, "payload", falls)
    answer = browser(supervisor).get(f"/api/codings/{coding['id']}")
    assert (answer.status_code, answer.json()["error"]["code"]) == (500, "internal")
    assert "unforeseen" not in answer.text


def test_video_is_served_in_ranges(browser: Browser, clip: Row, supervisor: Row, lab: Lab) -> None:
    inside, address = browser(supervisor), f"/api/media/{clip['id']}/video"
    whole = media.video_path(lab, clip["id"]).read_bytes()
    full = inside.get(address)
    assert full.status_code == 200
    assert full.content == whole
    assert full.headers["accept-ranges"] == "bytes"
    assert full.headers["content-type"] == "video/mp4"
    assert full.headers["cache-control"] == "private, no-store"
    part = inside.get(address, headers={"Range": "bytes=100-199"})
    assert part.status_code == 206
    assert part.content == whole[100:200]
    assert part.headers["content-range"] == f"bytes 100-199/{len(whole)}"
    assert inside.get(address, headers={"Range": f"bytes={len(whole)}-"}).status_code == 416


def test_frames_are_container_times_with_the_way_to_the_observation_clock(
    browser: Browser, clip: Row, observation: Row, supervisor: Row, lab: Lab
) -> None:
    answer = browser(supervisor).get(f"/api/media/{clip['id']}/frames?observation={observation['id']}")
    times = np.frombuffer(answer.content, "<i8")
    offset, end = int(answer.headers["x-observation-offset-us"]), int(answer.headers["x-end-us"])
    assert times[0] == 2_000_000  # the clip's kind: its first frame stands at 2 s
    assert times[0] + offset == 0
    assert end == clip["end_us"] > times[-1] + offset
    assert len(times) == clip["frame_count"]
    lab.store.update("observation", observation["id"], media_offset_us=1_500_000)
    moved = browser(supervisor).get(f"/api/media/{clip['id']}/frames?observation={observation['id']}")
    assert int(moved.headers["x-observation-offset-us"]) == offset + 1_500_000
    assert int(moved.headers["x-end-us"]) == end + 1_500_000
    assert browser(supervisor).get(f"/api/media/{clip['id']}/frames?observation={new_id()}").status_code == 404


def test_what_is_not_made_yet_says_so(browser: Browser, clip: Row, supervisor: Row) -> None:
    """The clip has no sound, so its waveform will never be."""
    for name, code in (("waveform", "no_audio"), ("filmstrip", "not_ready"), ("filmstrip.json", "not_ready")):
        answer = browser(supervisor).get(f"/api/media/{clip['id']}/{name}")
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, code)


def test_a_moved_video_is_not_found_and_says_where_it_was(browser: Browser, clip: Row, supervisor: Row, lab: Lab) -> None:
    media.video_path(lab, clip["id"]).unlink()
    answer = browser(supervisor).get(f"/api/media/{clip['id']}/video")
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "media_missing"


def test_a_coding_is_led_from_lease_to_reopening(browser: Browser, coding: Row, rita: Row) -> None:
    inside, writer, address = browser(rita), new_id(), f"/api/codings/{coding['id']}"
    loaded = inside.get(address).json()
    assert (loaded["revision"], loaded["writable"], loaded["person"]["name"]) == (0, True, "Rita")
    assert inside.post(f"{address}/lease", json={"writer": writer, "browser": "b"}).json() == {"held": True, "expires_s": 30}
    smile = {"id": new_id(), "kind": "state", "stream": "infant_face", "code": "smile", "onset_us": 40_000, "offset_us": None}
    operation = {"id": new_id(), "kind": "add", "made_at": now(), "group": None, "event": smile, "undoes": None}
    unlawful = {**operation, "id": new_id(), "event": {**smile, "id": new_id(), "code": "no_such_code"}}
    answer = inside.post(
        f"{address}/operations", json={"writer": writer, "after": 0, "operations": [operation, unlawful]}
    ).json()
    assert answer["revision"] == 1
    assert answer["accepted"] == [operation["id"]]
    assert [one["id"] for one in answer["rejected"]] == [unlawful["id"]]
    chosen = loaded["scheme"]["passes"][1]["id"]
    assert inside.post(f"{address}/pass", json={"pass": chosen}).json() == {"pass": chosen}
    assert inside.get(address).json()["pass_id"] == chosen
    assert inside.get(f"{address}/history?limit=5").status_code == 200
    stale = inside.post(f"{address}/submit", json={"writer": writer, "revision": 0, "reason": None})
    assert stale.status_code == 409
    blocked = inside.post(f"{address}/submit", json={"writer": writer, "revision": 1, "reason": "short"})
    assert blocked.status_code == 422


def test_a_socket_takes_what_the_address_takes_and_answers_alike(
    browser: Browser, line: Callable[..., Any], coding: Row, rita: Row
) -> None:
    inside, address = browser(rita), f"/api/codings/{coding['id']}/operations"
    smile = {"id": new_id(), "kind": "state", "stream": "infant_face", "code": "smile", "onset_us": 40_000, "offset_us": None}
    operation = {"id": new_id(), "kind": "add", "made_at": now(), "group": None, "event": smile, "undoes": None}
    sent = {"writer": "w", "after": 0, "operations": [operation]}
    with line(inside, address) as socket:
        socket.send_json(sent)
        first = socket.receive_json()
        assert (first["status"], first["body"]["accepted"], first["body"]["revision"]) == (200, [operation["id"]], 1)
        socket.send_text("{not json")
        assert socket.receive_json()["status"] == 422
        socket.send_json(sent)
        again = socket.receive_json()
    assert again["body"] == inside.post(address, json=sent).json(), "the same id twice is once, whichever way it came"
    assert inside.get(f"/api/codings/{coding['id']}").json()["revision"] == 1


def test_a_held_lease_names_the_holder(browser: Browser, coding: Row, rita: Row, supervisor: Row) -> None:
    address = f"/api/codings/{coding['id']}/lease"
    browser(rita).post(address, json={"writer": new_id(), "browser": "b1"})
    answer = browser(supervisor).post(address, json={"writer": new_id(), "browser": "b2"})
    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "lease_held"
    assert answer.json()["error"]["holder"] == "Rita"


def test_without_a_token_one_acts_as_the_coder_of_the_coding(browser: Browser, coding: Row, rita: Row, supervisor: Row) -> None:
    anyone = browser(token=None)
    assert anyone.get(f"/api/codings/{coding['id']}").json()["person"]["id"] == rita["id"]
    assert anyone.get("/api/me").json()["person"]["id"] == supervisor["id"]
    assert anyone.get(f"/api/me?coding={coding['id']}").json()["person"]["id"] == rita["id"]


def test_a_browser_without_a_token_keeps_its_id(browser: Browser) -> None:
    anyone = browser(token=None)
    first = anyone.get("/api/me").json()["browser"]
    assert anyone.get("/api/me").json()["browser"] == first


def test_choosing_who_one_is(browser: Browser, rita: Row, ben: Row) -> None:
    inside = browser(rita)
    before = inside.get("/api/me").json()
    assert before["person"] == {"id": rita["id"], "name": "Rita", "role": "researcher"}
    after = inside.post("/api/me", json={"person": ben["id"]}).json()
    assert after["person"]["name"] == "Ben"
    assert inside.get("/api/me").json()["person"]["name"] == "Ben"
    assert after["browser"] == before["browser"]


def test_the_chooser_lists_people_and_goes_on_inside_only(browser: Browser, lab: Lab, rita: Row) -> None:
    people.named(lab, "<b>Eve</b> & co")
    text = browser(rita).get("/who?next=/code%3Fcoding%3D1").text
    assert "&lt;b&gt;Eve&lt;/b&gt; &amp; co" in text
    assert 'data-next="/code?coding=1"' in text
    for elsewhere in ("//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/a\nb"):
        assert 'data-next="/"' in browser(rita).get("/who", params={"next": elsewhere}).text


def test_sample_people_do_not_make_a_crowd(lab: Lab, supervisor: Row, rita: Row) -> None:
    place = places.enter(lab, 8765, "t")
    assert visitor.only_person(lab) is None
    lab.store.set_setting(visitor.SAMPLE_PEOPLE, [rita["id"]])
    assert visitor.only_person(lab)["id"] == supervisor["id"]  # type: ignore[index]
    assert visitor.newcomer(place).person_id == supervisor["id"]
    assert [one["sample"] for one in visitor.choices(lab)] == [False, True]


def test_our_modules_are_served_under_what_they_hold(browser: Browser, rita: Row) -> None:
    inside = browser(rita)
    module = inside.get(f"/static-workbench/{assets.version()}/outbox.js")
    assert module.status_code == 200
    assert module.headers["content-type"].startswith("text/javascript")
    assert module.headers["cache-control"] == "no-cache"
    assert inside.get("/static-web/table.js").status_code == 200
    assert inside.get("/static-web/dyad.webp").headers["content-type"] == "image/webp"
    assert inside.get("/static-web/missing.js").status_code == 404


def test_jobs_are_listed_by_what_they_are_about_and_cancelled(browser: Browser, clip: Row, rita: Row) -> None:
    inside = browser(rita)
    jobs = inside.get(f"/api/jobs?about={clip['id']}").json()
    assert jobs
    assert {job["about"] for job in jobs} == {clip["id"]}
    assert inside.post(f"/api/jobs/{jobs[0]['id']}/cancel", json={}).json()["state"] == "cancelled"
    assert inside.post("/api/jobs/unknown/cancel", json={}).status_code == 404
