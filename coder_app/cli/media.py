"""`coder-app media`: add videos, list them, find moved ones again, and the folders they are picked from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from coder_app.cli.common import AsJson, Data, Database, fail, group, opened, print_json, print_table
from coder_app.errors import CoderError
from coder_app.model.clock import timecode
from coder_app.workflow import media

app = group("Videos: add, list, relink, and the folders they are picked from.")

COLUMNS = {
    "id": "ID",
    "name": "Name",
    "fps_text": "Frames/s",
    "frames": "Frames",
    "length": "Length",
    "working_copy": "Working copy",
    "problems": "Problems",
}


@app.command()
def add(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Video files.")],
    wait: Annotated[bool, typer.Option("--wait", help="Also make filmstrip, waveform and working copy now.")] = False,
    data: Data = None,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Add videos. Those under a folder of `media roots` stay in place, others are copied in.

    Returns when the frame times are stored. A file that cannot be added does not keep the others from it.
    """
    added: list[dict[str, Any]] = []
    code = 0
    with opened(data, database) as (lab, person):
        for file in files:
            try:
                row = media.add(lab, person, file, wait=wait)
            except CoderError as error:
                code = fail(error)
            else:
                added.append(shown(row) | {"note": row["note"]})
    if as_json:
        print_json(added)
    else:
        print_table(added, COLUMNS | {"note": "Note"}, "No video was added.")
    raise typer.Exit(code)


@app.command("list")
def list_media(data: Data = None, database: Database = None, as_json: AsJson = False) -> None:
    """List the videos: frames a second as measured, frames, length, working copy, problems."""
    with opened(data, database) as (lab, person):
        rows = [shown(row) for row in media.listing(lab, person)]
    if as_json:
        print_json(rows)
    else:
        print_table(rows, COLUMNS, "There are no videos yet. Add some: coder-app media add FILE")


@app.command()
def relink(
    media_id: Annotated[str, typer.Argument(metavar="ID", help="The video that moved.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where it is now.")],
    same_frames: Annotated[
        bool, typer.Option("--same-frames", help="Also take another file if every frame is at the same time.")
    ] = False,
    data: Data = None,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Say where a video is now. The content must be the same."""
    with opened(data, database) as (lab, person):
        row = shown(media.relink(lab, person, media_id, file, same_frames, anywhere=True))
    if as_json:
        print_json(row)
    else:
        typer.echo(f"{row['name']} is at {row['file']}.")


@app.command()
def roots(
    add: Annotated[list[Path] | None, typer.Option("--add", metavar="DIR", help="One more folder. May be given again.")] = None,
    remove: Annotated[list[Path] | None, typer.Option("--remove", metavar="DIR", help="A folder to take off.")] = None,
    data: Data = None,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """List the folders that videos are picked from in the browser, and stay in; add or remove some."""
    with opened(data, database) as (lab, person):
        for folder in add or []:
            media.add_root(lab, person, folder)
        for folder in remove or []:
            media.remove_root(lab, person, folder)
        rows = [{"id": str(path), "present": path.is_dir()} for path in media.roots(lab)]
    if as_json:
        print_json(rows)
    else:
        print_table(rows, {"id": "Folder", "present": "Present"}, "")


def shown(row: dict[str, Any]) -> dict[str, Any]:
    """A video as the commands print it."""
    return {
        "id": row["id"],
        "name": row["name"],
        "fps": row["fps"],
        "fps_text": f"{row['fps']:.3f}" + (" variable" if row["info"]["vfr"] else ""),
        "frames": row["frame_count"],
        "length_us": row["length_us"],
        "length": timecode(row["length_us"]),
        "width": row["info"]["width"],
        "height": row["info"]["height"],
        "has_audio": row["info"]["has_audio"],
        "working_copy": row["working_copy"].replace("_", " "),
        "problems": [*row["problems"], *(["The file is not there any more."] if row["missing"] else [])],
        "file": row["file"],
        "copied": row["copied"],
        "missing": row["missing"],
    }
