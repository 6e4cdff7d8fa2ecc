"""Opening a lab: the first time makes the folder, the tables, the first person and the sample study."""

from __future__ import annotations

from pathlib import Path

from coder_app.model.ids import new_id
from coder_app.store.folder import DataFolder
from coder_app.store.repository import Store
from coder_app.workflow import people
from coder_app.workflow import sample as sample_study
from coder_app.workflow.desk import Desk
from coder_app.workflow.lab import FOLDER_ID, Lab

READY = "sample_copied"


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
    if sample and lab.store.setting(READY) is None and sample_study.install(lab):
        lab.store.set_setting(READY, True)


def without_sample(lab: Lab) -> None:
    """No later opening gives the folder the sample study; one that is there stays."""
    lab.store.setting_once(READY, False)
