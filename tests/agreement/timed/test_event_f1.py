"""F1 of events: a case by hand, per code, offsets, and what is undefined."""

from __future__ import annotations

import pytest
from timed_events_kit import codings

from coder_app.agreement.timed.event_f1 import EventF1Options, event_f1
from coder_app.errors import AgreementError


def test_by_hand() -> None:
    # a: 10-12 within 2, 30 alone; b: 20-20; c only by the second. Hits 2, 2 x 2 / (3 + 3); a 2 x 1 / (2 + 1), b 1, c 0.
    data = codings([(10, 15, 0), (20, 25, 1), (30, 35, 0)], [(12, 19, 0), (20, 25, 1), (30, 35, 2)])
    result = event_f1(data, EventF1Options(2))
    assert result.value == pytest.approx(4 / 6)
    assert (result["precision"], result["recall"], result["hits"]) == (pytest.approx(2 / 3), pytest.approx(2 / 3), 2)
    assert {code: f["f1"] for code, f in result["codes"].items()} == {"a": pytest.approx(2 / 3), "b": 1.0, "c": 0.0}
    assert result["pairs"] == [[0, 0], [1, 1]]
    # Offsets 15 and 19 lie 4 apart: with offsets at 2 only b is left.
    assert event_f1(data, EventF1Options(2, 2)).value == pytest.approx(2 / 6)


def test_undefined_and_wrong_calls() -> None:
    nothing = event_f1(codings([], []))
    assert (nothing.value, nothing.undefined, nothing["precision"]) == (None, "no_events", None)
    assert event_f1(codings([(1, 2, 0)], [])).value == 0.0
    with pytest.raises(AgreementError, match="below zero"):
        event_f1(codings([], []), EventF1Options(-1))
