"""docs/studio.md names what there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from coder_app.shipped import shipped
from coder_app.studio import script
from coder_app.studio.acts import ACTS

PAGE = (Path(__file__).parents[2] / "docs" / "studio.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("stream", ACTS)
def test_every_act_is_listed_in_order(stream: str) -> None:
    (row,) = re.findall(rf"^\| `{stream}` \| (.*) \|$", PAGE, re.MULTILINE)
    assert tuple(re.findall(r"`(\w+)`", row)) == ACTS[stream]


@pytest.mark.parametrize("path", sorted(shipped("sample_data").glob("*/script.yaml")), ids=lambda path: path.parent.name)
def test_every_clip_is_listed_with_length_and_scheme(path: Path) -> None:
    read = script.read(path)
    name = f"{read.id.partition('-')[0].upper()} {read.name}"
    assert f"| {name} | {read.length_us // 1_000_000} | {read.scheme} |" in PAGE


def test_the_example_is_a_script() -> None:
    example = PAGE.split("```yaml\n")[1].split("```")[0]
    assert script.parse(example, "docs/studio.md").n_frames == 1500
