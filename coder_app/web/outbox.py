"""The sender of waiting operations on pages other than the workbench: mounts `outbox.js` of the workbench, shows nothing."""

from __future__ import annotations

import streamlit as st

from coder_app.web.routes import assets

_MOUNT = """
export default function (component) {
  const { data, parentElement } = component;
  if (parentElement.dataset.sender) return;
  parentElement.dataset.sender = "1";
  import(data.module).then((m) => m.sendAll && m.sendAll(data.folder)).catch(() => {});
}
"""
_component = st.components.v2.component("coder_outbox_sender", js=_MOUNT)


def show(folder_id: str) -> None:
    """Nothing happens before the workbench's modules are there."""
    if not (assets.WORKBENCH / "outbox.js").is_file():
        return
    module = f"/static-workbench/{assets.version()}/outbox.js"
    _component(key="coder_outbox_sender", data={"module": module, "folder": folder_id}, height=0)
