"""Codings of several coders in whole seconds, and random ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from coder_app.agreement.data import Codings
from coder_app.agreement.segments.case_runs import codings_of_case
from coder_app.agreement.segments.continuum import Continuum, sorted_continuum

# Krippendorff, Mathet, Bouvry & Widlöcher 2016, the printed example; coordinates of pygamma-agreement's AlexPaulSuzan.csv
ALEX_PAUL_SUZAN = {
    "Alex": [[2, 9, "1"], [11, 17, "2"], [24, 30, "5"], [32, 36, "6"], [36, 44, "6"], [44, 60, "7"]],
    "Paul": [[2, 9, "1"], [11, 17, "3"], [19, 25, "5"], [32, 44, "6"]],
    "Suzan": [[2, 9, "1"], [11, 17, "4"], [21, 27, "5"], [32, 36, "6"], [36, 40, "6"], [40, 44, "6"]],
}


def _coded(coders: Any, t0: float | None = None, t1: float | None = None, **more: Any) -> Codings:
    """Rows of (onset_s, offset_s, code) for each coder, observed from t0 to t1."""
    return codings_of_case({"coders": coders, "t0": t0, "t1": t1, **more})


def _random_units(seed: int, n: int, m: int, categories: int = 3, noise: float = 0.5) -> Continuum:
    """m coders who mark about the same n units, moved by `noise`, a tenth of them missing and a fifth of the codes other."""
    rng = np.random.default_rng(seed)
    onset = np.cumsum(rng.exponential(4, n))
    length = rng.exponential(2, n) + 0.1
    parts = []
    for coder in range(m):
        here = np.flatnonzero(rng.random(n) < 0.9)
        begin = onset[here] + rng.normal(0, noise, len(here))
        end = begin + np.maximum(0.05, length[here] + rng.normal(0, noise, len(here)))
        code = np.where(rng.random(len(here)) < 0.8, here % categories, rng.integers(0, categories, len(here)))
        parts.append((begin, end, code, np.full(len(here), coder)))
    begin, end, code, coders = (np.concatenate(column) for column in zip(*parts, strict=True))
    return sorted_continuum(begin, end, code, coders, m, (-5.0, float(onset[-1]) + 10))


@pytest.fixture
def coded() -> Callable[..., Codings]:
    return _coded


@pytest.fixture
def random_units() -> Callable[..., Continuum]:
    return _random_units


@pytest.fixture
def alex_paul_suzan() -> Codings:
    return _coded(ALEX_PAUL_SUZAN, 0, 60)
