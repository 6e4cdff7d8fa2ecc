"""The small picture of a video keeps the shape of the video, however wide or high it is."""

from __future__ import annotations

import pytest

from coder_app.web.views.picture import picture


@pytest.mark.parametrize(
    ("info", "size"),
    [
        ({"width": 960, "height": 360}, (132, 50)),  # 360 * 132 / 960 = 49.5, to the even one
        ({"width": 1920, "height": 1080}, (107, 60)),  # 1920 * 60 / 1080 = 106.7
        ({"width": 1920, "height": 1080, "rotation": 90}, (34, 60)),  # 1080 * 60 / 1920 = 33.75
        ({}, (107, 60)),  # not probed yet: 16:9
    ],
)
def test_it_is_shown_whole(info: dict[str, int], size: tuple[int, int]) -> None:
    assert picture({"id": "one", "info": info}) == {"src": "/api/media/one/filmstrip", "width": size[0], "height": size[1]}


def test_without_a_video_there_is_none() -> None:
    assert picture(None) is None
