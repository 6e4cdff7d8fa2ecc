"""Cells: exact seconds, guarded text, plain numbers."""

from __future__ import annotations

import csv
import doctest
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder_app.reports import cells
from coder_app.reports.cells import FORMULA_STARTS, Exact, csv_bytes, modifiers_text, plain, seconds


@pytest.mark.parametrize(
    ("us", "text"),
    [(0, "0.000000"), (5_200_001, "5.200001"), (-400_000, "-0.400000"), (3_600_000_000, "3600.000000"), (None, "")],
)
def test_seconds_are_exact(us: int | None, text: str) -> None:
    assert seconds(us) == text


@pytest.mark.parametrize("text", ["=1+1", "+49", "-5 s late", "@home", "\t=1", "\r=1", "\n=1"])
def test_formulas_are_guarded(text: str) -> None:
    assert plain(text) == f"'{text}"


@given(st.text())
def test_no_text_cell_begins_like_a_formula(text: str) -> None:
    assert not plain(text).startswith(FORMULA_STARTS)


def test_csv() -> None:
    rows = [{"a": Exact("-0.5"), "b": True, "c": None, "d": 'Ü, "x"\ny', "e": -3, "f": "-x"}]
    data = csv_bytes("abcdef", rows)
    assert data.startswith(b"a,b,c,d,e,f\n-0.5,true,,")
    (read,) = csv.DictReader(io.StringIO(data.decode()))
    assert read == {"a": "-0.5", "b": "true", "c": "", "d": 'Ü, "x"\ny', "e": "-3", "f": "'-x"}


def test_modifiers() -> None:
    assert modifiers_text({"channel": "face", "marked": True, "other": False, "none": None}) == "channel=face; marked"


def test_examples_in_docstrings() -> None:
    assert doctest.testmod(cells).failed == 0
