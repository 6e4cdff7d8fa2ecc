"""The buttons of the workbench, by mouse: each does what its key does, and what is coded lies on the frame on the screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser.bench import CODING, GESTURES, Bench, numbered
from browser.proofs import proves
from browser.server import AppServer
from playwright.sync_api import Page, expect

TRANSPORT = ".wb-transport"
SELECTED = '[data-testid="selected"]'


@pytest.fixture
def bench(server: AppServer, page: Page, tmp_path: Path) -> Bench:
    page.set_viewport_size({"width": 1920, "height": 1080})  # where all of them have room
    return numbered(server, page, tmp_path, GESTURES)


@proves(
    mouse="start end frameBack frameForward secondBack secondForward toggle slower faster loop undo redo goTo mute"
    " pictureTools snapshot fullWindow pictureReset help"
)
def test_of_the_transport(bench: Bench) -> None:
    page = bench.page
    way = [
        ("end", 119),
        ("frameBack", 118),
        ("secondBack", 93),
        ("start", 0),
        ("secondForward", 25),
        ("frameForward", 26),
    ]
    for command, frame in way:
        bench.click(command, TRANSPORT)
        assert bench.settled() == (frame, frame), command
    bench.press("s")
    bench.click("goTo", TRANSPORT)
    bench.type("f40")
    bench.at_frame(40)
    bench.press("n")
    coded = [("smile", 26, 40), ("neutral", 40, None)]
    assert bench.kept() == coded
    bench.click("undo", TRANSPORT)
    assert bench.kept() == [("smile", 26, None)]
    bench.click("redo", TRANSPORT)
    assert bench.kept() == coded

    bench.click("slower", TRANSPORT)
    assert page.evaluate("__video.playbackRate") == 0.75
    bench.click("faster", TRANSPORT)
    assert page.evaluate("__video.playbackRate") == 1
    bench.press("[")
    bench.press("[")
    bench.click("loop", TRANSPORT)
    expect(page.locator(f"{TRANSPORT} [data-command=loop]")).to_have_attribute("aria-pressed", "true")
    page.wait_for_selector('[data-testid="workbench"][data-playing="true"]')
    bench.click("loop", TRANSPORT)
    expect(page.locator(f"{TRANSPORT} [data-command=loop]")).to_have_attribute("aria-pressed", "false")
    for playing in ("false", "true", "false"):
        bench.click("toggle", TRANSPORT)
        page.wait_for_selector(f'[data-testid="workbench"][data-playing="{playing}"]')
    assert page.evaluate("__video.muted")  # the pass has no sound
    bench.click("mute", TRANSPORT)
    assert not page.evaluate("__video.muted")

    tools = page.get_by_test_id("tools")
    bench.click("pictureTools", TRANSPORT)
    page.get_by_label("Contrast").fill("1.5")
    assert page.evaluate("__video.style.filter") == "brightness(1) contrast(1.5)"
    tools.locator("[data-command=pictureReset]").click()
    assert page.evaluate("__video.style.filter") == ""
    frame = bench.settled()[0]
    with page.expect_download() as download:
        tools.locator("[data-command=snapshot]").click()
    assert f"_f{frame}_" in download.value.suggested_filename
    tools.locator("[data-command=fullWindow]").click()
    assert bench.box(".wb-stage")["width"] == 1920
    tools.locator("[data-command=fullWindow]").click()
    assert bench.box(".wb-stage")["width"] < 1920
    page.locator(f"{TRANSPORT} .wb-tool[data-command=pictureTools]").click()
    expect(tools).to_be_hidden()
    page.get_by_role("button", name="Keys", exact=False).first.click()
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    bench.press("Escape")
    assert bench.kept() == coded


@proves(mouse="onsetBack onsetForward onsetHere offsetBack offsetForward offsetHere recode unsure remove leave")
def test_of_the_selected_event(bench: Bench) -> None:
    page = bench.page
    codes = page.get_by_role("group", name="Codes")
    for frame, name in ((10, "Neutral"), (30, "Smile"), (50, "Neutral")):
        bench.go_to(frame)
        codes.get_by_role("button", name=name).click()
    bench.press("[")
    bench.at_frame(30)
    for command, edges in {
        "onsetForward": (31, 50), "onsetBack": (30, 50), "offsetBack": (30, 49), "offsetForward": (30, 50),
    }.items():  # fmt: skip
        bench.click(command, SELECTED)
        assert bench.kept()[1] == ("smile", *edges), command
    bench.go_to(33)
    bench.click("onsetHere", SELECTED)
    bench.go_to(47)
    bench.click("offsetHere", SELECTED)
    assert bench.kept() == [("neutral", 10, 33), ("smile", 33, 47), ("neutral", 47, None)]
    bench.click("recode", SELECTED)
    codes.get_by_role("button", name="Unscorable").click()
    bench.click("unsure", SELECTED)
    page.get_by_label("Comment", exact=True).click()
    bench.type("a hand, s and n")
    assert bench.kept("comment", "unsure")[1] == ("unscorable", 33, 47, "a hand, s and n", True)
    bench.click("remove", SELECTED)
    assert [code for code, *_ in bench.kept()] == ["neutral"]

    expect(page.get_by_test_id("definition")).to_contain_text("Unscorable")
    page.get_by_label("Pass", exact=True).select_option("returns")
    expect(page.get_by_test_id("definition")).to_contain_text("Point at a code")
    bench.go_to(20)
    codes.get_by_role("button", name="Mirroring").click()
    asking, selected = page.get_by_test_id("asking"), page.get_by_test_id("selected")
    asking.get_by_role("button", name="Mixed").click()
    asking.get_by_role("button", name="Marked").click()
    expect(asking).to_be_hidden()
    assert bench.one("mirroring")["modifiers"] == {"channel": "mixed", "marked": True}
    selected.get_by_role("button", name="yes", exact=True).click()  # again: not answered
    selected.get_by_role("button", name="Face", exact=True).click()
    assert bench.one("mirroring")["modifiers"] == {"channel": "face"}
    codes.get_by_role("button", name="Sensitivity").click()
    asking.get_by_role("button", name="later").click()
    expect(asking).to_be_hidden()
    codes.get_by_role("button", name="Sensitivity").click()
    asking.get_by_role("button", name="9 High").click()
    assert bench.one("overall")["value"] == 9


@proves(
    mouse="link selectHere unprompted unlink evidence",
    keys="previousFinding nextFinding previousPass onsetBack loopClear loopFrom loopTo",
)
def test_of_links_evidence_and_checks(server: AppServer, page: Page, tmp_path: Path) -> None:
    bench = numbered(server, page, tmp_path, CODING)
    bench.go_to(10)
    bench.press("s")
    bench.press("Shift+PageDown")
    bench.go_to(30)
    bench.press("f")
    link = page.get_by_test_id("link")
    bench.press("Escape")
    assert bench.one("mirroring")["link"] is None
    link.locator("[data-command=link]").click()
    asking = page.get_by_test_id("asking")
    asking.get_by_role("button", name="Smile 00:00.400").click()
    assert bench.one("mirroring")["link"] == {"to": bench.one("smile")["id"]}
    link.locator("[data-command=unprompted]").click()
    assert bench.one("mirroring")["link"] == {"to": None}
    link.locator("[data-command=unlink]").click()
    assert bench.one("mirroring")["link"] is None
    bench.press("Control+ArrowLeft")
    assert bench.one("mirroring")["onset_us"] == 29 * 40_000
    bench.press("1")
    bench.press("7")
    bench.go_to(44)
    page.get_by_test_id("evidence").locator("[data-command=evidence]").click()
    assert bench.one("sensitivity")["evidence_us"] == [44 * 40_000]

    bench.press("Shift+PageUp")
    expect(page.get_by_label("Pass", exact=True)).to_have_value("face")
    current = page.get_by_test_id("checks").locator('[aria-current="true"]')
    seen = []
    for key in ("F3", "F3", "Shift+F3"):
        bench.press(key)
        page.wait_for_timeout(200)
        seen.append(current.inner_text())
    assert seen[0] == seen[2]
    assert seen[0] != seen[1]

    # A marked stretch is forgotten: the loop is that of the selected event again.
    loop = page.locator(f"{TRANSPORT} [data-command=loop]")
    bench.press("Escape")
    for frame, key in ((50, "Shift+Home"), (70, "Shift+End")):
        bench.go_to(frame)
        bench.press(key)
    bench.press("Shift+Delete")
    expect(page.get_by_test_id("live")).to_contain_text("No stretch is marked")
    bench.press("Control+Enter")
    expect(loop).to_have_attribute("aria-pressed", "false")
    expect(page.get_by_test_id("live")).to_contain_text("Select an event, or mark a stretch")
    assert [o["kind"] for o in bench.operations()] == ["add"] * 2 + ["change"] * 4 + ["add", "change"]
