"""Pictures for pages and documents are frames of the clip, and what cannot be made says why."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from coder_app.errors import Invalid
from coder_app.studio.scene import Scene
from coder_app.studio.script import Script
from coder_app.studio.showing import loop, still
from coder_app.studio.stage import Stage


def test_a_still_is_the_frame_of_that_time(c1: Script, tmp_path: Path) -> None:
    still(c1, 1_039_999, tmp_path / "c1.png")  # 25 frames a second: 1.0 to 1.04 s is frame 25
    drawn = Stage(c1.cast, c1.size).draw(Scene(c1).at(25))
    assert np.array_equal(cv2.imread(str(tmp_path / "c1.png")), drawn)


def test_a_loop_has_every_second_frame_and_lasts_as_long_as_the_stretch(c1: Script, tmp_path: Path) -> None:
    loop(c1, 5_000_000, 5_400_000, tmp_path / "c1.webp")
    read, animation = cv2.imreadanimation(str(tmp_path / "c1.webp"))
    assert read
    assert len(animation.frames) == 5  # 0.4 s at 25 frames a second, every second one
    assert list(animation.durations) == [80] * 5


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda script, folder: still(script, 40_000_000, folder / "a.png"), "lasts from 0 to 40 s"),
        (lambda script, folder: still(script, 0, folder / "a.xyz"), "end in .png or .webp"),
        (lambda script, folder: loop(script, 2_000_000, 2_000_000, folder / "a.webp"), "has no frames"),
        (lambda script, folder: loop(script, 0, 1_000_000, folder / "a.png"), "end in .webp"),
    ],
)
def test_what_cannot_be_made_says_why(act: object, said: str, c1: Script, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match=said):
        act(c1, tmp_path)  # type: ignore[operator]
