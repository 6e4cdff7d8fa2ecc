"""Frame truth: the frame an event is recorded at is the frame that was on the screen during its key press.

Every frame of the clips carries its own number as a bar code. A listener of the same key event reads it from the picture;
what reaches the journal must be equal, at every speed, idle or stalled. Steps and seeks must show the frame they claim.
A press during which the picture itself changed counts for nothing and is made again.
Presses: 9 clips x 3 speeds x stalled or not x 6 = 324 or more. Steps and seeks: 9 clips x (64 + 56) = 1,080.
"""

from __future__ import annotations

import random

import numpy as np
import pytest
from browser.bench import KEYS, Bench, new_coding, opened
from browser.server import AppServer
from clips import numbered_clip
from playwright.sync_api import Page

KINDS = ("25", "29.97", "59.94", "vfr", "bframes", "longgop", "start2s", "editlist", "webm")
SPEEDS = (0.5, 1.0, 2.0)
PRESSES = 6
MOST_ROUNDS = 4
STEPS = 64
SEEKS = 56

STALL = """
window.__stall = (on) => {
  clearInterval(window.__stalling);
  if (on) window.__stalling = setInterval(() => {
    const until = performance.now() + 90;
    while (performance.now() < until) { /* the main thread is busy */ }
  }, 120);
};
"""


def frame_of(server: AppServer, media: str, onsets_us: list[int]) -> list[int]:
    """The index of each onset in the frame table; every onset must be the very time of a frame."""
    import urllib.request

    with urllib.request.urlopen(f"{server.address}/api/media/{media}/frames") as answer:
        times = np.frombuffer(answer.read(), "<i8") + int(answer.headers["X-Observation-Offset-Us"])
    frames = np.searchsorted(times, onsets_us)
    assert list(times[frames]) == list(onsets_us)
    return [int(f) for f in frames]


def recorded(server: AppServer, coding: str) -> list[dict]:
    """The points of a coding in the order in which they were made (ids are UUIDv7)."""
    events = [e for e in server.get(f"/api/codings/{coding}")["events"] if e["kind"] == "point"]
    return sorted(events, key=lambda e: e["id"])


@pytest.fixture(params=KINDS)
def bench(request: pytest.FixtureRequest, server: AppServer, page: Page, tmp_path_factory: pytest.TempPathFactory) -> Bench:
    kind = request.param
    clip = tmp_path_factory.mktemp("clips") / f"numbered-{kind}{'.webm' if kind == 'webm' else '.mp4'}"
    numbered_clip(clip, kind)
    media, coding = new_coding(server, clip)
    page.add_init_script(STALL)
    bench = opened(server, page, coding, media)
    bench.seed = KINDS.index(kind)  # type: ignore[attr-defined]
    return bench


def assert_true(bench: Bench) -> int:
    """Every event lies on the frame its key press saw; gives the number of presses during which the picture stood."""
    bench.saved()
    presses = bench.presses()
    events = recorded(bench.server, bench.coding)
    assert [e["code"][-1] for e in events] == [p["key"] for p in presses]
    frames = frame_of(bench.server, bench.media, [e["onset_us"] for e in events])
    seen = [(frame, p["before"], p["after"]) for frame, p in zip(frames, presses, strict=True)]
    assert [s for s in seen if not s[1] <= s[0] <= s[2] and not s[2] <= s[0] <= s[1]] == []
    return sum(before == after for _, before, after in seen)


@pytest.mark.timeout(280)
def test_presses_while_playing(bench: Bench) -> None:
    rng = random.Random(bench.seed)
    stood = 0
    for _ in range(MOST_ROUNDS):
        for speed in SPEEDS:
            for stalled in (False, True):
                play_and_press(bench, rng, speed, stalled)
        stood = assert_true(bench)
        if stood >= len(SPEEDS) * 2 * PRESSES:
            break
    assert stood >= len(SPEEDS) * 2 * PRESSES, "the picture changed in too many presses to tell"
    assert len({e["onset_us"] for e in recorded(bench.server, bench.coding)}) > PRESSES, "the clip did not play"


def play_and_press(bench: Bench, rng: random.Random, speed: float, stalled: bool) -> None:
    bench.press("Home")
    bench.page.wait_for_timeout(150)
    bench.page.evaluate("([speed, stalled]) => { __video.playbackRate = speed; __stall(stalled) }", [speed, stalled])
    bench.press("Space")
    bench.page.wait_for_timeout(120)
    for _ in range(PRESSES):
        bench.page.wait_for_timeout(rng.uniform(20, 180))
        bench.press(rng.choice(KEYS))
    bench.page.evaluate("__stall(false)")
    bench.press("Space")
    bench.page.wait_for_timeout(60)


@pytest.mark.timeout(280)
def test_steps_and_seeks(bench: Bench) -> None:
    rng = random.Random(bench.seed)
    shown: list[tuple[int, int]] = []
    for key in ["ArrowRight"] * (STEPS // 2) + [rng.choice(["ArrowRight", "ArrowLeft"]) for _ in range(STEPS // 2)]:
        bench.press(key)
        bench.press(rng.choice(KEYS))
        shown.append(bench.settled())
    overview = bench.page.locator('[data-testid="overview"]')
    box = overview.bounding_box()
    assert box is not None
    for _ in range(SEEKS):
        overview.click(position={"x": rng.uniform(2, box["width"] - 2), "y": box["height"] / 2})
        bench.press(rng.choice(KEYS))
        shown.append(bench.settled())
    assert [(claimed, seen) for claimed, seen in shown if claimed != seen] == []
    assert len({seen for _, seen in shown}) > STEPS // 4
    assert_true(bench)
