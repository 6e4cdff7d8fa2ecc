"""Coding beyond single codes, by keys and by mouse: what the journal keeps is what was meant."""

from __future__ import annotations

import time
from pathlib import Path
from urllib.error import HTTPError

import pytest
from browser.bench import CODING, FRAME_US, Bench, frame_at, numbered
from browser.proofs import proves
from browser.server import AppServer
from playwright.sync_api import Page, expect

BLUR = "window.dispatchEvent(new Event('blur'))"


@pytest.fixture
def bench(server: AppServer, page: Page, tmp_path: Path) -> Bench:
    return numbered(server, page, tmp_path, CODING)


def times(bench: Bench, stream: str) -> list[tuple[str, int | None, int | None]]:
    """The events of a stream: code, onset and offset in frames."""
    return [(e["code"], frame_at(e["onset_us"]), frame_at(e["offset_us"])) for e in bench.events() if e["stream"] == stream]


@proves(keys="link unprompted unlink selectHere nextPass undo", mouse="link unlink")
def test_a_return_is_linked_to_its_serve_by_key(bench: Bench) -> None:
    asked, link = bench.page.get_by_test_id("asking"), bench.page.get_by_test_id("link")
    bench.press_at(10, "s")
    bench.press_at(30, "n")
    bench.press("Shift+PageDown")
    bench.press_at(32, "v")
    bench.press_at(36, "v")
    smile, coo = bench.one("smile")["id"], bench.one("coo")["id"]
    bench.press_at(40, "f")  # the coo ended 4 frames ago, the smile 10
    expect(asked).to_contain_text("Coo 00:01.280 (1 of 2)")
    bench.press("Enter")
    assert bench.one("mirroring")["link"] == {"to": coo}
    expect(link).to_contain_text("Coo 00:01.280")
    bench.press("/")
    bench.press("/")
    expect(asked).to_contain_text("Smile 00:00.400 (2 of 2)")
    bench.press("Enter")
    assert bench.one("mirroring")["link"] == {"to": smile}
    bench.press("m")  # the modifier still answers
    bench.press('"')
    assert bench.one("mirroring")["link"] == {"to": None}
    assert bench.one("mirroring")["modifiers"] == {"marked": True}
    expect(link).to_contain_text("nothing, unprompted")
    link.get_by_role("button", name="Not said what it answers").click()
    assert bench.one("mirroring")["link"] is None
    link.get_by_role("button", name="What it answers: the nearest").click()
    bench.press("Enter")
    link.locator(".wb-target").click()
    bench.at_frame(32)
    bench.press("Control+Backspace")
    assert bench.one("mirroring")["link"] is None
    for _ in range(2):
        bench.press("Control+z")
    assert [o["kind"] for o in bench.operations()][-2:] == ["undo", "undo"]


@proves(keys="holdMode")
def test_a_bout_lasts_while_its_key_is_down_and_no_longer(bench: Bench) -> None:
    bench.press("Shift+PageDown")
    bench.press_at(10, "k", "k", "Shift+F4")
    expect(bench.page.locator('[data-code="returns.still"]')).to_have_attribute("data-held", "true")
    keys = bench.page.keyboard
    keys.down("k")
    bench.step(5)
    keys.down("k")  # a repeat
    bench.step(3)
    keys.up("k")
    bench.step(2)
    assert times(bench, "returns") == [("still", 10, 18)]
    added, changed = bench.operations()[-2:]
    assert (added["kind"], changed["kind"], added["group"]) == ("add", "change", changed["group"])
    bench.press("Control+z")
    assert times(bench, "returns") == []
    bench.to_frame(30)
    keys.down("k")
    bench.step(4)
    bench.page.evaluate(BLUR)
    bench.step(6)
    keys.up("k")
    assert times(bench, "returns") == [("still", 30, 34)]
    bench.to_frame(50)
    keys.down("k")
    keys.up("k")
    assert times(bench, "returns")[1:] == [("still", 50, 51)]
    bench.press("Shift+F4")
    bench.press_at(60, "k")
    bench.step(2)
    bench.press("k")
    assert times(bench, "returns")[2:] == [("still", 60, 62)]


@proves(keys="uncodable selectHere")
def test_what_cannot_be_coded_is_unscorable_in_every_stream_of_the_pass(bench: Bench) -> None:
    bench.press("Shift+PageDown")
    bench.press_at(10, "k")
    bench.press_at(20, "k")
    bench.press_at(10, "Enter", "Shift+F8")
    bench.type("hand before the lens, r and c")
    assert times(bench, "returns") == [("unscorable", 10, 20)]
    assert times(bench, "infant_voice") == [("unscorable", 10, 20)]
    made = [o for o in bench.operations() if o["kind"] == "add"][-2:]
    assert made[0]["group"] == made[1]["group"] is not None
    assert {o["event"]["comment"] for o in made} == {"hand before the lens, r and c"}
    bench.press("Control+z")
    assert times(bench, "returns") == [("still", 10, 20)]
    bench.press("Escape")
    bench.press_at(40, "Shift+F8", "Escape")
    assert times(bench, "infant_voice") == []
    bench.press("Shift+F8")
    bench.type("gone")
    assert times(bench, "infant_voice") == [("unscorable", 40, None)]
    assert times(bench, "returns") == [("still", 10, 20), ("unscorable", 40, None)]


@proves(keys="unsure comment")
def test_several_codes_at_one_instant(bench: Bench) -> None:
    bench.press("Shift+PageDown")
    bench.press_at(25, "k", "v", "x", "f")
    assert sorted((e["code"], e["onset_us"]) for e in bench.events()) == [
        ("coo", 1_000_000), ("mirroring", 1_000_000), ("still", 1_000_000), ("violation", 1_000_000),
    ]  # fmt: skip
    bench.press("F8")
    bench.press("F2")
    bench.type("at once")
    assert (bench.one("mirroring")["unsure"], bench.one("mirroring")["comment"]) == (True, "at once")


@proves(keys="nextFinding offsetForward")
def test_checks_are_listed_live_and_gone_to_by_one_key(bench: Bench) -> None:
    checks = bench.page.get_by_test_id("checks")
    bench.press_at(20, "n")
    bench.press_at(30, "s")
    bench.press_at(34, "n")
    bench.press("F3")  # the first gap: what was not watched with a code
    expect(bench.page.get_by_role("tab", name="Checks")).to_have_attribute("aria-selected", "true")
    expect(checks.locator('[aria-current="true"]')).to_contain_text("Must: Infant face")
    listed = checks.locator(".wb-check")
    expect(listed.filter(has_text="Smile at 00:00:01.200 lasts 0.160 s, less than the 0.400 s of the scheme.")).to_have_count(1)
    for _ in range(8):
        bench.press("F3")
        if "lasts" in checks.locator('[aria-current="true"]').inner_text():
            break
    bench.at_frame(30)
    bench.press("Control+Shift+ArrowRight")
    for _ in range(6):
        bench.press("Control+Shift+ArrowRight")
    expect(listed.filter(has_text="lasts")).to_have_count(0)
    bench.saved()
    told = bench.server.get(f"/api/codings/{bench.coding}/findings")["findings"]
    shown = [text.removeprefix("Must: ") for text in listed.all_inner_texts()]
    assert {f["message"] for f in told} == set(shown)
    listed.filter(has_text="Returns").first.click()
    expect(bench.page.get_by_label("Pass", exact=True)).to_have_value("returns")


def test_a_page_that_is_left_gives_the_lease_back(bench: Bench) -> None:
    address = f"/api/codings/{bench.coding}/lease"
    other = {"writer": "another-page", "browser": "another-browser"}
    with pytest.raises(HTTPError):
        bench.server.post(address, other)
    bench.page.goto("about:blank")
    until = time.monotonic() + 5
    while True:
        try:
            assert bench.server.post(address, other)["held"]
            return
        except HTTPError:
            assert time.monotonic() < until
            time.sleep(0.1)


@proves(keys="evidence")
def test_ratings_carry_times_of_evidence(bench: Bench) -> None:
    evidence = bench.page.get_by_test_id("evidence")
    bench.press("Shift+PageDown")
    bench.press_at(20, "1", "7", "Shift+F6")
    bench.to_frame(45)
    bench.press("Shift+F6")
    assert bench.one("sensitivity")["evidence_us"] == [20 * FRAME_US, 45 * FRAME_US]
    evidence.get_by_role("button", name="00:00.800", exact=True).click()
    bench.at_frame(20)
    evidence.get_by_role("button", name="Remove 00:00.800").click()
    assert bench.one("sensitivity")["evidence_us"] == [45 * FRAME_US]
    bench.press("Control+z")
    assert bench.one("sensitivity")["evidence_us"] == [20 * FRAME_US, 45 * FRAME_US]
    assert bench.one("sensitivity")["value"] == 7


@proves(keys="counts")
def test_counts_of_the_codes_so_far_can_be_hidden(bench: Bench) -> None:
    still = bench.page.locator('[data-code="returns.still"] .wb-code-sum')
    bench.press("Shift+PageDown")
    for start, end in ((10, 20), (40, 55)):
        bench.press_at(start, "k")
        bench.press_at(end, "k")
    expect(still).to_have_text("2 · 1.0 s")
    bench.press("Shift+F7")
    expect(still).to_be_empty()
    bench.press("Shift+F7")
    bench.press("Control+z")
    expect(still).to_contain_text("2 ·")
