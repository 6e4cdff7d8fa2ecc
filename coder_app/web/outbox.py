"""The sender of waiting operations on pages other than the workbench: it says how many still wait, and nothing when none do."""

from __future__ import annotations

from coder_app.web.components import door
from coder_app.web.routes import assets

NEEDED = ("outbox.js", "scope.js", "api.js")
_component = door.component("sender")


def show(folder_id: str) -> None:
    """Mounts the workbench's own sender, so that there is one way of sending."""
    if all((assets.WORKBENCH / name).is_file() for name in NEEDED):
        _component(key="coder_sender", data={"base": f"/static-workbench/{assets.version()}", "folder": folder_id})
