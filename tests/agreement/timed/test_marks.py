"""From a coding to numbers: spans, open bouts, implied unscorable time; on real codings."""

from __future__ import annotations

from coder_app.agreement.timed.marks import Marks, compared_span, marks, point_codes, state_codes, stream_timeline
from coder_app.agreement.timed.streams import Parameters, stream_agreement
from coder_app.model.coding import Coding
from coder_app.model.event import Event
from coder_app.model.interval import Spans
from coder_app.model.scheme import Code, Pass, Scheme, Stream

S = 1_000_000
FACE = Stream(
    "face",
    "Face",
    "infant",
    "state",
    exclusive=True,
    exhaustive=False,
    codes=(
        Code("smile", "Smile", "state"),
        Code("neutral", "Neutral", "state"),
        Code("burp", "Burp", "point"),
        Code("unscorable", "Unscorable", "state", unscorable=True, implied=True),
    ),
)
SCHEME = Scheme("x", "1.0", "X", "original", (FACE,), (Pass("p1", "P1", ("face",)),))
MINUTE = Spans(((0, 60 * S),))


def coding(watched: list[tuple[int, int]], *events: tuple[str, str, int, int | None]) -> Coding:
    made = [
        Event(f"e{i}", kind, "face", code, onset * S, None if offset is None else offset * S)
        for i, (kind, code, onset, offset) in enumerate(events)
    ]
    return Coding.restore(SCHEME, made, {"face": Spans.of((a * S, b * S) for a, b in watched)}, {"face": Spans()})


def test_an_open_bout_ends_with_the_watched_part_that_holds_its_onset() -> None:
    found = marks(coding([(0, 6), (8, 10)], ("state", "smile", 4, None)), "face")
    assert found.bouts == ((4 * S, 6 * S, "smile"),)
    assert found.span == Spans(((0, 6 * S), (8 * S, 10 * S)))


def test_an_open_bout_outside_what_was_watched_has_no_time() -> None:
    found = marks(coding([(0, 3)], ("state", "smile", 4, None)), "face")
    assert found.bouts == ((4 * S, 4 * S, "smile"),)
    assert stream_timeline(FACE, found, found, MINUTE).first.onset_us.tolist() == []


def test_open_bout_by_hand() -> None:
    # First: smile 2-open, watched 0-8: smile 2-8. Second: smile 2-5, neutral 5-10, watched 0-10. Compared 0-8.
    # 0-2 none none, 2-5 smile smile, 5-8 smile neutral: 5 of 8 s. rows smile 6 none 2; columns smile 3 neutral 3 none 2.
    # pe = (6x3 + 0x3 + 2x2) / 64 = 22/64; po = 40/64; kappa = 18/42.
    first = marks(coding([(0, 8)], ("state", "smile", 2, None)), "face")
    second = marks(coding([(0, 10)], ("state", "smile", 2, 5), ("state", "neutral", 5, 10)), "face")
    found = stream_agreement(FACE, first, second, MINUTE, Parameters())
    assert found.exact.percent.value == 5 / 8
    assert abs((found.exact.kappa.value or 0) - 18 / 42) < 1e-12
    assert found.time_unit.kappa["n"] == 8


def test_points_and_bouts_are_kept_apart() -> None:
    found = marks(coding([(0, 9)], ("point", "burp", 3, None), ("state", "unscorable", 5, 6)), "face")
    assert found == Marks(Spans(((0, 9 * S),)), ((5 * S, 6 * S, "unscorable"),), ((3 * S, "burp"),))


def test_unscorable_is_no_category() -> None:
    assert [c.id for c in state_codes(FACE)] == ["smile", "neutral"]
    assert [c.id for c in point_codes(FACE)] == ["burp"]


def test_compared_time_ends_with_the_observation() -> None:
    one = marks(coding([(0, 9)]), "face")
    assert compared_span(one, one, Spans(((0, 4 * S),))) == Spans(((0, 4 * S),))
