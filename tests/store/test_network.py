"""Network drives are known by the innermost mount."""

from __future__ import annotations

from pathlib import Path

import pytest

from coder_app.errors import StoreError
from coder_app.store import folder as folder_module
from coder_app.store.folder import DataFolder
from coder_app.store.network import kind_in, network_kind, parse_mount_command, parse_proc_mounts

# Lines as Linux writes them; the space in the third mount point is octal.
PROC = """\
/dev/sda1 / ext4 rw 0 0
server:/home /home nfs4 rw,vers=4.2 0 0
//nas/lab /mnt/lab\\040videos cifs rw 0 0
/dev/sdb1 /home/me/disk ext4 rw 0 0
me@host:/ /mnt/ssh fuse.sshfs rw 0 0
drvfs /mnt/c 9p rw,aname=drvfs 0 0
tmpfs /mnt/c tmpfs rw 0 0
"""

# Lines as macOS writes them.
MAC = """\
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
//me@nas._smb._tcp.local/lab on /Volumes/Lab videos (smbfs, nodev, nosuid, mounted by me)
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/var/data", None),
        ("/home/me/data", "nfs4"),
        ("/home/me/disk/data", None),
        ("/homes", None),
        ("/mnt/lab videos/data", "cifs"),
        ("/mnt/ssh", "fuse.sshfs"),
        ("/mnt/c/data", None),  # the later mount covers the first
    ],
)
def test_the_innermost_mount_of_linux_counts(folder: str, kind: str | None) -> None:
    assert kind_in(parse_proc_mounts(PROC), folder) == kind


@pytest.mark.parametrize(("folder", "kind"), [("/Users/me", None), ("/Volumes/Lab videos/data", "smbfs")])
def test_mounts_of_macos(folder: str, kind: str | None) -> None:
    assert kind_in(parse_mount_command(MAC), folder) == kind


def test_the_disk_of_the_tests_is_local(tmp_path: Path) -> None:
    assert network_kind(tmp_path / "not" / "yet") is None


def test_sqlite_on_a_network_drive_is_refused_and_postgresql_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_module, "network_kind", lambda folder: "nfs4")
    with pytest.raises(StoreError, match=r"network drive \(nfs4\).*log is not safe"):
        DataFolder(tmp_path / "data").make()
    assert not (tmp_path / "data").exists()
    DataFolder(tmp_path / "data", "postgresql+psycopg://host/name").make()
