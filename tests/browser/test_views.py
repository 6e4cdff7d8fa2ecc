"""What is shown of the recording and of the picture, by key and wheel. None of it changes what is coded or where."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser.bench import GESTURES, SCHEME, Bench, numbered
from browser.proofs import proves
from browser.server import AppServer
from playwright.sync_api import Page, expect

FRAMES = 1000  # 40 s: twice the window that is shown at first


def window(bench: Bench) -> tuple[int, int]:
    """The frames at both ends of the ruler, found by dragging along it; the window stays where it is meanwhile."""
    box, mouse = bench.box(".wb-ruler"), bench.page.mouse
    ends = []
    mouse.move(box["x"] + 1, box["y"] + 8)
    mouse.down()
    for share in (0.0, 1.0, 0.5):
        mouse.move(box["x"] + 1 + share * (box["width"] - 2), box["y"] + 8)
        ends.append(bench.settled()[0])
    mouse.up()
    return ends[0], ends[1]


@pytest.fixture
def long(server: AppServer, page: Page, tmp_path: Path) -> Bench:
    return numbered(server, page, tmp_path, GESTURES, frames=FRAMES)


@proves(keys="zoomIn zoomOut zoomAll zoomSelection pageForward pageBack selectAll")
def test_the_window_of_the_timeline(long: Bench) -> None:
    bench = long
    shown = bench.page.locator(".wb-span")
    for frame, key in ((300, "n"), (350, "s"), (400, "n"), (410, "u")):
        bench.go_to(frame)
        bench.press(key)
    coded = bench.kept()
    bench.press("Home")
    expect(shown).to_have_text("20.0 s shown")
    bench.press("Shift+ArrowUp")
    expect(shown).to_have_text("13.3 s shown")
    bench.press("Shift+ArrowDown")
    bench.press("Shift+ArrowDown")
    expect(shown).to_have_text("30.0 s shown")
    bench.press("F10")
    expect(shown).to_have_text("40.0 s shown")
    first, last = window(bench)
    assert first == 0
    assert last >= FRAMES - 2
    bench.press("F10")
    expect(shown).to_have_text("20.0 s shown")

    bench.press("Home")
    bench.press("PageDown")
    assert bench.settled() == (500, 500)
    bench.press("a")  # no code of this pass
    bench.press("PageUp")
    assert bench.settled() == (0, 0)

    # The selection with a margin of 8 percent: the smile of 2 s, then all that is neutral.
    bench.go_to(350)
    bench.press("Escape")
    bench.press("Enter")
    bench.press("Control+F10")
    expect(shown).to_have_text("2.3 s shown")
    assert window(bench) == (346, 403)
    bench.go_to(310)
    bench.press("Escape")
    bench.press("Enter")
    bench.press("Control+a")
    bench.press("Control+F10")
    expect(shown).to_have_text("5.1 s shown")

    # The wheel shows more or less time where the pointer is; with Shift it goes along.
    box = bench.box(".wb-ruler")
    bench.press("F10")
    bench.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 100)
    bench.page.mouse.wheel(0, -433)  # exp(-433 * 0.0016) is a half
    expect(shown).to_have_text("20.0 s shown")
    before = window(bench)
    assert abs(sum(before) / 2 - FRAMES / 2) <= 2
    bench.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 100)
    bench.page.keyboard.down("Shift")
    bench.page.mouse.wheel(0, -box["width"] / 4)
    bench.page.keyboard.up("Shift")
    after = window(bench)
    assert [round((b - a) / 5) for a, b in zip(before, after, strict=True)] == [-25, -25]  # a quarter of 500 frames
    assert bench.kept() == coded


@proves(keys="louder quieter pictureIn pictureOut pictureRight pictureUp pictureDown darker moreContrast")
def test_the_picture_and_the_sound(server: AppServer, page: Page, tmp_path: Path) -> None:
    bench = numbered(server, page, tmp_path, SCHEME, sound=True)
    transform = lambda: page.locator(".wb-picture").evaluate("e => e.style.transform")  # noqa: E731
    for _ in range(2):
        bench.press("Control+Shift+ArrowDown")
    bench.press("Control+Shift+ArrowUp")
    assert page.evaluate("[__video.volume, __video.muted]") == [0.9, False]
    for _ in range(2):
        bench.press("Alt+PageUp")
    bench.press("Alt+PageDown")
    assert "scale(1.25)" in transform()
    for key, moved in (("ArrowRight", "-10%, 0%"), ("ArrowDown", "-10%, -10%"), ("ArrowUp", "-10%, 0%")):
        bench.press(f"Alt+Shift+{key}")
        assert f"translate({moved})" in transform(), key
    bench.press("Alt+PageDown")
    assert transform() == ""
    bench.press("Control+Alt+PageDown")
    bench.press("Control+Alt+Shift+PageUp")
    assert page.evaluate("__video.style.filter") == "brightness(0.9) contrast(1.1)"
    bench.go_to(77)
    bench.press("a")
    assert bench.kept() == [("mark_a", 77, None)]
    bench.press("Alt+Home")
