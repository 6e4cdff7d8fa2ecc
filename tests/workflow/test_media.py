"""Videos: added in place or copied, known again by content, relinked, and picked only from the roots."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from clips import numbered_clip

from coder_app.errors import Conflict, Invalid, MediaError, NotAllowed, NotFound
from coder_app.jobs import queue
from coder_app.media import frames, working_copy
from coder_app.workflow import media


@pytest.fixture(scope="module")
def clips(tmp_path_factory) -> Path:
    """Small clips: two of equal frame times but unlike pictures, one shorter, one that needs a working copy."""
    folder = tmp_path_factory.mktemp("clips")
    numbered_clip(folder / "visit.mp4", "25", frames=30, sound=True)
    numbered_clip(folder / "smaller.mp4", "25", frames=30, size=(160, 90), sound=True)
    numbered_clip(folder / "shorter.mp4", "25", frames=20, sound=True)
    numbered_clip(folder / "longgop.mp4", "longgop", frames=40)
    numbered_clip(folder / "late.mp4", "start2s", frames=30)
    return folder


@pytest.fixture
def drive(tmp_path, clips) -> Path:
    """The clips on a drive of the lab."""
    return Path(shutil.copytree(clips, tmp_path / "drive"))


@pytest.fixture
def rooted(bare_lab, researcher, drive):
    media.add_root(bare_lab, researcher, drive)
    return bare_lab


def test_any_file_is_copied_in(bare_lab, researcher, drive) -> None:
    row = media.add(bare_lab, researcher, drive / "visit.mp4")
    assert (row["name"], row["path"], row["copied"], row["note"]) == ("visit.mp4", "media/visit.mp4", True, None)
    # 30 frames at 25 fps, each 40 ms (tests/clips.py)
    assert (row["frame_count"], row["first_us"], row["end_us"], row["fps"]) == (30, 0, 1_200_000, pytest.approx(25))
    assert (bare_lab.folder.media / "visit.mp4").read_bytes() == (drive / "visit.mp4").read_bytes()
    times = media.frame_times(bare_lab, row["id"])
    assert np.array_equal(times.container_us, np.arange(30) * 40_000)
    assert media.video_path(bare_lab, row["id"]) == bare_lab.folder.media / "visit.mp4"
    assert [job["task"] for job in queue.about(bare_lab.store, row["id"])] == ["filmstrip", "waveform"]


def test_under_a_root_it_stays_in_place(rooted, researcher, drive) -> None:
    row = media.add(rooted, researcher, drive / "visit.mp4", name="Visit 1")
    assert (row["name"], row["path"], row["copied"]) == ("Visit 1", str(drive / "visit.mp4"), False)
    assert list(rooted.folder.media.iterdir()) == []


def test_the_first_frame_may_be_late(rooted, researcher, drive) -> None:
    row = media.add(rooted, researcher, drive / "late.mp4")
    assert (row["first_us"], row["end_us"]) == (2_000_000, 1_200_000)


def test_far_keyframes_ask_for_a_working_copy(rooted, researcher, drive) -> None:
    row = media.add(rooted, researcher, drive / "longgop.mp4")
    assert row["working_copy"] == "needed"
    assert [job["task"] for job in queue.about(rooted.store, row["id"])] == ["filmstrip", "working_copy"]
    assert media.video_path(rooted, row["id"]) == drive / "longgop.mp4"


def test_names_in_the_data_folder_never_collide(bare_lab, researcher, drive, tmp_path) -> None:
    (tmp_path / "other").mkdir()
    shutil.copy(drive / "shorter.mp4", tmp_path / "other" / "visit.mp4")
    media.add(bare_lab, researcher, drive / "visit.mp4")
    assert media.add(bare_lab, researcher, tmp_path / "other" / "visit.mp4")["path"] == "media/visit (2).mp4"


def test_the_same_content_twice_is_one_video(rooted, researcher, drive, tmp_path) -> None:
    first = media.add(rooted, researcher, drive / "visit.mp4")
    copy = shutil.copy(drive / "visit.mp4", tmp_path / "again.mp4")
    again = media.add(rooted, researcher, copy)
    assert (again["id"], again["note"]) == (first["id"], "again.mp4 is here already, as visit.mp4.")
    media.bin(rooted, researcher, first["id"])
    assert media.listing(rooted, researcher) == []
    assert "out of the bin" in media.add(rooted, researcher, copy)["note"]
    assert [row["id"] for row in media.listing(rooted, researcher)] == [first["id"]]


def test_adding_a_moved_video_finds_it_again(rooted, researcher, drive) -> None:
    first = media.add(rooted, researcher, drive / "visit.mp4")
    (drive / "visit.mp4").rename(drive / "moved.mp4")
    assert media.listing(rooted, researcher)[0]["missing"]
    again = media.add(rooted, researcher, drive / "moved.mp4")
    assert (again["id"], again["path"], again["missing"]) == (first["id"], str(drive / "moved.mp4"), False)
    assert "found again" in again["note"]


def test_what_is_no_video_says_file_and_reason(bare_lab, researcher, tmp_path) -> None:
    (tmp_path / "notes.mp4").write_text("not a video")
    for path, reason in (("notes.mp4", "notes.mp4"), ("missing.mp4", "does not exist"), (".", "not a file")):
        with pytest.raises(MediaError, match=reason):
            media.add(bare_lab, researcher, tmp_path / path)
    assert media.listing(bare_lab, researcher) == []
    assert list(bare_lab.folder.media.iterdir()) == []


def test_a_full_drive_is_refused_before_copying(bare_lab, researcher, drive, monkeypatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(100, 99, 1))
    with pytest.raises(MediaError, match="1 MB free") as caught:
        media.add(bare_lab, researcher, drive / "visit.mp4")
    assert caught.value.code == "no_space"
    assert list(bare_lab.folder.media.iterdir()) == []


def test_students_see_videos_and_add_none(rooted, student, drive) -> None:
    assert media.listing(rooted, student) == []
    with pytest.raises(NotAllowed):
        media.add(rooted, student, drive / "visit.mp4")
    with pytest.raises(NotAllowed):
        media.pick(rooted, student, drive, "visit.mp4")
    with pytest.raises(NotAllowed):
        media.add_root(rooted, student, drive)


def test_a_lost_frame_table_is_read_anew(rooted, researcher, drive) -> None:
    row = media.add(rooted, researcher, drive / "visit.mp4")
    before = media.frame_times(rooted, row["id"])
    shutil.rmtree(rooted.folder.derived_of(row["id"]))
    assert media.frame_times(rooted, row["id"]) == before


def test_a_missing_video_says_how_to_relink_it(rooted, researcher, drive) -> None:
    row = media.add(rooted, researcher, drive / "visit.mp4")
    (drive / "visit.mp4").unlink()
    with pytest.raises(MediaError, match=f"coder-app media relink {row['id']} FILE"):
        media.video_path(rooted, row["id"])


def test_relink_takes_the_same_content(rooted, researcher, drive, tmp_path) -> None:
    row = media.add(rooted, researcher, drive / "visit.mp4")
    moved = Path(shutil.move(drive / "visit.mp4", tmp_path / "elsewhere.mp4"))
    with pytest.raises(NotAllowed, match="none of the folders"):
        media.relink(rooted, researcher, row["id"], moved)
    after = media.relink(rooted, researcher, row["id"], moved, anywhere=True)
    assert (after["path"], after["missing"]) == (str(moved), False)
    assert media.video_path(rooted, row["id"]) == moved


def test_relink_refuses_another_video_and_says_what_differs(rooted, researcher, drive) -> None:
    row = media.add(rooted, researcher, drive / "visit.mp4")
    for same_frames in (False, True):
        with pytest.raises(MediaError, match=r"frames 20, not 30; length in microseconds 800000, not 1200000") as caught:
            media.relink(rooted, researcher, row["id"], drive / "shorter.mp4", same_frames=same_frames)
        assert caught.value.code == "other_video"
    assert media.get(rooted, row["id"])["path"] == str(drive / "visit.mp4")


def test_relink_may_accept_equal_frame_times(rooted, researcher, drive) -> None:
    row = media.add(rooted, researcher, drive / "visit.mp4")
    strip = rooted.folder.derived_of(row["id"]) / media.FILMSTRIP
    strip.write_bytes(b"old")
    with pytest.raises(MediaError, match=r"picture width 160, not 320.*--same-frames"):
        media.relink(rooted, researcher, row["id"], drive / "smaller.mp4")
    after = media.relink(rooted, researcher, row["id"], drive / "smaller.mp4", same_frames=True)
    assert (after["path"], after["info"]["width"]) == (str(drive / "smaller.mp4"), 160)
    assert not strip.exists()


def test_relink_may_shift_the_container_time(rooted, researcher, drive, tmp_path) -> None:
    numbered_clip(tmp_path / "plain.mp4", "25", frames=30)
    row = media.add(rooted, researcher, tmp_path / "plain.mp4")
    after = media.relink(rooted, researcher, row["id"], drive / "late.mp4", same_frames=True)
    assert (after["first_us"], after["end_us"]) == (2_000_000, 1_200_000)
    assert media.frame_times(rooted, row["id"]).container_us[0] == 2_000_000


def test_derived_files_that_are_gone_are_queued_again(rooted, researcher, drive) -> None:
    row = media.add(rooted, researcher, drive / "visit.mp4")
    assert media.make_again(rooted, researcher, row["id"]) == []  # still on their way
    for job in queue.about(rooted.store, row["id"]):
        queue.cancel(rooted.store, job["id"])
    (rooted.folder.derived_of(row["id"]) / media.WAVEFORM).write_bytes(b"made")
    (again,) = media.make_again(rooted, researcher, row["id"])
    assert queue.get(rooted.store, again)["task"] == "filmstrip"
    with pytest.raises(NotFound):
        media.make_again(rooted, researcher, "nothing")


def test_browse_shows_folders_and_videos_only(rooted, researcher, drive) -> None:
    (drive / "b").mkdir()
    (drive / "notes.txt").write_text("x")
    (drive / ".hidden.mp4").write_text("x")
    shutil.copy(drive / "visit.mp4", drive / "b" / "Deep.MOV")
    found = media.browse(rooted, drive)
    assert [entry.name for entry in found] == ["b", "late.mp4", "longgop.mp4", "shorter.mp4", "smaller.mp4", "visit.mp4"]
    (deep,) = media.browse(rooted, drive, "b")
    assert (deep.sub, deep.is_folder, deep.size_bytes) == ("b/Deep.MOV", False, (drive / "visit.mp4").stat().st_size)
    assert media.pick(rooted, researcher, drive, deep.sub)["path"] == str(drive / "b" / "Deep.MOV")
    with pytest.raises(MediaError, match="cannot be listed"):
        media.browse(rooted, drive, "c")


@pytest.mark.parametrize("sub", ["../secret.mp4", "link.mp4", "linked/secret.mp4", "b/../../secret.mp4", "a\0b"])
def test_paths_out_of_the_roots_are_refused(rooted, researcher, drive, tmp_path, sub) -> None:
    secret = tmp_path / "secret"
    secret.mkdir()
    shutil.copy(drive / "visit.mp4", secret / "secret.mp4")
    shutil.copy(drive / "visit.mp4", tmp_path / "secret.mp4")
    (drive / "link.mp4").symlink_to(secret / "secret.mp4")
    (drive / "linked").symlink_to(secret)
    with pytest.raises(NotAllowed):
        media.pick(rooted, researcher, drive, sub)
    assert {"link.mp4", "linked"}.isdisjoint(entry.name for entry in media.browse(rooted, drive))


def test_a_folder_that_is_no_root_is_refused(rooted, researcher, tmp_path) -> None:
    for root in (tmp_path, tmp_path / "driver", "/"):
        with pytest.raises(NotAllowed, match="not one of the folders"):
            media.browse(rooted, root)


def test_a_link_inside_a_root_is_followed(rooted, researcher, drive) -> None:
    (drive / "alias.mp4").symlink_to(drive / "visit.mp4")
    assert media.pick(rooted, researcher, drive, "alias.mp4")["path"] == str(drive / "visit.mp4")


def test_roots_are_added_and_removed(rooted, researcher, drive, tmp_path) -> None:
    own = rooted.folder.media.resolve()
    assert media.add_root(rooted, researcher, drive) == [own, drive]
    with pytest.raises(Invalid, match="not a folder"):
        media.add_root(rooted, researcher, tmp_path / "nowhere")
    with pytest.raises(Conflict, match="data folder"):
        media.add_root(rooted, researcher, rooted.folder.path.parent)
    with pytest.raises(Conflict, match="stays"):
        media.remove_root(rooted, researcher, own)
    row = media.add(rooted, researcher, drive / "visit.mp4")
    assert media.remove_root(rooted, researcher, drive) == [own]
    with pytest.raises(NotFound):
        media.remove_root(rooted, researcher, drive)
    assert media.video_path(rooted, row["id"]) == drive / "visit.mp4"


def test_wait_does_the_jobs_in_this_process(rooted, researcher, drive) -> None:
    near = media.add(rooted, researcher, drive / "visit.mp4", wait=True)
    far = media.add(rooted, researcher, drive / "longgop.mp4", wait=True)
    for row in (near, far):
        assert {job["state"] for job in queue.about(rooted.store, row["id"])} == {"done"}
        assert (rooted.folder.derived_of(row["id"]) / media.FILMSTRIP_INDEX).is_file()
    assert (rooted.folder.derived_of(near["id"]) / media.WAVEFORM).is_file()
    assert (near["working_copy"], far["working_copy"]) == ("not_needed", "ready")
    assert media.video_path(rooted, far["id"]) == rooted.folder.derived_of(far["id"]) / "working.mp4"
    assert media.video_path(rooted, far["id"], original=True) == drive / "longgop.mp4"
    # the very same frame times (tests/clips.py: 40 frames of 40 ms)
    assert np.array_equal(frames.read(media.video_path(rooted, far["id"])).container_us, np.arange(40) * 40_000)


def test_a_working_copy_that_fails_is_told_and_can_be_tried_again(rooted, researcher, drive, monkeypatch) -> None:
    def broken(path: Path, out: Path, progress: object) -> None:
        raise MediaError("The encoder stopped.")

    monkeypatch.setattr(working_copy, "make", broken)
    row = media.add(rooted, researcher, drive / "longgop.mp4", wait=True)
    assert row["working_copy"] == "failed"
    assert media.video_path(rooted, row["id"]) == drive / "longgop.mp4"
    assert len(media.make_again(rooted, researcher, row["id"])) == 1
    assert media.get(rooted, row["id"])["working_copy"] == "needed"
