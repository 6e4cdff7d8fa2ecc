"""A coding scheme as the rest of the house sees it: frozen, complete, with whole microseconds.

Scheme files (YAML, decimals in seconds) are read and checked by `coder_app.codebook`, which fills in what a file may leave
out. Every state and point stream has exactly one or more unscorable codes: where the file declares none, the loader adds
the implied one (`Code.implied`), so that nothing downstream has to know the difference.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class ModifierValue:
    id: str
    name: str
    hotkey: str


@dataclass(frozen=True, slots=True)
class Modifier:
    """Without `values` a yes or no; with values exactly one of them, asked for by key after the code."""

    id: str
    name: str
    hotkey: str | None = None
    short: str = ""
    required: bool = False
    values: tuple[ModifierValue, ...] = ()


@dataclass(frozen=True, slots=True)
class Scale:
    """The scale of a rating code; `per` is "session" or "episode", ends included, anchors as (value, text)."""

    per: str
    min: int
    max: int
    anchors: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Code:
    """`kind` is "state", "point" or "rating": the stream's, unless the file says otherwise for this code."""

    id: str
    name: str
    kind: str
    hotkey: str | None = None
    short: str = ""
    definition: str = ""
    onset: str = ""
    offset: str = ""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    min_us: int | None = None
    modifiers: tuple[str, ...] = ()
    unscorable: bool = False
    implied: bool = False
    scale: Scale | None = None


@dataclass(frozen=True, slots=True)
class Stream:
    """`actor`: infant, caregiver, dyad or session. `exhaustive` implies `exclusive`."""

    id: str
    name: str
    actor: str
    kind: str
    exclusive: bool
    exhaustive: bool
    codes: tuple[Code, ...]

    def code(self, code_id: str) -> Code | None:
        return next((c for c in self.codes if c.id == code_id), None)


@dataclass(frozen=True, slots=True)
class Pass:
    """One run through the video: the streams shown, and `hide` ("none", "left", "right") half of the picture."""

    id: str
    name: str
    streams: tuple[str, ...]
    hide: str = "none"
    mute: bool = False


@dataclass(frozen=True, slots=True)
class LinkRule:
    """Events of `source` answer events of `target`; the window is source onset minus `from_edge` of the target."""

    id: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    from_edge: str
    window_us: tuple[int, int]
    unprompted: bool = False


@dataclass(frozen=True, slots=True)
class Analysis:
    unit_us: int = 1_000_000
    tolerance_us: tuple[int, ...] = (500_000, 1_000_000, 2_000_000)


@dataclass(frozen=True, slots=True)
class Scheme:
    id: str
    version: str
    name: str
    status: str
    streams: tuple[Stream, ...]
    passes: tuple[Pass, ...]
    modifiers: tuple[Modifier, ...] = ()
    links: tuple[LinkRule, ...] = ()
    impossible: tuple[tuple[str, str], ...] = ()
    tie_rules: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()
    licence_note: str = ""
    purpose: str = ""
    age_months: tuple[float, float] | None = None
    setting: str = ""
    analysis: Analysis = field(default_factory=Analysis)

    def stream(self, stream_id: str) -> Stream | None:
        return next((s for s in self.streams if s.id == stream_id), None)

    def to_json(self) -> dict[str, Any]:
        """Plain lists, dicts, strings, numbers; the shape routes send and the store keeps."""
        return asdict(self)

    @staticmethod
    def from_json(data: dict[str, Any]) -> Scheme:
        """The inverse of `to_json` (after a trip through JSON text, so tuples may be lists)."""
        streams = tuple(Stream(**{**s, "codes": tuple(_code(c) for c in s["codes"])}) for s in data["streams"])
        analysis = data["analysis"]
        return Scheme(
            **{
                **data,
                "streams": streams,
                "passes": tuple(Pass(**{**p, "streams": tuple(p["streams"])}) for p in data["passes"]),
                "modifiers": tuple(
                    Modifier(**{**m, "values": tuple(ModifierValue(**v) for v in m["values"])}) for m in data["modifiers"]
                ),
                "links": tuple(
                    LinkRule(**{**k, **{name: tuple(k[name]) for name in ("source", "target", "window_us")}})
                    for k in data["links"]
                ),
                "impossible": tuple((a, b) for a, b in data["impossible"]),
                "tie_rules": tuple(data["tie_rules"]),
                "citations": tuple(data["citations"]),
                "age_months": tuple(data["age_months"]) if data["age_months"] is not None else None,
                "analysis": Analysis(analysis["unit_us"], tuple(analysis["tolerance_us"])),
            }
        )


def _code(data: dict[str, Any]) -> Code:
    scale = data["scale"]
    lists = ("include", "exclude", "examples", "modifiers")
    return Code(
        **{
            **data,
            **{name: tuple(data[name]) for name in lists},
            "scale": None if scale is None else Scale(**{**scale, "anchors": tuple((v, t) for v, t in scale["anchors"])}),
        }
    )
