"""`coder-app media`: as issue 2, part 9 says."""

from __future__ import annotations

import shutil

import pytest


def test_add_gives_a_list_of_objects_with_ids(ask, clip, tmp_path) -> None:
    shutil.copy(clip, tmp_path / "again.mp4")
    (first,) = ask("media", "add", clip)
    # 60 frames at 30000/1001 fps last 2.002 s
    assert (first["name"], first["frames"], first["length_us"], first["copied"]) == ("visit 1.mp4", 60, 2_002_000, True)
    assert first["fps"] == pytest.approx(30_000 / 1001, rel=1e-4)
    (again,) = ask("media", "add", tmp_path / "again.mp4")
    assert (again["id"], again["note"]) == (first["id"], "again.mp4 is here already, as visit 1.mp4.")
    assert [row["id"] for row in ask("media", "list")] == [first["id"]]


def test_list_is_readable(run, ask, clip) -> None:
    assert "coder-app media add FILE" in run("media", "list").stdout
    ask("media", "add", clip)
    heading, line = run("media", "list").stdout.splitlines()
    assert heading.split() == ["ID", "Name", "Frames/s", "Frames", "Length", "Working", "copy", "Problems"]
    assert "visit 1.mp4  29.970    60      00:00:02.002  not needed" in line


def test_a_bad_file_is_named_and_the_others_are_added(run, clip, tmp_path, ask) -> None:
    (tmp_path / "notes.mp4").write_text("no video")
    result = run("media", "add", tmp_path / "notes.mp4", clip, tmp_path / "missing.mp4", "--json")
    assert result.exit_code == 7
    lines = result.stderr.splitlines()
    assert [line.split(":")[0] for line in lines] == ["Error", "Error"]
    assert "notes.mp4" in lines[0]
    assert "missing.mp4 does not exist" in lines[1]
    assert len(ask("media", "list")) == 1


def test_a_file_under_a_root_stays(ask, clip) -> None:
    own, added = ask("media", "roots", "--add", clip.parent)
    assert (own["present"], added["id"]) == (True, str(clip.parent))
    (row,) = ask("media", "add", clip)
    assert (row["copied"], row["file"]) == (False, str(clip))
    assert len(ask("media", "roots", "--remove", clip.parent)) == 1


def test_relink(ask, run, clip, tmp_path) -> None:
    drive = tmp_path / "drive"
    drive.mkdir()
    shutil.copy(clip, drive / "a.mp4")
    ask("media", "roots", "--add", drive)
    (row,) = ask("media", "add", drive / "a.mp4")
    (drive / "a.mp4").rename(drive / "b.mp4")
    assert ask("media", "list")[0]["missing"]
    assert ask("media", "relink", row["id"], drive / "b.mp4")["file"] == str(drive / "b.mp4")
    result = run("media", "relink", "nothing", drive / "b.mp4")
    assert (result.exit_code, result.stderr.count("\n")) == (3, 1)
