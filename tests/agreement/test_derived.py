"""Scores of sessions, by hand, and what they are for."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from coder_app.agreement import Codings, compute
from coder_app.agreement.derived import MEASURES, all_scores, session_scores
from coder_app.errors import AgreementError


def events(*rows: tuple[float, float | None, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["onset_s", "offset_s", "code"])


ONE = Codings.of(
    [events((0, 10, "a"), (20, 30, "b"), (40, None, "p")), events((5, 12, "a"), (15, 18, "a"))],
    span=(0, 60),
    categories=("a", "b", "p"),
)
# Unscorable from 30 to 45 leaves 45 s; the bout of b keeps the 5 s before it.
TWO = Codings.of(
    [events((25, 35, "b"), (30, 45, "dark"), (50, 55, "a")), events((50, 56, "a"))],
    span=(0, 60),
    categories=("a", "b", "p"),
    unscorable=["dark"],
)
SESSIONS = {"s1": ONE, "s2": TWO}
NAN = float("nan")


@pytest.mark.parametrize(
    ("measure", "code", "by_hand"),
    [
        ("duration_s", "a", [[10, 10], [5, 6]]),
        ("duration_s", "b", [[10, 0], [5, 0]]),
        ("share", "a", [[10 / 60, 10 / 60], [5 / 45, 6 / 45]]),
        ("count", "a", [[1, 2], [1, 1]]),
        ("rate_per_min", "a", [[1, 2], [60 / 45, 60 / 45]]),
        ("mean_bout_s", "a", [[10, 5], [5, 6]]),
        ("latency_s", "a", [[0, 5], [35, 35]]),  # 30 s before the unscorable time and 5 s after it
        ("latency_s", "b", [[20, NAN], [25, NAN]]),
        ("latency_s", "p", [[40, NAN], [NAN, NAN]]),
    ],
)
def test_by_hand(measure: str, code: str, by_hand: list[list[float]]) -> None:
    assert session_scores(SESSIONS, measure, code).values == pytest.approx(np.array(by_hand), nan_ok=True)


def test_points_have_no_durations() -> None:
    found = all_scores(SESSIONS)
    assert ("count", "p") in found
    assert ("duration_s", "p") not in found
    assert {measure for measure, code in found if code == "a"} == set(MEASURES)


def test_scores_go_into_the_statistics_of_scores() -> None:
    # Differences second minus first, or first minus second: 0 and 1 s of code a; the bias is half a second either way.
    assert abs(compute("bland_altman", session_scores(SESSIONS, "duration_s", "a")).value or 0) == pytest.approx(0.5)
    assert compute("icc", session_scores(SESSIONS, "duration_s", "a")).value is not None


def test_wrong_calls() -> None:
    with pytest.raises(AgreementError, match="no measure 'length'"):
        session_scores(SESSIONS, "length", "a")
    with pytest.raises(AgreementError, match="Session s1 has no code 'z'"):
        session_scores(SESSIONS, "count", "z")
    with pytest.raises(AgreementError, match="no sessions"):
        session_scores({}, "count", "a")
    with pytest.raises(AgreementError, match="different numbers"):
        session_scores({"s1": ONE, "s2": Codings.of([events((0, 1, "a"))] * 3)}, "count", "a")
