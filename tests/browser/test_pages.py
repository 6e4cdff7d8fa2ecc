"""Every page in a real browser, light and dark, on a laptop and on a large window: it draws, fits, and calls nobody.

With CODER_SCREENSHOTS=FOLDER the pictures are kept there: `CODER_SCREENSHOTS=pictures pytest tests/browser/test_pages.py`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser.server import AppServer
from playwright.sync_api import Browser, Page

SIZES = {"laptop": (1366, 768), "large": (1920, 1080)}
THEMES = ("light", "dark")
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


def coded(server: AppServer, observation: str, coder: str) -> str:
    return next(c["id"] for c in server.command("coding", "list") if (c["observation"], c["coder"]) == (observation, coder))


@pytest.fixture(scope="module")
def sample() -> bool:
    return True


@pytest.fixture(scope="module")
def addresses(server: AppServer) -> dict[str, tuple[str, str]]:
    """Page -> (address, selector or text that shows it is there)."""
    key, second = (coded(server, "C4 Mirror or just a smile?", coder) for coder in ("Key", "Sample coder 1"))
    run = server.command("agreement", key, second, "--keep")["run"]
    own = next(c["id"] for c in server.command("coding", "list") if c["state"] == "open")
    return {
        "studies": ("/", "text=Continue with"),
        "code": (f"/code?coding={own}", '[data-testid="workbench"][data-ready="true"]'),
        "code-key": (f"/code?coding={coded(server, 'C1 Look', 'Key')}", '[data-testid="workbench"][data-ready="true"]'),
        "agreement": (f"/agreement?run={run}", '[data-testid="agreement-viewer"][data-ready="true"]'),
        "videos": ("/videos", "text=c4-mirror"),
        "schemes": ("/schemes", "text=Serve and return, quick"),
    }


@pytest.fixture(params=[(size, theme) for size in SIZES for theme in THEMES], ids=lambda p: "-".join(p))
def window(request: pytest.FixtureRequest, browser: Browser) -> Iterator[tuple[Page, str]]:
    size, theme = request.param
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=theme, reduced_motion="reduce")
    yield context.new_page(), f"{size}-{theme}"
    context.close()


@pytest.mark.parametrize("name", ["studies", "code", "code-key", "agreement", "videos", "schemes"])
def test_page(server: AppServer, addresses: dict[str, tuple[str, str]], window: tuple[Page, str], name: str) -> None:
    page, look = window
    address, there = addresses[name]
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(allowed(server)) else wrong.append(request.url))
    page.goto(server.address + address)
    page.locator(there).first.wait_for(timeout=60_000)
    page.wait_for_timeout(1200)
    keep(page, f"{name}-{look}")
    assert wrong == [], "errors on the page, or requests that leave it"
    assert page.locator('[data-testid="stException"]').count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"
    if look.startswith("laptop"):
        found = Axe().run(page, options=WCAG).response["violations"]
        assert [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found] == []


def allowed(server: AppServer) -> tuple[str, ...]:
    return server.address, server.address.replace("http", "ws", 1), "data:", "blob:"


def keep(page: Page, name: str) -> None:
    if folder := os.environ.get("CODER_SCREENSHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder) / f"{name}.png")
