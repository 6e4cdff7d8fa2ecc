"""Preferences: each person's own, kept on each kind of database, checked before anything is kept."""

from __future__ import annotations

import pytest

from coder_app.errors import Invalid
from coder_app.workflow import people, preferences


def test_each_person_has_their_own(any_lab) -> None:
    ana, bo = people.named(any_lab, "Ana"), people.named(any_lab, "Bo")
    assert preferences.read(any_lab, ana) == {}
    preferences.keep(any_lab, ana, {"volume": 0.5, "panel": {"open": ["codes"]}})
    assert preferences.keep(any_lab, ana, {"volume": None, "speed": 2}) == {"panel": {"open": ["codes"]}, "speed": 2}
    assert preferences.read(any_lab, ana) == {"panel": {"open": ["codes"]}, "speed": 2}
    assert preferences.read(any_lab, bo) == {}


@pytest.mark.parametrize(
    "values",
    [
        {"Volume": 1},
        {"": 1},
        {"a" * 65: 1},
        {"volume": float("nan")},
        {"volume": "x" * 40_000},
        {"volume": [[[[[[[[[1]]]]]]]]]},
        {"keys": []},
        {"keys": {"changes": {"laptop": {"toggle": []}}}},
        {"keys": {"changes": {"laptop": {"toggle": ["a"]}}}},
        {"keys": {"changes": {"laptop": {"toggle": ["F5"], "help": ["F5"]}}}},
        {"keys": {"changes": {"laptop": {"toggle": ["a b"]}}}},
        {"keys": {"changes": {"laptop": {"toggle": [f"F{n}" for n in range(9)]}}}},
    ],
)
def test_what_does_not_fit_is_refused_whole(bare_lab, researcher, values) -> None:
    with pytest.raises(Invalid):
        preferences.keep(bare_lab, researcher, {"speed": 2, **values})
    assert preferences.read(bare_lab, researcher) == {}


def test_there_is_an_end_to_it(bare_lab, researcher) -> None:
    for n in range(4):
        preferences.keep(bare_lab, researcher, {f"p{n}": "x" * 30_000})
    with pytest.raises(Invalid, match="more than fits"):
        preferences.keep(bare_lab, researcher, {"p4": "x" * 30_000})
    assert len(preferences.read(bare_lab, researcher)) == 4


def test_a_key_map_is_kept(bare_lab, researcher) -> None:
    keys = {"preset": "numpad", "changes": {"laptop": {"toggle": ["Num8", "Ctrl+Shift+ArrowLeft"]}}}
    preferences.keep(bare_lab, researcher, {"keys": keys})
    assert preferences.read(bare_lab, researcher)["keys"] == keys
