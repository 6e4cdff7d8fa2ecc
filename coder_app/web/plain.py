"""Pages outside Streamlit: the chooser and the closed door, in the same quiet dress."""

from __future__ import annotations

import functools
from html import escape
from pathlib import Path

STYLE = """
:root { color-scheme: light dark; --page: #f7f8f8; --card: #ffffff;
  --ink: #1f2a30; --quiet: #5c6970; --line: #dbe0e2; --accent: #0b6374; }
@media (prefers-color-scheme: dark) {
  :root { --page: #14191c; --card: #1b2226; --ink: #e3e8ea; --quiet: #9aa7ad; --line: #2f3a40; --accent: #5fb6c7; }
}
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--page); color: var(--ink);
  font: 16px/1.5 "Source Sans", "Source Sans 3", system-ui, sans-serif; }
main { width: min(26rem, calc(100vw - 3rem)); background: var(--card); border: 1px solid var(--line); border-radius: 10px;
  padding: 28px 28px 24px; }
h1 { font-size: 1.25rem; font-weight: 600; margin: 0 0 12px; }
p { margin: 0 0 12px; color: var(--quiet); }
code { font-size: 0.9em; }
ul { list-style: none; margin: 0; padding: 0; display: grid; gap: 8px; }
button { width: 100%; display: flex; justify-content: space-between; gap: 12px; padding: 10px 14px; font: inherit;
  text-align: left;
  color: var(--ink); background: transparent; border: 1px solid var(--line); border-radius: 8px; cursor: pointer; }
button:hover, button[aria-current] { border-color: var(--accent); }
button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
button span { color: var(--quiet); }
#said { color: var(--quiet); min-height: 1.5em; margin: 12px 0 0; }
"""


@functools.cache
def _font() -> str:
    """The face that Streamlit bundles, from where Streamlit serves it."""
    import streamlit

    folder = Path(streamlit.__file__).parent / "static" / "static" / "media"
    found = next(iter(sorted(folder.glob("SourceSansVF-Upright*.woff2"))), None)
    if found is None:
        return ""
    source = f'url("/static/media/{found.name}") format("woff2")'
    return f'@font-face {{ font-family: "Source Sans"; font-weight: 200 900; src: {source}; }}'


def plain_page(title: str, inside: str, script: str = "") -> str:
    """A whole HTML page. `inside` is trusted markup of ours; `script` the address of a module of ours."""
    module = f'<script type="module" src="{escape(script)}"></script>' if script else ""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)} - Coder App</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_font()}{STYLE}</style>{module}</head>'
        f"<body><main><h1>{escape(title)}</h1>{inside}</main></body></html>"
    )
