"""The bin: what lies in it, the way back, and emptying, which keeps a copy and loses nothing that is still used."""

from __future__ import annotations

import json

import pytest
from clips import numbered_clip

from coder_app.errors import Conflict, Invalid, NotAllowed, NotFound
from coder_app.workflow import bin as bin_
from coder_app.workflow import codings, media, people, preferences, schemes, studies


@pytest.fixture
def known(bare_lab):
    return schemes.get(bare_lab, "serve-and-return-quick")


@pytest.fixture
def lab(bare_lab, supervisor, tmp_path):
    """Two observations of one study on one copied video; the first has a coding by Cora with two events."""
    numbered_clip(tmp_path / "visit.mp4", "25", frames=100)
    video = media.add(bare_lab, supervisor, tmp_path / "visit.mp4")
    study = studies.add(bare_lab, supervisor, "Play")
    for name in ("F01", "F02"):
        studies.add_observation(bare_lab, supervisor, study["id"], name, media_id=video["id"])
    return bare_lab


def by_name(lab, person) -> dict[str, dict]:
    (study,) = studies.listing(lab, person)
    return {row["name"]: row for row in studies.observations(lab, person, study["id"])}


@pytest.fixture
def coding(lab, supervisor, known) -> dict:
    scheme = known.scheme
    stream = next(one for one in scheme.streams if one.exhaustive)
    first, second = stream.codes[:2]
    events = [
        {"kind": "state", "stream": stream.id, "code": first.id, "onset_us": 0, "offset_us": 1_000_000},
        {"kind": "state", "stream": stream.id, "code": second.id, "onset_us": 1_000_000, "offset_us": 2_000_000},
    ]
    cora = people.named(lab, "Cora")
    observation = by_name(lab, supervisor)["F01"]
    return codings.import_coding(lab, observation["id"], cora["id"], scheme, known.source, events, {}, is_key=False)


def held(lab, person) -> list[tuple[str, str, str]]:
    return [(item["kind"], item["name"], item["holds"]) for item in bin_.contents(lab, person)]


def test_an_empty_bin(lab, supervisor) -> None:
    assert bin_.contents(lab, supervisor) == []
    assert bin_.loss(lab, supervisor) == ""
    assert bin_.empty(lab, supervisor, "") is None


def test_contents_say_what_goes_with_them(lab, supervisor, coding) -> None:
    codings.bin(lab, supervisor, coding["id"])
    assert held(lab, supervisor) == [("coding", "Cora, F01", "2 events")]
    study = studies.listing(lab, supervisor)[0]
    studies.bin(lab, supervisor, study["id"])
    assert ("study", "Play", "2 observations, 1 coding, 2 events") in held(lab, supervisor)


def test_everything_comes_back_as_it_was(lab, supervisor, coding) -> None:
    study = studies.listing(lab, supervisor)[0]
    before = codings.listing(lab, supervisor)
    studies.bin(lab, supervisor, study["id"])
    assert codings.listing(lab, supervisor) == []
    bin_.restore(lab, supervisor, "study", study["id"])
    assert codings.listing(lab, supervisor) == before
    for table, change in (("observation", studies.bin_observation), ("coding", codings.bin)):
        row_id = coding["observation_id"] if table == "observation" else coding["id"]
        change(lab, supervisor, row_id)
        bin_.restore(lab, supervisor, table, row_id)
        assert codings.listing(lab, supervisor) == before
    assert bin_.contents(lab, supervisor) == []
    with pytest.raises(NotFound):
        bin_.restore(lab, supervisor, "log", "1")


def test_emptying_wants_the_loss_named(lab, supervisor, coding) -> None:
    studies.bin_observation(lab, supervisor, coding["observation_id"])
    assert bin_.loss(lab, supervisor) == "1 observation, 1 coding, 2 events"
    for confirm in ("", "yes", "1 observation"):
        with pytest.raises(Invalid, match="1 observation, 1 coding, 2 events"):
            bin_.empty(lab, supervisor, confirm)
    assert list(lab.folder.trash.iterdir()) == []


def test_emptying_keeps_a_copy_and_deletes_all_of_it(lab, supervisor, coding) -> None:
    studies.bin_observation(lab, supervisor, coding["observation_id"])
    file = bin_.empty(lab, supervisor, bin_.loss(lab, supervisor))
    assert file.parent == lab.folder.trash
    tables = json.loads(file.read_text(encoding="utf-8"))["tables"]
    assert [row["name"] for row in tables["observation"]] == ["F01"]
    assert len(tables["event"]) == 2
    assert len(tables["operation"]) == coding["revision"]
    assert lab.store.all("coding", binned=True) == []
    assert lab.store.all("operation") == []
    assert list(by_name(lab, supervisor)) == ["F02"]
    with pytest.raises(NotFound):
        codings.payload(lab, supervisor, coding["id"])
    assert bin_.contents(lab, supervisor) == []


def test_what_is_still_used_stays(lab, supervisor, coding) -> None:
    video = media.listing(lab, supervisor)[0]
    media.bin(lab, supervisor, video["id"])
    people.bin(lab, supervisor, coding["person_id"])
    assert bin_.loss(lab, supervisor) == ""
    assert sorted(kind for kind, _, _ in held(lab, supervisor)) == ["person", "video"]
    for row in by_name(lab, supervisor).values():
        studies.bin_observation(lab, supervisor, row["id"])
    assert bin_.loss(lab, supervisor) == "2 observations, 1 coding, 2 events, 1 video, 1 person"
    derived = lab.folder.derived / video["id"]
    assert derived.exists()
    file = bin_.empty(lab, supervisor, bin_.loss(lab, supervisor))
    assert [kept.name for kept in file.with_suffix("").iterdir()] == ["visit.mp4"]
    assert list(lab.folder.media.iterdir()) == []
    assert not derived.exists()


def test_what_a_person_had_chosen_goes_with_them(lab, supervisor) -> None:
    ana, bo = people.add(lab, supervisor, "Ana", "researcher"), people.add(lab, supervisor, "Bo", "researcher")
    for person, volume in ((ana, 0.25), (bo, 0.5), (supervisor, 0.75)):
        preferences.keep(lab, person, {"volume": volume})
    people.bin(lab, supervisor, ana["id"])
    assert preferences.read(lab, ana) == {"volume": 0.25}  # the bin has a way back
    file = bin_.empty(lab, supervisor, "1 person")
    assert preferences.read(lab, ana) == {}
    assert [preferences.read(lab, person) for person in (bo, supervisor)] == [{"volume": 0.5}, {"volume": 0.75}]
    tables = json.loads(file.read_text(encoding="utf-8"))["tables"]
    assert [row["value"] for row in tables["setting"]] == [{"volume": 0.25}]
    cy = people.add(lab, supervisor, "Cy", "researcher")
    people.bin(lab, supervisor, cy["id"])
    file = bin_.empty(lab, supervisor, "1 person")
    assert "setting" not in json.loads(file.read_text(encoding="utf-8"))["tables"]


def test_a_video_in_its_own_folder_is_left_alone(lab, supervisor, tmp_path) -> None:
    drive = tmp_path / "drive"
    drive.mkdir()
    numbered_clip(drive / "far.mp4", "25", frames=10)
    media.add_root(lab, supervisor, drive)
    far = media.add(lab, supervisor, drive / "far.mp4")
    media.bin(lab, supervisor, far["id"])
    bin_.empty(lab, supervisor, "1 video")
    assert (drive / "far.mp4").is_file()


def test_rights(lab, researcher, student, coding) -> None:
    with pytest.raises(NotAllowed):
        bin_.empty(lab, researcher, "")
    with pytest.raises(NotAllowed):
        bin_.restore(lab, student, "study", studies.listing(lab, student)[0]["id"])
    with pytest.raises(NotAllowed):
        codings.bin(lab, researcher, coding["id"])


def test_a_name_taken_meanwhile_is_said(lab, supervisor) -> None:
    study = studies.listing(lab, supervisor)[0]
    studies.bin(lab, supervisor, study["id"])
    studies.add(lab, supervisor, "Play")
    with pytest.raises(Conflict, match="already"):
        bin_.restore(lab, supervisor, "study", study["id"])


def test_it_is_said_who_may_take_it_out(lab, supervisor, researcher, student, coding) -> None:
    codings.bin(lab, supervisor, coding["id"])
    studies.bin_observation(lab, supervisor, by_name(lab, supervisor)["F02"]["id"])
    expected = [(supervisor, {"coding", "observation"}), (researcher, {"observation"}), (student, set())]
    for person, kinds in [*expected, (people.find(lab, "Cora"), {"coding", "observation"})]:
        assert {item["kind"] for item in bin_.contents(lab, person) if item["may_restore"]} == kinds
