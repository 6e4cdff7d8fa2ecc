"""Commands called in this process, on a data folder without the sample study."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from clips import numbered_clip
from typer.testing import CliRunner

from coder_app.cli import app
from coder_app.workflow.opening import READY, open_lab

Call = Callable[..., Any]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder; `CODER_DATA` names another, which no test may make."""
    monkeypatch.setenv("CODER_DATA", str(tmp_path / "nobody-s"))
    monkeypatch.delenv("CODER_DATABASE", raising=False)
    lab = open_lab(tmp_path / "data", sample=False)
    lab.store.set_setting(READY, True)
    lab.close()
    return tmp_path / "data"


@pytest.fixture
def run(data: Path) -> Call:
    """`run("media", "list")`: the result of the command, with `--data` after it."""

    def call(*arguments: object) -> Any:
        return CliRunner().invoke(app, [*map(str, arguments), "--data", str(data)])

    return call


@pytest.fixture
def ask(run: Call) -> Call:
    """`ask("media", "list")`: what the command prints with `--json`, parsed; it must succeed."""

    def call(*arguments: object) -> Any:
        result = run(*arguments, "--json")
        assert result.exit_code == 0, result.stderr
        return json.loads(result.stdout)

    return call


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """29.97 fps, 60 frames, with sound."""
    return numbered_clip(tmp_path_factory.mktemp("clips") / "visit 1.mp4", "29.97", frames=60, sound=True).path
