"""Expected kappa against printed values, products of confusion matrices and observers drawn at random; and back again."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder_app.agreement import BaseRates, ContingencyTable, UnitTable, compute
from coder_app.errors import AgreementError


@pytest.mark.parametrize(
    ("k", "printed"),
    # agreement.md 2.8: values usually quoted from Bakeman et al. (1997), accuracy .80 .85 .90 .95
    [
        (2, [0.36, 0.49, 0.64, 0.81]),
        (3, [0.49, 0.60, 0.72, 0.86]),
        (5, [0.56, 0.66, 0.77, 0.88]),
        (10, [0.60, 0.69, 0.79, 0.89]),
    ],
)
def test_equally_frequent_codes(k: int, printed: list[float]) -> None:
    got = [compute("expected_kappa", BaseRates.uniform(k), accuracy=a).value for a in (0.80, 0.85, 0.90, 0.95)]
    assert [round(x or 0, 2) for x in got] == printed


@settings(deadline=None)
@given(
    rates=st.lists(st.floats(0.01, 1), min_size=2, max_size=6),
    accuracy=st.floats(0, 1),
    gold_standard=st.booleans(),
)
def test_equals_the_product_of_confusion_matrices(rates: list[float], accuracy: float, gold_standard: bool) -> None:
    k, p = len(rates), np.array(rates) / sum(rates)
    errs = np.full((k, k), (1 - accuracy) / (k - 1))
    np.fill_diagonal(errs, accuracy)
    table = (np.eye(k) if gold_standard else errs).T @ np.diag(p) @ errs
    expected = compute("cohen_kappa", ContingencyTable(table, tuple(range(k)))).value
    result = compute("expected_kappa", BaseRates.of(p), accuracy=accuracy, gold_standard=gold_standard)
    assert result.value == pytest.approx(expected, abs=1e-9)


def test_observers_drawn_at_random_reach_it() -> None:
    rng = np.random.default_rng(8)
    truth = rng.choice(4, 200_000, p=[0.5, 0.3, 0.15, 0.05])
    seen = [np.where(rng.random(len(truth)) < 0.85, truth, (truth + rng.integers(1, 4, len(truth))) % 4) for _ in range(2)]
    kappa = compute("cohen_kappa", UnitTable.from_frame(np.column_stack(seen)))
    expected = compute("expected_kappa", BaseRates.of([0.5, 0.3, 0.15, 0.05]), accuracy=0.85)
    assert kappa.value == pytest.approx(expected.value, abs=4 * kappa["se"])


def test_accuracy_behind_a_table() -> None:
    # case observer-accuracy-inverse-2x2: bisection, and back through the model
    table = ContingencyTable.of([[40, 9], [6, 45]])
    result = compute("observer_accuracy", table)
    assert (result.value, result["kappa"]) == pytest.approx((0.918343491, 0.6995192308), abs=1e-9)
    assert result["base_rates"] == pytest.approx([0.475, 0.525])
    back = compute("expected_kappa", BaseRates.of(result["base_rates"]), accuracy=result.value)
    assert back.value == pytest.approx(result["kappa"], abs=1e-12)
    assert result["kappa_needed"] == compute("expected_kappa", table, accuracy=0.9).value
    assert "base rates the mean of both coders" in result["variant"]


def test_four_codes_of_a_real_table() -> None:
    # agreement.md 2.8 on Gwet's cont4x4diagnosis: kappa .43, about 75% accurate observers; 90% would reach .74
    result = compute("observer_accuracy", ContingencyTable.of([[40, 6, 4, 15], [4, 25, 1, 5], [4, 2, 21, 9], [17, 13, 12, 45]]))
    assert [round(x, 2) for x in (result["kappa"], result.value or 0, result["kappa_needed"])] == [0.43, 0.75, 0.74]


@settings(deadline=None)
@given(k=st.integers(2, 8), accuracy=st.floats(0.3, 1), gold_standard=st.booleans())
def test_there_and_back(k: int, accuracy: float, gold_standard: bool) -> None:
    accuracy = max(accuracy, 1 / k + 0.05)
    rates = BaseRates.of(np.arange(1, k + 1) / (k * (k + 1) / 2))
    kappa = compute("expected_kappa", rates, accuracy=accuracy, gold_standard=gold_standard).value
    result = compute("observer_accuracy", rates, kappa=kappa, gold_standard=gold_standard)
    assert result.value == pytest.approx(accuracy, abs=1e-7)


def test_a_gold_standard_has_the_base_rates() -> None:
    # first coder, the truth: 30 and 70 of 100; accuracy 1 gives 1, and 1 / K gives 0
    table = ContingencyTable.of([[27, 3], [7, 63]])
    result = compute("observer_accuracy", table, gold_standard=True)
    assert result["base_rates"] == [0.3, 0.7]
    # with two codes observed agreement against the truth is the accuracy; margins differ a little from the model's
    assert result.value == pytest.approx(0.9, abs=0.01)


@pytest.mark.parametrize(
    ("rows", "value", "reason"),
    [
        ([], None, "no_units"),
        ([(1, 1), (1, 1)], None, "one_category"),
        ([(1, 2), (2, 1)], None, "below_chance"),
        ([(1, 1), (2, 2)], 1.0, None),
    ],
)
def test_edges(rows: list[tuple[int, int]], value: float | None, reason: str | None) -> None:
    result = compute("observer_accuracy", UnitTable.of(rows, (1, 2)))
    assert (result.value, result.undefined) == (value, reason)


def test_expected_kappa_that_does_not_exist() -> None:
    assert compute("expected_kappa", UnitTable.of([], (1, 2))).undefined == "no_units"
    assert compute("expected_kappa", BaseRates.of([1, 0]), accuracy=1.0).undefined == "one_category"
    assert compute("expected_kappa", UnitTable.of([(1, 1)], (1,))).undefined == "one_category"


def test_wrong_calls_raise() -> None:
    with pytest.raises(AgreementError, match="between 0 and 1"):
        compute("expected_kappa", BaseRates.uniform(2), accuracy=90)
    with pytest.raises(AgreementError, match="between 0 and 1"):
        compute("observer_accuracy", BaseRates.uniform(2), kappa=0.5, target=90)
    with pytest.raises(AgreementError, match=r"kappa=0\.6"):
        compute("observer_accuracy", BaseRates.uniform(2))
