"""A lab's own statistics: found, run, checked; refused with file and line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from coder_app.agreement import STATISTICS, UnitTable, compute, contract, own
from coder_app.errors import AgreementError

GOOD = '''
from dataclasses import dataclass

from coder_app.agreement import AgreementResult, Statistic, UnitTable
from coder_app.agreement.result import undefined
from coder_app.errors import AgreementError


@dataclass(frozen=True)
class Options:
    pass


def share_alike(data, options=Options()):
    """The share of units alike.

    Parameters
    ----------
    data : units of two coders.

    Returns
    -------
    ``value`` in [0, 1]. Source: our lab's manual.
    """
    if data.n_coders != 2:
        raise AgreementError("Two coders.")
    if not len(data.codes):
        return undefined("share_alike", "no_units")
    return AgreementResult("share_alike", float((data.codes[:, 0] == data.codes[:, 1]).mean()))


ENTRIES = (Statistic("share_alike", share_alike, Options, (UnitTable,), (2, 2), "How many units are alike?", "our manual"),)
'''


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    (tmp_path / "statistics").mkdir(mode=0o755)
    before = dict(STATISTICS)
    yield tmp_path
    STATISTICS.clear()
    STATISTICS.update(before)


def put(folder: Path, text: str, name: str = "ours.py") -> Path:
    path = folder / "statistics" / name
    path.write_text(text, encoding="utf-8")
    path.chmod(0o644)
    return path


def test_a_statistic_of_the_lab_joins_the_registry(folder: Path) -> None:
    path = put(folder, GOOD)
    (entry,) = own.load(folder)[path]
    assert list(contract.problems(entry)) == []
    assert compute("share_alike", UnitTable.of([["a", "a"], ["a", "b"]])).value == 0.5
    own.load(folder)  # again, as a second command in one program would


def test_no_folder_is_nothing(tmp_path: Path) -> None:
    assert own.load(tmp_path) == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = 1\n\nx = = 2\n", r"ours.py, line 3: invalid syntax"),
        ("x = 1\nraise ValueError('no')\n", r"ours.py, line 2: ValueError: no"),
        ("import nothing_of_this_name\n", r"ours.py, line 1: ModuleNotFoundError"),
        ("x = 1\n", r"ours.py lists no statistics. End it with ENTRIES"),
        ("ENTRIES = (1,)\n", r"lists no statistics"),
        (
            GOOD.replace('"share_alike", share_alike', '"cohen_kappa", share_alike'),
            r"ours.py: There is .*'cohen_kappa' already",
        ),
    ],
)
def test_what_is_wrong_is_said_with_file_and_line(folder: Path, text: str, said: str) -> None:
    put(folder, text)
    with pytest.raises(AgreementError, match=said):
        own.load(folder)


@pytest.mark.skipif(not hasattr(__import__("os"), "getuid"), reason="no owners of files here")
def test_what_others_may_write_to_is_not_run(folder: Path) -> None:
    path = put(folder, "raise SystemExit('was run')")
    path.chmod(0o646)
    with pytest.raises(AgreementError, match="chmod go-w"):
        own.load(folder)
    path.chmod(0o644)
    (folder / "statistics").chmod(0o777)
    with pytest.raises(AgreementError, match="Others may write"):
        own.load(folder)


def test_no_compiled_files_are_left(folder: Path) -> None:
    put(folder, GOOD)
    own.load(folder)
    assert [path.name for path in (folder / "statistics").iterdir()] == ["ours.py"]
