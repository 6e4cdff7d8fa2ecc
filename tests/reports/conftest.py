"""A double-coded lab, its export and its comparison."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import double_coded
import pytest

from coder_app.workflow import agreement, exports, people
from coder_app.workflow.agreement import Comparison
from coder_app.workflow.exports import CodingExport
from coder_app.workflow.lab import Lab
from coder_app.workflow.opening import open_lab


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    folder: Path = tmp_path_factory.mktemp("reports")
    lab = open_lab(folder / "data", sample=False)
    yield lab
    lab.close()


@pytest.fixture(scope="module")
def pair(lab: Lab) -> tuple[str, str]:
    _, ana, ben = double_coded.pair(lab)
    return ana["id"], ben["id"]


@pytest.fixture(scope="module")
def export(lab: Lab, pair: tuple[str, str]) -> CodingExport:
    return exports.coding_export(lab, people.first(lab), pair[1])


@pytest.fixture(scope="module")
def comparison(lab: Lab, pair: tuple[str, str]) -> Comparison:
    person = people.first(lab)
    run = agreement.save_run(lab, person, agreement.compare(lab, person, *pair))
    return agreement.get_run(lab, person, run)
