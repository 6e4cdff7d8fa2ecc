"""The command: JSON in full, text to read, files, errors with exit code 1."""

from __future__ import annotations

import json
from pathlib import Path

import double_coded
import pytest
from typer.testing import CliRunner

from coder_app.agreement import STATISTICS
from coder_app.cli.agreement import app, microseconds
from coder_app.cli.common import group
from coder_app.errors import Invalid
from coder_app.workflow import agreement, people
from coder_app.workflow.opening import open_lab

RUNNER = CliRunner()
ROOT = group("All commands.")
ROOT.add_typer(app)


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str, str]:
    """(data folder, Ana's coding, Ben's coding)."""
    folder: Path = tmp_path_factory.mktemp("cli") / "data"
    lab = open_lab(folder, sample=False)
    lab.store.set_setting("sample_copied", True)
    _, ana, ben = double_coded.pair(lab)
    lab.close()
    return str(folder), ana["id"], ben["id"]


def test_json_is_the_whole_result(coded: tuple[str, str, str]) -> None:
    data, ana, ben = coded
    done = RUNNER.invoke(ROOT, ["agreement", ana, ben, "--data", data, "--json", "--unit", "0.5", "--tolerance", "0.25"])
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert found["parameters"] == {"unit_us": 500_000, "unit_s": 0.5, "tolerance_us": 250_000, "tolerance_s": 0.25}
    face = next(stream for stream in found["streams"] if stream["stream"] == "face")
    assert face["exact"]["cohen_kappa"]["value"] == pytest.approx(32 / 41)  # by hand in tests/workflow/test_agreement.py
    acts = next(stream for stream in found["streams"] if stream["stream"] == "acts")
    assert acts["time_unit"]["cohen_kappa"]["undefined"] == "not_exclusive"
    assert acts["points"][0]["matched"] == 0  # .4 s apart


def test_text(coded: tuple[str, str, str]) -> None:
    data, ana, ben = coded
    done = RUNNER.invoke(ROOT, ["agreement", ana, ben, "--data", data])
    assert done.exit_code == 0, done.output
    assert "Study of P01, P01: Ana and Ben" in done.stdout
    assert "kappa 0.780" in done.stdout
    assert "Codes of this stream may overlap" in done.stdout


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_a_file(coded: tuple[str, str, str], tmp_path: Path, kind: str) -> None:
    data, ana, ben = coded
    out = tmp_path / f"agreement.{kind}"
    assert RUNNER.invoke(ROOT, ["agreement", ana, ben, "--data", data, "--out", str(out)]).exit_code == 0
    assert out.stat().st_size > 200


def test_a_kept_run_can_be_opened(coded: tuple[str, str, str]) -> None:
    data, ana, ben = coded
    done = RUNNER.invoke(ROOT, ["agreement", ana, ben, "--data", data, "--json", "--keep"])
    run = json.loads(done.stdout)["run"]
    lab = open_lab(Path(data), sample=False)
    assert agreement.get_run(lab, people.first(lab), run).run_id == run
    lab.close()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--unit", "soon"], "--unit soon is not a time"),
        (["--tolerance", "-1"], "below zero"),
        (["--unit", "0"], "0.001 s or more"),
        (["--out", "out.doc"], "no known ending"),
    ],
)
def test_wrong_options_say_what_to_do(coded: tuple[str, str, str], more: list[str], said: str) -> None:
    data, ana, ben = coded
    done = RUNNER.invoke(ROOT, ["agreement", ana, ben, "--data", data, *more])
    assert done.exit_code == 6
    assert said in done.stderr


def test_an_unknown_coding(coded: tuple[str, str, str]) -> None:
    data, ana, _ = coded
    done = RUNNER.invoke(ROOT, ["agreement", ana, "nothing", "--data", data, "--json"])
    assert done.exit_code == 3
    assert "There is no coding nothing" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(("text", "us"), [("1", 1_000_000), ("0.04", 40_000), ("1e-3", 1000), ("0.000001", 1), (None, None)])
def test_seconds_become_whole_microseconds(text: str | None, us: int | None) -> None:
    assert microseconds(text, "--unit") == us


@pytest.mark.parametrize("text", ["", "one", "0.0000001", "nan", "inf", "1,5"])
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(Invalid, match="--unit"):
        microseconds(text, "--unit")


ANA = "onset_s,offset_s,code\n0,10,a\n10,18,b\n20,31,a\n33,45,c\n50,,p\n"
BEN = "Start;Stop;Behavior\n0,5;11;a\n11;17;b\n21;30;c\n33;44;c\n50,4;;p\n"


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """Two event lists; the second is of another tool, with its own columns, semicolons and decimal commas."""
    (tmp_path / "ana.csv").write_text(ANA, encoding="utf-8")
    (tmp_path / "ben.csv").write_text("onset,offset,code\n0.5,11,a\n11,17,b\n21,30,c\n33,44,c\n50.4,,p\n", encoding="utf-8")
    return ["--file", str(tmp_path / "ana.csv"), "--file", str(tmp_path / "ben.csv"), "--data", str(tmp_path / "nowhere")]


def test_files_of_any_tool(files: list[str], tmp_path: Path) -> None:
    done = RUNNER.invoke(ROOT, ["agreement", *files, "--span", "0:60", "--json", "--statistic", "duration_kappa"])
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    (row,) = found["results"]
    # Seconds, a/b/c/p/none: a 10+11 by the first, of those 9.5 a, 9 c, 2.5 none; b 8: 6 b, 1 a, 1 none; c 12: 11 c, 1 none;
    # none 19: all none but nothing else. Agreed 9.5 + 6 + 11 + 19 = 45.5 of 60.
    assert row["observed"] == pytest.approx(45.5 / 60)
    assert found["coders"] == ["ana", "ben"]
    assert len(found["files"][0]["sha256"]) == 64
    assert not (tmp_path / "nowhere").exists()
    shown = RUNNER.invoke(ROOT, ["agreement", *files, "--span", "0:60"])
    assert "timed_alignment_kappa" in shown.stdout
    assert "point_matching" in shown.stdout


def test_a_curve_over_units(files: list[str]) -> None:
    asked = ["--span", "0:60", "--statistic", "time_unit_kappa", "--curve", "unit=0.5,1,2", "--json"]
    found = json.loads(RUNNER.invoke(ROOT, ["agreement", *files, *asked]).stdout)
    assert [(row["of"], row["n"]) for row in found["results"]] == [("unit 0.5", 120), ("unit 1", 60), ("unit 2", 30)]
    wider = ["--span", "0:60", "--statistic", "timed_alignment_kappa", "--curve", "tolerance=0.1,1", "--json"]
    narrow, wide = json.loads(RUNNER.invoke(ROOT, ["agreement", *files, *wider]).stdout)["results"]
    assert narrow["value"] < wide["value"]


def test_columns_are_mapped(files: list[str], tmp_path: Path) -> None:
    (tmp_path / "ana.csv").write_text(BEN, encoding="utf-8")
    (tmp_path / "ben.csv").write_text(BEN, encoding="utf-8")
    columns = ["--column", "onset=Start", "--column", "offset=Stop", "--column", "code=Behavior"]
    done = RUNNER.invoke(ROOT, ["agreement", *files, *columns, "--json", "--statistic", "easydiag"])
    assert json.loads(done.stdout)["results"][0]["value"] == 1
    wrong = RUNNER.invoke(ROOT, ["agreement", *files])
    assert wrong.exit_code == 6
    assert "has no column for onset. Say which one it is: --column onset=NAME. It has: Start, Stop, Behavior" in wrong.stderr


def test_sessions_give_an_interval_and_a_plan(files: list[str], tmp_path: Path) -> None:
    rows = ["coder,session,onset,offset,code"]
    for session in range(12):
        for coder in ("ana", "ben"):
            late = session / 10 * (coder == "ben")
            rows += [f"{coder},s{session},{late},{10 + late},a", f"{coder},s{session},{10 + late},{20 + late},b"]
    (tmp_path / "all.csv").write_text("\n".join([*rows, "ana,alone,0,1,a"]), encoding="utf-8")
    call = ["agreement", "--file", str(tmp_path / "all.csv"), "--statistic", "duration_kappa", "--width", "0.1", "--json"]
    found = json.loads(RUNNER.invoke(ROOT, [*call, "--resamples", "200"]).stdout)
    (row,) = found["results"]
    assert row["interval"][0] < row["value"] < row["interval"][1]
    assert row["interval_method"] == "bootstrap over 12 sessions, percentile, 200 resamples"
    assert row["plan"]["sessions_needed"] > 1
    assert found["sessions_of_one_coder"] == ["alone"]
    scores = ["--statistic", "icc", "--option", "form=ICC3", "--json"]
    icc = RUNNER.invoke(ROOT, ["agreement", "--file", str(tmp_path / "all.csv"), *scores])
    assert "latency_s of a" in {row["of"] for row in json.loads(icc.stdout)["results"]}


@pytest.mark.parametrize(
    ("more", "code", "said"),
    [
        (["--statistic", "kapa"], 6, "There is no statistic called 'kapa'"),
        (["--statistic", "easydiag", "--option", "overlapp=1"], 6, "None of easydiag has an option 'overlapp'"),
        (["--option", "overlap"], 6, "Give it as KEY=VALUE"),
        (["--span", "sixty"], 6, "--span sixty cannot be read"),
        (["--times", "h"], 6, "--times h does not exist"),
        (["--statistic", "icc", "--out", "x.doc"], 6, "no known ending"),
        (["--statistic", "cohen_kappa", "--unit", "0"], 6, "0.001 s or more"),
        (["an-id"], 2, "give codings or --file, not both"),
    ],
)
def test_wrong_calls_with_files(files: list[str], more: list[str], code: int, said: str) -> None:
    done = RUNNER.invoke(ROOT, ["agreement", *files, *more])
    assert done.exit_code == code, done.output
    assert said in done.stderr


def test_a_unit_of_zero_breaks_a_rule(coded: tuple[str, str, str]) -> None:
    data, ana, ben = coded
    assert RUNNER.invoke(ROOT, ["agreement", ana, ben, "--data", data, "--unit", "0"]).exit_code == 6


def test_any_statistic_of_two_codings(coded: tuple[str, str, str]) -> None:
    data, ana, ben = coded
    asked = ["--statistic", "duration_kappa", "--statistic", "timed_alignment_kappa", "--json"]
    found = json.loads(RUNNER.invoke(ROOT, ["agreement", ana, ben, "--data", data, *asked]).stdout)
    rows = {(row["statistic"], row["stream"]): row for row in found["results"]}
    assert rows["duration_kappa", "face"]["value"] == pytest.approx(32 / 41)  # by hand in tests/workflow/test_agreement.py
    assert found["coders"][0]["coder"] == "Ana"


def test_the_list_explains_every_statistic(tmp_path: Path) -> None:
    done = RUNNER.invoke(ROOT, ["agreement", "--list", "--data", str(tmp_path)])
    lines = done.stdout.splitlines()
    assert len(lines) == len(STATISTICS)
    assert all("?" in line and line.endswith("]") for line in lines)
    found = json.loads(RUNNER.invoke(ROOT, ["agreement", "--list", "--json", "--data", str(tmp_path)]).stdout)
    assert {row["id"] for row in found} == set(STATISTICS)


def test_worked_cases(tmp_path: Path) -> None:
    path = Path(__file__).parents[1] / "agreement" / "agreement-cases.json"
    every = json.loads(path.read_text(encoding="utf-8"))["cases"]
    few = [case for case in every if case["statistic"] in ("cohen_kappa", "icc", "easydiag", "bootstrap_ci")]
    (tmp_path / "few.json").write_text(json.dumps(few), encoding="utf-8")
    done = RUNNER.invoke(ROOT, ["agreement", "cases", str(tmp_path / "few.json"), "--json"])
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert [row["id"] for row in found] == [case["id"] for case in few]
    assert all(row["passed"] and {"id", "passed", "got", "expected"} <= set(row) for row in found)
    few[0]["expected"] = {"kappa": 0.9}
    (tmp_path / "few.json").write_text(json.dumps(few[:1]), encoding="utf-8")
    wrong = RUNNER.invoke(ROOT, ["agreement", "cases", str(tmp_path / "few.json")])
    assert wrong.exit_code == 1
    assert "0 of 1 cases pass." in wrong.stdout


def test_check_own(tmp_path: Path) -> None:
    assert "There are no statistics" in RUNNER.invoke(ROOT, ["agreement", "check-own", "--data", str(tmp_path)]).stdout
    folder = tmp_path / "statistics"
    folder.mkdir(mode=0o755)
    (folder / "wrong.py").write_text("x = 1\ny = z\n", encoding="utf-8")
    (folder / "wrong.py").chmod(0o644)
    done = RUNNER.invoke(ROOT, ["agreement", "check-own", "--data", str(tmp_path)])
    assert done.exit_code == 6
    assert "wrong.py, line 2: NameError" in done.stderr
