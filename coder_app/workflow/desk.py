"""The codings that are open in this process."""

from __future__ import annotations


class Desk:
    def clear(self) -> None:
        """Forgets all; the records are in the database."""
