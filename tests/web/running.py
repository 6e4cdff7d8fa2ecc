"""A served lab without the sample study, as a process of its own."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx

SCRIPT = """
import sys
from pathlib import Path
from coder_app.web import server
from coder_app.workflow.opening import open_lab
lab = open_lab(Path(sys.argv[1]), sample=False)
server.serve(lab, int(sys.argv[2]), False, sys.argv[3] or None)
lab.close()
print("closed in order", flush=True)
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Running:
    """Started when made. `end` sends a signal and waits; `start` starts it again at the same port."""

    def __init__(self, data: Path, token: str = "tok-of-this-launch") -> None:
        self.data, self.port, self.token = data, free_port(), token
        self.origin = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        self.log = self.data.with_suffix(".log")
        with self.log.open("wb") as log:
            command = [sys.executable, "-c", SCRIPT, str(self.data), str(self.port), self.token]
            self.process = subprocess.Popen(command, stdout=log, stderr=log)
        until = time.monotonic() + 60
        while time.monotonic() < until and self.process.poll() is None:
            try:
                if httpx.get(self.origin + "/api/health", timeout=2).status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(0.05)
        raise AssertionError(self.log.read_text())

    def end(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        return self.process.wait(20)

    def workers(self) -> list[int]:
        """Ids of worker processes on this data folder (Linux)."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                line = (folder / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if b"coder_app.jobs" in line and str(self.data).encode() in line:
                found.append(int(folder.name))
        return found
