"""`coder-app sample`."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from coder_app.cli.sample import app
from coder_app.jobs import queue
from coder_app.studio.script import read
from coder_app.workflow.opening import open_lab

from .conftest import SMALL

run = CliRunner()


def test_render_and_record_write_their_files(tmp_path: Path) -> None:
    path = tmp_path / "script.yaml"
    path.write_text(SMALL, encoding="utf-8")
    assert run.invoke(app, ["render", str(path), "--out", str(tmp_path / "clip.mp4")]).exit_code == 0
    assert (tmp_path / "clip.mp4").stat().st_size > 5_000
    assert run.invoke(app, ["record", str(path), "--out", str(tmp_path)]).exit_code == 0
    assert (tmp_path / "key.json").exists()


def test_render_varies_what_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "script.yaml"
    path.write_text(SMALL, encoding="utf-8")
    clips = []
    for i, more in enumerate(([], ["--difficulty", "1"], ["--casting", "c,b"], ["--seed", "6"], ["--captions"])):
        out = tmp_path / f"{i}.mp4"
        assert run.invoke(app, ["render", str(path), "--out", str(out), *more]).exit_code == 0
        clips.append(out.read_bytes())
    assert len(set(clips)) == len(clips)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--difficulty", "2"], "from 0 (plain) to 1"),
        (["--casting", "a"], "give an infant and a caregiver"),
        (["--casting", "a,nobody"], "'nobody'; expected one of a, b"),
    ],
)
def test_what_cannot_be_varied_so_is_told(more: list[str], words: str, tmp_path: Path) -> None:
    path = tmp_path / "script.yaml"
    path.write_text(SMALL, encoding="utf-8")
    result = run.invoke(app, ["render", str(path), "--out", str(tmp_path / "clip.mp4"), *more])
    assert result.exit_code == 1
    assert words in result.stderr


def test_render_needs_a_file_or_a_study(tmp_path: Path) -> None:
    path = tmp_path / "script.yaml"
    path.write_text(SMALL, encoding="utf-8")
    assert run.invoke(app, ["render", str(path)]).exit_code == 2


def test_render_into_a_study_is_a_job(tmp_path: Path) -> None:
    path, data = tmp_path / "script.yaml", tmp_path / "data"
    path.write_text(SMALL, encoding="utf-8")
    open_lab(data, sample=False).close()
    asked = ["render", str(path), "--study", "Exam", "--difficulty", "0.5", "--data", str(data)]
    result = run.invoke(app, asked)
    assert result.exit_code == 0, result.output
    lab = open_lab(data, sample=False)
    job = queue.get(lab.store, result.stdout.strip())
    lab.close()
    assert (job["task"], job["label"], job["state"]) == ("practice_clip", "Practice clip Small (difficulty 0.5)", "waiting")


def test_generate_writes_a_script_that_renders(tmp_path: Path) -> None:
    path = tmp_path / "exam.yaml"
    asked = ["generate", "serve-and-return", "--seed", "4", "--length", "10", "--codes", "infant_gaze,infant_face.smile"]
    assert run.invoke(app, [*asked, "--out", str(path)]).exit_code == 0
    assert read(path).scores == ["infant_gaze", "infant_face"]
    assert run.invoke(app, asked).stdout == path.read_text(encoding="utf-8")
    assert run.invoke(app, ["record", str(path), "--out", str(tmp_path)]).exit_code == 0
    assert {"key.json", "figures.json"} <= {file.name for file in tmp_path.iterdir()}


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (["no-such-scheme", "--seed", "1"], "Schemes: engagement-phases"),
        (["serve-and-return", "--seed", "1", "--length", "3"], "expected 10 to 600 s"),
        (["serve-and-return", "--seed", "1", "--codes", "infant_nose"], "no stream 'infant_nose'"),
    ],
)
def test_what_cannot_be_made_up_is_told(asked: list[str], words: str) -> None:
    result = run.invoke(app, ["generate", *asked])
    assert result.exit_code == 1
    assert words in result.stderr


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
