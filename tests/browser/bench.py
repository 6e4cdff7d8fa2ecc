"""What the browser tests do at the workbench: make a coding, open it, press keys, read what was on the screen."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from browser.server import AppServer
from clips import BARCODE_JS
from playwright.sync_api import Page

SCHEME = Path(__file__).parent / "points.yaml"
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


@dataclass
class Bench:
    """A page with a workbench in it."""

    page: Page
    server: AppServer
    coding: str

    @property
    def root(self) -> Any:
        return self.page.locator('[data-testid="workbench"]')

    def open(self) -> Bench:
        self.page.goto(f"{self.server.address}/code?coding={self.coding}")
        return self.ready()

    def ready(self, timeout: float = 60) -> Bench:
        self.page.wait_for_selector('[data-testid="workbench"][data-ready="true"]', timeout=timeout * 1000)
        self.page.evaluate(READY)
        return self

    def attribute(self, name: str) -> str:
        return str(self.root.get_attribute(f"data-{name}"))

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def saved(self, timeout: float = 30) -> None:
        """Waits until every operation is acknowledged."""
        self.page.wait_for_selector('[data-testid="workbench"][data-pending="0"]', timeout=timeout * 1000)

    def presses(self) -> list[dict[str, Any]]:
        return list(self.page.evaluate("window.__presses"))

    def on_screen(self) -> int:
        """The frame on the screen, read from its bar code."""
        return int(self.page.evaluate("readBarcode(window.__video)"))


def new_coding(server: AppServer, clip: Path, coder: str = "Ana") -> tuple[str, str]:
    """(media id, coding id) of `clip`, coded with the scheme of points."""
    media = server.command("media", "add", str(clip))[0]["id"]
    coding = server.command("coding", "new", "--media", media, "--scheme", str(SCHEME), "--coder", coder)
    return media, coding["id"]


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
