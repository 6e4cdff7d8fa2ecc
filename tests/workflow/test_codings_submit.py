"""Submitting freezes, reopening thaws, and the submitted revision stays as it was."""

from __future__ import annotations

import pytest
from journal_kit import END_US, add, coder, cover, start_coding

from coder_app.errors import Conflict, Invalid, NotAllowed, NotFound
from coder_app.workflow import codings
from coder_app.workflow.lab import Lab

WHY = "A pilot: no rating."


def covered(lab: Lab) -> tuple[dict, str, int]:
    """A coding that can be submitted with a reason: face coded to an open end, everything watched. Revision 3."""
    person, coding = start_coding(lab)
    queue = [cover(0, END_US, "infant_face", "caregiver_return"), add("smile", 0), add("neutral", 10_000_000)]
    return person, coding, codings.commit(lab, person, coding, "w1", 0, queue)["revision"]


def test_open_bouts_are_closed_at_their_reach_and_the_coding_is_frozen(any_lab: Lab) -> None:
    person, coding, revision = covered(any_lab)
    done = codings.submit(any_lab, person, coding, "w1", revision, WHY)
    assert (done["state"], done["revision"]) == ("submitted", revision + 1)
    assert [one["rule"] for one in done["findings"]] == ["rating_missing"]
    seen = codings.payload(any_lab, person, coding)
    assert [(e["code"], e["offset_us"]) for e in seen["events"]] == [("smile", 10_000_000), ("neutral", END_US)]
    assert (seen["writable"], seen["state"]) == (False, "submitted")
    record = codings.record(any_lab, coding)
    assert (record.coder, record.end_us, record.state, record.revision) == ("Cleo", END_US, "submitted", revision + 1)
    assert record.coding.span("infant_face").parts == ((0, END_US),)
    assert codings.operations(any_lab, coding)[-1]["body"]["kind"] == "change"


def test_reopening_keeps_the_submitted_revision_readable(any_lab: Lab) -> None:
    person, coding, revision = covered(any_lab)
    first = codings.submit(any_lab, person, coding, "w1", revision, WHY)["revision"]
    observation = any_lab.store.all("observation")[0]
    any_lab.store.update("observation", observation["id"], episodes=[{"id": "e1", "name": "Play"}])
    assert codings.reopen(any_lab, person, coding, "Missed a smile.") == {"id": coding, "state": "open", "revision": first}
    codings.commit(any_lab, person, coding, "w2", first, [add("smile", 20_000_000, 21_000_000)])
    second = codings.submit(any_lab, person, coding, "w2", first + 1, WHY)["revision"]
    assert len(codings.record(any_lab, coding, first).coding.events) == 2
    assert codings.record(any_lab, coding, first).episodes == []
    assert len(codings.record(any_lab, coding, second).coding.events) == 4  # neutral, smile, neutral again
    assert codings.record(any_lab, coding).episodes == [{"id": "e1", "name": "Play"}]
    assert len(codings.record(any_lab, coding, 2).coding.events) == 1  # never submitted: made again from the journal
    kept = codings.revisions(any_lab, coding)
    assert [(one["revision"], one["reopen_reason"]) for one in kept] == [(first, "Missed a smile."), (second, "")]
    with pytest.raises(NotFound):
        codings.record(any_lab, coding, 99)


def test_the_same_revision_can_be_submitted_again(any_lab: Lab) -> None:
    person, coding, revision = covered(any_lab)
    first = codings.submit(any_lab, person, coding, "w1", revision, WHY)["revision"]
    codings.reopen(any_lab, person, coding, "By mistake.")
    assert codings.submit(any_lab, person, coding, "w1", first, WHY)["revision"] == first
    assert len(codings.revisions(any_lab, coding)) == 2


def test_a_stale_revision_is_refused(any_lab: Lab) -> None:
    person, coding, revision = covered(any_lab)
    with pytest.raises(Conflict) as error:
        codings.submit(any_lab, person, coding, "w1", revision - 1, WHY)
    assert error.value.code == "stale"
    assert codings.get(any_lab, coding)["state"] == "open"


def test_uncovered_time_and_missing_modifiers_block(lab: Lab) -> None:
    person, coding = start_coding(lab)
    queue = [cover(0, END_US, "infant_face", "caregiver_return"), add("smile", 1_000_000)]
    codings.commit(lab, person, coding, "w1", 0, queue)
    with pytest.raises(Invalid, match="without a code") as error:
        codings.submit(lab, person, coding, "w1", 2, WHY)
    assert error.value.code == "blocked"
    returns = add("facial_mirroring", 2_000_000, 3_000_000, "caregiver_return")
    codings.commit(lab, person, coding, "w1", 2, [add("neutral", 0), returns])
    with pytest.raises(Invalid, match="Channel is not answered") as error:
        codings.submit(lab, person, coding, "w1", 4, WHY)
    assert error.value.code == "blocked"
    full = returns["event"] | {"modifiers": {"channel": "face"}, "link": {"to": None}}
    change = add("facial_mirroring", 0) | {"kind": "change", "event": full}
    codings.commit(lab, person, coding, "w1", 4, [change])
    assert codings.submit(lab, person, coding, "w1", 5, WHY)["state"] == "submitted"


def test_other_findings_need_one_reason(lab: Lab) -> None:
    person, coding, revision = covered(lab)
    with pytest.raises(Invalid, match="Sensitivity is not rated") as error:
        codings.submit(lab, person, coding, "w1", revision, "  ")
    assert error.value.code == "reason_needed"
    assert codings.submit(lab, person, coding, "w1", revision, WHY)["state"] == "submitted"


def test_an_open_bout_nobody_watched_is_listed_and_left_out(lab: Lab) -> None:
    person, coding = start_coding(lab)
    queue = [
        cover(0, END_US, "infant_face"), add("smile", 0), cover(0, 5_000_000, "caregiver_return"),
        add("still_face", 50_000_000, None, "caregiver_return"),
    ]  # fmt: skip
    codings.commit(lab, person, coding, "w1", 0, queue)
    assert "open_unwatched" in {one["rule"] for one in codings.check(lab, person, coding)}
    codings.submit(lab, person, coding, "w1", 4, WHY)
    assert [event.code for event in codings.record(lab, coding).coding.events.values()] == ["smile"]


def test_who_may_submit_and_reopen(lab: Lab) -> None:
    person, coding, revision = covered(lab)
    other = coder(lab, "Otto")
    with pytest.raises(NotAllowed):
        codings.submit(lab, other, coding, "w1", revision, WHY)
    with pytest.raises(Conflict):
        codings.reopen(lab, person, coding, "Not yet submitted.")
    codings.submit(lab, person, coding, "w1", revision, WHY)
    with pytest.raises(NotAllowed):
        codings.reopen(lab, other, coding, "Mine.")
    with pytest.raises(Invalid, match="reason"):
        codings.reopen(lab, person, coding, " ")
    with pytest.raises(Conflict):
        codings.submit(lab, person, coding, "w1", revision + 1, WHY)


def test_marks_open_to_another_coder_after_their_own_submission(lab: Lab) -> None:
    _, coding, _ = covered(lab)
    other, own = start_coding(lab, "Otto")
    with pytest.raises(NotAllowed):
        codings.payload(lab, other, coding)
    queue = [cover(0, END_US, "infant_face", "caregiver_return"), add("smile", 0)]
    codings.commit(lab, other, own, "w7", 0, queue)
    codings.submit(lab, other, own, "w7", 2, WHY)
    assert codings.payload(lab, other, coding)["why_not"] == "This is somebody else's coding."
    codings.reopen(lab, other, own, "Look again.")
    with pytest.raises(NotAllowed):
        codings.payload(lab, other, coding)
