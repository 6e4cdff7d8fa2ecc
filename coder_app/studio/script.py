"""Event scripts: what happens in a practice clip, in the streams and codes of a scheme. YAML, times in decimal seconds.

    id: c1-look
    version: "1.0"
    name: Look
    purpose: What the clip is to teach.
    scheme: serve-and-return-quick
    length_s: 40.0
    size: [960, 360]
    fps: 25
    seed: 11                    # idle motion and the roughness of voices
    difficulty: 0.2             # 0 plain .. 1 subtle: how small the signs are and how much else moves
    cast: {infant: a, caregiver: a}
    episodes: [{at: 0, to: 20.0, id: play, name: Play}]    # optional; figures are given for each
    scores: [infant_gaze]       # the streams the key covers, over the whole clip
    streams:                    # an event without `to` lasts until the next of its stream, or the end
      infant_gaze: [{at: 0, code: face}, {at: 5.2, code: object, as: hands}]    # `as`: how it is acted, see `acts`
      returns: [{at: 5.0, to: 7.0, code: facial_mirroring, modifiers: {marked: true}, answers: {stream: infant_face, at: 4.0}}]
    acts:                       # seen and heard, but no code: streams and acts of `acts.ACTS`
      infant_face: [{at: 31.0, to: 32.4, code: o_mouth}]
    coders:                     # example codings with seeded errors
      - {file: coder_1.json, name: Sample coder 1, seed: 3}

Every time is a whole number of frames, so that an onset is a frame anyone can point at.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from itertools import zip_longest
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from coder_app.codebook import load, shape, source
from coder_app.codebook.problems import Finding, Problem, place_of
from coder_app.codebook.problems import Path as Path_
from coder_app.errors import Invalid
from coder_app.model.scheme import Scheme


def _us(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)) or not 0 <= value <= 3600:
        raise PydanticCustomError("time", "seconds from 0 to 3600")
    scaled = Decimal(value) * 1_000_000
    if scaled != scaled.to_integral_value():
        raise PydanticCustomError("time", "seconds with at most six decimals")
    return int(scaled)


Us = Annotated[int, BeforeValidator(_us)]


def _share(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)) or not 0 <= value <= 1:
        raise PydanticCustomError("share", "a number from 0 to 1")
    return float(value)


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, populate_by_name=True)


class Answers(_Part):
    """The serve an event answers: the event of `stream` that starts at `at`."""

    stream: str
    at_us: Us = Field(alias="at")


class Happening(_Part):
    """One event. `to_us` is None until `Script` closes it. `answers`: "nothing" says that no coded event was answered.

    `act` is how it is acted: what the script says by `as`, else the code.
    """

    at_us: Us = Field(alias="at")
    to_us: Us | None = Field(default=None, alias="to")
    code: str
    modifiers: dict[str, bool | str] = {}
    answers: Answers | Literal["nothing"] | None = None
    shown_as: str | None = Field(default=None, alias="as")

    @property
    def act(self) -> str:
        return self.shown_as or self.code

    @property
    def end_us(self) -> int:
        assert self.to_us is not None
        return self.to_us


class Episode(_Part):
    """A stretch of the session, such as play or still-face. `id` is a word."""

    at_us: Us = Field(alias="at")
    to_us: Us = Field(alias="to")
    id: str = Field(pattern=r"^[a-z0-9_]+$")
    name: str


class Cast(_Part):
    """Who plays: names of `looks.INFANTS` and `looks.CAREGIVERS`."""

    infant: str = "a"
    caregiver: str = "a"


class ExampleCoder(_Part):
    file: str = Field(pattern=r"^[a-z0-9_]+\.json$")
    name: str
    seed: int


class Script(_Part):
    id: str = Field(pattern=r"^[a-z0-9-]+$")
    version: str
    name: str
    purpose: str = ""
    scheme: str
    length_us: Us = Field(alias="length_s")
    size: Annotated[list[int], Field(min_length=2, max_length=2)] = [960, 360]
    fps: Annotated[int, Field(ge=1, le=120)] = 25
    seed: int
    difficulty: Annotated[float, BeforeValidator(_share)] = 0.0
    cast: Cast = Cast()
    episodes: list[Episode] = []
    scores: Annotated[list[str], Field(min_length=1)]
    streams: dict[str, list[Happening]]
    acts: dict[str, list[Happening]] = {}
    coders: list[ExampleCoder] = []

    @property
    def frame_us(self) -> Fraction:
        return Fraction(1_000_000, self.fps)

    @property
    def n_frames(self) -> int:
        return int(self.length_us / self.frame_us)

    def events(self, stream: str) -> list[Happening]:
        return self.streams.get(stream, [])


def read(path: Path) -> Script:
    """The script in a YAML file, its events closed. Raises Invalid with every problem of the file."""
    return parse(load.text_of(path, "an event script"), str(path))


def parse(text: str, name: str) -> Script:
    """The script in a YAML text; `name` stands in messages for the file. Raises Invalid with every problem."""
    read = source.parse_text(text)
    if read.findings:
        raise _problems(read.findings, name, read.line_of)
    return checked(read.data, name, read.line_of)


def checked(data: Any, name: str, line_of: Callable[[Path_], int | None] = lambda path: None) -> Script:
    """The script in plain values, times as whole numbers or decimals of seconds. Raises Invalid with every problem."""
    try:
        script = _closed(Script.model_validate(data))
    except ValidationError as error:
        raise _problems(shape.findings_of(error, Script), name, line_of) from None
    if findings := _unlawful(script):
        raise _problems(findings, name, line_of)
    return script


def _problems(findings: Iterable[Finding], name: str, line_of: Callable[[Path_], int | None]) -> Invalid:
    lines = [Problem(name, place_of(f.path), f.found, f.expected, f.hint, f.line or line_of(f.path)) for f in findings]
    return Invalid("\n".join(str(line) for line in lines), code="script")


def text_of(script: Script) -> str:
    """The script as YAML, one event a line; `parse` gives it back."""
    names = ("id", "name", "purpose", "scheme", "length_us", "size", "fps", "seed", "difficulty", "cast", "episodes", "scores")
    data = script.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    lines = [f"version: {json.dumps(script.version)}"]
    lines += [f"{key}: {_flow(data[key], key)}" for key in (Script.model_fields[n].alias or n for n in names) if key in data]
    for part in ("streams", "acts"):
        if part in data:
            lines.append(f"{part}:")
            for stream, events in data[part].items():
                lines += [f"  {stream}:" if events else f"  {stream}: []", *(f"    - {_flow(event)}" for event in events)]
    lines += ["coders:", *(f"  - {_flow(coder)}" for coder in data["coders"])] if "coders" in data else []
    return "\n".join(lines) + "\n"


def _flow(value: Any, key: str = "") -> str:
    """A value in YAML's one-line form; microseconds as seconds, text in quotes."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {_flow(one, name)}" for name, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(one) for one in value) + "]"
    if key in ("at", "to", "length_s"):
        return f"{Decimal(value) / 1_000_000:f}"
    return json.dumps(value, ensure_ascii=False)


def _closed(script: Script) -> Script:
    """Events sorted by onset, each with an end: its own, else the next onset of its stream, else the end of the clip."""
    both = (script.streams, script.acts)
    streams, acts = ({name: _ended(events, script.length_us) for name, events in part.items()} for part in both)
    return script.model_copy(update={"streams": streams, "acts": acts})


def _ended(events: list[Happening], length_us: int) -> list[Happening]:
    ordered = sorted(events, key=lambda event: event.at_us)
    ends = [event.at_us for event in ordered[1:]] + [length_us]
    return [
        event if event.to_us is not None else event.model_copy(update={"to_us": end})
        for event, end in zip(ordered, ends, strict=False)  # no events, no ends
    ]


def _unlawful(script: Script) -> list[Finding]:
    found = []
    width, height = script.size
    if not (128 <= width <= 3840 and width * 3 == height * 8 and width % 2 == 0 and height % 2 == 0):
        found.append(Finding(("size",), f"{width} x {height}", "even numbers in the proportion 8 : 3, such as 960 x 360"))
    if script.length_us % script.frame_us or not script.length_us:
        found.append(Finding(("length_s",), f"{script.length_us} us", "a whole number of frames"))
    for stream in script.scores:
        if stream not in script.streams:
            found.append(Finding(("scores",), f"'{stream}'", "streams of this script"))
    for part, streams in (("streams", script.streams), ("acts", script.acts)):
        for stream, events in streams.items():
            for event in events:
                found += _mistimed((part, stream), event.at_us, event.end_us, script)
    for i, episode in enumerate(script.episodes):
        found += _mistimed(("episodes", i), episode.at_us, episode.to_us, script)
    return found + _unknown_cast(script.cast)


def _unknown_cast(cast: Cast) -> list[Finding]:
    from coder_app.studio.looks import CAREGIVERS, INFANTS  # draws on OpenCV

    roles = (("infant", cast.infant, INFANTS), ("caregiver", cast.caregiver, CAREGIVERS))
    return [
        Finding(("cast", role), f"'{name}'", f"one of {', '.join(known)}") for role, name, known in roles if name not in known
    ]


def _mistimed(path: Path_, from_us: int, to_us: int, script: Script) -> list[Finding]:
    said = f"an event from {from_us / 1e6:g} to {to_us / 1e6:g} s"
    if not from_us < to_us <= script.length_us:
        return [Finding(path, said, "a start before its end, within the clip")]
    if from_us % script.frame_us or to_us % script.frame_us:
        return [Finding(path, said, "times of whole frames")]
    return []


def varied(script: Script, difficulty: float | None = None, casting: str | None = None, seed: int | None = None) -> Script:
    """The same script with other small chances, another difficulty or other people; what happens when stays the same.

    `casting` is "INFANT,CAREGIVER". Raises Invalid for a value that does not exist.
    """
    cast = script.cast
    if casting is not None:
        names = [name.strip() for name in casting.split(",")]
        if len(names) != 2:
            raise Invalid(f"casting '{casting}': give an infant and a caregiver, such as a,c.", code="script")
        cast = Cast(infant=names[0], caregiver=names[1])
        for finding in _unknown_cast(cast):
            raise Invalid(f"casting, {finding.path[1]}: {finding.found}; expected {finding.expected}.", code="script")
    if difficulty is not None and not 0 <= difficulty <= 1:
        raise Invalid(f"difficulty {difficulty:g}: expected a number from 0 (plain) to 1 (subtle).", code="script")
    values = {"cast": cast, "difficulty": difficulty, "seed": seed}
    return script.model_copy(update={name: value for name, value in values.items() if value is not None})


def check_against(script: Script, scheme: Scheme) -> None:
    """Raises Invalid unless every stream, code and modifier is the scheme's, and exclusive streams hold one code at a time."""
    problems = []
    for name, events in script.streams.items():
        stream = scheme.stream(name)
        if stream is None:
            problems.append(f"streams.{name}: no such stream in {scheme.id} {scheme.version}.")
            continue
        for event, following in zip_longest(events, events[1:]):
            code = stream.code(event.code)
            at = f"streams.{name} at {event.at_us / 1e6:g} s"
            if code is None:
                problems.append(f"{at}: no code '{event.code}' in stream '{name}'.")
            elif unknown := set(event.modifiers) - set(code.modifiers):
                problems.append(f"{at}: '{event.code}' has no modifier {', '.join(sorted(unknown))}.")
            if following is not None and stream.exclusive and following.at_us < event.end_us:
                problems.append(f"{at}: overlaps the next event of an exclusive stream.")
        if stream.exhaustive and name in script.scores and not _gapless(events, script.length_us):
            problems.append(f"streams.{name}: leaves time uncoded, though the stream is exhaustive.")
    if problems:
        raise Invalid("\n".join(f"{script.id}: {problem}" for problem in problems), code="script")


def _gapless(events: list[Happening], end_us: int) -> bool:
    edges = [0, *(event.end_us for event in events)]
    return bool(events) and edges[:-1] == [event.at_us for event in events] and edges[-1] == end_us
