"""Pydantic's complaints about a file of ours, said in the words of the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from coder_app.codebook.file import SchemeFile
from coder_app.codebook.problems import Finding, Path, did_you_mean, shown

EXPECTED = {
    "bool_type": "true or false",
    "int_type": "a whole number",
    "list_type": "a list, each entry with '- ' or in [ ]",
    "dict_type": "a mapping of 'key: value'",
    "model_type": "a mapping of 'key: value'",
}
PATTERNS = {
    "^[a-z0-9-]+$": "an id of small letters, digits and -",
    "^[a-z0-9_]+$": "an id of small letters, digits and _",
    r"^[a-z0-9_]+\.[a-z0-9_]+$": "stream.code, such as infant_face.smile",
}
QUOTES = "Put it in quotes: YAML reads it as a {kind}."


def findings_of(error: ValidationError, model: type[BaseModel] = SchemeFile) -> Iterator[Finding]:
    """Every complaint once, in the order pydantic found them; `model` is that of the whole file."""
    for details in error.errors(include_url=False):
        yield _finding(details, model)


def _finding(details: Mapping[str, Any], top: type[BaseModel]) -> Finding:
    path: Path = tuple(step for step in details["loc"] if step != "[key]")
    kind, value, context = details["type"], details["input"], details.get("ctx") or {}
    if kind == "missing":
        return Finding(path, "missing", "it to be given", f"Add '{path[-1]}:'.")
    if kind == "extra_forbidden":
        return Finding(path, f"unknown key '{path[-1]}'", "only known keys", did_you_mean(path[-1], keys_at(path[:-1], top)))
    if kind == "literal_error":
        return Finding(path, shown(value), context["expected"].replace("'", ""), _literal_hint(value, context["expected"]))
    if kind == "string_type":
        return Finding(path, shown(value), "text", _quotes(value))
    if kind == "string_pattern_mismatch":
        return Finding(path, shown(value), PATTERNS[context["pattern"]])
    if kind in ("too_short", "too_long", "string_too_short", "string_too_long"):
        return Finding(path, shown(value), _length(kind, context))
    if kind in ("seconds", "number", "time"):
        return Finding(path, shown(value), details["msg"], "Write it without quotes." if isinstance(value, str) else "")
    if kind == "hotkey_type":
        return Finding(path, shown(value), details["msg"], _quotes(value))
    if kind == "hotkey":
        small = value == value.lower()
        hint = "Space, arrows, , . [ ] - = and function keys move the video." if small else "Use the small letter."
        return Finding(path, shown(value), details["msg"], hint)
    return Finding(path, shown(value), EXPECTED.get(kind, details["msg"]))


def _quotes(value: Any) -> str:
    if isinstance(value, bool):
        return QUOTES.format(kind="yes-or-no value")
    if isinstance(value, (list, dict)):
        return "Text with ': ' or in [ ] needs quotes."
    return "Give a value, or leave the key out." if value is None else QUOTES.format(kind="number")


def _literal_hint(value: Any, expected: str) -> str:
    if isinstance(value, bool):
        return QUOTES.format(kind="yes-or-no value")
    words = [word.strip(" '") for word in expected.replace(" or ", ",").split(",")]
    hint = did_you_mean(value, words)
    return hint if hint.startswith("Did") else ""


def _length(kind: str, context: Mapping[str, Any]) -> str:
    what = "characters" if kind.startswith("string") else "entries"
    if kind.endswith("short"):
        least = context["min_length"]
        return f"at least {least} {what if least != 1 else {'characters': 'character', 'entries': 'entry'}[what]}"
    return f"at most {context['max_length']} {what}"


def keys_at(path: Path, top: type[BaseModel] = SchemeFile) -> list[str]:
    """The keys a mapping at `path` may have, from the models themselves."""
    model: Any = top
    for step in path:
        fields = {field.alias or name: field for name, field in model.model_fields.items()}
        if step in fields:
            model = _model_in(fields[step].annotation)
        if model is None:
            return []
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((model for part in get_args(annotation) if (model := _model_in(part)) is not None), None)
