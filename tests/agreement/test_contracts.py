"""Every statistic of the registry keeps the contract, on each shape it takes; entries added later are covered by being there.
And the contract itself notices what it must."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

import numpy as np
import pytest

from coder_app.agreement import STATISTICS, AgreementResult, Statistic, UnitTable, contract
from coder_app.agreement.entry import EXACTLY_TWO
from coder_app.agreement.result import undefined


@pytest.mark.parametrize("check", contract.CHECKS)
@pytest.mark.parametrize("name", sorted(STATISTICS))
def test_contract(name: str, check: str) -> None:
    assert contract.CHECKS[check](STATISTICS[name]) is None


@pytest.mark.parametrize("name", sorted(STATISTICS))
def test_every_statistic_has_a_sample(name: str) -> None:
    assert list(contract.samples(STATISTICS[name]))


@dataclass(frozen=True)
class NoOptions:
    pass


def _share(data: UnitTable, options: Any = None) -> AgreementResult:
    """Share of units alike.

    Parameters
    ----------
    Returns
    -------
    Source: definition.
    """
    if data.n_coders != 2:
        raise contract.AgreementError("Two coders.")
    if not len(data.codes):
        return undefined("share", "no_units")
    return AgreementResult("share", float((data.codes[:, 0] == data.codes[:, 1]).mean()))


SHARE = Statistic("share", _share, NoOptions, (UnitTable,), EXACTLY_TWO, "How many units are alike?", "definition")
DRAWN = count()


def _first_code(data: UnitTable, options: Any = None) -> AgreementResult:
    return AgreementResult("share", float(data.codes[0, 0] + 10 * data.codes[0, 1] + 100 * data.codes[2, 1]))


def _changing(data: UnitTable, options: Any = None) -> AgreementResult:
    result = _share(data)
    data.codes[:] = 0
    return result


def test_a_sound_statistic_has_no_problems() -> None:
    assert list(contract.problems(SHARE)) == []


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (replace(SHARE, perfect=0.0), "perfect agreement: .* it is 1.0, declared is 0.0"),
        (replace(SHARE, function=_first_code), "order of coders: swapping the coders changes it"),
        (replace(SHARE, function=_first_code), "order of rows: the order of the rows changes it"),
        (replace(SHARE, function=_first_code), "renaming: another order of the categories changes it"),
        (replace(SHARE, function=_first_code), "undefined: raised IndexError"),
        (replace(SHARE, function=lambda d, o: AgreementResult("share", 0.0)), "undefined: without data .* its value is 0.0"),
        (replace(SHARE, function=lambda d, o: AgreementResult("share", None, "because")), "which has no words"),
        (replace(SHARE, function=lambda d, o: AgreementResult("share", float(next(DRAWN)))), "repeats: the same call"),
        (replace(SHARE, random=True), "repeats: .* no seed"),
        (replace(SHARE, function=_changing), "input: it changes the data"),
        (replace(SHARE, function=lambda d, o: AgreementResult("share", float("nan"))), "value: .* must be a finite float"),
        (replace(SHARE, function=lambda d, o: AgreementResult("other", 1.0)), "value: its result is called 'other'"),
        (replace(SHARE, function=lambda d, o: 1.0), "gave float instead of an AgreementResult"),
        (replace(SHARE, function=lambda d, o: AgreementResult("share", 1.0)), "coders: it is of two coders, but took three"),
        (replace(SHARE, function=lambda d, o: AgreementResult("share", 1.0)), "explained: its docstring has no Parameters"),
        (replace(SHARE, answers="Alike."), "explained: 'Alike.' is no question"),
        (replace(SHARE, source=""), "explained: it names no source"),
    ],
)
def test_the_contract_notices(entry: Statistic, said: str) -> None:
    assert any(re.search(said, problem) for problem in contract.problems(entry)), list(contract.problems(entry))


def test_arrays_inside_every_shape_are_found() -> None:
    codings = contract.codings().usual
    assert len(contract._arrays(codings)) >= 2 * 4
    assert all(isinstance(array, np.ndarray) for array in contract._arrays(codings))
