"""The workbench component: video, keys and timeline of one coding. `show` is its only door.

The component's own script only loads the real modules from our static route; everything it codes goes to the routes by itself
(frontend/outbox.js), never through a rerun. Messages and fields: protocol.py, mirrored by frontend/protocol.js.
"""

from __future__ import annotations

import streamlit as st

from coder_app.web.routes import assets
from coder_app.web.workbench import protocol

_LOADER = """
export default async function (component) {
  const address = new URL(`${component.data.base}/main.js`, document.baseURI).href;
  const { mount } = await import(address);
  return mount(component);
}
"""

# Not isolated: the workbench must fill the page and be found by `document.querySelector`; its styles stay inside `.wb`.
_component = st.components.v2.component("coder_workbench", js=_LOADER, isolate_styles=False)


def show(coding_id: str, folder_id: str) -> None:
    """Mounts the workbench of a coding over the whole page. `folder_id` (the data folder's) names the outbox in the browser."""
    values = (coding_id, folder_id, f"/static-workbench/{assets.version()}")
    _component(key=f"workbench-{coding_id}", data=dict(zip(protocol.MOUNT_FIELDS, values, strict=True)))
