"""100 sessions of 2 coders with 300 events each: five statistics, each with 2,000 resamples over sessions, in 5 s or less.

Peer, on the same units of the same sessions: `sklearn.metrics.cohen_kappa_score` of the joined units of each resample, which is
how a notebook bootstraps kappa. It is timed on few resamples and given per resample. Ends with status 1 if ours takes
longer or more than 300 MB.

    python benchmarks/agreement_bootstrap.py [--sessions 100] [--events 300] [--resamples 2000]
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time

import numpy as np
from sklearn.metrics import cohen_kappa_score

from coder_app.agreement import Codings, EventTable
from coder_app.agreement.intervals.bootstrap import weights_of
from coder_app.agreement.intervals.sessions import Resampling, over_sessions
from coder_app.model.interval import Spans

CODES = ("a", "b", "c", "d", "e", "f")
SECOND = 1_000_000
ALLOWED_S = 5.0
ALLOWED_MB = 300
PEER_RESAMPLES = 20
EVENTS_OF = ("duration_kappa", "time_unit_kappa", "timed_alignment_kappa", "easydiag")


def session(rng: np.random.Generator, events: int) -> Codings:
    """Two coders of about the same bouts: edges differ by some tenths of a second, one code in eight differs."""
    length = rng.gamma(2.0, 1.5, size=events) + 0.3
    edges = np.concatenate([[0], np.cumsum(length)])
    codes = rng.integers(0, len(CODES), size=events)
    moved = np.sort(np.clip(edges + rng.normal(0, 0.2, size=len(edges)), 0, edges[-1]))
    other = np.where(rng.random(events) < 1 / 8, rng.integers(0, len(CODES), size=events), codes)
    tables = []
    for bounds, given in ((edges, codes), (moved, other)):
        whole = np.rint(bounds * SECOND).astype(np.int64)
        tables.append(EventTable.of(whole[:-1], whole[1:], given, is_point=np.zeros(events, dtype=bool)))
    end = int(np.rint(edges[-1] * SECOND))
    return Codings(tuple(tables), Spans.of([(0, end)]), CODES, ("one", "two"), left_out=(0, 0))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=100)
    parser.add_argument("--events", type=int, default=300)
    parser.add_argument("--resamples", type=int, default=2000)
    asked = parser.parse_args()
    rng = np.random.default_rng(1)
    sessions = {f"s{i}": session(rng, asked.events) for i in range(asked.sessions)}
    how = Resampling(resamples=asked.resamples)
    found: dict[str, object] = {"sessions": asked.sessions, "events": asked.events, "resamples": asked.resamples}
    started = time.perf_counter()
    for name in EVENTS_OF:
        begun = time.perf_counter()
        result = over_sessions(name, sessions, how)
        found[name] = {"s": round(time.perf_counter() - begun, 3), "value": result.value, "interval": result.interval}
    begun = time.perf_counter()
    units = {name: one.units(SECOND) for name, one in sessions.items()}
    tables = {name: table.contingency() for name, table in units.items()}
    for at, code in enumerate(CODES):
        result = over_sessions("per_code_agreement", tables, how, code=at)
        found[f"per_code_agreement {code}"] = {"value": result.value, "interval": result.interval}
    found["per_code_agreement"] = {"s": round(time.perf_counter() - begun, 3)}
    total = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

    each = [table.codes for table in units.values()]
    begun = time.perf_counter()
    for row in weights_of(len(each), PEER_RESAMPLES, rng):
        drawn = np.concatenate([codes for codes, times in zip(each, row, strict=True) for _ in range(int(times))])
        cohen_kappa_score(drawn[:, 0], drawn[:, 1], labels=range(len(CODES) + 1))
    peer = (time.perf_counter() - begun) / PEER_RESAMPLES
    begun = time.perf_counter()
    over_sessions("cohen_kappa", units, how)
    ours = (time.perf_counter() - begun) / asked.resamples
    found |= {
        "total_s": round(total, 3),
        "allowed_s": ALLOWED_S,
        "peak_mb": round(peak, 1),
        "allowed_mb": ALLOWED_MB,
        "kappa_of_units_s_per_resample": ours,
        "scikit_learn_s_per_resample": peer,
        "times_as_fast_as_scikit_learn": round(peer / ours, 1),
        "kept": total <= ALLOWED_S and peak <= ALLOWED_MB,
    }
    print(json.dumps(found, indent=1))
    sys.exit(0 if found["kept"] else 1)


if __name__ == "__main__":
    main()
