"""`coder-app run`: the port is kept, only this machine is served, one server a folder."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from typer.testing import CliRunner

from coder_app import __version__
from coder_app.cli import app
from coder_app.cli.run import PORT
from coder_app.errors import StoreError
from coder_app.store.folder import DataFolder
from coder_app.web import server
from coder_app.workflow.opening import open_lab


@pytest.fixture
def served(monkeypatch) -> list[tuple[int, bool, bool]]:
    """What the server was called with: port, browser, whether there is a token."""
    calls: list[tuple[int, bool, bool]] = []
    monkeypatch.setattr(
        server, "serve", lambda lab, port, open_browser, token: calls.append((port, open_browser, token is not None))
    )
    return calls


def kept_port(data: Path) -> int | None:
    lab = open_lab(data)
    try:
        return lab.store.setting("port")
    finally:
        lab.close()


def test_without_a_command_the_app_runs_on_the_usual_folder(served, data, monkeypatch) -> None:
    monkeypatch.setenv("CODER_DATA", str(data))
    assert CliRunner().invoke(app, []).exit_code == 0
    assert served == [(PORT, True, True)]


def test_without_a_command_the_options_of_run_are_taken(served, data) -> None:
    options = ["--data", str(data), "--port", "8699", "--no-browser", "--no-token"]
    assert CliRunner().invoke(app, options).exit_code == 0
    assert served == [(8699, False, False)]


def test_options_before_the_command_count_too(served, data) -> None:
    assert CliRunner().invoke(app, ["--data", str(data), "run", "--no-browser"]).exit_code == 0
    assert CliRunner().invoke(app, ["--data", str(data)]).exit_code == 0
    assert len(served) == 2
    assert not (data.parent / "nobody-s").exists()


def test_a_folder_begun_without_the_sample_study_stays_without(served, tmp_path) -> None:
    data = tmp_path / "own"
    assert CliRunner().invoke(app, ["--data", str(data), "--no-browser", "--no-sample"]).exit_code == 0
    assert CliRunner().invoke(app, ["--data", str(data), "--no-browser"]).exit_code == 0
    listed = CliRunner().invoke(app, ["media", "list", "--data", str(data), "--json"])
    assert (len(served), json.loads(listed.stdout)) == (2, [])


def test_the_port_is_kept_and_a_new_one_is_told(run, served, data) -> None:
    assert run("run", "--no-browser", "--no-token").stdout == ""
    assert kept_port(data) == PORT
    moved = run("run", "--port", 9000)
    assert f"http://127.0.0.1:{PORT}" in moved.stdout
    assert "not sent yet" in moved.stdout
    assert run("run").stdout == ""
    assert served == [(PORT, False, False), (9000, True, True), (9000, True, True)]


def test_a_busy_port_is_an_error_and_not_kept(run, data, monkeypatch) -> None:
    def busy(lab, port, open_browser, token) -> None:
        raise StoreError(f"Port {port} of this machine is taken.")

    monkeypatch.setattr(server, "serve", lambda *_: None)
    run("run", "--port", 9001)
    monkeypatch.setattr(server, "serve", busy)
    result = run("run", "--port", 9002)
    assert result.exit_code == 8
    assert "Error: Port 9002" in result.stderr
    assert kept_port(data) == 9001


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "lab.example"])
def test_other_hosts_are_refused_with_the_reason(run, served, host) -> None:
    result = run("run", "--host", host)
    assert result.exit_code == 6
    assert "this machine only" in result.stderr
    assert served == []


def test_this_machine_s_names_are_accepted(run, served) -> None:
    for host in ("127.0.0.1", "localhost"):
        assert run("run", "--host", host).exit_code == 0


def test_a_second_server_of_the_folder_is_refused(run, served, data) -> None:
    with DataFolder(data).lock():
        result = run("run")
    assert result.exit_code == 8
    assert "already running" in result.stderr


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str, process: subprocess.Popen[str]) -> dict:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/api/health", timeout=2) as answer:
                return json.load(answer)
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"no answer; exit code {process.poll()}: {process.stderr and process.stderr.read()}")


@pytest.mark.skipif(sys.platform == "win32", reason="stops the server with SIGINT")
def test_the_real_command_serves_beside_others_and_stops(data, clip) -> None:
    port = free_port()
    command = [sys.executable, "-m", "coder_app"]
    process = subprocess.Popen(
        [*command, "run", "--data", str(data), "--port", str(port), "--no-browser"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )
    try:
        address = f"http://127.0.0.1:{port}"
        assert wait_for(address, process) == {"status": "ok", "version": __version__}
        beside = subprocess.run(
            [*command, "media", "add", str(clip), "--data", str(data), "--json"], capture_output=True, text=True, check=True
        )
        assert json.loads(beside.stdout)[0]["frames"] == 60
        second = subprocess.run([*command, "run", "--data", str(data)], capture_output=True, text=True)
        assert (second.returncode, second.stderr.startswith("Error: ")) == (8, True)
    finally:
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert process.returncode == 0, err
    assert re.search(rf"Coder App is at http://127\.0\.0\.1:{port}/\?token=\S+", out)
    assert "Traceback" not in err
