"""Finds a Chromium-based browser on this machine, or installs one; the browser tests are never skipped."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
)


class NoBrowser(RuntimeError):
    pass


def installed() -> Path | None:
    """The browser named by CODER_TEST_BROWSER, else the first of the usual ones, else Playwright's own."""
    named = os.environ.get("CODER_TEST_BROWSER")
    if named:
        return Path(named)
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    for place in PLACES:
        if Path(place).exists():
            return Path(place)
    return _of_playwright()


def find_or_install() -> Path:
    """A browser's path. Tries Playwright's own download, then Debian's package where that is allowed."""
    if found := installed():
        return found
    tried = [_run(sys.executable, "-m", "playwright", "install", "chromium")]
    if found := _of_playwright():
        return found
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        tried += [_run("apt-get", "update"), _run("apt-get", "install", "-y", "--no-install-recommends", "chromium")]
        if found := installed():
            return found
    raise NoBrowser(
        "The browser tests need Chrome, Chromium or Edge and none could be installed. Type one of:\n"
        "  python -m playwright install chromium\n  sudo apt-get install chromium\n"
        "or set CODER_TEST_BROWSER to a browser's path.\n" + "\n".join(tried)
    )


def _of_playwright() -> Path | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if path.exists() else None


def _run(*command: str) -> str:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=900, env=environment)
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"{' '.join(command)}: {error}"
    return f"{' '.join(command)}: exit {done.returncode} {done.stderr.strip()[-300:]}"
