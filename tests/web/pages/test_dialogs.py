"""What dialogs read out of what is typed."""

from __future__ import annotations

import pytest

from coder_app.errors import Invalid
from coder_app.web.dialogs.observation_dialogs import variables_of


def test_variables_are_lines_of_name_and_value() -> None:
    assert variables_of(" site: Leipzig \n\nnote: a: b\nempty:") == {"site": "Leipzig", "note": "a: b", "empty": ""}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("site: Jena\nno colon", "'no colon' is not of the form"),
        (": value", "': value' is not"),
        ("Site: a\nsite: b", "site is given twice"),
    ],
)
def test_a_line_that_is_no_variable_is_told_and_not_dropped(text: str, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        variables_of(text)
