"""What a stream reports: exclusive, overlapping, exhaustive and point streams, with time that leaves the tables."""

from __future__ import annotations

import json
from collections.abc import Callable

import numpy as np
import pytest

from coder_app.agreement import UnitTable, compute
from coder_app.agreement.timed.marks import Marks
from coder_app.agreement.timed.streams import Parameters, stream_agreement
from coder_app.model.interval import Spans
from coder_app.model.scheme import Stream

S = 1_000_000
Make = Callable[..., Stream]
Mark = Callable[..., Marks]


def test_exclusive_stream_by_hand(stream: Make, marked: Mark, minute: Spans) -> None:
    # Both coded 0-10. First: a 0-4, b 4-8. Second: a 0-5, b 5-7, unscorable 9-10.
    # 0-4 aa, 4-5 ab, 5-7 bb, 7-8 b none, 8-9 none none, 9-10 leaves: 9 s; agreed 4 + 2 + 1 = 7.
    first = marked([(0, 10)], (0, 4, "a"), (4, 8, "b"))
    second = marked([(0, 10)], (0, 5, "a"), (5, 7, "b"), (9, 10, "unscorable"))
    found = stream_agreement(stream("a b"), first, second, minute, Parameters(S, S))
    assert found.exact.table is not None
    assert found.exact.table.categories == ("a", "b", "none")
    assert (found.exact.table.counts / S).tolist() == [[4, 0, 0], [1, 2, 1], [0, 0, 1]]
    assert found.exact.percent.value == pytest.approx(7 / 9)
    # rows 4 4 1, columns 5 2 2: pe = (4x5 + 4x2 + 1x2) / 81 = 30/81; kappa = (63 - 30) / (81 - 30)
    assert found.exact.kappa.value == pytest.approx(33 / 51)
    # every edge stands on a whole second, so units of 1 s give the same
    assert found.time_unit.kappa.value == pytest.approx(33 / 51)
    assert found.time_unit.kappa["n"] == 9
    assert (found.times.compared, found.times.scored, found.times.unscorable) == (10 * S, 9 * S, 1 * S)
    assert [code.code for code in found.codes] == ["a", "b"]
    # a: both 4, first only 0, second only 1: p_pos = 8 / 9
    assert found.codes[0].exact["p_pos"] == pytest.approx(8 / 9)


def test_compared_time_is_what_both_coded(stream: Make, marked: Mark) -> None:
    # Coded 0-6 and 2-9, observation ends at 5: 2-5 is compared. Midpoints 2.5, 3.5, 4.5.
    first = marked([(0, 6)], (0, 3, "a"), (3, 6, "b"))
    second = marked([(2, 9)], (2, 9, "a"))
    found = stream_agreement(stream("a b", exhaustive=True), first, second, Spans(((0, 5 * S),)), Parameters())
    assert found.compared == Spans(((2 * S, 5 * S),))
    assert found.time_unit.table is not None
    assert found.time_unit.table.categories == ("a", "b")
    assert found.time_unit.table.counts.tolist() == [[1, 0], [2, 0]]
    assert (found.times.coded_first, found.times.coded_second) == (5 * S, 3 * S)


def test_nothing_in_common_says_no_overlap(stream: Make, marked: Mark, minute: Spans) -> None:
    first, second = marked([(0, 5)], (0, 5, "a")), marked([(5, 9)], (5, 9, "a"))
    found = stream_agreement(stream("a", points="p"), first, second, minute, Parameters())
    results = [found.exact.kappa, found.exact.percent, found.time_unit.kappa, found.codes[0].exact, found.points["p"]]
    assert {r.undefined for r in results} == {"no_overlap"}


def test_shorter_than_a_unit_has_exact_figures_only(stream: Make, marked: Mark, minute: Spans) -> None:
    first = marked([(0, 0.9)], (0, 0.4, "a"), (0.4, 0.9, "b"))
    found = stream_agreement(stream("a b", exhaustive=True), first, first, minute, Parameters())
    assert found.time_unit.kappa.undefined == "no_units"
    assert found.exact.kappa.value == 1.0


def test_all_unscorable_leaves_nothing(stream: Make, marked: Mark, minute: Spans) -> None:
    first, second = marked([(0, 5)], (0, 5, "unscorable")), marked([(0, 5)], (0, 5, "a"))
    found = stream_agreement(stream("a"), first, second, minute, Parameters())
    assert found.exact.percent.undefined == "no_units"
    assert (found.times.unscorable_first, found.times.unscorable_second, found.times.scored) == (5 * S, 0, 0)


def test_overlapping_codes_are_compared_one_by_one(stream: Make, marked: Mark, minute: Spans) -> None:
    # Coded 0-10. a: first 0-6, second 0-5. b: first 4-8, second 4-8. Unscorable for the second 9-10: 9 s are left.
    # a: both 5, first only 1, neither 3. b: both 4, neither 5.
    first = marked([(0, 10)], (0, 6, "a"), (4, 8, "b"))
    second = marked([(0, 10)], (0, 5, "a"), (4, 8, "b"), (9, 10, "unscorable"))
    found = stream_agreement(stream("a b", exclusive=False), first, second, minute, Parameters())
    assert found.exact.kappa.undefined == found.time_unit.percent.undefined == "not_exclusive"
    assert found.exact.table is None
    a, b = (code.exact for code in found.codes)
    assert [a[k] for k in ("both", "first_only", "second_only", "neither")] == [5 * S, 1 * S, 0, 3 * S]
    # po = 8/9; pe = (6x5 + 3x4) / 81 = 42/81; kappa = (72 - 42) / (81 - 42)
    assert a.value == pytest.approx(30 / 39)
    assert b.value == 1.0


def test_points_are_matched_and_have_no_kappa(stream: Make, marked: Mark, minute: Spans) -> None:
    # p: 1.0/1.4 match at .5; 5.0 has none. At 8 the second coder is unscorable: the first's point there is left out, and so
    # is the second's at 11, which the first did not code.
    first = marked([(0, 10)], (1, None, "p"), (5, None, "p"), (8.5, None, "p"))
    second = marked([(0, 12)], (1.4, None, "p"), (8, 9, "unscorable"), (11, None, "p"))
    found = stream_agreement(stream(points="p q"), first, second, minute, Parameters(S, 500_000))
    p = found.points["p"]
    assert (p["matched"], p["first_only"], p["second_only"], p.value) == (1, 1, 0, pytest.approx(2 / 3))
    assert p["mean_difference_us"] == 400_000
    assert found.points["q"].undefined == "no_points"
    assert found.outside == (1, 1)
    assert found.time_unit.kappa.undefined == found.exact.kappa.undefined == "points"
    assert "no duration" in (found.time_unit.kappa.why or "")
    assert found.codes == ()


def test_a_state_stream_may_hold_points_too(stream: Make, marked: Mark, minute: Spans) -> None:
    first = marked([(0, 5)], (0, 2, "a"), (3, None, "p"))
    found = stream_agreement(stream("a", points="p"), first, first, minute, Parameters())
    assert found.exact.kappa.value == 1.0
    assert found.points["p"].value == 1.0


def test_swapping_the_coders_changes_no_figure(stream: Make, marked: Mark, minute: Spans) -> None:
    first = marked([(0, 9)], (0, 4, "a"), (4, 8, "b"), (2, None, "p"))
    second = marked([(1, 10)], (1, 5, "a"), (6, 7, "b"), (3, None, "p"))
    one = stream_agreement(stream("a b", points="p"), first, second, minute, Parameters())
    two = stream_agreement(stream("a b", points="p"), second, first, minute, Parameters())
    assert one.exact.kappa.value == two.exact.kappa.value
    assert one.exact.table is not None
    assert two.exact.table is not None
    assert (one.exact.table.counts == two.exact.table.counts.T).all()
    assert one.points["p"].value == two.points["p"].value


def test_json_is_plain(stream: Make, marked: Mark, minute: Spans) -> None:
    first = marked([(0, 9)], (0, 4, "a"), (2, None, "p"))
    found = stream_agreement(stream("a", points="p"), first, first, minute, Parameters())
    assert json.loads(json.dumps(found.to_json()))["exact"]["table"]["counts"] == [[4 * S, 0], [0, 5 * S]]


def test_ten_thousand_events_take_a_moment(stream: Make, minute: Spans) -> None:
    # 2 x 10,000 bouts; the whole report, tables, codes and disagreements.
    rng = np.random.default_rng(1)
    marks = []
    for _ in range(2):
        edges = np.cumsum(rng.integers(200_000, 4_000_000, 10_001))
        codes = rng.choice(["a", "b", "c"], 10_000)
        bouts = tuple((int(a), int(b), str(c)) for a, b, c in zip(edges, edges[1:], codes, strict=False))
        marks.append(Marks(Spans(((0, 21_000 * S),)), bouts))
    found = stream_agreement(stream("a b c"), marks[0], marks[1], Spans(((0, 21_000 * S),)), Parameters())
    units = UnitTable.of([("a", "a"), ("b", "a")], ("a", "b", "c"))
    assert compute("percent_agreement", units).value == 0.5
    assert found.exact.kappa.value == pytest.approx(0.0, abs=0.03)
    assert sum(d.to_us - d.from_us for d in found.disagreements) == found.times.scored - found.exact.percent["agreed"]
