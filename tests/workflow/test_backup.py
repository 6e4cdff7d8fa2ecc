"""Backup and restore: everything comes back, damage is found before anything is replaced, the former state is kept."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from pathlib import Path

import databases
import pytest
from clips import numbered_clip

from coder_app import __version__
from coder_app.errors import Conflict, NotAllowed, StoreError
from coder_app.jobs import queue
from coder_app.store.snapshot import TABLES
from coder_app.workflow import backup, media, people, studies, uploads
from coder_app.workflow.opening import open_lab


@pytest.fixture
def lab(bare_lab, supervisor, tmp_path):
    """A lab with a copied video, a video on a drive, a study and an observation."""
    drive = tmp_path / "drive"
    drive.mkdir()
    numbered_clip(drive / "far.mp4", "longgop", frames=40)
    numbered_clip(tmp_path / "near.mp4", "25", frames=25, sound=True)
    near = media.add(bare_lab, supervisor, tmp_path / "near.mp4")
    media.add_root(bare_lab, supervisor, drive)
    media.add(bare_lab, supervisor, drive / "far.mp4")
    study = studies.add(bare_lab, supervisor, "Spiel zu Hause – été")
    studies.add_observation(bare_lab, supervisor, study["id"], "F01", 6, {"Gruppe": "ä"}, near["id"])
    return bare_lab


def records(lab) -> dict[str, list]:
    """All rows but the log, which a restore adds to, and the settings of the place."""
    kept = {table: lab.store.all(table, binned=True) for table in TABLES if table not in ("log", "setting")}
    return kept | {"setting": [row for row in lab.store.all("setting") if row["name"] not in backup.OF_THE_PLACE]}


def test_a_backup_holds_records_and_copied_videos_and_says_so(lab, supervisor) -> None:
    steps: list[float] = []
    made = backup.make(lab, supervisor, progress=lambda fraction, message: steps.append(fraction))
    path = Path(made["path"])
    assert path.parent == lab.folder.backups
    assert (made["videos"], [Path(place).name for place in made["elsewhere"]]) == (1, ["far.mp4"])
    assert steps == sorted(steps)
    assert steps[-1] == 1.0
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == ["coder.sqlite", "media/near.mp4", "manifest.json"]
        manifest = json.loads(archive.read("manifest.json"))
    assert (manifest["app_version"], manifest["format_version"], manifest["database"]) == (__version__, 1, "sqlite")
    assert [row["path"] for row in backup.listing(lab, supervisor)] == [str(path)]
    assert [file.name for file in lab.folder.backups.iterdir()] == [path.name]


def test_restore_into_a_new_folder_brings_everything_back(lab, supervisor, tmp_path) -> None:
    made = backup.make(lab, supervisor, tmp_path / "lab.zip")
    restored = backup.restore_into(Path(made["path"]), tmp_path / "new" / "data")
    assert restored["videos"] == 1
    other = open_lab(tmp_path / "new" / "data", sample=False)
    try:
        assert records(other) == records(lab)
        assert other.folder_id == lab.folder_id
        near, far = sorted(media.listing(other, supervisor), key=lambda row: row["name"], reverse=True)
        assert media.frame_times(other, near["id"]) == media.frame_times(lab, near["id"])
        assert Path(near["file"]).is_relative_to(tmp_path / "new")
        assert {job["task"] for job in queue.about(other.store, near["id"])} == {"filmstrip", "waveform"}
        assert "working_copy" in {job["task"] for job in queue.about(other.store, far["id"])}
    finally:
        other.close()
    assert [p.name for p in (tmp_path / "new").iterdir()] == ["data"]
    with pytest.raises(Conflict, match="not empty"):
        backup.restore_into(Path(made["path"]), tmp_path / "new" / "data")


def test_restore_over_the_present_keeps_the_present(lab, supervisor, tmp_path) -> None:
    made = backup.make(lab, supervisor, tmp_path / "lab.zip")
    before = records(lab)
    lab.store.set_setting("port", 8612)
    people.add(lab, supervisor, "Later", "student")
    (study,) = studies.listing(lab, supervisor)
    studies.rename(lab, supervisor, study["id"], "Renamed")
    uploads.begin(lab, supervisor, "half.mp4", 100)
    near = lab.folder.media / "near.mp4"
    near.unlink()
    changed = records(lab)

    restored = backup.restore_over(lab, supervisor, Path(made["path"]))
    assert records(lab) == before
    assert near.is_file()
    assert lab.store.setting("port") == 8612
    assert lab.store.all("upload") == []
    assert lab.store.all("log")[-1]["action"] == "backup.restore"

    near.unlink()
    backup.restore_over(lab, supervisor, Path(restored["kept"]))
    assert records(lab) == changed


def test_restore_over_never_overwrites_a_video(lab, supervisor, tmp_path) -> None:
    made = backup.make(lab, supervisor, tmp_path / "lab.zip")
    near = lab.folder.media / "near.mp4"
    original = near.read_bytes()
    numbered_clip(near, "25", frames=10)
    other = near.read_bytes()
    backup.restore_over(lab, supervisor, Path(made["path"]))
    assert near.read_bytes() == other
    row = next(row for row in media.listing(lab, supervisor) if row["name"] == "near.mp4")
    assert row["path"] == "media/near (2).mp4"
    assert Path(row["file"]).read_bytes() == original


MANIFESTS = {
    "newer format": lambda told: told | {"format_version": 99},
    "foreign": lambda told: {"hello": 1},
    "odd version": lambda told: told | {"format_version": "1"},
    "odd entries": lambda told: told | {"entries": {"coder.sqlite": 3}},
    "half a manifest": lambda told: {name: told[name] for name in told if name != "elsewhere"},
}


def damaged(path: Path, how: str) -> None:
    """Rewrites the backup with one thing wrong."""
    with zipfile.ZipFile(path) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(entries["manifest.json"])
    if how == "other bytes":
        entries["media/near.mp4"] = entries["media/near.mp4"][:-1] + b"!"
    elif how == "missing entry":
        del entries["media/near.mp4"]
    elif how == "climbs out":
        entries["media/../../evil.mp4"] = b"x"
        manifest["entries"]["media/../../evil.mp4"] = {"size": 1, "sha256": ""}
    elif how == "bigger than it says":
        manifest["entries"]["media/near.mp4"]["size"] = 10
    elif how in MANIFESTS:
        manifest = MANIFESTS[how](manifest)
    elif how == "broken records":
        entries["coder.sqlite"] = b"SQLite format 3\x00" + b"x" * 5000
        manifest["entries"]["coder.sqlite"] = {
            "size": 5016,
            "sha256": hashlib.sha256(entries["coder.sqlite"]).hexdigest(),
        }
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in entries.items():
            archive.writestr(name, json.dumps(manifest) if name == "manifest.json" else data)
    if how == "cut short":
        path.write_bytes(path.read_bytes()[:-200])


DAMAGE = {
    "other bytes": "checksum differs",
    "missing entry": "manifest",
    "climbs out": "unsafe name",
    "newer format": "newer",
    "foreign": "no backup",
    "odd version": "did not write",
    "odd entries": "did not write",
    "half a manifest": "did not write",
    "bigger than it says": "checksum differs",
    "broken records": "another backup",
    "cut short": "no whole backup",
}


@pytest.mark.parametrize("how", DAMAGE)
def test_damage_is_found_before_anything_is_replaced(lab, supervisor, tmp_path, how) -> None:
    made = Path(backup.make(lab, supervisor, tmp_path / "lab.zip")["path"])
    damaged(made, how)
    before = records(lab)
    with pytest.raises(StoreError, match=DAMAGE[how]):
        backup.restore_over(lab, supervisor, made)
    with pytest.raises(StoreError, match=DAMAGE[how]):
        backup.restore_into(made, tmp_path / "new")
    assert records(lab) == before
    assert not (tmp_path / "new").exists()
    assert not [file for file in lab.folder.path.iterdir() if file.name.startswith(".")]
    assert not (tmp_path.parent / "evil.mp4").exists()


def test_a_backup_that_fails_leaves_no_file(lab, supervisor, tmp_path) -> None:
    class StoppedError(Exception):
        pass

    def stop(fraction: float, message: str) -> None:
        raise StoppedError

    with pytest.raises(StoppedError):
        backup.make(lab, supervisor, tmp_path / "lab.zip", progress=stop)
    assert not [file for file in tmp_path.iterdir() if "lab.zip" in file.name]
    (tmp_path / "lab.zip").write_text("mine")
    with pytest.raises(Conflict, match="exists already"):
        backup.make(lab, supervisor, tmp_path / "lab.zip")
    with pytest.raises(StoreError, match="does not exist"):
        backup.make(lab, supervisor, tmp_path / "nowhere" / "lab.zip")
    with pytest.raises(StoreError, match="does not exist"):
        backup.restore_into(tmp_path / "none.zip", tmp_path / "new")


def test_no_room_is_said_first(lab, supervisor, tmp_path, monkeypatch) -> None:
    made = Path(backup.make(lab, supervisor, tmp_path / "lab.zip")["path"])
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(100, 99, 1))
    for call in (
        lambda: backup.make(lab, supervisor, tmp_path / "again.zip"),
        lambda: backup.restore_over(lab, supervisor, made),
        lambda: backup.restore_into(made, tmp_path / "new"),
    ):
        with pytest.raises(Exception, match="MB free"):
            call()


def test_only_supervisors(lab, researcher, tmp_path) -> None:
    with pytest.raises(NotAllowed):
        backup.make(lab, researcher)
    with pytest.raises(NotAllowed):
        backup.restore_over(lab, researcher, tmp_path / "lab.zip")
    with pytest.raises(NotAllowed):
        backup.enqueue(lab, researcher)


@pytest.fixture
def on_postgresql(tmp_path):
    """A lab whose records are on PostgreSQL."""
    lab = open_lab(tmp_path / "pg-data", databases.address("postgresql"), sample=False)
    yield lab
    lab.close()


def test_records_move_between_sqlite_and_postgresql(lab, supervisor, on_postgresql, tmp_path) -> None:
    made = Path(backup.make(lab, supervisor, tmp_path / "lab.zip")["path"])
    first = people.first(on_postgresql)
    backup.restore_over(on_postgresql, first, made)
    assert records(on_postgresql) == records(lab)
    studies.add(on_postgresql, people.first(on_postgresql), "After")  # the log's numbers go on after the restored ones
    numbers = [row["id"] for row in on_postgresql.store.all("log")]
    assert numbers == sorted(set(numbers))

    back = backup.make(on_postgresql, supervisor, tmp_path / "back.zip")
    with zipfile.ZipFile(back["path"]) as archive:
        names = archive.namelist()
        assert json.loads(archive.read("manifest.json"))["database"] == "postgresql"
    assert "tables/observation.jsonl" in names
    assert "coder.sqlite" not in names
    backup.restore_into(Path(back["path"]), tmp_path / "new")
    other = open_lab(tmp_path / "new", sample=False)
    assert records(other) == records(on_postgresql)
    assert other.store.all("log")[-1]["id"] == max(numbers)
    other.close()
