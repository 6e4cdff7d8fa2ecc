"""Episodes in the workbench: typed, drawn, moved, renamed, removed, rated in, seen by others, frozen and adopted.

What is claimed is read from the server: the observation's episodes, the log of their changes, the journal of the coding.
"""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser.bench import CODING, Bench, frame_at, numbered
from browser.proofs import proves
from browser.server import AppServer
from playwright.sync_api import APIResponse, Browser, Page, Route, expect

FRAMES = 120  # of the clip


@pytest.fixture
def bench(own_server: AppServer, page: Page, tmp_path: Path) -> Bench:
    """The clips of all tests are the same video, so on one server the episodes of one test would be those of the next."""
    return numbered(own_server, page, tmp_path, CODING, frames=FRAMES)


def observation(bench: Bench) -> dict[str, Any]:
    return dict(bench.server.get(f"/api/codings/{bench.coding}")["observation"])


def episodes(bench: Bench) -> list[tuple[str, int | None, int | None]]:
    """Name and edges in frames, as the server keeps them."""
    return [(e["name"], frame_at(e["onset_us"]), frame_at(e["offset_us"])) for e in observation(bench)["episodes"]]


def becomes(bench: Bench, *expected: tuple[str, int, int]) -> None:
    """The server keeps these, a moment after the page has shown them."""
    for _ in range(60):
        if episodes(bench) == list(expected):
            break
        bench.page.wait_for_timeout(50)
    assert episodes(bench) == list(expected)


def told(bench: Bench, text: str) -> None:
    """The page has said so: that a change is kept is said when the server's answer is here, over whatever was said before."""
    expect(bench.page.get_by_test_id("live")).to_contain_text(text)


def changes(bench: Bench) -> list[tuple[int, int]]:
    """How many episodes there were before and after each change, from the log."""
    with sqlite3.connect(f"file:{bench.server.data / 'coder.sqlite'}?mode=ro", uri=True) as connection:
        rows = connection.execute(
            "select detail from log where action = 'observation.episodes' and about = ? order by id", [observation(bench)["id"]]
        ).fetchall()
    return [(len(d["before"]), len(d["after"])) for (d,) in ((json.loads(row[0]),) for row in rows)]


def typed(bench: Bench, *fields: str) -> None:
    """Types into the fields of the form one after the other; the last Enter keeps."""
    expect(bench.page.get_by_test_id("episode-form")).to_be_visible()
    for n, text in enumerate(fields):
        if n:
            bench.press("Tab")
        bench.page.keyboard.type(text)
    bench.press("Enter")


def place(bench: Bench, frame: float, y: float) -> tuple[float, float]:
    """Where a frame lies on the head of the timeline, which shows the whole clip; `y` below 0 counts from its lower edge."""
    box = bench.page.locator(".wb-ruler").bounding_box()
    assert box is not None
    return box["x"] + box["width"] * frame / FRAMES, box["y"] + (y if y >= 0 else box["height"] + y)


def drag(bench: Bench, start: float, end: float, y: float, hold: str | None = None, drop: bool = True) -> None:
    mouse, keyboard = bench.page.mouse, bench.page.keyboard
    mouse.move(*place(bench, start, y))
    if hold:
        keyboard.down(hold)
    mouse.down()
    mouse.move(*place(bench, (start + end) / 2, y))
    mouse.move(*place(bench, end, y))
    if drop:
        mouse.up()
    if hold:
        keyboard.up(hold)


STRIP, RULER = -8, 8


@proves(
    keys="episodeNew episodeEdit episodeStart episodeEnd episodeNext episodePrevious episodeRemove episodeBack loopFrom loopTo",
)
def test_by_keys(bench: Bench) -> None:
    bench.go_to(10)
    bench.press("Control+F8")
    typed(bench, "Play", "f0", "+2")
    becomes(bench, ("Play", 0, 50))
    bench.go_to(60)
    bench.press("Control+F8")  # from here to the end, unless it is typed otherwise
    typed(bench, "Reunion")
    becomes(bench, ("Play", 0, 50), ("Reunion", 60, 120))
    told(bench, "Reunion, ")
    bench.press("Control+F8")
    told(bench, "no free time")
    bench.go_to(90)
    bench.press("Control+F7")  # the end of the selected one
    becomes(bench, ("Play", 0, 50), ("Reunion", 60, 90))
    bench.go_to(70)
    bench.press("Control+F6")
    becomes(bench, ("Play", 0, 50), ("Reunion", 70, 90))
    bench.press("Control+Home")
    bench.at_frame(0)
    bench.press("Control+End")
    bench.at_frame(70)
    bench.press("Control+Home")
    bench.press("Control+F2")
    typed(bench, "Still-face", "0.4")
    becomes(bench, ("Still-face", 10, 50), ("Reunion", 70, 90))
    bench.press("Control+Delete")
    becomes(bench, ("Reunion", 70, 90))
    bench.press("Alt+Backspace")
    becomes(bench, ("Still-face", 10, 50), ("Reunion", 70, 90))
    bench.press("Alt+Backspace")
    becomes(bench, ("Play", 0, 50), ("Reunion", 70, 90))
    bench.go_to(52)
    bench.press("Shift+Home")
    bench.go_to(61)
    bench.press("Shift+End")
    bench.press("Control+F8")
    typed(bench, "Turn")
    becomes(bench, ("Play", 0, 50), ("Turn", 52, 62), ("Reunion", 70, 90))
    assert changes(bench) == [(0, 1), (1, 2), (2, 2), (2, 2), (2, 2), (2, 1), (1, 2), (2, 2), (2, 3)]
    assert bench.operations() == []  # none of it is an operation of the coding


@proves(mouse="episodeNew episodeEdit episodeStart episodeEnd episodeRemove episodeBack")
def test_with_the_mouse(bench: Bench) -> None:
    drag(bench, 20, 40, RULER, hold="Alt")
    typed(bench, "Play")
    becomes(bench, ("Play", 20, 40))
    drag(bench, 40, 60, STRIP)  # its end
    becomes(bench, ("Play", 20, 60))
    drag(bench, 30, 40, STRIP)  # all of it
    becomes(bench, ("Play", 30, 70))
    drag(bench, 100, 50, STRIP)  # a new one, backwards, as far as the other
    typed(bench, "Still-face")
    becomes(bench, ("Play", 30, 70), ("Still-face", 70, 100))
    told(bench, "Still-face, ")
    drag(bench, 35, 10, STRIP, drop=False)
    bench.press("Escape")
    bench.page.mouse.up()
    drag(bench, 100, 110, RULER)  # without Alt only the picture moves
    bench.at_frame(110)
    drag(bench, 35, 80, RULER, hold="Alt")
    told(bench, "Play is here already")
    assert episodes(bench) == [("Play", 30, 70), ("Still-face", 70, 100)]
    assert len(changes(bench)) == 4
    panel = bench.page.get_by_test_id("episodes")
    panel.locator(".wb-episode-row", has_text="Still-face").click()
    bench.at_frame(70)
    bench.go_to(80)
    panel.locator("[data-command=episodeStart]").click()
    becomes(bench, ("Play", 30, 70), ("Still-face", 80, 100))
    bench.go_to(95)
    panel.locator("[data-command=episodeEnd]").click()
    becomes(bench, ("Play", 30, 70), ("Still-face", 80, 95))
    panel.locator("[data-command=episodeEdit]").click()
    typed(bench, "Still")
    becomes(bench, ("Play", 30, 70), ("Still", 80, 95))
    panel.locator("[data-command=episodeRemove]").click()
    becomes(bench, ("Play", 30, 70))
    panel.locator("[data-command=episodeBack]").click()
    becomes(bench, ("Play", 30, 70), ("Still", 80, 95))
    bench.go_to(100)
    panel.locator("[data-command=episodeNew]").click()
    bench.page.keyboard.type("Reunion")
    panel.get_by_role("button", name="Keep").click()
    becomes(bench, ("Play", 30, 70), ("Still", 80, 95), ("Reunion", 100, 120))
    bench.page.mouse.dblclick(*place(bench, 50, STRIP))
    expect(bench.page.get_by_label("Name", exact=True)).to_have_value("Play")
    panel.get_by_role("button", name="Leave").click()
    expect(bench.page.get_by_test_id("episode-form")).to_be_hidden()


def test_all_rules_of_axe_hold(bench: Bench) -> None:
    bench.press("Control+F8")
    typed(bench, "Play", "0", "2")
    becomes(bench, ("Play", 0, 50))
    bench.press("Control+F2")
    typed(bench, "Play", "soon")  # the form, with what is wrong
    expect(bench.page.locator(".wb-episode-told")).to_be_visible()
    for theme in ("light", "dark"):
        bench.page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
        bench.page.wait_for_timeout(300)
        found = Axe().run(bench.page, context='[data-testid="workbench"]').response["violations"]
        assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == [], theme


def test_what_is_wrong_is_said_where_it_was_typed(bench: Bench) -> None:
    bench.press("Control+F8")
    typed(bench, "Play", "0", "f50")
    becomes(bench, ("Play", 0, 50))
    bench.go_to(60)
    for fields, said in [
        (("Play",), "stands twice"), (("Still", "1"), "before Play ends"), (("Still", "soon"), '"soon" is no time'),
        (("Still", "f60", "f60"), "must end after"), (("Still", "f60", "+3"), "after the recording"),
    ]:  # fmt: skip
        bench.press("Control+F8")
        typed(bench, *fields)
        expect(bench.page.locator(".wb-episode-told")).to_contain_text(said)
        bench.press("Escape")
        expect(bench.page.get_by_test_id("episode-form")).to_be_hidden()
    assert episodes(bench) == [("Play", 0, 50)]
    bench.press("Control+Home")
    bench.page.route("**/episodes?*", lambda route: route.abort())
    bench.press("Control+Delete")
    told(bench, "does not answer")
    expect(bench.page.get_by_test_id("episode-list")).to_contain_text("Play")
    bench.page.unroute("**/episodes?*")
    assert episodes(bench) == [("Play", 0, 50)]
    bench.press("s")  # the keys are the codes' again
    assert [e["code"] for e in bench.events()] == ["smile"]


def test_the_keys_are_the_codes_while_the_server_is_asked(bench: Bench) -> None:
    held: list[Route] = []
    old: list[tuple[Route, APIResponse]] = []

    def hold(route: Route) -> None:
        if route.request.method == "POST":
            held.append(route)
        else:
            old.append((route, route.fetch()))

    bench.page.route("**/episodes?*", hold)
    bench.press("Control+F8")
    typed(bench, "Play", "0", "f50")
    bench.press("s")
    bench.go_to(60)
    bench.press("Control+F8")
    bench.page.keyboard.type("Reunion")
    assert episodes(bench) == []
    bench.next_held(held).continue_()
    told(bench, "Play, ")
    for route, answer in old:  # how they were before, which is heard only now
        route.fulfill(response=answer)
    expect(bench.page.get_by_label("Name", exact=True)).to_have_value("Reunion")
    bench.press("Enter")
    bench.press_at(10, "n")
    assert [e["code"] for e in bench.events()] == ["smile", "neutral"]
    bench.next_held(held).abort()
    told(bench, "does not answer")
    form = bench.page.get_by_test_id("episode-form")
    expect(form).to_be_visible()  # as it was typed, with what is wrong, and the keys stay the codes'
    expect(bench.page.get_by_label("Name", exact=True)).to_have_value("Reunion")
    expect(bench.page.locator(".wb-episode-told")).to_contain_text("does not answer")
    bench.press_at(20, "s")
    assert [e["code"] for e in bench.events()] == ["smile", "neutral", "smile"]
    bench.page.unroute("**/episodes?*")
    form.get_by_role("button", name="Keep").click()
    expect(form).to_be_hidden()
    becomes(bench, ("Play", 0, 50), ("Reunion", 60, 120))


def test_ratings_are_of_the_episode_on_the_screen(bench: Bench) -> None:
    for name, first, last in [("Play", "f0", "f40"), ("Reunion", "f60", "f100")]:
        bench.press("Control+F8")
        typed(bench, name, first, last)
        expect(bench.page.get_by_test_id("episode-form")).to_be_hidden()
        bench.go_to(60)
    becomes(bench, ("Play", 0, 40), ("Reunion", 60, 100))
    bench.press("Shift+PageDown")
    bench.press("2")
    expect(bench.page.get_by_test_id("asking")).to_contain_text("Warmth in Reunion")
    bench.press("4")
    bench.go_to(10)
    bench.press("2")
    bench.press("3")
    bench.go_to(50)
    bench.press("2")
    told(bench, "none is here")
    names = {e["id"]: e["name"] for e in observation(bench)["episodes"]}
    assert sorted((names[e["episode"]], e["value"]) for e in bench.events()) == [("Play", 3), ("Reunion", 4)]
    expect(bench.page.get_by_test_id("selected")).to_contain_text("Play")
    bench.page.get_by_role("tab", name="Events").click()
    expect(bench.page.locator(".wb-row", has_text="Warmth: 4 in Reunion")).to_be_visible()
    bench.press("Control+End")
    bench.press("Control+Delete")
    becomes(bench, ("Play", 0, 40))
    bench.page.get_by_role("tab", name="Checks").click()
    expect(bench.page.locator("[data-rule=rating_stray]")).to_contain_text("no longer has")
    found = bench.server.get(f"/api/codings/{bench.coding}/findings")["findings"]
    assert [f["message"] for f in found if f["rule"] == "rating_stray"] == [
        "Warmth: 4 is a rating of an episode that the observation no longer has. Remove it, or draw the episode again."
    ]


@proves(keys="episodeAdopt", mouse="episodeAdopt")
def test_others_see_them_a_submitted_coding_keeps_its_own_and_gives_its_stream(bench: Bench, browser: Browser) -> None:
    bench.press("Control+F8")
    typed(bench, "Play", "f0", "f60")
    becomes(bench, ("Play", 0, 60))
    bench.press_at(0, "s")
    bench.press_at(50, "n")
    bench.step(69)  # all that is left is watched, so that the last bout reaches to the end
    assert bench.kept() == [("smile", 0, 50), ("neutral", 50, None)]
    with browser.new_context() as context:
        other = Bench(context.new_page(), bench.server, bench.coding)
        other.page.add_init_script("window.readBarcode = () => 0; window.__listenAfter = () => {}")
        other.open()
        other.page.get_by_role("tab", name="Episodes").click()
        expect(other.page.get_by_test_id("episode-list")).to_contain_text("Play")
        where = f"/api/observations/{observation(bench)['id']}/episodes"
        now = observation(bench)["episodes"]
        bench.server.post(where, {"episodes": [now[0] | {"name": "Warm-up"}], "before": now})
        bench.press("Control+Delete")  # made on what this page still shows
        told(bench, "changed by somebody else")
        expect(bench.page.get_by_test_id("episode-list")).to_contain_text("Warm-up")
    becomes(bench, ("Warm-up", 0, 60))
    bench.server.command("coding", "submit", bench.coding, "--reason", "A test.")
    bench.page.reload()
    bench.ready()
    bench.page.get_by_role("tab", name="Episodes").click()
    expect(bench.page.get_by_test_id("episodes")).to_contain_text("it keeps its episodes")
    bench.press("Control+F8")
    expect(bench.page.get_by_test_id("episode-form")).to_be_hidden()
    bench.press("Control+F9")
    told(bench, "2 episodes")
    bench.page.get_by_test_id("episodes").locator("[data-command=episodeAdopt]").click()
    expect(bench.page.locator(".wb-episode-told")).to_contain_text("2 episodes")
    kept = bench.server.get(f"/api/observations/{observation(bench)['id']}/episodes")["episodes"]
    assert [(e["name"], frame_at(e["onset_us"]), frame_at(e["offset_us"])) for e in kept] == [
        ("Smile", 0, 50),
        ("Neutral", 50, 120),
    ]
    assert episodes(bench) == [("Warm-up", 0, 60)]  # as submitted


def test_on_the_studies_page(bench: Bench) -> None:
    page = bench.page
    page.goto(f"{bench.server.address}/?study=")
    page.get_by_role("button", name="Episodes", exact=True).last.click()
    dialog = page.get_by_role("dialog")
    lines = dialog.get_by_role("textbox", name="Episodes")
    lines.fill("Play: 0 - 2\nStill-face: 1.5 - 4")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Still-face begins at 00:00:01.500, before Play ends")
    lines.fill("Play: 0 - 2\nStill-face: 2 - +2")
    dialog.get_by_role("button", name="Save").click()
    becomes(bench, ("Play", 0, 50), ("Still-face", 50, 100))
    row = page.locator(".coder-table tr", has_text="Play, Still-face")
    expect(row).to_be_visible()
    ids = [e["id"] for e in observation(bench)["episodes"]]
    row.get_by_role("button", name="Episodes", exact=True).click()
    expect(lines).to_have_value("Play: 00:00:00.000 - 00:00:02.000\nStill-face: 00:00:02.000 - 00:00:04.000")
    lines.fill("Free play: 0 - 2\nStill-face: 2 - 3")
    dialog.get_by_text("1 change so far").click()
    expect(dialog).to_contain_text("Still-face: 00:00:02.000 - 00:00:04.000")
    dialog.get_by_role("button", name="Save").click()
    becomes(bench, ("Free play", 0, 50), ("Still-face", 50, 75))
    assert [e["id"] for e in observation(bench)["episodes"]] == ids
    assert changes(bench) == [(0, 2), (2, 2)]
