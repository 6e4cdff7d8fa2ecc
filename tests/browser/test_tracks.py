"""Spectrogram and motion: drawn, measured, shown and hidden in the workbench; what is kept is on the server."""

from __future__ import annotations

import os
import signal
import struct
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser.bench import CODING, GESTURES, Bench, numbered
from browser.proofs import proves
from browser.server import AppServer
from playwright.sync_api import Page, Route, expect

FRAMES = 100  # 4 s
WAVE_PX = 34  # the waveform, as `timeline/draw.js` has it
LAST_BIT = (0.875, 0.25, 1.0, 0.5)  # the cell that turns black or white with every frame (tests/clips.py)

# How much of a pixel of the tracks' canvas is ink: its distance from the ground of the row, which is the colour at `x`, `y` of
# `ground`; all in CSS pixels.
INK = """([x, y, gx, gy]) => {
  const canvas = document.querySelector('[data-testid=measures]');
  const scale = canvas.width / canvas.clientWidth;
  const at = (x, y) => [...canvas.getContext("2d").getImageData(Math.round(x * scale), Math.round(y * scale), 1, 1).data];
  const [one, ground] = [at(x, y), at(gx, gy)];
  return one.reduce((sum, value, n) => sum + Math.abs(value - ground[n]), 0);
}"""


@pytest.fixture
def bench(server: AppServer, page: Page, tmp_path: Path, request: pytest.FixtureRequest) -> Bench:
    """On a video of its own: the same content would be the same video, with the regions of another test. It is `FRAMES` long,
    and less than a second longer."""
    longer = sorted(item.name for item in request.session.items if item.path == request.path).index(request.node.name)
    return numbered(server, page, tmp_path, CODING, frames=FRAMES + longer, sound=True)


def tracks(bench: Bench) -> Any:
    return bench.server.get(f"/api/media/{bench.media}/tracks")


def frames(bench: Bench) -> int:
    return int(bench.server.get(f"/api/codings/{bench.coding}")["media"][0]["frame_count"])


def regions(bench: Bench) -> list[tuple[Any, ...]]:
    """Name and place of each, as the server has them."""
    return [tuple(one[name] for name in ("name", "x", "y", "width", "height")) for one in tracks(bench)["regions"]]


def measured(bench: Bench, name: str) -> list[float]:
    """The energies of a region, once its row is there."""
    region = next(one for one in tracks(bench)["regions"] if one["name"] == name)
    expect(bench.page.locator(f'[data-track="{region["id"]}"][data-state=""]')).to_have_count(1)
    with urllib.request.urlopen(f"{bench.server.address}/api/regions/{region['id']}/motion", timeout=30) as answer:
        data = answer.read()
    return list(struct.unpack(f"<{len(data) // 4}f", data))


def drag(bench: Bench, one: tuple[float, float], other: tuple[float, float], *, let_go: bool = True) -> None:
    """On the picture, between two points in shares of it."""
    box, mouse = bench.box('[data-testid="regions"]'), bench.page.mouse
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in (one, other)]
    mouse.move(*places[0])
    mouse.down()
    mouse.move((places[0][0] + places[1][0]) / 2, (places[0][1] + places[1][1]) / 2)
    mouse.move(*places[1])
    if let_go:
        mouse.up()


def kept(bench: Bench) -> None:
    """Waits until what was drawn is on the server."""
    expect(bench.page.locator('[data-testid="region-panel"]')).not_to_have_attribute("data-drawing", "true")


@contextmanager
def worker_asleep(server: AppServer) -> Iterator[None]:
    """What is to be measured waits meanwhile."""
    assert server.process is not None
    children = subprocess.run(
        ["pgrep", "-P", str(server.process.pid)], capture_output=True, text=True, check=True
    ).stdout.split()
    for child in children:
        os.kill(int(child), signal.SIGSTOP)
    try:
        yield
    finally:
        for child in children:
            os.kill(int(child), signal.SIGCONT)


@proves(keys="spectrogram stopMeasuring", mouse="")
def test_the_spectrogram_is_made_shown_stopped_and_kept_in_sight(bench: Bench, server: AppServer) -> None:
    page = bench.page
    row = page.locator('[data-track="spectrogram"]')
    expect(row).to_have_count(0)
    with worker_asleep(server):
        bench.press("Control+Shift+F6")
        expect(row).to_have_attribute("data-state", "waits")
        bench.press("Control+Shift+F10")
        expect(row).to_have_attribute("data-state", "stopped")
        assert tracks(bench)["jobs"]["spectrogram"]["state"] == "cancelled"
        expect(page.locator('[data-testid="live"]')).to_have_text("Measuring stopped")
    row.get_by_role("button", name="Again").click()
    expect(row).to_have_attribute("data-state", "")
    length = frames(bench)
    assert tracks(bench)["spectrogram"]["levels"] == [length * 4]  # frames of 40 ms, columns of 10

    # The clip is silent for half a second, then sounds at 440 Hz for half a second: band 10 of 64, from below.
    canvas = bench.box('[data-testid="measures"]')
    x = [canvas["width"] * t * 25 / length for t in (0.25, 0.75)]
    y = 52 * (1 - 10.5 / 64)
    page.wait_for_function(f"(at) => ({INK})(at) > 100", arg=[x[1], y, x[0], y])
    assert page.evaluate(INK, [x[1], 8, x[0], 8]) < 20  # nothing at the highest pitches

    # The band holds 412.3 to 455.5 Hz, a pixel is rounded to its nearest ten.
    page.mouse.move(canvas["x"] + x[1], canvas["y"] + y)
    title = page.locator('[data-testid="measures"]').get_attribute("title") or ""
    assert 410 <= int(title.removesuffix(" Hz")) <= 460

    # It is a ruler too.
    page.mouse.click(canvas["x"] + canvas["width"] * 50.5 / length, canvas["y"] + 20)
    assert bench.settled() == (50, 50)

    page.reload()
    bench.ready()
    expect(row).to_have_attribute("data-state", "")
    bench.press("Control+Shift+F6")
    expect(row).to_have_count(0)
    page.reload()
    bench.ready()
    bench.press("Control+Shift+F10")
    expect(page.locator('[data-testid="live"]')).to_have_text("Nothing is being measured.")
    expect(row).to_have_count(0)
    assert bench.operations() == []


@proves(keys="regions motion", mouse="region")
def test_regions_are_drawn_moved_and_sized_with_the_mouse(bench: Bench) -> None:
    page = bench.page
    bench.press("Control+Shift+F9")
    expect(page.locator('[data-testid="region-panel"]')).to_contain_text("No region yet")
    drag(bench, LAST_BIT[:2], LAST_BIT[2:])
    bench.type("Last bit")
    expect(page.get_by_role("option", name="Last bit")).to_be_visible()
    ((name, *place),) = regions(bench)
    assert name == "Last bit"
    assert place == pytest.approx([8750, 2500, 1250, 2500], abs=60)  # a pixel of the page is 14 ten-thousandths
    energies = measured(bench, "Last bit")
    assert len(energies) == frames(bench)
    assert min(energies[1:]) > 200  # black to white and back; a line of the neighbours may be in it

    # Its row: a bar at every frame, to the top.
    canvas = bench.box('[data-testid="measures"]')
    middle = canvas["width"] / 2
    page.wait_for_function(f"(at) => ({INK})(at) > 60", arg=[middle, 8, middle, 1])
    page.mouse.move(canvas["x"] + middle, canvas["y"] + 8)
    shown = page.locator('[data-testid="measures"]').get_attribute("title") or ""
    frame = int(middle / canvas["width"] * frames(bench))
    assert shown.startswith(f"Last bit: {energies[frame]:.1f} grey levels, full height ")

    drag(bench, (0.94, 0.37), (0.94 - 0.5, 0.37))
    kept(bench)
    moved = regions(bench)[0]
    assert moved[1] == pytest.approx(place[0] - 5000, abs=60)
    assert moved[2:] == pytest.approx(place[1:], abs=60)
    right, bottom = (moved[1] + moved[3]) / 10_000, (moved[2] + moved[4]) / 10_000
    drag(bench, (right, bottom), (0.75, 0.9))
    kept(bench)
    sized = regions(bench)[0]
    assert sized[1:3] == moved[1:3]
    assert (sized[1] + sized[3], sized[2] + sized[4]) == (pytest.approx(7500, abs=60), pytest.approx(9000, abs=60))

    # Escape leaves it as it was; a new one can be asked for with the mouse too.
    drag(bench, (0.6, 0.6), (0.7, 0.7), let_go=False)
    bench.press("Escape")
    page.mouse.up()
    assert regions(bench)[0] == sized
    bench.click("region")
    expect(page.locator('[data-region="new"]')).to_be_visible()
    page.get_by_role("button", name="Leave").click()
    expect(page.locator('[data-region="new"]')).to_have_count(0)
    page.get_by_role("button", name="Close").click()
    expect(page.locator('[data-testid="regions"]')).to_be_hidden()

    # The tools for speed, picture and sound take the place of the list, and the list theirs.
    bench.press("Control+Shift+F9")
    bench.press("Control+Alt+Enter")
    expect(page.locator('[data-testid="region-panel"]')).to_be_hidden()
    bench.root.focus()  # a field of the tools has it, and takes text
    bench.press("Control+Shift+F8")
    expect(page.locator('[data-testid="tools"]')).to_be_hidden()
    bench.press("Escape")

    bench.press("Control+Shift+F7")
    expect(page.locator('[data-testid="measures"]')).to_be_hidden()
    bench.press("Control+Shift+F7")
    page.locator("[data-track] .wb-measure-name").click()
    expect(page.get_by_role("option", name="Last bit")).to_have_attribute("aria-selected", "true")
    assert bench.operations() == []


@proves(keys="region regions")
def test_regions_are_drawn_changed_named_and_removed_by_keys(bench: Bench) -> None:
    page = bench.page
    live = page.locator('[data-testid="live"]')
    bench.press("Control+Shift+F8")
    for key in ("ArrowLeft", "ArrowUp", "Control+ArrowUp", "Shift+ArrowRight", "Control+Shift+ArrowDown"):
        bench.press(key)
    # From the middle (3750, 3500, 2500 x 3000): one per cent each, a tenth of it with Ctrl
    expect(live).to_have_text("New region: 36.5 % from the left, 33.9 % from the top, 26 % wide, 30.1 % high")
    bench.press("Enter")
    bench.type("Hand")
    expect(page.locator('[data-testid="regions"]')).to_be_hidden()
    assert regions(bench) == [("Hand", 3650, 3390, 2600, 3010)]
    assert len(measured(bench, "Hand")) == frames(bench)

    # The same name is refused with the reason, and the region is still there to be named.
    bench.press("Control+Shift+F8")
    bench.press("Enter")
    bench.type("hand")
    expect(page.locator(".wb-notice")).to_contain_text("There is a region hand on this video already")
    bench.press("Enter")
    bench.type("Face")
    expect(page.locator('[data-testid="regions"]')).to_be_hidden()
    assert len(measured(bench, "Face")) == frames(bench)
    assert [one[0] for one in regions(bench)] == ["Hand", "Face"]

    bench.press("Control+Shift+F9")
    bench.press("ArrowUp")
    expect(live).to_contain_text("Region Hand: 36.5 % from the left")
    bench.press("Enter")
    bench.press("ArrowRight")
    bench.press("Escape")
    bench.press("Enter")
    bench.press("Shift+ArrowUp")
    bench.press("Enter")
    expect(live).to_have_text("Region Hand kept")
    assert regions(bench)[0] == ("Hand", 3650, 3390, 2600, 2910)
    bench.press("F2")
    bench.type("Left hand")
    expect(page.get_by_role("option", name="Left hand")).to_be_visible()
    bench.press("Delete")
    expect(live).to_contain_text("Once more removes it")
    assert len(regions(bench)) == 2
    bench.press("ArrowDown")
    bench.press("ArrowUp")  # another choice in between begins anew
    bench.press("Delete")
    bench.press("Delete")
    expect(live).to_have_text("Region Left hand removed")
    assert [one[0] for one in regions(bench)] == ["Face"]

    # Codes are heard meanwhile, and the arrows are the playhead's again when the list is closed.
    bench.press("s")
    bench.press("Control+Shift+F9")
    bench.press("ArrowRight")
    bench.at_frame(1)
    assert bench.kept() == [("smile", 0, None)]


def test_a_region_is_drawn_once_however_often_enter_is_pressed(bench: Bench) -> None:
    held: list[Route] = []
    bench.page.route("**/regions?*", lambda route: held.append(route))
    bench.press("Control+Shift+F8")
    bench.press("Enter")
    bench.type("Hand")
    answer = bench.next_held(held)
    bench.press("Enter")  # while the server has not answered
    expect(bench.page.locator('[data-testid="wording"]')).to_be_hidden()
    answer.continue_()
    expect(bench.page.locator('[data-testid="regions"]')).to_be_hidden()
    assert [one[0] for one in regions(bench)] == ["Hand"]


def test_a_pass_shows_nothing_of_what_it_hides(server: AppServer, page: Page, tmp_path: Path) -> None:
    bench = numbered(server, page, tmp_path, GESTURES, frames=25, sound=True)
    live = page.locator('[data-testid="live"]')
    bench.press("Control+Shift+F6")  # the first pass is coded without the sound
    expect(live).to_have_text("This pass is coded without the sound, so its picture is not shown either.")
    assert tracks(bench)["jobs"]["spectrogram"] is None
    bench.press("Control+Shift+F7")
    expect(live).to_contain_text("No region is drawn yet.")
    for name, x in (("Infant", 500), ("Caregiver", 6000)):
        place = {"name": name, "x": x, "y": 2000, "width": 2000, "height": 2000}
        server.post(f"/api/media/{bench.media}/regions", place)
    page.reload()
    bench.ready()
    names = page.locator("[data-track] .wb-measure-name")
    expect(names).to_have_text(["Infant", "Caregiver"])
    head = page.locator(".wb-ruler")
    silent_px = head.evaluate("one => one.clientHeight")
    bench.press("Shift+PageDown")  # the second hides the left half
    expect(head).to_have_css("height", f"{silent_px + WAVE_PX}px")
    expect(names).to_have_text(["Caregiver"])
    bench.press("Control+Shift+F6")
    expect(names).to_have_text(["Spectrogram", "Caregiver"])
    bench.press("Control+Shift+F8")
    bench.press("Enter")
    bench.press("Enter")  # as it is proposed, in the half that is shown
    expect(names).to_have_text(["Spectrogram", "Caregiver", "Region 3"])
    bench.press("Shift+PageUp")
    expect(names).to_have_text(["Infant", "Caregiver", "Region 3"])
    expect(head).to_have_css("height", f"{silent_px}px")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_all_rules_of_axe_hold_with_tracks_and_regions(bench: Bench, theme: str) -> None:
    bench.page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
    bench.press("Control+Shift+F6")
    bench.press("Control+Shift+F8")
    for keys in ([], ["Enter", "Enter", "Control+Shift+F9"], ["Delete"]):
        for key in keys:
            bench.press(key)
        bench.page.wait_for_timeout(300)
        found = Axe().run(bench.page, context='[data-testid="workbench"]').response["violations"]
        assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == [], keys
    assert len(regions(bench)) == 1
