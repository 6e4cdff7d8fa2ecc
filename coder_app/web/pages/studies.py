"""Studies: what I have to do next."""

from __future__ import annotations

from coder_app.web import frame

lab, person = frame.page("Studies")
