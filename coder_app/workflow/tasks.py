"""What jobs can do, by name. `register` makes the names known to the queue's workers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from coder_app.errors import MediaError
from coder_app.jobs import registry
from coder_app.jobs.registry import Progress
from coder_app.media import filmstrip, motion, spectrogram, waveform, working_copy
from coder_app.store.folder import DataFolder
from coder_app.store.repository import Store
from coder_app.workflow import backup, media_files, region_files

Arguments = Mapping[str, Any]
Maker = Callable[[Path, Path, Progress], Any]


def register() -> None:
    """Make all tasks known; again is harmless."""
    for name, task in TASKS.items():
        registry.add(name, task)


def make_filmstrip(folder: DataFolder, store: Store, arguments: Arguments, progress: Progress) -> None:
    _derive(folder, store, arguments["media_id"], "filmstrip", filmstrip.make, progress)


def make_waveform(folder: DataFolder, store: Store, arguments: Arguments, progress: Progress) -> None:
    _derive(folder, store, arguments["media_id"], "waveform", waveform.make, progress)


def make_spectrogram(folder: DataFolder, store: Store, arguments: Arguments, progress: Progress) -> None:
    _derive(folder, store, arguments["media_id"], "spectrogram", spectrogram.make, progress)


def measure_motion(folder: DataFolder, store: Store, arguments: Arguments, progress: Progress) -> None:
    """In every region of a video that is not measured yet; measures of regions that are no more are removed."""
    row = media_files.get(store, arguments["media_id"])
    region_files.tidy(folder, store, row["id"])
    wanted = region_files.missing(folder, store, row["id"])
    if wanted:
        motion.make(media_files.present(folder, row), wanted, progress, times=media_files.frame_times(folder, row))


def make_working_copy(folder: DataFolder, store: Store, arguments: Arguments, progress: Progress) -> None:
    """Also notes on the video whether it is ready or has failed; a cancelled one is still needed."""
    media_id = arguments["media_id"]
    try:
        _derive(folder, store, media_id, "working_copy", working_copy.make, progress)
    except MediaError:
        store.update("media", media_id, working_copy="failed")
        raise
    store.update("media", media_id, working_copy="ready")


def make_backup(folder: DataFolder, store: Store, arguments: Arguments, progress: Progress) -> dict[str, Any]:
    """As `backup.make`; who asked for it was checked when the job was queued."""
    return backup.write(folder, store, Path(arguments["path"]), progress)


def make_practice_clip(folder: DataFolder, store: Store, arguments: Arguments, progress: Progress) -> dict[str, Any]:
    """As `practice.make`."""
    from coder_app.workflow import practice  # it stands on `media`, which stands on this

    return practice.make(folder, store, arguments, progress)


def _derive(folder: DataFolder, store: Store, media_id: str, task: str, make: Maker, progress: Progress) -> None:
    row = media_files.get(store, media_id)
    name, _ = media_files.DERIVED[task]
    make(media_files.present(folder, row), folder.derived_of(media_id) / name, progress)


TASKS: dict[str, registry.Task] = {
    "filmstrip": make_filmstrip,
    "waveform": make_waveform,
    "spectrogram": make_spectrogram,
    "motion": measure_motion,
    "working_copy": make_working_copy,
    "backup": make_backup,
    "practice_clip": make_practice_clip,
}
