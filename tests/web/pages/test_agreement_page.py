"""The Agreement page without a browser: nothing to compare, comparing, a run by its address, who may."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import double_coded
import pytest
from streamlit.testing.v1 import AppTest

from coder_app.web import navigation
from coder_app.web import place as places
from coder_app.workflow import agreement, people
from coder_app.workflow.lab import Lab
from coder_app.workflow.opening import open_lab

Row = dict[str, Any]
SCRIPT = Path(navigation.__file__).with_name("app.py")


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[Lab]:
    lab = open_lab(tmp_path / "data", sample=False)
    yield lab
    lab.close()


def open_page(monkeypatch: pytest.MonkeyPatch, lab: Lab, person: Row | None = None, **query: str) -> AppTest:
    places.enter(lab, 8765, None)
    chosen = people.first(lab) if person is None else person
    monkeypatch.setattr("coder_app.web.visitor.person_of", lambda *_: chosen)
    table = [(file, title, "" if file == "agreement" else f"at-{file}") for file, title, _ in navigation.TABLE]
    monkeypatch.setattr(navigation, "TABLE", table)
    page = AppTest.from_file(str(SCRIPT), default_timeout=30)
    for name, value in query.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception
    return page


def html(page: AppTest) -> str:
    return " ".join(one.proto.body for one in page.get("html"))


def test_with_nothing_to_compare_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch, lab: Lab) -> None:
    page = open_page(monkeypatch, lab)
    assert "Nothing can be compared yet" in html(page)


def test_before_the_first_run_it_says_what_to_press(monkeypatch: pytest.MonkeyPatch, lab: Lab) -> None:
    double_coded.pair(lab)
    shown = html(open_page(monkeypatch, lab))
    assert "Nothing compared yet" in shown
    assert "press Compare" in shown


def test_without_an_address_the_last_run_of_ones_own_is_shown(monkeypatch: pytest.MonkeyPatch, lab: Lab) -> None:
    _, ana, ben = double_coded.pair(lab)
    me, other = people.first(lab), people.named(lab, "Sue", role="supervisor")
    for person, unit_s in ((me, 3), (me, 2), (other, 5)):
        made = agreement.compare(lab, person, ana["id"], ben["id"], agreement.Options(unit_s * 1_000_000, 250_000))
        agreement.save_run(lab, person, made)
    page = open_page(monkeypatch, lab)
    assert "Time units of 2 s" in html(page)
    assert page.query_params.get("run") is None


def test_compare_shows_figures_and_keeps_a_run(monkeypatch: pytest.MonkeyPatch, lab: Lab) -> None:
    double_coded.pair(lab)
    page = open_page(monkeypatch, lab)
    assert agreement.last_run(lab, people.first(lab)) is None
    next(button for button in page.button if button.label == "Compare").click()
    page.run()
    assert not page.exception
    shown = html(page)
    assert '<td class="coder-number">0.78</td>' in shown  # kappa of face, 32/41: tests/workflow/test_agreement.py
    assert "88.9 %" in shown
    assert "Codes of this stream may overlap" in shown
    assert page.query_params["run"] == agreement.last_run(lab, people.first(lab))
    assert any("over many sessions" in one.value for one in page.caption)


def test_a_run_is_opened_by_its_address(monkeypatch: pytest.MonkeyPatch, lab: Lab) -> None:
    _, ana, ben = double_coded.pair(lab)
    person = people.first(lab)
    options = agreement.Options(2_000_000, 250_000)
    run = agreement.save_run(lab, person, agreement.compare(lab, person, ana["id"], ben["id"], options))
    page = open_page(monkeypatch, lab, run=run)
    assert "Time units of 2 s" in html(page)
    assert [one.value for one in page.number_input] == [2.0, 0.25]
    next(one for one in page.toggle if one.label == "Three decimals").set_value(True)
    page.run()
    assert "0.780" in html(page)


def test_each_stream_in_detail(monkeypatch: pytest.MonkeyPatch, lab: Lab) -> None:
    _, ana, ben = double_coded.pair(lab)
    person = people.first(lab)
    agreement.save_run(lab, person, agreement.compare(lab, person, ana["id"], ben["id"]))
    page = open_page(monkeypatch, lab)
    stream = next(one for one in page.selectbox if one.label == "Stream")
    assert stream.value == "face"
    stream.set_value("acts")
    page.run()
    assert not page.exception
    assert any("Points have no duration" in one.value for one in page.caption)
    assert "0.400" in html(page)  # Ben's beep is .4 s later than Ana's
    assert "Neither coder used this code" in html(page)


def test_who_may_not_see_it_gets_a_sentence(monkeypatch: pytest.MonkeyPatch, lab: Lab) -> None:
    _, ana, ben = double_coded.pair(lab)
    person = people.first(lab)
    run = agreement.save_run(lab, person, agreement.compare(lab, person, ana["id"], ben["id"]))
    other = people.named(lab, "Dora", role="researcher")
    page = open_page(monkeypatch, lab, other, run=run)
    assert "Submit your own coding of this observation first" in page.error[0].value
    assert "0.78" not in html(page)
