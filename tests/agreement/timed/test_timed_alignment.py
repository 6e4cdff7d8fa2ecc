"""Kappa of aligned timed events: a case by hand, links by onset and overlap against all pairs, streams, points."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from timed_events_kit import Event, codings, events, full_table

from coder_app.agreement.timed.timed_alignment import TimedAlignmentOptions, timed_alignment_kappa
from coder_app.errors import AgreementError

BY_ONSET = TimedAlignmentOptions(tolerance_us=2)


def test_parts_by_hand() -> None:
    # Onsets 0-1 (a, a) and 10-12 (b, a) link at 2, 20-23 does not: table a/a 1, b/a 1, c missed, c extra. N = 4, po = .25.
    # R = C = 1, r = (1,1,1), c = (2,0,1): e_aa = 1 x 2 x 2/9, e_cc = 1 x 1 x 2/9, pe = 6/36; kappa (.25 - 1/6)/(5/6) = .1
    # Doubled: N = 6, po = 2/6, r = (2,2,1), c = (4,0,1), pe = (8 + 1) x 4/25/6 = .24; kappa (1/3 - .24)/.76
    data = codings([(0, 5, 0), (10, 15, 1), (20, 25, 2)], [(1, 5, 0), (12, 15, 0), (23, 25, 2)])
    result = timed_alignment_kappa(data, BY_ONSET)
    assert result["table"] == [[1, 0, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]]
    assert result.value == pytest.approx(0.1)
    assert result["kappa_doubled"] == pytest.approx((1 / 3 - 0.24) / 0.76)
    assert timed_alignment_kappa(data, replace(BY_ONSET, doubled=True)).value == result["kappa_doubled"]
    assert (result["cost"], result["percent_linked"]) == (3, 0.5)
    assert (result["onset_difference_us"], result["offset_difference_us"]) == ([1, 2], [0, 0])


def may_link(one: Event, other: Event, tolerance: int | None, percent: int | None, both: bool) -> bool:
    shared = max(min(one[1], other[1]) - max(one[0], other[0]), 0)
    longer = max(one[1] - one[0], other[1] - other[0])
    found = []
    if tolerance is not None:
        found.append(abs(one[0] - other[0]) <= tolerance)
    if percent is not None:
        found.append(shared > 0 and 100 * shared >= percent * longer)
    return all(found) if both else any(found)


@given(events(), events(), st.sampled_from([None, 0, 2, 9]), st.sampled_from([None, 30, 60, 100]), st.booleans())
def test_equals_the_full_table(
    first: list[Event], second: list[Event], tolerance: int | None, percent: int | None, both: bool
) -> None:
    if tolerance is None and percent is None:
        tolerance = 4
    share = None if percent is None else percent / 100
    options = TimedAlignmentOptions(tolerance_us=tolerance, overlap=share, rule="both" if both else "either")
    result = timed_alignment_kappa(codings(first, second), options)
    may = np.array([[may_link(a, b, tolerance, percent, both) for b in second] for a in first], dtype=bool)
    least, pairs = full_table([e[2] for e in first], [e[2] for e in second], may.reshape(len(first), len(second)), (0, 1, 1, 1))
    assert result["cost"] == least
    assert [tuple(p) for p in result["pairs"]] == pairs


def test_events_of_different_streams_never_pair() -> None:
    data = codings([(0, 5, 0), (1, 5, 1)], [(0, 5, 0), (1, 5, 1)])
    apart = [replace(table, stream=np.array(stream)) for table, stream in zip(data.coders, ([0, 1], [0, 0]), strict=True)]
    result = timed_alignment_kappa(replace(data, coders=tuple(apart), streams=("x", "y")), BY_ONSET)
    assert result["pairs"] == [[0, 0]]
    assert result["n"] == 3


def test_undefined_and_wrong_calls() -> None:
    assert timed_alignment_kappa(codings([], [])).undefined == "no_events"
    assert timed_alignment_kappa(codings([(0, 5, 0)], [])).undefined == "saturated"
    assert timed_alignment_kappa(codings([(0, 5, 0)], [(0, 5, 0)])).undefined == "one_category"
    for wrong in ({"tolerance_us": None}, {"tolerance_us": -1}, {"overlap": 1.2}, {"deletion": -1.0}):
        with pytest.raises(AgreementError):
            timed_alignment_kappa(codings([], []), TimedAlignmentOptions(**wrong))  # type: ignore[arg-type]
