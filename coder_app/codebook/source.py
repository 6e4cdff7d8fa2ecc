"""YAML text to plain values with the line of every place, without ever constructing anything else.

Values are dict, list, str, int, bool, None and Decimal (never float: 0.1 stays 0.1). Built from parser events, not by a
loader: tags are refused, aliases are refused (so a file cannot unfold into more than it is), depth and size are limited, and
keys given twice are found. Dates and 1:30 stay text; numbers and booleans are those of YAML 1.1, a lone y or n included.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import yaml

from coder_app.codebook.problems import Finding, Path, shown

MAX_BYTES = 512 * 1024
MAX_DEPTH = 12
BOOLEANS = {"yes": True, "no": False, "true": True, "false": False, "on": True, "off": False, "y": True, "n": False}
WHOLE = re.compile(r"[-+]?[0-9]{1,18}")
DECIMAL = re.compile(r"[-+]?(?=[0-9.]{2,24}$)([0-9]+\.[0-9]*|\.[0-9]+)")
PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class Source:
    """The values of a file, the line of each place (from 1), and what is wrong with the text itself. `broken` means that the
    values are not to be trusted: the text ended or went wrong on the way."""

    data: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    broken: bool = False

    def line_of(self, path: Path) -> int | None:
        """Line of the place, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path)


@dataclass(slots=True)
class _Open:
    """A list or mapping being filled; `key` waits for its value, with its line."""

    path: Path
    value: dict[Any, Any] | list[Any]
    key: Any = None
    has_key: bool = False
    ignored: bool = False


class _Stop(Exception):
    """The text is refused as a whole."""


def parse_text(text: str) -> Source:
    """Reads the text of one YAML document. Never raises for what the text says: see `Source.findings`."""
    source = Source()
    try:
        _walk(text, source)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        found = f"not readable as YAML ({error.problem or error.context})"
        hint = "Look at this line and the one above: indent with spaces, close brackets, put text with ': ' or '#' in quotes."
        source.findings.append(Finding((), found, "valid YAML", hint, None if mark is None else mark.line + 1))
        source.broken = True
    except yaml.YAMLError as error:
        found = f"not readable as YAML ({str(error).splitlines()[0]})"
        source.findings.append(Finding((), found, "text without control characters"))
        source.broken = True
    except _Stop:
        source.broken = True
    return source


def _walk(text: str, source: Source) -> None:
    stack: list[_Open] = []
    documents = 0
    for event in yaml.parse(text, Loader=PARSER):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                _note(stack, source, line, "a second document ('---')", "one document in a file", "Split the file.")
                raise _Stop
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            _begin(event, stack, source, line)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            stack.pop()
        elif isinstance(event, yaml.ScalarEvent):
            _place(_scalar(event, stack, source, line), stack, source, line)
        elif isinstance(event, yaml.AliasEvent):
            _note(stack, source, line, f"an alias (*{event.anchor})", "the value itself", "Write it out where it is used.")
            _place(None, stack, source, line)


def _begin(event: Any, stack: list[_Open], source: Source, line: int) -> None:
    if len(stack) >= MAX_DEPTH:
        _note(stack, source, line, f"more than {MAX_DEPTH} levels of nesting", "the levels of a scheme file")
        raise _Stop
    if event.tag is not None:
        _note(stack, source, line, f"the tag {shown(event.tag)}", "no tags", "Remove the tag.")
    value: dict[Any, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
    if stack and isinstance(stack[-1].value, dict) and not stack[-1].has_key:
        _note(stack, source, line, "a list or mapping as a key", "a word as a key")
        raise _Stop
    path = _place(value, stack, source, line)
    stack.append(_Open(path, value))


def _scalar(event: yaml.ScalarEvent, stack: list[_Open], source: Source, line: int) -> Any:
    if event.tag is not None:
        _note(stack, source, line, f"the tag {shown(event.tag)}", "no tags", "Remove the tag; put text in quotes.")
        return event.value
    return event.value if event.style else plain(event.value)


def plain(text: str) -> Any:
    """What an unquoted word of YAML means here."""
    if text in ("", "~", "null", "Null", "NULL"):
        return None
    if text.lower() in BOOLEANS and text in (text.lower(), text.upper(), text.capitalize()):
        return BOOLEANS[text.lower()]
    if WHOLE.fullmatch(text):
        return int(text)
    return Decimal(text) if DECIMAL.fullmatch(text) else text


def _place(value: Any, stack: list[_Open], source: Source, line: int) -> Path:
    """Puts a finished or just opened value where it belongs; returns its path."""
    if not stack:
        source.data = value
        source.lines[()] = line
        return ()
    top = stack[-1]
    if isinstance(top.value, list):
        path = (*top.path, len(top.value))
        source.lines[path] = line
        top.value.append(value)
        return path
    if not top.has_key:
        top.key, top.has_key, top.ignored = value, True, value in top.value
        path = (*top.path, _step(value))
        if top.ignored:
            first = source.line_of(path)
            _note(stack, source, line, f"the key {shown(value)} a second time (first on line {first})", "each key once")
        else:
            source.lines[path] = line
        return path
    path = (*top.path, _step(top.key))
    if not top.ignored:
        top.value[top.key] = value
    top.has_key = False
    return (*top.path, f"{top.key} (second)") if top.ignored else path


def _step(key: Any) -> str | int:
    return key if isinstance(key, (str, int)) else str(key)


def _note(stack: list[_Open], source: Source, line: int, found: str, expected: str, hint: str = "") -> None:
    """A finding about the text, placed at the list or mapping being filled, with the line of the word itself."""
    source.findings.append(Finding(stack[-1].path if stack else (), found, expected, hint, line))
