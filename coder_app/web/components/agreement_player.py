"""The disagreement viewer: the only door to its JavaScript (workbench/frontend/agreement)."""

from __future__ import annotations

from typing import Any

import streamlit as st

from coder_app.agreement.timed.marks import Marks
from coder_app.model.scheme import Stream
from coder_app.web.routes import assets
from coder_app.workflow.agreement import Comparison

CSS = assets.WORKBENCH / "agreement" / "agreement.css"

_MOUNT = """
export default function (component) {
  let gone = false;
  let cleanUp;
  import(new URL("/static-workbench/VERSION/agreement/main.js", document.baseURI).href).then((module) => {
    if (!gone) cleanUp = module.show(component);
  });
  return () => {
    gone = true;
    if (cleanUp) cleanUp();
  };
}
"""

_component = st.components.v2.component(
    "coder_agreement_viewer", js=_MOUNT.replace("VERSION", assets.version()), isolate_styles=False
)


def style() -> None:
    """The viewer's style, which the tables of the page share."""
    st.html(CSS)


def show(key: str, comparison: Comparison) -> None:
    """The queue, the stretch it points at, both codings. Choosing and playing stay in the browser."""
    _component(key=key, data=data_of(comparison))


def data_of(comparison: Comparison) -> dict[str, Any]:
    """What the viewer needs, as plain JSON."""
    sides = (comparison.first, comparison.second)
    media = None
    if comparison.media_id is not None:
        media = {"id": comparison.media_id, "observation": comparison.observation_id}
    found = [one.to_json() for stream in comparison.streams if stream.result is not None for one in stream.result.disagreements]
    return {
        "key": "/".join([str(comparison.run_id), *(f"{side.coding_id}@{side.revision}" for side in sides)]),
        "sides": [side.name for side in sides],
        "media": media,
        "end_us": comparison.end_us,
        "streams": [_stream(one.stream, (one.first, one.second)) for one in comparison.streams],
        "disagreements": sorted(found, key=lambda one: (one["from_us"], one["to_us"])),
    }


def _stream(stream: Stream, marks: tuple[Marks, Marks]) -> dict[str, Any]:
    names = ("id", "name", "short", "kind", "unscorable", "implied")
    return {
        "id": stream.id,
        "name": stream.name,
        "actor": stream.actor,
        "kind": stream.kind,
        "exclusive": stream.exclusive,
        "exhaustive": stream.exhaustive,
        "codes": [{name: getattr(code, name) for name in names} for code in stream.codes],
        "spans": [[list(part) for part in mark.span] for mark in marks],
        "bouts": [[list(bout) for bout in mark.bouts] for mark in marks],
        "points": [[list(point) for point in mark.points] for mark in marks],
    }
