"""Statistics of the lab's own: Python files in `statistics/` of the data folder, listed and checked like those of the house.

A file holds `ENTRIES`, a tuple of `Statistic`. Files are programs, so only those count that the person who runs the machine
put there: they and their folder must belong to that person, and nobody else may write to them. Nothing else ever puts a file
there, and nothing is run but by a command that asks for it.
"""

from __future__ import annotations

import importlib.util
import os
import stat
import sys
import traceback
from pathlib import Path
from types import ModuleType

from coder_app.agreement.entry import Statistic
from coder_app.agreement.registry import register
from coder_app.errors import AgreementError

FOLDER = "statistics"


def load(data_folder: Path) -> dict[Path, tuple[Statistic, ...]]:
    """The statistics of every file, in order of file names, now part of the registry; nothing where there is no folder.

    Raises AgreementError naming the file, and the line where there is one."""
    folder = data_folder / FOLDER
    if not folder.is_dir():
        return {}
    files = sorted(path for path in folder.glob("*.py") if not path.name.startswith("_"))
    if files:
        _only_mine(folder)
    found = {path: read(path) for path in files}
    for path, entries in found.items():
        for entry in entries:
            try:
                register(entry)
            except AgreementError as error:
                raise AgreementError(f"{path}: {error}") from error
    return found


def read(path: Path) -> tuple[Statistic, ...]:
    """The statistics of one file, which is run for it. Raises AgreementError naming file and line."""
    _only_mine(path)
    entries = getattr(_module(path), "ENTRIES", None)
    if not isinstance(entries, tuple | list) or not entries or not all(isinstance(one, Statistic) for one in entries):
        raise AgreementError(f"{path} lists no statistics. End it with ENTRIES = (Statistic(...),).")
    return tuple(entries)


def _module(path: Path) -> ModuleType:
    name = f"coder_app_own_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise AgreementError(f"{path} cannot be read as Python.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        spec.loader.exec_module(module)
    except SyntaxError as error:
        raise AgreementError(f"{path}, line {error.lineno}: {error.msg}.") from error
    except Exception as error:
        raise AgreementError(f"{path}, line {_line(error, path)}: {type(error).__name__}: {error}.") from error
    finally:
        sys.dont_write_bytecode = before
    return module


def _line(error: Exception, path: Path) -> int:
    """The last line of the file itself that was being run."""
    frames = traceback.extract_tb(error.__traceback__)
    return next((frame.lineno or 0 for frame in reversed(frames) if frame.filename == str(path)), 0)


def _only_mine(path: Path) -> None:
    """Whether somebody else could have written it; where the system does not say, the folder's own protection counts."""
    if not hasattr(os, "getuid"):
        return
    about = path.stat()
    if about.st_uid not in (os.getuid(), 0):
        raise AgreementError(f"{path} belongs to another account, so it is not run. Make it your own if you trust it.")
    shared = stat.S_IWOTH | (0 if about.st_gid == about.st_uid else stat.S_IWGRP)  # a group of that account alone is no other
    if about.st_mode & shared:
        raise AgreementError(f"Others may write to {path}, so it is not run. Take that right away: chmod go-w {path}")
