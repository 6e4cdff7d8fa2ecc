"""Several events at once, by key and by mouse: one gesture is one group of the journal, and one undo takes it back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from browser.bench import GESTURES, Bench, Mouse, numbered
from browser.proofs import proves
from browser.server import AppServer
from playwright.sync_api import Page, expect

STILL_Y, VIOLATION_Y = 50.0, 68.0  # the second and third lane of the row Caregiver returns
KEYS = {"still": "k", "violation": "v"}
CODED = [("still", 5, 15), ("violation", 20, None), ("still", 25, 35), ("violation", 40, None), ("still", 45, 55)]


@pytest.fixture
def bench(server: AppServer, page: Page, tmp_path: Path) -> Bench:
    """`CODED` in the pass Returns, at the frame 0, nothing selected."""
    bench = numbered(server, page, tmp_path, GESTURES)
    bench.press("Shift+PageDown")
    for code, onset, offset in CODED:
        bench.go_to(onset)
        bench.press(KEYS[code])
        if offset is not None:
            bench.go_to(offset)
            bench.press(KEYS[code])
    bench.press("Escape")
    bench.press("Home")
    bench.at_frame(0)
    assert bench.kept() == CODED
    return bench


def gesture(bench: Bench, before: int) -> list[str]:
    """The kinds of what was done since; all of one group."""
    made = bench.operations()[before:]
    assert len({o["group"] for o in made}) == 1
    assert len(made) == 1 or made[0]["group"] is not None
    return [o["kind"] for o in made]


def undone(bench: Bench, then: list[tuple[Any, ...]] = CODED) -> int:
    """One undo, after which the server keeps this again. Gives the number of operations then."""
    bench.press("Control+z")
    assert bench.kept() == then
    return len(bench.operations())


def expect_selected(bench: Bench, *onsets: str) -> None:
    """These rows of the table are selected, from the top."""
    chosen = bench.page.get_by_test_id("events").locator('[data-event][aria-selected="true"] [data-column=onset]')
    expect(chosen).to_have_text(list(onsets))


@proves(keys="unsure recode cut paste remove selectAll extendBack extendForward modifiers")
def test_by_keys(bench: Bench) -> None:
    said = bench.page.get_by_test_id("live")
    before = len(CODED) + 3  # each bout was ended by a second press
    assert len(bench.operations()) == before

    bench.press("]")
    bench.press("Control+a")
    expect(said).to_contain_text("3 events selected")
    bench.press("F8")
    assert [unsure for *_, unsure in bench.kept("unsure")] == [True, False, True, False, True]
    assert gesture(bench, before) == ["change"] * 3
    before = undone(bench)
    assert not any(unsure for *_, unsure in bench.kept("unsure"))

    # Recoded: those of the code's stream and kind. Its modifiers are asked for of one.
    bench.press("Control+a")
    expect(said).to_contain_text("5 events selected")
    bench.press("F4")
    expect(bench.page.get_by_test_id("asking")).to_contain_text("Recode")
    bench.press("f")
    expect(said).to_contain_text("3 events recoded as Mirroring, 2 of another stream or kind left")
    assert [code for code, *_ in bench.kept()] == ["mirroring", "violation", "mirroring", "violation", "mirroring"]
    assert gesture(bench, before) == ["change"] * 3
    bench.press("Escape")
    bench.press("Home")
    bench.press("]")
    bench.press("F9")
    expect(bench.page.get_by_test_id("asking")).to_contain_text("Channel (required)")
    bench.press("x")
    bench.press("m")
    assert bench.kept("modifiers")[0] == ("mirroring", 5, 15, {"channel": "mixed", "marked": True})
    bench.press("Control+z")
    bench.press("Control+z")
    before = undone(bench)
    bench.press("Escape")

    # Cut and paste: the clipboard keeps the distances.
    bench.press("Home")
    bench.press("]")
    bench.press("Control+]")
    bench.press("Control+]")
    expect(said).to_contain_text("3 events selected, 00:00.200 to 00:01.400")
    bench.press("Control+[")
    expect(said).to_contain_text("2 events selected")
    bench.press("Control+x")
    assert bench.kept() == CODED[2:]
    assert gesture(bench, before) == ["remove"] * 2
    bench.go_to(60)
    bench.press("Control+v")
    assert bench.kept() == [*CODED[2:], ("still", 60, 70), ("violation", 75, None)]
    undone(bench, CODED[2:])
    before = undone(bench)

    bench.press("Escape")
    bench.press("End")
    bench.press("[")
    bench.press("Control+[")
    bench.press("Backspace")
    assert bench.kept() == CODED[:3]
    assert gesture(bench, before) == ["remove"] * 2
    undone(bench)


def test_by_mouse(bench: Bench) -> None:
    said = bench.page.get_by_test_id("live")
    mouse = Mouse(bench)
    before = len(bench.operations())

    # A click selects one; Ctrl adds and takes away; Shift takes what lies between in the streams of both.
    mouse.click(10, STILL_Y)
    expect_selected(bench, "00:00.200")
    mouse.click(50, STILL_Y, "Control")
    mouse.click(40, VIOLATION_Y, "Control")
    expect_selected(bench, "00:00.200", "00:01.600", "00:01.800")
    mouse.click(40, VIOLATION_Y, "Control")
    expect_selected(bench, "00:00.200", "00:01.800")
    mouse.click(10, STILL_Y)
    mouse.click(40, VIOLATION_Y, "Shift")
    expect(said).to_contain_text("4 events selected")
    expect_selected(bench, "00:00.200", "00:00.800", "00:01.000", "00:01.600")

    # All that is selected is dragged, no further than the start of the recording; the picture shows where the held one begins.
    mouse.to(30, STILL_Y)
    mouse.mouse.down()
    mouse.to(25, STILL_Y)
    mouse.to(15, STILL_Y)
    mouse.settled()
    assert bench.on_screen() == 20
    assert bench.kept() == CODED
    mouse.mouse.up()
    moved = [("still", 0, 10), ("violation", 15, None), ("still", 20, 30), ("violation", 35, None), ("still", 45, 55)]
    assert bench.kept() == moved
    assert gesture(bench, before) == ["change"] * 4
    expect_selected(bench, "00:00.000", "00:00.600", "00:00.800", "00:01.400")
    before = undone(bench)

    # Esc while dragging leaves all of it.
    mouse.click(10, STILL_Y)
    mouse.click(30, STILL_Y, "Control")
    mouse.to(30, STILL_Y)
    mouse.mouse.down()
    mouse.to(36, STILL_Y)
    mouse.to(42, STILL_Y)
    bench.press("Escape")
    mouse.mouse.up()
    assert bench.kept() == CODED
    assert len(bench.operations()) == before

    # A band; with Ctrl it adds to what is selected. A click on empty ground goes there and selects nothing.
    bench.press("Escape")
    mouse.to(1, VIOLATION_Y + 4)
    mouse.mouse.down()
    mouse.to(10, VIOLATION_Y)
    mouse.to(22, STILL_Y)
    mouse.mouse.up()
    expect_selected(bench, "00:00.200", "00:00.800")
    bench.page.keyboard.down("Control")
    mouse.drag(60, 43, y=STILL_Y)
    bench.page.keyboard.up("Control")
    expect_selected(bench, "00:00.200", "00:00.800", "00:01.800")
    mouse.click(80, STILL_Y)
    expect_selected(bench)
    bench.at_frame(80)

    # A double click goes to where the event begins.
    mouse.click(50, STILL_Y, times=2)
    bench.at_frame(45)
    expect_selected(bench, "00:01.800")
    assert len(bench.operations()) == before

    # The table: Ctrl and Shift as on the rows, a double click edits a cell, a click on a heading sorts.
    rows = bench.page.get_by_test_id("events").locator("[data-event]")
    rows.nth(0).click()
    bench.at_frame(5)
    rows.nth(2).click(modifiers=["Control"])
    expect_selected(bench, "00:00.200", "00:01.000")
    rows.nth(0).click()
    rows.nth(3).click(modifiers=["Shift"])
    expect_selected(bench, "00:00.200", "00:00.800", "00:01.000", "00:01.600")
    rows.nth(2).locator("[data-column=comment]").dblclick()
    bench.type("seen twice")
    assert [text for *_, text in bench.kept("comment")] == ["", "", "seen twice", "", ""]
    rows.nth(0).locator("[data-column=offset]").dblclick()
    bench.type("f18")
    assert bench.kept()[0] == ("still", 5, 18)
    bench.press("Escape")
    sort = bench.page.get_by_role("button", name="Length", exact=True)
    sort.click()
    sort.click()
    assert rows.first.locator("[data-column=onset]").inner_text() == "00:00.200"
    bench.page.get_by_label("Filter by stream or code").select_option("caregiver_return.violation")
    expect(rows).to_have_count(2)
