"""Labs and people for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from coder_app.workflow import people
from coder_app.workflow.lab import Lab, open_lab


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
