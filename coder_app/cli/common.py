"""What the commands share: the data folder, the two ways of printing, and one voice for errors.

Commands act as the lab's first supervisor: they are for whoever owns the machine and its data folder.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from coder_app.cli import exits
from coder_app.errors import CoderError
from coder_app.workflow import people
from coder_app.workflow.lab import Lab
from coder_app.workflow.opening import open_lab

Row = Mapping[str, Any]

Data = Annotated[
    Path | None,
    typer.Option("--data", metavar="DIR", show_default=False, help="The data folder. Default: CODER_DATA, else your own."),
]
Database = Annotated[
    str | None,
    typer.Option("--database", metavar="URL", envvar="CODER_DATABASE", help="Records on PostgreSQL: postgresql+psycopg://..."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]

# What typer raises for a wrong call, whichever click it carries.
_WrongCall: type[Exception] = typer.BadParameter.__mro__[1]

_before: dict[str, Any] = {}


class Commands(TyperGroup):
    """A group whose errors are one line on standard error, `Error: ...`, and an exit code of `exits.TABLE`."""

    def main(self, args: Sequence[str] | None = None, **extra: Any) -> Any:  # type: ignore[override]
        standalone = extra.pop("standalone_mode", True)
        try:
            code = super().main(args, standalone_mode=False, **extra)
        except CoderError as error:
            code = fail(error)
        except _WrongCall as error:
            typer.echo(_how_to_call(error), err=True)
            code = exits.USAGE
        except (typer.Abort, KeyboardInterrupt):
            code = exits.INTERRUPTED
        if standalone:
            raise SystemExit(code if isinstance(code, int) else exits.DONE)
        return code

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """A command may have a name of two words, beside one of the first word alone."""
        two = " ".join(args[:2])
        return super().resolve_command(ctx, [two, *args[2:]] if two in self.commands else args)


def _how_to_call(error: Any) -> str:
    """What was wrong with the call, and where it is explained; the explanation itself where no command was named."""
    message = str(error.format_message())
    if message.startswith("Usage:"):
        return message
    return f"Error: {message.rstrip('.')}." + ("" if error.ctx is None else f" See: {error.ctx.command_path} --help")


def group(help: str, name: str | None = None) -> typer.Typer:
    """A Typer application that prints plain help and plain errors."""
    return typer.Typer(
        name=name, help=help, cls=Commands, no_args_is_help=True, add_completion=False, rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )  # fmt: skip


def fail(error: CoderError) -> int:
    """Print the error and return its exit code."""
    typer.echo(f"Error: {error}", err=True)
    return exits.code_of(error)


def remember(data: Path | None, database: str | None) -> None:
    """Keep `--data` and `--database` given before the name of the command."""
    _before.update(data=data, database=database)


def data_of(data: Path | None) -> Path | None:
    """The data folder given after the command, else the one before it, else None (the usual place)."""
    return data if data is not None else _before.get("data")


def database_of(database: str | None) -> str | None:
    return database if database is not None else _before.get("database")


@contextmanager
def opened(data: Path | None, database: str | None = None, sample: bool = True) -> Iterator[tuple[Lab, dict[str, Any]]]:
    """The lab of that data folder, made if it is new, and its first supervisor. May be used while the app runs."""
    lab = open_lab(data_of(data), database_of(database), sample)
    try:
        yield lab, people.first(lab)
    finally:
        lab.close()


def print_json(value: Any) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1))


def print_table(rows: Sequence[Row], columns: Mapping[str, str], empty: str) -> None:
    """Rows as aligned text under `columns` (key -> heading); `empty` if there are none."""
    if not rows:
        typer.echo(empty)
        return
    cells = [list(columns.values()), *([text(row.get(key)) for key in columns] for row in rows)]
    widths = [max(len(line[at]) for line in cells) for at in range(len(columns))]
    for line in cells:
        typer.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def text(value: Any) -> str:
    """A cell: yes or no, nothing for None, lists with commas."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(map(text, value))
    return "" if value is None else str(value)
