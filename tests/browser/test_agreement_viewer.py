"""The Agreement page in a browser: compare, walk the queue, each disagreement played in a loop from its frame."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

import pytest
from browser.server import AppServer
from playwright.sync_api import Locator, Page, TimeoutError, expect

Result = TypeVar("Result")
READY = '[data-testid="agreement-viewer"][data-ready="true"]'
FRAME_US = 40_000
COUNT_RUNS = """() => {
  window.__runs = 0;
  const app = document.querySelector("[data-test-script-state]");
  new MutationObserver(() => { if (app.dataset.testScriptState === "running") window.__runs += 1; })
    .observe(app, { attributeFilter: ["data-test-script-state"] });
}"""


@pytest.fixture(scope="module")
def sample() -> bool:
    return True


@pytest.fixture(scope="module")
def compared(server: AppServer) -> dict[str, Any]:
    """Key and first coder of the sample clip C4, kept as a run."""
    rows = [row for row in server.command("coding", "list") if row["observation"].startswith("C4")]
    key = next(row["id"] for row in rows if row["is_key"])
    other = next(row["id"] for row in rows if row["coder"] == "Sample coder 1")
    found: dict[str, Any] = server.command("agreement", key, other, "--keep")
    return found


@pytest.fixture
def viewer(server: AppServer, compared: dict[str, Any], page: Page) -> Locator:
    page.goto(f"{server.address}/agreement?run={compared['run']}")
    page.wait_for_selector(READY, timeout=60_000)
    return page.locator(READY)


def disagreements(compared: dict[str, Any]) -> list[dict[str, Any]]:
    found = [one for stream in compared["streams"] for one in stream.get("disagreements", [])]
    return sorted(found, key=lambda one: (one["from_us"], one["to_us"]))


def test_the_queue_lists_every_disagreement(viewer: Locator, compared: dict[str, Any]) -> None:
    assert viewer.locator("[data-item]").count() == len(disagreements(compared)) > 5
    assert viewer.get_attribute("data-chosen") == "0"
    assert viewer.get_attribute("data-playing") == "false"


def test_a_click_plays_its_stretch_round_and_round(viewer: Locator, compared: dict[str, Any]) -> None:
    place, one = max(enumerate(disagreements(compared)), key=lambda item: min(item[1]["to_us"] - item[1]["from_us"], 1_500_000))
    viewer.locator(f'[data-item="{place}"]').click()
    expect(viewer).to_have_attribute("data-playing", "true")
    seen = viewer.evaluate(
        """async (root, ms) => {
            const seen = [];
            for (const end = performance.now() + ms; performance.now() < end; ) {
                seen.push(Number(root.dataset.timeUs));
                await new Promise((resolve) => setTimeout(resolve, 20));
            }
            return seen;
        }""",
        2 * (one["to_us"] - one["from_us"]) // 1000 + 2000,
    )
    # in the loop from the first picture on; the last frame may be passed by the time a seek takes
    assert min(seen) >= one["from_us"] - FRAME_US
    assert max(seen) <= one["to_us"] + 10 * FRAME_US
    assert any(later < earlier for earlier, later in pairwise(seen))


def test_keys_walk_the_queue(viewer: Locator, compared: dict[str, Any], page: Page) -> None:
    viewer.focus()
    for key, place in (("n", 1), ("ArrowDown", 2), ("p", 1), ("ArrowUp", 0), ("p", 0)):
        page.keyboard.press(key)
        expect(viewer).to_have_attribute("data-chosen", str(place))
        assert viewer.get_attribute("data-from-us") == str(disagreements(compared)[place]["from_us"])
    expect(viewer).to_have_attribute("data-playing", "true")
    page.keyboard.press(" ")
    expect(viewer).to_have_attribute("data-playing", "false")
    before = int(viewer.get_attribute("data-frame") or -1)
    page.keyboard.press(".")
    expect(viewer).to_have_attribute("data-frame", str(before + 1))


def test_another_run_of_the_page_leaves_the_viewer_as_it_is(viewer: Locator, page: Page) -> None:
    viewer.locator('[data-item="3"]').click()
    viewer.evaluate("(root) => { root.unchanged = true; }")
    page.get_by_text("Three decimals").click()
    page.get_by_text("0.834").first.wait_for()  # sample_data/c4-mirror/README.md
    assert viewer.evaluate("(root) => root.unchanged")
    assert viewer.get_attribute("data-chosen") == "3"


def test_compare_makes_a_run_with_its_own_address(viewer: Locator, page: Page, compared: dict[str, Any]) -> None:
    def compare(patience_ms: int) -> None:
        page.get_by_role("button", name="Compare").click()
        another = "(run) => !location.search.includes(run) && location.search.includes('run=')"
        page.wait_for_function(another, arg=compared["run"], timeout=patience_ms)

    insisted(compare)
    page.reload()  # its address alone opens it again
    page.wait_for_selector(READY, timeout=60_000)
    page.locator('[data-testid="stVegaLiteChart"]').first.wait_for()  # the last part of the page
    page.wait_for_selector('[data-test-script-state="notRunning"]')
    page.evaluate(COUNT_RUNS)
    text = downloaded(page, "CSV").read_text(encoding="utf-8")
    assert page.evaluate("__runs") == 0  # a run of the page could drop the file while it is made
    assert text.startswith("stream,code,second_code,measure,statistic,value")
    assert "serve-and-return-quick@1.0" in text


def downloaded(page: Page, name: str) -> Path:
    """What the button gives."""

    def press(patience_ms: int) -> Path:
        with page.expect_download(timeout=patience_ms) as download:
            page.get_by_role("button", name=name).click()
        return download.value.path()

    return insisted(press)


def insisted(press: Callable[[int], Result]) -> Result:
    """Streamlit drops a press that meets a page still being drawn, so it is pressed again; `press` waits for so many ms."""
    for patience_ms in (6_000, 6_000, 30_000):
        try:
            return press(patience_ms)
        except TimeoutError as error:
            missed = error
    raise missed
