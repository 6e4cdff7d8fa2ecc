"""`coder-app sample`."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from coder_app.cli.sample import app

from .conftest import SMALL

run = CliRunner()


def test_render_and_record_write_their_files(tmp_path: Path) -> None:
    path = tmp_path / "script.yaml"
    path.write_text(SMALL, encoding="utf-8")
    assert run.invoke(app, ["render", str(path), "--out", str(tmp_path / "clip.mp4")]).exit_code == 0
    assert (tmp_path / "clip.mp4").stat().st_size > 5_000
    assert run.invoke(app, ["record", str(path), "--out", str(tmp_path)]).exit_code == 0
    assert (tmp_path / "key.json").exists()


def test_a_bad_script_is_told(tmp_path: Path) -> None:
    path = tmp_path / "script.yaml"
    path.write_text(SMALL.replace("fps: 25", "fps: many"), encoding="utf-8")
    result = run.invoke(app, ["render", str(path), "--out", str(tmp_path / "clip.mp4")])
    assert result.exit_code == 1
    assert "fps" in result.stderr
    assert not (tmp_path / "clip.mp4").exists()


def test_pictures_of_a_clip(tmp_path: Path) -> None:
    path = tmp_path / "script.yaml"
    path.write_text(SMALL, encoding="utf-8")
    assert run.invoke(app, ["picture", str(path), "--at", "0.5", "--out", str(tmp_path / "a.webp")]).exit_code == 0
    assert run.invoke(app, ["loop", str(path), "--from", "0", "--to", "0.4", "--out", str(tmp_path / "b.webp")]).exit_code == 0
    assert (tmp_path / "a.webp").stat().st_size > 1_000 < (tmp_path / "b.webp").stat().st_size
    late = run.invoke(app, ["picture", str(path), "--at", "3000", "--out", str(tmp_path / "c.png")])
    assert late.exit_code == 1
    assert "there is no frame at 3000 s" in late.stderr
