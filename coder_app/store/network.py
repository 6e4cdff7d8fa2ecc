"""Is a folder on a network drive? SQLite's write-ahead log needs memory shared between processes, which such drives lack."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path, PurePosixPath

KINDS = {
    "9p", "afpfs", "afs", "ceph", "cifs", "coda", "davfs", "fuse.davfs2", "fuse.gcsfuse", "fuse.glusterfs", "fuse.rclone",
    "fuse.s3fs", "fuse.sshfs", "gfs", "gfs2", "glusterfs", "lustre", "macfuse", "ncpfs", "nfs", "nfs4", "ocfs2", "osxfuse",
    "prl_fs", "smb", "smb2", "smb3", "smbfs", "vboxsf", "vmhgfs", "webdav", "fuse.vmhgfs-fuse", "orangefs", "beegfs", "gpfs",
}  # fmt: skip
DRIVE_REMOTE = 4  # Windows: GetDriveTypeW


def network_kind(folder: Path) -> str | None:
    """The kind of network drive `folder` is on ("nfs", "cifs" ...), or None for a local disk. The folder need not exist yet."""
    folder = folder.resolve()
    if sys.platform == "win32":
        return _windows_kind(str(folder))
    if sys.platform == "darwin":
        return kind_in(_mac_mounts(), str(folder))
    return kind_in(_linux_mounts(), str(folder))


def kind_in(mounts: list[tuple[str, str]], folder: str) -> str | None:
    """The network kind of the innermost of `mounts` (mount point, kind) that holds `folder`; the later of equal ones counts."""
    parents = {str(path) for path in (PurePosixPath(folder), *PurePosixPath(folder).parents)}
    holding = [(len(point), index, kind) for index, (point, kind) in enumerate(mounts) if point in parents]
    if not holding:
        return None
    kind = max(holding)[2].lower()
    return kind if kind in KINDS else None


def parse_proc_mounts(text: str) -> list[tuple[str, str]]:
    """(mount point, kind) of each line of /proc/mounts; spaces in names are written as octal there."""
    fields = [line.split() for line in text.splitlines()]
    return [(re.sub(r"\\(\d{3})", lambda m: chr(int(m[1], 8)), f[1]), f[2]) for f in fields if len(f) >= 3]


def parse_mount_command(text: str) -> list[tuple[str, str]]:
    """(mount point, kind) of each line of macOS's `mount`: `//me@host/share on /Volumes/share (smbfs, nodev)`."""
    found = (re.match(r".+? on (/.*) \(([^,)]+)", line) for line in text.splitlines())
    return [(match[1], match[2]) for match in found if match]


def _linux_mounts() -> list[tuple[str, str]]:
    try:
        return parse_proc_mounts(Path("/proc/mounts").read_text(encoding="utf-8", errors="surrogateescape"))
    except OSError:
        return []


def _mac_mounts() -> list[tuple[str, str]]:
    try:
        done = subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=10, check=True)
    except (OSError, subprocess.SubprocessError):
        return []
    return parse_mount_command(done.stdout)


def _windows_kind(folder: str) -> str | None:
    if folder.startswith("\\\\") and not folder.startswith("\\\\?\\"):
        return "smb"
    if sys.platform == "win32":
        import ctypes

        drive = os.path.splitdrive(folder)[0] + "\\"
        if ctypes.windll.kernel32.GetDriveTypeW(drive) == DRIVE_REMOTE:
            return "smb"
    return None
