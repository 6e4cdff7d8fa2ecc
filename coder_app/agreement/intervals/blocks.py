"""An interval for a single session: its time is cut into blocks, and blocks are drawn again instead of sessions.

It says how sure the figure is for this session, if its blocks are alike; it says nothing about other sessions, and is named so.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from coder_app.agreement.data import Codings, Timeline, UnitTable
from coder_app.agreement.intervals.sessions import USUAL, Resampling, over_sessions
from coder_app.agreement.result import AgreementResult
from coder_app.errors import AgreementError
from coder_app.model.interval import Spans

FEW_BLOCKS = 10
OF_TIME = ("time_unit_kappa", "duration_kappa")


def over_blocks(statistic: str, data: Any, block_us: int, resampling: Resampling = USUAL, **options: Any) -> AgreementResult:
    """A statistic of one session with a block bootstrap interval.

    Parameters
    ----------
    data : units of time (`UnitTable` with `unit_us`), or a `Timeline` or `Codings` for the kappas of time.
    block_us : length of a block: long enough that what one block holds says little of the next, and a multiple of the unit.

    Returns
    -------
    As `over_sessions`, with ``block_us``; ``interval_method`` begins with "bootstrap over ... blocks of one session".
    Raises: AgreementError for a block that is too short or too long, or data without time.
    Source: Davison & Hinkley (1997), doi:10.1017/CBO9780511802843, sec. 8.2.3 (blocks that do not overlap).
    """
    parts = _cut(statistic, data, block_us)
    if len(parts) < 2:
        raise AgreementError(f"A block of {block_us / 1e6:g} s leaves fewer than two blocks. Choose a shorter one.")
    found = over_sessions(
        statistic, {str(i): part for i, part in enumerate(parts)}, resampling, unit="block of one session", **options
    )
    notes = [] if len(parts) >= FEW_BLOCKS else [f"Only {len(parts)} blocks: the interval is unstable. Choose shorter blocks."]
    kept = {key: value for key, value in found.parts.items() if key not in ("sessions", "n_sessions")}
    method = str(found.interval_method).replace("of one session", f"of one session ({block_us / 1e6:g} s each)")
    return replace(
        found,
        parts=kept | {"n_blocks": len(parts), "block_us": block_us, "notes": notes},
        interval_method=method,
        data=data.summary(),
    )


def _cut(statistic: str, data: Any, block_us: int) -> list[Any]:
    if isinstance(data, UnitTable) and data.unit_us:
        step = int(block_us // data.unit_us)
        if step < 1:
            raise AgreementError(f"A block of {block_us / 1e6:g} s is shorter than a unit. Choose a longer one.")
        return [replace(data, codes=data.codes[at : at + step]) for at in range(0, len(data.codes), step)]
    if statistic in OF_TIME and isinstance(data, Timeline):
        return [replace(data, compared=part) for part in _pieces(data.compared, block_us)]
    if statistic in OF_TIME and isinstance(data, Codings):
        return [replace(data, observed=part) for part in _pieces(data.observed, block_us)]
    raise AgreementError(
        f"{statistic} of {type(data).__name__} has no block bootstrap: blocks are cut from time. Use units of time, "
        f"{' or '.join(OF_TIME)}, or several sessions."
    )


def _pieces(observed: Spans, block_us: int) -> list[Spans]:
    if block_us < 1:
        raise AgreementError(f"A block of {block_us / 1e6:g} s is too short. Choose a longer one.")
    start, end = (observed.parts[0][0], observed.parts[-1][1]) if observed else (0, 0)
    cut = (observed.within(at, min(at + block_us, end)) for at in range(start, end, block_us))
    return [piece for piece in cut if piece]
