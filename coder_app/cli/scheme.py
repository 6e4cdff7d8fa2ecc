"""`coder-app scheme`: check a scheme file, list the shipped ones, print one as a codebook."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from coder_app import codebook
from coder_app.codebook import book, load
from coder_app.errors import SchemeError
from coder_app.model.scheme import Scheme

app = typer.Typer(help="Scheme files: check, list, show.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]


@app.callback()
def main() -> None:
    """Scheme files: check, list, show."""


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="A scheme file (YAML).")],
    as_json: Json = False,
) -> None:
    """Report every problem of a scheme file at once. Exit code 1 if there is any."""
    try:
        scheme = load.read(file)
    except SchemeError as error:
        if as_json:
            typer.echo(json.dumps({"ok": False, "problems": [problem.to_json() for problem in error.problems]}, indent=1))
        else:
            typer.echo(str(error), err=True)
            typer.echo(f"{len(error.problems)} problem{'s' if len(error.problems) != 1 else ''}.", err=True)
        raise typer.Exit(1) from None
    if as_json:
        typer.echo(json.dumps({"ok": True, "id": scheme.id, "version": scheme.version, "problems": []}, indent=1))
    else:
        typer.echo(f"{file}: OK. {summary(scheme)}")


def summary(scheme: Scheme) -> str:
    """One line on what a scheme holds."""
    n_codes = sum(not code.implied for stream in scheme.streams for code in stream.codes)
    return f"{scheme.id} {scheme.version}: {len(scheme.streams)} streams, {n_codes} codes, {len(scheme.passes)} passes."


@app.command("list")
def list_schemes(as_json: Json = False) -> None:
    """List the schemes that come with the app."""
    schemes = [load.read(path) for path in codebook.shipped().values()]
    if as_json:
        rows = [{"id": s.id, "version": s.version, "name": s.name, "status": s.status} for s in schemes]
        typer.echo(json.dumps(rows, indent=1))
        return
    for scheme in schemes:
        typer.echo(f"{scheme.name}: {summary(scheme)}")


@app.command()
def show(scheme: Annotated[str, typer.Argument(help="The id of a shipped scheme, or a scheme file.")]) -> None:
    """Print a scheme as a codebook, in Markdown."""
    path = codebook.shipped().get(scheme, Path(scheme))
    try:
        typer.echo(book.markdown(load.read(path)))
    except SchemeError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
