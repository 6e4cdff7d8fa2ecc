"""Comparing two codings: figures by hand, who may, what fits, runs that can be repeated."""

from __future__ import annotations

import json
from typing import Any

import double_coded
import pytest

from coder_app.errors import AgreementError, Invalid, NotAllowed, NotFound
from coder_app.model.ids import new_id
from coder_app.workflow import agreement, codings, people
from coder_app.workflow.agreement import Comparison, Options, StreamComparison
from coder_app.workflow.lab import Lab

S = 1_000_000
Row = dict[str, Any]


def stream(comparison: Comparison, name: str) -> StreamComparison:
    return next(one for one in comparison.streams if one.stream.id == name)


def test_figures_by_hand(bare_lab: Lab, supervisor: Row) -> None:
    _, ana, ben = double_coded.pair(bare_lab)
    found = agreement.compare(bare_lab, supervisor, ana["id"], ben["id"])
    face = stream(found, "face").result
    assert face is not None
    # 0-4 smile smile, 4-5 neutral smile, 5-9 neutral neutral, 9-10 leaves: po 8/9;
    # rows 4 5, columns 5 4: pe = (20 + 20) / 81; kappa = (72 - 40) / (81 - 40)
    assert face.exact.percent.value == pytest.approx(8 / 9)
    assert face.exact.kappa.value == pytest.approx(32 / 41)
    assert face.time_unit.kappa.value == pytest.approx(32 / 41)
    assert face.times.unscorable == 1 * S
    acts = stream(found, "acts").result
    assert acts is not None
    pat = acts.codes[0].exact
    # pat: both 3, first only 1, neither 6: po .9; pe = (4x3 + 6x7) / 100 = .54; kappa = .36 / .46
    assert pat.value == pytest.approx(0.36 / 0.46)
    assert acts.points["beep"]["matched"] == 1
    assert acts.points["beep"]["second_only"] == 1
    assert found.parameters.unit_us == 1 * S
    assert found.parameters.tolerance_us == 1 * S


def test_points_at_a_chosen_tolerance_and_unit(bare_lab: Lab, supervisor: Row) -> None:
    _, ana, ben = double_coded.pair(bare_lab)
    # the two beeps are .4 s apart
    for tolerance_us, matched in ((399_999, 0), (400_000, 1)):
        found = agreement.compare(bare_lab, supervisor, ana["id"], ben["id"], Options(500_000, tolerance_us))
        result = stream(found, "acts").result
        assert result is not None
        assert result.points["beep"]["matched"] == matched
    face = stream(found, "face").result
    assert face is not None
    assert face.time_unit.kappa["n"] == 18  # 9 s scored by both


def test_ratings_say_why_they_have_no_figures(bare_lab: Lab, supervisor: Row) -> None:
    _, ana, ben = double_coded.pair(bare_lab)
    overall = stream(agreement.compare(bare_lab, supervisor, ana["id"], ben["id"]), "overall")
    assert overall.result is None
    assert "over many sessions" in (overall.why or "")


def test_json_names_everything_needed_to_repeat_it(bare_lab: Lab, supervisor: Row) -> None:
    observation, ana, ben = double_coded.pair(bare_lab)
    data = json.loads(json.dumps(agreement.compare(bare_lab, supervisor, ana["id"], ben["id"]).to_json()))
    assert data["scheme"]["id"] == "play-mini"
    assert data["scheme"]["version"] == "1.0"
    assert [coder["coder"] for coder in data["coders"]] == ["Ana", "Ben"]
    assert [coder["revision"] for coder in data["coders"]] == [ana["revision"], ben["revision"]]
    assert data["observation"]["name"] == observation["name"]
    assert data["software"]["name"] == "coder-app"
    assert data["parameters"]["unit_s"] == 1.0
    assert data["streams"][0]["exact"]["cohen_kappa"]["value"] == pytest.approx(32 / 41)


def test_a_key_can_be_compared(bare_lab: Lab, supervisor: Row) -> None:
    observation, ana, _ = double_coded.pair(bare_lab)
    key = double_coded.coding(bare_lab, observation["id"], "Key", double_coded.ANA, is_key=True)
    found = agreement.compare(bare_lab, supervisor, ana["id"], key["id"])
    assert found.second.name == "Key"
    assert found.second.is_key
    gold = double_coded.coding(bare_lab, observation["id"], "Gold", double_coded.ANA, is_key=True, label="second try")
    assert agreement.compare(bare_lab, supervisor, ana["id"], gold["id"]).second.name == "Gold (key, second try)"
    assert all(one.result is None or not one.result.disagreements for one in found.streams)
    assert agreement.candidates(bare_lab, supervisor, observation["id"])[0]["id"] == key["id"]


def test_an_open_coding_can_be_compared_as_it_stands(bare_lab: Lab, supervisor: Row) -> None:
    observation, ana, _ = double_coded.pair(bare_lab)
    half = double_coded.coding(
        bare_lab, observation["id"], "Cora", double_coded.ANA[:1], submitted=False, watched={"face": [[0, 4 * S]]}
    )
    face = stream(agreement.compare(bare_lab, supervisor, ana["id"], half["id"]), "face").result
    assert face is not None
    assert face.times.compared == 4 * S
    assert face.exact.kappa.undefined == "one_category"
    acts = stream(agreement.compare(bare_lab, supervisor, ana["id"], half["id"]), "acts").result
    assert acts is not None
    assert acts.points["beep"].undefined == "no_overlap"


def test_a_coder_sees_agreement_only_after_submitting_their_own(bare_lab: Lab) -> None:
    observation, ana, ben = double_coded.pair(bare_lab)
    other = people.named(bare_lab, "Dora", role="researcher")
    with pytest.raises(NotAllowed, match="Submit your own coding"):
        agreement.compare(bare_lab, other, ana["id"], ben["id"])
    assert agreement.candidates(bare_lab, other, observation["id"]) == []
    assert agreement.observations(bare_lab, other) == []
    double_coded.coding(bare_lab, observation["id"], "Dora", double_coded.ANA)
    assert len(agreement.candidates(bare_lab, other, observation["id"])) == 3
    assert agreement.compare(bare_lab, other, ana["id"], ben["id"]).first.coder == "Ana"


def test_a_student_may_compare_with_the_key_only(bare_lab: Lab) -> None:
    observation, ana, _ = double_coded.pair(bare_lab)
    key = double_coded.coding(bare_lab, observation["id"], "Key", double_coded.ANA, is_key=True)
    own = double_coded.coding(bare_lab, observation["id"], "Stan", double_coded.ANA, role="student")
    student = people.named(bare_lab, "Stan", role="student")
    assert {row["id"] for row in agreement.candidates(bare_lab, student, observation["id"])} == {key["id"], own["id"]}
    with pytest.raises(NotAllowed):
        agreement.compare(bare_lab, student, own["id"], ana["id"])


def test_what_does_not_fit_is_refused_with_the_reason(bare_lab: Lab, supervisor: Row) -> None:
    observation, ana, _ = double_coded.pair(bare_lab)
    elsewhere = double_coded.coding(bare_lab, double_coded.observation(bare_lab, "P02")["id"], "Ana", double_coded.ANA)
    with pytest.raises(Invalid, match="two observations, P01 and P02"):
        agreement.compare(bare_lab, supervisor, ana["id"], elsewhere["id"])
    with pytest.raises(Invalid, match="with itself"):
        agreement.compare(bare_lab, supervisor, ana["id"], ana["id"])
    with pytest.raises(NotFound, match="There is no coding nothing"):
        agreement.compare(bare_lab, supervisor, ana["id"], "nothing")
    changed = {"scheme": double_coded.scheme("2.0", "touch"), "source": double_coded.source("2.0", "touch")}
    other = double_coded.coding(bare_lab, observation["id"], "Eve", double_coded.ANA, **changed)
    with pytest.raises(Invalid, match=r"versions 1\.0 and 2\.0 of play-mini, whose codes differ in: acts"):
        agreement.compare(bare_lab, supervisor, ana["id"], other["id"])
    with pytest.raises(AgreementError, match=r"0\.001 s or more"):
        agreement.compare(bare_lab, supervisor, ana["id"], elsewhere_same(bare_lab, observation), Options(unit_us=10))
    with pytest.raises(AgreementError, match="below zero"):
        agreement.compare(bare_lab, supervisor, ana["id"], elsewhere_same(bare_lab, observation), Options(tolerance_us=-1))


def elsewhere_same(lab: Lab, observation: Row) -> str:
    return str(next(row["id"] for row in codings.listing(lab, people.first(lab), observation["id"]) if row["coder"] == "Ben"))


def test_versions_with_the_same_codes_fit(bare_lab: Lab, supervisor: Row) -> None:
    observation, ana, _ = double_coded.pair(bare_lab)
    newer = {"scheme": double_coded.scheme("1.1"), "source": double_coded.source("1.1")}
    other = double_coded.coding(bare_lab, observation["id"], "Eve", double_coded.ANA, **newer)
    found = agreement.compare(bare_lab, supervisor, ana["id"], other["id"])
    assert (found.first.scheme_version, found.second.scheme_version) == ("1.0", "1.1")


def test_a_run_is_kept_and_can_be_opened_again(bare_lab: Lab, supervisor: Row) -> None:
    _, ana, ben = double_coded.pair(bare_lab)
    assert agreement.last_run(bare_lab, supervisor) is None
    made = agreement.compare(bare_lab, supervisor, ana["id"], ben["id"], Options(2 * S, 500_000))
    run = agreement.save_run(bare_lab, supervisor, made)
    again = agreement.get_run(bare_lab, supervisor, run)
    assert agreement.last_run(bare_lab, supervisor) == run
    assert again.run_id == run
    assert again.parameters == made.parameters
    assert [one.to_json() for one in again.streams] == [one.to_json() for one in made.streams]
    with pytest.raises(NotFound):
        agreement.get_run(bare_lab, supervisor, "nothing")


def test_a_run_stays_with_the_revisions_it_was_made_of(bare_lab: Lab, supervisor: Row) -> None:
    observation, ana, _ = double_coded.pair(bare_lab)
    half = double_coded.coding(bare_lab, observation["id"], "Cora", double_coded.ANA[:1], submitted=False)
    cora = people.named(bare_lab, "Cora")
    run = agreement.save_run(bare_lab, supervisor, agreement.compare(bare_lab, supervisor, ana["id"], half["id"]))
    before = agreement.get_run(bare_lab, supervisor, run)
    event = {"id": new_id(), "modifiers": {}, "link": None} | double_coded.state("face", "neutral", 4, 10)
    operation = {"id": new_id(), "kind": "add", "made_at": "2026-11-22T10:00:00.000Z", "group": None, "event": event}
    codings.claim(bare_lab, cora, half["id"], "w", "b")
    answer = codings.commit(bare_lab, cora, half["id"], "w", half["revision"], [operation])
    assert answer["rejected"] == []
    after = agreement.get_run(bare_lab, supervisor, run)
    assert not before.second.changed
    assert after.second.changed
    assert [one.to_json() for one in after.streams] == [one.to_json() for one in before.streams]


def test_nobody_is_shown_a_last_run_they_may_not_see(bare_lab: Lab, supervisor: Row, researcher: Row) -> None:
    _, ana, ben = double_coded.pair(bare_lab)
    run = agreement.save_run(bare_lab, supervisor, agreement.compare(bare_lab, supervisor, ana["id"], ben["id"]))
    assert agreement.last_run(bare_lab, researcher) is None
    with pytest.raises(NotAllowed):
        agreement.get_run(bare_lab, researcher, run)


def test_observations_with_two_codings_of_one_scheme(bare_lab: Lab, supervisor: Row) -> None:
    observation, _, _ = double_coded.pair(bare_lab)
    alone = double_coded.observation(bare_lab, "P02")
    double_coded.coding(bare_lab, alone["id"], "Ana", double_coded.ANA)
    assert [one["id"] for one in agreement.observations(bare_lab, supervisor)] == [observation["id"]]
