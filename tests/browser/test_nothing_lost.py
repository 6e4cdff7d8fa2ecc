"""Nothing is lost: every key pressed is in the journal or in one recovered version, whatever happens to the server."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from browser.bench import KEYS, LISTENER, Bench, journal, keys_of, new_coding
from browser.server import AppServer
from clips import numbered_clip
from playwright.sync_api import Browser, Error, expect

KILLS = 10
LONG_OUTAGE = 4  # the round in which the server stays away until Streamlit would show its dialog


def some(rng: random.Random, n: int) -> str:
    return "".join(rng.choice(KEYS) for _ in range(n))


def type_keys(bench: Bench, keys: str) -> str:
    """Presses the keys on frames of their own (a step between them) and gives back what was pressed."""
    for key in keys:
        bench.press("ArrowRight")
        bench.press(key)
    return keys


def assert_once_each(data: Path) -> None:
    ids = [o["id"] for o in journal(data)]
    assert len(ids) == len(set(ids)), "an operation stands twice"


@pytest.fixture
def coding(own_server: AppServer, tmp_path: Path) -> str:
    clip = tmp_path / "clip.mp4"
    numbered_clip(clip, "25")
    return new_coding(own_server, clip)[1]


def bench_of(browser: Browser, server: AppServer, coding: str) -> Bench:
    page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
    page.add_init_script(LISTENER)
    return Bench(page, server, coding).open()


@pytest.mark.timeout(280)
def test_server_killed_ten_times(browser: Browser, own_server: AppServer, coding: str) -> None:
    rng = random.Random(7)
    bench = bench_of(browser, own_server, coding)
    pressed = ""
    for n in range(KILLS):
        pressed += type_keys(bench, some(rng, 4))
        own_server.kill()
        pressed += type_keys(bench, some(rng, 3))
        if n == LONG_OUTAGE:
            bench.page.wait_for_timeout(11_000)
            pressed += type_keys(bench, some(rng, 5))
        own_server.start()
        pressed += type_keys(bench, some(rng, 4))
    bench.saved(60)
    assert "".join(p["key"] for p in bench.presses()) == pressed
    assert keys_of(journal(own_server.data)) == pressed
    assert_once_each(own_server.data)
    own = [o for o in journal(own_server.data) if o["coding"] == coding]
    assert bench.attribute("revision") == str(len(own))


def test_coded_offline_reloaded_and_back(browser: Browser, own_server: AppServer, coding: str) -> None:
    rng = random.Random(8)
    bench = bench_of(browser, own_server, coding)
    pressed = type_keys(bench, some(rng, 5))
    own_server.kill()
    pressed += type_keys(bench, some(rng, 12))
    # Words do not wait for the server: a step and an event for each key, the last at frame 17.
    expect(bench.page.get_by_test_id("frame")).to_have_text(f"frame {len(pressed)}")
    expect(bench.page.get_by_role("tab", name="Events")).to_contain_text(str(len(pressed)))
    with pytest.raises(Error):
        bench.page.reload(timeout=5_000)
    tab = bench.page.context.new_page()  # the error page would load itself again once the server is back, beside the test
    tab.add_init_script(LISTENER)
    bench.page.close()
    own_server.start()
    bench = Bench(tab, own_server, coding).open()
    bench.saved()
    assert keys_of(journal(own_server.data)) == pressed
    pressed += type_keys(bench, some(rng, 3))
    bench.saved()
    assert keys_of(journal(own_server.data)) == pressed
    assert_once_each(own_server.data)


def test_reloaded_at_once_after_a_key(browser: Browser, own_server: AppServer, coding: str) -> None:
    rng = random.Random(9)
    bench = bench_of(browser, own_server, coding)
    pressed = ""
    for _ in range(5):
        pressed += type_keys(bench, some(rng, 3))
        bench.page.reload()
        bench.ready()
    bench.saved()
    assert keys_of(journal(own_server.data)) == pressed
    assert_once_each(own_server.data)


def test_lease_taken_over(browser: Browser, own_server: AppServer, coding: str) -> None:
    """Ana codes, loses the line and codes on; a supervisor takes over and codes; Ana's queue becomes a recovered version."""
    rng = random.Random(10)
    people = own_server.command("people", "list")
    supervisor = next(p["id"] for p in people if p["role"] == "supervisor")
    ana = next(p["id"] for p in people if p["name"] == "Ana")

    first = bench_of_person(browser, own_server, coding, ana)
    before = type_keys(first, some(rng, 4))
    first.saved()
    first.page.context.set_offline(True)
    offline = type_keys(first, some(rng, 6))

    second = bench_of_person(browser, own_server, coding, supervisor)
    second.page.get_by_role("button", name="Take over").click()
    second.page.wait_for_selector('[data-testid="workbench"][data-writable="true"]')
    taken = type_keys(second, some(rng, 5))
    second.saved()

    first.page.context.set_offline(False)
    first.saved(60)
    operations = journal(own_server.data)
    recovered = {o["coding"] for o in operations if o["state"] == "recovered"}
    assert len(recovered) == 1
    assert keys_of(operations, coding) == before + taken
    assert keys_of(operations, recovered.pop()) == offline
    assert_once_each(own_server.data)
    first.page.wait_for_selector('[data-testid="workbench"][data-writable="false"]')


def bench_of_person(browser: Browser, server: AppServer, coding: str, person: str) -> Bench:
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    context.request.post(server.address + "/api/me", data={"person": person}, headers={"Origin": server.address})
    page = context.new_page()
    page.add_init_script(LISTENER)
    return Bench(page, server, coding).open()
