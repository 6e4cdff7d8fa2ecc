"""A coder's session as a script: the practice clip C4 from start to end, by keys alone, in the streams its key covers.

What makes, ends, qualifies or links an event is counted; playing, stepping and going to a frame is not.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from browser.bench import Bench, journal, opened
from browser.server import AppServer
from playwright.sync_api import Page

CLIP = Path(__file__).parents[2] / "sample_data" / "c4-mirror"
KEY = json.loads((CLIP / "key.json").read_text(encoding="utf-8"))
FRAME_US = 40_000
LAST_US = 1_500 * FRAME_US
PASSES = {"infant_face": 1, "infant_voice": 2, "caregiver_face": 3, "returns": 5}  # the pass that shows a stream, from 0
HOTKEYS = {
    "infant_face": {"smile": "s", "neutral": "n", "negative": "x"},
    "infant_voice": {"coo": "v"},
    "caregiver_face": {"positive": "p", "neutral": "n", "marked": "m"},
    "returns": {"facial_mirroring": "f", "vocal_mirroring": "v", "affect_mirroring": "a"},
}


@pytest.fixture(scope="module")
def sample() -> bool:
    return True


class Coder:
    """Presses keys and counts those that code."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.presses = 0
        self.at_pass = 0

    def go(self, t_us: int) -> None:
        frame = t_us // FRAME_US
        self.bench.press("Control+g")
        self.bench.page.keyboard.type(f"f{frame}")
        self.bench.press("Enter")
        self.bench.page.wait_for_selector(f'[data-testid="workbench"][data-seeking="false"][data-frame="{frame}"]')

    def code(self, key: str) -> None:
        self.bench.press(key)
        self.presses += 1

    def turn_to(self, number: int) -> None:
        for _ in range(number - self.at_pass):
            self.bench.press("Shift+PageDown")
        self.at_pass = number

    def watch_to_the_end(self) -> None:
        self.bench.press("Space")
        self.bench.page.wait_for_selector('[data-testid="workbench"][data-playing="true"]')
        self.bench.page.wait_for_selector('[data-testid="workbench"][data-playing="false"]', timeout=60_000)
        self.bench.page.wait_for_selector('[data-testid="workbench"][data-frame="1499"]')


def code_stream(coder: Coder, stream: str) -> None:
    events = sorted((e for e in KEY["events"] if e["stream"] == stream), key=lambda e: e["onset_us"])
    coder.turn_to(PASSES[stream])
    for event in events:
        key = HOTKEYS[stream][event["code"]]
        coder.go(event["onset_us"])
        coder.code(key)
        if event["modifiers"].get("marked"):
            coder.code("m")
        if event["link"] is not None:
            coder.code('"' if event["link"]["to"] is None else "Enter")
        if not stream.endswith("face"):  # a face goes on until the next one
            coder.go(event["offset_us"])
            coder.code(key)
    if stream.endswith("face"):
        coder.go(events[-1]["onset_us"])
        coder.watch_to_the_end()


def plain(events: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """What counts of events: ids aside, with what they answer by its place."""
    by_id = {e["id"]: e for e in events}

    def answered(link: dict[str, str | None] | None) -> Any:
        if link is None or link["to"] is None:
            return link
        target = by_id[link["to"]]
        return target["stream"], target["code"], target["onset_us"]

    rows = [
        (e["stream"], e["onset_us"], e["code"], e["offset_us"] or LAST_US, e["modifiers"], answered(e["link"])) for e in events
    ]
    return sorted(rows, key=lambda row: row[:3])


def test_a_clip_is_coded_by_keys_alone_with_two_presses_an_event_at_most(server: AppServer, page: Page) -> None:
    clip = server.practice_clip("c4-mirror")
    made = server.command("coding", "new", "--media", clip, "--scheme", KEY["scheme"], "--coder", "Ana")
    coder = Coder(opened(server, page, made["id"]))
    for stream in PASSES:
        code_stream(coder, stream)
    coder.bench.saved()
    kept = server.get(f"/api/codings/{made['id']}")
    assert plain(kept["events"]) == plain(KEY["events"])
    for stream in ("infant_face", "caregiver_face"):
        assert kept["spans"][stream] == [[0, LAST_US]]
    count = len(KEY["events"])
    print(f"{coder.presses} presses for {count} events: {coder.presses / count:.2f} an event")
    assert coder.presses <= 2 * count
    kinds = [line["kind"] for line in journal(server.data) if line["coding"] == made["id"] and line["kind"] != "cover"]
    assert len(kinds) == coder.presses
