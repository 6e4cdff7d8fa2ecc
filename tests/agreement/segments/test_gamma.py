"""gamma, gamma-cat and gamma-k: by hand, against pygamma-agreement, and the promises about seed, precision and cancelling."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, islice, pairwise
from typing import Any

import numpy as np
import pytest

from coder_app.agreement import compute
from coder_app.agreement.data import Codings
from coder_app.agreement.segments.best_alignment import best_alignment
from coder_app.agreement.segments.continuum import Continuum, continuum
from coder_app.agreement.segments.dissimilarity import Dissimilarity
from coder_app.agreement.segments.gamma import samples_needed
from coder_app.agreement.segments.gamma_cat import code_disorder
from coder_app.agreement.segments.many_alignment import NOBODY
from coder_app.agreement.segments.samplers import random_continua
from coder_app.errors import AgreementError

Coded = Callable[..., Codings]
RandomUnits = Callable[..., Continuum]
DRAWN = ("gamma", "gamma_cat", "gamma_k")


@pytest.mark.parametrize(
    ("sampler", "low", "high"),
    [
        # pygamma-agreement 0.5.9, alpha 3, 300 samples: shuffle .446 and .448, statistical .425; +-.03 for the sampling
        ("shuffle", 0.42, 0.48),
        ("statistical", 0.395, 0.455),
    ],
)
def test_gamma_is_that_of_pygamma(alex_paul_suzan: Codings, sampler: str, low: float, high: float) -> None:
    result = compute("gamma", alex_paul_suzan, alpha=3, sampler=sampler, samples=200, seed=1)
    assert result.value is not None
    assert low < result.value < high
    assert (result["sampler"], result["seed"], result["samples"]) == (sampler, 1, 200)
    assert result["low"] < result.value < result["high"]


def test_gamma_cat_as_pygamma_has_it(alex_paul_suzan: Codings) -> None:
    # pygamma-agreement 0.5.9: observed disorder of codes .5878162; gamma_cat .387 and .388 (shuffle), .372 (statistical)
    result = compute("gamma_cat", alex_paul_suzan, alpha=3, samples=200, variant="pygamma")
    assert result["observed"] == pytest.approx(0.5878162, abs=1e-6)
    assert result.value == pytest.approx(0.39, abs=0.02)
    assert result["variant"] == "pygamma"


def test_gamma_cat_and_gamma_k_by_hand(coded: Coded) -> None:
    # Pairs: [0,4)a-[0,4)a weight 1; [10,14)a-[11,15)b d_pos (2/8)^2 = 1/16, weight 15/16; [20,24)b-[20,24)b weight 1.
    # cat: (15/16) / (47/16) = 15/47; a: (15/16) / (31/16) = 15/31, and b likewise.
    data = coded({"A": [[0, 4, "a"], [10, 14, "a"], [20, 24, "b"]], "B": [[0, 4, "a"], [11, 15, "b"], [20, 24, "b"]]}, 0, 30)
    assert compute("gamma_cat", data)["observed"] == pytest.approx(15 / 47)
    by_code = compute("gamma_k", data)["by_code"]
    assert [by_code[code]["observed"] for code in "ab"] == pytest.approx([15 / 31, 15 / 31])
    # gamma's disorder: (0 + (1/16 + 1) + 0) / 3
    assert compute("gamma", data)["observed"] == pytest.approx(17 / 16 / 3)


@pytest.mark.parametrize("variant", ["paper", "pygamma"])
@pytest.mark.parametrize("code", [None, 0, 2])
def test_code_disorder_equals_its_definition(random_units: RandomUnits, variant: Any, code: int | None) -> None:
    units, d = random_units(5, 12, 3, noise=1.5), Dissimilarity(alpha=2)
    found = best_alignment(units, d)
    top = bottom = 0.0
    for row in found.rows.tolist():
        n_v = sum(u != NOBODY for u in row)
        for u, v in combinations(row, 2):
            real = [x for x in (u, v) if x != NOBODY]
            if not real or (code is not None and all(units.code[x] != code for x in real)):
                continue
            if len(real) == 2:
                apart = abs(units.onset[u] - units.onset[v]) + abs(units.offset[u] - units.offset[v])
                position = (apart / (units.length[u] + units.length[v])) ** 2 * (2 if variant == "pygamma" else 1)
                weight = max(0.0, 1 - position) / (n_v - 1)
                top, bottom = top + weight * (units.code[u] != units.code[v]), bottom + weight
            elif variant == "pygamma":
                top, bottom = top + 1, bottom + 1
    assert code_disorder(units, found, d, variant, code) == pytest.approx(top / bottom, abs=1e-12)


def test_shuffled_continua_are_turned_tracks_of_observed_coders(random_units: RandomUnits) -> None:
    units = random_units(2, 15, 3)
    span = units.end - units.start
    first = units.first
    tracks = [np.sort((units.onset[a:b] - units.start) % span) for a, b in pairwise(first)]
    for made in islice(random_continua(units, "shuffle", 7), 20):
        shifts = []
        for coder in range(3):
            onset = np.sort((made.onset[made.coder == coder] - made.start) % span)
            turned = [_turn(onset, track, span) for track in tracks if len(track) == len(onset)]
            shifts.append(next(shift for shift in turned if shift is not None))
        apart = [min(abs(a - b), span - abs(a - b)) for a, b in combinations(shifts, 2)]
        assert min(apart) >= units.length.mean() / 2 - 1e-6
        assert (made.onset >= made.start).all()
        assert (made.onset < made.end).all()


def _turn(onset: np.ndarray[Any, Any], track: np.ndarray[Any, Any], span: float) -> float | None:
    """The shift that turns a track into these onsets."""
    for shift in (onset - track[0]) % span:
        if np.allclose(np.sort((track + shift) % span), onset, atol=1e-6):
            return float(shift)
    return None


def test_statistical_continua_have_the_observed_means(random_units: RandomUnits) -> None:
    units = random_units(2, 200, 2)
    made = list(islice(random_continua(units, "statistical", 7), 30))
    lengths = np.concatenate([one.length for one in made])
    # |normal| of mean and deviation of the durations, worked out on as many draws
    drawn = np.abs(np.random.default_rng(1).normal(units.length.mean(), units.length.std(), 200_000))
    assert lengths.mean() == pytest.approx(drawn.mean(), rel=0.05)
    shares = np.bincount(np.concatenate([one.code for one in made]), minlength=3) / len(lengths)
    assert shares == pytest.approx(np.bincount(units.code, minlength=3) / units.n_units, abs=0.03)


@pytest.mark.parametrize("name", DRAWN)
def test_seed_repeats_and_another_seed_differs(alex_paul_suzan: Codings, name: str) -> None:
    first, again, other = (compute(name, alex_paul_suzan, seed=seed, samples=10) for seed in (3, 3, 4))
    assert first.value == again.value
    assert first.value != other.value


@pytest.mark.parametrize("name", DRAWN)
def test_perfect_agreement_is_1(coded: Coded, name: str) -> None:
    units = [[0, 4, "a"], [10, 14, "b"], [20, 27, "a"], [30, 33, "c"]]
    assert compute(name, coded({"A": units, "B": units, "C": units}, 0, 40)).value == 1


@pytest.mark.parametrize("name", DRAWN)
def test_without_units_there_is_nothing(coded: Coded, name: str) -> None:
    assert compute(name, coded({"A": [], "B": [[3, 3, "a"]]}, 0, 10)).undefined == "no_segments"


def test_one_code_leaves_gamma_cat_without_chance(coded: Coded) -> None:
    data = coded({"A": [[0, 4, "a"]], "B": [[1, 5, "a"]]}, 0, 40)
    assert compute("gamma_cat", data).undefined == "no_chance_disorder"
    assert compute("gamma_k", data, code="a").undefined == "no_chance_disorder"
    assert compute("gamma", data).value is not None


def test_units_that_nobody_shares_leave_gamma_cat_without_pairs(coded: Coded) -> None:
    result = compute("gamma_cat", coded({"A": [[0, 2, "a"]], "B": [[30, 32, "b"]]}, 0, 40))
    assert result.undefined == "no_aligned_pairs"


def test_precision_decides_how_many_random_codings(alex_paul_suzan: Codings) -> None:
    result = compute("gamma", alex_paul_suzan, precision=0.02)
    assert result["samples"] > 30
    assert result["precision_reached"] == pytest.approx(0.02, rel=0.5)
    # deviation .1 of mean 1 by n - 1: variation .1 sqrt(n / (n - 1)); (1.96 x .1 / .02)^2 x 10 / 9 = 106.7
    assert samples_needed(np.array([0.9, 1.1] * 5), 0.02) == 107


def test_progress_is_told_and_cancelling_stops(alex_paul_suzan: Codings) -> None:
    told: list[tuple[int, int]] = []
    compute("gamma", alex_paul_suzan, samples=5, progress=lambda done, of: told.append((done, of)))
    assert told == [(i, 5) for i in range(1, 6)]
    assert not {"progress", "cancelled"} & set(compute("gamma", alex_paul_suzan, samples=5).options)
    for name in DRAWN:
        told.clear()
        stopped = compute(
            name, alex_paul_suzan, progress=lambda done, of: told.append((done, of)), cancelled=lambda: len(told) >= 3
        )
        assert (stopped.value, stopped.undefined, stopped["samples"]) == (None, "cancelled", 3)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"sampler": "any"}, "Choose shuffle or statistical"),
        ({"alpha": -1}, "must not be below 0"),
        ({"delta": 0}, "delta must be above 0"),
        ({"samples": 1}, "2 or more random codings"),
        ({"precision": 2}, "between 0 and 1"),
    ],
)
def test_options_that_make_no_sense(alex_paul_suzan: Codings, options: dict[str, Any], said: str) -> None:
    with pytest.raises(AgreementError, match=said):
        compute("gamma", alex_paul_suzan, **options)


def test_codes_may_be_more_and_less_alike(coded: Coded) -> None:
    data = coded({"A": [[0, 4, "a"], [10, 14, "b"]], "B": [[0, 4, "b"], [10, 14, "b"]]}, 0, 30)
    half = np.array([[0, 0.5], [0.5, 0]])
    # observed disorder: (beta x .5 + 0) / 2
    assert compute("gamma", data, codes_apart=half)["observed"] == pytest.approx(0.25)


def test_time_outside_the_observed_is_cut_off(coded: Coded) -> None:
    whole = continuum(coded({"A": [[-5, 4, "a"]], "B": [[8, 30, "a"]]}, 0, 10))
    assert whole.onset.tolist() == [0, 8]
    assert whole.offset.tolist() == [4, 10]
