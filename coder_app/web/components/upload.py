"""Videos from this computer: choose or drop; they stream to the data folder past Streamlit."""

from __future__ import annotations

from coder_app.web.components import door

_component = door.component("upload")


def show(key: str, suffixes: list[str]) -> str | None:
    """The name of a file that has just become a video, else None."""
    added = _component(key=key, data={"accept": ",".join(suffixes)}, on_added_change=lambda: None).added
    return None if added is None else str(added)
