"""Comparing two codings of one observation: who may, which fit together, and the runs that are kept.

A run keeps what was asked (codings, their revisions, unit, tolerance), not the figures: they are computed again from the same
revisions, so that a figure can always be traced to the events under it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from coder_app import __version__
from coder_app.agreement.data import Codings
from coder_app.agreement.of_marks import two_codings
from coder_app.agreement.timed.marks import Marks, marks
from coder_app.agreement.timed.streams import Parameters, StreamAgreement, stream_agreement
from coder_app.errors import AgreementError, Invalid, NotFound
from coder_app.model.interval import Spans
from coder_app.model.scheme import Scheme, Stream
from coder_app.workflow import coding_access, codings
from coder_app.workflow.codings import CodingRecord
from coder_app.workflow.lab import Lab

Row = dict[str, Any]

USUAL_TOLERANCE_US = 1_000_000
RATINGS = (
    "Ratings have no times to compare inside one observation. They are compared over many sessions (weighted kappa, intraclass "
    "correlation)."
)


@dataclass(frozen=True, slots=True)
class Options:
    """What a person chooses. None takes what the scheme says: its unit, and a tolerance of 1 s or its smallest."""

    unit_us: int | None = None
    tolerance_us: int | None = None

    def resolved(self, scheme: Scheme) -> Parameters:
        """The parameters of `scheme` with these choices."""
        offered = scheme.analysis.tolerance_us or (USUAL_TOLERANCE_US,)
        tolerance = USUAL_TOLERANCE_US if USUAL_TOLERANCE_US in offered else min(offered)
        return Parameters(
            scheme.analysis.unit_us if self.unit_us is None else self.unit_us,
            tolerance if self.tolerance_us is None else self.tolerance_us,
        )


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two codings: whose, and at which revision. `changed` says that it has moved on since."""

    coding_id: str
    coder: str
    label: str
    is_key: bool
    state: str
    revision: int
    scheme_version: str
    scheme_version_id: str
    changed: bool = False

    @property
    def name(self) -> str:
        notes = [*(["key"] if self.is_key and self.coder != "Key" else []), *([self.label] if self.label else [])]
        return f"{self.coder} ({', '.join(notes)})" if notes else self.coder

    def to_json(self) -> Row:
        return {
            "coding": self.coding_id,
            "coder": self.coder,
            "label": self.label,
            "is_key": self.is_key,
            "state": self.state,
            "revision": self.revision,
            "changed_since": self.changed,
            "scheme_version": self.scheme_version,
            "scheme_version_id": self.scheme_version_id,
        }


@dataclass(frozen=True, slots=True)
class StreamComparison:
    """A stream of the scheme with both coders' marks and its figures; `result` is None, with `why`, for ratings."""

    stream: Stream
    first: Marks
    second: Marks
    result: StreamAgreement | None
    why: str | None = None

    def to_json(self) -> Row:
        about = {
            "stream": self.stream.id,
            "name": self.stream.name,
            "actor": self.stream.actor,
            "kind": self.stream.kind,
            "exclusive": self.stream.exclusive,
            "exhaustive": self.stream.exhaustive,
            "why": self.why,
        }
        return about if self.result is None else about | self.result.to_json()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything one comparison says, and what it takes to repeat it. `media_id` is None for an observation without video."""

    run_id: str | None
    made_at: str | None
    study: str
    observation_id: str
    observation: str
    media_id: str | None
    end_us: int
    scheme: Scheme
    first: Side
    second: Side
    parameters: Parameters
    streams: tuple[StreamComparison, ...]

    def to_json(self) -> Row:
        """Plain JSON: times in whole microseconds (`_us`), parameters also in seconds; values unrounded, null with a reason."""
        return {
            "run": self.run_id,
            "made_at": self.made_at,
            "software": {"name": "coder-app", "version": __version__},
            "study": self.study,
            "observation": {"id": self.observation_id, "name": self.observation, "end_us": self.end_us},
            "scheme": {
                "id": self.scheme.id,
                "version": self.scheme.version,
                "name": self.scheme.name,
                "version_id": self.first.scheme_version_id,
            },
            "coders": [self.first.to_json(), self.second.to_json()],
            "parameters": self.parameters.to_json(),
            "streams": [stream.to_json() for stream in self.streams],
        }


def candidates(lab: Lab, person: Row, observation_id: str) -> list[Row]:
    """The codings of an observation that `person` may compare, keys first; rows of `codings.listing`."""
    rows = [row for row in codings.listing(lab, person, observation_id) if may_compare(lab, person, row)]
    return sorted(rows, key=lambda row: (not row["is_key"], row["made_at"], row["id"]))


def observations(lab: Lab, person: Row) -> list[Row]:
    """Observations with at least two codings of one scheme that `person` may compare, each with them under `codings`."""
    found: dict[str, list[Row]] = {}
    for row in codings.listing(lab, person):
        if may_compare(lab, person, row):
            found.setdefault(row["observation_id"], []).append(row)
    return [
        {"id": observation_id, "name": rows[0]["observation"], "study": rows[0]["study"], "codings": rows}
        for observation_id, rows in found.items()
        if len(rows) > len({row["scheme"] for row in rows})
    ]


def may_compare(lab: Lab, person: Row, row: Row) -> bool:
    """Whether a coding can stand in a comparison for `person`; recovered versions cannot."""
    return row["state"] != "recovered" and coding_access.may(lab, person, "agreement.run", row)


def compare(lab: Lab, person: Row, first_id: str, second_id: str, options: Options = Options()) -> Comparison:
    """The two codings as they stand now.

    Raises NotFound; NotAllowed (another coder's marks before one's own are submitted); Invalid (one coding twice, two
    observations, schemes that do not fit); AgreementError (unit or tolerance out of range)."""
    _require(lab, person, first_id, second_id)
    first, second = codings.record(lab, first_id), codings.record(lab, second_id)
    return _compared(first, second, options)


def codings_of(found: Comparison) -> dict[str, Codings]:
    """The two codings stream by stream, for any statistic of the registry; ratings are left out. Time that either coder could
    not score is not observed."""
    names = (found.first.name, found.second.name)
    return {
        stream.stream.id: two_codings(stream.stream, stream.first, stream.second, Spans.of([(0, found.end_us)]), names)
        for stream in found.streams
        if stream.result is not None
    }


def save_run(lab: Lab, person: Row, comparison: Comparison) -> str:
    """Keep what was compared; returns the id of the run, for /agreement?run=<id>."""
    options = {
        "unit_us": comparison.parameters.unit_us,
        "tolerance_us": comparison.parameters.tolerance_us,
        "first_revision": comparison.first.revision,
        "second_revision": comparison.second.revision,
    }
    row = lab.store.insert(
        "agreement_run",
        person_id=person["id"],
        first_coding_id=comparison.first.coding_id,
        second_coding_id=comparison.second.coding_id,
        options=options,
    )
    lab.store.log(person["id"], "agreement.run", row["id"], first=row["first_coding_id"], second=row["second_coding_id"])
    return str(row["id"])


def get_run(lab: Lab, person: Row, run_id: str) -> Comparison:
    """A kept run, computed from the revisions it was made of. Raises NotFound, NotAllowed."""
    row = lab.store.get("agreement_run", run_id)
    if row is None:
        raise NotFound(f"There is no agreement run {run_id}. Open the Agreement page and compare two codings.")
    _require(lab, person, row["first_coding_id"], row["second_coding_id"], "agreement.view")
    kept: Mapping[str, int] = row["options"]
    sides = []
    for side in ("first", "second"):
        sides.append(codings.record(lab, row[f"{side}_coding_id"], kept[f"{side}_revision"]))
    found = _compared(sides[0], sides[1], Options(kept["unit_us"], kept["tolerance_us"]))
    return replace(
        found,
        run_id=row["id"],
        made_at=row["made_at"],
        first=replace(found.first, changed=_changed(lab, found.first)),
        second=replace(found.second, changed=_changed(lab, found.second)),
    )


def last_run(lab: Lab, person: Row) -> str | None:
    """The id of the newest run that `person` may see, their own before any other's; None if there is none."""
    rows = sorted(lab.store.all("agreement_run"), key=lambda r: (r["person_id"] == person["id"], r["made_at"], r["id"]))
    for row in reversed(rows):
        sides = [lab.store.get("coding", row[name]) for name in ("first_coding_id", "second_coding_id")]
        if all(side is not None and side["binned_at"] is None and may_compare(lab, person, side) for side in sides):
            return str(row["id"])
    return None


def comparable(first: Scheme, second: Scheme) -> str | None:
    """Why two schemes cannot be compared, or None: the same scheme, with the same streams and codes in either version."""
    if first.id != second.id:
        return f"They use different schemes, {first.id} and {second.id}. Choose two codings of one scheme."
    if _shape(first) == _shape(second):
        return None
    ours, theirs = dict(_shape(first)), dict(_shape(second))
    differing = sorted({name for name in (*ours, *theirs) if ours.get(name) != theirs.get(name)})
    return (
        f"They use versions {first.version} and {second.version} of {first.id}, whose codes differ in: "
        f"{', '.join(differing)}. Choose two codings of one version."
    )


def _shape(scheme: Scheme) -> tuple[tuple[str, Any], ...]:
    """What must be equal for figures to mean the same; names, keys and definitions may differ."""
    return tuple(
        (s.id, (s.kind, s.exclusive, s.exhaustive, frozenset((c.id, c.kind, c.unscorable) for c in s.codes)))
        for s in scheme.streams
    )


def _require(lab: Lab, person: Row, first_id: str, second_id: str, action: str = "agreement.run") -> None:
    if first_id == second_id:
        raise Invalid("A coding was to be compared with itself. Choose two codings.")
    for coding_id in (first_id, second_id):
        row = lab.store.get("coding", coding_id)
        if row is None or row["binned_at"] is not None:
            raise NotFound(f"There is no coding {coding_id}, or it is in the bin. See: coder-app coding list")
        if row["state"] == "recovered":
            raise Invalid(f"Coding {coding_id} is a recovered version, kept for reading. Choose the coding it belongs to.")
        coding_access.require(lab, person, action, row)


def _compared(first: CodingRecord, second: CodingRecord, options: Options) -> Comparison:
    if first.observation["id"] != second.observation["id"]:
        raise Invalid(
            f"The codings are of two observations, {first.observation['name']} and {second.observation['name']}. "
            "Choose two codings of one observation."
        )
    if problem := comparable(first.scheme, second.scheme):
        raise Invalid(f"These codings cannot be compared. {problem}")
    parameters = options.resolved(first.scheme)
    if parameters.tolerance_us < 0:
        raise AgreementError(f"A tolerance of {parameters.tolerance_us / 1e6:g} s is below zero. Choose 0 or more.")
    window = Spans.of([(0, min(first.end_us, second.end_us))])
    return Comparison(
        run_id=None,
        made_at=None,
        study=first.study["name"],
        observation_id=first.observation["id"],
        observation=first.observation["name"],
        media_id=None if first.media is None else first.media["id"],
        end_us=window.parts[0][1] if window else 0,
        scheme=first.scheme,
        first=_side(first),
        second=_side(second),
        parameters=parameters,
        streams=tuple(_stream(stream, first, second, window, parameters) for stream in first.scheme.streams),
    )


def _stream(
    stream: Stream, first: CodingRecord, second: CodingRecord, window: Spans, parameters: Parameters
) -> StreamComparison:
    if stream.kind == "rating":
        return StreamComparison(stream, Marks(Spans()), Marks(Spans()), None, RATINGS)
    one, two = marks(first.coding, stream.id), marks(second.coding, stream.id)
    return StreamComparison(stream, one, two, stream_agreement(stream, one, two, window, parameters))


def _side(record: CodingRecord) -> Side:
    return Side(
        coding_id=record.id,
        coder=record.coder,
        label=record.label,
        is_key=record.is_key,
        state=record.state,
        revision=record.revision,
        scheme_version=record.scheme.version,
        scheme_version_id=record.scheme_version_id,
    )


def _changed(lab: Lab, side: Side) -> bool:
    row = lab.store.get("coding", side.coding_id)
    return row is not None and row["revision"] != side.revision
