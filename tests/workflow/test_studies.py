"""Studies, observations, and observations from a table."""

from __future__ import annotations

import pytest

from coder_app.errors import Conflict, Invalid, NotAllowed, NotFound
from coder_app.workflow import studies
from coder_app.workflow.observation_import import TableProblems


@pytest.fixture
def study(bare_lab, researcher) -> dict:
    return studies.add(bare_lab, researcher, "Play at home", note=" first visit ")


@pytest.fixture
def video(bare_lab) -> dict:
    """A video as a row only: observations never open the file."""
    return add_video(bare_lab, "visit 1.mp4", "media/visit 1.mp4")


def add_video(lab, name: str, path: str) -> dict:
    return lab.store.insert(
        "media",
        name=name,
        path=path,
        copied=True,
        fingerprint=path,
        size_bytes=1,
        info={},
        frame_count=25,
        first_us=0,
        end_us=1_000_000,
        working_copy="not_needed",
        problems=[],
    )


def test_study_is_made_renamed_noted_binned_and_restored(bare_lab, researcher, study) -> None:
    assert (study["name"], study["note"]) == ("Play at home", "first visit")
    with pytest.raises(Conflict, match="already"):
        studies.add(bare_lab, researcher, "play AT home")
    assert studies.rename(bare_lab, researcher, study["id"], "Home")["name"] == "Home"
    assert studies.note(bare_lab, researcher, study["id"], "second")["note"] == "second"
    studies.add_observation(bare_lab, researcher, study["id"], "F01")
    studies.bin(bare_lab, researcher, study["id"])
    assert studies.listing(bare_lab, researcher) == []
    taken = studies.add(bare_lab, researcher, "Home")
    with pytest.raises(Conflict):
        studies.restore(bare_lab, researcher, study["id"])
    studies.rename(bare_lab, researcher, taken["id"], "Lab")
    studies.restore(bare_lab, researcher, study["id"])
    assert [(s["name"], s["observation_count"]) for s in studies.listing(bare_lab, researcher)] == [("Home", 1), ("Lab", 0)]


def test_students_look_only(bare_lab, student, study) -> None:
    assert studies.listing(bare_lab, student)
    assert studies.observations(bare_lab, student, study["id"]) == []
    for call in (
        lambda: studies.add(bare_lab, student, "Mine"),
        lambda: studies.rename(bare_lab, student, study["id"], "Mine"),
        lambda: studies.bin(bare_lab, student, study["id"]),
        lambda: studies.add_observation(bare_lab, student, study["id"], "F01"),
        lambda: studies.import_observations(bare_lab, student, study["id"], "name\nF01\n"),
    ):
        with pytest.raises(NotAllowed):
            call()


def test_observation_with_everything(bare_lab, researcher, study, video) -> None:
    known = {"age_months": 6.5, "variables": {"group": "a ", "empty": " "}, "media_id": video["id"]}
    made = studies.add_observation(bare_lab, researcher, study["id"], " F01 ", **known)
    assert (made["name"], made["age_months"], made["variables"]) == ("F01", 6.5, {"group": "a"})
    assert (made["study"], made["media"]["name"]) == ("Play at home", "visit 1.mp4")
    assert [row["id"] for row in studies.observations(bare_lab, researcher, study["id"])] == [made["id"]]


@pytest.mark.parametrize("age", [-1, 1201, float("nan"), float("inf"), True])
def test_ages_that_cannot_be(bare_lab, researcher, study, age) -> None:
    with pytest.raises(Invalid, match="months"):
        studies.add_observation(bare_lab, researcher, study["id"], "F01", age_months=age)


def test_age_zero_is_an_age(bare_lab, researcher, study) -> None:
    assert studies.add_observation(bare_lab, researcher, study["id"], "F01", age_months=0)["age_months"] == 0


def test_variables_and_names_that_cannot_be(bare_lab, researcher, study) -> None:
    for variables in ({"name": "x"}, {"": "x"}, {"Group": "x", "group": "y"}):
        with pytest.raises(Invalid):
            studies.add_observation(bare_lab, researcher, study["id"], "F01", variables=variables)
    studies.add_observation(bare_lab, researcher, study["id"], "F01")
    with pytest.raises(Conflict, match="once in a study"):
        studies.add_observation(bare_lab, researcher, study["id"], "f01")
    other = studies.add(bare_lab, researcher, "Other")
    assert studies.add_observation(bare_lab, researcher, other["id"], "F01")["study"] == "Other"
    with pytest.raises(NotFound, match="video"):
        studies.add_observation(bare_lab, researcher, study["id"], "F02", media_id="nothing")
    with pytest.raises(NotFound, match="study"):
        studies.add_observation(bare_lab, researcher, "nothing", "F02")


def test_edit_changes_what_is_named(bare_lab, researcher, study, video) -> None:
    made = studies.add_observation(bare_lab, researcher, study["id"], "F01", age_months=6, variables={"group": "a"})
    after = studies.edit_observation(bare_lab, researcher, made["id"], name="F07", media_id=video["id"])
    assert (after["name"], after["age_months"], after["variables"]) == ("F07", 6, {"group": "a"})
    assert after["media_id"] == video["id"]
    assert studies.edit_observation(bare_lab, researcher, made["id"], age_months=None)["age_months"] is None
    studies.add_observation(bare_lab, researcher, study["id"], "F08")
    with pytest.raises(Conflict):
        studies.edit_observation(bare_lab, researcher, made["id"], name="f08")


def test_observation_in_the_bin_keeps_its_name(bare_lab, researcher, study) -> None:
    made = studies.add_observation(bare_lab, researcher, study["id"], "F01")
    studies.bin_observation(bare_lab, researcher, made["id"])
    assert studies.observations(bare_lab, researcher, study["id"]) == []
    with pytest.raises(Conflict, match="in the bin"):
        studies.add_observation(bare_lab, researcher, study["id"], "F01")
    studies.restore_observation(bare_lab, researcher, made["id"])
    assert len(studies.observations(bare_lab, researcher, study["id"])) == 1


TABLES = [
    ("comma", 'name,age_months,group,video\nF01,6,a,visit 1.mp4\nF02,,"b, or c",\n'),
    ("semicolon with decimal comma", "Name;Age_Months;group;VIDEO\nF01;6,0;a;visit 1.mp4\nF02;;b, or c;\n"),
    ("tabs", "name\tage_months\tgroup\tvideo\nF01\t6\ta\tmedia/visit 1.mp4\nF02\t\tb, or c\t\n"),
    ("bars, blank lines, CRLF", "name|age_months|group|video\r\n\r\nF01|6.0|a|visit 1.mp4\r\nF02||b, or c|\r\n\r\n"),
    ("byte order mark", '\ufeffname,age_months,group,video\nF01,6,a,visit 1.mp4\nF02,,"b, or c",\n'),
    ("other order", 'video,group,name,age_months\nvisit 1.mp4,a,F01,6\n,"b, or c",F02,\n'),
]


@pytest.mark.parametrize("table", [table for _, table in TABLES], ids=[name for name, _ in TABLES])
@pytest.mark.parametrize("encoding", [None, "utf-8", "utf-16"])
def test_tables_that_spreadsheets_write(bare_lab, researcher, study, video, table, encoding) -> None:
    text = table if encoding is None else table.removeprefix("\ufeff").encode(encoding)
    made = studies.import_observations(bare_lab, researcher, study["id"], text)
    assert [(r["name"], r["age_months"], r["variables"], r["media_id"]) for r in made] == [
        ("F01", 6, {"group": "a"}, video["id"]),
        ("F02", None, {"group": "b, or c"}, None),
    ]
    assert len(studies.observations(bare_lab, researcher, study["id"])) == 2


def test_every_problem_at_once_and_nothing_half_done(bare_lab, researcher, study, video) -> None:
    studies.add_observation(bare_lab, researcher, study["id"], "F09")
    add_video(bare_lab, "twice.mp4", "media/twice.mp4")
    add_video(bare_lab, "twice.mp4", "media/twice (2).mp4")
    table = "\n".join(
        [
            "name,age_months,video,note",  # 1
            'F01,6,visit 1.mp4,"two',  # 2, and 3: a quoted cell with a line break
            'lines"',
            "F02,six,,",  # 4
            ",6,,",  # 5
            "f01,6,,",  # 6
            "F09,-1,,",  # 7
            "F05,6,missing.mp4,",  # 8
            "F06,6,twice.mp4,",  # 9
            "F07,7",  # 10
            "F08,eight,,,more",  # 11
        ]
    )
    with pytest.raises(TableProblems) as caught:
        studies.import_observations(bare_lab, researcher, study["id"], table)
    assert [(p.line, p.column) for p in caught.value.problems] == [
        (4, "age_months"),
        (5, "name"),
        (6, "name"),
        (7, "name"),
        (7, "age_months"),
        (8, "video"),
        (9, "video"),
        (10, None),
        (11, None),
        (11, "age_months"),
    ]
    assert "line 6, column name: f01 stands in line 2 already" in str(caught.value)
    assert [row["name"] for row in studies.observations(bare_lab, researcher, study["id"])] == ["F09"]


@pytest.mark.parametrize(
    ("table", "lines"),
    [
        ("", [1]),
        ("\n \n", [1]),
        ("id,age\nF01,6\n", [1]),
        ("name,name\nF01,F02\n", [1]),
        ("name,,x\nF01,2,3\n", [1]),
        ("name,group\n", [1]),
        ("name,group\nF01\nF02,a\nF03,a,b\n", [2, 4]),
        ('name,group\nF01,a\nF02,"b\n', [3]),
        (b"name\nF\xe901\n", [2]),
    ],
    ids=["empty", "blank", "no name", "twice", "unnamed", "no rows", "cells", "open quote", "not UTF-8"],
)
def test_tables_whose_shape_is_wrong(bare_lab, researcher, study, table, lines) -> None:
    with pytest.raises(TableProblems) as caught:
        studies.import_observations(bare_lab, researcher, study["id"], table)
    assert [p.line for p in caught.value.problems] == lines
    assert studies.observations(bare_lab, researcher, study["id"]) == []
