"""How unlike two units of two coders are: the dissimilarities of gamma."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from coder_app.agreement.data import Ints
from coder_app.agreement.segments.continuum import Continuum, Floats


@dataclass(frozen=True, slots=True, eq=False)
class Dissimilarity:
    """d = alpha d_pos + beta d_cat. d_pos = delta ((|ds| + |de|) / (length u + length v))^2 of the two onsets and offsets;
    d_cat = delta (codes differ), or delta times `categories[c, c']`, shape (K, K). A pair with no unit on one side or on both
    costs `delta`."""

    alpha: float = 1.0
    beta: float = 1.0
    delta: float = 1.0
    categories: Floats | None = None

    def position(self, units: Continuum, u: Ints, v: Ints) -> Floats:
        """d_pos without alpha and delta."""
        on_u, off_u, on_v, off_v = units.onset[u], units.offset[u], units.onset[v], units.offset[v]
        apart = np.abs(on_u - on_v)
        apart += np.abs(off_u - off_v)
        apart /= off_u - on_u + off_v - on_v
        return np.square(apart, out=apart)

    def category(self, units: Continuum, u: Ints, v: Ints) -> Floats:
        """d_cat without beta and delta."""
        if self.categories is None:
            return (units.code[u] != units.code[v]).astype(np.float64)
        return self.categories[units.code[u], units.code[v]]

    def of(self, units: Continuum, u: Ints, v: Ints) -> Floats:
        """d of each pair of units, positions in `units`."""
        return self.delta * (self.alpha * self.position(units, u, v) + self.beta * self.category(units, u, v))

    def reach(self, largest: float) -> float:
        """The largest (|ds| + |de|) / (sum of lengths) of a pair with d <= largest."""
        return float("inf") if self.alpha == 0 else float(np.sqrt(largest / (self.alpha * self.delta)))
