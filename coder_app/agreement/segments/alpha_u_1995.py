"""Krippendorff's alpha_U of 1995 and 2004, kept for comparison with older reports."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from typing import Any

import numpy as np

from coder_app.agreement.data import Codings
from coder_app.agreement.result import AgreementResult, undefined
from coder_app.agreement.segments.continuum import Continuum, Floats, continuum, n_points, ranges
from coder_app.errors import AgreementError


@dataclass(frozen=True, slots=True)
class AlphaU1995Options:
    """`unit_s`: the unit of time in seconds, which the formula counts as whole steps."""

    unit_s: float = 1.0


def alpha_u_1995(data: Codings, options: AlphaU1995Options = AlphaU1995Options()) -> AgreementResult:
    """1 - observed / expected disagreement on where the units of each code stand, codes taken one by one.

    The formula of the textbook of 2004, superseded by u-alpha (2016), because it does not behave as expected for more than
    two coders. Units of one code and coder must not overlap.

    Parameters
    ----------
    data : events of two or more coders with the observed time in one piece; points are left out.
    options : see AlphaU1995Options.

    Returns
    -------
    ``value`` over all codes, at most 1; part ``by_code`` has ``value``, ``observed`` and ``expected`` disagreement of each code
    in use. Undefined: no_units, units_overlap, no_segments, too_little.
    Raises: AgreementError (one coder; observed time with holes, which the formula does not know); data never raise.
    Source: Krippendorff (1995), doi:10.2307/271061; Krippendorff (2004), Content Analysis, 2nd ed., pp. 251-256.
    """
    units = continuum(data, options.unit_s)
    if len(data.observed.parts) > 1:
        raise AgreementError(
            "This formula needs the observed time in one piece. Choose a stretch without unscorable time, or u-alpha."
        )
    about = {
        "unit_s": options.unit_s,
        "length": units.end - units.start,
        "n_units": units.n_units,
        "points_left_out": n_points(data),
    }
    if units.end == units.start:
        return undefined("alpha_u_1995", "no_units", **about)
    if not units.n_units:
        return undefined("alpha_u_1995", "no_segments", **about)
    by_code: dict[Any, dict[str, float | None]] = {}
    for k in np.unique(units.code).tolist():
        lanes = [_Lane.of(units, coder, k) for coder in range(units.n_coders)]
        if any((lane.start[1:] < lane.end[:-1]).any() for lane in lanes):
            return undefined("alpha_u_1995", "units_overlap", **about)
        observed, expected = _observed(lanes, units.end - units.start), _expected(lanes, units.end - units.start)
        value = None if expected is None or expected <= 0 else 1 - observed / expected
        by_code[data.categories[k]] = {"value": value, "observed": observed, "expected": expected}
    return _over_all(by_code, about)


def _over_all(by_code: dict[Any, dict[str, float | None]], about: dict[str, Any]) -> AgreementResult:
    expected = [one["expected"] for one in by_code.values()]
    if None in expected or not (total := sum(x for x in expected if x is not None)) > 0:
        return undefined("alpha_u_1995", "too_little", **about, by_code=by_code)
    observed = sum(one["observed"] or 0.0 for one in by_code.values())
    parts = {**about, "observed": observed, "expected": total, "by_code": by_code}
    return AgreementResult("alpha_u_1995", 1 - observed / total, None, parts)


@dataclass(frozen=True, slots=True, eq=False)
class _Lane:
    """One coder's units of one code, and the gaps around them, as starts and ends."""

    start: Floats
    end: Floats
    gap_start: Floats
    gap_end: Floats

    @staticmethod
    def of(units: Continuum, coder: int, code: int) -> _Lane:
        here = (units.coder == coder) & (units.code == code)
        start, end = units.onset[here], units.offset[here]
        gap_start, gap_end = np.append(units.start, end), np.append(start, units.end)
        real = gap_end > gap_start
        return _Lane(start, end, gap_start[real], gap_end[real])


def _observed(lanes: list[_Lane], length: float) -> float:
    """For each ordered pair of coders: the squared distances of onsets and of offsets of units that overlap, and the
    squared length of each unit inside a gap of the other (from either side)."""
    total, m = 0.0, len(lanes)
    for a, b in permutations(lanes, 2):
        i, j = ranges(np.searchsorted(b.end, a.start, "right"), np.searchsorted(b.start, a.end, "left"))
        total += float(((a.start[i] - b.start[j]) ** 2 + (a.end[i] - b.end[j]) ** 2).sum())
        total += 2 * _inside_gaps(a, b)
    return total / (m * (m - 1) * length**2)


def _inside_gaps(a: _Lane, b: _Lane) -> float:
    """The squared length of every unit of `a` that lies in a gap of `b`."""
    if not len(b.gap_start):
        return 0.0
    gap = np.searchsorted(b.gap_start, a.start, "right") - 1
    inside = (gap >= 0) & (a.end <= b.gap_end[gap])
    return float(((a.end - a.start)[inside] ** 2).sum())


def _expected(lanes: list[_Lane], length: float) -> float | None:
    """The mean over all ways to place the units by whole steps; None where there is one way only."""
    m = len(lanes)
    lengths = np.concatenate([lane.end - lane.start for lane in lanes])
    gaps = np.sort(np.concatenate([lane.gap_end - lane.gap_start for lane in lanes]))
    steps = m * length
    ways = steps * (steps - 1) - float((lengths * (lengths - 1)).sum())
    if ways <= 0:
        return None
    longer = np.searchsorted(gaps, lengths, "left")
    sums = np.append(np.cumsum(gaps[::-1])[::-1], 0.0)[longer]
    room = sums + (len(gaps) - longer) * (1 - lengths)
    apart = (len(lengths) - 1) / 3 * (2 * lengths**3 - 3 * lengths**2 + lengths) + lengths**2 * room
    return float(2 / length * apart.sum() / ways)
