"""The coding records and figures of a clip, written beside its script."""

from __future__ import annotations

import json
from pathlib import Path

from coder_app import codebook
from coder_app.codebook import load
from coder_app.errors import NotFound
from coder_app.model.scheme import Scheme
from coder_app.studio.figures import figures_of
from coder_app.studio.key import key_of
from coder_app.studio.noise import noisy
from coder_app.studio.output import put
from coder_app.studio.record import Record
from coder_app.studio.script import Script

FIGURES = "figures.json"


def scheme_of(script: Script) -> Scheme:
    """The shipped scheme a script names. Raises NotFound."""
    path = codebook.shipped().get(script.scheme)
    if path is None:
        raise NotFound(
            f"{script.id}: no scheme '{script.scheme}' comes with the app. Schemes: {', '.join(codebook.shipped())}."
        )
    return load.read(path)


def records_of(script: Script) -> dict[str, Record]:
    """File name -> record: the key and every example coder of the script."""
    scheme = scheme_of(script)
    key = key_of(script, scheme)
    return {"key.json": key} | {c.file: noisy(key, script, scheme, c.name, c.seed) for c in script.coders}


def records(script: Script, folder: Path) -> list[Path]:
    """Writes them and `figures.json`; each file is written whole or not at all. Raises StoreError."""
    figures = json.dumps(figures_of(script, scheme_of(script)), indent=1) + "\n"
    texts = {name: record.text() for name, record in records_of(script).items()} | {FIGURES: figures}
    return [put(folder / name, text.encode()) for name, text in texts.items()]
