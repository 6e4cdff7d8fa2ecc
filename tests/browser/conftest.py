"""Fixtures of the browser tests: a server and a page for each test module or test."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from browser.proofs import unproven
from browser.server import AppServer
from playwright.sync_api import Browser, BrowserContext, Page


@pytest.fixture(scope="session")
def browser(chromium: Browser) -> Browser:
    return chromium


@pytest.fixture(scope="module")
def sample() -> bool:
    """Whether the module's server has the sample study: a module that wants it says so with a fixture of its own."""
    return False


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, sample: bool) -> Iterator[AppServer]:
    server = AppServer(tmp_path_factory.mktemp("app") / "data", sample=sample).start()
    yield server
    server.kill()


@pytest.fixture(autouse=True)
def nothing_chosen(request: pytest.FixtureRequest) -> None:
    """What one test chose (speed, volume, keys) is not there for the next one of the same server and person."""
    if "server" in request.fixturenames:
        data: Path = request.getfixturevalue("server").data
        with sqlite3.connect(data / "coder.sqlite", timeout=30) as records:
            records.execute("DELETE FROM setting WHERE name LIKE 'preferences:%'")


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[AppServer]:
    """A server for one test that kills it."""
    server = AppServer(tmp_path / "data", sample=False).start()
    yield server
    server.kill()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Function) -> Generator[None, None, None]:
    """A test that says what it proves has asked for it in that way (`browser.proofs`)."""
    yield
    proof = getattr(item.function, "proof", None)
    if proof is not None:
        assert unproven(proof, item.funcargs["page"]) == []
