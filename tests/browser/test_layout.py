"""What stands in the right column at 1366x768 while most is asked: nothing of it is hidden, cut off or scrolled away."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from browser.bench import Bench, opened
from browser.server import AppServer
from playwright.sync_api import Page

KEY = Path(__file__).parents[2] / "sample_data/c4-mirror/key.json"
ROW_PX = 24
# [selector, what is seen of it, all of it] of boxes that scroll, and the texts that are cut off.
ROOM = """() => {
  const found = (names) => [...document.querySelectorAll(names)].filter((e) => e.checkVisibility());
  const cut = (names) => found(names).filter((e) => e.scrollWidth > e.clientWidth).map((e) => e.textContent);
  return {
    boxes: found(".wb-coding, .wb-asked, .wb-selected").filter((e) => e.scrollHeight > e.clientHeight).map((e) => e.className),
    texts: cut(".wb-cell-onset, .wb-cell-offset, .wb-cell-length, .wb-small, .wb-edge-name"),
    heads: cut(".wb-table-head > div"),
    list: document.querySelector(".wb-list").clientHeight,
  };
}"""
HOURS = """(time) => {
  document.querySelector(".wb-table").classList.add("wb-hours");
  for (const cell of document.querySelectorAll(".wb-list :is(.wb-cell-onset, .wb-cell-offset)")) cell.textContent = time;
}"""


@pytest.fixture(scope="module")
def sample() -> bool:
    return True


def asked(server: AppServer, page: Page) -> Bench:
    """A return of the shipped scheme that asks for its modifier and for one of two serves."""
    clip = server.practice_clip("c4-mirror")
    scheme = json.loads(KEY.read_text(encoding="utf-8"))["scheme"]
    coding = server.command("coding", "new", "--media", clip, "--scheme", scheme, "--coder", "Ana")["id"]
    bench = opened(server, page, coding)
    bench.press("Shift+PageDown")
    for frame, key in ((105, "s"), (115, "n"), (120, "s"), (140, "n")):
        bench.go_to(frame)
        bench.press(key)
    bench.press("Shift+PageDown")
    for frame in (110, 125):
        bench.go_to(frame)
        bench.press("v")
    for _ in range(3):
        bench.press("Shift+PageDown")
    for frame in (130, 145):
        bench.go_to(frame)
        bench.press("f")
    bench.go_to(150)
    bench.press("f")
    return bench


def test_modifiers_and_a_link_asked_at_once_leave_everything_in_sight(server: AppServer, page: Page) -> None:
    bench = asked(server, page)
    page.get_by_test_id("asking").get_by_text("(1 of 2)").wait_for()
    bench.saved()
    page.wait_for_timeout(300)
    room = page.evaluate(ROOM)
    assert (room["boxes"], room["texts"], room["heads"]) == ([], [], [])
    assert room["list"] >= ROW_PX
    bench.press("Escape")  # the definition of the code is back
    page.get_by_test_id("definition").wait_for()
    room = page.evaluate(ROOM)
    assert (room["boxes"], room["texts"], room["heads"]) == ([], [], [])
    page.evaluate(HOURS, "10:00:05.200")
    assert page.evaluate(ROOM)["texts"] == []
