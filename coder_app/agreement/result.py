"""What every statistic returns: a value with its parts, or no value and the reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

# Why a value does not exist. The words are shown to people as they stand.
REASONS: dict[str, str] = {
    "no_overlap": "No time was coded by both coders, so there is nothing to compare.",
    "no_units": "Nothing is left to compare: the time both coded is shorter than one unit, or all of it is unscorable.",
    "one_category": "Both coders used one and the same category throughout, so agreement by chance is already complete "
    "(expected agreement 1) and kappa is 0 divided by 0.",
    "never_used": "Neither coder used this code in the compared time.",
    "always_used": "Both coders used this code during all of the compared time, so there is no time without it.",
    "no_points": "Neither coder has a point of this code in the compared time.",
    "no_matches": "No two points lie within the tolerance of each other.",
    "points": "Points have no duration: the time between them is no category, and a kappa of time units would change with "
    "the unit chosen. They are matched one to one at a tolerance instead.",
    "not_exclusive": "Codes of this stream may overlap, so a unit can carry several and there is no single table. Each "
    "code is compared as present or absent instead.",
}


@dataclass(frozen=True, slots=True)
class AgreementResult:
    """`value` is unrounded. Where it does not exist it is None and `undefined` is a key of `REASONS`. `parts` holds what
    it was made of (observed, expected, counts), plain numbers and text; a part may be None, then `parts["undefined_parts"]`
    maps its name to the reason.
    """

    statistic: str
    value: float | None
    undefined: str | None = None
    parts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def why(self) -> str | None:
        """The reason in words, or None where there is a value."""
        return None if self.undefined is None else REASONS[self.undefined]

    def __getitem__(self, part: str) -> Any:
        return self.parts[part]

    def to_json(self) -> dict[str, Any]:
        return {
            "statistic": self.statistic,
            "value": self.value,
            "undefined": self.undefined,
            "why": self.why,
            **dict(self.parts),
        }


def undefined(statistic: str, reason: str, **parts: Any) -> AgreementResult:
    """A result without a value; `reason` must be a key of `REASONS`."""
    if reason not in REASONS:
        raise KeyError(reason)
    return AgreementResult(statistic, None, reason, parts)
