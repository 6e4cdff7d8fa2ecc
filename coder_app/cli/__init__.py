"""The command `coder-app`. Each group of commands has a file; without a command the app is run."""

from __future__ import annotations

from typing import Annotated

import typer

from coder_app import __version__
from coder_app.cli import agreement, backup, coding, media, people, run, sample, scheme
from coder_app.cli.common import Data, Database, group, remember

app = group("Code video of caregivers and infants, exact to the frame. Without a command: run the app.")
app.info.no_args_is_help = False


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"coder-app {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    data: Data = None,
    database: Database = None,
    port: run.Port = None,
    browser: run.Browser = True,
    token: run.Token = True,
    sample: run.Sample = True,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    """Code video of caregivers and infants, exact to the frame. Without a command: run the app."""
    remember(data, database)
    if context.invoked_subcommand is None:
        run.run(port=port, browser=browser, token=token, sample=sample)


app.command("run")(run.run)
app.add_typer(agreement.app)
for _name, _group in (
    ("media", media.app),
    ("coding", coding.app),
    ("people", people.app),
    ("backup", backup.app),
    ("scheme", scheme.app),
    ("sample", sample.app),
):
    app.add_typer(_group, name=_name)


def main() -> None:
    """The entry point of the package."""
    app(prog_name="coder-app")
