"""`coder-app sample`: practice clips from event scripts."""

from __future__ import annotations

from collections.abc import Callable
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


Seconds = Annotated[float, typer.Option(min=0, help="Seconds into the clip.")]
PictureFile = Annotated[Path, typer.Option("--out", help="The PNG or WebP file to write.")]


@app.command()
def picture(script: ScriptFile, at: Seconds, out: PictureFile) -> None:
    """Draw one frame of a clip."""
    from coder_app.studio import showing
    from coder_app.studio.script import read

    _told(lambda: showing.still(read(script), round(at * 1e6), out))


@app.command()
def loop(
    script: ScriptFile,
    begin: Annotated[float, typer.Option("--from", min=0, help="Seconds into the clip.")],
    end: Annotated[float, typer.Option("--to", min=0, help="Seconds into the clip.")],
    out: Annotated[Path, typer.Option("--out", help="The WebP file to write.")],
) -> None:
    """Draw a stretch of a clip as an animation without sound that starts over."""
    from coder_app.studio import showing
    from coder_app.studio.script import read

    _told(lambda: showing.loop(read(script), round(begin * 1e6), round(end * 1e6), out))


def _told(act: Callable[[], None]) -> None:
    """Runs `act`; what is wrong with the input goes to standard error, in words."""
    try:
        act()
    except CoderError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
