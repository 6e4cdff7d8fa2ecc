"""Spectrogram and regions: drawn by coders, kept with the video, measured by jobs when asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from clips import numbered_clip

from coder_app.errors import Conflict, Invalid, NotAllowed, NotFound
from coder_app.jobs import queue, worker
from coder_app.media import motion
from coder_app.media.motion import Box
from coder_app.workflow import bin as the_bin
from coder_app.workflow import media, tasks, tracks
from coder_app.workflow.lab import Lab

Row = dict[str, Any]
FRAMES = 20
CORNER = Box(8750, 2500, 1250, 2500)  # the cell of the bit that turns with every frame (tests/clips.py)
STILL = Box(0, 0, 1250, 2500)  # the cell of the bit that never does


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return numbered_clip(tmp_path_factory.mktemp("clip") / "visit.mp4", "25", frames=FRAMES, sound=True).path


@pytest.fixture
def video(bare_lab: Lab, supervisor: Row, file: Path) -> Row:
    return media.add(bare_lab, supervisor, file, wait=True)


@pytest.fixture
def work(bare_lab: Lab) -> Callable[[], None]:
    """Does all that waits."""
    tasks.register()

    def run() -> None:
        while worker.run_one(bare_lab.folder, bare_lab.store) is not None:
            pass

    return run


def jobs(lab: Lab, video: Row, task: str) -> list[str]:
    return [job["state"] for job in queue.about(lab.store, video["id"]) if job["task"] == task]


def energies(lab: Lab, person: Row, region: Row) -> np.ndarray:
    return np.fromfile(tracks.motion_file(lab, person, region["id"]), "<f4")


def test_the_spectrogram_is_made_once_asked_for(bare_lab: Lab, student: Row, video: Row, work: Callable[[], None]) -> None:
    assert tracks.tracks(bare_lab, student, video["id"])["spectrogram"] is None
    with pytest.raises(NotFound, match=r"visit.mp4 is not made yet") as caught:
        tracks.spectrogram_file(bare_lab, student, video["id"])
    assert caught.value.code == "not_ready"
    asked = tracks.make_spectrogram(bare_lab, student, video["id"])
    assert asked["jobs"]["spectrogram"]["state"] == "waiting"
    tracks.make_spectrogram(bare_lab, student, video["id"])
    assert jobs(bare_lab, video, "spectrogram") == ["waiting"]
    work()
    found = tracks.tracks(bare_lab, student, video["id"])
    assert found["jobs"]["spectrogram"]["state"] == "done"
    # 20 frames of 40 ms, a column each 10 ms, 64 bands of a byte
    assert found["spectrogram"]["levels"] == [80]
    assert tracks.spectrogram_file(bare_lab, student, video["id"]).stat().st_size == 80 * 64
    tracks.make_spectrogram(bare_lab, student, video["id"])
    assert jobs(bare_lab, video, "spectrogram") == ["done"]


def test_without_sound_there_is_no_spectrogram(bare_lab: Lab, supervisor: Row, tmp_path: Path) -> None:
    numbered_clip(tmp_path / "mute.mp4", "25", frames=5)
    row = media.add(bare_lab, supervisor, tmp_path / "mute.mp4")
    with pytest.raises(NotFound, match="has no sound") as caught:
        tracks.make_spectrogram(bare_lab, supervisor, row["id"])
    assert caught.value.code == "no_audio"


def test_a_region_is_drawn_measured_moved_and_removed(
    bare_lab: Lab, student: Row, video: Row, work: Callable[[], None]
) -> None:
    region = tracks.add_region(bare_lab, student, video["id"], "  Left   hand ", CORNER)
    assert region == {
        "id": region["id"], "name": "Left hand", "x": 8750, "y": 2500, "width": 1250, "height": 2500,
        "measured": False, "may_edit": True,
    }  # fmt: skip
    assert jobs(bare_lab, video, "motion") == ["waiting"]
    work()
    assert tracks.tracks(bare_lab, student, video["id"])["regions"] == [region | {"measured": True}]
    values = energies(bare_lab, student, region)
    assert len(values) == FRAMES
    assert np.nanmean(values) > 200  # black to white and back with every frame

    renamed = tracks.change_region(bare_lab, student, region["id"], "Right hand", CORNER)
    assert (renamed["name"], renamed["measured"]) == ("Right hand", True)
    moved = tracks.change_region(bare_lab, student, region["id"], "Right hand", STILL)
    assert not moved["measured"]
    work()
    assert np.nanmax(energies(bare_lab, student, region)) < 1
    back = tracks.change_region(bare_lab, student, region["id"], "Right hand", CORNER)
    work()
    assert np.nanmean(energies(bare_lab, student, back)) > 200
    assert len(list(bare_lab.folder.derived_of(video["id"]).glob("motion_*"))) == 1  # what is not there any more is not kept

    tracks.remove_region(bare_lab, student, region["id"])
    assert tracks.tracks(bare_lab, student, video["id"])["regions"] == []
    assert not list(bare_lab.folder.derived_of(video["id"]).glob("motion_*"))
    with pytest.raises(NotFound, match="no more"):
        tracks.motion_file(bare_lab, student, region["id"])
    logged = [(row["action"], row["detail"]) for row in bare_lab.store.all("log", about=region["id"])]
    assert [action for action, _ in logged] == ["region.add", "region.edit", "region.edit", "region.edit", "region.remove"]
    assert logged[1][1] == {"before": {"name": "Left hand"}}
    assert logged[4][1]["before"] == {"media_id": video["id"], "name": "Right hand"} | {
        "x": 8750, "y": 2500, "width": 1250, "height": 2500,
    }  # fmt: skip


def test_regions_drawn_meanwhile_are_measured_next(
    bare_lab: Lab, student: Row, video: Row, work: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    measured: list[list[Box]] = []
    real = motion.make

    def and_another(path: Path, outs: dict[Box, Path], progress: Any, **more: Any) -> None:
        measured.append(list(outs))
        if len(measured) == 1:
            tracks.add_region(bare_lab, student, video["id"], "Face", STILL)
            tracks.measure(bare_lab, student, video["id"])
        real(path, outs, progress, **more)

    monkeypatch.setattr(motion, "make", and_another)
    tracks.add_region(bare_lab, student, video["id"], "Hand", CORNER)
    work()
    assert measured == [[CORNER], [STILL]]
    assert [one["measured"] for one in tracks.tracks(bare_lab, student, video["id"])["regions"]] == [True, True]


def test_what_was_cancelled_can_be_asked_for_again(bare_lab: Lab, student: Row, video: Row, work: Callable[[], None]) -> None:
    region = tracks.add_region(bare_lab, student, video["id"], "Hand", CORNER)
    job = tracks.tracks(bare_lab, student, video["id"])["jobs"]["motion"]
    queue.cancel(bare_lab.store, job["id"])
    work()
    assert not tracks.tracks(bare_lab, student, video["id"])["regions"][0]["measured"]
    asked = tracks.measure(bare_lab, student, video["id"])
    assert asked["jobs"]["motion"]["id"] != job["id"]
    work()
    assert len(energies(bare_lab, student, region)) == FRAMES
    tracks.measure(bare_lab, student, video["id"])
    assert jobs(bare_lab, video, "motion") == ["cancelled", "done"]


@pytest.mark.parametrize(
    ("name", "box", "error", "words"),
    [
        ("", CORNER, Invalid, "name of a region is empty"),
        ("HAND", CORNER, Conflict, "There is a region HAND on this video already"),
        ("a", Box(0, 0, 99, 5000), Invalid, "0.99 % of the picture wide and 50 % high. Draw it at least 1 %"),
        ("a", Box(9000, 0, 1001, 5000), Invalid, "out of the picture"),
        ("a", Box(-1, 0, 1000, 5000), Invalid, "out of the picture"),
    ],
)
def test_names_and_places_that_cannot_be(
    bare_lab: Lab, student: Row, video: Row, name: str, box: Box, error: type[Exception], words: str
) -> None:
    tracks.add_region(bare_lab, student, video["id"], "Hand", CORNER)
    other = tracks.add_region(bare_lab, student, video["id"], "Face", STILL)
    with pytest.raises(error, match=words):
        tracks.add_region(bare_lab, student, video["id"], name, box)
    with pytest.raises(error, match=words):
        tracks.change_region(bare_lab, student, other["id"], name, box)
    assert [one["name"] for one in tracks.tracks(bare_lab, student, video["id"])["regions"]] == ["Hand", "Face"]


def test_a_video_has_so_many_regions_at_most(bare_lab: Lab, student: Row, video: Row) -> None:
    for n in range(tracks.MOST_REGIONS):
        tracks.add_region(bare_lab, student, video["id"], f"Region {n}", CORNER)
    with pytest.raises(Conflict, match="has 12 regions, the most that are kept"):
        tracks.add_region(bare_lab, student, video["id"], "One more", CORNER)


def test_students_change_their_own_regions_only(bare_lab: Lab, student: Row, researcher: Row, video: Row) -> None:
    own = tracks.add_region(bare_lab, student, video["id"], "Hand", CORNER)
    other = tracks.add_region(bare_lab, researcher, video["id"], "Face", STILL)
    assert [one["may_edit"] for one in tracks.tracks(bare_lab, student, video["id"])["regions"]] == [True, False]
    with pytest.raises(NotAllowed, match="who began it"):
        tracks.change_region(bare_lab, student, other["id"], "Mouth", STILL)
    with pytest.raises(NotAllowed):
        tracks.remove_region(bare_lab, student, other["id"])
    tracks.remove_region(bare_lab, researcher, own["id"])
    assert [one["id"] for one in tracks.tracks(bare_lab, student, video["id"])["regions"]] == [other["id"]]


def test_regions_go_with_their_video_and_their_measures_with_its_file(
    bare_lab: Lab, supervisor: Row, video: Row, work: Callable[[], None], tmp_path: Path
) -> None:
    region = tracks.add_region(bare_lab, supervisor, video["id"], "Hand", CORNER)
    tracks.make_spectrogram(bare_lab, supervisor, video["id"])
    work()
    numbered_clip(tmp_path / "smaller.mp4", "25", frames=FRAMES, size=(160, 90), sound=True)
    media.relink(bare_lab, supervisor, video["id"], tmp_path / "smaller.mp4", same_frames=True, anywhere=True)
    found = tracks.tracks(bare_lab, supervisor, video["id"])
    assert found["spectrogram"] is None
    assert [one["measured"] for one in found["regions"]] == [False]
    media.bin(bare_lab, supervisor, video["id"])
    the_bin.empty(bare_lab, supervisor, the_bin.loss(bare_lab, supervisor))
    assert bare_lab.store.get("region", region["id"]) is None
