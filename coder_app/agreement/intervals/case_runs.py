"""How the worked cases of intervals are run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from coder_app.agreement.intervals import of_tables
from coder_app.agreement.intervals.bootstrap import bootstrap_tables, limits


def bootstrap_ci(parameters: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    """Kappa of the pooled table of several sessions, with percentile and BCa limits."""
    tables = np.array(data["tables"], dtype=np.float64)
    asked = [int(x) for x in re.findall(r"\d+", str(parameters.get("B", "")))]
    resamples, level = max([20_000, *asked]), float(parameters.get("level", 0.95))
    seed = int(parameters.get("seed", 1))
    found = bootstrap_tables(tables, of_tables.kappa, resamples, level, seed=seed)
    each = of_tables.kappa(tables)
    got = found.to_json() | {
        "percentile_ci": [found.low, found.high],
        "ci": [found.low, found.high],
        "bootstrap_se": found.standard_error,
        "per_session_kappa": each,
        "n_sessions": len(tables),
        "n_undefined": found.undefined,
        "kappa": found.estimate,
    }
    if found.estimate is not None:
        flat = tables.reshape(len(tables), -1)
        kept = found.draws[np.isfinite(found.draws)]

        def of(weights: Any) -> Any:
            return of_tables.kappa((weights @ flat).reshape(-1, *tables.shape[1:]))

        got["bca_ci"] = list(limits(kept, level, found.estimate, of, len(tables)))
    return got


RUNS = {"bootstrap_ci": bootstrap_ci}
