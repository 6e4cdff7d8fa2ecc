"""Krippendorff's alpha on 100,000 units of 5 coders beside the `krippendorff` package, in one run on the same data.

    python benchmarks/agreement_tables.py [--units 100000] [--coders 5] [--categories 6] [--missing 0.05] [--repeats 7]

Ours is timed twice: from a table that is read already, as every statistic after the first gets it, and from the bare array. The
package is timed on the bare array and on ready counts of values, its faster form. Ends with status 1 if values differ by more
than 1e-12, if ours is less than twice as fast as the package on the same input, or if memory passes 300 MB.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from typing import Any

import krippendorff
import numpy as np

from coder_app.agreement import UnitTable, compute

LEVELS = ("nominal", "ordinal", "interval", "ratio")
PEAK_MB = 300
TIMES = 2.0


def ratings(units: int, coders: int, categories: int, missing: float, seed: int) -> np.ndarray:
    """Codes 1, 2, ... that agree with a true one 7 times in 10, NaN where missing."""
    rng = np.random.default_rng(seed)
    truth = rng.integers(1, categories + 1, (units, 1))
    found = np.where(rng.random((units, coders)) < 0.7, truth, rng.integers(1, categories + 1, (units, coders))).astype(float)
    found[rng.random(found.shape) < missing] = np.nan
    return found


def timed(runs: dict[str, Callable[[], Any]], repeats: int) -> dict[str, tuple[float, float]]:
    """The median time of each in milliseconds and its value; the runs take turns, so that noise meets all of them."""
    spent: dict[str, list[float]] = {name: [] for name in runs}
    values: dict[str, float] = {}
    for _ in range(repeats):
        for name, run in runs.items():
            start = time.perf_counter()
            values[name] = float(run())
            spent[name].append((time.perf_counter() - start) * 1000)
    return {name: (statistics.median(spent[name]), values[name]) for name in runs}


def peak_mb(run: Callable[[], Any]) -> float:
    tracemalloc.start()
    run()
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return peak


def level_runs(level: str, matrix: np.ndarray, table: UnitTable, categories: int) -> dict[str, Callable[[], Any]]:
    across, domain = np.ascontiguousarray(matrix.T), np.arange(1.0, categories + 1)
    counts = np.stack([(matrix == value).sum(axis=1) for value in domain], axis=1)
    return {
        "ours": lambda: compute("krippendorff_alpha", table, level=level).value,
        "ours, from the array": lambda: compute("krippendorff_alpha", UnitTable.from_frame(matrix), level=level).value,
        "package, array": lambda: krippendorff.alpha(across, level_of_measurement=level),
        "package, counts": lambda: krippendorff.alpha(value_counts=counts, value_domain=domain, level_of_measurement=level),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, usual in (("units", 100_000), ("coders", 5), ("categories", 6), ("repeats", 7), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    parser.add_argument("--missing", type=float, default=0.05)
    given = parser.parse_args()
    matrix = ratings(given.units, given.coders, given.categories, given.missing, given.seed)
    table, failed = UnitTable.from_frame(matrix, range(1, given.categories + 1)), False
    print(f"{given.units} units, {given.coders} coders, {given.categories} categories, median of {given.repeats}, ms")
    print(f"{'level':9} {'ours':>7} {'+ array':>8} {'package':>8} {'counts':>8}   ratios (ready, from the array)   peak MB")
    for level in LEVELS:
        runs = level_runs(level, matrix, table, given.categories)
        found = timed(runs, given.repeats)
        ours, whole, array, counts = (found[name][0] for name in runs)
        values = [value for _, value in found.values()]
        peak = peak_mb(runs["ours, from the array"])
        # ready data against ready counts, the bare array against the bare array
        ready, bare = counts / ours, array / whole
        print(f"{level:9} {ours:7.1f} {whole:8.1f} {array:8.1f} {counts:8.1f}   {ready:6.1f} {bare:6.1f} {peak:33.0f}")
        failed |= max(values) - min(values) > 1e-12 or min(ready, bare) < TIMES or peak > PEAK_MB
    print("An aim is not reached." if failed else "Values equal to 1e-12, at least twice as fast, below 300 MB.")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
