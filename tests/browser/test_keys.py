"""The coder's own keys: changed in the overlay, kept for the person, obeyed by the workbench; the palette; the card."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser.bench import GESTURES, Bench, numbered, opened
from browser.proofs import proves
from browser.server import AppServer
from playwright.sync_api import Browser, Page, expect


@pytest.fixture
def bench(server: AppServer, page: Page, tmp_path: Path) -> Bench:
    return numbered(server, page, tmp_path, GESTURES, coder=tmp_path.name)


def row(bench: Bench, command: str) -> Any:
    return bench.page.locator(f'[data-command-row="{command}"]')


def status(bench: Bench) -> Any:
    return bench.page.get_by_test_id("key-status")


def preferences(bench: Bench) -> dict[str, Any]:
    return dict(bench.server.get(f"/api/me/preferences?coding={bench.coding}")["values"])


def wait_for(read: Callable[[], bool], page: Page) -> None:
    for _ in range(60):
        if read():
            return
        page.wait_for_timeout(100)
    assert read()


def change(bench: Bench, typed: str, command: str, key: str) -> None:
    """By the keyboard alone: find the command, go to it, press Enter, press the new key."""
    bench.press("F1")
    bench.page.keyboard.type(typed)
    bench.press("ArrowDown")
    expect(row(bench, command)).to_be_focused()
    bench.press("Enter")
    bench.press(key)


def coded(bench: Bench) -> list[tuple[str, int | None]]:
    return [(code, onset) for code, onset, _ in bench.kept()]


def test_keys_are_changed_kept_and_obeyed(bench: Bench, browser: Browser) -> None:
    change(bench, "one second forward", "secondForward", "Alt+q")
    expect(status(bench)).to_have_text("One second forward: Alt Q.")
    bench.press("Escape")
    expect(bench.page.get_by_role("dialog")).to_have_count(0)
    bench.press("Home")
    bench.press("Alt+q")
    bench.at_frame(25)
    bench.press(".")
    bench.page.wait_for_timeout(200)
    assert bench.attribute("frame") == "25"
    expect(bench.page.locator('[data-command="secondForward"]')).to_have_attribute("title", re.compile(r"\(Alt Q\)"))
    wait_for(
        lambda: preferences(bench).get("keys") == {"preset": "laptop", "changes": {"laptop": {"secondForward": ["Alt+q"]}}},
        bench.page,
    )
    bench.press("s")
    assert coded(bench) == [("smile", 25)]
    elsewhere = opened(bench.server, browser.new_context().new_page(), bench.coding)
    expect(elsewhere.page.locator('[data-command="secondForward"]')).to_have_attribute("title", re.compile(r"\(Alt Q\)"))
    elsewhere.page.context.close()
    bench.press("F1")
    bench.page.keyboard.type("one second forward")
    bench.press("ArrowDown")
    bench.press("Insert")
    bench.press("Alt+Shift+q")
    expect(status(bench)).to_have_text("One second forward: Alt Q or Alt Shift Q.")
    bench.press("Delete")
    expect(status(bench)).to_contain_text("Shift →")
    bench.press("Escape")
    bench.press("Home")
    bench.press(".")
    bench.at_frame(25)


def test_what_is_taken_is_refused_with_the_reason(bench: Bench) -> None:
    change(bench, "play or pause", "toggle", "F2")
    for key, why in (
        ("F2", 'the key of "Write a comment"'),
        ("s", "the key of Smile (Infant face, pass"),
        ("f", "the key of Mirroring"),
        ("q", "Letters and digits are kept for codes"),
        ("r", "The page below also keeps it"),
        ("F5", "the browser loads the page again"),
        ("Control+ArrowLeft", "Onset one frame earlier"),
    ):
        bench.press(key)
        expect(status(bench)).to_contain_text("is refused")
        expect(status(bench)).to_contain_text(why)
    bench.press("Escape")
    expect(status(bench)).to_have_text("Left as it was.")
    bench.press("Escape")
    bench.press("F1")
    bench.page.keyboard.type("close what is asked")
    bench.press("ArrowDown")
    bench.press("Enter")
    expect(status(bench)).to_contain_text("stays where it is")
    assert "keys" not in preferences(bench)
    assert coded(bench) == []


def test_presets_and_the_way_back(bench: Bench) -> None:
    bench.press("F1")
    bench.page.get_by_label("Preset of keys").select_option("numpad")
    expect(status(bench)).to_contain_text("in the manner of Datavyu")
    bench.press("Escape")
    bench.press("Home")
    for key, frame in (("Numpad3", 1), ("Numpad3", 2), ("Numpad1", 1), ("ArrowRight", 2)):
        bench.press(key)
        bench.at_frame(frame)
    bench.press("s")
    for _ in range(3):
        bench.press("Numpad3")
        bench.seeked()
    bench.at_frame(5)
    bench.press("Numpad7")
    assert coded(bench) == [("smile", 5)]
    wait_for(lambda: preferences(bench)["keys"]["preset"] == "numpad", bench.page)
    change(bench, "to the frame on screen onset", "onsetHere", "Alt+q")
    expect(status(bench)).to_have_text("Onset to the frame on screen: Alt Q.")
    bench.page.get_by_role("button", name="Reset to the preset").click()
    expect(row(bench, "onsetHere")).to_contain_text("Num 7")
    bench.page.get_by_label("Preset of keys").select_option("pedal")
    bench.press("Escape")
    bench.press("Home")
    bench.page.keyboard.press("PageDown")
    bench.page.wait_for_selector('[data-testid="workbench"][data-playing="true"]')
    bench.page.keyboard.press("PageDown")
    bench.page.wait_for_selector('[data-testid="workbench"][data-playing="false"]')
    wait_for(lambda: preferences(bench)["keys"]["preset"] == "pedal", bench.page)


@proves(keys="help find")
def test_the_overlay_is_searched_and_the_palette_runs_what_it_finds(bench: Bench) -> None:
    page = bench.page
    bench.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    page.keyboard.type("frame forw")
    expect(row(bench, "frameForward")).to_be_visible()
    expect(row(bench, "undo")).to_be_hidden()
    page.keyboard.press("Control+a")
    page.keyboard.type("smile")
    expect(keys).to_contain_text("Smile (Infant face)")
    bench.press("Escape")
    expect(keys).to_be_hidden()
    expect(bench.root).to_be_focused()
    bench.press("Home")
    bench.press("Control+p")
    page.keyboard.type("one second forw")
    bench.press("Enter")
    bench.at_frame(25)
    bench.press("Control+p")
    expect(page.get_by_role("dialog", name="Commands")).to_be_visible()
    page.keyboard.type("smile")
    bench.press("Enter")
    assert coded(bench) == [("smile", 25)]
    expect(page.get_by_test_id("live")).to_contain_text("Smile")
    bench.press("Control+p")
    page.keyboard.type("undo")
    bench.press("Enter")
    assert coded(bench) == []
    before = page.get_by_label("Pass", exact=True).input_value()
    bench.press("Control+p")
    page.keyboard.type("mirroring")
    bench.press("Enter")
    expect(page.get_by_label("Pass", exact=True)).not_to_have_value(before)
    expect(page.get_by_test_id("definition")).to_contain_text("Mirroring")
    bench.press("Control+p")
    bench.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert coded(bench) == []


def test_the_card_is_one_page_with_the_coders_own_keys(bench: Bench, tmp_path: Path) -> None:
    change(bench, "one second forward", "secondForward", "Alt+q")
    sent: list[dict[str, Any]] = []
    bench.page.on("request", lambda r: sent.append(r.post_data_json) if r.url.split("?")[0].endswith("/key-card") else None)
    with bench.page.expect_download() as download:
        bench.page.get_by_role("button", name="Key card (PDF)").click()
    file = tmp_path / "card.pdf"
    download.value.save_as(file)
    assert file.read_bytes().startswith(b"%PDF")
    rows = {r["name"]: r["keys"] for group in sent[0]["groups"] for r in group["rows"]}
    assert rows["One second forward"] == ["Alt Q"]
    assert rows["Smile"] == ["S"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_all_rules_of_axe_hold_inside_the_workbench(bench: Bench, theme: str) -> None:
    """All of axe-core's rules, best practices too: coded and bare, with something asked, and under each overlay."""
    bench.page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
    bench.press("s")
    bench.press("Shift+PageDown")
    for keys in (["f"], ["Escape"], ["F1"], ["Escape", "Control+p"]):
        for key in keys:
            bench.press(key)
        bench.page.wait_for_timeout(300)
        found = Axe().run(bench.page, context='[data-testid="workbench"]').response["violations"]
        assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == [], keys
    bench.press("Escape")
    assert len(coded(bench)) == 2


def test_a_screen_reader_hears_what_was_done(bench: Bench) -> None:
    live = bench.page.get_by_test_id("live")
    bench.press("s")
    expect(live).to_contain_text("Smile")
    expect(live).to_contain_text("frame 0")
    bench.press("ArrowRight")
    bench.at_frame(1)
    bench.press("n")
    expect(live).to_contain_text("Neutral")
    texts = []
    for _ in range(2):
        bench.press("Control+z")
        bench.page.wait_for_timeout(200)
        texts.append(live.text_content())
    assert texts[0] != texts[1], "the same words twice would be read out once"
    assert [str(text).strip() for text in texts] == ["Undone", "Undone"]
    assert coded(bench) == []
    names = bench.page.evaluate(NAMELESS)
    assert names == []


NAMELESS = """() => [...document.querySelectorAll('[data-testid=workbench] :is(button, input, select, textarea, [role])')]
  .filter((e) => e.checkVisibility() && e.getAttribute("role") !== "presentation" && e.getAttribute("role") !== "rowgroup")
  .filter((e) => !(e.getAttribute("aria-label") || e.textContent.trim() || e.title) && e.getAttribute("role") !== "status")
  .map((e) => e.outerHTML.slice(0, 120))"""


def test_with_the_server_down_the_own_keys_hold(page: Page, own_server: AppServer, tmp_path: Path) -> None:
    bench = numbered(own_server, page, tmp_path, GESTURES)
    own_server.kill()
    change(bench, "one second forward", "secondForward", "Alt+q")
    bench.press("Escape")
    bench.press("Home")
    bench.press("Alt+q")
    bench.at_frame(25)
    own_server.start()
    wait_for(lambda: "keys" in preferences(bench), page)
