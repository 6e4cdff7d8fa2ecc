"""What the Videos page says of a working copy, and what it offers."""

from __future__ import annotations

from typing import Any

import pytest

from coder_app.web.views import video_list

VIDEO: dict[str, Any] = {
    "id": "v1",
    "name": "visit.mp4",
    "info": {"measured_fps": "25/1", "width": 320, "height": 180, "has_audio": True},
    "missing": False,
    "problems": [],
    "length_us": 1_000_000,
    "end_us": 1_000_000,
    "frame_count": 25,
}


@pytest.mark.parametrize(
    ("working_copy", "under_way", "said", "offered"),
    [
        ("needed", True, "making a working copy", False),
        ("needed", False, "no working copy: cancelled", True),  # its job was cancelled
        ("failed", False, "working copy failed", True),
        ("ready", False, "ready, with a working copy", False),
        ("not_needed", False, "ready", False),
    ],
)
def test_a_copy_that_nobody_makes_is_told_and_can_be_asked_for(
    working_copy: str, under_way: bool, said: str, offered: bool
) -> None:
    video = VIDEO | {"working_copy": working_copy}
    for may_edit in (True, False):
        *_, state, actions = video_list._line(video, video_list._copy_state(video, under_way), may_edit).cells
        assert state.text == said
        assert ("again" in [action.name for action in actions.actions]) == (offered and may_edit)
