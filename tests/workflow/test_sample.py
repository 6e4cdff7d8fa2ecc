"""The sample study, as a first opening makes it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from coder_app.jobs import queue
from coder_app.shipped import shipped
from coder_app.workflow import codings, media, people, sample, studies
from coder_app.workflow.lab import Lab
from coder_app.workflow.opening import open_lab

# Names and lengths in seconds as the clips were designed; those whose video ships (tests/sample_data asks for all of them).
DESIGNED = {
    "c1-look": ("C1 Look", 40),
    "c2-faces-and-sounds": ("C2 Faces and sounds", 45),
    "c3-answered": ("C3 Answered or not?", 60),
    "c4-mirror": ("C4 Mirror or just a smile?", 60),
    "c5-calm-and-play": ("C5 Calm down, play up", 75),
    "c6-turning-away": ("C6 Turning away", 75),
    "c7-miss-and-mend": ("C7 Miss and mend", 90),
    "c8-still-face": ("C8 Full still-face", 390),
}
CLIPS = {clip: DESIGNED[clip] for clip in DESIGNED if (shipped("sample_data") / clip / "clip.mp4").exists()}


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    data = tmp_path_factory.mktemp("first") / "data"
    open_lab(data).close()
    return data


@pytest.fixture
def lab(folder):
    lab = open_lab(folder)
    yield lab
    lab.close()


def listed(lab: Lab) -> list[dict[str, Any]]:
    return codings.listing(lab, people.first(lab))


def test_study_observations_and_videos(lab) -> None:
    first = people.first(lab)
    (study,) = studies.listing(lab, first)
    found = studies.observations(lab, first, study["id"])
    assert (study["name"], [row["name"] for row in found]) == ("Sample study", [name for name, _ in CLIPS.values()])
    assert [row["media"]["end_us"] for row in found] == [seconds * 1_000_000 for _, seconds in CLIPS.values()]
    assert sorted(row["path"] for row in media.listing(lab, first)) == [f"media/{clip}.mp4" for clip in CLIPS]
    for row in found:
        tasks = {job["task"] for job in queue.about(lab.store, row["media_id"])}
        assert {"filmstrip", "waveform"} <= tasks


def test_keys_two_coders_and_an_open_coding_each(lab) -> None:
    me = people.first(lab)["name"]
    for name, _ in CLIPS.values():
        rows = [row for row in listed(lab) if row["observation"] == name]
        assert sorted((row["coder"], row["is_key"], row["state"]) for row in rows) == sorted(
            [
                ("Key", True, "submitted"),
                ("Sample coder 1", False, "submitted"),
                ("Sample coder 2", False, "submitted"),
                (me, False, "open"),
            ]
        )
        mine = next(row for row in rows if row["coder"] == me)
        assert (mine["event_count"], mine["may_write"]) == (0, True)


def test_the_full_still_face_has_its_episodes(lab) -> None:
    found = {row["name"]: row["episodes"] for row in lab.store.all("observation")}
    told = [(e["name"], e["onset_us"] // 1_000_000, e["offset_us"] // 1_000_000) for e in found["C8 Full still-face"]]
    assert told == [("Play", 0, 120), ("Still-face", 135, 255), ("Reunion", 270, 390)]  # domain.md 7.4
    assert [name for name, episodes in found.items() if episodes] == ["C8 Full still-face"]


def test_the_key_of_c1_holds_what_the_script_says(lab) -> None:
    key = next(row for row in listed(lab) if row["is_key"] and row["observation"] == "C1 Look")
    record = codings.record(lab, key["id"])
    gaze = [event for event in record.coding.events.values() if event.stream == "infant_gaze"]
    face = [event for event in gaze if event.code == "face"]
    # domain.md 7.4, C1: IGF 21.6 s in 5 bouts
    assert (len(face), sum(event.offset_us - event.onset_us for event in face)) == (5, 21_600_000)
    assert list(record.coding.span("infant_gaze")) == [(0, 40_000_000)]
    assert list(record.coding.span("infant_face")) == []


def test_sample_people_are_marked_and_only_one_is_real(lab) -> None:
    samples = lab.store.setting(sample.PEOPLE)
    real = [person for person in people.everyone(lab) if person["id"] not in samples]
    assert [person["role"] for person in real] == ["supervisor"]
    assert len(samples) == 3


def test_opening_again_adds_nothing(lab, folder) -> None:
    before = listed(lab)
    again = open_lab(folder)
    assert listed(again) == before
    again.close()


def test_an_interrupted_first_opening_is_completed(tmp_path, monkeypatch) -> None:
    real = codings.start
    calls = []

    def falls(*arguments: Any, **options: Any) -> Any:
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(*arguments, **options)

    monkeypatch.setattr(codings, "start", falls)
    with pytest.raises(KeyboardInterrupt):
        open_lab(tmp_path / "data")
    monkeypatch.setattr(codings, "start", real)
    lab = open_lab(tmp_path / "data")
    assert len(listed(lab)) == 4 * len(CLIPS)
    assert len(media.listing(lab, people.first(lab))) == len(CLIPS)
    assert len(studies.listing(lab, people.first(lab))) == 1
    lab.close()
