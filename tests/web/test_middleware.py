"""The guard at the door around an app that says yes to everything: whatever is refused was refused by the guard."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from coder_app.web import place as places
from coder_app.web import visitor
from coder_app.web.middleware import Guard
from coder_app.workflow import people
from coder_app.workflow.lab import Lab

PORT = 8765
ORIGIN = f"http://127.0.0.1:{PORT}"
TOKEN = "launch-token"
JSON = {"Content-Type": "application/json"}


async def _yes(request: Request) -> PlainTextResponse:
    return PlainTextResponse("yes")


async def _socket(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.send_text("yes")
    await websocket.close()


def _client(lab: Lab, token: str | None = TOKEN) -> TestClient:
    place = places.enter(lab, PORT, token)
    methods = ["GET", "POST", "PUT", "DELETE", "PATCH"]
    routes = [WebSocketRoute("/_stcore/stream", _socket), Route("/{path:path}", _yes, methods=methods)]
    app = Starlette(routes=routes, middleware=[Middleware(Guard, place=place)])
    return TestClient(app, base_url=ORIGIN, follow_redirects=False)


@pytest.fixture
def outside(lab: Lab) -> TestClient:
    return _client(lab)


@pytest.fixture
def inside(lab: Lab) -> TestClient:
    client = _client(lab)
    assert client.get(f"/?token={TOKEN}").status_code == 303
    return client


def test_the_token_becomes_a_cookie_and_leaves_the_address(outside: TestClient) -> None:
    answer = outside.get(f"/code?coding=c1&token={TOKEN}")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/code?coding=c1"
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"coder_{places.current().folder_id}=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert TOKEN not in cookie
    assert outside.get("/code?coding=c1").text == "yes"


@pytest.mark.parametrize(
    "path", ["/", "/code", "/api/me", "/api/codings/x", "/_stcore/host-config", "/static-workbench/1/main.js"]
)
def test_without_a_cookie_nothing_is_said(outside: TestClient, path: str) -> None:
    answer = outside.get(path)
    assert answer.status_code == 401
    assert "terminal" in answer.text


def test_health_is_open(outside: TestClient) -> None:
    assert outside.get("/api/health").status_code == 200


@pytest.mark.parametrize("token", ["", "wrong", TOKEN + "x", TOKEN[:-1]])
def test_a_wrong_token_opens_nothing(outside: TestClient, token: str) -> None:
    answer = outside.get(f"/?token={token}")
    assert answer.status_code == 401
    assert "set-cookie" not in answer.headers


def test_a_forged_or_foreign_cookie_opens_nothing(lab: Lab, outside: TestClient) -> None:
    place = places.current()
    header = visitor.cookie_header(place, visitor.Visitor("b", "p")).split(";")[0]
    name, _, value = header.partition("=")
    for forged in (value[:-2] + "xx", value.split(".")[0], "", "e30.e30"):
        assert outside.get("/", headers={"Cookie": f"{name}={forged}"}).status_code == 401
    assert outside.get("/", headers={"Cookie": f"coder_other={value}"}).status_code == 401


@pytest.mark.parametrize(
    "host", [f"localhost:{PORT}", f"[::1]:{PORT}", f"127.0.0.2:{PORT}", f"127.1:{PORT}", f"LOCALHOST:{PORT}", "localhost"]
)
def test_other_spellings_of_this_machine_are_sent_to_the_one_address(inside: TestClient, host: str) -> None:
    answer = inside.get("/code?coding=a%20b&token=t", headers={"Host": host})
    assert answer.status_code == 307
    assert answer.headers["location"] == f"{ORIGIN}/code?coding=a%20b&token=t"
    assert inside.post("/api/x", headers={"Host": host, "Origin": f"http://{host}", **JSON}, content="{}").status_code == 421


@pytest.mark.parametrize("path", ["//evil.example/x", "/\\evil.example"])
def test_a_redirect_never_leaves_the_address(inside: TestClient, path: str) -> None:
    answer = inside.get(f"{ORIGIN}{path}", headers={"Host": f"localhost:{PORT}"})
    assert answer.status_code != 307 or answer.headers["location"].startswith(f"{ORIGIN}/")
    login = inside.get(f"{ORIGIN}{path}?token={TOKEN}")
    assert login.status_code != 303 or not login.headers["location"].startswith(("//", "/\\", "http"))


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        f"evil.example:{PORT}",
        f"127.0.0.1.evil.example:{PORT}",
        f"localhost.evil.example:{PORT}",
        "127.0.0.1:9999",
        "127.0.0.1",
        "",
        f"user@127.0.0.1:{PORT}",
    ],
)
def test_a_foreign_host_is_refused(inside: TestClient, host: str) -> None:
    answer = inside.get("/api/me", headers={"Host": host})
    assert answer.status_code == (307 if host == "127.0.0.1" else 421)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "null", f"http://localhost:{PORT}", "http://127.0.0.1:9999", f"https://127.0.0.1:{PORT}", ""],
)
def test_a_foreign_origin_writes_nothing(inside: TestClient, method: str, origin: str) -> None:
    answer = inside.request(method, "/api/x", headers={"Origin": origin, **JSON}, content="{}")
    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "foreign_origin"
    assert inside.request(method, "/_stcore/upload_file/a/b", headers={"Origin": origin}).status_code == 403


def test_a_browser_that_hides_the_origin_is_judged_by_where_it_fetches_from(inside: TestClient) -> None:
    for site, status in (("cross-site", 403), ("same-site", 403), ("same-origin", 200)):
        assert inside.post("/api/x", headers={"Sec-Fetch-Site": site, **JSON}, content="{}").status_code == status


def test_own_pages_and_scripts_write(inside: TestClient) -> None:
    assert inside.post("/api/x", headers={"Origin": ORIGIN, **JSON}, content="{}").text == "yes"
    assert inside.post("/api/x", headers=JSON, content="{}").text == "yes"
    assert inside.post("/api/x", headers={"Content-Type": "application/json; charset=utf-8"}, content="{}").text == "yes"


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/jsonx", ""]
)
def test_only_json_is_taken(inside: TestClient, kind: str) -> None:
    assert inside.post("/api/x", headers={"Content-Type": kind}, content="{}").status_code == 415


def test_bytes_are_taken_where_an_upload_puts_them_and_nowhere_else(inside: TestClient) -> None:
    raw = {"Content-Type": "application/octet-stream"}
    assert inside.put("/api/uploads/u1?offset=0", headers=raw, content=b"x").text == "yes"
    assert inside.put("/api/uploads/u1", headers=JSON, content=b"{}").status_code == 415
    assert inside.post("/api/uploads/u1/finish", headers=raw, content=b"x").status_code == 415
    assert inside.put("/api/codings/u1", headers=raw, content=b"x").status_code == 415


def test_every_answer_is_dressed(inside: TestClient) -> None:
    for path in ("/", "/api/me", "/nowhere"):
        headers = inside.get(path).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
    assert inside.get("/api/media/m/video").headers["cache-control"] == "private, no-store"


def _talk(client: TestClient, **headers: str) -> str:
    with client.websocket_connect(f"ws://127.0.0.1:{PORT}/_stcore/stream", headers=headers) as websocket:
        return str(websocket.receive_text())


def test_a_websocket_needs_host_origin_and_cookie(inside: TestClient, lab: Lab) -> None:
    good = {"Host": f"127.0.0.1:{PORT}", "Origin": ORIGIN}
    assert _talk(inside, **good) == "yes"
    for bad in ({"Origin": "http://evil.example"}, {"Origin": "null"}, {"Host": "evil.example"}, {"Host": f"localhost:{PORT}"}):
        with pytest.raises(WebSocketDisconnect):
            _talk(inside, **{**good, **bad})
    with pytest.raises(WebSocketDisconnect):
        _talk(_client(lab), **good)


def test_without_a_token_no_cookie_is_needed_but_all_else_is(lab: Lab) -> None:
    client = _client(lab, token=None)
    assert client.get("/code").text == "yes"
    assert _talk(client, Host=f"127.0.0.1:{PORT}", Origin=ORIGIN) == "yes"
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 421
    assert client.post("/api/x", headers={"Origin": "http://evil.example", **JSON}, content="{}").status_code == 403
    assert client.get("/?token=from-an-earlier-launch").headers["location"] == "/"


def test_one_person_is_chosen_at_once_and_of_several_nobody(lab: Lab, supervisor: dict[str, Any]) -> None:
    html = {"Accept": "text/html"}
    alone = _client(lab)
    alone.get(f"/?token={TOKEN}")
    assert visitor.read(places.current(), alone.cookies).person_id == supervisor["id"]  # type: ignore[union-attr]
    people.named(lab, "Rita")
    crowd = _client(lab)
    crowd.get(f"/?token={TOKEN}")
    answer = crowd.get("/code?coding=c1", headers=html)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/who?next=%2Fcode%3Fcoding%3Dc1"
    assert crowd.get("/who", headers=html).text == "yes"
    assert alone.get("/code", headers=html).text == "yes"


def test_the_browser_keeps_its_id_when_the_token_comes_again(inside: TestClient) -> None:
    before = visitor.read(places.current(), inside.cookies)
    inside.get(f"/?token={TOKEN}")
    assert visitor.read(places.current(), inside.cookies) == before
