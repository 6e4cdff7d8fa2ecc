"""How a figure depends on what was chosen: kappa against tolerance, against the unit, or against any option of a statistic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from coder_app.agreement.registry import compute
from coder_app.agreement.result import AgreementResult


@dataclass(frozen=True, slots=True)
class Curve:
    """`results[i]` is the statistic with `option` set to `values[i]`."""

    statistic: str
    option: str
    values: tuple[Any, ...]
    results: tuple[AgreementResult, ...]

    def to_json(self) -> dict[str, Any]:
        points = [
            {self.option: value, "value": result.value, "undefined": result.undefined}
            for value, result in zip(self.values, self.results, strict=True)
        ]
        return {"statistic": self.statistic, "option": self.option, "points": points}


def curve(statistic: str, data: Any, option: str, values: Sequence[Any], **options: Any) -> Curve:
    """The statistic for each of `values` of one option, the others as given. Raises AgreementError as `compute` does."""
    results = tuple(compute(statistic, data, **options, **{option: value}) for value in values)
    return Curve(statistic, option, tuple(values), results)


def kappa_by_tolerance(data: Any, most_units: int = 5, unit_us: int = 1_000_000) -> Curve:
    """Time-unit kappa at tolerances of 0, 1, ... `most_units` units. It usually rises; it need not."""
    return curve("time_unit_kappa", data, "tolerance_units", range(most_units + 1), unit_us=unit_us)


def kappa_by_unit(data: Any, units_us: Sequence[int] = (40_000, 200_000, 500_000, 1_000_000, 2_000_000, 5_000_000)) -> Curve:
    """Time-unit kappa for several units. Where it moves much, report the exact kappa (`duration_kappa`) instead."""
    return curve("time_unit_kappa", data, "unit_us", units_us)
