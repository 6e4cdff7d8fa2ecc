"""`coder-app scheme`."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from coder_app import codebook
from coder_app.cli.scheme import app

run = CliRunner()
MINI = Path(__file__).with_name("play_mini.yaml")


def test_check_says_ok() -> None:
    result = run.invoke(app, ["check", str(MINI)])
    assert result.exit_code == 0
    assert "OK. play-mini 1.0: 3 streams, 7 codes, 2 passes." in result.stdout


def test_check_prints_every_problem_and_exits_with_1(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text(MINI.read_text(encoding="utf-8").replace('"n"', '"s"').replace("hide: right", "hide: top"), encoding="utf-8")
    result = run.invoke(app, ["check", str(bad)])
    assert result.exit_code == 1
    assert "passes[0].hide" in result.stderr
    assert "streams[0].codes[1].hotkey" in result.stderr
    assert "2 problems." in result.stderr
    told = json.loads(run.invoke(app, ["check", str(bad), "--json"]).stdout)
    assert [problem["place"] for problem in told["problems"]] == ["passes[0].hide", "streams[0].codes[1].hotkey"]
    assert set(told["problems"][0]) == {"file", "place", "line", "found", "expected", "hint", "message"}


def test_list_and_show_know_the_shipped_schemes() -> None:
    listed = json.loads(run.invoke(app, ["list", "--json"]).stdout)
    assert [entry["id"] for entry in listed] == list(codebook.shipped())
    shown = run.invoke(app, ["show", "serve-and-return-quick"])
    assert shown.exit_code == 0
    assert shown.stdout.startswith("# Serve and return, quick 1.0")
    assert run.invoke(app, ["show", "no-such-scheme"]).exit_code == 1
