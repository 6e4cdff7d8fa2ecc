"""The shipped practice clips: complete, made from their scripts, readable by the rest of the house."""

from __future__ import annotations

from pathlib import Path

import pytest

from coder_app.model.event import Event
from coder_app.shipped import shipped
from coder_app.studio import record, script, write

FOLDERS = sorted(path.parent for path in shipped("sample_data").glob("*/script.yaml"))


def test_the_clips_are_there() -> None:
    assert [folder.name for folder in FOLDERS] == [
        *("c1-look", "c2-faces-and-sounds", "c3-answered", "c4-mirror"),
        *("c5-calm-and-play", "c6-turning-away", "c7-miss-and-mend", "c8-still-face"),
    ]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_clip_is_complete_and_documented(folder: Path) -> None:
    assert {path.name for path in folder.iterdir()} == {
        *("script.yaml", "clip.mp4", "README.md", "key.json", "coder_1.json", "coder_2.json", "figures.json"),
    }
    text = (folder / "README.md").read_text(encoding="utf-8")
    assert all(heading in text for heading in ("## Origin and licence", "## Video", "## Codings", "## Agreement"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_records_are_what_the_script_gives(folder: Path) -> None:
    made = write.records_of(script.read(folder / "script.yaml"))
    assert {*made, write.FIGURES} == {path.name for path in folder.glob("*.json")}
    for name, expected in made.items():
        assert (folder / name).read_text(encoding="utf-8") == expected.text()
        assert record.read(folder / name) == expected


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_figures_are_what_the_script_gives(folder: Path, tmp_path: Path) -> None:
    write.records(script.read(folder / "script.yaml"), tmp_path)
    assert (folder / write.FIGURES).read_text(encoding="utf-8") == (tmp_path / write.FIGURES).read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_events_are_the_models_and_the_schemes(folder: Path) -> None:
    scheme = write.scheme_of(script.read(folder / "script.yaml"))
    for path in folder / "key.json", folder / "coder_1.json", folder / "coder_2.json":
        read = record.read(path)
        assert (read.scheme, read.version) == (scheme.id, scheme.version)
        seen: set[str] = set()
        for data in read.events:
            event = Event.from_json(data)
            assert event.to_json() == data
            assert scheme.stream(event.stream).code(event.code).kind == event.kind
            target = (event.link or {}).get("to")
            assert target is None or target in seen
            seen.add(event.id)


def test_example_coders_show_each_kind_of_error() -> None:
    """A confusion (coder 1 of C1 takes a look away for a look at an object) and a miss (coder 2 misses a look at the face)."""
    folder = shipped("sample_data") / "c1-look"
    codes = {
        name: [e["code"] for e in record.read(folder / name).events] for name in ("key.json", "coder_1.json", "coder_2.json")
    }
    assert codes["key.json"].count("averted") - codes["coder_1.json"].count("averted") == 1
    assert codes["key.json"].count("face") - codes["coder_2.json"].count("face") == 1
