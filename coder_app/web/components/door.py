"""The one way our JavaScript gets into a page: a component whose inline script loads a module of ours and hands itself over.

The module exports `show(component)`, called on every rerun with the element it was first given; it returns a clean-up or
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import streamlit as st

_MOUNT = """
export default function (component) {
  let gone = false;
  let cleanUp;
  import(new URL("/static-web/MODULE", document.baseURI).href).then((module) => {
    if (!gone) cleanUp = module.show(component);
  });
  return () => {
    gone = true;
    if (cleanUp) cleanUp();
  };
}
"""


def component(name: str) -> Callable[..., Any]:
    """The component of `frontend/<name>.js`. Styles are those of `style.css`; data go through `data=`, never into this text."""
    if not re.fullmatch(r"[a-z-]+", name):
        raise ValueError(f"{name!r} is not the name of a module of ours.")
    js = _MOUNT.replace("MODULE", f"{name}.js")
    return st.components.v2.component(f"coder_{name}", js=js, isolate_styles=False)
