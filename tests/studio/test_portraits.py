"""The pictures and tables of docs/faces.md show what the studio draws."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import cv2
import numpy as np
import pytest

from coder_app.studio import faces, portraits
from coder_app.studio.looks import CAREGIVERS, INFANTS
from coder_app.studio.pose import Expression

DOCS = Path(__file__).parents[2] / "docs"
JPEG_LOSS = 2.0  # grey levels, on average; the pictures are kept at quality 90


@pytest.fixture(scope="module")
def drawn() -> dict[str, np.ndarray]:
    return portraits.sheets()


def test_the_pictures_are_what_is_drawn(drawn: dict[str, np.ndarray]) -> None:
    for name, picture in drawn.items():
        kept = cv2.imread(str(DOCS / "pictures" / name))
        assert kept is not None, name
        assert kept.shape == picture.shape, f"{name}: run `python -m coder_app.studio.portraits docs/pictures`"
        difference = float(np.abs(kept.astype(int) - picture).mean())
        assert difference < JPEG_LOSS, f"{name}: run `python -m coder_app.studio.portraits docs/pictures`"


def test_the_pictures_are_written_as_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small = np.full((8, 12, 3), 200, np.uint8)
    monkeypatch.setattr(portraits, "sheets", lambda: {"small.jpg": small})
    (path,) = portraits.write(tmp_path)
    kept = cv2.imread(str(path))
    assert kept is not None
    assert np.abs(kept.astype(int) - 200).max() <= 2


def test_everybody_and_every_expression_has_a_portrait() -> None:
    shown = {name for name, *_ in portraits.castings()}
    assert shown == {f"infant {key}" for key in INFANTS} | {f"caregiver {key}" for key in CAREGIVERS}
    assert {name for name, *_ in portraits.expressions()} == set(faces.INFANT) | set(faces.CAREGIVER)


def test_the_tables_list_everybody_and_every_number() -> None:
    text = (DOCS / "faces.md").read_text(encoding="utf-8")
    people = [look.who for look in INFANTS.values()] + [look.who for look in CAREGIVERS.values()]
    assert all(f"| {who.removeprefix('infant ')} |" in text for who in people)
    for number in fields(Expression):
        assert f"`{number.name}`" in text
