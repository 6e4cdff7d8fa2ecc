"""One code against the rest: published tables, R and scikit-learn values, codes nobody used."""

from __future__ import annotations

import numpy as np
import pytest

from coder_app.agreement import ContingencyTable, UnitTable, compute


def table(counts: list[list[int]]) -> ContingencyTable:
    return ContingencyTable(np.array(counts, dtype=np.int64), tuple(range(len(counts))))


def test_paradox_table() -> None:
    # case paradox-feinstein-1: Feinstein & Cicchetti 1990; R epiR 2.0.57 epi.kappa (kappa, PI, BI, PABAK)
    result = compute("per_code_agreement", table([[40, 9], [6, 45]]), code=0)
    expected = {"p_pos": 0.8421052632, "p_neg": 0.8571428571, "pabak": 0.7, "prevalence_index": -0.05, "bias_index": 0.03}
    expected |= {"kappa_max": 0.9399038462, "observed": 0.85, "expected": 0.5008}
    assert result.value == pytest.approx(0.6995192308, abs=1e-9)
    assert {name: result[name] for name in expected} == pytest.approx(expected, abs=1e-9)
    assert result["prevalence_first"] == 0.49
    assert result["prevalence_second"] == 0.46


@pytest.mark.parametrize(
    ("code", "kappa", "p_pos", "p_neg", "kappa_max", "pabak"),
    [
        (0, 1, 1, 1, 1, 1),
        (1, 0.7108307045, 0.7843137255, 0.9261744966, 0.9211356467, 0.78),
        (2, 0.7679324895, 0.9105691057, 0.8571428571, 0.9367088608, 0.78),
    ],
)
def test_each_code_of_a_table(code: int, kappa: float, p_pos: float, p_neg: float, kappa_max: float, pabak: float) -> None:
    # case per-code-t3: R irrCAC cont3x3abstractors (Gwet 2014); one-vs-rest kappa of scikit-learn 1.9.1
    result = compute("per_code_agreement", table([[13, 0, 0], [0, 20, 7], [0, 4, 56]]), code=code)
    got = (result.value, result["p_pos"], result["p_neg"], result["kappa_max"], result["pabak"])
    assert got == pytest.approx((kappa, p_pos, p_neg, kappa_max, pabak), abs=1e-9)


def test_a_code_nobody_used() -> None:
    result = compute("per_code_agreement", table([[5, 1, 0], [0, 4, 0], [0, 0, 0]]), code=2)
    assert (result.value, result.undefined) == (None, "one_category")
    assert (result["p_pos"], result["p_neg"]) == (None, 1.0)
    assert result["undefined_parts"] == {"p_pos": "never_used", "kappa_max": "one_category"}


def test_a_code_always_used() -> None:
    result = compute("per_code_agreement", table([[7, 0], [0, 0]]), code=0)
    assert (result["p_pos"], result["p_neg"]) == (1.0, None)
    assert result["undefined_parts"]["p_neg"] == "always_used"


def test_without_units_every_part_says_so() -> None:
    result = compute("per_code_agreement", UnitTable.of([], ("a", "b")), code=0)
    assert (result.value, result.undefined, result["n"]) == (None, "no_units", 0)
    assert set(result["undefined_parts"].values()) == {"no_units"}
    assert all(result[name] is None for name in result["undefined_parts"])
