"""Everything that can go wrong for a reason a person can act on.

A message says what happened, to what, and what to do next. Code raises the narrowest class; pages, routes and commands
catch `CoderError` once and show `str(error)`.
"""

from __future__ import annotations

from typing import Any


class CoderError(Exception):
    """Base of all errors with a message meant for the person at the screen. `code` is the stable word for programs."""

    code = "error"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        if code is not None:
            self.code = code


class SchemeError(CoderError):
    """A scheme file that cannot be used, or a code the scheme does not have. `problems` holds all `codebook.problems.Problem`s
    of a file."""

    code = "scheme"
    problems: tuple[Any, ...] = ()


class MediaError(CoderError):
    """A video that cannot be read, or is not where it should be."""

    code = "media"


class StoreError(CoderError):
    """The data folder or its database refuses."""

    code = "store"


class AgreementError(CoderError):
    """A wrong call of a statistic; data that merely leave a value undefined never raise."""

    code = "agreement"


class NotFound(CoderError):
    """No record with that id."""

    code = "not_found"


class NotAllowed(CoderError):
    """The person may not do this to that."""

    code = "not_allowed"


class Conflict(CoderError):
    """The record has moved on: a lease is held, a revision is stale, a coding is submitted."""

    code = "conflict"


class Invalid(CoderError):
    """Input that breaks a stated rule."""

    code = "invalid"
