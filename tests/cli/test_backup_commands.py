"""`coder-app backup`."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from coder_app.cli import app
from coder_app.store.folder import DataFolder


def test_make_and_restore_into_a_new_folder(ask, clip, tmp_path) -> None:
    ask("media", "add", clip)
    made = ask("backup", "make", tmp_path / "lab.zip")
    assert (made["path"], made["videos"]) == (str(tmp_path / "lab.zip"), 1)
    new = ["--data", str(tmp_path / "new"), "--json"]
    result = CliRunner().invoke(app, ["backup", "restore", made["path"], *new])
    assert json.loads(result.stdout)["path"] == str(tmp_path / "new")
    assert len(json.loads(CliRunner().invoke(app, ["media", "list", *new]).stdout)) == 1


def test_over_the_present_one_only_when_asked_and_not_while_it_runs(ask, run, data, tmp_path) -> None:
    made = ask("backup", "make")
    assert Path(made["path"]).parent == data / "backups"
    ask("people", "add", "Later")
    refused = run("backup", "restore", made["path"])
    assert refused.exit_code == 5
    assert "--over" in refused.stderr
    with DataFolder(data).lock():
        running = run("backup", "restore", made["path"], "--over")
    assert running.exit_code == 8
    assert "already running" in running.stderr
    assert Path(ask("backup", "restore", made["path"], "--over")["kept"]).is_file()
    assert "Later" not in [row["name"] for row in ask("people", "list")]


def test_no_backup(run, tmp_path) -> None:
    (tmp_path / "x.zip").write_text("no zip")
    result = run("backup", "restore", tmp_path / "x.zip", "--over")
    assert (result.exit_code, result.stderr.count("\n")) == (8, 1)
