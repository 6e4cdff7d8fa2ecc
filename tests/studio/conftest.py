"""The two shipped scripts, and a small one that renders in a second."""

from __future__ import annotations

from pathlib import Path

import pytest

from coder_app.shipped import shipped
from coder_app.studio import script
from coder_app.studio.script import Script

SMALL = """
id: small
version: "1.0"
name: Small
scheme: serve-and-return-quick
length_s: 2.0
size: [256, 96]
fps: 25
seed: 5
scores: [infant_gaze, infant_voice]
streams:
  infant_gaze: [{at: 0, code: face}, {at: 0.8, code: object}]
  infant_voice: [{at: 0.4, to: 0.8, code: coo}]
  returns: [{at: 1.2, to: 1.6, code: vocal_mirroring}]
"""


@pytest.fixture(scope="session")
def c1() -> Script:
    return script.read(shipped("sample_data") / "c1-look" / "script.yaml")


@pytest.fixture(scope="session")
def c4() -> Script:
    return script.read(shipped("sample_data") / "c4-mirror" / "script.yaml")


@pytest.fixture(scope="session")
def small() -> Script:
    return script.parse(SMALL, "small.yaml")


@pytest.fixture(scope="session")
def small_clip(small: Script, tmp_path_factory: pytest.TempPathFactory) -> Path:
    from coder_app.studio.render import render

    path = tmp_path_factory.mktemp("studio") / "small.mp4"
    render(small, path)
    return path
