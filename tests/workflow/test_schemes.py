"""The schemes that a coding can be started with."""

from __future__ import annotations

from coder_app.workflow import codings, people, schemes, studies
from coder_app.workflow.lab import Lab


def test_a_new_coding_is_offered_the_scheme_last_used_in_its_study(lab: Lab) -> None:
    first, (observation,) = people.first(lab), lab.store.all("observation")
    other = studies.add(lab, first, "Another")
    begin = schemes.get(lab, "serve-and-return-quick").key
    assert schemes.usual(lab, observation["study_id"]) == begin
    phases = schemes.get(lab, "engagement-phases")
    codings.start(lab, first, observation["id"], phases.scheme, phases.source, first["id"])
    assert schemes.usual(lab, observation["study_id"]) == phases.key
    assert schemes.usual(lab, other["id"]) == begin
