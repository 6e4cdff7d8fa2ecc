"""Long work under way, with its progress and an end to it."""

from __future__ import annotations

from typing import Any

from coder_app.web.components import door

SHOWN = ("id", "label", "state", "progress", "message")
_component = door.component("jobs")


def show(key: str, jobs: list[dict[str, Any]], may_cancel: bool) -> bool:
    """Whether the last of them has just ended: the page then shows what they made."""
    if not jobs:
        return False
    data = {"jobs": [{name: job[name] for name in SHOWN} for job in jobs], "cancel": may_cancel}
    return bool(_component(key=key, data=data, on_done_change=lambda: None).done)
