"""What goes with a pass: its picture and sound, loops that are seen, what cannot be coded, what stands against submitting."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from browser import bench as benches
from browser.bench import CODING, FRAME_US, GESTURES, Bench, journal
from browser.proofs import proves
from browser.server import AppServer
from playwright.sync_api import Page, expect

LIKED = "[__video.volume, __video.muted, __video.playbackRate, __video.style.filter]"


@pytest.fixture
def bench(server: AppServer, page: Page, tmp_path: Path) -> Bench:
    return benches.numbered(server, page, tmp_path, CODING)


def liked(bench: Bench) -> list[object]:
    bench.settled()
    return list(bench.page.evaluate(LIKED))


def reload(bench: Bench) -> None:
    bench.saved()
    bench.page.reload()
    bench.ready()


@proves(keys="quieter darker moreContrast faster mute", mouse="mute")
def test_volume_picture_and_speed_are_as_they_were_left(server: AppServer, page: Page, tmp_path: Path) -> None:
    bench = benches.numbered(server, page, tmp_path, GESTURES, coder="Likes")
    assert liked(bench) == [1, True, 1, ""]  # the pass Face is without sound
    bench.press("Control+Shift+m")  # with it for once: that is not kept
    assert liked(bench)[1] is False
    with page.expect_response("**/pass"):
        bench.press("Shift+PageDown")
    for key in ("Control+Shift+ArrowDown", "Control+Alt+PageDown", "Control+Alt+Shift+PageUp", "="):
        bench.press(key)
    with page.expect_response("**/pass"):  # the server has it
        bench.press("Shift+PageUp")
    assert liked(bench) == [0.9, True, 1.25, "brightness(0.9) contrast(1.1)"]
    reload(bench)
    assert liked(bench) == [0.9, True, 1.25, "brightness(0.9) contrast(1.1)"]
    bench.press("Shift+PageDown")
    assert liked(bench)[1] is False
    page.get_by_role("button", name="Sound off or on").click()
    bench.go_to(100)
    bench.press("Shift+Enter")  # again and slower: that is not the speed that was chosen
    page.wait_for_function("__video.playbackRate === 0.63")  # half of it, to the hundredth
    liking = {"volume": 0.9, "muted": True, "speed": 1.25, "brightness": 0.9, "contrast": 1.1}
    for _ in range(60):  # what changes is sent after 0.3 s
        kept = bench.server.get(f"/api/me/preferences?coding={bench.coding}")["values"]
        if kept == liking:
            break
        page.wait_for_timeout(50)
    assert kept == liking
    reload(bench)
    assert liked(bench) == [0.9, True, 1.25, "brightness(0.9) contrast(1.1)"]
    bench.press("Alt+Home")
    reload(bench)
    assert liked(bench)[3] == ""


def bars(bench: Bench, kind: str) -> list[tuple[float, float]]:
    """Where the loops of a kind are drawn, as shares of the window of the timeline."""
    bench.settled()
    width = float(bench.page.evaluate("document.querySelector('.wb-lanes').getBoundingClientRect().width"))
    left = float(bench.page.evaluate("document.querySelector('.wb-lanes').getBoundingClientRect().left"))
    boxes = [one.bounding_box() for one in bench.page.locator(f'.wb-loops > [data-loop="{kind}"]:visible').all()]
    return [((box["x"] - left) / width, box["width"] / width) for box in boxes if box]


def loop(bench: Bench) -> None:
    """Begins to loop, and stops once it plays."""
    for key, playing in (("Control+Enter", "true"), ("Space", "false")):
        bench.press(key)
        bench.page.wait_for_selector(f'[data-testid="workbench"][data-playing="{playing}"]')


@proves(keys="loopFrom loopTo loop loopClear zoomIn offsetForward")
def test_the_loop_is_seen_on_the_timeline(bench: Bench) -> None:
    bench.press_at(25, "Shift+Home")
    expect(bench.page.locator('.wb-loops > [data-ends="from"]')).to_be_visible()
    bench.press_at(74, "Shift+End")
    # the clip has 120 frames and all of it is shown: from the start of frame 25 to the end of frame 74
    assert bars(bench, "marked") == [(pytest.approx(25 / 120, abs=0.002), pytest.approx(50 / 120, abs=0.003))]
    assert bars(bench, "loop") == []
    loop(bench)
    assert bars(bench, "loop") == [(pytest.approx(25 / 120, abs=0.002), pytest.approx(50 / 120, abs=0.003))]
    assert bars(bench, "marked") == []
    bench.press("Shift+Delete")
    assert bars(bench, "loop") == bars(bench, "marked") == []
    bench.press("Shift+PageDown")
    bench.press_at(50, "k")
    bench.press_at(75, "k")
    bench.press_at(60, "Enter")
    loop(bench)
    # half a second (12.5 frames, so from the frame shown then, 37) before the event, and to its end
    assert bars(bench, "loop") == [(pytest.approx(37 / 120, abs=0.002), pytest.approx(38 / 120, abs=0.003))]
    bench.press("Control+Shift+ArrowRight")
    assert bars(bench, "loop") == [(pytest.approx(37 / 120, abs=0.002), pytest.approx(39 / 120, abs=0.003))]
    bench.press("Shift+ArrowUp")
    ((_, wide),) = bars(bench, "loop")
    assert wide == pytest.approx(39 / 120 * 1.5, abs=0.01)


@proves(keys="uncodable loopFrom loopTo loopClear extendForward undo")
def test_what_cannot_be_coded_is_a_marked_stretch_or_all_that_is_selected(bench: Bench) -> None:
    bench.press("Shift+PageDown")
    for start, end in ((10, 15), (30, 40), (60, 62)):
        bench.press_at(start, "k")
        bench.press_at(end, "k")
    bench.press_at(34, "x")
    asked = bench.page.get_by_test_id("wording")
    bench.press_at(12, "Escape", "Enter", "Control+]", "Control+]", "Control+]", "Shift+F8")
    expect(asked).to_contain_text("Cannot be coded in 3 selected stretches")  # the point lies in the second
    bench.type("hand before the lens")
    unscorable = [("unscorable", a, b) for a, b in ((10, 15), (30, 40), (60, 62))]
    assert [one for one in bench.kept() if one[0] == "unscorable"] == sorted([*unscorable, *unscorable], key=lambda one: one[1])
    made = [o for o in bench.operations() if o["kind"] == "add"][-6:]
    assert {(o["event"]["stream"], o["event"]["comment"]) for o in made} == {
        ("infant_voice", "hand before the lens"), ("returns", "hand before the lens"),
    }  # fmt: skip
    assert len({o["group"] for o in made}) == 1
    bench.press("Control+z")
    assert "unscorable" not in {code for code, _, _ in bench.kept()}
    bench.press_at(50, "Shift+Home")
    bench.press_at(79, "Shift+End", "Shift+F8")
    expect(asked).to_contain_text("the marked 00:02.000 to 00:03.200")
    bench.type("gone")
    assert [one for one in bench.kept() if one[0] == "unscorable"] == [("unscorable", 50, 80), ("unscorable", 50, 80)]
    assert ("still", 60, 62) not in bench.kept()
    bench.press("Shift+Delete")
    bench.press("Escape")
    bench.press_at(100, "Shift+F8")
    expect(asked).to_contain_text("from 00:04.000 on")
    bench.press("Escape")


def test_the_submit_panel_lists_what_the_checks_list(bench: Bench) -> None:
    bench.press_at(10, "s")
    bench.press_at(14, "n")
    bench.press("Shift+PageDown")
    bench.press_at(30, "k", "f", "Escape")
    bench.page.get_by_role("tab", name="Checks").click()
    listed = bench.page.get_by_test_id("checks").locator(".wb-check")
    expect(listed.filter(has_text="lasts 0.160 s")).to_have_count(1)
    expect(listed.filter(has_text="at once")).to_have_count(1)
    live = sorted(text.removeprefix("Must: ") for text in listed.all_inner_texts())
    bench.page.get_by_role("button", name="Submit", exact=True).click()
    panel = bench.page.get_by_role("dialog", name="Submit this coding")
    rows = panel.locator(".wb-findings li > span")
    expect(rows).to_have_count(len(live))
    assert sorted(rows.all_inner_texts()) == live
    told = {f["message"] for f in bench.server.get(f"/api/codings/{bench.coding}/findings")["findings"]}
    assert told == set(live)
    panel.locator("li", has_text="lasts 0.160 s").get_by_role("button", name="Go there").click()
    bench.at_frame(10)
    expect(bench.page.get_by_label("Pass", exact=True)).to_have_value("face")


def passes(bench: Bench) -> dict[str, str]:
    rows = bench.page.get_by_test_id("passes").locator("[data-pass]")
    return {str(row.get_attribute("data-pass")): row.locator(".wb-pass-words").inner_text() for row in rows.all()}


def covers(bench: Bench) -> list[tuple[str, int, int, float | None]]:
    bench.saved()
    lines = [o for o in journal(bench.server.data) if o["coding"] == bench.coding and o["kind"] == "cover"]
    return [(o["pass"], o["from_us"] // FRAME_US, o["to_us"] // FRAME_US, o.get("speed")) for o in lines]


BUSY_AT_PLAY = """() => document.addEventListener("play", () => {
  for (const until = performance.now() + 300; performance.now() < until;);
}, { capture: true })"""  # the page hears of the first frames only when others are on the screen


def play_from(bench: Bench, frame: int, least: int) -> None:
    """Plays on until at least so many frames were shown."""
    bench.go_to(frame)
    bench.press("Space")
    bench.page.wait_for_function(f"Number(document.querySelector('[data-testid=workbench]').dataset.frame) >= {frame + least}")
    bench.press("Space")
    bench.page.wait_for_selector('[data-testid="workbench"][data-playing="false"]')


@proves(keys="progress slower")
def test_how_far_each_pass_is_and_how_fast_it_was_played(bench: Bench) -> None:
    page = bench.page
    bench.press("Shift+F9")
    expect(page.get_by_role("tab", name="Passes")).to_have_attribute("aria-selected", "true")
    nothing = "0 % watched · 0 % coded · 0 events · not played, or frame by frame"
    assert passes(bench) == {"face": nothing, "returns": nothing}
    expect(page.get_by_test_id("live")).to_contain_text("Pass Face: 0 % watched")
    page.evaluate(BUSY_AT_PLAY)
    play_from(bench, 0, 30)
    bench.press("s")
    bench.press("-")
    bench.press("-")
    play_from(bench, 10, 20)  # again, at half the speed: counted for the speed
    bench.step(3)
    bench.press("Home")  # a jump ends what is being watched
    bench.at_frame(0)
    told = covers(bench)
    played = {speed: [(a, b) for _, a, b, s in told if s == speed] for speed in (1, 0.5)}
    assert played[1][0][0] == 0
    assert played[0.5][0][0] == 10
    full, half = (sum(b - a for a, b in stretches) for stretches in played.values())
    assert full >= 30
    assert half >= 1
    end = max(b for _, _, b, _ in told)
    mean = round((full + half) / (full + half / 0.5), 2)
    expect(page.locator('[data-pass="face"] .wb-pass-words')).to_have_text(
        re.compile(rf"^{end * 100 // 120} % watched · \d+ % coded · 1 event · played at {mean}x on average, 0\.5x to 1\.0x$")
    )
    expect(page.get_by_role("tab", name="Passes")).to_contain_text(f"{end * 100 // 120} %")
    kept = {tuple(one) for one in bench.server.get(f"/api/codings/{bench.coding}")["played"]}
    assert kept == {("face", 100, full * FRAME_US), ("face", 50, half * FRAME_US)}
    here = passes(bench)
    page.locator('[data-pass="returns"]').click()
    expect(page.get_by_label("Pass", exact=True)).to_have_value("returns")
    expect(page.get_by_role("tab", name="Passes")).to_contain_text("0 %")
    reload(bench)
    bench.press("Shift+F9")
    assert passes(bench) == here

    page.goto(bench.server.address)
    row = page.locator("tr", has_text="Coding for tests").filter(has_text=f"watched {end * 100 // 240} %")  # of two passes
    expect(row.first).to_be_visible(timeout=20_000)
    row.first.get_by_role("button", name="More").click()
    dialog = page.get_by_role("dialog", name="Coding")
    expect(dialog).to_contain_text(f"{end * 100 // 120} % watched")
    expect(dialog).to_contain_text(f"played at {mean:g}x on average (0.5x for {half * 4 // 100}.")


@proves(keys="reaction reactionBack holdMode", mouse="reaction")
def test_the_own_reaction_time_is_taken_off_noted_and_put_back(bench: Bench) -> None:
    page = bench.page
    badge = page.locator("header [data-command=reaction]")
    expect(badge).to_be_hidden()  # off until somebody asks for it
    bench.press("Shift+F2")
    bench.type("240")
    expect(badge).to_have_text("−240 ms")
    bench.press("s")  # the video stands still: nothing is taken off
    bench.press("Space")
    page.wait_for_function("Number(document.querySelector('[data-testid=workbench]').dataset.frame) >= 30")
    bench.press("n")
    bench.press("Space")
    bench.saved()
    first, second = bench.operations()
    assert "seen_us" not in first
    seen = second["seen_us"] // FRAME_US
    press = bench.presses()[-1]
    assert seen in (press["before"], press["after"])  # what the picture showed as the key was pressed
    assert bench.kept() == [("smile", 0, seen - 6), ("neutral", seen - 6, None)]  # 240 ms of 25 frames a second

    reload(bench)
    badge.click()
    bench.type("0.2 s")
    expect(badge).to_have_text("−200 ms")
    bench.press("Shift+PageDown")
    bench.press_at(10, "k", "k", "Shift+F4")  # held from now on
    bench.press("-")
    bench.press("-")
    bench.press("Space")
    page.wait_for_function("Number(document.querySelector('[data-testid=workbench]').dataset.frame) >= 20")
    page.keyboard.down("k")
    page.wait_for_timeout(800)
    page.keyboard.up("k")
    bench.press("Space")
    begun, let_go = bench.operations()[-2:]
    taken_off = {begun["seen_us"] - begun["event"]["onset_us"], let_go["seen_us"] - let_go["event"]["offset_us"]}
    assert taken_off == {3 * FRAME_US}  # 200 ms at half the speed are 2.5 frames: the frame shown then
    on, off = begun["seen_us"] // FRAME_US, let_go["seen_us"] // FRAME_US
    assert ("still", on - 3, off - 3) in bench.kept()

    bench.press("Control+Shift+F2")
    expect(page.get_by_test_id("live")).to_contain_text("4 edges put back to what was on the screen")
    there = [("smile", 0, seen), ("neutral", seen, None), ("still", on, off)]
    assert sorted(bench.kept()) == sorted(there)
    assert len({o["group"] for o in bench.operations()[-3:]}) == 1
    bench.press("Control+z")
    expect(page.get_by_test_id("live")).to_contain_text("Undone")
    assert ("still", on - 3, off - 3) in bench.kept()
    bench.press("Control+Shift+F2")
    expect(page.get_by_test_id("live")).to_contain_text("4 edges put back")
    assert sorted(bench.kept()) == sorted(there)
    bench.press("Control+Shift+F2")
    expect(page.get_by_test_id("live")).to_contain_text("Nothing lies where your reaction time was taken off")
    bench.press("Control+Alt+Enter")
    page.get_by_label("Reaction time", exact=True).fill("0")
    expect(badge).to_be_hidden()
    bench.press("Escape")
