"""Who holds the lease of a coding, and what that does not decide."""

from __future__ import annotations

import pytest
from journal_kit import add, coder, start_coding

from coder_app.errors import Conflict, NotAllowed
from coder_app.workflow import codings, people
from coder_app.workflow.codings import LeaseHeld
from coder_app.workflow.lab import Lab

LONG_AGO = "2020-01-01T00:00:00.000Z"
HELD = {"held": True, "expires_s": 30}


def test_the_first_page_holds_and_renews(any_lab: Lab) -> None:
    person, coding = start_coding(any_lab)
    assert codings.claim(any_lab, person, coding, "w1", "b1") == HELD
    assert codings.claim(any_lab, person, coding, "w1", "b1") == HELD


def test_the_same_browser_and_person_regain_at_once(any_lab: Lab) -> None:
    person, coding = start_coding(any_lab)
    codings.claim(any_lab, person, coding, "w1", "b1")
    assert codings.claim(any_lab, person, coding, "w2", "b1") == HELD
    with pytest.raises(LeaseHeld) as error:  # the page that was there before is told at its next renewal, if in another browser
        codings.claim(any_lab, person, coding, "w3", "b2")
    assert (error.value.code, error.value.holder) == ("lease_held", "Cleo")


def test_a_supervisor_takes_over_and_a_stranger_may_not(any_lab: Lab) -> None:
    person, coding = start_coding(any_lab)
    codings.claim(any_lab, person, coding, "w1", "b1")
    with pytest.raises(NotAllowed):
        codings.claim(any_lab, coder(any_lab, "Otto"), coding, "w2", "b2", take_over=True)
    boss = people.first(any_lab)
    with pytest.raises(LeaseHeld):
        codings.claim(any_lab, boss, coding, "w3", "b3")
    assert codings.claim(any_lab, boss, coding, "w3", "b3", take_over=True) == HELD
    with pytest.raises(LeaseHeld) as error:
        codings.claim(any_lab, person, coding, "w1", "b1")
    assert error.value.holder == boss["name"]
    assert any(line["action"] == "coding.take_over" for line in any_lab.store.all("log"))


def test_a_lease_lapses_after_30_seconds(any_lab: Lab) -> None:
    person, coding = start_coding(any_lab)
    codings.claim(any_lab, person, coding, "w1", "b1")
    with any_lab.store.transaction() as rows:
        rows.update_where("lease", {"coding_id": coding}, renewed_at=LONG_AGO)
    assert codings.claim(any_lab, people.first(any_lab), coding, "w2", "b2") == HELD


def test_a_lapsed_or_lost_lease_loses_no_key_as_long_as_nobody_else_wrote(any_lab: Lab) -> None:
    person, coding = start_coding(any_lab)
    codings.claim(any_lab, person, coding, "w1", "b1")
    codings.claim(any_lab, people.first(any_lab), coding, "w2", "b2", take_over=True)
    answer = codings.commit(any_lab, person, coding, "w1", 0, [add("smile", 0)])
    assert (answer["revision"], answer["rejected"]) == (1, [])


def test_only_open_codings_are_leased(lab: Lab) -> None:
    person, coding = start_coding(lab)
    lab.store.update("coding", coding, state="submitted")
    with pytest.raises(Conflict) as error:
        codings.claim(lab, person, coding, "w1", "b1")
    assert error.value.code == "submitted"


def test_a_page_that_closes_gives_the_lease_back_and_only_its_own(any_lab: Lab) -> None:
    person, coding = start_coding(any_lab)
    codings.claim(any_lab, person, coding, "w1", "b1")
    codings.release(any_lab, person, coding, "other")
    with pytest.raises(LeaseHeld):
        codings.claim(any_lab, person, coding, "w2", "b2")
    assert codings.release(any_lab, person, coding, "w1") == {"held": False}
    assert codings.claim(any_lab, person, coding, "w2", "b2") == HELD
    with pytest.raises(NotAllowed):
        codings.release(any_lab, coder(any_lab, "Otto"), coding, "w2")
