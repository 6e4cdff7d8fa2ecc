"""Episodes of an observation: kept, logged, refused, frozen with a submission, adopted from a submitted coding."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from journal_kit import END_US, add, coder, cover, start_coding

from coder_app.errors import Conflict, Invalid, NotAllowed, NotFound
from coder_app.workflow import codings, episodes
from coder_app.workflow.lab import Lab

S = 1_000_000
PLAY = {"id": "e1", "name": "Play", "onset_us": 0, "offset_us": 20 * S}
STILL = {"id": "e2", "name": "Still-face", "onset_us": 20 * S, "offset_us": 40 * S}
SHARED = json.loads((Path(__file__).parents[1] / "cases/episodes.json").read_text(encoding="utf-8"))


def row(values: list[Any]) -> dict[str, Any]:
    return dict(zip(("id", "name", "onset_us", "offset_us"), values, strict=True))


def place(lab: Lab) -> str:
    return str(lab.store.all("observation")[0]["id"])


def drawn(lab: Lab) -> tuple[dict[str, Any], str]:
    """A researcher, and the observation with play and still-face."""
    person = coder(lab)
    episodes.keep(lab, person, place(lab), [STILL, PLAY], [])
    return person, place(lab)


def test_they_are_kept_by_onset_and_every_change_is_logged(any_lab: Lab) -> None:
    person, where = drawn(any_lab)
    assert episodes.listing(any_lab, person, where) == {
        "episodes": [PLAY, STILL], "names": ["Play", "Still-face"], "end_us": END_US,
    }  # fmt: skip
    moved = STILL | {"name": "  Still   face ", "offset_us": 30 * S}
    assert episodes.keep(any_lab, person, where, [PLAY, moved], [PLAY, STILL])[1]["name"] == "Still face"
    episodes.keep(any_lab, person, where, [PLAY], [PLAY, moved | {"name": "Still face"}])
    episodes.keep(any_lab, person, where, [PLAY], [PLAY])  # changes nothing, so it is no line of the log
    seen = episodes.changes(any_lab, person, where)
    assert [(one["person"], len(one["before"]), len(one["after"])) for one in seen] == [
        ("Cleo", 2, 1), ("Cleo", 2, 2), ("Cleo", 0, 2),
    ]  # fmt: skip


def test_a_change_made_on_episodes_that_are_others_by_now_is_refused(any_lab: Lab) -> None:
    person, where = drawn(any_lab)
    with pytest.raises(Conflict) as error:
        episodes.keep(any_lab, person, where, [], [PLAY])
    assert error.value.code == "stale"
    assert episodes.listing(any_lab, person, where)["episodes"] == [PLAY, STILL]


@pytest.mark.parametrize("case", SHARED["cases"], ids=lambda case: str(case["name"]))
def test_the_cases_that_the_workbench_is_held_to_as_well(lab: Lab, case: dict[str, Any]) -> None:
    person, there, one = coder(lab), [row(values) for values in SHARED["list"]], row(case["one"])
    episodes.keep(lab, person, place(lab), there, [])
    wanted = [other for other in there if other["id"] != one["id"]] + [one]
    if not case["refused"]:
        assert one in episodes.keep(lab, person, place(lab), wanted, there)
        return
    with pytest.raises(Invalid) as error:
        episodes.keep(lab, person, place(lab), wanted, there)
    assert str(error.value) == case["refused"]
    assert episodes.listing(lab, person, place(lab))["episodes"] == there
    assert len(episodes.changes(lab, person, place(lab))) == 1


def test_none_ends_after_the_recording(lab: Lab) -> None:
    person, where = drawn(lab)
    with pytest.raises(Invalid, match="after the end of the observation"):
        episodes.keep(lab, person, where, [PLAY | {"offset_us": END_US + 1}], [PLAY, STILL])
    assert episodes.listing(lab, person, where)["episodes"] == [PLAY, STILL]


def test_who_may_and_where(lab: Lab) -> None:
    person, where = drawn(lab)
    student = coder(lab, "Stan", "student")
    assert episodes.listing(lab, student, where)["episodes"] == [PLAY, STILL]
    with pytest.raises(NotAllowed):
        episodes.keep(lab, student, where, [], [PLAY, STILL])
    with pytest.raises(NotFound):
        episodes.keep(lab, person, "nowhere", [], [])
    lab.store.update("observation", where, binned_at="2026-01-01T00:00:00.000Z")
    with pytest.raises(Conflict, match="in the bin"):
        episodes.keep(lab, person, where, [], [PLAY, STILL])


def submitted(lab: Lab, name: str = "Cleo", role: str = "researcher") -> tuple[dict[str, Any], str]:
    """A submitted coding: smile to 10 s, neutral to 50 s, smile to the end."""
    person, coding = start_coding(lab, name, role)
    queue = [cover(0, END_US, "infant_face", "caregiver_return"), add("smile", 0), add("neutral", 10 * S), add("smile", 50 * S)]
    revision = codings.commit(lab, person, coding, "w1", 0, queue)["revision"]
    codings.submit(lab, person, coding, "w1", revision, "A pilot: no rating.")
    return person, coding


def test_a_submitted_stream_is_adopted_and_ids_of_the_same_name_stay(any_lab: Lab) -> None:
    person, where = drawn(any_lab)
    _, coding = submitted(any_lab)
    seen = codings.payload(any_lab, person, coding)["observation"]
    assert seen["episodes"] == [PLAY, STILL]
    assert "submitted" in seen["episodes_fixed"]
    renamed = [PLAY | {"name": "Neutral"}]
    episodes.keep(any_lab, person, where, renamed, [PLAY, STILL])
    assert codings.payload(any_lab, person, coding)["observation"]["episodes"] == [PLAY, STILL]  # the frozen copy
    assert episodes.adoptable(any_lab, person, where) == [
        {"coding": coding, "coder": "Cleo", "stream": "infant_face", "name": "Infant face", "count": 3}
    ]
    found = episodes.adopt(any_lab, person, coding, "infant_face")
    times = [(one["name"], one["onset_us"] // S, one["offset_us"] // S) for one in found]
    assert times == [("Smile", 0, 10), ("Neutral", 10, 50), ("Smile 2", 50, 60)]
    assert found[1]["id"] == "e1"
    assert episodes.listing(any_lab, person, where)["episodes"] == found
    newest = episodes.changes(any_lab, person, where)[0]
    assert (newest["coding"], newest["stream"], newest["after"]) == (coding, "infant_face", found)


def test_what_cannot_be_adopted(lab: Lab) -> None:
    person, open_one = start_coding(lab)
    with pytest.raises(Conflict, match="Submit it first"):
        episodes.adopt(lab, person, open_one, "infant_face")
    _, coding = submitted(lab, "Ben")
    with pytest.raises(NotAllowed):  # another coder's marks before one's own are submitted
        episodes.adopt(lab, person, coding, "infant_face")
    assert episodes.adoptable(lab, person, place(lab)) == []
    supervisor = coder(lab, "Sue", "supervisor")
    with pytest.raises(Invalid, match="no exclusive stream"):
        episodes.adopt(lab, supervisor, coding, "caregiver_return")
    with pytest.raises(NotFound):
        episodes.adopt(lab, supervisor, coding, "nothing")
    student, own = submitted(lab, "Stan", "student")
    with pytest.raises(NotAllowed):
        episodes.adopt(lab, student, own, "infant_face")


def test_who_may_change_them_on_the_page_of_a_coding(lab: Lab) -> None:
    person, coding = start_coding(lab)
    assert codings.payload(lab, person, coding)["observation"]["episodes_fixed"] is None
    student, own = start_coding(lab, "Stan", "student")
    assert "Researchers" in codings.payload(lab, student, own)["observation"]["episodes_fixed"]
