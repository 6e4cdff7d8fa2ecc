"""What the first figure needs takes seconds to import on a busy machine: a thread does so once the server answers."""

from __future__ import annotations

import threading
from importlib import import_module

AFTER_S = 2.0
HEAVY = ("altair", "pandas", "pyarrow", "coder_app.web.components.agreement_report")


def begin(after_s: float = AFTER_S) -> threading.Timer:
    """Imports HEAVY in a thread of its own after that long; cancel the timer to have it stay away. Never raises: what cannot be
    imported is said by the page that needs it."""
    timer = threading.Timer(after_s, _warm)
    timer.daemon = True
    timer.name = "coder-warming"
    timer.start()
    return timer


def _warm() -> None:
    for name in HEAVY:
        try:
            import_module(name)
        except ImportError:
            continue
