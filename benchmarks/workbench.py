"""Times the workbench in a real browser: key to drawn, key to durable acknowledgement, frame steps, start of the app.

    python benchmarks/workbench.py [drawn] [acknowledged] [step] [start]

The coding has 50,000 events spread over an hour of video; keys are timed while it stands still and while it plays, when the
jobs of the import are done. Held steps are frames shown a second while a keyboard repeats the key 30 times a second. Each
figure stands beside a named peer measured in the same run, so that the ratio means the same on every machine:
- drawn: a blank page that fills one rectangle on a canvas at the key; while playing, the same with frames running;
- acknowledged: a bare Starlette route that commits one row to SQLite (WAL, synchronous=FULL) and answers an idle page;
- step: the same steps in a bare <video> on the original file, keyframes 250 frames apart;
- start: an empty Streamlit app of one line, to its first drawn text.
"""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from browser.bench import LISTENER, SCHEME, Bench, new_coding  # noqa: E402
from browser.chromium import ARGUMENTS, find_or_install  # noqa: E402
from browser.server import AppServer, free_port  # noqa: E402
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

EVENTS = 50_000
HOUR_US = 3_600_000_000
KEYS = 240
STEPS = 60


def percentile(values: list[float], p: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(p / 100 * (len(ordered) - 1)))]


def report(name: str, ours: list[float], peer_name: str, peer: list[float]) -> None:
    line = {
        "figure": name,
        "n": len(ours),
        "median_ms": round(statistics.median(ours), 1),
        "p95_ms": round(percentile(ours, 95), 1),
        "peer": peer_name,
        "peer_median_ms": round(statistics.median(peer), 1),
        "peer_p95_ms": round(percentile(peer, 95), 1),
        "ratio_of_medians": round(statistics.median(ours) / statistics.median(peer), 2),
    }
    print(json.dumps(line), flush=True)


# Key to drawn and key to acknowledged, both heard by one script: times are the key event's own clock. Drawn is the end of the
# frame in which the timeline's canvas was first drawn on after the key. The script asks for no frame itself: one that it asked
# for would be painted, empty, before the page's own.
TIMING = """
window.__drawn = []; window.__acknowledged = [];
let pressed = null;
for (const way of ["fill", "drawImage"]) {
  const draw = CanvasRenderingContext2D.prototype[way];
  CanvasRenderingContext2D.prototype[way] = function (...what) {
    if (pressed !== null && this.canvas.dataset?.testid === "lanes") {
      const [channel, from] = [new MessageChannel(), pressed];
      pressed = null;
      channel.port1.onmessage = () => window.__drawn.push(performance.now() - from);
      channel.port2.postMessage(0);
    }
    return draw.apply(this, what);
  };
}
window.addEventListener("keydown", (event) => {
  if (event.key !== "a") return;
  const at = (pressed = event.timeStamp);
  const root = document.querySelector('[data-testid="workbench"]');
  if (!root) return;
  const before = Number(root.dataset.revision) + Number(root.dataset.pending);
  const seen = new MutationObserver(() => {
    if (Number(root.dataset.revision) > before && root.dataset.pending === "0") {
      window.__acknowledged.push(performance.now() - at);
      seen.disconnect();
    }
  });
  seen.observe(root, { attributes: true, attributeFilter: ["data-revision", "data-pending"] });
}, true);
"""

BLANK = """<canvas width="900" height="300" data-testid="lanes"></canvas><script>
const pen = document.querySelector("canvas").getContext("2d");
let x = 0;
addEventListener("keydown", () => requestAnimationFrame(() => {
  pen.beginPath(); pen.rect((x += 3) % 900, 0, 2, 300); pen.fill();
}));
</script>"""

BARE_COMMIT = """
import sqlite3, sys
import uvicorn
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, JSONResponse
from starlette.routing import Route
base = sqlite3.connect(sys.argv[1], check_same_thread=False, isolation_level=None)
base.execute("pragma journal_mode=wal"); base.execute("pragma synchronous=full")
base.execute("create table row (id integer primary key, body text)")
async def home(request): return HTMLResponse("<p>peer</p>")
async def commit(request):
    body = await request.body()
    base.execute("insert into row (body) values (?)", (body.decode(),))
    return JSONResponse({"ok": True})
app = Starlette(routes=[Route("/", home), Route("/commit", commit, methods=["POST"])])
uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[2]), log_level="error")
"""


def big_coding(server: AppServer, media: str) -> str:
    """A coding of EVENTS points spread over the hour, every one of them an operation of the journal."""
    from coder_app.codebook.load import read
    from coder_app.workflow import codings, people
    from coder_app.workflow.opening import open_lab

    made = server.command("coding", "new", "--media", media, "--scheme", str(SCHEME), "--coder", "Ben")
    lab = open_lab(server.data)
    try:
        row = lab.store.get("coding", made["id"])
        person = people.named(lab, "Big")
        events = [
            {"kind": "point", "stream": "marks", "code": f"mark_{'abcd'[i % 4]}", "onset_us": i * HOUR_US // EVENTS}
            for i in range(EVENTS)
        ]
        return codings.import_coding(
            lab, row["observation_id"], person["id"], read(SCHEME), SCHEME.read_text(), events, {}, False, submitted=False
        )["id"]
    finally:
        lab.close()


def keys(page: Page) -> None:
    """Some three keys a second, unevenly, so that they fall in step with nothing that the page does by itself, and held as
    long as a finger holds them: one let go within the millisecond is a second input, for which answers are kept back again."""
    uneven = random.Random(1)
    for _ in range(KEYS):
        page.keyboard.press("a", delay=uneven.uniform(80, 140))
        page.wait_for_timeout(uneven.uniform(60, 320))


def time_keys(browser: Browser, folder: Path) -> None:
    server = AppServer(folder / "keys").start()
    try:
        clip = folder / "hour.mp4"
        make_hour(clip)
        media, _ = new_coding(server, clip)
        coding = big_coding(server, media)
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        page.add_init_script(LISTENER + TIMING)
        bench = Bench(page, server, coding).open()
        page.wait_for_function(NO_JOBS, polling=500, timeout=600_000)
        page.evaluate("window.__video = null")  # so that no picture is taken and read at a key, as the tests do
        timed = {"paused": timed_keys(bench, playing=False), "playing": timed_keys(bench, playing=True)}
        page.close()
    finally:
        server.kill()

    peers = {"paused": blank_canvas(browser), "playing": blank_canvas(browser, FRAMES_RUN)}
    commits = bare_commits(browser, folder)
    for way, (drawn, acknowledged) in timed.items():
        report(f"key to drawn, 50,000 events, {way}", drawn, "blank canvas", peers[way])
        report(f"key to durable acknowledgement, 50,000 events, {way}", acknowledged, "bare commit route", commits)


FRAMES_RUN = "(function tick() { requestAnimationFrame(tick); })()"


def blank_canvas(browser: Browser, also: str = "") -> list[float]:
    """Key to drawn on a blank page that does `also`, in milliseconds."""
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.goto("about:blank")
    page.set_content(BLANK)
    page.evaluate(TIMING + also)
    keys(page)
    drawn = list(page.evaluate("__drawn"))
    page.close()
    return drawn


NO_JOBS = """async () => {
  const jobs = await (await fetch("/api/jobs")).json();
  return !jobs.some((job) => ["waiting", "running"].includes(job.state));
}"""


def timed_keys(bench: Bench, playing: bool) -> list[list[float]]:
    """[key to drawn, key to acknowledged] of KEYS presses, in milliseconds."""
    bench.page.evaluate("__drawn.length = __acknowledged.length = 0")
    if playing:
        bench.press("Space")
    keys(bench.page)
    if playing:
        bench.press("Space")
    bench.saved()
    return list(bench.page.evaluate("[__drawn, __acknowledged]"))


def bare_commits(browser: Browser, folder: Path) -> list[float]:
    port = free_port()
    peer = subprocess.Popen([sys.executable, "-c", BARE_COMMIT, str(folder / "peer.sqlite"), str(port)])
    try:
        page = browser.new_page()
        for _ in range(100):
            try:
                page.goto(f"http://127.0.0.1:{port}/")
                break
            except Exception:
                time.sleep(0.1)
        return list(
            page.evaluate(
                """async (n) => { const times = [];
                for (let i = 0; i < n; i += 1) {
                  const start = performance.now();
                  await (await fetch("/commit", { method: "POST", body: "x".repeat(400) })).json();
                  times.push(performance.now() - start);
                  await new Promise((done) => setTimeout(done, 150 + 300 * Math.random()));
                } return times; }""",
                KEYS,
            )
        )
    finally:
        peer.kill()


STEP = """async ([n, back]) => {
  const root = document.querySelector('[data-testid="workbench"]'); const times = [];
  for (let i = 0; i < n; i += 1) {
    const from = root.dataset.frame; const start = performance.now();
    window.dispatchEvent(new KeyboardEvent("keydown", { key: back ? "ArrowLeft" : "ArrowRight",
      code: back ? "ArrowLeft" : "ArrowRight", bubbles: true, cancelable: true }));
    window.dispatchEvent(new KeyboardEvent("keyup", { key: "ArrowRight", code: "ArrowRight", bubbles: true }));
    while (root.dataset.frame === from) await new Promise((done) => requestAnimationFrame(done));
    times.push(performance.now() - start);
    await new Promise((done) => setTimeout(done, 30));
  } return times; }"""

BARE_STEP = """async ([n, back, frame]) => {
  const video = document.querySelector("video"); const times = [];
  for (let i = 0; i < n; i += 1) {
    const start = performance.now();
    const shown = new Promise((done) => video.requestVideoFrameCallback(done));
    video.currentTime += back ? -frame : frame; await shown;
    times.push(performance.now() - start);
  } return times; }"""


def time_steps(browser: Browser, folder: Path) -> None:
    clip = folder / "hd.mp4"
    make_hd(clip)
    server = AppServer(folder / "steps").start()
    try:
        media, coding = new_coding(server, clip)
        wait_for_working_copy(server, media)
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        page.add_init_script(LISTENER)
        bench = Bench(page, server, coding).open()
        ours = page.evaluate(STEP, [STEPS, False]) + page.evaluate(STEP, [STEPS, True])
        held = {way: held_steps(bench, key) for way, key in (("forward", "ArrowRight"), ("back", "ArrowLeft"))}
        print(json.dumps({"figure": "held steps a second, 1080p working copy"} | held), flush=True)
        bench.saved()
        page.goto(f"{server.address}/api/health")
        page.set_content(f'<video muted src="{server.address}/api/media/{media}/video?original=1"></video>')
        page.wait_for_function("document.querySelector('video').readyState >= 2")
        peer = page.evaluate(BARE_STEP, [STEPS // 3, False, 1 / 30]) + page.evaluate(BARE_STEP, [STEPS // 3, True, 1 / 30])
        report("frame step, 1080p working copy, both ways", ours, "bare <video>, original", peer)
        page.close()
    finally:
        server.kill()


def held_steps(bench: Bench, key: str) -> float:
    """Frames shown a second while `key` is held for three seconds."""
    page = bench.page
    page.evaluate(COUNT_SHOWN)
    start = time.perf_counter()
    while time.perf_counter() - start < 3:
        page.keyboard.down(key)
        page.wait_for_timeout(1000 / 30)
    page.keyboard.up(key)
    shown = int(page.evaluate("__shown"))
    return round(shown / (time.perf_counter() - start), 1)


COUNT_SHOWN = """() => {
  window.__shown = 0;
  const root = document.querySelector('[data-testid="workbench"]');
  let last = root.dataset.frame;
  new MutationObserver(() => {
    if (root.dataset.frame !== last) window.__shown += 1;
    last = root.dataset.frame;
  }).observe(root, { attributeFilter: ["data-frame"] });
}"""


def make_hour(path: Path) -> None:
    """An hour of a small, nearly still picture at 25 frames a second."""
    import av
    import numpy as np

    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=25)
        stream.width, stream.height, stream.pix_fmt = 64, 36, "yuv420p"
        stream.options = {"g": "12", "bf": "0", "preset": "ultrafast"}
        for i in range(HOUR_US // 40_000):
            out.mux(stream.encode(av.VideoFrame.from_ndarray(np.full((54, 64), 16 + i % 200, np.uint8), format="yuv420p")))
        out.mux(stream.encode(None))


def make_hd(path: Path) -> None:
    """1080p, 30 fps, 8 Mbit/s, a keyframe every 250 frames, with moving texture so that the bits are spent."""
    import av
    import numpy as np

    rng = np.random.default_rng(1)
    texture = rng.integers(0, 255, (1080 // 8, 3840 // 8, 3), np.uint8).repeat(8, 0).repeat(8, 1)
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=30)
        stream.width, stream.height, stream.pix_fmt, stream.bit_rate = 1920, 1080, "yuv420p", 8_000_000
        stream.options = {"g": "250", "keyint_min": "250", "sc_threshold": "0", "preset": "veryfast"}
        for i in range(300):
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(np.roll(texture, -6 * i, 1)[:, :1920]), format="rgb24")
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))


def wait_for_working_copy(server: AppServer, media: str) -> None:
    for _ in range(1200):
        row: dict[str, Any] = next(m for m in server.command("media", "list") if m["id"] == media)
        if row["working_copy"] == "ready":
            return
        time.sleep(0.5)
    raise RuntimeError("the working copy was not made")


def time_start(browser: Browser, folder: Path) -> None:
    """From the command to a page one can use: a new folder (sample study copied in), then the same folder again."""
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    first, again, peer = [], [], []
    for n in range(3):
        server = AppServer(folder / f"start-{n}")
        for times in (first, again):
            began = time.perf_counter()
            server.start()
            page.goto(server.address)
            page.get_by_text("Continue").first.wait_for()
            times.append((time.perf_counter() - began) * 1000)
            server.kill()
        peer.append(streamlit_start(page, folder))
    report("coder-app to a usable page, new data folder", first, "one-line Streamlit app", peer)
    report("coder-app to a usable page, again", again, "one-line Streamlit app", peer)
    page.close()


def streamlit_start(page: Page, folder: Path) -> float:
    script, port = folder / "hello.py", free_port()
    script.write_text("import streamlit as st\nst.write('hello there')\n")
    began = time.perf_counter()
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            str(script),
            "--server.port",
            str(port),
            "--server.headless",
            "true",
            "--server.address",
            "127.0.0.1",
            "--browser.gatherUsageStats",
            "false",
        ],
        stdout=subprocess.DEVNULL,
    )
    try:
        while True:
            try:
                page.goto(f"http://127.0.0.1:{port}/")
                page.get_by_text("hello there").wait_for()
                return (time.perf_counter() - began) * 1000
            except Exception:
                time.sleep(0.05)
    finally:
        process.kill()


def main(names: list[str]) -> None:
    figures = {"drawn": time_keys, "acknowledged": time_keys, "step": time_steps, "start": time_start}
    wanted = dict.fromkeys(figures[name] for name in names or figures)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(find_or_install()), args=list(ARGUMENTS))
        for figure in wanted:
            figure(browser, Path(folder))
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
