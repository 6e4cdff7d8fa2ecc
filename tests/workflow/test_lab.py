"""Opening a lab, for the first time and again, by several at once."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import databases
import pytest

from coder_app.workflow.opening import open_lab

OPENER = """
    import sys
    from pathlib import Path
    from coder_app.workflow.opening import open_lab
    lab = open_lab(Path(sys.argv[1]), sys.argv[2] or None, sample=False)
    print(lab.folder_id, len(lab.store.all("person")))
"""


@pytest.mark.parametrize("kind", databases.KINDS)
def test_the_first_opening_makes_one_supervisor_and_the_next_changes_nothing(tmp_path: Path, kind: str) -> None:
    address = databases.address(kind)
    lab = open_lab(tmp_path / "data", address, sample=False)
    people, folder_id = lab.store.all("person"), lab.folder_id
    assert [one["role"] for one in people] == ["supervisor"]
    lab.close()
    lab = open_lab(tmp_path / "data", address, sample=False)
    assert (lab.store.all("person"), lab.folder_id) == (people, folder_id)
    lab.close()


@pytest.mark.parametrize("kind", databases.KINDS)
def test_processes_that_open_a_new_folder_at_once_find_the_same_lab(tmp_path: Path, kind: str) -> None:
    command = [sys.executable, "-c", textwrap.dedent(OPENER), str(tmp_path / "data"), databases.address(kind) or ""]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    told = [process.communicate(timeout=60)[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0]
    assert len(set(told)) == 1
    assert told[0].split()[1] == "1"
