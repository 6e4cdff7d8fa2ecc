"""Times the statistics of segments: the best alignment of two coders, gamma, u-alpha and Staccato, beside pygamma-agreement.

    python benchmarks/agreement_gamma.py [--pygamma PYTHON] [--seed 1] [--units 1000]

PYTHON is the interpreter of another environment in which pygamma-agreement is installed (it needs numba and cvxpy); it runs
on the same units in the same minute, warmed up. Without it the peer of the alignment is a 0/1 programme of scipy, and
pygamma's times stand as recorded. Ends with status 1 if disorders differ, values differ by more than sampling
explains, or a measured ratio to pygamma misses its aim.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import csc_array, hstack, identity

from coder_app.agreement import compute
from coder_app.agreement.data import Codings, EventTable
from coder_app.agreement.segments.best_alignment import best_alignment
from coder_app.agreement.segments.continuum import Continuum, continuum
from coder_app.agreement.segments.dissimilarity import Dissimilarity
from coder_app.model.interval import Spans

CODES = 5
RECORDED = {"alignment": 0.69, "gamma": 5.5, "three": 1.17}  # pygamma-agreement 0.5.9 on another machine, s
AIMS = {"alignment": 40.0, "gamma": 20.0}
MOST_MB = 300.0
PEER = """
import json, sys, time
import numpy as np
from pyannote.core import Segment
from pygamma_agreement import CombinedCategoricalDissimilarity, Continuum, ShuffleContinuumSampler

asked = json.load(open(sys.argv[1]))

def made(coders):
    continuum = Continuum()
    for name, rows in enumerate(coders):
        for onset, offset, code in rows:
            continuum.add(str(name), Segment(onset, offset), str(code))
    return continuum

def timed(call, repeats):
    best = None
    for _ in range(repeats):
        started = time.perf_counter()
        found = call()
        seconds = time.perf_counter() - started
        best = seconds if best is None else min(best, seconds)
    return best, found

d = CombinedCategoricalDissimilarity(alpha=1, beta=1, delta_empty=1)
np.random.seed(asked["seed"])
made(asked["small"]).compute_gamma(d, n_samples=2, sampler=ShuffleContinuumSampler())
found = {}
for key in ("alignment", "three"):
    units = made(asked[key])
    seconds, best = timed(lambda: units.get_best_alignment(d), 3)
    found[key] = {"seconds": seconds, "disorder": float(best.disorder)}
units = made(asked["gamma"])
seconds, result = timed(lambda: units.compute_gamma(d, n_samples=30, sampler=ShuffleContinuumSampler()), 1)
drawn = [float(a.disorder) for a in result.chance_alignments]
found["gamma"] = {
    "seconds": seconds,
    "value": float(result.gamma),
    "expected": float(np.mean(drawn)),
    "se": float(np.std(drawn, ddof=1) / len(drawn) ** 0.5),
}
json.dump(found, open(sys.argv[2], "w"))
"""


def codings(n: int, m: int, seed: int) -> Codings:
    """m coders who mark n events of about 2 s with gaps of about 2 s; onsets and offsets 0.4 s apart, a tenth missed, a fifth
    of the codes drawn again."""
    rng = np.random.default_rng(seed)
    gaps, lengths = rng.exponential(2, n), rng.exponential(2, n) + 0.1
    onset = np.cumsum(gaps + lengths) - lengths
    code = rng.integers(0, CODES, n)
    tables = []
    for _ in range(m):
        here = np.flatnonzero(rng.random(n) < 0.9)
        begin = np.maximum(0, onset[here] + rng.normal(0, 0.4, len(here)))
        end = np.maximum(begin + 0.05, onset[here] + lengths[here] + rng.normal(0, 0.4, len(here)))
        codes = np.where(rng.random(len(here)) < 0.8, code[here], rng.integers(0, CODES, len(here)))
        tables.append(EventTable.of(np.rint(begin * 1e6), np.rint(end * 1e6), codes))
    last = max(int(table.offset_us.max()) for table in tables)
    return Codings(tuple(tables), Spans(((0, last),)), tuple(range(CODES)))


def exactly(n: int, m: int, seed: int) -> Codings:
    """As `codings`, and every coder has n events."""
    drawn = codings(n + n // 2, m, seed)
    tables = tuple(table.take(np.arange(n)) for table in drawn.coders)
    last = max(int(table.offset_us.max()) for table in tables)
    return Codings(tables, Spans(((0, last),)), drawn.categories)


def without_overlap(data: Codings) -> Codings:
    """The events of each coder cut off where the next begins, for statistics that need one exclusive stream."""
    tables = []
    for table in data.coders:
        end = np.append(np.minimum(table.offset_us[:-1], table.onset_us[1:]), table.offset_us[-1])
        tables.append(EventTable.of(table.onset_us, end, table.code, np.zeros(len(end), dtype=bool)))
    return Codings(tuple(tables), data.observed, data.categories)


def timed(call: Callable[[], Any], repeats: int) -> tuple[float, float, Any]:
    """The median of some runs in seconds, the peak of a further one in MB, and its answer."""
    seconds = []
    for _ in range(repeats):
        started = time.perf_counter()
        call()
        seconds.append(time.perf_counter() - started)
    tracemalloc.start()
    found = call()
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return median(seconds), peak, found


def programme(units: Continuum, d: Dissimilarity) -> float:
    """The disorder of two coders by a 0/1 programme over all pairs with d < 2 delta and all single units."""
    behind = int(units.first[1])
    u, v = (x.ravel() for x in np.meshgrid(np.arange(behind), np.arange(behind, units.n_units), indexing="ij"))
    cost = d.of(units, u, v)
    pays = cost < 2 * d.delta
    u, v, cost = u[pays], v[pays], cost[pays]
    at = np.arange(len(u))
    pairs = csc_array((np.ones(2 * len(u)), (np.concatenate([u, v]), np.concatenate([at, at]))), (units.n_units, len(u)))
    holds, ones = hstack([pairs, identity(units.n_units)]), np.ones(units.n_units)
    total = np.concatenate([cost, np.full(units.n_units, d.delta)])
    answer = milp(total, integrality=np.ones(len(total)), constraints=LinearConstraint(csc_array(holds), ones, ones))
    return float(answer.fun) * units.n_coders / units.n_units


def rows(data: Codings) -> list[list[tuple[float, float, int]]]:
    return [
        list(zip((t.onset_us / 1e6).tolist(), (t.offset_us / 1e6).tolist(), t.code.tolist(), strict=True)) for t in data.coders
    ]


def peer(python: str, asked: dict[str, Any]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        question, answer = Path(folder) / "asked.json", Path(folder) / "found.json"
        question.write_text(json.dumps(asked), encoding="utf-8")
        done = subprocess.run(
            [python, "-c", PEER, str(question), str(answer)],
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONPATH": ""},
        )
        if not answer.exists():
            raise SystemExit(f"{python} could not run pygamma-agreement:\n{done.stderr[-2000:]}")
        found: dict[str, Any] = json.loads(answer.read_text(encoding="utf-8"))
        return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pygamma", metavar="PYTHON", help="interpreter that has pygamma-agreement")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--units", type=int, default=1000, help="units of each coder in the alignment")
    options = parser.parse_args()
    d = Dissimilarity()
    two, half, three = exactly(options.units, 2, options.seed), exactly(500, 2, options.seed + 1), exactly(160, 3, options.seed)
    units, units_of_three = continuum(two), continuum(three)
    ours = {
        "alignment": timed(lambda: best_alignment(units, d), 15),
        "gamma": timed(lambda: compute("gamma", half, samples=30, seed=options.seed), 3),
        "three": timed(lambda: best_alignment(units_of_three, d), 5),
        "gamma-cat": timed(lambda: compute("gamma_cat", half, samples=30, seed=options.seed), 1),
        "u-alpha": timed(lambda: compute("u_alpha", without_overlap(codings(10_000, 2, options.seed))), 2),
        "staccato": timed(lambda: compute("staccato", codings(300, 2, options.seed)), 1),
    }
    programme_s, _, by_programme = timed(lambda: programme(units, d), 1)
    told = {
        "alignment": f"best alignment, 2 coders x {options.units} units",
        "gamma": "gamma, 30 shuffled samples, 2 x 500 units",
        "three": "best alignment, 3 coders x 160 units",
        "gamma-cat": "gamma-cat, 30 samples, 2 x 500",
        "u-alpha": "u-alpha, 2 x 9,000 units, made and computed",
        "staccato": "Staccato, 2 x 270 markings, 1,000 runs",
    }
    for key, (seconds, peak, _) in ours.items():
        print(f"{told[key]:48} {seconds * 1000:9.2f} ms   peak {peak:6.1f} MB")
    sound = [peak < MOST_MB for _, peak, _ in ours.values()]
    aligned, gamma = ours["alignment"][2].disorder, ours["gamma"][2]
    print(f"0/1 programme, the same alignment: {programme_s * 1000:.0f} ms, {programme_s / ours['alignment'][0]:.0f} x as long")
    sound.append(abs(by_programme - aligned) < 1e-6)
    print(f"disorder {aligned:.7f}, of the programme {by_programme:.7f}; gamma {gamma.value:.4f}")
    if options.pygamma is None:
        print("pygamma-agreement was not run; as recorded on another machine:")
        for key, seconds in RECORDED.items():
            print(f"  {told[key]:46} {seconds * 1000:9.0f} ms, {seconds / ours[key][0]:.0f} x as long")
        return 0 if all(sound) else 1
    asked = {"alignment": rows(two), "gamma": rows(half), "three": rows(three), "small": rows(exactly(10, 2, 1))}
    found = peer(options.pygamma, {**asked, "seed": options.seed})
    for key, aim in {**AIMS, "three": 1.0}.items():
        ratio = found[key]["seconds"] / ours[key][0]
        sound.append(ratio >= aim)
        print(
            f"pygamma-agreement, {told[key]:46} {found[key]['seconds'] * 1000:9.0f} ms, {ratio:.0f} x as long (aim {aim:.0f})"
        )
    for key in ("alignment", "three"):
        disorder = ours[key][2].disorder
        print(f"disorder, {told[key]:42} {disorder:.7f}, pygamma {found[key]['disorder']:.7f}")
        sound.append(abs(disorder - found[key]["disorder"]) < 1e-5)
    error = float(np.hypot(gamma["expected_se"], found["gamma"]["se"]))
    apart = abs(gamma["expected"] - found["gamma"]["expected"])
    sound.append(apart < 4 * error)
    print(f"gamma {gamma.value:.4f}, pygamma {found['gamma']['value']:.4f}; {apart / error:.1f} standard errors apart")
    return 0 if all(sound) else 1


if __name__ == "__main__":
    sys.exit(main())
