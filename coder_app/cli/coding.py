"""`coder-app coding`: start, list, submit, reopen and export codings."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from coder_app.cli.common import AsJson, Data, Database, group, opened, print_json, print_table
from coder_app.codebook import load
from coder_app.errors import Conflict, Invalid
from coder_app.model.scheme import Scheme
from coder_app.reports import coding as report
from coder_app.reports import files
from coder_app.workflow import codings, exports, media, observations, people, schemes, studies
from coder_app.workflow.lab import Lab

app = group("Codings: new, list, submit, reopen, export.")

STUDY = "From the command line"
WRITER = "command"
COLUMNS = {
    "id": "ID",
    "observation": "Observation",
    "coder": "Coder",
    "scheme": "Scheme",
    "scheme_version": "Version",
    "is_key": "Key",
    "state": "State",
    "event_count": "Events",
}

CodingId = Annotated[str, typer.Argument(metavar="ID", help="The coding.")]
Why = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; kept with the coding.")]


@app.command()
def new(
    media_id: Annotated[str, typer.Option("--media", metavar="ID", help="The video to code.")],
    scheme: Annotated[str, typer.Option("--scheme", metavar="ID|FILE", help="A scheme's id, id@version, or a scheme file.")],
    coder: Annotated[str, typer.Option("--coder", metavar="NAME", help="Who codes; made if there is no such person.")],
    observation: Annotated[
        str | None, typer.Option("--observation", metavar="ID", help="Which, where several have this video.")
    ] = None,
    key: Annotated[bool, typer.Option("--key", help="It is a key: what should have been coded.")] = False,
    label: Annotated[str, typer.Option("--label", metavar="TEXT", help="A word to tell it apart.")] = "",
    data: Data = None,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Start an empty coding. A video that no observation has gets one of its own."""
    with opened(data, database) as (lab, person):
        found, source = _scheme(lab, scheme)
        place = _observation(lab, person, media_id, observation)
        coder_id = people.named(lab, coder)["id"]
        row = codings.start(lab, person, place["id"], found, source, coder_id, label=label, is_key=key)
    if as_json:
        print_json(row)
    else:
        typer.echo(f"{row['coder']} codes {row['observation']} with {row['scheme']} {row['scheme_version']}: {row['id']}")


@app.command("list")
def list_codings(
    observation: Annotated[str | None, typer.Option("--observation", metavar="ID", help="Only those of this one.")] = None,
    data: Data = None,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """List the codings."""
    with opened(data, database) as (lab, person):
        rows = codings.listing(lab, person, observation)
    if as_json:
        print_json(rows)
    else:
        print_table(rows, COLUMNS, "There are no codings yet. Start one: coder-app coding new")


@app.command()
def submit(
    coding_id: CodingId, reason: Why = "", data: Data = None, database: Database = None, as_json: AsJson = False
) -> None:
    """Submit a coding, which locks it. What the checks find needs a reason."""
    with opened(data, database) as (lab, person):
        revision = codings.get(lab, coding_id)["revision"]
        answer = codings.submit(lab, person, coding_id, WRITER, revision, reason)
    _told(answer, as_json)


@app.command()
def reopen(
    coding_id: CodingId, reason: Why = "", data: Data = None, database: Database = None, as_json: AsJson = False
) -> None:
    """Make a submitted coding writable again. The submitted revision stays as it was."""
    with opened(data, database) as (lab, person):
        answer = codings.reopen(lab, person, coding_id, reason)
    _told(answer, as_json)


@app.command()
def export(
    coding_id: CodingId,
    format: Annotated[str, typer.Option("--format", help="json, csv or xlsx. Default: what --out ends in, else json.")] = "",
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Where to. Default: print.")] = None,
    revision: Annotated[int | None, typer.Option(metavar="N", min=0, help="As it was then. Default: the newest.")] = None,
    data: Data = None,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Export a coding: events with seconds and frames, coded spans, scheme, versions."""
    name = _format(format, out, as_json)
    with opened(data, database) as (lab, person):
        content = report.FORMATS[name][0](exports.coding_export(lab, person, coding_id, revision))
    if out is None:
        typer.echo(content.decode(), nl=not content.endswith(b"\n"))
        return
    path = files.save(out.expanduser().absolute(), content)
    if as_json:
        print_json({"id": coding_id, "path": str(path), "format": name})
    else:
        typer.echo(f"Written: {path}")


def _told(answer: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print_json(answer)
    else:
        typer.echo(f"{answer['id']} is {answer['state']} at revision {answer['revision']}.")


def _format(asked: str, out: Path | None, as_json: bool) -> str:
    """Which of the report's formats. Raises Invalid for an unknown one, and for what cannot be printed."""
    name = asked or ("" if out is None else out.suffix.lstrip(".").lower()) or "json"
    if name not in report.FORMATS:
        raise Invalid(f"{name!r} is no export format. The formats are {', '.join(report.FORMATS)}.")
    if out is None and name == "xlsx":
        raise Invalid("A workbook cannot be printed. Name a file: --out coding.xlsx")
    if out is None and as_json and name != "json":
        raise Invalid(f"--json prints JSON and --format says {name}. Leave one out, or name a file with --out.")
    return name


def _scheme(lab: Lab, named: str) -> tuple[Scheme, str]:
    """The scheme and the text it was read from: a file if there is one of that name, else one the lab knows."""
    path = Path(named).expanduser()
    if path.suffix.lower() in (".yaml", ".yml") or path.is_file():
        return load.read(path), load.text_of(path)
    known = schemes.get(lab, named)
    return known.scheme, known.source


def _observation(lab: Lab, person: dict[str, Any], media_id: str, chosen: str | None) -> dict[str, Any]:
    """The observation to code: the chosen one, else the only one with this video, else a new one."""
    video = media.get(lab, media_id)
    if chosen is not None:
        row = observations.observation(lab, person, chosen)
        if row["media_id"] != media_id:
            raise Invalid(f"The observation {row['name']} has another video than {video['name']}. Name one that has it.")
        return row
    found = observations.of_media(lab, person, media_id)
    if len(found) > 1:
        names = ", ".join(f"{row['name']} ({row['id']})" for row in found)
        raise Conflict(f"{len(found)} observations have the video {video['name']}: {names}. Choose one with --observation ID.")
    if found:
        return found[0]
    study = next((row for row in studies.listing(lab, person) if row["name"] == STUDY), None)
    study = study or studies.add(lab, person, STUDY)
    name = observations.free_name(lab, study["id"], Path(video["name"]).stem)
    return studies.add_observation(lab, person, study["id"], name, media_id=media_id)
