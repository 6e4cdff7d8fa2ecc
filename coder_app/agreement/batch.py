"""Several statistics of several sessions at once: what the command line and pages ask for, brought to shape and computed.

Streams are kept apart unless pooled; several sessions give one pooled value with an interval over them; a statistic of scores
gets the derived scores of the sessions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from coder_app.agreement.data import NONE, Codings, Scores, UnitTable
from coder_app.agreement.derived import all_scores
from coder_app.agreement.entry import Statistic
from coder_app.agreement.fitting import fitted
from coder_app.agreement.intervals.blocks import over_blocks
from coder_app.agreement.intervals.planning import Plan, plan_for_width
from coder_app.agreement.intervals.sessions import Resampling, over_sessions, pooled
from coder_app.agreement.registry import compute, find
from coder_app.agreement.result import AgreementResult
from coder_app.errors import AgreementError

STATES = ("duration_kappa", "time_unit_kappa", "timed_alignment_kappa", "easydiag", "per_code_agreement")
POINTS = ("timed_alignment_kappa", "point_matching")
MANY = ("u_alpha",)


@dataclass(frozen=True, slots=True)
class Asked:
    """`options` go to every statistic that has them, `unit_us` and `tolerance_us` likewise; a `gap` of None says that every
    instant has a state. `resampling` is for several sessions, `block_us` for the interval of a single one, `width` plans how
    many sessions an interval of that width takes. `pool` takes all streams as one."""

    statistics: tuple[str, ...]
    options: Mapping[str, Any] = field(default_factory=dict)
    unit_us: int = 1_000_000
    tolerance_us: int | None = None
    gap: Any = NONE
    pool: bool = False
    resampling: Resampling = field(default_factory=Resampling)
    block_us: int | None = None
    width: float | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: of which stream, of what (a code, a pair of coders, empty for all), and the result or why there is none."""

    statistic: str
    stream: str
    of: str
    result: AgreementResult | None
    error: str | None = None
    plan: Plan | None = None

    def to_json(self) -> dict[str, Any]:
        about = {"statistic": self.statistic, "stream": self.stream, "of": self.of}
        if self.result is None:
            return about | {"value": None, "error": self.error}
        plan = {} if self.plan is None else {"plan": self.plan.to_json()}
        return about | self.result.to_json() | plan


def usual(sessions: Mapping[str, Codings]) -> tuple[str, ...]:
    """The statistics for whoever names none: those for states, for points, and for more than two coders, as there are."""
    tables = [events for one in sessions.values() for events in one.coders]
    some = [*(STATES if any((~t.is_point).any() for t in tables) else ())]
    some += POINTS if any(t.is_point.any() for t in tables) else ()
    some += MANY if any(one.n_coders > 2 for one in sessions.values()) else ()
    return tuple(dict.fromkeys(some))


def run(sessions: Mapping[str, Codings], asked: Asked) -> list[Row]:
    """Every statistic asked for, in order, stream by stream. What cannot be had is a row with its reason.

    Raises AgreementError for a statistic that does not exist, or an option that none of them has."""
    entries = [find(name) for name in asked.statistics]
    _known(entries, asked.options)
    rows = []
    for stream, own in _streams(sessions, asked.pool).items():
        for entry in entries:
            try:
                rows += list(_rows(entry, stream, own, asked))
            except AgreementError as error:
                rows.append(Row(entry.name, stream, "", None, str(error)))
    return rows


def _streams(sessions: Mapping[str, Codings], pool: bool) -> dict[str, dict[str, Codings]]:
    if pool:
        return {"": {name: one.pooled() for name, one in sessions.items()}}
    found: dict[str, dict[str, Codings]] = {}
    for name, one in sessions.items():
        for stream, own in one.by_stream().items():
            found.setdefault(str(stream), {})[name] = own
    return found


def _rows(entry: Statistic, stream: str, sessions: Mapping[str, Codings], asked: Asked) -> Iterator[Row]:
    if Scores in entry.takes:
        for (measure, code), scores in all_scores(sessions).items():
            yield Row(entry.name, stream, f"{measure} of {code}", compute(entry.name, scores, **_options(entry, asked)))
        return
    shaped: dict[str, dict[str, Any]] = {}
    for name, one in sessions.items():
        for label, data in fitted(entry, one, asked.unit_us, asked.gap):
            shaped.setdefault(label, {})[name] = data
    for label, data in shaped.items():
        for of, options in _codes(entry, label, next(iter(data.values())), asked):
            result = _result(entry.name, data, asked, options)
            yield Row(entry.name, stream, of, result, plan=_plan(entry.name, data, asked, options))


def _result(statistic: str, data: Mapping[str, Any], asked: Asked, options: Mapping[str, Any]) -> AgreementResult:
    if len(data) > 1:
        return over_sessions(statistic, data, asked.resampling, **options)
    only = next(iter(data.values()))
    if asked.block_us is not None:
        return over_blocks(statistic, only, asked.block_us, asked.resampling, **options)
    return compute(statistic, only, **options)


def _plan(statistic: str, data: Mapping[str, Any], asked: Asked, options: Mapping[str, Any]) -> Plan | None:
    if asked.width is None:
        return None
    each = [compute(statistic, one, **options) for one in data.values()]
    _, of = pooled(statistic, list(data.values()), each, options)
    how = asked.resampling
    return plan_for_width(of, len(data), asked.width, how.level, resamples=min(how.resamples, 2000), seed=how.seed)


def _codes(entry: Statistic, label: str, data: Any, asked: Asked) -> Iterator[tuple[str, dict[str, Any]]]:
    """A statistic of one code, given by its position, is had for every code unless one is named."""
    options = _options(entry, asked)
    if entry.name == "per_code_agreement" and isinstance(data, UnitTable) and "code" not in options:
        for at, code in enumerate(data.categories):
            yield f"{code}, {label}" if label else str(code), options | {"code": at}
    else:
        yield label, options


def _options(entry: Statistic, asked: Asked) -> dict[str, Any]:
    """The options that this statistic has, of those asked for."""
    known = {f.name for f in fields(entry.options)}
    found: dict[str, Any] = {}
    if "unit_us" in known:
        found["unit_us"] = asked.unit_us
    if "gap" in known:
        found["gap"] = asked.gap
    if asked.tolerance_us is not None:
        found |= {name: asked.tolerance_us for name in ("tolerance_us", "point_tolerance_us") if name in known}
        if "tolerance_units" in known:
            found["tolerance_units"] = int(asked.tolerance_us // asked.unit_us)
    for name, value in asked.options.items():
        if name in known:
            found[name] = value
        elif f"{name}_us" in known:
            found[f"{name}_us"] = _microseconds(name, value)
    return found


def _known(entries: Sequence[Statistic], options: Mapping[str, Any]) -> None:
    known = {f.name for entry in entries for f in fields(entry.options)}
    known |= {name.removesuffix("_us") for name in known}
    if wrong := [name for name in options if name not in known]:
        names = ", ".join(entry.name for entry in entries)
        raise AgreementError(f"None of {names} has an option {wrong[0]!r}. They have: {', '.join(sorted(known)) or 'none'}.")


def _microseconds(name: str, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise AgreementError(f"The option {name} is a time in seconds, got {value!r}.")
    return round(value * 1_000_000)
