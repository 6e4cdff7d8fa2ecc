"""The way in, pressed through in a real browser: from an empty lab to a playing clip, and everything beside that road."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import clips
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, TimeoutError, expect
from web.running import Running

WAIT_MS = 20_000


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    running = Running(tmp_path_factory.mktemp("app") / "data")
    yield running
    running.end(signal.SIGTERM)


@pytest.fixture
def page(chromium: Browser, app: Running) -> Iterator[Page]:
    """Logged in, on the Studies page; the test fails if a page asked another address or raised an error."""
    context = chromium.new_context(viewport={"width": 1366, "height": 768})
    page = context.new_page()
    page.set_default_timeout(WAIT_MS)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: None if _ours(app, request.url) else faults.append(f"asked {request.url}"))
    page.goto(f"{app.origin}/?token={app.token}")
    if "/who" in page.url:
        page.get_by_role("button", name="supervisor").click()
    page.locator(".coder-chip").wait_for()
    yield page
    context.close()
    assert not faults


def _ours(app: Running, address: str) -> bool:
    return address.startswith((app.origin, app.origin.replace("http", "ws"), "data:", "blob:"))


def _dialog(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).first.click()
    page.get_by_role("dialog").wait_for()


def test_from_an_empty_lab_to_a_coding(page: Page, app: Running, tmp_path: Path) -> None:
    clips.numbered_clip(tmp_path / "visit1.mp4", "25")
    _dialog(page, "New study")
    page.get_by_label("Name").fill("Play")
    page.get_by_role("button", name="Make", exact=True).click()
    page.get_by_text("No observations yet").wait_for()

    page.get_by_role("link", name="Videos").click()
    _dialog(page, "Add videos")
    page.locator(".coder-upload input[type=file]").set_input_files(tmp_path / "visit1.mp4")
    row = page.locator(".coder-table tbody tr")
    expect(row).to_contain_text("25.000", timeout=WAIT_MS)  # the kind of clip: 25 frames a second, measured
    expect(row.locator("img")).to_be_visible(timeout=WAIT_MS)  # the worker has made the filmstrip, and the page has seen it

    page.get_by_role("link", name="Studies").click()
    _dialog(page, "New observation")
    page.get_by_role("dialog").get_by_label("Name", exact=True).fill("P01-t1")
    page.get_by_role("dialog").get_by_role("combobox").first.click()
    page.get_by_role("option", name="visit1.mp4").click()
    page.get_by_role("button", name="Make", exact=True).click()
    page.get_by_text("not coded yet").wait_for()

    _dialog(page, "New coding")
    page.get_by_role("dialog").get_by_role("button", name="Start coding").click()
    page.wait_for_url("**/code?coding=*")
    page.locator('[data-testid="workbench"][data-ready="true"]').wait_for()

    page.get_by_role("link", name="Studies").click()
    page.locator(".coder-table a", has_text="Continue").click()
    page.wait_for_url("**/code?coding=*")


def test_a_table_with_problems_tells_them_all_and_makes_nothing(page: Page) -> None:
    _dialog(page, "New study") if page.get_by_text("No study yet").count() else None
    if page.get_by_role("dialog").count():
        page.get_by_label("Name").fill("Tables")
        page.get_by_role("button", name="Make", exact=True).click()
    _dialog(page, "Import a table")
    area = page.get_by_role("dialog").locator("textarea")
    area.fill("name,age_months\nT1,4\nT1,five\n")
    area.press("Control+Enter")
    page.get_by_role("button", name="Import", exact=True).click()
    said = page.get_by_role("dialog")
    expect(said).to_contain_text("line 3, column name: T1 stands in line 2 already")
    expect(said).to_contain_text("line 3, column age_months: 'five' is not a number of months")
    area.fill("name,age_months\nT1,4\nT2,5\n")
    area.press("Control+Enter")
    page.get_by_role("button", name="Import", exact=True).click()
    page.locator(".coder-table", has_text="T2").wait_for()


def test_several_people_are_asked_who_they_are(page: Page, app: Running) -> None:
    page.goto(f"{app.origin}/?part=people")
    _dialog(page, "New person")
    page.get_by_role("dialog").get_by_label("Name").fill("Ana")
    page.get_by_role("button", name="Add", exact=True).click()
    page.locator(".coder-table", has_text="Ana").wait_for()
    page.get_by_role("link", name="change").click()
    page.get_by_role("button", name="Ana researcher").click()
    expect(page.locator(".coder-chip")).to_contain_text("Ana (researcher)")
    newcomer = page.context.browser.new_context()  # type: ignore[union-attr]
    other = newcomer.new_page()
    other.goto(f"{app.origin}/?token={app.token}")
    other.get_by_role("heading", name="Who are you?").wait_for()
    newcomer.close()


def test_broken_uploads_say_why_and_can_be_put_aside(page: Page, app: Running, tmp_path: Path) -> None:
    (tmp_path / "notes.mp4").write_text("not a video")
    (tmp_path / "nothing.mp4").write_bytes(b"")
    page.goto(f"{app.origin}/videos")
    _dialog(page, "Add videos")
    page.locator(".coder-upload input[type=file]").set_input_files([tmp_path / "notes.mp4", tmp_path / "nothing.mp4"])
    refused = page.locator(".coder-job[data-state=refused]")
    expect(refused.filter(has_text="notes.mp4: this is no video")).to_have_count(1, timeout=WAIT_MS)
    expect(refused.filter(has_text="nothing.mp4 is empty")).to_have_count(1, timeout=WAIT_MS)
    expect(page.locator(".coder-upload")).not_to_contain_text(str(app.data))
    for _ in range(2):
        refused.first.get_by_role("button", name="Remove").click()
    expect(page.locator(".coder-job")).to_have_count(0)


def _select_all(page: Page, box: Locator) -> None:
    """Opens the list and takes all of it; Streamlit closes a list that was opened while the page was still being drawn."""
    option = page.get_by_role("option", name="Select all")
    for _ in range(4):
        box.click()
        with contextlib.suppress(TimeoutError):
            return option.click(timeout=5_000)
    option.click()


def test_of_several_picked_the_good_ones_are_added(page: Page, app: Running, tmp_path: Path) -> None:
    (tmp_path / "a notes.mp4").write_text("not a video")
    clips.numbered_clip(tmp_path / "b visit.mp4", "vfr")
    page.goto(f"{app.origin}/videos")
    _dialog(page, "Add videos")
    inside = page.get_by_role("dialog")
    inside.get_by_text("From a folder of the lab").click()
    inside.get_by_text("Open another folder").click()
    inside.get_by_label("Path of the folder").fill(str(tmp_path))
    inside.get_by_role("button", name="Open for picking").click()
    # what was opened is what is shown
    expect(inside.get_by_role("combobox", name="Folder")).to_have_value(str(tmp_path), timeout=WAIT_MS)
    _select_all(page, inside.get_by_role("combobox", name="Videos"))
    page.keyboard.press("Tab")
    inside.get_by_role("button", name="Add", exact=True).click()
    expect(inside).to_contain_text("Added 1 video", timeout=WAIT_MS)
    expect(inside).to_contain_text("a notes.mp4: this is no video")
    inside.get_by_role("button", name="Close").click()
    expect(page.locator(".coder-table", has_text="b visit.mp4")).to_be_visible(timeout=WAIT_MS)


def test_a_coding_is_taken_away_as_a_file(page: Page, app: Running) -> None:
    page.get_by_role("link", name="Studies").click()
    page.locator(".coder-table button", has_text="More").first.click()
    # the quick scheme has three exhaustive streams without a code and five others that nobody has watched
    expect(page.get_by_role("dialog")).to_contain_text("Before submitting: 3 to be mended first, 5 to be given one reason")
    with page.expect_download() as begun:
        page.get_by_role("dialog").get_by_role("link", name="XLSX").click()
    assert (
        begun.value.suggested_filename
        == f"P01-t1 {page.locator('.coder-chip b').inner_text()} serve-and-return-quick@1.0 r0.xlsx"
    )
    assert begun.value.path().read_bytes()[:2] == b"PK"  # a workbook is a zip


def test_a_backup_is_made_in_the_background(page: Page, app: Running) -> None:
    page.goto(f"{app.origin}/?part=data")
    page.get_by_role("button", name="Make a backup").click()
    expect(page.locator(".coder-table", has_text=".zip")).to_be_visible(timeout=WAIT_MS)


def test_a_scheme_file_is_checked_and_kept(page: Page, app: Running) -> None:
    page.goto(f"{app.origin}/schemes")
    _dialog(page, "Check a scheme file")
    area = page.get_by_role("dialog").locator("textarea")
    area.fill("id: Bad Id\nversion: 1.0\n")
    area.press("Control+Enter")
    expect(page.get_by_role("dialog")).to_contain_text("problems found in pasted text")
    text = (Path(__file__).parents[2] / "codebook" / "play_mini.yaml").read_text(encoding="utf-8")
    area.fill(text)
    area.press("Control+Enter")
    page.get_by_role("button", name="Keep this scheme with the lab").click()
    page.get_by_text("Play, small example 1.0").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_breaks_a_rule_of_accessibility(chromium: Browser, app: Running, scheme: Literal["light", "dark"]) -> None:
    context = chromium.new_context(color_scheme=scheme, bypass_csp=True)  # axe is put into the page as a script
    page = context.new_page()
    page.goto(f"{app.origin}/?token={app.token}")
    pages = ["/who"]
    if "/who" in page.url:
        page.get_by_role("button", name="supervisor").click()
        page.locator(".coder-chip").wait_for()
    pages += [
        "/",
        "/?part=people",
        "/?part=data",
        "/?part=bin",
        "/videos",
        "/schemes",
        "/schemes?scheme=serve-and-return-quick",
    ]
    for address in pages:
        page.goto(app.origin + address)
        page.get_by_role("heading", level=1).wait_for()
        page.locator("[data-stale=true]").first.wait_for(state="detached")
        found = Axe().run(page).response["violations"]
        if found:  # Streamlit fades pale what it is about to draw again: what is wrong with the page itself stays wrong
            page.wait_for_timeout(2_000)
            found = Axe().run(page).response["violations"]
        assert not found, (address, [(one["id"], one["nodes"][0]["html"]) for one in found])
    context.close()
