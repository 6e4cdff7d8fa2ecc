"""A scheme file half right: views on its raw values that skip whatever has the wrong type.

The checks of meaning run even where the shape is wrong elsewhere, so that one look at a file finds everything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from coder_app.codebook.problems import Path


@dataclass(frozen=True, slots=True)
class Item:
    """A mapping of the file and where it is."""

    path: Path
    value: dict[Any, Any]

    def text(self, key: str) -> str | None:
        value = self.value.get(key)
        return value if isinstance(value, str) else None

    def flag(self, key: str) -> bool:
        return self.value.get(key) is True

    def at(self, *steps: str | int) -> Path:
        return (*self.path, *steps)

    @property
    def label(self) -> str:
        """The name people know it by, with its place."""
        return f"'{self.text('name') or self.text('id') or '?'}'"

    def items(self, key: str) -> Iterator[Item]:
        """The mappings in the list at `key`."""
        entries = self.value.get(key)
        for i, entry in enumerate(entries if isinstance(entries, list) else ()):
            if isinstance(entry, dict):
                yield Item(self.at(key, i), entry)

    def texts(self, key: str) -> Iterator[tuple[Path, str]]:
        """The texts in the list at `key`, with their places."""
        entries = self.value.get(key)
        for i, entry in enumerate(entries if isinstance(entries, list) else ()):
            if isinstance(entry, str):
                yield self.at(key, i), entry


@dataclass(frozen=True, slots=True)
class DraftCode:
    stream: Item
    item: Item

    @property
    def kind(self) -> str | None:
        return self.item.text("kind") or self.stream.text("kind")


class Draft:
    """The whole file, with its streams and codes by id (the first of each id)."""

    def __init__(self, data: dict[Any, Any]) -> None:
        self.top = Item((), data)
        self.streams: dict[str, Item] = {}
        self.codes: list[DraftCode] = []
        self.by_ref: dict[str, DraftCode] = {}
        for stream in self.top.items("streams"):
            stream_id = stream.text("id")
            if stream_id is not None:
                self.streams.setdefault(stream_id, stream)
            for item in stream.items("codes"):
                code = DraftCode(stream, item)
                self.codes.append(code)
                if stream_id is not None and (code_id := item.text("id")) is not None:
                    self.by_ref.setdefault(f"{stream_id}.{code_id}", code)
        self.modifiers: dict[str, Item] = {}
        for modifier in self.top.items("modifiers"):
            if (modifier_id := modifier.text("id")) is not None:
                self.modifiers.setdefault(modifier_id, modifier)
