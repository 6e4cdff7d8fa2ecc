"""The marks of two coders on a stream as `Codings`, which every statistic of timed events takes."""

from __future__ import annotations

import numpy as np

from coder_app.agreement.data import Codings, EventTable
from coder_app.agreement.frames import counting
from coder_app.agreement.timed.marks import Marks, compared_span, point_codes, state_codes, unscorable_span
from coder_app.model.interval import Spans
from coder_app.model.scheme import Stream


def two_codings(stream: Stream, first: Marks, second: Marks, window: Spans, names: tuple[str, str]) -> Codings:
    """Codes of the scheme as categories; observed is what both coded and both could score. An event counts if a part of it
    lies there."""
    compared = compared_span(first, second, window)
    barred = (unscorable_span(stream, first) | unscorable_span(stream, second)) & compared
    observed = compared - barred
    codes = tuple(code.id for code in (*state_codes(stream), *point_codes(stream)))
    tables = [_table(marks, codes, observed) for marks in (first, second)]
    given = (sum(code in codes for *_, code in (*marks.bouts, *marks.points)) for marks in (first, second))
    left = tuple(n - len(table) for n, table in zip(given, tables, strict=True))
    return Codings(tuple(tables), observed, codes, names, (), barred, left)


def _table(marks: Marks, codes: tuple[str, ...], observed: Spans) -> EventTable:
    events = [(a, b, codes.index(code), False) for a, b, code in marks.bouts if code in codes and b > a]
    events += [(t, t, codes.index(code), True) for t, code in marks.points if code in codes]
    columns = np.array(events, dtype=np.int64).reshape(-1, 4)
    kept = columns[counting(columns[:, 0], columns[:, 1], observed)]
    return EventTable.of(kept[:, 0], kept[:, 1], kept[:, 2], kept[:, 3] == 1)
