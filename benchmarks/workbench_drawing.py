"""Times the drawing of the workbench in a real browser: pan, zoom and playback, and how long a coding takes to open.

    python benchmarks/workbench_drawing.py [drawing] [opening]

One coding has 50,000 events over an hour of video, its peer in the same run is an empty coding of the same video; the jobs of
the import are done. Script and paint are what the page's main thread did in each frame, by its own clock in the browser's
trace (its waits are told apart). Of panning and zooming only frames count in which the events were drawn: the others are idle
and would flatter the figure. A frame is missed where the next one came later than the screen would have shown it. Opening is
from the click on Continue on a loaded Studies page to `data-ready`.
"""

from __future__ import annotations

import bisect
import json
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))
sys.path.insert(0, str(ROOT / "benchmarks"))

from browser.bench import LISTENER, Bench, new_coding  # noqa: E402
from browser.chromium import ARGUMENTS, find_or_install  # noqa: E402
from browser.server import AppServer  # noqa: E402
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402
from workbench import NO_JOBS, big_coding, make_hour, percentile  # noqa: E402

WORK = {"FunctionCall", "EventDispatch", "FireAnimationFrame", "TimerFire", "RunMicrotasks", "Layout", "UpdateLayoutTree"}
WORK |= {"PrePaint", "Paint", "Layerize", "Commit", "HitTest", "UpdateLayer"}
FRAME = "Commit"
TRACED = ("devtools.timeline", "disabled-by-default-devtools.timeline", "blink.user_timing")
MOVES = 120
PLAYED_MS = 8_000
OPENINGS = 5

DRAWN = "events drawn"
MARKING = f"""
const clear = CanvasRenderingContext2D.prototype.clearRect;
CanvasRenderingContext2D.prototype.clearRect = function (...where) {{
  if (this.canvas.className === "wb-lanes") performance.mark("{DRAWN}");
  return clear.apply(this, where);
}};
"""
INTERVALS = """() => {
  window.__frames = [];
  let last = null;
  const next = (now) => {
    if (!window.__frames) return;
    if (last !== null) window.__frames.push(now - last);
    last = now;
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
}"""


class Frames(NamedTuple):
    """Of the frames that count: `work_ms` is script and paint by the clock of the main thread itself, `span_ms` the same
    with its waits for other threads and processes. `missed` is the share of frames that came too late."""

    work_ms: list[float]
    span_ms: list[float]
    missed: float


def traced(browser: Browser, page: Page, act: Callable[[Page], None]) -> Frames:
    """What the frames cost while `act` runs."""
    browser.start_tracing(page=page, categories=list(TRACED))
    page.evaluate(INTERVALS)
    act(page)
    intervals = page.evaluate("(() => { const all = window.__frames; window.__frames = null; return all; })()")
    events = json.loads(browser.stop_tracing())["traceEvents"]
    screen = statistics.median(intervals)
    missed = sum(max(0, round(each / screen) - 1) for each in intervals)
    idle = act is play
    return Frames(work_of(events, "tts", "tdur", idle), work_of(events, "ts", "dur", idle), missed / (len(intervals) + missed))


def work_of(events: list[dict[str, Any]], start: str, length: str, idle: bool) -> list[float]:
    """The main thread's script and paint, in ms, of each frame up to its commit; nested spans counted once. `start` and
    `length` name the clock in the trace; `idle` frames, which drew no events, count or don't."""
    threads = statistics.multimode([(e["pid"], e["tid"]) for e in events if e.get("name") == FRAME])
    mine = [e for e in events if (e["pid"], e["tid"]) == threads[0] and start in e]
    frames = sorted(e[start] + e.get(length, 0) for e in mine if e["name"] == FRAME)
    spans = sorted((e[start], e[start] + e.get(length, 0)) for e in mine if e["name"] in WORK and e.get("ph") == "X")
    drew = {bisect.bisect_left(frames, e[start]) for e in mine if e["name"] == DRAWN}
    found = [0.0] * len(frames)
    at, until = 0, 0.0
    for begun, ended in spans:
        while at < len(frames) and frames[at] <= begun:
            at += 1
        if at < len(frames) and ended > until:
            found[at] += (ended - max(begun, until)) / 1000
            until = ended
    return [work for n, work in enumerate(found) if idle or n in drew]


def pan(page: Page) -> None:
    for n in range(MOVES):
        page.mouse.wheel(60 if n % 40 < 20 else -60, 0)
        page.wait_for_timeout(16)


def zoom(page: Page) -> None:
    for n in range(MOVES):
        page.mouse.wheel(0, 60 if n % 60 < 30 else -60)
        page.wait_for_timeout(16)


def play(page: Page) -> None:
    page.keyboard.press("Space")
    page.wait_for_timeout(PLAYED_MS)
    page.keyboard.press("Space")


def drawing(browser: Browser, server: AppServer, codings: dict[str, str]) -> None:
    figures: dict[str, dict[str, Frames]] = {}
    for name, coding in codings.items():
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        page.add_init_script(LISTENER + MARKING)
        Bench(page, server, coding).open()
        page.mouse.move(700, 720)
        page.wait_for_timeout(2_000)
        page.wait_for_function(NO_JOBS, polling=500, timeout=600_000)
        for what, act in {"pan": pan, "zoom": zoom, "playback": play}.items():
            figures.setdefault(what, {})[name] = traced(browser, page, act)
        page.close()
    for what, both in figures.items():
        ours, peer = both["50,000 events"], both["empty"]
        line = {
            "figure": f"{what}, 50,000 events",
            "frames": len(ours.work_ms),
            "script_and_paint_median_ms": round(statistics.median(ours.work_ms), 1),
            "script_and_paint_p95_ms": round(percentile(ours.work_ms, 95), 1),
            "with_waits_p95_ms": round(percentile(ours.span_ms, 95), 1),
            "peer": "the same with an empty coding",
            "peer_p95_ms": round(percentile(peer.work_ms, 95), 1),
            "peer_with_waits_p95_ms": round(percentile(peer.span_ms, 95), 1),
            "missed_percent": round(100 * ours.missed, 1),
            "peer_missed_percent": round(100 * peer.missed, 1),
        }
        print(json.dumps(line), flush=True)


def opening(browser: Browser, server: AppServer, codings: dict[str, str]) -> None:
    """The link that Continue is, followed inside the loaded app."""
    times: dict[str, list[float]] = {name: [] for name in codings}
    for _ in range(OPENINGS):
        for name, coding in codings.items():
            page = browser.new_page(viewport={"width": 1366, "height": 768})
            page.goto(server.address)
            page.locator('a[href*="coding="], [data-testid="stApp"] button').first.wait_for(timeout=60_000)
            page.wait_for_timeout(1_500)
            link = page.locator(f'a[href*="coding={coding}"]')
            began = page.evaluate("performance.now()")
            if link.count() > 0:
                link.first.click()
            else:
                page.evaluate("(to) => { location.href = to; }", f"{server.address}/code?coding={coding}")
                began = 0.0
            page.wait_for_selector('[data-testid="workbench"][data-ready="true"]', timeout=60_000)
            times[name].append(page.evaluate("performance.now()") - began)
            page.close()
    ours, peer = times["50,000 events"], times["empty"]
    line = {
        "figure": "Continue to data-ready, 50,000 events",
        "n": len(ours),
        "median_ms": round(statistics.median(ours)),
        "peer": "the same with an empty coding",
        "peer_median_ms": round(statistics.median(peer)),
        "above_peer_ms": round(statistics.median(ours) - statistics.median(peer)),
    }
    print(json.dumps(line), flush=True)


def main(names: list[str]) -> None:
    figures = {"drawing": drawing, "opening": opening}
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        folder = Path(place)
        browser = playwright.chromium.launch(executable_path=str(find_or_install()), args=list(ARGUMENTS))
        server = AppServer(folder / "drawing").start()
        try:
            clip = folder / "hour.mp4"
            make_hour(clip)
            media, empty = new_coding(server, clip)
            codings = {"50,000 events": big_coding(server, media), "empty": empty}
            for name in names or figures:
                figures[name](browser, server, codings)
        finally:
            server.kill()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
