"""`coder-app backup`: the whole data folder into one file, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from coder_app.cli.common import AsJson, Data, Database, data_of, database_of, group, opened, print_json
from coder_app.errors import Conflict
from coder_app.store.folder import DataFolder
from coder_app.workflow import backup
from coder_app.workflow.filenames import megabytes

app = group("Backups: make, restore.")


@app.command()
def make(
    file: Annotated[Path | None, typer.Argument(help="The .zip to write. Default: a new one in backups/.")] = None,
    data: Data = None,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Put all records and the videos copied in into one file. Others may go on working."""
    with opened(data, database) as (lab, person):
        made = backup.make(lab, person, file)
    if as_json:
        print_json(made)
        return
    typer.echo(f"{made['path']}: {megabytes(made['size_bytes'])}, {made['videos']} videos.")
    _say_elsewhere(made)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The .zip of a backup.")],
    over: Annotated[bool, typer.Option("--over", help="Replace what is there; it is kept in backups/ first.")] = False,
    data: Data = None,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Restore a backup into a new data folder, or with --over into the one there is. The app must not be running on it."""
    if over or database_of(database) is not None:
        restored = _over(file, over, data, database)
    else:
        restored = backup.restore_into(file, data_of(data) or DataFolder.default())
    if as_json:
        print_json(restored)
        return
    typer.echo(f"Restored into {restored['path']}: the state of {restored['made_at']}, {restored['videos']} videos.")
    if "kept" in restored:
        typer.echo(f"What was there before is kept in {restored['kept']}.")
    _say_elsewhere(restored)


def _over(file: Path, over: bool, data: Path | None, database: str | None) -> dict[str, Any]:
    if not over:
        raise Conflict("Restoring replaces the records of that database. Add --over if you mean it.")
    with opened(data, database, sample=False) as (lab, person):
        lock = lab.folder.lock()
        try:
            return backup.restore_over(lab, person, file)
        finally:
            lock.release()


def _say_elsewhere(made: dict[str, Any]) -> None:
    if made["elsewhere"]:
        typer.echo(f"Not in it, since they stay in their own folders: {', '.join(made['elsewhere'])}")
