"""Labs and people for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import databases
import journal_kit
import pytest

from coder_app.workflow import people
from coder_app.workflow.lab import Lab
from coder_app.workflow.opening import open_lab


@pytest.fixture
def bare_lab(tmp_path: Path) -> Iterator[Lab]:
    """A lab with its first person and nothing else."""
    lab = open_lab(tmp_path / "data", sample=False)
    yield lab
    lab.close()


@pytest.fixture
def supervisor(bare_lab: Lab) -> dict[str, Any]:
    return people.first(bare_lab)


@pytest.fixture
def researcher(bare_lab: Lab) -> dict[str, Any]:
    return people.named(bare_lab, "Rita", role="researcher")


@pytest.fixture
def student(bare_lab: Lab) -> dict[str, Any]:
    return people.named(bare_lab, "Stan", role="student")


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[Lab]:
    """A lab on SQLite with one observation (`journal_kit`), no sample study."""
    found = open_lab(tmp_path / "data", sample=False)
    journal_kit.observation_with_video(found)
    yield found
    found.close()


@pytest.fixture(params=databases.KINDS)
def any_lab(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Lab]:
    """The same on each kind of database."""
    found = open_lab(tmp_path / "data", databases.address(request.param), sample=False)
    journal_kit.observation_with_video(found)
    yield found
    found.close()
