"""Scores of sessions: what is analysed in the end (how long, how often, how soon), one score for each session and coder.

A good kappa does not say that these scores agree; the intraclass correlation and Bland-Altman limits of them do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from coder_app.agreement.data import Codings, Floats, Scores
from coder_app.agreement.frames import inside
from coder_app.errors import AgreementError
from coder_app.model.interval import Spans

SECOND = 1e6


def session_scores(sessions: Mapping[str, Codings], measure: str, code: Any) -> Scores:
    """One measure of one code, sessions in rows and coders in columns.

    Parameters
    ----------
    sessions : name -> codings, all of the same number of coders.
    measure : "duration_s" (time with the code), "share" (of the observed time), "count" (events), "rate_per_min" (events a
        minute of observed time), "mean_bout_s", "latency_s" (observed time until the first event; missing where a coder
        has none). Only observed time counts: a bout counts with the part of it that is observed.
    code : one of the categories.

    Raises: AgreementError (no session, a measure or code that does not exist, different numbers of coders).
    Source: Bakeman & Quera (2011), doi:10.1017/CBO9781139017343, ch. 8 (rates, durations, proportions, latencies).
    """
    if measure not in MEASURES:
        raise AgreementError(f"There is no measure {measure!r}. Choose one of: {', '.join(MEASURES)}.")
    if not sessions:
        raise AgreementError("There are no sessions. Give two or more.")
    if len({one.n_coders for one in sessions.values()}) > 1:
        raise AgreementError("The sessions have different numbers of coders. Choose sessions with the same coders.")
    rows = [_scores(name, one, measure, code) for name, one in sessions.items()]
    return Scores(np.array(rows, dtype=np.float64))


def all_scores(sessions: Mapping[str, Codings]) -> dict[tuple[str, Any], Scores]:
    """Every measure of every code: (measure, code) -> scores. Points have no durations."""
    codes = tuple(dict.fromkeys(code for one in sessions.values() for code in one.categories))
    points = {code for code in codes if _only_points(sessions, code)}
    return {
        (measure, code): session_scores(sessions, measure, code)
        for code in codes
        for measure in MEASURES
        if code not in points or measure not in OF_BOUTS
    }


def _scores(name: str, codings: Codings, measure: str, code: Any) -> list[float]:
    if code not in codings.categories:
        raise AgreementError(f"Session {name} has no code {code!r}. It has: {', '.join(map(str, codings.categories))}.")
    at = codings.categories.index(code)
    found = []
    for events in codings.coders:
        own = events.take(events.code == at)
        found.append(MEASURES[measure](_Bouts(own.onset_us, own.offset_us, own.is_point, codings.observed)))
    return found


class _Bouts:
    """The events of one code of one coder, in observed time."""

    def __init__(self, onset_us: Any, offset_us: Any, is_point: Any, observed: Spans) -> None:
        self.observed = observed
        self.onset_us = onset_us
        self.lasting = Spans.of(zip(onset_us[~is_point].tolist(), offset_us[~is_point].tolist(), strict=True)) & observed
        self.count = len(onset_us)

    def latency(self) -> float:
        if not self.count:
            return float("nan")
        first = int(self.onset_us.min())
        start = first if inside(np.array([first]), self.observed)[0] else (self.lasting.parts[0][0] if self.lasting else first)
        return sum(min(b, start) - a for a, b in self.observed if a < start) / SECOND


MEASURES: dict[str, Callable[[_Bouts], float]] = {
    "duration_s": lambda b: b.lasting.total_us / SECOND,
    "share": lambda b: _per(b.lasting.total_us, b.observed.total_us),
    "count": lambda b: float(b.count),
    "rate_per_min": lambda b: _per(b.count, b.observed.total_us / SECOND / 60),
    "mean_bout_s": lambda b: _per(b.lasting.total_us / SECOND, b.count),
    "latency_s": lambda b: b.latency(),
}
OF_BOUTS = ("duration_s", "share", "mean_bout_s")


def _per(part: float, whole: float) -> float:
    return part / whole if whole else float("nan")


def _only_points(sessions: Mapping[str, Codings], code: Any) -> bool:
    """Whether nobody gave this code any duration, and somebody gave it."""
    kinds: list[Floats] = []
    for one in sessions.values():
        if code in one.categories:
            at = one.categories.index(code)
            kinds += [events.is_point[events.code == at] for events in one.coders]
    every = np.concatenate(kinds) if kinds else np.empty(0, dtype=bool)
    return len(every) > 0 and bool(every.all())
