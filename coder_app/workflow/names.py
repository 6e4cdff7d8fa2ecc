"""Names that people type: made comparable, and refused with the reason where they cannot be one."""

from __future__ import annotations

import unicodedata

from coder_app.errors import Invalid

LONGEST = 200


def clean(text: str, what: str) -> str:
    """The name in Unicode's composed form (NFC) with single spaces; `what` says whose name it is, for the message.

    Raises Invalid if nothing is left, it is longer than 200 characters, or it holds a control character.
    """
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not name:
        raise Invalid(f"The name of {what} is empty. Give at least one letter or digit.")
    if len(name) > LONGEST:
        raise Invalid(f"The name of {what} has {len(name)} characters; at most {LONGEST} are kept. Shorten it: {name[:40]}…")
    bad = next((c for c in name if unicodedata.category(c) in ("Cc", "Cs")), None)
    if bad is not None:
        raise Invalid(f"The name of {what} holds the control character U+{ord(bad):04X}. Type it anew: {name!r}")
    return name
