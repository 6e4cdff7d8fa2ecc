"""Keys and example codings get a journal like any other coding."""

from __future__ import annotations

import pytest
from journal_kit import END_US, add, coder, small_scheme

from coder_app.errors import Invalid
from coder_app.workflow import codings
from coder_app.workflow.coding_import import version_id
from coder_app.workflow.lab import Lab


def without_id(body: dict) -> dict:
    return {name: value for name, value in body["event"].items() if name != "id"}


EVENTS = [
    without_id(add("still_face", 4_000_000, 5_000_000, "caregiver_return")),
    without_id(add("neutral", 10_000_000, END_US)),
    without_id(add("smile", 0, 10_000_000)),
]
WATCHED = {"infant_face": [[0, END_US]], "caregiver_return": [[0, END_US]]}


def test_a_key_is_submitted_with_its_journal(any_lab: Lab) -> None:
    observation, keeper = any_lab.store.all("observation")[0], coder(any_lab, "Key")
    row = codings.import_coding(any_lab, observation["id"], keeper["id"], small_scheme(), "", EVENTS, WATCHED, is_key=True)
    assert [line["body"]["kind"] for line in codings.operations(any_lab, row["id"])] == ["cover", "cover", "add", "add", "add"]
    record = codings.record(any_lab, row["id"])
    assert (record.is_key, record.state, record.revision, record.coder) == (True, "submitted", 5, "Key")
    assert record.coding.span("infant_face").parts == ((0, END_US),)
    assert record.coding.span("caregiver_return").parts == ((0, END_US),)
    assert sorted(event.code for event in record.coding.events.values()) == ["neutral", "smile", "still_face"]
    any_lab.desk.clear()
    assert len(any_lab.desk.take(any_lab.store, row["id"]).coding.done) == 3


def test_what_the_rules_refuse_is_named_and_nothing_is_kept(lab: Lab) -> None:
    observation, keeper = lab.store.all("observation")[0], coder(lab, "Key")
    wrong = [*EVENTS, without_id(add("grin", 7_000_000))]
    with pytest.raises(Invalid, match=r"infant_face.grin at 7000000"):
        codings.import_coding(lab, observation["id"], keeper["id"], small_scheme(), "", wrong, WATCHED, False)
    assert lab.store.all("coding") == []


def test_a_coding_can_be_imported_to_go_on_with(lab: Lab) -> None:
    observation, person = lab.store.all("observation")[0], coder(lab)
    row = codings.import_coding(lab, observation["id"], person["id"], small_scheme(), "", EVENTS, {}, False, submitted=False)
    answer = codings.commit(lab, person, row["id"], "w1", 3, [add("smile", 20_000_000)])
    assert (answer["revision"], answer["rejected"]) == (4, [])


def test_one_version_of_a_scheme_is_kept_once(lab: Lab) -> None:
    observation, person = lab.store.all("observation")[0], coder(lab)
    for _ in range(2):
        codings.start(lab, person, observation["id"], small_scheme(), "id: play-mini", person["id"])
    assert [row["id"] for row in lab.store.all("scheme_version")] == [version_id(small_scheme())]
