"""What every statistic returns: a value with its parts, or no value and the reason."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

import numpy as np

# Why a value does not exist. The words are shown to people as they stand.
REASONS: dict[str, str] = {
    "no_overlap": "No time was coded by both coders, so there is nothing to compare.",
    "no_units": "Nothing is left to compare: the time both coded is shorter than one unit, or all of it is unscorable.",
    "one_category": "Both coders used one and the same category throughout, so agreement by chance is already complete "
    "(expected agreement 1) and kappa is 0 divided by 0.",
    "never_used": "Neither coder used this code in the compared time.",
    "always_used": "Both coders used this code during all of the compared time, so there is no time without it.",
    "full_credit": "The weights give full credit to every pair of categories that can occur, so agreement by chance is already "
    "complete and kappa is 0 divided by 0.",
    "own_weights": "For these weights there is no formula for this figure.",
    "not_independent": "Neighbouring units of time are not independent, so their number gives no standard error. Resample "
    "sessions instead.",
    "zero_variance": "All values are the same, so there is no variation to compare.",
    "negative_variance": "The variance that the figure divides by is estimated as zero or less: the targets differ less than "
    "chance would have it.",
    "too_few_units": "There are too few complete units or targets for this figure.",
    "incomplete": "Some units have codes of fewer coders than others, and this formula needs all of them.",
    "below_chance": "The coders agree less than by chance. Observers who err independently of each other have no such kappa, "
    "however inaccurate they are.",
    "no_points": "Neither coder has a point of this code in the compared time.",
    "no_events": "Neither coder has an event in the compared time.",
    "saturated": "Only one code is used, so every pair agrees whatever the coders did, and kappa would be 0 for any data.",
    "not_linked": "No event of one coder is linked to an event of the other.",
    "no_matches": "No two points lie within the tolerance of each other.",
    "points": "Points have no duration: the time between them is no category, and a kappa of time units would change with "
    "the unit chosen. They are matched one to one at a tolerance instead.",
    "not_exclusive": "Codes of this stream may overlap, so a unit can carry several and there is no single table. Each "
    "code is compared as present or absent instead.",
    "units_overlap": "Two units of one coder overlap, and this statistic needs the time of each coder cut into units and gaps. "
    "Choose one exclusive stream, or gamma, which allows units to overlap.",
    "no_common_units": "No unit of one coder overlaps a unit of another, so there are no codes to compare.",
    "too_little": "There is too little to say what chance would give.",
    "no_segments": "No coder marked a unit in the observed time.",
    "no_aligned_pairs": "The best alignment holds no pair of units that could be compared.",
    "no_chance_disorder": "Codings drawn at random would agree completely too, so there is nothing to compare with.",
    "cancelled": "The computation was stopped before enough random codings were drawn.",
}


@dataclass(frozen=True, slots=True)
class AgreementResult:
    """`value` is unrounded. Where it does not exist it is None and `undefined` is a key of `REASONS`. `parts` holds what
    it was made of (observed, expected, counts), plain numbers and text; a part may be None, then `parts["undefined_parts"]`
    maps its name to the reason.

    `interval` is (low, high) at `level`, made by `interval_method`; None where none was asked for or exists. `options` and
    `data` are what `compute` was called with: every option, and a summary of the data.
    """

    statistic: str
    value: float | None
    undefined: str | None = None
    parts: Mapping[str, Any] = field(default_factory=dict)
    interval: tuple[float, float] | None = None
    interval_method: str | None = None
    level: float | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def why(self) -> str | None:
        """The reason in words, or None where there is a value."""
        return None if self.undefined is None else REASONS[self.undefined]

    def __getitem__(self, part: str) -> Any:
        return self.parts[part]

    def to_json(self) -> dict[str, Any]:
        """Plain JSON: NaN is null, arrays are lists, keys are text."""
        found: dict[str, Any] = {"statistic": self.statistic, "value": self.value, "undefined": self.undefined, "why": self.why}
        if self.interval is not None:
            found |= {"interval": list(self.interval), "interval_method": self.interval_method, "level": self.level}
        found |= dict(self.parts)
        if self.options:
            found["options"] = dict(self.options)
        if self.data:
            found["data"] = dict(self.data)
        return plain(found)


def undefined(statistic: str, reason: str, **parts: Any) -> AgreementResult:
    """A result without a value; `reason` must be a key of `REASONS`."""
    if reason not in REASONS:
        raise KeyError(reason)
    return AgreementResult(statistic, None, reason, parts)


def plain(value: Any) -> Any:
    """`value` as JSON knows it: arrays and tuples are lists, NaN and infinity null, keys text, dataclasses objects."""
    if isinstance(value, float | np.floating):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, np.generic):
        return value.item()
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, AgreementResult):
        return value.to_json()
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Iterable):
        return [plain(item) for item in value]
    return str(value)
