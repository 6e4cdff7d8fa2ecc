"""Every command of the workbench is asked for by its key in a test, by mouse where it has a button, and stands in the docs."""

from __future__ import annotations

from pathlib import Path

from browser.bench import CODING, numbered
from browser.proofs import commands, proofs
from browser.server import AppServer
from playwright.sync_api import Page

DOCS = Path(__file__).parents[2] / "docs/workbench.md"


def test_every_command_is_asked_for_by_its_key() -> None:
    proven = {command for proof in proofs().values() for command in proof.keys}
    assert [c["id"] for c in commands() if c["id"] not in proven] == []


def test_every_button_of_a_command_is_clicked(server: AppServer, page: Page, tmp_path: Path) -> None:
    bench = numbered(server, page, tmp_path, CODING)
    bench.press("Shift+PageDown")
    bench.press("1")
    bench.press("7")  # a rating, which has evidence
    bench.saved()
    page.locator("[data-command=evidence]").wait_for()
    buttons = set(page.evaluate("[...document.querySelectorAll('button[data-command]')].map((e) => e.dataset.command)"))
    proven = {command for proof in proofs().values() for command in proof.mouse}
    assert sorted(buttons - proven) == []
    assert "evidence" in buttons


def test_proofs_name_commands() -> None:
    known = {c["id"] for c in commands()}
    claimed = {command for proof in proofs().values() for command in proof.keys | proof.mouse}
    assert sorted(claimed - known) == []


def test_every_command_stands_in_the_docs() -> None:
    lines = DOCS.read_text(encoding="utf-8").splitlines()
    rows = [f"| {' or '.join(f'`{key}`' for key in c['keys'])} | {c['name']} |" for c in commands()]
    assert [row for row in rows if row not in lines] == []
