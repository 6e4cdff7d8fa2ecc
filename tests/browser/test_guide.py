"""The coder's guide: it names keys that are keys, and its pictures are drawn here.

With CODER_SCREENSHOTS=FOLDER the pictures are kept there: `CODER_SCREENSHOTS=docs/pictures pytest tests/browser/test_guide.py`.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from browser.bench import Bench, opened
from browser.proofs import commands
from browser.server import AppServer
from playwright.sync_api import Page, expect

from coder_app.reports import key_card

GUIDE = Path(__file__).parents[2] / "docs/coders-guide.md"
ARROWS = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓"}
MODIFIERS = {"Ctrl", "Alt", "Shift"}
# What a list or a field that is open takes, told where the guide speaks of it.
IN_LISTS = {"Ins", "Tab"}


def test_keys_that_the_guide_names_are_keys() -> None:
    text = GUIDE.read_text(encoding="utf-8").split("## With the number pad")[0]
    known = {key for command in commands() for key in command["keys"]} | IN_LISTS
    named = [" ".join(ARROWS.get(word, word) for word in token.split(" ")) for token in re.findall(r"`([^`]+)`", text)]
    keys = [key for key in named if re.match(r"(Ctrl|Alt|Shift) |F\d+$|[A-Z][a-z]+( (up|down))?$|[^A-Za-z0-9]$", key)]
    assert len(keys) > 40
    assert sorted({key for key in keys if key not in known and key not in MODIFIERS}) == []


def keep(page: Page, name: str) -> None:
    """At the width of the guide."""
    if folder := os.environ.get("CODER_SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png")


@pytest.fixture(scope="module")
def sample() -> bool:
    return True


@pytest.fixture
def bench(server: AppServer, page: Page) -> Bench:
    """A look at the clip C1, some of its gazes coded, the third of them selected."""
    clip = server.practice_clip("c1-look")
    coding = server.command("coding", "new", "--media", clip, "--scheme", "serve-and-return-quick", "--coder", "Ana")["id"]
    page.emulate_media(reduced_motion="reduce")
    bench = opened(server, page, coding)
    for frame, key in ((0, "f"), (50, "o"), (75, "f"), (125, "a")):
        bench.go_to(frame)
        bench.press(key)
    bench.step(25)
    bench.press("[")
    bench.at_frame(75)
    assert bench.kept() == [("face", 0, 50), ("object", 50, 75), ("face", 75, 125), ("averted", 125, None)]
    page.wait_for_timeout(2500)  # the filmstrip, and the checks
    return bench


def test_its_pictures(bench: Bench) -> None:
    page = bench.page
    keep(page, "guide-code")
    bench.press("?")
    page.keyboard.type("frame")
    expect(page.locator('[data-command-row="frameForward"]')).to_be_visible()
    keep(page, "guide-keys")
    sent: list[Any] = []
    page.on("request", lambda r: sent.append(r.post_data_json) if r.url.split("?")[0].endswith("/key-card") else None)
    with page.expect_download():
        page.get_by_role("button", name="Key card (PDF)").click()
    bench.press("Escape")
    bench.press("Control+p")
    page.keyboard.type("fr")
    expect(page.get_by_role("dialog", name="Commands")).to_contain_text("One frame forward")
    keep(page, "guide-find")
    page.set_content(card(sent[0]))
    page.set_viewport_size({"width": 1123, "height": 794})  # A4 at 96 dots an inch
    expect(page.locator("svg").first).to_be_visible()
    keep(page, "guide-card")


def card(sent: dict[str, Any]) -> str:
    """The card that the page asked for, as a page of its own."""
    import typst

    groups = [{"name": g["name"], "rows": g["rows"]} for g in sent["groups"]]
    shown = json.dumps({"person": "Ana", "title": f"{sent['title']}, {sent['pass']}", "groups": groups})
    for size in key_card.SIZES_PT:
        pages = key_card._pages(typst, {"card": shown, "size": str(size)})
        if len(pages) == 1:
            return f"<style>body {{ margin: 0 }} svg {{ width: 100vw; height: auto }}</style>{pages[0].decode()}"
    raise AssertionError("the card does not fit on one page")
