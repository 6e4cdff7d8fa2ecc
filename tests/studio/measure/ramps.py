"""Where a ramp of known shape and length starts in a measured curve, finer than the frames it was measured in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Series = npt.NDArray[np.float64]
FINE_S = 0.002
ALIKE = 0.005  # starts that fit as well, within this share of the size: their middle is taken
KEPT = 0.88  # the worst of many frames do not count: a lid that blinks, a measure that slips
FEW = 20  # of fewer frames all count


@dataclass(frozen=True, slots=True)
class Ramp:
    """`size` is how far the curve goes; `left` is what the ramp leaves unexplained, as a share of `size` (root mean square)."""

    start_s: float
    size: float
    left: float


def fitted(times_s: Series, values: Series, length_s: float, early_s: float, late_s: float) -> Ramp:
    """The smooth ramp (3x^2 - 2x^3 over `length_s`) that fits best, its start sought between `early_s` and `late_s`. Values
    that are NaN were not seen. Raises ValueError where fewer than six were seen, or fewer than two in the later half of that
    stretch or behind it."""
    seen = np.isfinite(values)
    if seen.sum() < 6 or (seen & (times_s > (early_s + late_s) / 2)).sum() < 2:
        raise ValueError(f"only {int(seen.sum())} of {len(values)} frames show it")
    t, y = times_s[seen], values[seen]
    fits = [(*_misfit(t, y, start, length_s), float(start)) for start in np.arange(early_s, late_s, FINE_S)]
    misfit, size, _ = min(fits)
    alike = [start for other, _, start in fits if other <= misfit + ALIKE * abs(size)]
    return Ramp(float(np.mean(alike)), size, misfit / max(abs(size), 1e-9))


def _misfit(t: Series, y: Series, start: float, length_s: float) -> tuple[float, float]:
    """Root mean square of what is left, and the size, of the ramp that starts there, fitted to all, then to most."""
    x = np.clip((t - start) / length_s, 0, 1)
    table = np.stack([np.ones_like(t), x * x * (3 - 2 * x)], 1)
    kept = np.ones(len(t), bool)
    left, size = np.zeros_like(y), 0.0
    for _ in range(2):
        (base, size), *_ = np.linalg.lstsq(table[kept], y[kept], rcond=None)
        left = np.abs(y - table @ np.array([base, size]))
        kept = left <= np.sort(left)[int((KEPT if len(t) >= FEW else 1) * (len(left) - 1))]
    return float(np.sqrt(np.mean(left[kept] ** 2))), float(size)


def first_beyond(times_s: Series, values: Series, still_s: float, least: float) -> float | None:
    """The first time after `still_s` at which a curve leaves what it was until then, by more than `least` and four times its
    unrest; None where it never does."""
    before = values[(times_s <= still_s) & np.isfinite(values)]
    if len(before) < 3:
        return None
    beyond = np.abs(values - before.mean()) > max(least, 4 * float(before.std()))
    later = np.flatnonzero(beyond & (times_s > still_s))
    return float(times_s[later[0]]) if len(later) else None
