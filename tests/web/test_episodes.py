"""The routes of episodes: who may, what is refused, and with which words and status."""

from __future__ import annotations

from typing import Any

import journal_kit
import pytest

from coder_app.workflow.lab import Lab

S = 1_000_000
PLAY = {"id": "e1", "name": "Play", "onset_us": 0, "offset_us": 20 * S}


@pytest.fixture
def where(lab: Lab) -> str:
    return f"/api/observations/{journal_kit.observation_with_video(lab)['id']}/episodes"


def test_they_are_kept_and_seen(where: str, browser: Any, rita: Any, stan: Any) -> None:
    sent = browser(rita).post(where, json={"episodes": [PLAY], "before": []}, headers={"Origin": "http://127.0.0.1:8765"})
    assert (sent.status_code, sent.json()) == (200, {"episodes": [PLAY]})
    assert browser(stan).get(where).json() == {"episodes": [PLAY], "names": ["Play"], "end_us": journal_kit.END_US}


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ({"episodes": [PLAY], "before": [PLAY]}, 409, "changed by somebody else"),
        ({"episodes": [PLAY | {"offset_us": 0}], "before": []}, 422, "Play must end after it begins"),
        ({"episodes": [PLAY | {"onset_us": "0"}], "before": []}, 422, "episodes.0.onset_us"),
        ({"episodes": [PLAY | {"name": ""}], "before": []}, 422, "The name of an episode is empty"),
        ({"episodes": [PLAY | {"id": f"e{n}"} for n in range(201)], "before": []}, 422, "at most 200"),
        ({"episodes": [PLAY]}, 422, "before: Field required"),
    ],
)
def test_refusals_say_why(where: str, browser: Any, rita: Any, body: Any, status: int, said: str) -> None:
    answer = browser(rita).post(where, json=body)
    assert answer.status_code == status
    assert said in answer.json()["error"]["message"]
    assert browser(rita).get(where).json()["episodes"] == []


def test_students_see_and_nobody_unknown_writes(where: str, browser: Any, stan: Any) -> None:
    sent = {"episodes": [PLAY], "before": []}
    assert browser(stan).post(where, json=sent).status_code == 403
    assert browser().post(where, json=sent).status_code in (401, 403)
    assert browser(stan).get("/api/observations/none/episodes").status_code == 404


def test_a_coding_that_is_not_submitted_is_not_adopted(lab: Lab, where: str, browser: Any) -> None:
    person, coding = journal_kit.start_coding(lab)
    answer = browser(person).post(f"/api/codings/{coding}/adopt-episodes", json={"stream": "infant_face"})
    assert answer.status_code == 409
    assert "Submit it first" in answer.json()["error"]["message"]
