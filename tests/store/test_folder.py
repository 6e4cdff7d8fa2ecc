"""One server per data folder, whatever happens to it; commands go on beside it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from coder_app.errors import StoreError
from coder_app.store.folder import DataFolder
from coder_app.store.repository import Store

HOLDER = """
    import sys, time
    from pathlib import Path
    from coder_app.store.folder import DataFolder
    lock = DataFolder(Path(sys.argv[1])).lock()
    print("held", flush=True)
    time.sleep(60)
"""


def test_the_folder_has_its_parts_and_is_private(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "a" / "data")
    folder.make()
    folder.make()
    assert folder.derived_of("m1").is_dir()
    assert folder.database_url == f"sqlite:///{tmp_path}/a/data/coder.sqlite"
    assert folder.free_bytes() > 0
    if sys.platform != "win32":
        assert folder.path.stat().st_mode & 0o077 == 0


def test_the_usual_place_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CODER_DATA", str(tmp_path))
    assert DataFolder.default() == tmp_path
    monkeypatch.delenv("CODER_DATA")
    assert DataFolder.default().name == "coder-app"


def test_a_folder_that_cannot_be_made_is_an_error_with_the_way_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="--data"):
        DataFolder(tmp_path / "file").make()


def test_a_second_server_is_refused_until_the_first_lets_go(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    folder.make()
    lock = folder.lock()
    lock.note("http://127.0.0.1:8501")
    with pytest.raises(StoreError, match=rf"already running .*process {os.getpid()}, http://127.0.0.1:8501"):
        folder.lock()
    lock.release()
    folder.lock().release()


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_killed_server_lets_go_and_commands_work_beside_a_living_one(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    folder.make()
    process = subprocess.Popen([sys.executable, "-c", textwrap.dedent(HOLDER), str(tmp_path)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    with pytest.raises(StoreError):
        folder.lock()
    store = Store.open(folder.database_url)
    store.insert("study", name="A")
    store.close()
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    folder.lock().release()
