"""The one place this process serves: a data folder's lab at an address. Pages and routes ask `current()` for it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Place:
    """`lab` is a `workflow.lab.Lab`; `token` opens the door once a launch, None leaves it open (`--no-token`)."""

    lab: Any
    port: int
    token: str | None
    folder_id: str
    cookie_secret: str

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

    @property
    def cookie(self) -> str:
        return f"coder_{self.folder_id}"


_current: Place | None = None


def enter(lab: Any, port: int, token: str | None) -> Place:
    """Make `lab` the place of this process. The cookie secret is made once and kept with the data folder."""
    global _current
    secret = lab.store.setting_once("cookie_secret", secrets.token_urlsafe(32))
    _current = Place(lab, port, token, lab.folder_id, str(secret))
    return _current


def current() -> Place:
    if _current is None:
        raise RuntimeError("No data folder is open in this process: web.server.build or place.enter comes first.")
    return _current
