"""Scheme files to schemes: `read` a file, `parse` a text. Every problem is reported at once, in the order of the file.

The steps: text to plain values with lines (`source`), shape and types (`file`, `shape`), meaning (`checks`), then the scheme.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from coder_app.codebook import build, checks, shape, source
from coder_app.codebook.draft import Draft
from coder_app.codebook.file import SchemeFile
from coder_app.codebook.problems import Finding, Problem, SchemeFileError, place_of, shown
from coder_app.model.scheme import Scheme

MAX_PROBLEMS = 500


def read(path: Path) -> Scheme:
    """The scheme in a YAML file. Raises SchemeFileError with every problem of the file."""
    return parse(text_of(path), str(path))


def text_of(path: Path, kind: str = "a scheme file") -> str:
    """The text of a scheme file, as the store keeps it beside the scheme. Raises SchemeFileError when there is none to read.

    `kind` says in messages what the file was to be.
    """
    try:
        with Path(path).open("rb") as file:
            data = file.read(source.MAX_BYTES + 1)
    except OSError as error:
        hint = "Check the path, and that you may read it."
        raise SchemeFileError([Problem(str(path), "", f"cannot be read ({error.strerror})", kind, hint)]) from error
    if len(data) > source.MAX_BYTES:
        found = f"more than {source.MAX_BYTES // 1024} KiB"
        raise SchemeFileError([Problem(str(path), "", found, f"{kind}, which is far smaller")])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        hint = "Save the file as UTF-8."
        line = data[: error.start].count(b"\n") + 1
        raise SchemeFileError([Problem(str(path), "", "not UTF-8 text", "UTF-8 text", hint, line)]) from error


def parse(text: str, name: str) -> Scheme:
    """The scheme in a YAML text; `name` stands in messages where a file's path would. Raises SchemeFileError."""
    if len(text.encode("utf-8", "replace")) > source.MAX_BYTES:
        raise SchemeFileError([Problem(name, "", f"more than {source.MAX_BYTES // 1024} KiB", "a far smaller text")])
    read_text = source.parse_text(text)
    findings = list(itertools.islice(_findings(read_text), MAX_PROBLEMS))
    if findings:
        raise SchemeFileError(_problems(findings, read_text, name))
    return build.scheme(SchemeFile.model_validate(read_text.data))


def _findings(read_text: source.Source) -> Iterator[Finding]:
    yield from read_text.findings
    if read_text.broken:
        return
    if not isinstance(read_text.data, dict):
        yield Finding((), f"{shown(read_text.data)} at the top", "a mapping that starts with 'id:'")
        return
    try:
        SchemeFile.model_validate(read_text.data)
    except ValidationError as error:
        yield from shape.findings_of(error)
    draft = Draft(read_text.data)
    for check in checks.CHECKS:
        yield from check(draft)


def _problems(findings: list[Finding], read_text: source.Source, name: str) -> list[Problem]:
    """Findings with file and line, sorted by line; one place keeps each thing said about it once."""
    made = {}
    for finding in findings:
        line = finding.line or read_text.line_of(finding.path)
        problem = Problem(name, place_of(finding.path), finding.found, finding.expected, finding.hint, line)
        made[(problem.line, problem.place, problem.found)] = problem
    return sorted(made.values(), key=lambda problem: problem.line or 0)
