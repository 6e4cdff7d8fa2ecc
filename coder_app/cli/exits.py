"""What the commands answer to the shell: the one table of exit codes."""

from __future__ import annotations

from coder_app import errors

DONE = 0
USAGE = 2
INTERRUPTED = 130

# Class of error -> exit code and what it means; the first class that fits counts.
OF_ERRORS: tuple[tuple[type[errors.CoderError], int, str], ...] = (
    (errors.NotFound, 3, "no record with that id or name"),
    (errors.NotAllowed, 4, "this person may not do that"),
    (errors.Conflict, 5, "the record has moved on, or the name is taken"),
    (errors.Invalid, 6, "a value breaks a rule"),
    (errors.SchemeError, 6, "a value breaks a rule"),
    (errors.AgreementError, 6, "a value breaks a rule"),
    (errors.MediaError, 7, "a video cannot be read, or is not where it should be"),
    (errors.StoreError, 8, "the data folder, its database or the port refuses"),
    (errors.CoderError, 1, "any other error, or problems found by a check"),
)

TABLE: dict[int, str] = dict(
    sorted(
        {
            DONE: "done",
            USAGE: "the command was called in a wrong way",
            INTERRUPTED: "stopped by Ctrl+C",
            **{code: text for _, code, text in OF_ERRORS},
        }.items()
    )
)


def code_of(error: errors.CoderError) -> int:
    """The exit code of an error."""
    return next(code for kind, code, _ in OF_ERRORS if isinstance(error, kind))
