"""What stays and what changes under a running server when the records of another lab are restored over the present ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from coder_app.web import place as places
from coder_app.workflow import backup, people
from coder_app.workflow.lab import Lab
from coder_app.workflow.opening import open_lab

Browser = Callable[..., TestClient]
Row = dict[str, Any]


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Lab]:
    """Another lab, which has been served too and so has a cookie of its own."""
    lab = open_lab(tmp_path / "other", sample=False)
    people.named(lab, "Olga", role="supervisor")
    lab.store.set_setting("cookie_secret", "the secret of another place")
    lab.store.set_setting("cookie_name", f"coder_{lab.folder_id}")
    yield lab
    lab.close()


def test_nobody_is_shut_out_and_outboxes_follow_the_records(
    browser: Browser, lab: Lab, supervisor: Row, rita: Row, other: Lab, tmp_path: Path
) -> None:
    inside = browser(rita)
    before, cookie = inside.get("/api/me").json(), places.current().cookie
    assert before["folder"] == lab.folder_id
    made = backup.make(other, people.first(other), tmp_path / "other.zip")
    backup.restore_over(lab, supervisor, Path(made["path"]))
    assert lab.folder_id == other.folder_id != before["folder"]
    # the cookie still opens the door; the person in it is nobody in these records, and is asked who they are
    assert inside.get("/api/jobs").json()["error"]["code"] == "no_person"
    assert inside.get("/", headers={"Accept": "text/html"}).headers["location"].startswith("/who")
    olga = people.find(lab, "Olga")
    chosen = inside.post("/api/me", json={"person": olga["id"]})
    assert chosen.json()["folder"] == other.folder_id
    assert inside.get("/api/me").json()["person"]["name"] == "Olga"
    # and after a restart it is the same cookie
    assert places.enter(lab, 8765, "another token").cookie == cookie


def test_the_records_before_bring_their_id_back(
    browser: Browser, lab: Lab, supervisor: Row, other: Lab, tmp_path: Path
) -> None:
    inside, first = browser(supervisor), lab.folder_id
    made = backup.make(other, people.first(other), tmp_path / "other.zip")
    restored = backup.restore_over(lab, supervisor, Path(made["path"]))
    backup.restore_over(lab, people.first(lab), Path(restored["kept"]))
    assert inside.get("/api/me").json() == {
        "person": {name: supervisor[name] for name in ("id", "name", "role")},
        "folder": first,
        "browser": inside.get("/api/me").json()["browser"],
    }
