"""Random continua that keep some properties of the observed one: what gamma calls chance."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

import numpy as np

from coder_app.agreement.segments.continuum import Continuum, Floats, sorted_continuum
from coder_app.errors import AgreementError

Sampler = Literal["shuffle", "statistical"]
TRIES = 200


def random_continua(units: Continuum, sampler: Sampler, seed: int) -> Iterator[Continuum]:
    """Endless random continua, the same for the same seed. Needs a unit.

    `shuffle` (Mathet et al. 2015, section 5.2): each new coder is an observed coder drawn with replacement whose units are
    moved round the observed time by one shift; the shifts lie at least half a mean unit apart. Units that reach beyond
    the end stay whole. `statistical`: a number of units, gaps before them, durations and codes for each coder, drawn from
    normal distributions with the observed means and deviations and from the observed frequencies of codes.
    """
    makers: dict[str, Callable[[Continuum, np.random.Generator], Continuum]] = {
        "shuffle": _shuffled,
        "statistical": _drawn,
    }
    if sampler not in makers:
        raise AgreementError(f"There is no sampler {sampler!r}. Choose shuffle or statistical.")
    rng = np.random.default_rng(seed)
    while True:
        made = makers[sampler](units, rng)
        if made.n_units:
            yield made


def _shuffled(units: Continuum, rng: np.random.Generator) -> Continuum:
    first, m, span = units.first, units.n_coders, units.end - units.start
    source = rng.integers(0, m, m)
    shift = _shifts(m, span, float(units.length.mean()) / 2, rng)
    counts = np.diff(first)[source]
    which = np.concatenate([np.arange(first[i], first[i + 1]) for i in source])
    by = np.repeat(shift, counts)
    onset = units.onset[which] + by
    by = by - np.where(onset >= units.end, span, 0.0)
    coder = np.repeat(np.arange(m), counts)
    moved = units.onset[which] + by, units.offset[which] + by
    return sorted_continuum(*moved, units.code[which], coder, m, (units.start, units.end))


def _shifts(m: int, span: float, least: float, rng: np.random.Generator) -> Floats:
    """m shifts in [0, span), each at least `least` from the others round the circle, while there is room for that."""
    found: list[float] = []
    for _ in range(m):
        for _ in range(TRIES):
            shift = float(rng.uniform(0, span))
            apart = [abs(shift - other) for other in found]
            if all(least <= x <= span - least for x in apart):
                break
        found.append(shift)
    return np.array(found)


def _drawn(units: Continuum, rng: np.random.Generator) -> Continuum:
    m, counts = units.n_coders, np.diff(units.first)
    sizes = np.abs(rng.normal(counts.mean(), counts.std(), m)).astype(np.int64)
    n = int(sizes.sum())
    gaps = _gaps(units)
    durations = np.abs(rng.normal(units.length.mean(), units.length.std(), n))
    ends = np.cumsum(rng.normal(gaps.mean(), gaps.std(), n) + durations)
    coder = np.repeat(np.arange(m), sizes)
    before = np.cumsum(sizes) - sizes
    offset = units.start + ends - np.repeat(np.append(0.0, ends)[before], sizes)
    stands = durations > 0
    code = rng.choice(units.code, n)
    return sorted_continuum(
        (offset - durations)[stands], offset[stands], code[stands], coder[stands], m, (units.start, units.end)
    )


def _gaps(units: Continuum) -> Floats:
    """Time from the end of a unit to the onset of the coder's next, and from the start to the first; below 0 where units
    overlap."""
    same = units.coder[1:] == units.coder[:-1]
    first = units.first[:-1][np.diff(units.first) > 0]
    return np.concatenate([(units.onset[1:] - units.offset[:-1])[same], units.onset[first] - units.start])
