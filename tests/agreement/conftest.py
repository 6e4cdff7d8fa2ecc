"""Streams and marks in seconds, for the tests of what is computed from them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from coder_app.agreement.timed.marks import Marks
from coder_app.model.interval import Spans
from coder_app.model.scheme import Code, Stream


def _stream(states: str = "", points: str = "", *, exclusive: bool = True, exhaustive: bool = False) -> Stream:
    """Codes named by words; every stream also has the implied `unscorable`."""
    codes = [Code(id=c, name=c, kind="state") for c in states.split()]
    codes += [Code(id=c, name=c, kind="point") for c in points.split()]
    codes.append(Code(id="unscorable", name="Unscorable", kind="state", unscorable=True, implied=True))
    kind = "state" if states else "point"
    return Stream("s", "S", "infant", kind, exclusive or exhaustive, exhaustive, tuple(codes))


def _marks(span: list[tuple[float, float]], *marked: tuple[float, float | None, str]) -> Marks:
    """(onset, offset, code) in seconds; offset None is a point."""

    def us(seconds: float) -> int:
        return round(seconds * 1_000_000)

    return Marks(
        Spans.of((us(a), us(b)) for a, b in span),
        tuple((us(a), us(b), code) for a, b, code in marked if b is not None),
        tuple((us(a), code) for a, b, code in marked if b is None),
    )


@pytest.fixture
def stream() -> Callable[..., Stream]:
    return _stream


@pytest.fixture
def marked() -> Callable[..., Marks]:
    return _marks


@pytest.fixture
def minute() -> Spans:
    return Spans(((0, 60_000_000),))
