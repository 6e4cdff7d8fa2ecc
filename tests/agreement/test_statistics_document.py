"""docs/statistics.md explains every statistic there is, and every example in it runs and prints what it says."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

from coder_app.agreement import STATISTICS

PATH = Path(__file__).parents[2] / "docs" / "statistics.md"
TEXT = PATH.read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^### [^`\n]*`(\w+)`\n(.*?)(?=^##)", TEXT, flags=re.M | re.S))


def test_every_example_runs() -> None:
    # Fences would be taken for what an example prints.
    examples = re.sub(r"^```(python)?$", "", TEXT, flags=re.M)
    test = doctest.DocTestParser().get_doctest(examples, {}, PATH.name, str(PATH), 0)
    runner = doctest.DocTestRunner()
    runner.run(test)
    assert runner.summarize(verbose=False).failed == 0
    assert len(test.examples) > 2 * len(STATISTICS)


def test_every_statistic_is_explained_and_no_other() -> None:
    assert set(SECTIONS) == set(STATISTICS)


@pytest.mark.parametrize("name", sorted(STATISTICS))
def test_an_explanation_is_whole(name: str) -> None:
    assert all(f"- **{label}.** " in SECTIONS[name] for label in ("Answers", "Use it", "Not", "Report", "Source"))
    assert f'compute("{name}"' in SECTIONS[name]


def test_doubts_about_a_definition_are_told() -> None:
    doubtful = [name for name, entry in STATISTICS.items() if entry.uncertain]
    words = ("could not be", "as understood", "was not read", "are ours", "does not have", "could not")
    assert [name for name in doubtful if not any(word in " ".join(SECTIONS[name].split()) for word in words)] == []
