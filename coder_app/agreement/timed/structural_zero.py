"""Kappa of a table whose last row and column are "no event": the cell where both would have none cannot be counted.

Chance is the model of quasi-independence with that one cell a structural zero. It is usually fitted by iterating; here the
limit is written down. With R and C the totals of the nil row and the nil column, the fit must give
e_ij = r_i c_j (N - R - C) / ((N - R)(N - C)) for codes i, j: it keeps every margin and has the form a_i b_j off the corner.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from coder_app.agreement.data import Floats, Ints


@dataclass(frozen=True, slots=True)
class EventKappa:
    """`value`: kappa; None where there are no events, or all stand in one cell. `plain`: kappa with chance from the margins
    alone, as if the cell of no events were an ordinary one. `largest`: kappa if the coders agreed as far as their margins let
    them. `single`: only one code is used, so that the model fits any data and kappa is 0 whatever they are."""

    value: float | None
    observed: float | None
    expected: float | None
    plain: float | None
    largest: float | None
    single: bool

    @property
    def undefined(self) -> str | None:
        """Why no value should be reported, a key of `REASONS`."""
        if self.observed is None:
            return "no_events"
        if self.value is None:
            return "one_category"
        return "saturated" if self.single else None


def event_kappa(table: Ints | Floats) -> EventKappa:
    """Kappa of a (K+1) x (K+1) table of events, nil last, its corner 0."""
    n = table.sum()
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    single = int(((rows + columns)[:-1] > 0).sum()) <= 1
    if n == 0:
        return EventKappa(None, None, None, None, None, single)
    observed = float(np.trace(table) / n)
    expected = float(np.trace(expected_table(table)) / n)
    if (np.diagonal(table) == n).any():
        return EventKappa(None, observed, 1.0, None, None, single)
    most = float(np.minimum(rows, columns).sum() / n)
    margins = float((rows / n) @ (columns / n))
    plain = (observed - margins) / (1 - margins)
    return EventKappa(
        (observed - expected) / (1 - expected), observed, expected, plain, (most - expected) / (1 - expected), single
    )


def expected_table(table: Ints | Floats) -> Floats:
    """Expected numbers of the K x K cells of codes, in closed form; rows and columns without events expect none."""
    n, r, c = float(table.sum()), float(table[-1].sum()), float(table[:, -1].sum())
    rows, columns = table[:-1].sum(axis=1), table[:, :-1].sum(axis=0)
    if n in (r, c):
        return np.zeros((len(rows), len(columns)))
    return np.outer(rows, columns) * ((n - r - c) / ((n - r) * (n - c)))
