"""Two codings of timed events: kappa of time units and of exact durations, timed alignment, EasyDIAg, matching; each beside a
straightforward way to the same figure, in one run on the same data.

    python benchmarks/agreement_timed.py [--repeats 9] [--seed 1]

Times are of the processor, so that other work on the machine does not count.

- time-unit kappa: 2 x 2,000 events in 30 minutes, 25 frames a second, without and with 10 frames of tolerance; peer: in the
  manner of BORIS's `irr.py`, every instant looked up in the whole list of events of either coder, but on whole numbers.
- exact kappa: 2 x 10,000 events; peer: numpy on the grid of the frames.
- timed alignment: 2 x 10,000 events at 1 s and 2 s of tolerance; peer: all rows of the full table of Needleman and Wunsch, by
  numpy, cost only.
- EasyDIAg: 2 x 10,000 events; peer: the overlaps of all pairs of events by numpy at 2 x 2,000, multiplied by 25.
- matching: 2 x 10,000 events; no peer, since nothing else names splits, merges and shifts.

Ends with status 1 if a value differs from its peer, if an aim is missed (10 ms, 10 ms, 50 ms) or if memory passes 300 MB.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from coder_app.agreement import Codings, compute
from coder_app.agreement.data import EventTable
from coder_app.agreement.timed.matching import match_events
from coder_app.model.interval import Spans

FPS = 25
FRAME_US = 1_000_000 // FPS
CODES = tuple("abcdef")
PEAK_MB = 300


@dataclass(frozen=True)
class Line:
    """One figure: how long ours and the peer took (the peer's as it would be for the whole), the peak, the aim."""

    what: str
    ours_ms: float
    peer: str
    peer_ms: float | None
    peak_mb: float
    aim_ms: float | None
    equal: bool

    @property
    def good(self) -> bool:
        return self.equal and self.peak_mb <= PEAK_MB and (self.aim_ms is None or self.ours_ms <= self.aim_ms)

    def __str__(self) -> str:
        peer = f"{'no peer':38}" if self.peer_ms is None else f"{self.peer:28} {self.peer_ms:9.1f}"
        ratio = "" if self.peer_ms is None else f"{self.peer_ms / self.ours_ms:9.1f}"
        aim = "" if self.aim_ms is None else f"{self.aim_ms:5.0f}"
        missed = "" if self.good else "   MISSED"
        return f"{self.what:36} {self.ours_ms:8.2f} {aim:>5}  {peer} {ratio:>9} {self.peak_mb:8.1f}{missed}"


def coders(events: int, seconds: float, seed: int, jitter_s: float = 0.4) -> Codings:
    """States without gaps and with random lengths; the second coder's edges are shifted, and one code in five is another."""
    rng = np.random.default_rng(seed)
    end = int(seconds * 1e6)
    edges = np.sort(rng.choice(end, events + 1, replace=False))
    moved = np.unique(np.clip(edges + rng.normal(0, jitter_s * 1e6, events + 1).astype(np.int64), 0, end))
    codes = rng.integers(0, len(CODES), events)
    other = np.where(rng.random(events) < 0.8, codes, rng.integers(0, len(CODES), events))[: len(moved) - 1]
    tables = (EventTable.of(edges[:-1], edges[1:], codes), EventTable.of(moved[:-1], moved[1:], other))
    return Codings(tables, Spans(((0, end),)), CODES, ("one", "two"))


def timed(run: Callable[[], Any], repeats: int) -> tuple[float, Any]:
    """Median milliseconds of processor time and what came out."""
    spent, found = [], run()
    for _ in range(repeats):
        start = time.process_time()
        found = run()
        spent.append((time.process_time() - start) * 1000)
    return statistics.median(spent), found


def peak_mb(run: Callable[[], Any]) -> float:
    tracemalloc.start()
    run()
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return peak


def kappa(table: np.ndarray) -> float:
    shares = table / table.sum()
    expected = float(shares.sum(axis=0) @ shares.sum(axis=1))
    return float((np.trace(shares) - expected) / (1 - expected))


def sampled(data: Codings, frames: int) -> np.ndarray:
    """In the manner of BORIS: at every instant the codes of all events around it, from plain lists."""
    lists = [list(zip(t.onset_us.tolist(), t.offset_us.tolist(), t.code.tolist(), strict=True)) for t in data.coders]
    names: list[tuple[int, ...]] = [(i,) for i in range(len(CODES))] + [()]
    table = np.zeros((len(names), len(names)), dtype=np.int64)
    for frame in range(frames):
        at = frame * FRAME_US + FRAME_US // 2
        found = [tuple(code for onset, offset, code in events if onset <= at < offset) for events in lists]
        table[names.index(found[0]), names.index(found[1])] += 1
    return table


def grid_kappa(data: Codings) -> float:
    """Every frame's code by numpy, and the kappa of the frames."""
    at = np.arange(data.observed.total_us // FRAME_US) * FRAME_US + FRAME_US // 2
    units = []
    for events in data.coders:
        place = np.searchsorted(events.onset_us, at, side="right") - 1
        here = (place >= 0) & (at < events.offset_us[place])
        units.append(np.where(here, events.code[place], len(CODES)))
    k = len(CODES) + 1
    return kappa(np.bincount(units[0] * k + units[1], minlength=k * k).reshape(k, k))


def full_table_cost(data: Codings, tolerance_us: int) -> int:
    """Least cost by the full table of Needleman and Wunsch, a row of numpy at a time."""
    first, second = data.coders
    ahead = np.arange(len(second) + 1)
    row = ahead.copy()
    for onset, code in zip(first.onset_us.tolist(), first.code.tolist(), strict=True):
        step = np.where(np.abs(second.onset_us - onset) <= tolerance_us, second.code != code, 10**6)
        best = row + 1
        best[1:] = np.minimum(best[1:], row[:-1] + step)
        row = np.minimum.accumulate(best - ahead) + ahead
    return int(row[-1])


def all_pairs(data: Codings, overlap: float) -> int:
    """Links of EasyDIAg from the overlaps of all pairs, the largest first."""
    first, second = data.coders
    shared = np.minimum.outer(first.offset_us, second.offset_us) - np.maximum.outer(first.onset_us, second.onset_us)
    longer = np.maximum.outer(first.offset_us - first.onset_us, second.offset_us - second.onset_us)
    share = shared / longer
    i, j = np.nonzero(share >= overlap)
    free_i, free_j, links = set(i.tolist()), set(j.tolist()), 0
    for at in np.argsort(-share[i, j], kind="stable"):
        if i[at] in free_i and j[at] in free_j:
            free_i.discard(i[at])
            free_j.discard(j[at])
            links += 1
    return links


def time_units(repeats: int, seed: int) -> list[Line]:
    data = coders(2_000, 1800, seed)
    peer_ms, table = once(lambda: sampled(data, 1800 * FPS))
    equal = bool((np.array(compute("time_unit_kappa", data, fps=FPS)["table"]) == table).all())
    lines = []
    for tolerance in (0, 10):
        run = lambda w=tolerance: compute("time_unit_kappa", data, fps=FPS, tolerance_units=w)  # noqa: E731
        ms, _ = timed(run, repeats)
        what = f"time-unit kappa, tolerance {tolerance} frames"
        lines.append(Line(what, ms, "instants from lists", peer_ms, peak_mb(run), 10, equal))
    return lines


def once(run: Callable[[], Any]) -> tuple[float, Any]:
    start = time.process_time()
    found = run()
    return (time.process_time() - start) * 1000, found


def long_sessions(repeats: int, seed: int) -> list[Line]:
    data = coders(10_000, 20_000, seed)
    lines = []
    ms, found = timed(lambda: compute("duration_kappa", data), repeats)
    peer_ms, value = timed(lambda: grid_kappa(data), repeats)
    peak = peak_mb(lambda: compute("duration_kappa", data))
    near = abs(found.value - value) < 1e-3  # a grid of frames is not exact
    lines.append(Line("exact kappa", ms, "grid of frames by numpy", peer_ms, peak, 10, near))
    for seconds in (1, 2):
        run = lambda s=seconds: compute("timed_alignment_kappa", data, tolerance_us=s * 1_000_000)  # noqa: E731
        ms, found = timed(run, repeats)
        peer_ms, cost = once(lambda s=seconds: full_table_cost(data, s * 1_000_000))
        what = f"timed alignment at {seconds} s"
        lines.append(Line(what, ms, "full table by numpy", peer_ms, peak_mb(run), 50, found["cost"] == cost))
    small = coders(2_000, 4_000, seed)
    peer_ms, links = once(lambda: all_pairs(small, 0.6))
    equal = len(compute("easydiag", small)["pairs"]) == links
    ms, _ = timed(lambda: compute("easydiag", data), repeats)
    peak = peak_mb(lambda: compute("easydiag", data))
    lines.append(Line("EasyDIAg", ms, "all pairs by numpy", peer_ms * 25, peak, None, equal))
    ms, _ = timed(lambda: match_events(*data.coders), 3)
    lines.append(Line("matching of events", ms, "", None, peak_mb(lambda: match_events(*data.coders)), None, True))
    return lines


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=9)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    print(f"median of {given.repeats}, ms of processor time")
    print(f"{'':36} {'ours':>8} {'aim':>5}  {'peer':38} {'ratio':>9} {'peak MB':>8}")
    lines = time_units(given.repeats, given.seed) + long_sessions(given.repeats, given.seed)
    for line in lines:
        print(line)
    good = all(line.good for line in lines)
    print("Every figure as its peer's, every aim reached." if good else "An aim is not reached, or a figure differs.")
    return int(not good)


if __name__ == "__main__":
    sys.exit(main())
