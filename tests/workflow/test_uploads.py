"""Uploads: pieces in order, nothing twice, resumed after a break, refused where there is no room."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from clips import numbered_clip

from coder_app.errors import Conflict, Invalid, MediaError, NotAllowed, NotFound
from coder_app.workflow import filenames, media, uploads


@pytest.fixture(scope="module")
def content(tmp_path_factory) -> bytes:
    path = tmp_path_factory.mktemp("clips") / "visit.mp4"
    numbered_clip(path, "25", frames=25)
    return path.read_bytes()


def upload(lab, person, name: str, content: bytes, piece: int = 1000) -> dict:
    row = uploads.begin(lab, person, name, len(content))
    while row["received_bytes"] < len(content):
        at = row["received_bytes"]
        row = uploads.append(lab, person, row["id"], at, content[at : at + piece])
    return uploads.finish(lab, person, row["id"])


def test_pieces_become_a_video_of_the_folder(bare_lab, researcher, content) -> None:
    made = upload(bare_lab, researcher, "C:\\Videos\\visit 1.mp4", content)
    assert (made["name"], made["path"], made["copied"], made["frame_count"]) == ("visit 1.mp4", "media/visit 1.mp4", True, 25)
    assert Path(made["file"]).read_bytes() == content
    assert uploads.unfinished(bare_lab, researcher) == []
    assert list(bare_lab.folder.uploads.iterdir()) == []


def test_a_wrong_offset_tells_the_right_one(bare_lab, researcher, content) -> None:
    row = uploads.begin(bare_lab, researcher, "a.mp4", len(content))
    row = uploads.append(bare_lab, researcher, row["id"], 0, content[:100])
    for offset in (0, 99, 101):
        with pytest.raises(Conflict, match="next byte is 100") as caught:
            uploads.append(bare_lab, researcher, row["id"], offset, content[:10])
        assert caught.value.code == "offset"
    with pytest.raises(Conflict, match="from byte 100"):
        uploads.finish(bare_lab, researcher, row["id"])
    with pytest.raises(Invalid, match="announced"):
        uploads.append(bare_lab, researcher, row["id"], 100, content)
    assert uploads.append(bare_lab, researcher, row["id"], 100, b"")["received_bytes"] == 100


def test_a_leftover_goes_on_where_it_stopped(bare_lab, researcher, content) -> None:
    row = uploads.begin(bare_lab, researcher, "a.mp4", len(content))
    uploads.append(bare_lab, researcher, row["id"], 0, content[:500])
    again = uploads.begin(bare_lab, researcher, "a.mp4", len(content))
    assert (again["id"], again["received_bytes"]) == (row["id"], 500)
    assert uploads.begin(bare_lab, researcher, "a.mp4", len(content) + 1)["id"] != row["id"]
    made = upload(bare_lab, researcher, "a.mp4", content)
    assert Path(made["file"]).read_bytes() == content


def test_bytes_after_the_acknowledged_ones_are_written_over(bare_lab, researcher, content) -> None:
    row = uploads.begin(bare_lab, researcher, "a.mp4", len(content))
    part = bare_lab.folder.uploads / f"{row['id']}.part"
    part.write_bytes(b"x" * 700)  # written, but the server died before it was acknowledged
    made = upload(bare_lab, researcher, "a.mp4", content)
    assert Path(made["file"]).read_bytes() == content


def test_a_part_that_is_gone_starts_again(bare_lab, researcher, content) -> None:
    row = uploads.begin(bare_lab, researcher, "a.mp4", len(content))
    uploads.append(bare_lab, researcher, row["id"], 0, content[:500])
    (bare_lab.folder.uploads / f"{row['id']}.part").unlink()
    assert uploads.begin(bare_lab, researcher, "a.mp4", len(content))["received_bytes"] == 0


def test_no_room_is_said_at_the_beginning(bare_lab, researcher, monkeypatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(10**9, 0, 5 * 10**8))
    with pytest.raises(MediaError, match=r"a.mp4 needs 700 MB, .* has 500 MB free") as caught:
        uploads.begin(bare_lab, researcher, "a.mp4", 700_000_000)
    assert caught.value.code == "no_space"
    assert uploads.unfinished(bare_lab, researcher) == []


def test_no_video_is_dropped_with_the_reason(bare_lab, researcher) -> None:
    with pytest.raises(MediaError, match=r"notes\.mp4"):
        upload(bare_lab, researcher, "notes.mp4", b"no video at all")
    assert list(bare_lab.folder.media.iterdir()) == []
    with pytest.raises(Invalid, match="empty"):
        uploads.begin(bare_lab, researcher, "a.mp4", 0)


def test_the_same_video_again_leaves_one_file(bare_lab, researcher, content) -> None:
    first = upload(bare_lab, researcher, "a.mp4", content)
    again = upload(bare_lab, researcher, "b.mp4", content)
    assert (again["id"], again["note"]) == (first["id"], "b.mp4 is here already, as a.mp4.")
    assert [file.name for file in bare_lab.folder.media.iterdir()] == ["a.mp4"]


def test_an_upload_brings_a_lost_video_back(bare_lab, researcher, content) -> None:
    first = upload(bare_lab, researcher, "a.mp4", content)
    Path(first["file"]).unlink()
    again = upload(bare_lab, researcher, "b.mp4", content)
    assert (again["id"], again["path"], again["missing"]) == (first["id"], "media/b.mp4", False)
    assert media.video_path(bare_lab, first["id"]).read_bytes() == content


def test_uploads_are_their_person_s(bare_lab, researcher, supervisor, student, content) -> None:
    row = uploads.begin(bare_lab, researcher, "a.mp4", len(content))
    with pytest.raises(NotAllowed, match="another person"):
        uploads.append(bare_lab, supervisor, row["id"], 0, content)
    with pytest.raises(NotAllowed):
        uploads.begin(bare_lab, student, "a.mp4", len(content))
    uploads.drop(bare_lab, researcher, row["id"])
    with pytest.raises(NotFound):
        uploads.append(bare_lab, researcher, row["id"], 0, content)
    assert list(bare_lab.folder.uploads.iterdir()) == []


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("visit 1.mp4", "visit 1.mp4"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\a.mp4", "a.mp4"),
        ("..", "video"),
        ("", "video"),
        (".hidden.mp4", "hidden.mp4"),
        ("con.mp4", "_con.mp4"),
        ('a<b>:"|?*.mp4', "a_b______.mp4"),
        ("a\u202egpj.mp4", "a_gpj.mp4"),
        ("bébé.mp4", "bébé.mp4"),
        ("a. ", "a"),
    ],
)
def test_names_are_made_safe(given: str, safe: str) -> None:
    assert filenames.safe(given) == safe


def test_long_names_keep_their_suffix() -> None:
    name = filenames.safe("é" * 300 + ".mp4")
    assert name.endswith(".mp4")
    assert len(name.encode()) <= 120
