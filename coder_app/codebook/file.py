"""The shape of a scheme file: which keys there are, and the type of each. What keys mean to one another is in `checks`.

Seconds are decimals in the file and whole microseconds from here on. Types are strict: a number where text belongs is an error,
since `version: 1.10` unquoted is 1.1 and the key `1` a number.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

LONGEST_S = 86_400
WHOLE_US = "seconds with at most six decimals"


def seconds(value: Any) -> int:
    """Seconds as written -> whole microseconds."""
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise PydanticCustomError("seconds", "a number of seconds, such as 0.5")
    if not -LONGEST_S <= value <= LONGEST_S:
        raise PydanticCustomError("seconds", "seconds within one day")
    scaled = Decimal(value) * 1_000_000
    if scaled != scaled.to_integral_value():
        raise PydanticCustomError("seconds", WHOLE_US)
    return int(scaled)


def positive_seconds(value: Any) -> int:
    whole = seconds(value)
    if whole <= 0:
        raise PydanticCustomError("seconds", "more than 0 seconds")
    return whole


def window_seconds(value: Any) -> int:
    whole = seconds(value)
    if abs(whole) > 3_600_000_000:
        raise PydanticCustomError("seconds", "seconds within an hour either way")
    return whole


def number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise PydanticCustomError("number", "a number")
    if not 0 <= value <= 2400:
        raise PydanticCustomError("number", "months from 0")
    return float(value)


def key_of_a_code(value: Any) -> str:
    """One small letter or digit."""
    if not isinstance(value, str):
        raise PydanticCustomError("hotkey_type", "one letter or digit in quotes")
    if len(value) != 1 or not (value in "0123456789" or (value.isalpha() and value == value.lower())):
        raise PydanticCustomError("hotkey", "one small letter or one digit")
    return value


Us = Annotated[int, BeforeValidator(seconds)]
PositiveUs = Annotated[int, BeforeValidator(positive_seconds)]
WindowUs = Annotated[int, BeforeValidator(window_seconds)]
Months = Annotated[float, BeforeValidator(number)]
Hotkey = Annotated[str, BeforeValidator(key_of_a_code)]
Text = Annotated[str, Field(max_length=4000)]
Name = Annotated[str, Field(min_length=1, max_length=120)]
Short = Annotated[str, Field(min_length=1, max_length=12)]
FileId = Annotated[str, Field(pattern=r"^[a-z0-9-]+$", max_length=64)]
Id = Annotated[str, Field(pattern=r"^[a-z0-9_]+$", max_length=64)]
CodeRef = Annotated[str, Field(pattern=r"^[a-z0-9_]+\.[a-z0-9_]+$", max_length=129)]


class Part(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class AnalysisPart(Part):
    unit_s: PositiveUs = 1_000_000
    tolerance_s: Annotated[list[Us], Field(min_length=1)] = Field(default_factory=lambda: [500_000, 1_000_000, 2_000_000])


class PassPart(Part):
    id: Id
    name: Name
    streams: Annotated[list[Id], Field(min_length=1)]
    hide: Literal["none", "left", "right"] = "none"
    mute: bool = False


class ValuePart(Part):
    id: Id
    name: Name
    hotkey: Hotkey


class ModifierPart(Part):
    id: Id
    name: Name
    short: Short | None = None
    hotkey: Hotkey | None = None
    required: bool = False
    values: list[ValuePart] = []


class ScalePart(Part):
    per: Literal["session", "episode"]
    min: int
    max: int
    anchors: dict[int, Text] = {}


class CodePart(Part):
    id: Id
    name: Name
    hotkey: Hotkey
    short: Short | None = None
    kind: Literal["state", "point", "rating"] | None = None
    definition: Text = ""
    onset: Text = ""
    offset: Text = ""
    include: list[Text] = []
    exclude: list[Text] = []
    examples: list[Text] = []
    min_s: PositiveUs | None = None
    modifiers: list[Id] = []
    unscorable: bool = False
    scale: ScalePart | None = None


class StreamPart(Part):
    id: Id
    name: Name
    actor: Literal["infant", "caregiver", "dyad", "session"]
    kind: Literal["state", "point", "rating"]
    exclusive: bool = False
    exhaustive: bool = False
    codes: Annotated[list[CodePart], Field(min_length=1)]


class LinkPart(Part):
    id: Id
    source: Annotated[list[CodeRef], Field(min_length=1)]
    target: Annotated[list[CodeRef], Field(min_length=1)]
    from_edge: Literal["onset", "offset"]
    window_s: Annotated[list[WindowUs], Field(min_length=2, max_length=2)]
    unprompted: bool = False


class SchemeFile(Part):
    id: FileId
    version: Annotated[str, Field(min_length=1, max_length=32)]
    name: Name
    status: Literal["original", "public-description", "ratings", "structure"]
    citations: list[Text] = []
    licence_note: Text = ""
    purpose: Text = ""
    age_months: Annotated[list[Months], Field(min_length=2, max_length=2)] | None = None
    setting: Text = ""
    analysis: AnalysisPart = AnalysisPart()
    passes: Annotated[list[PassPart], Field(min_length=1)]
    modifiers: list[ModifierPart] = []
    streams: Annotated[list[StreamPart], Field(min_length=1)]
    links: list[LinkPart] = []
    impossible: list[Annotated[list[CodeRef], Field(min_length=2, max_length=2)]] = []
    tie_rules: list[Text] = []
