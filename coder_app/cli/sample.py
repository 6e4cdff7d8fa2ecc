"""`coder-app sample`: practice clips from event scripts, shipped, written or made up."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from coder_app.cli.common import Data, Database, group, opened
from coder_app.codebook.load import text_of
from coder_app.errors import NotFound
from coder_app.workflow import practice, studies

app = group("Practice clips: draw them from event scripts, derive their keys.")

ScriptFile = Annotated[Path, typer.Argument(help="An event script (YAML), such as sample_data/c1-look/script.yaml.")]


@app.callback()
def main() -> None:
    """Practice clips: draw them from event scripts, derive their keys."""


Difficulty = Annotated[float | None, typer.Option(help="0 plain .. 1 subtle. Default: the script's own.")]
Casting = Annotated[str | None, typer.Option(metavar="INFANT,CAREGIVER", help="Who plays, such as b,e.")]
Seed = Annotated[int | None, typer.Option(help="Small chances: blinks, idle motion, roughness of voices.")]


@app.command()
def render(
    script: ScriptFile,
    out: Annotated[Path | None, typer.Option("--out", help="The MP4 file to write.")] = None,
    study: Annotated[str | None, typer.Option(help="Instead: a job that draws the clip into this study, with its key.")] = None,
    difficulty: Difficulty = None,
    casting: Casting = None,
    seed: Seed = None,
    captions: Annotated[bool, typer.Option("--captions", help="Write what is heard into the picture.")] = False,
    data: Data = None,
    database: Database = None,
) -> None:
    """Draw a clip, with sound."""
    if (out is None) == (study is None):
        raise typer.BadParameter("Give a file (--out) or a study (--study).")
    vary: dict[str, Any] = {"difficulty": difficulty, "casting": casting, "seed": seed}
    if out is not None:
        _draw(script, out, vary, captions)
    else:
        with opened(data, database) as (lab, person):
            row = next((row for row in studies.listing(lab, person) if study in (row["id"], row["name"])), None)
            kept = row or studies.add(lab, person, str(study))
            typer.echo(practice.enqueue(lab, person, kept["id"], text_of(script, "an event script"), captions=captions, **vary))


def _draw(file: Path, out: Path, vary: dict[str, Any], captions: bool) -> None:
    from coder_app.studio import render as studio
    from coder_app.studio.script import read, varied

    script = varied(read(file), **vary)
    with typer.progressbar(length=1000, label=str(out)) as bar:
        studio.render(script, out, lambda share: bar.update(round(share * 1000) - bar.pos), captions)


@app.command()
def record(script: ScriptFile, out: Annotated[Path, typer.Option("--out", help="The folder to write into.")]) -> None:
    """Write the gold key, the example codings and the derived figures of a script."""
    from coder_app.studio import write
    from coder_app.studio.script import read

    typer.echo("\n".join(map(str, write.records(read(script), out))))


@app.command()
def generate(
    scheme: Annotated[str, typer.Argument(help="The id of a shipped scheme, such as serve-and-return.")],
    seed: Annotated[int, typer.Option(help="The same seed gives the same script.")],
    out: Annotated[Path | None, typer.Option("--out", help="The script (YAML) to write. Default: to the terminal.")] = None,
    length: Annotated[float, typer.Option(help="Seconds, 10 to 600.")] = 60.0,
    difficulty: Annotated[float, typer.Option(help="0 plain .. 1 subtle.")] = 0.0,
    codes: Annotated[
        str, typer.Option(help="What to score and show, such as infant_gaze,infant_face.smile. Default: all.")
    ] = "",
    casting: Casting = None,
) -> None:
    """Make up an event script that nobody has seen, for practice and for exams."""
    from coder_app import codebook
    from coder_app.codebook import load
    from coder_app.studio.generate import generate as made
    from coder_app.studio.output import put
    from coder_app.studio.script import text_of, varied

    path = codebook.shipped().get(scheme)
    if path is None:
        raise NotFound(f"There is no scheme '{scheme}'. Schemes: {', '.join(codebook.shipped())}.")
    wanted = [name.strip() for name in codes.split(",") if name.strip()]
    script = made(load.read(path), seed, length, difficulty, wanted)
    text = text_of(varied(script, casting=casting))
    if out is None:
        typer.echo(text, nl=False)
    else:
        put(out, text.encode())
        typer.echo(f"{out}: {script.n_frames} frames, {sum(map(len, script.streams.values()))} events.")


Seconds = Annotated[float, typer.Option(min=0, help="Seconds into the clip.")]
PictureFile = Annotated[Path, typer.Option("--out", help="The PNG or WebP file to write.")]


@app.command()
def picture(script: ScriptFile, at: Seconds, out: PictureFile) -> None:
    """Draw one frame of a clip."""
    from coder_app.studio import showing
    from coder_app.studio.script import read

    showing.still(read(script), round(at * 1e6), out)


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

    showing.loop(read(script), round(begin * 1e6), round(end * 1e6), out)


@app.command()
def sheets(out: Annotated[Path, typer.Option("--out", help="The folder to write into.")]) -> None:
    """Draw contact sheets: what codes look like, numbered, with the answers in a file of their own."""
    from coder_app.studio import sheets as studio

    with typer.progressbar(length=1000, label=str(out)) as bar:
        studio.write(out, lambda share: bar.update(round(share * 1000) - bar.pos))
