"""Everything a coder does at the workbench, by keys alone: what is drawn is what the server keeps."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser.bench import FRAME_US, GESTURES, Bench, numbered, opened
from browser.proofs import proves
from browser.server import AppServer
from playwright.sync_api import Browser, Page, Route, expect


@pytest.fixture
def bench(server: AppServer, page: Page, tmp_path: Path) -> Bench:
    return numbered(server, page, tmp_path, GESTURES)


@proves(keys="previousEvent onsetForward offsetBack recode remove undo redo")
def test_states_are_coded_moved_recoded_and_removed(bench: Bench) -> None:
    bench.press_at(10, "n")
    bench.press_at(30, "s")
    bench.press_at(50, "n")
    assert bench.kept() == [("neutral", 10, 30), ("smile", 30, 50), ("neutral", 50, None)]
    bench.press("[")  # the smile
    bench.press("Control+ArrowRight")
    bench.press("Control+Shift+ArrowLeft")
    assert bench.kept() == [("neutral", 10, 31), ("smile", 31, 49), ("neutral", 49, None)]
    bench.press("F4")
    bench.press("u")
    assert bench.kept()[1] == ("unscorable", 31, 49)
    bench.press("Delete")
    assert bench.kept() == [("neutral", 10, None)]
    for _ in range(2):
        bench.press("Control+z")
    assert bench.kept()[1] == ("smile", 31, 49)
    bench.press("Control+Shift+z")
    assert bench.kept()[1] == ("unscorable", 31, 49)
    bench.press("Control+y")
    assert bench.kept() == [("neutral", 10, None)]


PIXELS = """(anew) => new Promise((done) => {
  const canvases = () => ["lanes", "overview"].map((id) => document.querySelector(`[data-testid=${id}]`).toDataURL());
  const settled = (run, frames = 12) => requestAnimationFrame(() => (frames > 0 ? settled(run, frames - 1) : run()));
  if (!anew) return settled(() => done(canvases()));
  const timeline = document.querySelector('[aria-label="Timeline"]');
  timeline.style.width = "800px";
  settled(() => { timeline.style.width = ""; settled(() => done(canvases())); });
})"""


FRAMES = """
window.__frames = 0; window.__waited = [];
(function tick() { window.__frames += 1; requestAnimationFrame(tick); })();
window.__pressed = null;
for (const way of ["fillRect", "drawImage"]) {
  const draw = CanvasRenderingContext2D.prototype[way];
  CanvasRenderingContext2D.prototype[way] = function (...what) {
    if (window.__pressed !== null && this.canvas.dataset?.testid === "lanes") {
      window.__waited.push(window.__frames - window.__pressed);
      window.__pressed = null;
    }
    return draw.apply(this, what);
  };
}
window.addEventListener("keydown", (event) => { if ("sn".includes(event.key)) window.__pressed = window.__frames; }, true);
"""


def test_a_key_is_drawn_in_the_very_next_frame(bench: Bench) -> None:
    bench.page.evaluate(FRAMES)
    for frame, key in ((0, "s"), (10, "n"), (20, "s"), (30, "n")):
        bench.press_at(frame, key)
        bench.page.wait_for_function("__pressed === null")
    bench.press("Space")
    for key in "snsn":
        bench.page.wait_for_timeout(200)
        bench.press(key)
    bench.page.wait_for_function("__waited.length === 8")
    assert bench.page.evaluate("__waited") == [1] * 8


def test_what_is_drawn_event_by_event_is_what_is_drawn_anew(bench: Bench) -> None:
    """A key redraws only the place of its events; the pixels are those of a timeline drawn from nothing."""

    def compare() -> None:
        for _ in range(5):
            bench.saved()
            bench.page.wait_for_timeout(300)
            before = bench.attribute("revision")
            drawn = [bench.page.evaluate(PIXELS, anew) for anew in (False, True)]
            if (bench.attribute("revision"), bench.attribute("pending")) == (before, "0"):
                assert drawn[0] == drawn[1]
                return
        pytest.fail("something was told to the server between every two pictures")  # as what was watched may be, once

    for at, key in [(10, "n"), (14, "s"), (30, "n"), (20, "u")]:
        bench.to_frame(at)
        compare()  # what was watched on the way is drawn; from here on only the event is new
        bench.press(key)
        compare()
    for key in ("[", "]", "Control+ArrowRight", "Delete", "Control+z", "Escape"):
        bench.press(key)
        compare()


@proves(keys="onsetHere offsetHere")
def test_edges_to_the_frame_on_the_screen(bench: Bench) -> None:
    bench.press_at(20, "s")
    bench.to_frame(40)
    bench.press("F7")
    assert bench.kept() == [("smile", 20, 40)]
    bench.to_frame(25)
    bench.press("F6")
    assert bench.kept() == [("smile", 25, 40)]


@proves(keys="nextPass leave")
def test_modifiers_are_asked_for_and_their_keys_count_only_then(bench: Bench) -> None:
    bench.press("Shift+PageDown")
    bench.press_at(10, "f")
    expect(bench.page.get_by_test_id("asking")).to_contain_text("Channel (required)")
    bench.press("f")
    bench.press("m")
    expect(bench.page.get_by_test_id("asking")).to_be_hidden()
    assert bench.kept("modifiers") == [("mirroring", 10, None, {"channel": "face", "marked": True})]
    bench.press_at(20, "f")
    bench.press_at(25, "m")
    assert bench.kept("modifiers") == [("mirroring", 10, 20, {"channel": "face", "marked": True})]
    bench.press_at(30, "f")
    bench.press("Escape")
    bench.press_at(40, "f")
    assert bench.kept("modifiers")[1] == ("mirroring", 30, 40, {})
    expect(bench.page.get_by_test_id("events")).to_contain_text("modifier missing")


@proves(keys="unsure comment")
def test_points_ratings_comments_and_doubts(bench: Bench) -> None:
    bench.press("Shift+PageDown")
    bench.press_at(15, "v")
    bench.press("F8")
    bench.press("F2")
    bench.type("smiles, r and c too")
    bench.press("1")
    bench.press("7")
    bench.saved()
    assert bench.kept("comment", "unsure") == [
        ("overall", None, None, "", False),
        ("violation", 15, None, "smiles, r and c too", True),
    ]
    assert bench.one("overall")["value"] == 7


def test_only_forward_playback_and_single_steps_are_watched(bench: Bench) -> None:
    bench.press("Home")
    bench.step(5)
    bench.press("End")
    bench.press("ArrowLeft")
    bench.page.wait_for_timeout(200)
    bench.saved()
    watched = bench.server.get(f"/api/codings/{bench.coding}")["watched"]["infant_face"]
    assert watched == [[0, 6 * FRAME_US]]


@proves(keys="toggle leave")
def test_submitting_shows_what_blocks_and_asks_one_reason(bench: Bench) -> None:
    bench.press_at(10, "s")
    bench.page.get_by_role("button", name="Submit", exact=True).click()
    panel = bench.page.get_by_role("dialog", name="Submit this coding")
    expect(panel).to_contain_text("Must be put right first")
    expect(panel.get_by_role("button", name="Submit")).to_be_disabled()
    bench.press("Escape")
    expect(panel).to_be_hidden()
    bench.press("Home")
    bench.press("n")
    bench.press("Space")
    bench.page.wait_for_selector('[data-testid="workbench"][data-playing="true"]')
    bench.page.wait_for_selector('[data-testid="workbench"][data-playing="false"]', timeout=20_000)
    reason, send = panel.get_by_label("Reason"), panel.get_by_role("button", name="Submit")
    held: list[Route] = []
    bench.page.route("**/findings", lambda route: held.append(route))
    bench.page.get_by_role("button", name="Submit", exact=True).click()
    reason.fill("A clip for tests")  # before the server has said what stands against it
    expect(send).to_be_disabled()
    bench.next_held(held).continue_()
    bench.page.unroute("**/findings")
    expect(send).to_be_enabled()
    bench.page.route("**/submit", lambda route: route.abort())
    send.click()
    expect(panel.get_by_role("alert")).to_be_visible()
    bench.page.unroute("**/submit")
    expect(reason).to_have_value("A clip for tests")
    send.click()
    bench.page.wait_for_selector('[data-testid="workbench"][data-writable="false"]')
    assert bench.server.get(f"/api/codings/{bench.coding}")["state"] == "submitted"
    expect(bench.page.get_by_role("alert")).to_contain_text("submitted")


@proves(keys="help")
def test_keys_are_shown_and_streamlits_own_are_stopped(bench: Bench) -> None:
    bench.press("?")
    keys = bench.page.get_by_role("dialog", name="Keys")
    expect(keys).to_contain_text("Play or pause")
    bench.press("s")
    bench.press("Escape")
    expect(keys).to_be_hidden()
    bench.press("r")
    bench.press("c")
    bench.page.wait_for_timeout(300)
    expect(bench.page.get_by_role("dialog")).to_have_count(0)
    assert bench.kept() == []


def test_a_page_that_lost_the_lease_says_so(bench: Bench, browser: Browser) -> None:
    second = opened(bench.server, browser.new_context().new_page(), bench.coding)
    expect(second.page.get_by_role("alert")).to_contain_text("Ana is writing in this coding")
    second.page.get_by_role("button", name="Take over").click()
    second.page.wait_for_selector('[data-testid="workbench"][data-writable="true"]')
    bench.page.wait_for_selector('[data-testid="workbench"][data-writable="false"]', timeout=15_000)
    expect(bench.page.get_by_role("alert")).to_contain_text("Read-only now")
    bench.press("s")
    assert bench.kept() == []
    second.page.context.close()


def test_the_page_has_no_accessibility_violations(bench: Bench) -> None:
    from axe_playwright_python.sync_playwright import Axe

    bench.press_at(10, "s")
    found = Axe().run(bench.page).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []
