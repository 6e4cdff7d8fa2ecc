"""What cannot go into a coding is kept beside it, whole and in order, and can be read as its writer saw it."""

from __future__ import annotations

import pytest
from journal_kit import add, cover, ids, start_coding, undo

from coder_app.errors import Conflict
from coder_app.workflow import codings
from coder_app.workflow.lab import Lab


def test_the_second_of_two_writers_keeps_its_whole_queue_in_order(any_lab: Lab) -> None:
    person, coding = start_coding(any_lab)
    shared = add("smile", 0)
    codings.commit(any_lab, person, coding, "w1", 0, [shared])
    codings.commit(any_lab, person, coding, "w2", 1, [add("neutral", 5_000_000)])
    queue = [add("neutral", 1_000_000), cover(0, 2_000_000), add("grin", 2_000_000), undo(shared)]
    answer = codings.commit(any_lab, person, coding, "w1", 1, queue)
    assert answer["accepted"] == []
    assert [one["id"] for one in answer["rejected"]] == ids(queue)
    assert {one["code"] for one in answer["rejected"]} == {"conflict"}
    assert answer["revision"] == 2
    assert [line["body"] for line in codings.operations(any_lab, answer["recovered"])] == queue
    seen = codings.payload(any_lab, person, answer["recovered"])
    assert (seen["state"], seen["writable"], seen["recovered_from"]) == ("recovered", False, coding)
    # What w1 saw: smile at 0, then neutral from 1 s; the unlawful and the not-newest operation changed nothing.
    assert [(e["code"], e["onset_us"], e["offset_us"]) for e in seen["events"]] == [
        ("smile", 0, 1_000_000),
        ("neutral", 1_000_000, None),
    ]
    assert codings.payload(any_lab, person, coding)["recovered"][0]["count"] == 4


def test_the_pieces_of_a_queue_stay_together(any_lab: Lab) -> None:
    person, coding = start_coding(any_lab)
    codings.commit(any_lab, person, coding, "w2", 0, [add("smile", 0)])
    first, second = [add("neutral", 1_000_000)], [add("smile", 2_000_000), add("neutral", 3_000_000)]
    one = codings.commit(any_lab, person, coding, "w1", 0, first)
    two = codings.commit(any_lab, person, coding, "w1", 0, second)
    assert two["recovered"] == one["recovered"]
    assert [line["id"] for line in codings.operations(any_lab, one["recovered"])] == ids(first + second)
    again = codings.commit(any_lab, person, coding, "w1", 0, first + second)
    assert [r["id"] for r in again["rejected"]] == ids(first + second)
    assert len(codings.operations(any_lab, one["recovered"])) == 3


def test_a_writer_who_has_read_the_newest_state_goes_on(any_lab: Lab) -> None:
    """design.md 5: if nobody else has committed since `after`, all are applied."""
    person, coding = start_coding(any_lab)
    codings.commit(any_lab, person, coding, "w2", 0, [add("smile", 0)])
    first = codings.commit(any_lab, person, coding, "w1", 0, [add("neutral", 1_000_000)])
    assert codings.commit(any_lab, person, coding, "w1", 1, [add("neutral", 2_000_000)])["rejected"] == []
    codings.commit(any_lab, person, coding, "w2", 2, [add("smile", 3_000_000)])
    second = codings.commit(any_lab, person, coding, "w1", 2, [add("smile", 4_000_000)])
    assert second["rejected"][0]["code"] == "conflict"
    assert second["recovered"] != first["recovered"]
    seen = codings.payload(any_lab, person, second["recovered"])["events"]
    # Made on revision 2: neutral from 2 s, which the key at 4 s ends.
    assert [(e["code"], e["onset_us"]) for e in seen] == [("smile", 0), ("neutral", 2_000_000), ("smile", 4_000_000)]


def test_a_page_whose_keys_were_kept_aside_is_told_when_it_renews(any_lab: Lab) -> None:
    person, coding = start_coding(any_lab)
    codings.claim(any_lab, person, coding, "w1", "b1")
    codings.commit(any_lab, person, coding, "w2", 0, [add("smile", 0)])
    codings.commit(any_lab, person, coding, "w1", 0, [add("neutral", 1_000_000)])
    with pytest.raises(Conflict) as error:
        codings.claim(any_lab, person, coding, "w1", "b1")
    assert error.value.code == "retired"
    codings.commit(any_lab, person, coding, "w1", 1, [add("neutral", 2_000_000)])
    assert codings.claim(any_lab, person, coding, "w1", "b1")["held"]


def test_after_reopening_the_same_writer_goes_on(any_lab: Lab) -> None:
    person, coding = start_coding(any_lab)
    full = [add("smile", 0, 60_000_000), cover(0, 60_000_000, "infant_face", "caregiver_return")]
    codings.commit(any_lab, person, coding, "w1", 0, full)
    codings.claim(any_lab, person, coding, "w1", "b1")
    codings.submit(any_lab, person, coding, "w1", 2, "No rating in this pilot.")
    assert codings.commit(any_lab, person, coding, "w1", 2, [add("neutral", 1_000_000)])["rejected"][0]["code"] == "submitted"
    codings.reopen(any_lab, person, coding, "One smile was late.")
    assert codings.claim(any_lab, person, coding, "w1", "b1")["held"]
    assert codings.commit(any_lab, person, coding, "w1", 2, [add("neutral", 2_000_000)])["revision"] == 3


def test_a_writer_may_lag_behind_its_own_commits(any_lab: Lab) -> None:
    person, coding = start_coding(any_lab)
    codings.commit(any_lab, person, coding, "w1", 0, [add("smile", 0)])
    answer = codings.commit(any_lab, person, coding, "w1", 0, [add("neutral", 1_000_000)])
    assert (answer["revision"], answer["rejected"]) == (2, [])


def test_a_revision_that_never_was_is_a_conflict(any_lab: Lab) -> None:
    """As after a backup was restored under an open page."""
    person, coding = start_coding(any_lab)
    answer = codings.commit(any_lab, person, coding, "w1", 7, [add("smile", 0)])
    assert answer["rejected"][0]["code"] == "conflict"
    assert len(codings.operations(any_lab, answer["recovered"])) == 1
    assert codings.payload(any_lab, person, answer["recovered"])["events"][0]["code"] == "smile"


def test_a_submitted_coding_keeps_late_keys_beside_it(any_lab: Lab) -> None:
    person, coding = start_coding(any_lab)
    full = [add("smile", 0, 60_000_000), cover(0, 60_000_000, "infant_face", "caregiver_return")]
    codings.commit(any_lab, person, coding, "w1", 0, full)
    codings.submit(any_lab, person, coding, "w1", 2, "No rating in this pilot.")
    answer = codings.commit(any_lab, person, coding, "w1", 2, [add("neutral", 1_000_000)])
    assert answer["rejected"][0]["code"] == "submitted"
    assert len(codings.operations(any_lab, coding)) == 2
    assert len(codings.payload(any_lab, person, coding)["recovered"]) == 1
    assert codings.commit(any_lab, person, coding, "w1", 0, full)["accepted"] == ids(full)


def test_keys_sent_to_a_recovered_version_are_kept_too(any_lab: Lab) -> None:
    person, coding = start_coding(any_lab)
    first = codings.commit(any_lab, person, coding, "w1", 3, [add("smile", 0)])["recovered"]
    second = codings.commit(any_lab, person, first, "w9", 1, [add("neutral", 0)])
    assert second["rejected"][0]["code"] == "recovered"
    assert len(codings.operations(any_lab, second["recovered"])) == 1
    assert codings.payload(any_lab, person, second["recovered"])["state"] == "recovered"
