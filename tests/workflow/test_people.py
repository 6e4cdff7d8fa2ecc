"""People: the first one, names that are unique, and the supervisor who must remain."""

from __future__ import annotations

import getpass

import pytest

from coder_app.errors import Conflict, Invalid, NotAllowed, NotFound
from coder_app.workflow import people
from coder_app.workflow.opening import open_lab


def test_the_first_person_is_a_supervisor_named_after_the_account(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "mara")
    for _ in range(2):
        lab = open_lab(tmp_path / "data", sample=False)
        assert [(p["name"], p["role"]) for p in people.everyone(lab)] == [("mara", "supervisor")]
        lab.close()


def test_an_account_without_a_name_still_gets_a_first_person(tmp_path, monkeypatch) -> None:
    def nameless() -> str:
        raise KeyError("getpwuid(): uid not found: 1234")

    monkeypatch.setattr(getpass, "getuser", nameless)
    lab = open_lab(tmp_path / "data", sample=False)
    assert people.first(lab)["name"] == "Supervisor"
    lab.close()


def test_names_are_cleaned_and_unique(bare_lab, supervisor) -> None:
    ana = people.add(bare_lab, supervisor, "  Ana   Li\u0301 ", "researcher")
    assert ana["name"] == "Ana L\u00ed"
    with pytest.raises(Conflict, match="exists already"):
        people.add(bare_lab, supervisor, "Ana L\u00ed", "student")
    people.bin(bare_lab, supervisor, ana["id"])
    with pytest.raises(Conflict, match="in the bin"):
        people.add(bare_lab, supervisor, "Ana L\u00ed", "student")
    with pytest.raises(Conflict, match="in the bin"):
        people.named(bare_lab, "Ana L\u00ed")
    assert ana["id"] not in [p["id"] for p in people.everyone(bare_lab)]
    assert people.restore(bare_lab, supervisor, ana["id"])["binned_at"] is None


@pytest.mark.parametrize("name", ["", "   ", "a" * 201, "a\x07b"], ids=["empty", "blank", "long", "control"])
def test_names_that_cannot_be(bare_lab, supervisor, name: str) -> None:
    with pytest.raises(Invalid, match="The name of a person"):
        people.add(bare_lab, supervisor, name, "researcher")


def test_named_makes_a_person_once(bare_lab) -> None:
    first = people.named(bare_lab, "Bo")
    assert first["role"] == "researcher"
    assert people.named(bare_lab, "Bo", role="student") == first


def test_rename_and_role(bare_lab, supervisor) -> None:
    bo = people.named(bare_lab, "Bo")
    assert people.rename(bare_lab, supervisor, bo["id"], "Bodil")["name"] == "Bodil"
    assert people.rename(bare_lab, supervisor, bo["id"], "Bodil")["name"] == "Bodil"
    with pytest.raises(Conflict):
        people.rename(bare_lab, supervisor, bo["id"], supervisor["name"])
    assert people.set_role(bare_lab, supervisor, bo["id"], "student")["role"] == "student"
    with pytest.raises(Invalid, match="The roles are researcher, supervisor, student"):
        people.set_role(bare_lab, supervisor, bo["id"], "boss")


def test_the_last_supervisor_stays(bare_lab, supervisor) -> None:
    with pytest.raises(Conflict, match="last supervisor"):
        people.set_role(bare_lab, supervisor, supervisor["id"], "researcher")
    with pytest.raises(Conflict, match="last supervisor"):
        people.bin(bare_lab, supervisor, supervisor["id"])
    other = people.add(bare_lab, supervisor, "Cy", "supervisor")
    people.bin(bare_lab, supervisor, supervisor["id"])
    assert people.first(bare_lab)["id"] == other["id"]


def test_only_supervisors_change_people(bare_lab, researcher) -> None:
    with pytest.raises(NotAllowed):
        people.add(bare_lab, researcher, "Dee", "student")
    for change in (people.bin, people.restore):
        with pytest.raises(NotAllowed):
            change(bare_lab, researcher, researcher["id"])


def test_unknown_people(bare_lab, supervisor) -> None:
    with pytest.raises(NotFound, match="people list"):
        people.rename(bare_lab, supervisor, "nobody", "X")
