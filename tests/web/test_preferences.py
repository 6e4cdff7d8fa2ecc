"""`/api/me/preferences`: of the person who asks, and of nobody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from coder_app.reports import key_card

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
    for values in ({"Bad name": 1}, {"keys": {"changes": {"laptop": {"toggle": ["a"]}}}}, {"volume": "x" * 40_000}):
        answer = inside.post(PATH, json={"person": rita["id"], "values": values})
        assert answer.status_code == 422, values
    assert inside.post(PATH, json={"person": rita["id"]}).json()["error"]["code"] == "bad_request"
    assert inside.get(PATH).json()["values"] == {}


def test_someone_must_have_been_chosen(browser: Browser) -> None:
    assert browser().get(PATH).status_code == 401


def test_the_key_card_is_a_pdf_of_the_person_who_asks(browser: Browser, rita: Row, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    made = key_card.pdf
    monkeypatch.setattr(key_card, "pdf", lambda *parts: (asked.append(parts), made(*parts))[1])
    row = {"keys": ["Alt Q"], "name": "One second forward"}
    sent = {"title": "Play 1.0", "pass": "Infant face", "groups": [{"name": "Play", "rows": [row]}]}
    answer = browser(rita).post("/api/me/key-card", json=sent)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert asked == [(rita["name"], "Play 1.0, Infant face", [key_card.Group("Play", ((("Alt Q",), "One second forward"),))])]
    assert browser().post("/api/me/key-card", json=sent).status_code == 401
    too_long = {**sent, "groups": [{"name": "x" * 200, "rows": []}]}
    assert browser(rita).post("/api/me/key-card", json=too_long).json()["error"]["code"] == "bad_request"
