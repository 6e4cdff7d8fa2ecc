"""Kappa with a structural zero: the closed form against iterative proportional fitting run to its limit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder_app.agreement.timed.structural_zero import event_kappa, expected_table

# EasyDIAg manual, figure 9 (Holle & Rein 2015): kappa_ipf .5884 follows from the table by fitting, see the oracle below.
MANUAL = np.array(
    [
        [122, 10, 4, 6, 0, 4, 11],
        [0, 12, 0, 4, 4, 0, 10],
        [2, 0, 34, 0, 0, 2, 3],
        [0, 0, 0, 6, 0, 0, 0],
        [0, 0, 0, 0, 38, 4, 6],
        [2, 2, 2, 0, 0, 6, 3],
        [13, 7, 4, 2, 10, 5, 0],
    ]
)


def fitted(table: np.ndarray, rounds: int = 2000) -> np.ndarray:
    """Expected cells by proportional fitting from ones with a zero corner, as EasyDIAg has it (there 20 rounds)."""
    fit = np.ones(table.shape)
    fit[-1, -1] = 0
    for _ in range(rounds):
        for axis in (1, 0):
            now, wanted = fit.sum(axis=axis, keepdims=True), table.sum(axis=axis, keepdims=True)
            fit = fit * np.divide(wanted, now, out=np.zeros(now.shape), where=now > 0)
    return fit


def test_manual_table() -> None:
    fit = fitted(MANUAL)
    assert expected_table(MANUAL) == pytest.approx(fit[:-1, :-1])
    po, pe = np.trace(MANUAL) / MANUAL.sum(), np.trace(fit) / MANUAL.sum()
    assert event_kappa(MANUAL).value == pytest.approx((po - pe) / (1 - pe))


@given(st.lists(st.integers(1, 9), min_size=9, max_size=9))
def test_equals_proportional_fitting(cells: list[int]) -> None:
    table = np.array(cells).reshape(3, 3)
    table[-1, -1] = 0
    assert expected_table(table) == pytest.approx(fitted(table)[:-1, :-1], rel=1e-6)


def test_without_events_and_in_one_cell() -> None:
    nothing = event_kappa(np.zeros((3, 3)))
    assert (nothing.value, nothing.observed, nothing.undefined) == (None, None, "no_events")
    alike = event_kappa(np.array([[5, 0, 0], [0, 0, 0], [0, 0, 0]]))
    assert (alike.value, alike.observed, alike.undefined) == (None, 1.0, "one_category")


def test_one_code_fits_any_data() -> None:
    # r = c = 9, R = C = 1, N = 10: e = 9 x 9 x 8 / (9 x 9) = 8, which is what stands there
    kappa = event_kappa(np.array([[8, 1], [1, 0]]))
    assert (kappa.value, kappa.undefined) == (0.0, "saturated")


def test_one_coder_silent() -> None:
    kappa = event_kappa(np.array([[0, 0, 3], [0, 0, 2], [0, 0, 0]]))
    assert (kappa.value, kappa.observed, kappa.undefined) == (0.0, 0.0, None)
