"""Who may not, does not: the routes with a real lab behind the real guard, asked over HTTP by people and by strangers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import clips
import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from coder_app.errors import MediaError, NotAllowed
from coder_app.model.ids import new_id
from coder_app.workflow import codings, media, people, schemes, studies
from coder_app.workflow.lab import Lab

Browser = Callable[..., TestClient]
Row = dict[str, Any]

WRITES = (
    ("/api/me", {"person": "x"}),
    ("/api/me/preferences", {"person": "x", "values": {}}),
    ("/api/me/key-card", {"title": "x", "pass": "p", "groups": []}),
    ("/api/codings/x/lease", {"writer": "w"}),
    ("/api/codings/x/operations", {"writer": "w", "after": 0, "operations": []}),
    ("/api/codings/x/submit", {"writer": "w", "revision": 0}),
    ("/api/codings/x/reopen", {"reason": "r"}),
    ("/api/codings/x/pass", {"pass": "p"}),
    ("/api/uploads", {"name": "a.mp4", "size": 3}),
    ("/api/uploads/x/finish", {}),
    ("/api/jobs/x/cancel", {}),
)
READS = (
    "/api/me", "/api/codings/x", "/api/codings/x/history", "/api/media/x/video", "/api/media/x/frames", "/api/media/x/waveform",
    "/api/media/x/filmstrip", "/api/media/x/filmstrip.json", "/api/jobs", "/who", "/static-web/table.js",
    "/api/me/preferences",
)  # fmt: skip


@pytest.fixture
def clip(lab: Lab, supervisor: Row, tmp_path: Path) -> Row:
    path = tmp_path / "visit.mp4"
    clips.numbered_clip(path, "25")
    return media.add(lab, supervisor, path)


@pytest.fixture
def coding_of(lab: Lab, supervisor: Row, clip: Row) -> Callable[..., Row]:
    study = studies.add(lab, supervisor, "Play")
    observation = studies.add_observation(lab, supervisor, study["id"], "P01", media_id=clip["id"])
    scheme = schemes.get(lab, "serve-and-return-quick")

    def start(person: Row, is_key: bool = False) -> Row:
        return codings.start(lab, supervisor, observation["id"], scheme.scheme, scheme.source, person["id"], is_key=is_key)

    return start


@pytest.mark.parametrize("path", READS)
def test_nothing_is_read_without_a_cookie(browser: Browser, path: str) -> None:
    assert browser().get(path).status_code == 401


@pytest.mark.parametrize(("path", "body"), WRITES)
def test_nothing_is_written_without_a_cookie_or_from_elsewhere(browser: Browser, rita: Row, path: str, body: Row) -> None:
    assert browser().post(path, json=body).status_code == 401
    inside = browser(rita)
    assert inside.post(path, json=body, headers={"Origin": "http://evil.example"}).status_code == 403
    assert inside.post(path, json=body, headers={"Host": "evil.example"}).status_code == 421
    as_text = {"Content-Type": "text/plain"}
    assert inside.post(path, content="{}", headers=as_text).status_code == 415


def test_another_coders_coding_is_closed(
    browser: Browser, line: Callable[..., Any], coding_of: Callable[..., Row], rita: Row, ben: Row
) -> None:
    coding = coding_of(ben)["id"]
    inside, writer = browser(rita), new_id()
    answers = [
        inside.get(f"/api/codings/{coding}"),
        inside.get(f"/api/codings/{coding}/history"),
        inside.post(f"/api/codings/{coding}/lease", json={"writer": writer, "browser": "b"}),
        inside.post(f"/api/codings/{coding}/lease", json={"writer": writer, "browser": "b", "take_over": True}),
        inside.post(f"/api/codings/{coding}/operations", json={"writer": writer, "after": 0, "operations": []}),
        inside.post(f"/api/codings/{coding}/submit", json={"writer": writer, "revision": 0, "reason": "x"}),
        inside.post(f"/api/codings/{coding}/reopen", json={"reason": "x"}),
        inside.post(f"/api/codings/{coding}/pass", json={"pass": "p1"}),
    ]
    assert [answer.status_code for answer in answers] == [403] * len(answers)
    assert {answer.json()["error"]["code"] for answer in answers} == {"not_allowed"}
    with line(inside, f"/api/codings/{coding}/operations") as socket:
        socket.send_json({"writer": writer, "after": 0, "operations": []})
        answer = socket.receive_json()
    assert (answer["status"], answer["body"]["error"]["code"]) == (403, "not_allowed")
    own = browser(ben).get(f"/api/codings/{coding}")
    assert own.status_code == 200
    assert own.json()["writable"] is True


def test_the_line_of_a_coding_opens_for_its_own_page_only(
    browser: Browser, line: Callable[..., Any], coding_of: Callable[..., Row], lab: Lab, supervisor: Row, rita: Row
) -> None:
    address = f"/api/codings/{coding_of(rita)['id']}/operations"
    for client, more in ((browser(), {}), (browser(rita), {"origin": "http://evil.example"})):
        with pytest.raises(WebSocketDisconnect), line(client, address, **more):
            pass
    with line(browser(rita), address) as socket:
        people.bin(lab, supervisor, rita["id"])
        socket.send_json({"writer": "w", "after": 0, "operations": []})
        answer = socket.receive_json()
    assert answer["body"]["error"]["code"] == "no_person", "asked for each message, not once"


def test_a_key_is_closed_to_students_and_open_to_supervisors(
    browser: Browser, coding_of: Callable[..., Row], supervisor: Row, stan: Row
) -> None:
    key = coding_of(supervisor, is_key=True)["id"]
    assert browser(stan).get(f"/api/codings/{key}").status_code == 403
    assert browser(supervisor).get(f"/api/codings/{key}").status_code == 200


def test_students_add_no_videos(browser: Browser, stan: Row) -> None:
    answer = browser(stan).post("/api/uploads", json={"name": "a.mp4", "size": 3})
    assert answer.status_code == 403
    assert browser(stan).post("/api/jobs/x/cancel", json={}).status_code in (403, 404)


def test_an_upload_belongs_to_who_began_it(browser: Browser, rita: Row, ben: Row) -> None:
    upload = browser(rita).post("/api/uploads", json={"name": "a.mp4", "size": 6}).json()["id"]
    raw = {"Content-Type": "application/octet-stream"}
    assert browser(ben).put(f"/api/uploads/{upload}?offset=0", content=b"abc", headers=raw).status_code == 403
    assert browser(ben).post(f"/api/uploads/{upload}/finish", json={}).status_code == 403
    assert browser(rita).put(f"/api/uploads/{upload}?offset=0", content=b"abc", headers=raw).json()["received"] == 3
    assert browser(rita).put(f"/api/uploads/{upload}?offset=0", content=b"abc", headers=raw).json()["error"]["code"] == "offset"
    assert browser(rita).put(f"/api/uploads/{upload}?offset=3", content=b"abcdef", headers=raw).status_code == 422


def test_an_upload_goes_on_where_it_stopped_and_becomes_a_video(browser: Browser, rita: Row, tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    clips.numbered_clip(path, "25")
    content, inside = path.read_bytes(), browser(rita)
    raw = {"Content-Type": "application/octet-stream"}
    begun = inside.post("/api/uploads", json={"name": "a.mp4", "size": len(content)}).json()
    inside.put(f"/api/uploads/{begun['id']}?offset=0", content=content[:1000], headers=raw)
    again = inside.post("/api/uploads", json={"name": "a.mp4", "size": len(content)}).json()
    assert (again["id"], again["received"]) == (begun["id"], 1000)
    inside.put(f"/api/uploads/{begun['id']}?offset=1000", content=content[1000:], headers=raw)
    done = inside.post(f"/api/uploads/{begun['id']}/finish", json={})
    assert done.status_code == 201
    video = inside.get(f"/api/media/{done.json()['media']['id']}/video")
    assert video.content == content


@pytest.mark.parametrize("name", ["../../evil.mp4", "/etc/evil.mp4", "..\\evil.mp4", "a\0b.mp4", "C:\\evil.mp4"])
def test_an_upload_never_leaves_the_data_folder(browser: Browser, lab: Lab, rita: Row, name: str) -> None:
    answer = browser(rita).post("/api/uploads", json={"name": name, "size": 3})
    if answer.status_code == 201:
        kept = answer.json()["name"]
        assert not {"/", "\\", "\0"} & set(kept)
    outside = Path(lab.folder.path).parent
    assert not list(outside.glob("*.mp4"))


@pytest.mark.parametrize(
    "path",
    [
        "/static-web/../server.py",
        "/static-web/%2e%2e/server.py",
        "/static-web/..%2fserver.py",
        "/static-web//etc/passwd",
        "/static-workbench/1/../__init__.py",
        "/static-workbench/1/%2e%2e/%2e%2e/server.py",
        "/static-workbench/1/%2e%2e/__init__.py",
        "/static-workbench/../../pyproject.toml",
        "/api/media/..%2f..%2fcoder.sqlite/filmstrip",
        "/api/media/%2e%2e/filmstrip",
    ],
)
def test_a_path_never_leaves_its_folder(browser: Browser, supervisor: Row, path: str) -> None:
    answer = browser(supervisor).get(path)
    assert answer.status_code in (307, 400, 404)  # 307: to the same path with a slash
    assert "import" not in answer.text


def test_a_page_picks_nothing_outside_the_roots(lab: Lab, rita: Row, tmp_path: Path) -> None:
    """The page calls `media.pick` and `media.browse`; what they refuse in full stands in tests/workflow."""
    clips.numbered_clip(tmp_path / "outside.mp4", "25")
    root = media.roots(lab)[0]
    for sub in ("../../outside.mp4", "../outside.mp4", str(tmp_path / "outside.mp4")):
        with pytest.raises((NotAllowed, MediaError)):  # an absolute path is read as one inside the root, where it is not
            media.pick(lab, rita, root, sub)
    with pytest.raises(NotAllowed):
        media.pick(lab, rita, tmp_path, "outside.mp4")
    with pytest.raises(NotAllowed):
        media.browse(lab, tmp_path)


def test_a_video_in_place_is_served_by_id_only(browser: Browser, clip: Row, supervisor: Row) -> None:
    inside = browser(supervisor)
    assert inside.get(f"/api/media/{clip['id']}/video").status_code == 200
    assert inside.get("/api/media/unknown/video").json()["error"]["code"] == "not_found"


def test_somebody_in_the_bin_is_nobody(browser: Browser, lab: Lab, supervisor: Row, rita: Row) -> None:
    inside = browser(rita)
    people.bin(lab, supervisor, rita["id"])
    assert inside.get("/api/jobs").json()["error"]["code"] == "no_person"
    assert inside.post("/api/me", json={"person": rita["id"]}).status_code == 404


def test_errors_never_show_the_inside(browser: Browser, supervisor: Row) -> None:
    inside = browser(supervisor)
    assert inside.post("/api/me", content=b"{not json", headers={"Content-Type": "application/json"}).status_code == 422
    for body in (
        {"writer": "w", "after": -1, "operations": []},
        {"writer": "", "after": 0, "operations": []},
        {"after": True},
        [],
    ):
        answer = inside.post("/api/codings/x/operations", json=body)
        assert answer.status_code == 422
        assert "Traceback" not in answer.text
