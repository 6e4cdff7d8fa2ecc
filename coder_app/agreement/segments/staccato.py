"""Staccato-style agreement of segmentations: how many markings fall into nuclei, against random placement."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from coder_app.agreement.data import Codings, Ints
from coder_app.agreement.result import AgreementResult, undefined
from coder_app.agreement.segments.continuum import Continuum, Floats, continuum, n_points
from coder_app.errors import AgreementError


@dataclass(frozen=True, slots=True)
class StaccatoOptions:
    """`runs`: random placements; `length_classes`: how many classes of equal width the lengths of a coder's markings are
    sorted into, random markings having the mean length of their class; `seed`."""

    runs: int = 1000
    length_classes: int = 10
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Nuclei:
    """`nuclei`: the (onset, offset) of the markings of each nucleus. `n_fields`: how many chains of overlapping markings there
    are, a marking that overlaps no other being one of its own (`n_isolated` of them)."""

    n_nominations: int
    nuclei: tuple[tuple[tuple[float, float], ...], ...]
    n_nucleus_nominations: int
    n_fields: int
    n_isolated: int


def staccato(data: Codings, options: StaccatoOptions = StaccatoOptions()) -> AgreementResult:
    """Degree of organisation: how many markings (nominations) of all coders fall into nuclei, compared with random placement
    of as many markings as long as these. A nucleus is two or more markings that overlap each other and the very same
    others. Codes are left aside.

    Staccato-style: nuclei follow Thomann's definition; the random placement and the formula of the degree could not be
    compared with the original programme. Here each coder's markings keep their number and classes of length; where they do
    not overlap they stand in random order with random gaps, otherwise anywhere in the observed time.

    Parameters
    ----------
    data : events of two or more coders with the observed time; points are left out (``points_left_out``).
    options : see StaccatoOptions.

    Returns
    -------
    ``value`` in [-1, 1]: (N - E) / (n - E) for N >= E, (N - E) / E below, of n markings, N in nuclei, E by chance. Parts:
    ``n_nominations``, ``n_nucleus_nominations``, ``n_nuclei``, ``n_fields``, ``n_isolated``,
    ``expected`` and its ``expected_sd``, ``p`` (share of random placements with N or more, the observed one counted),
    ``runs``, ``seed``, ``variant``. Undefined: no_segments, no_chance_disorder (random markings all fall into nuclei too).
    Raises: AgreementError (one coder, no runs).
    Cost: O(n log n) a run.
    Source: Thomann (2000), "Assessing agreement among markings of behavioral events", Measuring Behavior 2000 (the nuclei);
    Lücking, Ptock & Bergmann (2012), "Assessing agreement on segmentations by means of Staccato", LNCS 7206.
    """
    if options.runs < 1 or options.length_classes < 1:
        raise AgreementError("Staccato needs one or more runs and one or more classes of length.")
    units = continuum(data)
    about = {"variant": "Staccato-style", "seed": options.seed, "runs": options.runs, "points_left_out": n_points(data)}
    n = units.n_units
    if not n:
        return undefined("staccato", "no_segments", **about)
    found = nuclei_of(units)
    seen = found.n_nucleus_nominations
    drawn = random_counts(units, options)
    expected = float(drawn.mean())
    parts = {
        **about,
        "n_nominations": n,
        "n_nucleus_nominations": seen,
        "n_nuclei": len(found.nuclei),
        "n_fields": found.n_fields,
        "n_isolated": found.n_isolated,
        "expected": expected,
        "expected_sd": float(drawn.std(ddof=1)) if len(drawn) > 1 else None,
        "p": float((1 + (drawn >= seen).sum()) / (1 + len(drawn))),
    }
    if expected == n == seen:
        return undefined("staccato", "no_chance_disorder", **parts)
    value = (seen - expected) / (n - expected) if seen >= expected else (seen - expected) / expected
    return AgreementResult("staccato", value, None, parts)


def nuclei_of(units: Continuum) -> Nuclei:
    """The nuclei of all markings; O(n log n)."""
    if not units.n_units:
        return Nuclei(0, (), 0, 0, 0)
    label = _neighbourhoods(units.onset, units.offset)
    size = np.bincount(label)[label]
    order = np.lexsort((units.offset, units.onset))
    groups: dict[int, list[tuple[float, float]]] = {}
    for i in order[size[order] > 1].tolist():
        groups.setdefault(int(label[i]), []).append((float(units.onset[i]), float(units.offset[i])))
    nuclei = tuple(tuple(group) for group in groups.values())
    latest = np.maximum.accumulate(units.offset[order])
    begins = np.append(True, units.onset[order][1:] >= latest[:-1])
    sizes = np.bincount(np.cumsum(begins) - 1)
    return Nuclei(units.n_units, nuclei, int((size > 1).sum()), len(sizes), int((sizes == 1).sum()))


def _neighbourhoods(onset: Floats, offset: Floats) -> Ints:
    """One number for each set of equal closed neighbourhoods of overlap.

    Interval i overlaps those that begin before it ends less those that end before it begins. Both are counted by rank, and
    two intervals that overlap each other have the same neighbours only if both counts are the same: neither set can lose on
    one side what it gains on the other."""
    before_end = np.searchsorted(np.sort(onset), offset, "left")
    ended = np.searchsorted(np.sort(offset), onset, "right")
    _, label = np.unique(before_end * (len(onset) + 1) + ended, return_inverse=True)
    return label.astype(np.int64)


def random_counts(units: Continuum, options: StaccatoOptions) -> Ints:
    """How many markings fall into nuclei, in each of `runs` random placements."""
    rng = np.random.default_rng(options.seed)
    first = units.first
    coders = [
        _RandomCoder.of(units, slice(int(first[i]), int(first[i + 1])), options.length_classes) for i in range(units.n_coders)
    ]
    counts = np.empty(options.runs, dtype=np.int64)
    for run in range(options.runs):
        onset, offset = (np.concatenate(column) for column in zip(*(c.placed(rng) for c in coders), strict=True))
        label = _neighbourhoods(onset, offset)
        counts[run] = (np.bincount(label)[label] > 1).sum()
    return counts


@dataclass(frozen=True, slots=True, eq=False)
class _RandomCoder:
    length: Floats
    apart: bool
    start: float
    free: float

    @staticmethod
    def of(units: Continuum, part: slice, classes: int) -> _RandomCoder:
        onset, length = units.onset[part], units.length[part]
        apart = bool((onset[1:] >= units.offset[part][:-1]).all())
        span = units.end - units.start
        return _RandomCoder(_class_means(length, classes), apart, units.start, span - length.sum() if apart else span)

    def placed(self, rng: np.random.Generator) -> tuple[Floats, Floats]:
        if not self.apart:
            onset = self.start + rng.uniform(0, 1, len(self.length)) * (self.free - self.length)
            return onset, onset + self.length
        length = rng.permutation(self.length)
        offset = self.start + np.sort(rng.uniform(0, self.free, len(length))) + np.cumsum(length)
        return offset - length, offset


def _class_means(length: Floats, classes: int) -> Floats:
    if not len(length):
        return length
    edges = np.linspace(length.min(), length.max(), classes + 1)[1:-1]
    label = np.searchsorted(edges, length, "right")
    means: Floats = np.bincount(label, length)[label] / np.bincount(label)[label]
    return means
