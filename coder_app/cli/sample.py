"""`coder-app sample`: practice clips from event scripts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from coder_app.errors import CoderError

app = typer.Typer(help="Practice clips: draw them from event scripts, derive their keys.", no_args_is_help=True)

ScriptFile = Annotated[Path, typer.Argument(help="An event script (YAML), such as sample_data/c1-look/script.yaml.")]


@app.callback()
def main() -> None:
    """Practice clips: draw them from event scripts, derive their keys."""


@app.command()
def render(script: ScriptFile, out: Annotated[Path, typer.Option("--out", help="The MP4 file to write.")]) -> None:
    """Draw a clip, with sound."""
    from coder_app.studio import render as studio
    from coder_app.studio.script import read

    try:
        with typer.progressbar(length=1000, label=str(out)) as bar:
            studio.render(read(script), out, lambda share: bar.update(round(share * 1000) - bar.pos))
    except CoderError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None


@app.command()
def record(script: ScriptFile, out: Annotated[Path, typer.Option("--out", help="The folder to write into.")]) -> None:
    """Write the gold key and the example codings of a script."""
    from coder_app.studio import write
    from coder_app.studio.script import read

    try:
        for path in write.records(read(script), out):
            typer.echo(str(path))
    except CoderError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
