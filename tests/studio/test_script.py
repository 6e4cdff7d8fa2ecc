"""Event scripts: what is read, what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from coder_app.codebook import shipped
from coder_app.codebook.load import read
from coder_app.errors import Invalid
from coder_app.shipped import shipped as folders
from coder_app.studio import script
from coder_app.studio.script import Script

HEAD = "id: a\nversion: '1'\nname: A\nscheme: serve-and-return-quick\nlength_s: 4.0\nseed: 1\nscores: [infant_gaze]\n"


def test_an_event_without_end_lasts_to_the_next_or_the_end(small: Script) -> None:
    assert [(e.at_us, e.end_us) for e in small.events("infant_gaze")] == [(0, 800_000), (800_000, 2_000_000)]


@pytest.mark.parametrize(
    ("streams", "words"),
    [
        ("streams: {infant_gaze: [{at: 0.01, code: face}]}", ["whole frames"]),
        ("streams: {infant_gaze: [{at: 1.0, to: 0.4, code: face}]}", ["start before its end"]),
        ("streams: {infant_gaze: [{at: 0, to: 9.0, code: face}]}", ["within the clip"]),
        ("streams: {infant_gaze: [{att: 0, code: face}]}", ["unknown key 'att'", "Did you mean 'at'", "line 8"]),
        ("streams: {infant_gaze: [{at: '0', code: face}]}", ["seconds", "without quotes"]),
        ("streams: {infant_face: [{at: 0, code: smile}]}", ["streams of this script"]),
        ("size: [100, 100]\nstreams: {infant_gaze: [{at: 0, code: face}]}", ["8 : 3"]),
        ("streams: {infant_gaze: [", ["YAML"]),
    ],
)
def test_slips_are_told_with_their_place(streams: str, words: list[str]) -> None:
    with pytest.raises(Invalid) as caught:
        script.parse(HEAD + streams, "a.yaml")
    assert all(word in str(caught.value) for word in words), str(caught.value)


@pytest.mark.parametrize(
    ("streams", "word"),
    [
        ("streams: {infant_gaze: [{at: 0, code: fase}]}", "no code 'fase'"),
        ("streams: {infant_gaze: [{at: 0, code: face}], infant_gase: [{at: 0, code: face}]}", "no such stream"),
        ("streams: {infant_gaze: [{at: 1.0, code: face}]}", "uncoded"),
        ("streams: {infant_gaze: [{at: 0, to: 2.0, code: face}, {at: 1.0, code: object}]}", "overlaps"),
        ("streams: {infant_gaze: [{at: 0, code: face, modifiers: {marked: true}}]}", "no modifier marked"),
    ],
)
def test_scripts_must_fit_their_scheme(streams: str, word: str) -> None:
    scheme = read(shipped()["serve-and-return-quick"])
    with pytest.raises(Invalid, match=word):
        script.check_against(script.parse(HEAD + streams, "a.yaml"), scheme)


@pytest.mark.parametrize("path", sorted(folders("sample_data").glob("*/script.yaml")), ids=lambda path: path.parent.name)
def test_a_script_written_as_text_reads_back_as_it_was(path: Path) -> None:
    read_once = script.read(path)
    assert script.parse(script.text_of(read_once), "again") == read_once


def test_variations_change_what_they_name_and_no_event(small: Script) -> None:
    other = script.varied(small, 0.5, "b, c", 9)
    assert (other.difficulty, other.cast.infant, other.cast.caregiver, other.seed) == (0.5, "b", "c", 9)
    assert other.streams == small.streams
    assert script.varied(small) == small
