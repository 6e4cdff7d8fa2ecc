"""Statistics over sessions and over blocks of one, curves, and planning."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from coder_app.agreement import Codings, Scores, Sessions, UnitTable, compute
from coder_app.agreement.intervals import of_tables
from coder_app.agreement.intervals.blocks import over_blocks
from coder_app.agreement.intervals.curves import curve, kappa_by_tolerance, kappa_by_unit
from coder_app.agreement.intervals.planning import sessions_for_width
from coder_app.agreement.intervals.sessions import Resampling, over_sessions
from coder_app.errors import AgreementError


def coded(seed: int, seconds: int = 120) -> Codings:
    """Bouts of about 5 s of three codes; the second coder moves every edge a little and changes some codes."""
    rng = np.random.default_rng(seed)
    edges = np.cumsum(rng.uniform(2, 8, size=seconds))
    edges = np.concatenate([[0], edges[edges < seconds], [seconds]])
    codes = rng.choice(list("abc"), size=len(edges) - 1)
    moved = np.sort(np.clip(edges + rng.normal(0, 0.4, len(edges)), 0, seconds))
    other = np.where(rng.random(len(codes)) < 0.15, rng.choice(list("abc"), size=len(codes)), codes)
    frames = [pd.DataFrame({"onset_s": e[:-1], "offset_s": e[1:], "code": c}) for e, c in ((edges, codes), (moved, other))]
    return Codings.of(frames, span=(0, seconds), categories=("a", "b", "c"))


SESSIONS = {f"s{i}": coded(i) for i in range(12)}
QUICK = Resampling(resamples=300)


@pytest.mark.parametrize("statistic", ["time_unit_kappa", "duration_kappa"])
def test_the_pooled_value_is_that_of_all_tables_together(statistic: str) -> None:
    found = over_sessions(statistic, SESSIONS, QUICK)
    tables = sum(np.array(compute(statistic, one)["table"]) for one in SESSIONS.values())
    assert found.value == pytest.approx(of_tables.kappa(np.asarray(tables, dtype=float)[None])[0])
    assert found["pooled"] == "tables"
    assert found.interval is not None
    assert found.interval[0] < found.value < found.interval[1]
    assert found.interval_method == "bootstrap over 12 sessions, percentile, 300 resamples"
    assert found["sessions"]["s3"] == compute(statistic, SESSIONS["s3"]).value


def test_sessions_as_one_shape() -> None:
    both = Sessions.of({name: SESSIONS[name] for name in ("s0", "s1")})
    assert (
        over_sessions("duration_kappa", both, QUICK).value == over_sessions("duration_kappa", dict(both.codings), QUICK).value
    )
    with pytest.raises(AgreementError, match="pooled, with an interval, by"):
        compute("duration_kappa", both)


def test_units_are_pooled_as_one_table() -> None:
    units = {name: one.units(1_000_000) for name, one in SESSIONS.items()}
    found = over_sessions("cohen_kappa", units, QUICK)
    joined = UnitTable(np.concatenate([u.codes for u in units.values()]), units["s0"].categories, 1_000_000)
    assert found.value == pytest.approx(compute("cohen_kappa", joined).value)
    weighted = over_sessions("cohen_kappa", units, Resampling(resamples=30), weights="linear")
    assert weighted["pooled"] == "tables"
    assert weighted.value == pytest.approx(compute("cohen_kappa", joined, weights="linear").value)


def test_units_with_missing_codes_or_more_coders_are_joined() -> None:
    holes = {name: UnitTable.of([["a", "a"], ["b", None], ["b", "b"], ["a", "b"]]) for name in "xyz"}
    found = over_sessions("gwet_ac1", holes, Resampling(resamples=20))
    joined = UnitTable(np.concatenate([u.codes for u in holes.values()]), ("a", "b"))
    assert found["pooled"] == "units"
    assert found.value == pytest.approx(compute("gwet_ac1", joined).value)
    whole = {name: UnitTable.of([["a", "a"], ["b", "b"], ["a", "b"]]) for name in "xyz"}
    joined = UnitTable(np.concatenate([u.codes for u in whole.values()]), ("a", "b"))
    counted = over_sessions("krippendorff_alpha", whole, Resampling(resamples=20))
    assert counted["pooled"] == "tables"
    assert counted.value == pytest.approx(compute("krippendorff_alpha", joined).value)


def test_one_code_alone_stays_without_a_value() -> None:
    frame = pd.DataFrame({"onset_s": [0, 10], "offset_s": [5, 15], "code": ["a", "a"]})
    one = Codings.of([frame, frame], span=(0, 20))
    found = over_sessions("timed_alignment_kappa", {"s1": one, "s2": one}, QUICK)
    assert found.value is None
    assert found.interval is None
    assert found.undefined == compute("timed_alignment_kappa", one).undefined


def test_other_statistics_are_a_mean_of_the_sessions() -> None:
    data = {name: one.timeline() for name, one in SESSIONS.items()}
    exact = over_sessions("duration_kappa", data, QUICK)
    assert exact["pooled"] == "tables"
    scores = {"one": Scores.of([[1, 2], [3, 3], [5, 4]]), "two": Scores.of([[2, 2], [4, 5], [6, 6]])}
    assert over_sessions("bland_altman", scores, QUICK)["pooled"] == "units"


def test_everything_repeats_with_the_seed() -> None:
    one, two = (over_sessions("duration_kappa", SESSIONS, QUICK).to_json() for _ in range(2))
    assert one == two
    assert one != over_sessions("duration_kappa", SESSIONS, Resampling(resamples=300, seed=2)).to_json()


def test_jackknife_and_bca_by_name() -> None:
    assert (
        over_sessions("duration_kappa", SESSIONS, Resampling(method="jackknife")).interval_method
        == "jackknife over 12 sessions"
    )
    assert "BCa" in str(over_sessions("duration_kappa", SESSIONS, Resampling(method="bca")).interval_method)


def test_without_sessions() -> None:
    with pytest.raises(AgreementError, match="no sessions"):
        over_sessions("duration_kappa", {})


def test_blocks_of_one_session_are_named_so() -> None:
    one = coded(5, 600)
    for statistic, data in [("duration_kappa", one), ("time_unit_kappa", one), ("cohen_kappa", one.units(1_000_000))]:
        found = over_blocks(statistic, data, 30_000_000, QUICK)
        assert found.value == pytest.approx(compute(statistic, data).value)
        assert found["n_blocks"] == 20
        assert found.interval_method == "bootstrap over 20 blocks of one session (30 s each), percentile, 300 resamples"
    with pytest.raises(AgreementError, match="fewer than two"):
        over_blocks("duration_kappa", one, 600_000_000)
    with pytest.raises(AgreementError, match="no block bootstrap"):
        over_blocks("cohen_kappa", UnitTable.of([["a", "a"]]), 1_000_000)


def test_curves() -> None:
    found = kappa_by_tolerance(coded(1), 3)
    assert found.values == (0, 1, 2, 3)
    assert found.results[2].value == compute("time_unit_kappa", coded(1), tolerance_units=2).value
    exact = compute("duration_kappa", coded(1)).value
    assert kappa_by_unit(coded(1), [10_000, 1_000_000]).results[0].value == pytest.approx(exact, abs=0.002)
    assert curve("cohen_kappa", coded(1).units(1_000_000), "weights", ["nominal", "linear"]).to_json()["option"] == "weights"


def test_planning_finds_the_number_a_normal_mean_needs() -> None:
    """Percent agreement of tables of equal size is a mean: its width at m sessions is 2 * 1.96 * s / sqrt(m)."""
    shares = np.random.default_rng(1).normal(0.8, 0.08, size=200)
    tables = np.zeros((200, 2, 2))
    tables[:, 0, 0], tables[:, 0, 1] = 1000 * shares, 1000 * (1 - shares)
    plan = sessions_for_width(tables, of_tables.percent, 0.04, resamples=4000)
    by_hand = (2 * 1.96 * shares.std() / 0.04) ** 2
    assert plan.sessions == pytest.approx(by_hand, rel=0.1)
    assert plan.notes == ()
    assert sessions_for_width(tables, of_tables.percent, 0.001, most=100).sessions is None
    assert sessions_for_width(tables[:3], of_tables.percent, 0.1).notes
    with pytest.raises(AgreementError, match="two or more"):
        sessions_for_width(tables[:1], of_tables.percent, 0.1)
