"""The key card: one page, whatever the keys are called, with the coder's own keys on it."""

from __future__ import annotations

import html
import re

import pytest

from coder_app.errors import Invalid
from coder_app.reports import key_card
from coder_app.reports.key_card import Group


def groups(count: int, rows: int) -> list[Group]:
    return [Group(f"Group {n}", tuple((("Ctrl Shift ←", "Num ÷"), f"Act {n}.{i}") for i in range(rows))) for n in range(count)]


def pages(page: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", page))


@pytest.mark.parametrize(("count", "rows"), [(1, 1), (6, 14), (10, 16)])
def test_it_is_one_page(count: int, rows: int) -> None:
    page = key_card.pdf("Ana", "Serve and return 1.0, infant face", groups(count, rows))
    assert page.startswith(b"%PDF")
    assert pages(page) == 1


def test_the_coders_own_keys_stand_on_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Glyphs of a PDF are not text; the words are read from what the page is set from."""
    import typst

    asked: list[dict[str, str]] = []
    compile_ = typst.compile
    monkeypatch.setattr(typst, "compile", lambda *a, **k: (asked.append(k["sys_inputs"]), compile_(*a, **k))[1])
    own = [Group("Play", ((("Alt Q",), "One second forward"),))]
    assert pages(key_card.pdf("Ana", "Play", own)) == 1
    assert '"Alt Q"' in asked[-1]["card"]
    assert '"One second forward"' in asked[-1]["card"]


def test_words_stay_words() -> None:
    """Nothing in a name is a command to the typesetter."""
    nasty = '#panic("x") [*a*] $x$ \\ " ' + html.unescape("&lt;&amp;&gt;")
    assert pages(key_card.pdf(nasty, nasty, [Group(nasty, (((nasty,), nasty),))])) == 1


def test_too_many_keys_are_refused() -> None:
    with pytest.raises(Invalid, match="do not fit on one page"):
        key_card.pdf("Ana", "", groups(50, 100))
