"""Codings as files beside a practice clip: `key.json`, `coder_1.json`.

    {"scheme", "version", "coder", "is_key", "clip", "watched": {stream: [[from_us, to_us]]}, "events": [...]}

Events are those of the model, targets of links before the events that name them.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coder_app.errors import Invalid


@dataclass(frozen=True, slots=True)
class Record:
    scheme: str
    version: str
    coder: str
    is_key: bool
    clip: str
    watched: dict[str, list[list[int]]]
    events: list[dict[str, Any]]

    def to_json(self) -> dict[str, Any]:
        return {
            "scheme": self.scheme,
            "version": self.version,
            "coder": self.coder,
            "is_key": self.is_key,
            "clip": self.clip,
            "watched": self.watched,
            "events": self.events,
        }

    def text(self) -> str:
        """The text of the file: one event a line."""
        head = {name: value for name, value in self.to_json().items() if name != "events"}
        lines = ",\n".join(f"  {json.dumps(event, ensure_ascii=False)}" for event in self.events)
        return f'{json.dumps(head, ensure_ascii=False, indent=1)[:-2]},\n "events": [\n{lines}\n ]\n}}\n'


def read(path: Path) -> Record:
    """The record in a file. Raises Invalid when it is none."""
    try:
        return Record(**json.loads(Path(path).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise Invalid(f"{path}: not a coding record ({error}). Make it again: coder-app sample record.") from error


def event_id(clip: str, coder: str, position: int) -> str:
    """The id of an event of a record: always the same, so that a record made again is the same file."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"coder-app/{clip}/{coder}/{position}"))
