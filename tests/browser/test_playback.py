"""Playback by key and mouse: where it goes, how fast, what it repeats. What is coded lies on the frame on the screen."""

from __future__ import annotations

import math
import random
from itertools import pairwise
from pathlib import Path

import av
import pytest
from browser.bench import GESTURES, SCHEME, Bench, numbered
from browser.proofs import proves
from browser.server import AppServer
from browser.test_frame_truth import STALL, assert_true, frame_of, recorded
from clips import read_barcode
from playwright.sync_api import Page, expect

FRAMES = 240  # at 25 a second: 9.6 s
# The longest the page was kept from running between two paintings: it can end no loop meanwhile, and the video runs on. The
# longest that Chromium took to go back once it was told to: it shows what it has decoded until then.
KEPT = """() => {
  window.__kept_ms = window.__back_ms = 0;
  let told = 0;
  __video.addEventListener("seeking", () => (told = performance.now()));
  __video.addEventListener("seeked", () => (window.__back_ms = Math.max(window.__back_ms, performance.now() - told)));
  let before = performance.now();
  const beat = () => {
    window.__kept_ms = Math.max(window.__kept_ms, performance.now() - before);
    before = performance.now();
    requestAnimationFrame(beat);
  };
  requestAnimationFrame(beat);
}"""


@pytest.fixture
def bench(server: AppServer, page: Page, tmp_path: Path) -> Bench:
    page.add_init_script(STALL)
    return numbered(server, page, tmp_path, SCHEME, frames=FRAMES, sound=True)


def coded(bench: Bench) -> list[int]:
    """The frames of the points in the journal, in the order in which they were made."""
    bench.saved()
    return frame_of(bench.server, bench.media, [e["onset_us"] for e in recorded(bench.server, bench.coding)])


def rate(bench: Bench) -> float:
    return round(float(bench.page.evaluate("__video.playbackRate")), 3)


def go_to(bench: Bench, text: str) -> int:
    bench.press("Control+g")
    bench.page.keyboard.type(text)
    bench.press("Enter")
    claimed, seen = bench.settled()
    assert claimed == seen
    return seen


def page_stands(bench: Bench) -> None:
    bench.page.wait_for_selector('[data-testid="workbench"][data-playing="false"]', timeout=2000)


def wait_frame(bench: Bench, test: str) -> None:
    bench.page.wait_for_function(
        f"() => ((f) => {test})(Number(document.querySelector('[data-testid=workbench]').dataset.frame))"
    )


@proves(
    keys="framesForward framesBack moreFrames fewerFrames secondForward secondBack fiveSecondsForward fiveSecondsBack"
    " frameBack start end boundaryForward boundaryBack goTo",
    mouse="goTo",
)
def test_jumps_go_where_they_say(bench: Bench) -> None:
    way = [
        ("Alt+ArrowRight", 5),
        ("Alt+ArrowUp", 5),
        ("Alt+ArrowRight", 15),
        ("Alt+ArrowDown", 15),
        ("Alt+ArrowLeft", 10),
        ("Shift+ArrowRight", 35),
        ("Control+.", 160),
        (",", 135),
        ("Control+,", 10),
        ("ArrowLeft", 9),
        ("Home", 0),
        ("End", FRAMES - 1),
    ]
    for key, frame in way:
        bench.press(key)
        assert bench.settled() == (frame, frame), key
        bench.press("a")
    assert coded(bench) == [frame for _, frame in way]
    assert_true(bench)

    # the edges of events of any stream, forth and back
    bench.press("Home")
    edges = sorted({frame for _, frame in way})
    for frame in edges[1:]:
        bench.press("Control+ArrowDown")
        assert bench.settled() == (frame, frame)
    for frame in edges[-2::-1]:
        bench.press("Control+ArrowUp")
        assert bench.settled() == (frame, frame)
    bench.press("Control+ArrowUp")
    expect(bench.page.get_by_test_id("live")).to_contain_text("No onset or offset before")

    # a place as typed
    places = {"0:02.5": 62, "2.51": 62, "f155": 155, "+f10": 165, "-1": 140, "00:00:04.00": 100, "3,2": 80}
    for text, frame in places.items():
        assert go_to(bench, text) == frame, text
        bench.press("b")
    assert coded(bench)[len(way) :] == list(places.values())
    field = bench.page.get_by_test_id("go-to")
    bench.page.get_by_test_id("time").click()
    for text, told in {
        "f240": "last frame is f239",
        "99": "ends at 00:09.600",
        "1:75": "75 is 60 or more",
        "abc": "no number",
    }.items():
        field.fill(text)
        bench.press("Enter")
        expect(bench.page.locator(".wb-goto-wrong")).to_contain_text(told)
        expect(field).to_have_attribute("aria-invalid", "true")
    bench.press("Escape")
    expect(field).to_be_hidden()
    bench.press("c")
    assert coded(bench)[-1] == 80
    assert_true(bench)


@proves(keys="frameForward frameBack framesForward")
def test_held_steps_are_quick_and_true(bench: Bench) -> None:
    for key, size in (("ArrowRight", 1), ("Alt+ArrowRight", 5), ("ArrowLeft", 1)):
        start = go_to(bench, "f100")
        *held, last = key.split("+")
        for part in held:
            bench.page.keyboard.down(part)
        for _ in range(25):  # a keyboard repeats 30 times a second
            bench.page.keyboard.down(last)
            bench.page.wait_for_timeout(33)
        for part in [last, *held]:
            bench.page.keyboard.up(part)
        claimed, seen = bench.settled()
        assert claimed == seen
        steps = abs(seen - start) / size
        assert steps == int(steps)
        assert steps >= 12, f"{steps} steps of {size} in 0.83 s"
        bench.press("a")
    assert_true(bench)


@proves(keys="slower faster slowerFine fasterFine normalSpeed shuttleBack shuttleForward leave", mouse="pictureTools")
def test_speeds_and_playing_backwards(bench: Bench) -> None:
    bench.press("-")
    assert rate(bench) == 0.75
    bench.press("Alt+-")
    assert rate(bench) == 0.7
    bench.press("\\")
    assert rate(bench) == 1.0
    bench.press("\\")
    assert rate(bench) == 0.7
    bench.press("Alt+=")
    bench.press("=")
    assert rate(bench) == 1.0
    for _ in range(12):
        bench.press("=")
    assert rate(bench) == 4.0
    for _ in range(12):
        bench.press("-")
    assert rate(bench) == 0.1
    bench.page.get_by_test_id("speed").click()
    bench.page.get_by_label("Speed", exact=True).fill("0.35")
    assert rate(bench) == 0.35
    bench.page.get_by_label("Speed", exact=True).fill("9")
    assert rate(bench) == 0.35
    bench.page.get_by_label("Speed by hand").fill("1")
    assert rate(bench) == 2.0
    bench.page.get_by_label("Speed by hand").focus()
    bench.press("Shift+Tab")
    bench.press("Tab")
    before = rate(bench)
    bench.press("ArrowLeft")  # the slider's own key: no frame is stepped
    assert rate(bench) < before
    bench.press("Escape")
    expect(bench.page.get_by_test_id("tools")).to_be_hidden()

    bench.press("\\")
    assert rate(bench) == 1.0
    go_to(bench, "f200")
    bench.press("Control+Alt+ArrowLeft")
    seen = []
    for key in "abcdabcd":
        bench.page.wait_for_timeout(110)
        bench.press(key)
        seen.append(int(bench.attribute("frame")))
    assert seen == sorted(seen, reverse=True)
    assert 200 - 60 <= seen[-1] <= 200 - 10
    bench.press("Control+Alt+ArrowLeft")
    assert rate(bench) == 1.25
    bench.press("Control+Alt+ArrowRight")
    stopped = bench.settled()
    assert stopped[0] == stopped[1]
    bench.page.wait_for_timeout(200)
    assert bench.settled() == stopped
    bench.press("Control+Alt+ArrowRight")
    wait_frame(bench, f"f > {stopped[0]} + 3")
    bench.press("Control+Alt+ArrowLeft")
    page_stands(bench)
    frames = coded(bench)
    assert frames == sorted(frames, reverse=True)
    assert_true(bench)


@pytest.mark.timeout(200)
@pytest.mark.parametrize("speed", [0.1, 4.0])
@proves(keys="loopFrom loopTo loop")
def test_frame_truth_in_a_loop(bench: Bench, speed: float) -> None:
    rng = random.Random(3)
    first, last = (100, 101) if speed < 1 else (60, 150)
    go_to(bench, f"f{first}")
    bench.press("Shift+Home")
    go_to(bench, f"f{last}")
    bench.press("Shift+End")
    bench.press("-" if speed < 1 else "=")
    bench.page.evaluate("speed => { __video.playbackRate = speed }", speed)
    bench.page.evaluate(KEPT)
    bench.press("Control+Enter")
    expect(bench.page.get_by_role("button", name="Loop the selected event").first).to_have_attribute("aria-pressed", "true")
    stood = 0
    for stalled in (False, True, False, True, False):
        bench.page.evaluate("on => __stall(on)", stalled)
        for key in "abcd" * (3 if speed < 1 else 6):
            bench.page.wait_for_timeout(rng.uniform(60, 180))
            bench.press(key)
        stood = assert_true(bench)
        if stalled and stood >= 20:
            break
    bench.page.evaluate("__stall(false)")
    assert bench.attribute("playing") == "true"
    assert stood >= 20
    frames = coded(bench)
    assert any(later < earlier for earlier, later in pairwise(frames)), "it never went round"
    leaked = max(0, max(frames) - last)
    assert min(frames) >= first
    kept_ms, back_ms = bench.page.evaluate("[__kept_ms, __back_ms]")
    most = 1 + math.ceil((kept_ms + back_ms) / 1000 * 25 * speed)
    assert leaked <= most, f"{leaked} frames past the end of the loop; {most} could pass in {kept_ms:.0f} + {back_ms:.0f} ms"
    bench.press("End")
    expect(bench.page.get_by_role("button", name="Loop the selected event").first).to_have_attribute("aria-pressed", "false")


@proves(keys="loop loopLead replay toggle previousEvent offsetForward")
def test_loop_of_a_bout_and_the_last_seconds_again(server: AppServer, page: Page, tmp_path: Path) -> None:
    bench = numbered(server, page, tmp_path, GESTURES, frames=FRAMES)
    for frame, key in ((40, "n"), (60, "s"), (70, "n")):
        go_to(bench, f"f{frame}")
        bench.press(key)
    bench.press("[")  # the smile
    bench.press("Control+Enter")
    seen: list[int] = []
    for _ in range(40):
        bench.page.wait_for_timeout(50)
        seen.append(bench.on_screen())
    assert 47 <= min(seen) <= 52  # half a second of lead-in
    assert 66 <= max(seen) <= 71
    assert any(b < a for a, b in pairwise(seen))
    bench.press("Control+Shift+Enter")  # one second
    bench.press("Control+Shift+ArrowRight")  # its offset a frame later: the loop follows
    wait_frame(bench, "f < 45")
    bench.press("Space")
    bench.press("Control+Enter")
    assert [onset for _, onset, _ in bench.kept()] == [40, 60, 71]

    # standing at a frame: again and slower, then back at it
    go_to(bench, "f200")
    bench.press("=")
    assert rate(bench) == 1.25
    bench.press("Shift+Enter")
    wait_frame(bench, "f >= 150 && f < 190")
    assert rate(bench) == 0.62 or rate(bench) == 0.63
    assert bench.attribute("playing") == "true"
    bench.page.wait_for_selector('[data-testid="workbench"][data-playing="false"]', timeout=15_000)
    assert bench.settled() == (200, 200)
    assert rate(bench) == 1.25
    # playing: on it goes at the former speed; stopped half-way the speed is the former too
    go_to(bench, "f80")
    bench.press("Space")
    wait_frame(bench, "f >= 100")
    bench.press("Shift+Enter")
    wait_frame(bench, "f < 80")
    wait_frame(bench, "f >= 115")
    assert rate(bench) == 1.25
    assert bench.attribute("playing") == "true"
    bench.press("Shift+Enter")
    wait_frame(bench, "f < 100")
    bench.press("Space")
    assert rate(bench) == 1.25
    page_stands(bench)


@proves(
    keys="pictureIn pictureLeft brighter lessContrast snapshot pictureReset quieter mute pictureTools fullWindow",
    mouse="mute toggle pictureReset",
)
def test_picture_sound_and_snapshot(bench: Bench, tmp_path: Path) -> None:
    page = bench.page
    picture = page.locator(".wb-picture")
    style = lambda: picture.evaluate("e => e.style.transform")  # noqa: E731
    go_to(bench, "f123")
    bench.press("Alt+PageUp")
    assert "scale(1.25" in style()
    bench.press("Alt+Shift+ArrowLeft")
    assert "translate(10%, 0%)" in style()
    for key in ("Control+Alt+PageUp", "Control+Alt+Shift+PageDown"):
        bench.press(key)
    assert page.evaluate("__video.style.filter") == "brightness(1.1) contrast(0.9)"
    with page.expect_download() as download:
        bench.press("Control+Shift+S")
    name = download.value.suggested_filename
    assert name.endswith("_f123_00-00-04.920.png"), name
    download.value.save_as(tmp_path / name)
    with av.open(str(tmp_path / name)) as file:
        image = next(file.decode(video=0)).to_ndarray(format="gray")
    assert image.shape == (180, 320)
    assert read_barcode(image) == 123
    bench.press("Alt+Home")
    assert style() == ""
    assert page.evaluate("__video.style.filter") == ""

    box = picture.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 4, box["y"] + box["height"] / 2)
    page.mouse.wheel(0, -400)
    expect(page.locator(".wb-stage")).to_have_attribute("data-zoomed", "true")
    grown = picture.bounding_box()
    assert grown is not None
    assert abs((grown["x"] + grown["width"] / 4) - (box["x"] + box["width"] / 4)) < 2  # what is under the pointer stays there
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 4 - 40, box["y"] + box["height"] / 2 + 10, steps=4)
    page.mouse.up()
    moved = picture.bounding_box()
    assert moved is not None
    assert abs(grown["x"] - moved["x"] - 40) < 2
    bench.page.wait_for_timeout(100)
    page_stands(bench)  # that was no click
    page.mouse.click(box["x"] + 50, box["y"] + 50)
    page.wait_for_selector('[data-testid="workbench"][data-playing="true"]')
    bench.press("Space")

    bench.press("Control+Shift+ArrowDown")
    assert page.evaluate("__video.volume") == 0.9
    bench.press("Control+Shift+M")
    assert page.evaluate("__video.muted") is True
    page.get_by_role("button", name="Sound off or on").click()
    assert page.evaluate("__video.muted") is False
    bench.press("Control+Alt+Enter")
    page.get_by_label("Volume").fill("0.3")
    page.get_by_label("Brightness").fill("1.5")
    assert page.evaluate("[__video.volume, __video.style.filter]") == [0.3, "brightness(1.5) contrast(1)"]
    page.get_by_role("button", name="As recorded").click()
    assert page.evaluate("__video.style.filter") == ""
    page.get_by_label("Several frames").fill("7")
    bench.press("Escape")  # out of the field and the panel at once
    expect(page.get_by_test_id("tools")).to_be_hidden()
    bench.press("Alt+ArrowRight")
    here = bench.settled()[0]
    bench.press("Alt+ArrowLeft")
    assert bench.settled() == (here - 7, here - 7)
    inside = page.locator(".wb-transport").bounding_box()
    last = page.locator(".wb-transport [data-command=redo]").bounding_box()
    assert inside is not None
    assert last is not None
    assert last["x"] + last["width"] <= inside["x"] + inside["width"]

    bench.press("Alt+Enter")
    wide = page.locator(".wb-stage").bounding_box()
    assert wide is not None
    assert wide["width"] == 1366
    go_to(bench, "f50")
    bench.press("a")
    expect(page.get_by_test_id("live")).to_be_visible()
    expect(page.get_by_test_id("events")).to_be_hidden()
    bench.press("Alt+Enter")
    assert coded(bench) == [50]
    assert_true(bench)


def test_dragging_shows_the_frame_under_the_pointer(bench: Bench) -> None:
    page = bench.page
    for place in (page.locator(".wb-ruler"), page.get_by_test_id("overview")):
        bench.press("Home")
        bench.press("Space")
        page.wait_for_selector('[data-testid="workbench"][data-playing="true"]')
        box = place.bounding_box()
        assert box is not None
        y = box["y"] + 6
        page.mouse.move(box["x"] + box["width"] * 0.2, y)
        page.mouse.down()
        for share in (0.3, 0.5, 0.4, 0.7):
            page.mouse.move(box["x"] + box["width"] * share, y, steps=3)
            claimed, seen = bench.settled()
            assert claimed == seen
            assert abs(seen - share * FRAMES) <= 2
            assert bench.attribute("playing") == "false"
            bench.press("a")
        page.mouse.up()
        page.wait_for_selector('[data-testid="workbench"][data-playing="true"]')
        bench.press("Space")
    bench.press("b")
    assert_true(bench)
