"""What the browser tests do at the workbench: make a coding, open it, press keys, read what was on the screen."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from browser.proofs import RECORDER
from browser.server import AppServer
from clips import BARCODE_JS, numbered_clip
from playwright.sync_api import Page, Route

HERE = Path(__file__).parent
SCHEME = HERE / "points.yaml"
GESTURES = HERE / "gestures.yaml"
CODING = HERE / "coding.yaml"
LANES = '[data-testid="lanes"]'
ROW_Y = 20.0  # within the first row
FRAME_US = 40_000  # of a clip with 25 frames a second
KEYS = "abcdr"
CODE_OF_KEY = {key: f"mark_{key}" for key in KEYS}

# What the picture showed during the very key event that codes it: taken by two listeners, one before the page's own and one
# after it. Taking a picture costs microseconds; its bar code is read from the pixels afterwards, which takes milliseconds in
# which a playing video moves on. Where the two differ the picture changed while the event was handed on, and the page may
# have seen either.
LISTENER = (
    BARCODE_JS
    + """
window.readBarcode = readBarcode;
window.__presses = [];
const coded = (event) => window.__video && !event.repeat && "abcdrsn".includes(event.key);
const take = (press, edge) => {
  const picture = new VideoFrame(window.__video);
  setTimeout(() => { press[edge] = readBarcode(picture); picture.close(); }, 0);
};
window.addEventListener("keydown", (event) => {
  if (!coded(event)) return;
  window.__presses.push({ key: event.key });
  take(window.__presses.at(-1), "before");
}, true);
window.__listenAfter = () => window.addEventListener("keydown", (event) => {
  if (coded(event)) take(window.__presses.at(-1), "after");
}, true);
"""
)
READY = "window.__video ??= (__listenAfter(), document.querySelector('video[data-media]'))"
SETTLED = """async () => {
  const root = document.querySelector('[data-testid="workbench"]');
  const paint = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  await paint();
  while (__video.seeking || root.dataset.seeking === "true") await paint();
  await paint();
  return [Number(root.dataset.frame), readBarcode(__video)];
}"""


@dataclass
class Bench:
    """A page with a workbench in it."""

    page: Page
    server: AppServer
    coding: str
    media: str = ""

    @property
    def root(self) -> Any:
        return self.page.locator('[data-testid="workbench"]')

    def open(self) -> Bench:
        self.page.goto(f"{self.server.address}/code?coding={self.coding}")
        return self.ready()

    def ready(self, timeout: float = 60) -> Bench:
        self.page.wait_for_selector('[data-testid="workbench"][data-ready="true"]', timeout=timeout * 1000)
        self.page.evaluate(READY)
        self.page.evaluate(RECORDER)
        return self

    def box(self, selector: str) -> dict[str, float]:
        """Where an element is on the page: x, y, width, height in pixels."""
        found = self.page.locator(selector).bounding_box()
        assert found is not None, f"{selector} is not shown"
        return dict(found)  # type: ignore[arg-type]

    def click(self, command: str, within: str = "") -> None:
        """Clicks the button of a command."""
        self.page.locator(f"{within} [data-command={command}]").first.click()

    def attribute(self, name: str) -> str:
        return str(self.root.get_attribute(f"data-{name}"))

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Types into the field that has the focus, and Enter."""
        self.page.keyboard.type(text)
        self.press("Enter")

    def press_at(self, frame: int, *keys: str) -> None:
        self.to_frame(frame)
        for key in keys:
            self.press(key)

    def to_frame(self, frame: int) -> None:
        """By whole seconds, then by single steps, which count as watched."""
        self.press("Home")
        seconds, frames = divmod(frame, 25)
        for key in ["."] * seconds + ["ArrowRight"] * frames:
            self.press(key)
            self.seeked()
        self.at_frame(frame)

    def go_to(self, frame: int) -> None:
        """By its number; nothing is watched on the way."""
        self.press("Control+g")
        self.type(f"f{frame}")
        self.at_frame(frame)

    def step(self, frames: int) -> None:
        for _ in range(frames):
            self.press("ArrowRight")
            self.seeked()

    def seeked(self) -> None:
        self.page.wait_for_selector('[data-testid="workbench"][data-seeking="false"]')

    def at_frame(self, frame: int) -> None:
        self.page.wait_for_selector(f'[data-testid="workbench"][data-frame="{frame}"][data-seeking="false"]')

    def settled(self) -> tuple[int, int]:
        """(frame claimed, frame seen) once the video has stopped seeking and two frames were painted."""
        return tuple(self.page.evaluate(SETTLED))

    def events(self) -> list[dict[str, Any]]:
        """What the server keeps."""
        self.saved()
        return list(self.server.get(f"/api/codings/{self.coding}")["events"])

    def kept(self, *fields: str) -> list[tuple[Any, ...]]:
        """The events on the server by onset: code, onset and offset in frames, and the fields asked for."""
        rows = sorted(self.events(), key=lambda e: (e["onset_us"] if e["onset_us"] is not None else -1, e["code"]))
        return [(e["code"], frame_at(e["onset_us"]), frame_at(e["offset_us"]), *(e[name] for name in fields)) for e in rows]

    def one(self, code: str) -> dict[str, Any]:
        """The event of that code on the server."""
        return next(e for e in self.events() if e["code"] == code)

    def operations(self) -> list[dict[str, Any]]:
        """What the journal holds of this coding, without what was watched."""
        self.saved()
        return [o for o in journal(self.server.data) if o["coding"] == self.coding and o["kind"] not in ("cover", "uncover")]

    def saved(self, timeout: float = 30) -> None:
        """Waits until every operation is acknowledged."""
        self.page.wait_for_selector('[data-testid="workbench"][data-pending="0"]', timeout=timeout * 1000)

    def next_held(self, held: list[Route]) -> Route:
        """The newest request that a route of the test holds back, as soon as there is one."""
        for _ in range(500):
            if held:
                break
            self.page.wait_for_timeout(20)
        return held.pop()

    def presses(self) -> list[dict[str, Any]]:
        return list(self.page.evaluate("window.__presses"))

    def on_screen(self) -> int:
        """The frame on the screen, read from its bar code."""
        return int(self.page.evaluate("readBarcode(window.__video)"))


class Mouse:
    """Points at frames of a clip that is shown whole."""

    def __init__(self, bench: Bench) -> None:
        self.bench, self.mouse = bench, bench.page.mouse
        self.box = bench.box(LANES)
        self.end_us = int(bench.server.get(f"/api/codings/{bench.coding}")["observation"]["end_us"])

    def x(self, frame: float) -> float:
        return self.box["x"] + frame * FRAME_US / self.end_us * self.box["width"]

    def to(self, frame: float, y: float = ROW_Y, off: float = 0) -> None:
        self.mouse.move(self.x(frame) + off, self.box["y"] + y)

    def drag(self, a: float, b: float, off: float = 0, y: float = ROW_Y) -> None:
        """Presses at frame `a` and lets go at `b`."""
        self.to(a, y, off)
        self.mouse.down()
        self.to((a + b) / 2, y, off)
        self.to(b, y, off)
        self.settled()
        self.mouse.up()

    def click(self, frame: float, y: float = ROW_Y, held: str = "", times: int = 1) -> None:
        """Clicks at a frame, with the keys `held` down meanwhile."""
        self.to(frame, y)
        for key in held.split():
            self.bench.page.keyboard.down(key)
        for n in range(times):
            self.mouse.down(click_count=n + 1)
            self.mouse.up(click_count=n + 1)
        for key in held.split():
            self.bench.page.keyboard.up(key)

    def settled(self) -> None:
        self.bench.page.wait_for_timeout(80)
        self.bench.seeked()


def frame_at(t_us: int | None) -> int | None:
    """The frame of a clip with 25 frames a second."""
    return None if t_us is None else t_us // FRAME_US


def new_coding(server: AppServer, clip: Path, coder: str = "Ana", scheme: Path | None = None) -> tuple[str, str]:
    """(media id, coding id) of `clip`, coded with the scheme of points or another."""
    media = server.command("media", "add", str(clip))[0]["id"]
    coding = server.command("coding", "new", "--media", media, "--scheme", str(scheme or SCHEME), "--coder", coder)
    return media, coding["id"]


def opened(server: AppServer, page: Page, coding: str, media: str = "") -> Bench:
    """The workbench of a coding in this page."""
    page.add_init_script(LISTENER)
    return Bench(page, server, coding, media).open()


def numbered(
    server: AppServer, page: Page, folder: Path, scheme: Path, *, coder: str = "Ana", frames: int = 120, sound: bool = False
) -> Bench:
    """A new coding, opened, of a clip of its own: 25 numbered frames a second, in `folder` and named after it."""
    clip = folder / f"{folder.name}.mp4"
    numbered_clip(clip, "25", frames=frames, sound=sound)
    media, coding = new_coding(server, clip, coder, scheme)
    return opened(server, page, coding, media)


def journal(data: Path) -> list[dict[str, Any]]:
    """Every operation of every coding, in order of coding and place: {"coding", "state", "seq", and the operation}."""
    with sqlite3.connect(f"file:{data / 'coder.sqlite'}?mode=ro", uri=True) as connection:
        rows = connection.execute(
            "select o.coding_id, c.state, o.seq, o.body from operation o join coding c on c.id = o.coding_id order by 1, 3"
        ).fetchall()
    return [{"coding": coding, "state": state, "seq": seq, **json.loads(body)} for coding, state, seq, body in rows]


def keys_of(operations: list[dict[str, Any]], coding: str | None = None) -> str:
    """The keys that made the points of the journal, in the order they stand there."""
    points = [o for o in operations if o["kind"] == "add" and o["event"]["kind"] == "point"]
    return "".join(o["event"]["code"][-1] for o in points if coding is None or o["coding"] == coding)
