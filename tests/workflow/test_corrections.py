"""The keys whose times the coder's own reaction time was taken off, as the journal tells them."""

from __future__ import annotations

import pytest
from journal_kit import add, operation, start_coding, undo

from coder_app.errors import NotAllowed, NotFound
from coder_app.workflow import codings, people
from coder_app.workflow.corrections import corrections
from coder_app.workflow.lab import Lab


def test_the_journal_tells_what_was_on_the_screen_of_what_is_not_undone(any_lab: Lab) -> None:
    cleo, coding = start_coding(any_lab)
    pressed = add("smile", 2_760_000) | {"seen_us": 3_000_000}
    plain = add("neutral", 4_000_000, comment='"seen_us":7')
    held = add("still_face", 760_000, stream="caregiver_return") | {"seen_us": 1_000_000}
    let_go = operation("change", event=held["event"] | {"offset_us": 1_760_000}) | {"seen_us": 2_000_000}
    gone = add("violation", 500_000, stream="caregiver_return", kind="point") | {"seen_us": 740_000}
    codings.commit(any_lab, cleo, coding, "w1", 0, [pressed, plain, held, let_go, gone, undo(gone)])
    assert corrections(any_lab, cleo, coding) == [
        {"stream": "infant_face", "code": "smile", "at_us": 2_760_000, "seen_us": 3_000_000},
        {"stream": "caregiver_return", "code": "still_face", "at_us": 760_000, "seen_us": 1_000_000},
        {"stream": "caregiver_return", "code": "still_face", "at_us": 1_760_000, "seen_us": 2_000_000},
    ]
    assert [line["body"].get("seen_us") for line in codings.operations(any_lab, coding)][:2] == [3_000_000, None]


def test_who_may_not_see_the_marks_may_not_see_these(any_lab: Lab) -> None:
    _, coding = start_coding(any_lab)
    with pytest.raises(NotAllowed):
        corrections(any_lab, people.named(any_lab, "Stan", "student"), coding)
    with pytest.raises(NotFound):
        corrections(any_lab, people.named(any_lab, "Stan", "student"), "nothing")
