"""What tests of several rooms share: one browser for the whole run (Playwright allows one driver in a process)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browser.chromium import ARGUMENTS, find_or_install
from hypothesis import settings
from playwright.sync_api import Browser, expect, sync_playwright

settings.register_profile("house", deadline=None)  # how long an example takes is the machine's affair
settings.load_profile("house")
expect.set_options(timeout=20_000)  # only a failing test takes that long; a busy machine may need more than the usual 5 s


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    executable = find_or_install()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(executable), args=list(ARGUMENTS))
        yield browser
        browser.close()
