"""A running Coder App for browser tests: its own data folder, its own process, killed and started again at will."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class AppServer:
    """`coder-app run` on a free port. `kill` is SIGKILL to the whole process group: nothing gets to say goodbye."""

    def __init__(self, data: Path, port: int | None = None, sample: bool = True) -> None:
        self.data = data
        self.sample = sample
        self.port = port or free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None
        self.log = data.parent / f"{data.name}.log"

    def start(self, timeout: float = 60) -> AppServer:
        command = [sys.executable, "-m", "coder_app", "run", "--data", str(self.data), "--port", str(self.port)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*command, "--no-browser", "--no-token", "--sample" if self.sample else "--no-sample"],
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        until = time.monotonic() + timeout
        while time.monotonic() < until:
            if self.process.poll() is not None:
                raise RuntimeError(f"coder-app ended with {self.process.returncode}:\n{self.log.read_text()[-3000:]}")
            try:
                with urllib.request.urlopen(self.address + "/api/health", timeout=2) as answer:
                    if answer.status == 200:
                        return self
            except (OSError, urllib.error.URLError):
                time.sleep(0.05)
        raise RuntimeError(f"coder-app did not answer in {timeout} s:\n{self.log.read_text()[-3000:]}")

    def kill(self) -> None:
        if self.process is not None:
            if self.process.poll() is None:
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def get(self, path: str) -> Any:
        with urllib.request.urlopen(self.address + path, timeout=30) as answer:
            return json.load(answer)

    def post(self, path: str, body: Any) -> Any:
        request = urllib.request.Request(
            self.address + path, json.dumps(body).encode(), {"Content-Type": "application/json", "Origin": self.address}
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def practice_clip(self, name: str) -> str:
        """The id of a clip of the sample study, by the name of its folder in `sample_data`."""
        return next(str(media["id"]) for media in self.command("media", "list") if media["name"] == f"{name}.mp4")

    def command(self, *arguments: str) -> Any:
        """Runs `coder-app ... --data DIR --json` beside the running server and gives its parsed output."""
        done = subprocess.run(
            [sys.executable, "-m", "coder_app", *arguments, "--data", str(self.data), "--json"], capture_output=True, text=True
        )
        if done.returncode:
            raise RuntimeError(f"coder-app {' '.join(arguments)}: {done.stderr}")
        return json.loads(done.stdout)
