"""The schemes of a lab: those that come with the app, and those that its codings or its researchers have brought in."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coder_app import codebook
from coder_app.codebook import load
from coder_app.errors import NotFound
from coder_app.model.scheme import Scheme
from coder_app.workflow import access
from coder_app.workflow.lab import Lab

Row = dict[str, Any]
KEPT = "kept_schemes"
BEGIN_WITH = "serve-and-return-quick"


@dataclass(frozen=True, slots=True)
class Known:
    """A scheme with the text it was read from. `origin`: "shipped" with the app, "kept" by the lab, or "used" by a coding."""

    scheme: Scheme
    source: str
    origin: str

    @property
    def key(self) -> str:
        """Names it within a lab, for addresses and choices."""
        return f"{self.scheme.id}@{self.scheme.version}"

    @property
    def title(self) -> str:
        return f"{self.scheme.name} {self.scheme.version}"


def listing(lab: Lab) -> list[Known]:
    """Every scheme a coding can be started with, by name, then version. A kept file stands before a shipped one of its key."""
    found = {known.key: known for known in (*_shipped(), *_kept(lab))}
    return sorted(found.values(), key=lambda known: (known.scheme.name.casefold(), known.scheme.version))


def get(lab: Lab, key: str) -> Known:
    """By key, or by scheme id alone: its last version then. What codings here were made with, from a file, is found too.
    Raises NotFound naming what there is."""
    everything = listing(lab)
    fitting = [known for known in everything if key in (known.key, known.scheme.id)] or _used(lab, key)
    if not fitting:
        names = ", ".join(known.key for known in everything)
        raise NotFound(f"There is no scheme {key}. Schemes here: {names}.")
    return fitting[-1]


def usual(lab: Lab, study_id: str) -> str:
    """Key of the scheme that the newest coding of the study was started with; where there is none, of the one to begin with."""
    listed = {known.key for known in listing(lab)}
    observations = [row["id"] for row in lab.store.all("observation", study_id=study_id)]
    for coding in reversed(lab.store.all("coding", observation_id=observations)):
        row = lab.store.get("scheme_version", coding["scheme_version_id"])
        if row is not None and f"{row['scheme_id']}@{row['version']}" in listed:
            return f"{row['scheme_id']}@{row['version']}"
    return get(lab, BEGIN_WITH).key


def keep(lab: Lab, person: Row, text: str, name: str) -> Known:
    """Check the text of a scheme file and keep it with the lab. Raises SchemeFileError with every problem, NotAllowed.

    The same id and version again replaces the file for codings started from then on; codings already there keep theirs.
    """
    access.require(person, "study.edit")
    known = Known(load.parse(text, name), text, "kept")
    kept = dict(lab.store.setting(KEPT, {}))
    kept[known.key] = text
    lab.store.set_setting(KEPT, kept)
    lab.store.log(person["id"], "scheme.keep", None, scheme=known.key)
    return known


def drop(lab: Lab, person: Row, key: str) -> None:
    """Take a kept scheme off the list; codings made with it are untouched. Raises NotFound, NotAllowed."""
    access.require(person, "study.edit")
    kept = dict(lab.store.setting(KEPT, {}))
    if key not in kept:
        raise NotFound(f"The lab keeps no scheme {key} of its own; schemes that come with the app stay.")
    del kept[key]
    lab.store.set_setting(KEPT, kept)
    lab.store.log(person["id"], "scheme.drop", None, scheme=key)


def _shipped() -> list[Known]:
    return [_read(path, path.stat().st_mtime_ns) for path in codebook.shipped().values()]


@functools.lru_cache(maxsize=256)
def _read(path: Path, _mtime_ns: int) -> Known:
    text = load.text_of(path)
    return Known(load.parse(text, path.name), text, "shipped")


def _kept(lab: Lab) -> list[Known]:
    kept: dict[str, str] = lab.store.setting(KEPT, {})
    return [_parse(text, key) for key, text in kept.items()]


def _used(lab: Lab, key: str) -> list[Known]:
    """What the codings of the lab were made with, under that key or scheme id: the last made comes last."""
    rows = lab.store.all("scheme_version", scheme_id=key.partition("@")[0])
    fitting = [row for row in rows if key in (row["scheme_id"], f"{row['scheme_id']}@{row['version']}")]
    fitting.sort(key=lambda row: (row["made_at"], row["id"]))
    return [Known(Scheme.from_json(row["body"]), row["source"], "used") for row in fitting]


@functools.lru_cache(maxsize=256)
def _parse(text: str, name: str) -> Known:
    return Known(load.parse(text, name), text, "kept")
