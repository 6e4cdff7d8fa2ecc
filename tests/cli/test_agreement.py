"""The command: JSON in full, text to read, files, errors with exit code 1."""

from __future__ import annotations

import json
from pathlib import Path

import double_coded
import pytest
from typer.testing import CliRunner

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
    assert done.exit_code in (1, 6)
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
