"""docs/commands.md says what the commands are: every one, every option, every exit code. And every error sounds the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from coder_app import errors
from coder_app.cli import app, exits

DOCS = Path(__file__).resolve().parents[2] / "docs" / "commands.md"
COMMON = {"--data", "--database", "--json", "--help"}


def commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Every command that does something, with its whole name."""
    below = getattr(command, "commands", None)
    if below is None:
        yield " ".join(("coder-app", *path)), command
    for name, one in (below or {}).items():
        yield from commands(one, (*path, name))


COMMANDS = dict(commands(get_command(app)))


def sections() -> dict[str, str]:
    """Heading of a command -> the text below it."""
    parts = re.split(r"^###? (.*)$", DOCS.read_text(encoding="utf-8"), flags=re.M)
    return {heading.strip("`"): text for heading, text in zip(parts[1::2], parts[2::2], strict=True)}


def test_there_are_commands() -> None:
    assert {"coder-app run", "coder-app media add", "coder-app coding new", "coder-app agreement"} <= set(COMMANDS)


def test_documented_commands_are_the_real_ones() -> None:
    documented = {heading for heading in sections() if heading.startswith("coder-app ")}
    assert documented == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_documented_and_every_documented_option_exists(name: str) -> None:
    real = {option for parameter in COMMANDS[name].params for option in (*parameter.opts, *parameter.secondary_opts)}
    real = {option for option in real if option.startswith("--")}
    told = set(re.findall(r"--[a-z][a-z-]*", sections()[name]))
    assert real - COMMON <= told, "not documented"
    assert told - COMMON <= real, "documented only"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str) -> None:
    result = CliRunner().invoke(app, [*name.split()[1:], "--help"])
    assert result.exit_code == 0
    assert COMMANDS[name].help


@pytest.mark.parametrize("name", [name for name in COMMANDS if not re.search("scheme|sample|run", name)])
def test_commands_on_a_data_folder_take_data_and_json(name: str) -> None:
    options = {option for parameter in COMMANDS[name].params for option in parameter.opts}
    assert {"--data", "--json"} <= options


def test_exit_codes_are_those_of_the_table() -> None:
    rows = re.findall(r"^\| (\d+) \| (.*) \|$", DOCS.read_text(encoding="utf-8"), flags=re.M)
    assert {int(code): text for code, text in rows} == exits.TABLE


def test_every_class_of_error_has_a_code() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.CoderError)]
    assert len(kinds) > 5
    assert all(exits.code_of(kind("x")) in exits.TABLE for kind in kinds)
    assert exits.code_of(errors.NotFound("x")) == 3


@pytest.mark.parametrize("arguments", [["media", "fly"], ["media", "add"], ["run", "--port", "80"], ["--fly"]])
def test_a_wrong_call_is_one_line_that_says_where_help_is(arguments: list[str]) -> None:
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 2
    assert re.fullmatch(r"Error: .*\. See: .* --help\n", result.stderr)
    assert result.stdout == ""


def test_version() -> None:
    assert CliRunner().invoke(app, ["--version"]).stdout.startswith("coder-app ")
