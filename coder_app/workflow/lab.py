"""The lab that a server or a command works for: its data folder, its records, and the codings that are open in memory."""

from __future__ import annotations

from dataclasses import dataclass

from coder_app.model.ids import new_id
from coder_app.store.folder import DataFolder
from coder_app.store.repository import Store
from coder_app.workflow.desk import Desk

FOLDER_ID = "folder_id"


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
