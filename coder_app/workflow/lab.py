"""The lab that a server or a command works for: its data folder, its records, and the codings that are open in memory."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from coder_app.model.ids import new_id
from coder_app.store.folder import DataFolder
from coder_app.store.repository import Store
from coder_app.workflow import people
from coder_app.workflow.desk import Desk

FOLDER_ID = "folder_id"
READY = "sample_copied"


@dataclass(frozen=True)
class Lab:
    """Passed as the first argument to every function of `workflow`. Safe to use from several threads."""

    folder: DataFolder
    store: Store
    desk: Desk

    @property
    def folder_id(self) -> str:
        """The id of these records: cookies and outboxes carry it, so that those of another lab are told apart."""
        return str(self.store.setting_once(FOLDER_ID, new_id()))

    def close(self) -> None:
        self.desk.clear()
        self.store.close()


def open_lab(data: Path | None, database: str | None = None, sample: bool = True) -> Lab:
    """Opens the data folder `data` (None: the usual place), with the records in it or at the address `database`.

    The first opening makes the folder, the tables, the first person and (unless `sample` is false) the sample study. Several
    processes may have a lab open at once; only one may serve it (`Lab.folder.lock`). Raises StoreError.
    """
    folder = DataFolder(DataFolder.default() if data is None else data, database)
    folder.make()
    with folder.setting_up():
        lab = Lab(folder, Store.open(folder.database_url), Desk())
        try:
            _first_time(lab, sample)
        except BaseException:
            lab.close()
            raise
    return lab


def _first_time(lab: Lab, sample: bool) -> None:
    lab.store.setting_once(FOLDER_ID, new_id())
    people.first(lab)
    if sample and lab.store.setting(READY) is None:
        from coder_app.workflow import sample as sample_study  # it works on a Lab, so it imports us

        if sample_study.install(lab):
            lab.store.set_setting(READY, True)
