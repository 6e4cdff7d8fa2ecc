"""Operations in, codings out: idempotent, undoable, the same after a reload, on both databases."""

from __future__ import annotations

import journal_kit as kit
import pytest
from journal_kit import add, cover, ids, operation, redo, start_coding, undo

from coder_app.errors import Conflict, Invalid, NotAllowed, NotFound
from coder_app.workflow import codings
from coder_app.workflow.desk import replay
from coder_app.workflow.lab import Lab


def state_of(lab: Lab, coding_id: str) -> dict:
    """The state as the database has it."""
    lab.desk.clear()
    return lab.desk.take(lab.store, coding_id).coding.state_json()


def test_an_operation_is_in_the_payload_after_a_reload(any_lab: Lab) -> None:
    person, coding = start_coding(any_lab)
    smile = add("smile", 1_000_000, 2_000_000)
    answer = codings.commit(any_lab, person, coding, "w1", 0, [smile, cover(0, 3_000_000)])
    assert answer["revision"] == 2
    assert len(answer["accepted"]) == 2
    assert answer["rejected"] == []
    any_lab.desk.clear()
    seen = codings.payload(any_lab, person, coding)
    assert seen["events"] == [smile["event"]]
    assert seen["watched"]["infant_face"] == [[0, 3_000_000]]
    # Exhaustive: the union of its bouts, however much was watched.
    assert seen["spans"]["infant_face"] == [[1_000_000, 2_000_000]]
    assert [entry["op"] for entry in seen["done"]] == [smile["id"]]
    assert (seen["revision"], seen["writable"], seen["done_before"]) == (2, True, 0)


def test_the_same_id_twice_is_once(any_lab: Lab) -> None:
    person, coding = start_coding(any_lab)
    queue = [add("smile", 1_000_000), add("neutral", 2_000_000)]
    first = codings.commit(any_lab, person, coding, "w1", 0, queue)
    again = codings.commit(any_lab, person, coding, "w1", 0, [*queue, add("smile", 3_000_000)])
    assert again["accepted"][:2] == first["accepted"] == ids(queue)
    assert again["revision"] == 3
    twice = add("neutral", 4_000_000)
    assert codings.commit(any_lab, person, coding, "w1", 3, [twice, twice])["accepted"] == [twice["id"]]
    assert len(codings.operations(any_lab, coding)) == 4


def test_memory_database_and_replay_agree_through_undo_and_redo(any_lab: Lab) -> None:
    person, coding = start_coding(any_lab)
    steps = [add("smile", i * 1_000_000) for i in range(4)]
    gesture = [add("still_face", 5_000_000 + i, None, "caregiver_return", group="g1") for i in (0, 1_000_000)]
    rating = add("overall", None, None, "sensitivity", kind="rating", value=5, episode=None, evidence_us=[1])
    queue = [*steps, *gesture, rating, undo(rating), undo(gesture[1]), redo(gesture[1]), undo(gesture[1]), undo(steps[3])]
    queue += [cover(0, 9_000_000, "caregiver_return"), add("neutral", 2_500_000), undo(queue[0])]
    for body in queue:
        codings.commit(any_lab, person, coding, "w1", codings.get(any_lab, coding)["revision"], [body])
    memory = any_lab.desk.take(any_lab.store, coding).coding
    kept = state_of(any_lab, coding)
    assert memory.state_json() == kept
    scheme, revision = memory.scheme, codings.get(any_lab, coding)["revision"]
    assert replay(any_lab.store, scheme, coding, revision).state_json() == kept


def test_undo_reaches_behind_what_was_loaded(any_lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coder_app.workflow.desk.NEWEST", 3)
    person, coding = start_coding(any_lab)
    queue = [add("smile", 1_000_000 * i, group="g" if i > 2 else None) for i in range(10)]
    codings.commit(any_lab, person, coding, "w1", 0, queue)
    any_lab.desk.clear()
    assert codings.commit(any_lab, person, coding, "w1", 10, [undo(queue[9])])["rejected"] == []
    assert codings.commit(any_lab, person, coding, "w1", 11, [undo(queue[2]), undo(queue[1])])["rejected"] == []
    assert [entry["op"] for entry in state_of(any_lab, coding)["done"]] == [queue[0]["id"]]


def test_history_pages_backwards(any_lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coder_app.workflow.desk.NEWEST", 4)
    monkeypatch.setattr("coder_app.workflow.coding_payload.NEWEST", 4)
    person, coding = start_coding(any_lab)
    queue = [add("smile", 1_000_000 * i) for i in range(10)]
    codings.commit(any_lab, person, coding, "w1", 0, queue)
    any_lab.desk.clear()
    seen = codings.payload(any_lab, person, coding)
    assert ([e["op"] for e in seen["done"]], seen["done_before"]) == (ids(queue[6:]), 6)
    page = codings.history(any_lab, person, coding, 6, 4)
    assert ([e["op"] for e in page["done"]], page["done_before"]) == (ids(queue[2:6]), 2)
    page = codings.history(any_lab, person, coding, 2**53, 5)
    assert ([e["op"] for e in page["done"]], page["done_before"]) == (ids(queue[5:]), 5)


def test_what_the_rules_refuse_is_kept_and_the_rest_goes_on(any_lab: Lab) -> None:
    person, coding = start_coding(any_lab)
    wrong, right = add("grin", 1_000_000), add("smile", 1_000_000)
    unnamed = operation("add")
    answer = codings.commit(any_lab, person, coding, "w1", 0, [wrong, right, unnamed])
    assert answer["accepted"] == [right["id"]]
    assert {one["id"]: one["code"] for one in answer["rejected"]} == {wrong["id"]: "unknown_code", unnamed["id"]: "malformed"}
    kept = codings.operations(any_lab, answer["recovered"])
    assert [line["body"] for line in kept] == [wrong, unnamed]
    assert codings.commit(any_lab, person, coding, "w1", 0, [wrong])["rejected"] == answer["rejected"][:1]
    assert len(codings.operations(any_lab, answer["recovered"])) == 2


def test_an_operation_without_an_id_is_refused_as_a_whole(lab: Lab) -> None:
    person, coding = start_coding(lab)
    with pytest.raises(Invalid, match="needs an id"):
        codings.commit(lab, person, coding, "w1", 0, [add("smile", 0), {"kind": "add"}])
    assert codings.operations(lab, coding) == []


def test_text_of_any_kind_survives(any_lab: Lab) -> None:
    person, coding = start_coding(any_lab)
    smile = add("smile", 0, 1_000_000, comment="Lächeln 微笑 \u0000 \ud83d 'x' \"y\" %s :z")
    codings.commit(any_lab, person, coding, "w1", 0, [smile])
    assert state_of(any_lab, coding)["events"] == [smile["event"]]
    assert codings.operations(any_lab, coding)[0]["body"] == smile


def test_only_the_coder_and_supervisors_write(lab: Lab) -> None:
    person, coding = start_coding(lab)
    other = kit.coder(lab, "Otto")
    with pytest.raises(NotAllowed):
        codings.commit(lab, other, coding, "w2", 0, [add("smile", 0)])
    with pytest.raises(NotAllowed):
        codings.payload(lab, other, coding)
    with pytest.raises(NotFound):
        codings.commit(lab, person, "nothing", "w1", 0, [add("smile", 0)])


def test_listing_names_everything_and_hides_counts(lab: Lab) -> None:
    person, coding = start_coding(lab)
    codings.commit(lab, person, coding, "w1", 0, [add("smile", 0), add("grin", 0)])
    row = codings.listing(lab, person)[0]
    assert (row["coder"], row["observation"], row["study"], row["scheme"]) == ("Cleo", "O-01", "Pilot", "play-mini")
    assert (row["event_count"], row["revision"], row["may_write"]) == (1, 1, True)
    assert [one["count"] for one in row["recovered"]] == [1]
    other = codings.listing(lab, kit.coder(lab, "Otto"), row["observation_id"])[0]
    assert (other["event_count"], other["may_view"], other["may_write"]) == (None, False, False)


def test_a_binned_coding_takes_nothing_but_loses_nothing(any_lab: Lab) -> None:
    person, coding = start_coding(any_lab)
    codings.bin(any_lab, person, coding)
    assert codings.listing(any_lab, person) == []
    answer = codings.commit(any_lab, person, coding, "w1", 0, [add("smile", 0)])
    assert answer["rejected"][0]["code"] == "binned"
    with pytest.raises(Conflict):
        codings.claim(any_lab, person, coding, "w1", "b1")
    codings.restore(any_lab, person, coding)
    assert codings.listing(any_lab, person)[0]["recovered"][0]["count"] == 1


def test_the_chosen_pass_is_kept(lab: Lab) -> None:
    person, coding = start_coding(lab)
    assert codings.choose_pass(lab, person, coding, "p2") == {"pass": "p2"}
    assert codings.payload(lab, person, coding)["pass_id"] == "p2"
    with pytest.raises(Invalid):
        codings.choose_pass(lab, person, coding, "p9")


def test_an_observation_without_video_cannot_be_coded(lab: Lab) -> None:
    person = kit.coder(lab)
    bare = lab.store.insert("observation", study_id=lab.store.all("study")[0]["id"], name="O-02", variables={}, episodes=[])
    with pytest.raises(Invalid, match="no video"):
        codings.start(lab, person, bare["id"], kit.small_scheme(), "", person["id"])
