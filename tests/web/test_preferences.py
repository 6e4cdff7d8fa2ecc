"""`/api/me/preferences`: of the person who asks, and of nobody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.testclient import TestClient

Browser = Callable[..., TestClient]
Row = dict[str, Any]
PATH = "/api/me/preferences"


def test_preferences_are_kept_for_the_person(browser: Browser, rita: Row, ben: Row) -> None:
    inside = browser(rita)
    assert inside.get(PATH).json() == {"person": rita["id"], "values": {}}
    sent = {"person": rita["id"], "values": {"volume": 0.5}}
    assert inside.post(PATH, json=sent).json() == {"person": rita["id"], "values": {"volume": 0.5}}
    assert browser(rita).get(PATH).json()["values"] == {"volume": 0.5}
    assert browser(ben).get(PATH).json() == {"person": ben["id"], "values": {}}


def test_nobody_writes_anothers(browser: Browser, rita: Row, ben: Row) -> None:
    answer = browser(ben).post(PATH, json={"person": rita["id"], "values": {"volume": 1}})
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "other_person")
    assert browser(rita).get(PATH).json()["values"] == {}


def test_what_does_not_fit_says_so(browser: Browser, rita: Row) -> None:
    inside = browser(rita)
    for values in ({"Bad name": 1}, {"keys": {"changes": {"toggle": ["a"]}}}, {"volume": "x" * 40_000}):
        answer = inside.post(PATH, json={"person": rita["id"], "values": values})
        assert answer.status_code == 422, values
    assert inside.post(PATH, json={"person": rita["id"]}).json()["error"]["code"] == "bad_request"
    assert inside.get(PATH).json()["values"] == {}


def test_someone_must_have_been_chosen(browser: Browser) -> None:
    assert browser().get(PATH).status_code == 401
