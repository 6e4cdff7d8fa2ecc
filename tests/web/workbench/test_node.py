"""Runs every `*.test.js` beside this file with node's own test runner."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from coding_parity import node

FILES = sorted(Path(__file__).resolve().parent.glob("*.test.js"))
PURE = {"layout", "ticks", "hit", "time-label", "keys", "outbox", "watched", "frame-table", "ids", "asking", "palette", "wave"}


@pytest.mark.parametrize("file", FILES, ids=[file.name for file in FILES])
def test_javascript(file: Path) -> None:
    done = subprocess.run(
        [node(), "--test", "--test-reporter=tap", str(file)], capture_output=True, encoding="utf-8", timeout=120
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    counted = re.search(r"^# pass (\d+)$", done.stdout, re.MULTILINE)
    assert counted is not None
    assert int(counted[1]) > 0, f"{file.name} holds no tests"


def test_no_pure_module_goes_without_tests() -> None:
    assert {file.name.removesuffix(".test.js") for file in FILES} >= PURE
