"""What statistics of two coders take from codings: the two event tables, stream by stream, or their exclusive states."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np

from coder_app.agreement.data import Codings, EventTable, Ints, Timeline
from coder_app.errors import AgreementError


def exclusive_states(data: Timeline | Codings, gap: Hashable | None = "none") -> Timeline:
    """The timeline of two coders. Raises AgreementError for other than two coders, or several streams."""
    return data if isinstance(data, Timeline) else two(data).timeline(0, 1, gap)


def two(data: Codings) -> Codings:
    """The codings, if they are of two coders. Raises AgreementError if not."""
    if data.n_coders != 2:
        raise AgreementError(f"Expected codings of 2 coders, got {data.n_coders}. Choose two with pair(first, second).")
    return data


def streams(data: Codings) -> list[tuple[Ints, Ints]]:
    """Positions of the first and of the second coder's events, one pair of lists for each stream: events of different
    streams never stand for one another."""
    first, second = two(data).coders
    if first.stream is None or second.stream is None:
        return [(np.arange(len(first)), np.arange(len(second)))]
    found = np.unique(np.concatenate([first.stream, second.stream]))
    return [(np.flatnonzero(first.stream == s), np.flatnonzero(second.stream == s)) for s in found]


def in_file_order(events: EventTable, pairs: Ints) -> Ints:
    """Positions of events as they stood in what was read."""
    return events.row[pairs] if len(events.row) else pairs
