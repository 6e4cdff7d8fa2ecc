"""How the worked cases of timed statistics are run: parameters and data of a case in, everything a case may expect out.

Times in cases are seconds. Parameters that are sentences are notes for readers; numbers among them count."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import numpy as np

from coder_app.agreement import case_data
from coder_app.agreement.data import Codings, Sequences, Timeline
from coder_app.agreement.timed.duration_kappa import DurationOptions, duration_kappa
from coder_app.agreement.timed.easydiag import EasyDiagOptions, easydiag, table_figures
from coder_app.agreement.timed.event_alignment import AlignmentOptions, event_alignment_kappa
from coder_app.agreement.timed.structural_zero import event_kappa
from coder_app.agreement.timed.time_unit_kappa import TimeUnitOptions, time_unit_kappa
from coder_app.agreement.timed.timed_alignment import TimedAlignmentOptions, timed_alignment_kappa

Given = Mapping[str, Any]
GAPS = ("nil", "none", "gap", "no code", "uncoded", "absent")
SECOND = 1_000_000


def time_units(parameters: Given, data: Given) -> dict[str, Any]:
    """A unit that is no number means exact durations."""
    line = _timeline(data)
    unit = _number(parameters, "unit", "unit_s", default=None if "unit" in parameters else 1)
    if unit is None and "fps" not in parameters:
        return _exact(line)
    options = TimeUnitOptions(
        unit_us=Fraction(str(unit or 1)) * SECOND,
        fps=_number(parameters, "fps"),
        tolerance_units=int(_number(parameters, "tolerance_units", "tolerance", default=0) or 0),
    )
    found = time_unit_kappa(line, options)
    table = np.array(found["table"])
    return {
        "matrix": found["table"],
        "matrix_seconds": (table * (found["unit_us"] / SECOND)).tolist(),
        "kappa": found.value,
        "percent_agreement": found["observed"],
        "expected_agreement": found["expected"],
        "n_units": found["n"],
        "order": found["categories"],
        "matrix_coder1_first": found["table_first"],
        "kappa_coder1_first": found["kappa_first"],
        "matrix_coder2_first": found["table_second"],
        "kappa_coder2_first": found["kappa_second"],
        "per_code_p_pos": _positive(table, line.categories),
        **_symmetric(table),
    }


def untimed_alignment(parameters: Given, data: Given) -> dict[str, Any]:
    plain = data.get("format") == "sequences"
    shape: Sequences | Codings = case_data.sequences(_named(data)) if plain else _events(data)
    found = event_alignment_kappa(shape, AlignmentOptions(**_costs(parameters)))
    return {
        **_aligned(found.parts),
        "pairs": found["pairs"],
        **dict.fromkeys(("optimal_tables", "n_optimal_tables", "number_of_optimal_tables"), found["optimal_tables"]),
        **dict.fromkeys(("optimal_kappas", "kappas", "kappa_structural_zero_all"), found["optimal_kappas"]),
        **dict.fromkeys(("kappa_lowest", "kappa_min"), found["kappa_lowest"]),
        **dict.fromkeys(("kappa_highest", "kappa_max"), found["kappa_highest"]),
    }


def timed_alignment(parameters: Given, data: Given) -> dict[str, Any]:
    """The rule of links is "both" only if its sentence says `and`."""
    tolerance = _number(parameters, "onset_tolerance", "tolerance", "tolerance_s")
    overlap = _share(parameters, "overlap_threshold", "min_overlap", "overlap")
    options = TimedAlignmentOptions(
        tolerance_us=SECOND if tolerance is None and overlap is None else _microseconds(tolerance),
        overlap=overlap,
        rule="both" if " and " in str(parameters.get("link_rule", "")) else "either",
        **_costs(parameters),
    )
    found = timed_alignment_kappa(_events(data), options)
    return {
        **_aligned(found.parts),
        "kappa_structural_zero_linked_doubled": found["kappa_doubled"],
        "pct_linked": found["percent_linked"],
        "percent_linked": found["percent_linked"],
        "linked_pairs": found["pairs"],
        "n_linked": len(found["pairs"]),
        **_differences("onset", found["onset_difference_us"]),
        **_differences("offset", found["offset_difference_us"]),
    }


def easydiag_global(parameters: Given, data: Given) -> dict[str, Any]:
    figures = _easydiag_figures(parameters, data)
    block = figures["linked_block"]
    return {
        **figures,
        "matrix": figures["table"],
        "order": figures["categories"],
        "kappa": figures["kappa_ipf"],
        "percent_agreement": figures["raw_agreement"],
        "pct_linked": figures["percent_linked"],
        "linked_pairs": figures.get("pairs"),
        "N": figures["n"],
        "linked_only": {**block, "raw": block["raw_agreement"]},
        "kappa_linked": block["kappa"],
        "raw_agreement_linked": block["raw_agreement"],
        "kappa_max_linked": block["kappa_max"],
    }


def easydiag_per_code(parameters: Given, data: Given) -> dict[str, Any]:
    found = _easydiag_figures(parameters, data)["codes"]
    return {str(code): {**f, "p_pos": f["positive"], "raw": f["raw_agreement"]} for code, f in found.items()}


def _easydiag_figures(parameters: Given, data: Given) -> dict[str, Any]:
    if "table" in data:
        table = np.array(data["table"])
        names = data.get("categories") or range(1, len(table) + 1)
        return table_figures(table, tuple(names)[: len(table) - 1])
    options = EasyDiagOptions(
        overlap=_share(parameters, "overlap_threshold", "threshold", "min_overlap", "overlap") or 0.6,
        point_tolerance_us=_microseconds(_number(parameters, "point_tolerance", "onset_tolerance", default=1)) or 0,
    )
    return dict(easydiag(_events(data), options).parts)


def _exact(line: Timeline) -> dict[str, Any]:
    found = duration_kappa(line, DurationOptions())
    seconds = (np.array(found["table"]) / SECOND).tolist()
    return {
        "matrix_seconds": seconds,
        "matrix": seconds,
        "kappa": found.value,
        "percent_agreement": found["observed"],
        "expected_agreement": found["expected"],
        "order": found["categories"],
        "per_code_p_pos": {str(code): share for code, share in found["positive"].items()},
        "scott_pi": _symmetric(np.array(found["table"]))["scott_pi"],
    }


def _aligned(parts: Given) -> dict[str, Any]:
    return {
        "total_cost": parts["cost"],
        "matrix": parts["table"],
        "order": parts["categories"],
        "percent_agreement": event_kappa(np.array(parts["table"])).observed,
        "kappa_structural_zero": parts["kappa_structural_zero"],
        "kappa": parts["kappa_structural_zero"],
        "kappa_plain": parts["kappa_plain"],
        "n": parts["n"],
    }


def _differences(edge: str, microseconds: list[int]) -> dict[str, Any]:
    """Second minus first, in seconds."""
    found = np.array(microseconds) / SECOND
    some = len(found) > 0
    return {
        f"{edge}_diff_linked": found.tolist(),
        f"{edge}_mean": float(found.mean()) if some else None,
        f"{edge}_sd": float(found.std(ddof=1)) if len(found) > 1 else None,
        f"{edge}_median": float(np.median(found)) if some else None,
        f"{edge}_abs_mean": float(np.abs(found).mean()) if some else None,
        f"{edge}_abs_median": float(np.median(np.abs(found))) if some else None,
        f"{edge}_abs_max": float(np.abs(found).max()) if some else None,
    }


def _symmetric(table: np.ndarray) -> dict[str, float | None]:
    """Scott's pi and Krippendorff's alpha of the units, both coders having one distribution of codes."""
    n = int(table.sum())
    shares = (table.sum(axis=0) + table.sum(axis=1)) / (2 * n) if n else np.zeros(len(table))
    expected = float(shares @ shares)
    if not n or (shares == 1).any():
        return {"scott_pi": None, "krippendorff_alpha_on_time_units": None}
    pi = float((np.trace(table) / n - expected) / (1 - expected))
    return {"scott_pi": pi, "krippendorff_alpha_on_time_units": 1 - (1 - pi) * (2 * n - 1) / (2 * n)}


def _positive(table: np.ndarray, categories: tuple[Any, ...]) -> dict[str, float | None]:
    given = table.sum(axis=0) + table.sum(axis=1)
    return {str(c): 2 * float(table[i, i]) / float(given[i]) if given[i] else None for i, c in enumerate(categories)}


def _timeline(data: Given) -> Timeline:
    """Time without a code is the category that is called so; it is added only where there is such time."""
    codings = case_data.events(_named(data))
    named = [code for code in codings.categories if str(code).lower() in GAPS]
    if named:
        return codings.timeline(0, 1, named[0])
    exhaustive = codings.timeline(0, 1, None)
    covered = [int((track.offset_us - track.onset_us).sum()) for track in (exhaustive.first, exhaustive.second)]
    return exhaustive if min(covered) >= codings.observed.total_us else codings.timeline()


def _events(data: Given) -> Codings:
    """All events, whatever the session's span: events are counted, not time."""
    return case_data.events({key: value for key, value in _named(data).items() if key not in ("t0", "t1")})


def _named(data: Given) -> dict[str, Any]:
    """With coders that have names, also where they are a list, and without a session that has no time."""
    coders = data["coders"]
    named = coders if isinstance(coders, Mapping) else {str(at + 1): own for at, own in enumerate(coders)}
    timeless = data.get("t1") is not None and data["t1"] <= data.get("t0", 0)
    kept = {key: value for key, value in data.items() if not (timeless and key in ("t0", "t1"))}
    start = {"t0": 0} if data.get("t1") is not None and "t0" not in data and not timeless else {}
    return {**kept, **start, "coders": named}


def _costs(parameters: Given) -> dict[str, Any]:
    both = _number(parameters, "cost_indel", "indel", default=1)
    return {
        "agree": float(_number(parameters, "cost_agree", "agree", default=0) or 0),
        "substitution": _filled(parameters, 1, "cost_substitution", "substitution", "cost_sub"),
        "deletion": _filled(parameters, both, "cost_deletion", "deletion", "cost_del"),
        "insertion": _filled(parameters, both, "cost_insertion", "insertion", "cost_ins"),
    }


def _filled(parameters: Given, default: float | None, *names: str) -> float:
    found = _number(parameters, *names, default=default)
    return 1.0 if found is None else float(found)


def _number(parameters: Given, *names: str, default: float | None = None) -> float | None:
    """The first of these parameters that is a number, as one or as text."""
    for name in names:
        try:
            return float(parameters[name])
        except (KeyError, TypeError, ValueError):
            continue
    return default


def _share(parameters: Given, *names: str) -> float | None:
    """A share, also where it is given as a percentage."""
    found = _number(parameters, *names)
    return found / 100 if found is not None and found > 1 else found


def _microseconds(seconds: float | None) -> int | None:
    return None if seconds is None else round(seconds * SECOND)


RUNS: dict[str, Callable[[Given, Given], Any]] = {
    "time_unit_kappa": time_units,
    "time_unit_kappa_tolerance": time_units,
    "event_alignment_kappa": untimed_alignment,
    "event_alignment_kappa_timed": timed_alignment,
    "easydiag": easydiag_global,
    "easydiag_percode": easydiag_per_code,
}
