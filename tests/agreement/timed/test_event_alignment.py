"""Kappa of aligned sequences: the two optimal tables of the literature's example, streams, and what is undefined."""

from __future__ import annotations

import pytest
from timed_events_kit import codings

from coder_app.agreement.data import Sequences
from coder_app.agreement.timed.event_alignment import AlignmentOptions, event_alignment_kappa
from coder_app.errors import AgreementError

PAIR = Sequences.of([list("ABCABEF"), list("ABECABF")])


def test_dear_insertions_have_two_optimal_tables() -> None:
    # With insertions and deletions at 2 it is as cheap to substitute C-E, A-C, B-A, E-B as to delete E and insert E
    # (cost 4 either way). First table: diagonal A, B, F = 3 of 7, kappa by hand: r = c = (2,2,1,1,1), no nil, N = 7,
    # pe = (4 + 4 + 1 + 1 + 1)/49 = 11/49; (21/49 - 11/49)/(38/49) = 10/38. Second: the table of the next test, kappa .6994.
    result = event_alignment_kappa(PAIR, AlignmentOptions(deletion=2, insertion=2))
    assert (result["cost"], result["optimal_tables"]) == (4, 2)
    assert result.value == result["kappa_lowest"] == pytest.approx(10 / 38)
    assert result["kappa_highest"] == pytest.approx(0.6993865031)
    assert result["optimal_kappas"] == [result["kappa_lowest"], result["kappa_highest"]]


def test_parts() -> None:
    # Six pairs agree, E is missed once by either: N = 8, po = .75. r = c = (2,2,1,1,1), R = C = 1:
    # e_kk = r_k c_k 6/49, pe = 11 x 6/49/8; kappa = (.75 - .168367)/(1 - .168367). Plain: pe = (11 + 1)/64 = .1875.
    result = event_alignment_kappa(PAIR)
    assert result["expected"] == pytest.approx(66 / 49 / 8)
    assert result.value == pytest.approx((0.75 - 66 / 392) / (1 - 66 / 392))
    assert result["kappa_plain"] == pytest.approx((0.75 - 0.1875) / 0.8125)
    assert result["pairs"] == [[0, 0], [1, 1], [2, 3], [3, 4], [4, 5], [6, 6]]
    assert (result["cost"], result["n"], result["optimal_tables"]) == (2, 8, 1)


def test_codings_are_taken_in_order_of_onset() -> None:
    result = event_alignment_kappa(codings([(5, 6, 1), (0, 3, 0)], [(1, 2, 0), (30, 31, 1)]))
    assert result.value == 1.0
    assert result["pairs"] == [[1, 0], [0, 1]]


def test_undefined_and_wrong_calls() -> None:
    assert event_alignment_kappa(Sequences.of([[], []], "ab")).undefined == "no_events"
    assert event_alignment_kappa(Sequences.of(["a", "a"], "ab")).undefined == "one_category"
    assert event_alignment_kappa(Sequences.of(["aa", "a"], "a")).undefined == "saturated"
    assert event_alignment_kappa(Sequences.of(["ab", ""], "ab")).value == 0.0
    with pytest.raises(AgreementError, match="2 coders"):
        event_alignment_kappa(Sequences.of(["a", "a", "a"]))
