"""Every page runs without an exception, on an empty and a filled lab, for every role; and says what to do where nothing is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import clips
import pytest
from streamlit.testing.v1 import AppTest

from coder_app.web import navigation
from coder_app.web import place as places
from coder_app.workflow import codings, media, people, schemes, studies
from coder_app.workflow.lab import Lab
from coder_app.workflow.opening import open_lab

Row = dict[str, Any]

SCRIPT = Path(navigation.__file__).with_name("app.py")
PARTS = ("people", "data", "bin")
TABLE = navigation.TABLE
PAGES = tuple(name for name, _, _ in TABLE)


@pytest.fixture
def empty_lab(tmp_path: Path) -> Iterator[Lab]:
    lab = open_lab(tmp_path / "data", sample=False)
    places.enter(lab, 8765, None)
    yield lab
    lab.close()


@pytest.fixture(scope="module")
def filled_lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    folder = tmp_path_factory.mktemp("filled")
    lab = open_lab(folder / "data", sample=False)
    me = people.first(lab)
    clips.numbered_clip(folder / "visit.mp4", "25")
    clip = media.add(lab, me, folder / "visit.mp4")
    study = studies.add(lab, me, "Play & <b>face</b>", "Free play at four months.")
    observation = studies.add_observation(lab, me, study["id"], "P01", 4.5, {"site": "Leipzig"}, clip["id"])
    studies.add_observation(lab, me, study["id"], "P02")
    scheme = schemes.get(lab, "serve-and-return-quick")
    for name, role in (("Rita", "researcher"), ("Stan", "student")):
        coder = people.named(lab, name, role=role)
        codings.start(lab, me, observation["id"], scheme.scheme, scheme.source, coder["id"])
    binned = codings.start(lab, me, observation["id"], scheme.scheme, scheme.source, me["id"])
    codings.bin(lab, me, binned["id"])
    yield lab
    lab.close()


def _open(monkeypatch: pytest.MonkeyPatch, lab: Lab, name: str = "studies", person: Row | None = None, **query: str) -> AppTest:
    places.enter(lab, 8765, None)
    chosen = people.first(lab) if person is None else person
    monkeypatch.setattr("coder_app.web.visitor.person_of", lambda *_: chosen)
    # AppTest opens the default page only
    table = [(file, title, "" if file == name else f"at-{file}") for file, title, _ in TABLE]
    monkeypatch.setattr(navigation, "TABLE", table)
    page = AppTest.from_file(str(SCRIPT), default_timeout=30)
    for key, value in query.items():
        page.query_params[key] = value
    page.run()
    assert not page.exception, page.exception
    return page


def _said(page: AppTest) -> str:
    shown = (*page.title, *page.caption, *page.text, *page.markdown, *page.error, *page.info)
    return " ".join(str(one.value) for one in shown) + " ".join(str(one.proto.body) for one in page.get("html"))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_runs_on_an_empty_lab(monkeypatch: pytest.MonkeyPatch, empty_lab: Lab, name: str) -> None:
    page = _open(monkeypatch, empty_lab, name)
    assert not page.error


@pytest.mark.parametrize("role", ["supervisor", "researcher", "student"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_runs_on_a_filled_lab_for_every_role(
    monkeypatch: pytest.MonkeyPatch, filled_lab: Lab, name: str, role: str
) -> None:
    person = next(one for one in people.everyone(filled_lab) if one["role"] == role)
    page = _open(monkeypatch, filled_lab, name, person)
    assert not page.error
    assert person["name"] in _said(page)


@pytest.mark.parametrize("role", ["supervisor", "researcher", "student"])
@pytest.mark.parametrize("part", PARTS)
def test_a_part_of_studies_runs(monkeypatch: pytest.MonkeyPatch, filled_lab: Lab, part: str, role: str) -> None:
    person = next(one for one in people.everyone(filled_lab) if one["role"] == role)
    assert not _open(monkeypatch, filled_lab, person=person, part=part).error


def test_empty_pages_say_what_to_do(monkeypatch: pytest.MonkeyPatch, empty_lab: Lab) -> None:
    page = _open(monkeypatch, empty_lab)
    assert "No study yet" in _said(page)
    assert [button.label for button in page.button] == ["New study"]
    assert "Add videos reads the time of every frame" in _said(_open(monkeypatch, empty_lab, "videos"))
    assert "The bin is empty" in _said(_open(monkeypatch, empty_lab, part="bin"))


def test_a_student_is_offered_no_changes(monkeypatch: pytest.MonkeyPatch, filled_lab: Lab) -> None:
    stan = people.find(filled_lab, "Stan")
    labels = {button.label for button in _open(monkeypatch, filled_lab, person=stan).button}
    assert labels == {"Continue"}
    assert not _open(monkeypatch, filled_lab, "videos", person=stan).button


def test_what_to_do_next_is_ones_own_open_coding(monkeypatch: pytest.MonkeyPatch, filled_lab: Lab) -> None:
    rita = people.find(filled_lab, "Rita")
    assert "Continue with P01" in _said(_open(monkeypatch, filled_lab, person=rita))
    assert "Next: P01" in _said(_open(monkeypatch, filled_lab))


def test_a_picture_and_how_to_begin_greet_whoever_has_coded_nothing(monkeypatch: pytest.MonkeyPatch, filled_lab: Lab) -> None:
    rita = people.find(filled_lab, "Rita")
    said = _said(_open(monkeypatch, filled_lab, person=rita))
    assert "dyad.webp" in said
    assert "Space plays" in said
    listing = codings.listing
    monkeypatch.setattr(codings, "listing", lambda *asked: [{**row, "event_count": 3} for row in listing(*asked)])
    later = _said(_open(monkeypatch, filled_lab, person=rita))
    assert "Continue with P01" in later
    assert "dyad.webp" not in later
    assert "Space plays" not in later


def test_a_scheme_opens_as_its_codebook(monkeypatch: pytest.MonkeyPatch, filled_lab: Lab) -> None:
    page = _open(monkeypatch, filled_lab, "schemes", scheme="serve-and-return-quick")
    assert "Infant gaze" in _said(page)
    assert "not a diagnosis" in _said(page)
    wrong = _open(monkeypatch, filled_lab, "schemes", scheme="no-such-scheme")
    assert "There is no scheme no-such-scheme" in wrong.error[0].value


def test_names_are_text_wherever_they_stand(monkeypatch: pytest.MonkeyPatch, filled_lab: Lab) -> None:
    eve = people.named(filled_lab, "<img src=x onerror=alert(1)>")
    said = _said(_open(monkeypatch, filled_lab, person=eve))
    assert "<img src=x" not in said
    assert "&lt;img src=x" in said


def test_another_coders_coding_is_refused_on_its_page(monkeypatch: pytest.MonkeyPatch, filled_lab: Lab) -> None:
    stan, rita = people.find(filled_lab, "Stan"), people.find(filled_lab, "Rita")
    coding = next(one for one in codings.listing(filled_lab, people.first(filled_lab)) if one["person_id"] == rita["id"])  # type: ignore[index]
    page = _open(monkeypatch, filled_lab, "code", person=stan, coding=coding["id"])
    assert "may not see this coding yet" in page.error[0].value
