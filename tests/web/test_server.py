"""The server as a process: its one address, the token, the worker beside it, and how it ends."""

from __future__ import annotations

import os
import re
import signal
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import websockets.exceptions
from web.running import Running
from websockets.sync.client import connect

from coder_app.errors import StoreError
from coder_app.web import server
from coder_app.workflow.lab import Lab


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    app = Running(tmp_path / "data")
    yield app
    if app.process.poll() is None:
        app.end(signal.SIGKILL)


def _eventually(check: object, seconds: float = 12) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if check():  # type: ignore[operator]
            return True
        time.sleep(0.1)
    return False


def _browser(app: Running) -> httpx.Client:
    client = httpx.Client(base_url=app.origin, follow_redirects=True)
    assert client.get(f"/?token={app.token}").status_code == 200
    return client


def _cookie(client: httpx.Client) -> dict[str, str]:
    return {"Cookie": "; ".join(f"{name}={value}" for name, value in client.cookies.items())}


def test_the_pages_and_their_socket_open_with_the_printed_address_only(running: Running) -> None:
    printed = running.log.read_text()
    assert printed.strip() == f"Coder App is at {running.origin}/?token={running.token}"
    assert httpx.get(running.origin).status_code == 401
    client = _browser(running)
    page = client.get("/code?coding=x")
    assert '<div id="root">' in page.text
    script = re.search(r'src="\./(static/js/[^"]+)"', page.text)
    assert script is not None
    assert client.get("/" + script[1]).status_code == 200
    stream = f"ws://127.0.0.1:{running.port}/_stcore/stream"
    with connect(stream, origin=running.origin, additional_headers=_cookie(client)) as socket_:
        assert socket_.state.name == "OPEN"
    for origin, headers in ((running.origin, {}), ("http://evil.example", _cookie(client))):
        with pytest.raises(websockets.exceptions.InvalidStatus) as refused:
            connect(stream, origin=origin, additional_headers=headers)
        assert refused.value.response.status_code == 403


@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_it_ends_in_order_whatever_is_open(running: Running, number: signal.Signals) -> None:
    client = _browser(running)
    assert _eventually(running.workers)
    stream = f"ws://127.0.0.1:{running.port}/_stcore/stream"
    with connect(stream, origin=running.origin, additional_headers=_cookie(client)):
        began = time.monotonic()
        assert running.end(number) == 0
        assert time.monotonic() - began < 12
    assert running.log.read_text().endswith("closed in order\n")
    assert _eventually(lambda: not running.workers())


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")
def test_killed_it_leaves_no_worker_and_comes_back_at_the_same_address(running: Running) -> None:
    client = _browser(running)
    assert _eventually(running.workers)
    before = client.get("/api/me").json()
    running.end(signal.SIGKILL)
    assert _eventually(lambda: not running.workers())
    running.token = "tok-of-the-next-launch"
    running.start()
    assert client.get("/api/me").json() == before


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")
def test_a_worker_that_falls_is_started_again(running: Running) -> None:
    assert _eventually(running.workers)
    (fallen,) = running.workers()
    os.kill(fallen, signal.SIGKILL)
    assert _eventually(lambda: running.workers() not in ([], [fallen]))


def test_a_taken_port_is_an_error_that_says_so(lab: Lab) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(StoreError, match=r"Port \d+ of this machine is taken.*--port"):
            server.serve(lab, taken.getsockname()[1], False, None)


def test_streamlit_is_set_to_stay_at_home() -> None:
    chosen = server.settings(8612)
    assert chosen["browser.gatherUsageStats"] is False
    assert chosen["server.address"] == "127.0.0.1"
    assert chosen["client.toolbarMode"] == "viewer"
    assert chosen["server.fileWatcherType"] == "none"
    assert not [name for name, value in chosen.items() if "http" in str(value)]
