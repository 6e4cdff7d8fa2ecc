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
NO_RECORD, BREAKS_A_RULE, FOLDER_REFUSES = 3, 6, 8  # exit codes, as in docs/commands.md


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
    assert result.exit_code == BREAKS_A_RULE
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
    ("asked", "words", "code"),
    [
        (["no-such-scheme", "--seed", "1"], "Schemes: engagement-phases", NO_RECORD),
        (["serve-and-return", "--seed", "1", "--length", "3"], "expected 10 to 600 s", BREAKS_A_RULE),
        (["serve-and-return", "--seed", "1", "--codes", "infant_nose"], "no stream 'infant_nose'", BREAKS_A_RULE),
    ],
)
def test_what_cannot_be_made_up_is_told(asked: list[str], words: str, code: int) -> None:
    result = run.invoke(app, ["generate", *asked])
    assert result.exit_code == code
    assert words in result.stderr


def test_a_bad_script_is_told(tmp_path: Path) -> None:
    path = tmp_path / "script.yaml"
    path.write_text(SMALL.replace("fps: 25", "fps: many"), encoding="utf-8")
    result = run.invoke(app, ["render", str(path), "--out", str(tmp_path / "clip.mp4")])
    assert result.exit_code == BREAKS_A_RULE
    assert "fps" in result.stderr
    assert not (tmp_path / "clip.mp4").exists()
    none = run.invoke(app, ["render", str(tmp_path / "none.yaml"), "--out", str(tmp_path / "clip.mp4")])
    assert none.exit_code == BREAKS_A_RULE
    assert "expected an event script" in none.stderr


@pytest.mark.parametrize(
    ("asked", "made"),
    [
        (["render", "SCRIPT", "--out", "OUT/a/clip.mp4"], "a/clip.mp4"),
        (["record", "SCRIPT", "--out", "OUT/a/records"], "a/records/key.json"),
        (["generate", "serve-and-return", "--seed", "4", "--length", "10", "--out", "OUT/a/exam.yaml"], "a/exam.yaml"),
        (["picture", "SCRIPT", "--at", "0", "--out", "OUT/a/still.png"], "a/still.png"),
        (["loop", "SCRIPT", "--from", "0", "--to", "0.2", "--out", "OUT/a/loop.webp"], "a/loop.webp"),
    ],
)
def test_a_folder_that_is_missing_is_made_and_one_that_cannot_be_is_told(asked: list[str], made: str, tmp_path: Path) -> None:
    script = tmp_path / "script.yaml"
    script.write_text(SMALL, encoding="utf-8")
    asked = [part.replace("SCRIPT", str(script)) for part in asked]
    assert run.invoke(app, [part.replace("OUT", str(tmp_path)) for part in asked]).exit_code == 0
    assert [str(file.relative_to(tmp_path)) for file in (tmp_path / made).parent.iterdir() if file.name[0] != "."].count(made)
    result = run.invoke(app, [part.replace("OUT", str(script)) for part in asked])  # a file is no folder
    assert result.exit_code == FOLDER_REFUSES
    assert f"Error: {script}" in result.stderr
    assert "cannot be written: Not a directory" in result.stderr


def test_pictures_of_a_clip(tmp_path: Path) -> None:
    path = tmp_path / "script.yaml"
    path.write_text(SMALL, encoding="utf-8")
    assert run.invoke(app, ["picture", str(path), "--at", "0.5", "--out", str(tmp_path / "a.webp")]).exit_code == 0
    assert run.invoke(app, ["loop", str(path), "--from", "0", "--to", "0.4", "--out", str(tmp_path / "b.webp")]).exit_code == 0
    assert (tmp_path / "a.webp").stat().st_size > 1_000 < (tmp_path / "b.webp").stat().st_size
    late = run.invoke(app, ["picture", str(path), "--at", "3000", "--out", str(tmp_path / "c.png")])
    assert late.exit_code == BREAKS_A_RULE
    assert "there is no frame at 3000 s" in late.stderr
