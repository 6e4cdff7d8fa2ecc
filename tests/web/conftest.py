"""A lab behind the guard, and browsers (cookie jars) of its people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from coder_app.web import place as places
from coder_app.web import server, visitor
from coder_app.workflow import people
from coder_app.workflow.lab import Lab
from coder_app.workflow.opening import open_lab

PORT = 8765
ORIGIN = f"http://127.0.0.1:{PORT}"
TOKEN = "the-token-of-this-launch"

Browser = Callable[..., TestClient]


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[Lab]:
    """Its first person and nothing else."""
    lab = open_lab(tmp_path / "data", sample=False)
    yield lab
    lab.close()


@pytest.fixture
def supervisor(lab: Lab) -> dict[str, Any]:
    return people.first(lab)


@pytest.fixture
def rita(lab: Lab) -> dict[str, Any]:
    return people.named(lab, "Rita", role="researcher")


@pytest.fixture
def ben(lab: Lab) -> dict[str, Any]:
    return people.named(lab, "Ben", role="researcher")


@pytest.fixture
def stan(lab: Lab) -> dict[str, Any]:
    return people.named(lab, "Stan", role="student")


@pytest.fixture
def browser(lab: Lab) -> Browser:
    """`browser()` has no cookie; `browser(person)` has that person's; `browser(token=None)` asks a server without a token."""
    apps: dict[str | None, Any] = {}

    def open_one(person: dict[str, Any] | None = None, token: str | None = TOKEN) -> TestClient:
        if token not in apps:
            apps[token] = server.build_routes(lab, PORT, token)
        client = TestClient(apps[token], base_url=ORIGIN, follow_redirects=False)
        if person is not None:
            header = visitor.cookie_header(places.current(), visitor.Visitor("browser-" + person["id"][:8], person["id"]))
            name, _, value = header.split(";")[0].partition("=")
            client.cookies.set(name, value)
        return client

    return open_one


@pytest.fixture
def line() -> Callable[..., Any]:
    """`line(client, address)` opens a socket there as a page of the app does; `origin` is the page's."""

    def open_one(client: TestClient, address: str, origin: str = ORIGIN) -> Any:
        return client.websocket_connect(f"ws://127.0.0.1:{PORT}{address}", headers={"Origin": origin})

    return open_one
