"""Runs a file of worked cases against the engine: the same file a reader can check by hand, or another program can run.

A case has `id`, `statistic`, `parameters`, `data` with a `format`, `expected` and `tolerance`. The tolerance is absolute; a
dict gives one for each key; "interval" means that expected values are [low, high]. `null` means that the statistic does not
exist for these data. Each folder of statistics says in `case_runs.py` how its cases are run (`RUNS`: statistic -> function of
the parameters and the data); any other name of the registry is computed from the data as they are.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from coder_app.agreement.result import AgreementResult, plain
from coder_app.errors import CoderError, Invalid

Run = Callable[[Mapping[str, Any], Mapping[str, Any]], Any]

USUAL_TOLERANCE = 1e-6
USUAL_UNIT_US = 1_000_000
ROUNDING = 1e-12  # what sums of floats in another order may differ by, also where the tolerance is 0


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case, run. `got` has the keys of `expected`; `error` says why there is nothing."""

    id: str
    statistic: str
    passed: bool
    got: Any
    expected: Any
    error: str | None = None

    def to_json(self) -> dict[str, Any]:
        found = {"id": self.id, "statistic": self.statistic, "passed": self.passed, "got": self.got, "expected": self.expected}
        return found if self.error is None else found | {"error": self.error}


def run_file(path: Path) -> list[CaseResult]:
    """Every case of a file, in its order. Raises Invalid if the file is none of cases."""
    return [run_case(case) for case in read(path)]


def read(path: Path) -> list[dict[str, Any]]:
    """The cases of a file: an object with `cases`, or a list of them."""
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid(f"{path} cannot be read: {error}.") from error
    except json.JSONDecodeError as error:
        raise Invalid(f"{path} is not JSON, line {error.lineno}: {error.msg}.") from error
    cases = found.get("cases") if isinstance(found, dict) else found
    if not isinstance(cases, list):
        raise Invalid(f"{path} holds no cases. Give an object with a list under 'cases', or a list of cases.")
    for at, case in enumerate(cases):
        missing = [key for key in ("id", "statistic", "expected") if not isinstance(case, dict) or key not in case]
        if missing:
            raise Invalid(f"Case {at + 1} of {path} has no {missing[0]!r}.")
    return cases


def run_case(case: Mapping[str, Any]) -> CaseResult:
    """One case. What goes wrong inside is its result, not the end of the run."""
    about = str(case["id"]), str(case["statistic"])
    expected = case["expected"]
    try:
        run = _run_of(about[1])
        got = plain(run(case.get("parameters") or {}, case.get("data") or {}))
    except CoderError as error:
        return CaseResult(*about, False, None, expected, str(error))
    except Exception as error:  # a case must not end the run of the others
        return CaseResult(*about, False, None, expected, f"{type(error).__name__}: {error}")
    shown = _keys_of(expected, got)
    return CaseResult(*about, agrees(shown, expected, case.get("tolerance")), shown, expected)


def agrees(got: Any, expected: Any, tolerance: Any = None) -> bool:
    """Whether `got` is `expected` by the conventions of the file."""
    if isinstance(expected, Mapping):
        if not isinstance(got, Mapping):
            return False
        return all(key in got and agrees(got[key], value, _for_key(tolerance, key)) for key, value in expected.items())
    if expected is None:
        return got is None
    if tolerance == "interval":
        return _is_number(got) and _is_pair(expected) and expected[0] <= got <= expected[1]
    if isinstance(expected, Sequence) and not isinstance(expected, str):
        if not isinstance(got, Sequence) or isinstance(got, str) or len(got) != len(expected):
            return False
        return all(agrees(one, other, tolerance) for one, other in zip(got, expected, strict=True))
    if _is_number(expected):
        return _is_number(got) and abs(got - expected) <= _limit(tolerance) + ROUNDING * max(1.0, abs(expected))
    return bool(got == expected)


def known_statistics() -> list[str]:
    """Every statistic that a case may name."""
    from coder_app.agreement.registry import STATISTICS

    return sorted({*runs(), *STATISTICS})


def runs() -> dict[str, Run]:
    """How the cases of each statistic are run, gathered from the folders."""
    from coder_app.agreement.intervals.case_runs import RUNS as INTERVALS
    from coder_app.agreement.scores.case_runs import RUNS as SCORES
    from coder_app.agreement.segments.case_runs import RUNS as SEGMENTS
    from coder_app.agreement.tables.case_runs import RUNS as TABLES
    from coder_app.agreement.timed.case_runs import RUNS as TIMED

    return {**TABLES, **SCORES, **TIMED, **SEGMENTS, **INTERVALS}


def _run_of(statistic: str) -> Run:
    found = runs()
    if statistic in found:
        return found[statistic]
    if statistic in known_statistics():
        return lambda parameters, data: _computed(statistic, parameters, data)
    near = get_close_matches(statistic, known_statistics(), n=3, cutoff=0.6)
    hint = f" Did you mean {' or '.join(near)}?" if near else f" There are: {', '.join(known_statistics())}."
    raise Invalid(f"There is no statistic called {statistic!r}.{hint}")


def _computed(statistic: str, parameters: Mapping[str, Any], data: Mapping[str, Any]) -> Any:
    """A statistic of the registry by its own name; parameters it does not have are notes for people."""
    from dataclasses import fields

    from coder_app.agreement.case_data import shape_of
    from coder_app.agreement.data import Codings
    from coder_app.agreement.fitting import fitted
    from coder_app.agreement.registry import compute, find

    entry = find(statistic)
    known = {field.name for field in fields(entry.options)}
    options = {name: value for name, value in parameters.items() if name in known}
    shape = shape_of(data)
    if isinstance(shape, Codings) and Codings not in entry.takes:
        found = {of: _by_name(compute(statistic, one, **options)) for of, one in fitted(entry, shape, USUAL_UNIT_US)}
        return next(iter(found.values())) if len(found) == 1 else found
    return _by_name(compute(statistic, shape, **options))


def _by_name(result: AgreementResult) -> dict[str, Any]:
    """The parts, and the value under every name that a reader would look for."""
    names = ("value", result.statistic, result.statistic.rsplit("_", 1)[-1], "kappa", "alpha")
    parts = {key: value for key, value in result.parts.items()}
    if result.interval is not None:
        parts |= {"ci": list(result.interval), "interval": list(result.interval)}
    return dict.fromkeys(names, result.value) | parts


def _keys_of(expected: Any, got: Any) -> Any:
    """What of `got` was asked for."""
    if isinstance(expected, Mapping) and isinstance(got, Mapping):
        return {key: _keys_of(value, got[key]) for key, value in expected.items() if key in got}
    if isinstance(got, Mapping) and not isinstance(expected, Mapping):
        return got.get("value")
    return got


def _for_key(tolerance: Any, key: str) -> Any:
    return tolerance.get(key, tolerance.get("default", USUAL_TOLERANCE)) if isinstance(tolerance, Mapping) else tolerance


def _limit(tolerance: Any) -> float:
    return float(tolerance) if _is_number(tolerance) else USUAL_TOLERANCE


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_pair(value: Any) -> bool:
    return isinstance(value, Sequence) and len(value) == 2 and all(_is_number(x) for x in value)
