"""The timeline and the event table, by mouse and keys: what the server keeps is what was let go of or typed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from browser.bench import GESTURES, LANES, Bench, Mouse, journal, numbered, opened
from browser.proofs import proves
from browser.server import AppServer
from playwright.sync_api import Page, expect


@pytest.fixture
def bench(server: AppServer, page: Page, tmp_path: Path) -> Bench:
    return numbered(server, page, tmp_path, GESTURES)


def coded(bench: Bench) -> None:
    """Neutral 10-30, smile 30-50, neutral from 50 on."""
    for at, key in [(10, "n"), (30, "s"), (50, "n")]:
        bench.press_at(at, key)
    bench.to_frame(70)
    bench.press("Escape")


def test_edges_and_bouts_are_dragged_frame_by_frame(bench: Bench) -> None:
    coded(bench)
    mouse = Mouse(bench)
    before = bench.kept()
    mouse.to(30, off=-3)
    assert bench.page.evaluate(f"getComputedStyle(document.querySelector('{LANES}')).cursor") == "ew-resize"
    mouse.to(40)
    assert bench.page.evaluate(f"getComputedStyle(document.querySelector('{LANES}')).cursor") == "grab"

    # An edge: what is on the screen is the frame it is let go at.
    steps = len(bench.operations())
    mouse.to(30, off=3)
    mouse.mouse.down()
    for frame in (33, 36, 38):
        mouse.to(frame, off=3)
        mouse.settled()
        assert bench.on_screen() == frame
    assert bench.kept() == before  # nothing is coded before it is let go
    mouse.mouse.up()
    assert bench.kept() == [("neutral", 10, 38), ("smile", 38, 50), ("neutral", 50, None)]
    assert [o["kind"] for o in bench.operations()[steps:]] == ["change"]
    bench.press("Control+z")
    assert bench.kept() == before
    mouse.settled()

    # Escape leaves it as it was and brings the picture back.
    bench.to_frame(70)
    mouse.to(50, off=-3)
    mouse.mouse.down()
    mouse.to(44, off=-3)
    mouse.settled()
    assert bench.on_screen() == 44
    bench.press("Escape")
    mouse.settled()
    assert bench.on_screen() == 70
    mouse.mouse.up()
    assert bench.kept() == before

    # It snaps to the playhead within a few pixels, and with Alt held to nothing but frames.
    bench.to_frame(60)
    mouse.drag(50, 60.5, off=-3)
    assert bench.kept()[1] == ("smile", 30, 60)
    bench.press("Control+z")
    bench.to_frame(60)
    bench.page.keyboard.down("Alt")
    mouse.drag(50, 59, off=-3)
    bench.page.keyboard.up("Alt")
    assert bench.kept()[1] == ("smile", 30, 59)
    bench.press("Control+z")

    # The whole bout.
    bench.to_frame(70)
    mouse.drag(40, 34)
    assert ("smile", 24, 44) in bench.kept()
    bench.press("Control+z")
    assert bench.kept() == before


def test_the_playhead_and_what_grows_at_it_stand_at_their_frames(bench: Bench) -> None:
    """Animations that stand still move them, so it is read from the page where they are."""
    mouse = Mouse(bench)

    def ends(selector: str) -> list[tuple[float, float]]:
        boxes = [one.bounding_box() for one in bench.page.locator(selector).all() if one.is_visible()]
        return [(box["x"], box["x"] + box["width"]) for box in boxes if box]

    for frame in (0, 40, 7, 73):
        bench.go_to(frame)
        bench.settled()
        [(left, right)] = ends(".wb-playhead")
        assert (left + right) / 2 == pytest.approx(mouse.x(frame), abs=1)
        assert ends(".wb-growing > div") == []  # nothing is watched on the way

    bench.press_at(20, "n")
    bench.step(15)
    bench.settled()
    # The bout and what is watched, from what the server was told on: both reach to the end of the frame on the screen.
    bars = ends(".wb-growing > div")
    assert [right for _, right in bars] == pytest.approx([mouse.x(36)] * 2, abs=1)
    assert all(mouse.x(0) - 1 <= left < mouse.x(35) for left, _ in bars)


def test_a_read_only_coding_is_not_dragged(bench: Bench, context: Any) -> None:
    coded(bench)
    bench.saved()
    second = opened(bench.server, context.new_page(), bench.coding)
    assert second.attribute("writable") == "false" or bench.attribute("writable") == "false"
    locked = second if second.attribute("writable") == "false" else bench
    locked.page.bring_to_front()
    before = bench.kept()
    mouse = Mouse(locked)
    mouse.to(30, off=3)
    assert locked.page.evaluate(f"getComputedStyle(document.querySelector('{LANES}')).cursor") == "pointer"
    mouse.drag(30, 40, off=3)
    assert bench.kept() == before


@proves(keys="selectAll shift copy paste merge split extendForward nextEvent remove undo redo")
def test_several_events_at_once(bench: Bench) -> None:
    bench.press("Shift+PageDown")
    for at, key in [(5, "k"), (15, "k"), (25, "k"), (35, "k"), (20, "v")]:
        bench.press_at(at, key)
    bench.press("Escape")
    first = [("still", 5, 15), ("violation", 20, None), ("still", 25, 35)]
    assert bench.kept() == first
    said = bench.page.get_by_test_id("live")

    def undone_at_once(then: list[tuple[Any, ...]] = first) -> None:
        bench.press("Control+z")
        assert bench.kept() == then

    # All of a code, of the stream; shift by typed frames and seconds.
    bench.to_frame(7)
    bench.press("Enter")
    bench.press("Control+a")
    expect(said).to_contain_text("2 events selected")
    bench.press("Control+a")
    expect(said).to_contain_text("3 events selected")
    bench.press("Control+m")
    bench.type("-3f")
    assert bench.kept() == [("still", 2, 12), ("violation", 17, None), ("still", 22, 32)]
    undone_at_once()
    bench.press("Control+m")
    bench.type("1.2 s")
    assert bench.kept() == [("still", 35, 45), ("violation", 50, None), ("still", 55, 65)]
    undone_at_once()
    bench.press("Control+m")
    bench.type("-2 s")
    assert bench.kept() == first  # it would leave the recording
    expect(said).to_contain_text("leave the recording")

    # Copy, paste at the playhead; cut; remove.
    bench.press("Control+c")
    bench.to_frame(60)
    bench.press("Control+v")
    pasted = [*first, ("still", 60, 70), ("violation", 75, None), ("still", 80, 90)]
    assert bench.kept() == pasted
    undone_at_once()
    bench.press("Control+Shift+z")
    assert bench.kept() == pasted
    undone_at_once()

    # Merge with the next of the code; split at the playhead.
    bench.to_frame(7)
    bench.press("Escape")
    bench.press("Enter")
    bench.press("Control+j")
    assert bench.kept() == [("still", 5, 35), ("violation", 20, None)]
    bench.to_frame(12)
    bench.press("Control+k")
    split = [("still", 5, 12), ("still", 12, 35), ("violation", 20, None)]
    assert bench.kept() == split
    undone_at_once([("still", 5, 35), ("violation", 20, None)])
    undone_at_once()

    # Rubber band over all rows, Ctrl click takes one away, Delete removes the rest; by keys one more after the other.
    mouse = Mouse(bench)
    mouse.to(2, 2)
    mouse.mouse.down()
    mouse.to(20, 40)
    mouse.to(45, mouse.box["height"] - 2)
    mouse.mouse.up()
    expect(said).to_contain_text("3 events selected")
    bench.press("Escape")
    bench.to_frame(0)
    bench.press("]")
    bench.press("Control+]")
    expect(said).to_contain_text("2 events selected")
    bench.press("Delete")
    assert bench.kept() == [("still", 25, 35)]
    undone_at_once()

    # Undo reaches back over a reload.
    bench.page.reload()
    bench.ready()
    for _ in range(3):
        bench.press("Control+z")
    assert len(bench.kept()) < 3
    for _ in range(3):
        bench.press("Control+Shift+z")
    assert bench.kept() == first
    every = [json.dumps(o) for o in journal(bench.server.data) if o["coding"] == bench.coding]
    assert len(every) == len(set(every))


@proves(keys="table filterTable remove")
def test_the_event_table_is_sorted_filtered_and_edited_by_keys(bench: Bench) -> None:
    coded(bench)
    page = bench.page
    table = page.get_by_role("grid", name="Events of this pass")
    rows = table.locator("[data-event]")
    assert rows.locator("[data-column=code]").all_inner_texts() == ["Neutral", "Smile", "Neutral"]

    # By keys: to the table, down to the smile; its onset and offset typed, its comment, its code.
    bench.press("Control+e")
    for key in ("Home", "ArrowDown", "Enter"):
        bench.press(key)
    bench.type("f28")
    assert bench.kept() == [("neutral", 10, 28), ("smile", 28, 50), ("neutral", 50, None)]
    assert bench.on_screen() == 28
    for key in ("ArrowRight", "Enter"):
        bench.press(key)
    bench.type("0:01.88")
    assert bench.kept()[1] == ("smile", 28, 47)
    for key in ("ArrowRight", "ArrowRight", "Enter"):
        bench.press(key)
    bench.type("lips, s and n too")
    assert bench.kept("comment")[1] == ("smile", 28, 47, "lips, s and n too")
    for key in ("ArrowLeft", "Enter"):
        bench.press(key)
    page.keyboard.press("u")  # the list of codes, by its first letter
    bench.press("Enter")
    assert bench.kept()[1] == ("unscorable", 28, 47)
    bench.press("Control+z")
    bench.press("Enter")
    bench.press("Escape")  # an edit left as it was
    bench.press("F2")
    bench.press("Escape")
    assert bench.kept()[1] == ("smile", 28, 47)
    bench.press("Escape")
    bench.press("End")  # the keys are the page's again
    page.wait_for_function("document.querySelector('[data-testid=workbench]').dataset.frame > 60")

    # Sorted by code and filtered; the selection is that of the timeline.
    page.get_by_role("button", name="Code", exact=True).click()
    assert rows.locator("[data-column=code]").all_inner_texts() == ["Neutral", "Neutral", "Smile"]
    bench.press("Control+f")
    page.keyboard.type("lips")
    expect(rows).to_have_count(1)
    bench.press("Enter")
    bench.press("Home")
    expect(rows.first).to_have_attribute("aria-selected", "true")
    bench.press("Escape")
    bench.press("Delete")
    assert [row[0] for row in bench.kept()] == ["neutral"]
    bench.press("Control+z")
    assert [row[0] for row in bench.kept()] == ["neutral", "smile", "neutral"]
    page.get_by_label("Filter by mark").select_option("comment")
    page.get_by_label("Filter by name or comment").fill("")
    expect(rows).to_have_count(1)

    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []


def test_the_filmstrip_stands_under_the_ruler(bench: Bench) -> None:
    """Its pictures are those of the video: the clip is black and white, and nothing else stands in that row."""
    drawn = """() => { const c = document.querySelector(".wb-ruler"); const r = c.width / c.clientWidth;
      const data = c.getContext("2d").getImageData(0, 26 * r, c.width, 30 * r).data;
      let white = 0; for (let i = 0; i < data.length; i += 4) if (data[i] > 250 && data[i + 3] === 255) white += 1;
      return white / (data.length / 4); }"""
    for _ in range(60):
        bench.open()
        bench.page.wait_for_timeout(500)
        if bench.page.evaluate(drawn) > 0.2:
            return
    raise AssertionError("no filmstrip is drawn")
