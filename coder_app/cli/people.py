"""`coder-app people`: who there is, and one more."""

from __future__ import annotations

from typing import Annotated

import typer

from coder_app.cli.common import AsJson, Data, Database, group, opened, print_json, print_table
from coder_app.workflow import people

app = group("People: list, add.")

COLUMNS = {"id": "ID", "name": "Name", "role": "Role"}


@app.command("list")
def list_people(data: Data = None, database: Database = None, as_json: AsJson = False) -> None:
    """List the people and their roles."""
    with opened(data, database) as (lab, _):
        rows = [{key: row[key] for key in COLUMNS} for row in people.everyone(lab)]
    if as_json:
        print_json(rows)
    else:
        print_table(rows, COLUMNS, "There is nobody yet.")


@app.command()
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The person's name.")],
    role: Annotated[str, typer.Option("--role", help="researcher, supervisor or student.")] = "researcher",
    data: Data = None,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Add a person."""
    with opened(data, database) as (lab, person):
        row = people.add(lab, person, name, role)
    if as_json:
        print_json({key: row[key] for key in COLUMNS})
    else:
        typer.echo(f"{row['name']} is here as {row['role']}: {row['id']}")
