"""The one place this process serves: a data folder's lab at an address. Pages and routes ask `current()` for it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Place:
    """`lab` is a `workflow.lab.Lab`; `token` opens the door once a launch, None leaves it open (`--no-token`).

    `cookie` is the name of this place's cookie, which stays; `folder_id` belongs to the records, and changes under a running
    server when a backup of other records is restored over them: what waits in a browser is sent to its own records only.
    """

    lab: Any
    port: int
    token: str | None
    cookie: str
    cookie_secret: str

    @property
    def folder_id(self) -> str:
        return str(self.lab.folder_id)

    @property
    def authority(self) -> str:
        return f"{HOST}:{self.port}"

    @property
    def origin(self) -> str:
        return f"http://{self.authority}"

    @property
    def address(self) -> str:
        """What is printed and opened."""
        return self.origin + ("/" if self.token is None else f"/?token={self.token}")


_current: Place | None = None


def enter(lab: Any, port: int, token: str | None) -> Place:
    """Make `lab` the place of this process. Name and secret of its cookie are made once and kept with the data folder: a
    restored backup leaves them (`workflow.backup.OF_THE_PLACE`), so that nobody is shut out by it."""
    global _current
    secret = lab.store.setting_once("cookie_secret", secrets.token_urlsafe(32))
    name = lab.store.setting_once("cookie_name", f"coder_{lab.folder_id}")
    _current = Place(lab, port, token, str(name), str(secret))
    return _current


def current() -> Place:
    if _current is None:
        raise RuntimeError("No data folder is open in this process: web.server.build or place.enter comes first.")
    return _current
