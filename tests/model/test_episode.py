"""Episodes: what is refused, and how bouts of a coding become them. Times of the adopted are worked by hand."""

from __future__ import annotations

import pytest
from journal_kit import add, cover, small_scheme

from coder_app.errors import Invalid
from coder_app.model.coding import Coding, apply
from coder_app.model.episode import Episode, in_order, of_bouts
from coder_app.model.event import Operation

S = 1_000_000


def ep(name: str, start_s: float, end_s: float, id: str = "") -> Episode:
    return Episode(id or name.lower(), name, int(start_s * S), int(end_s * S))


def test_touching_episodes_and_gaps_are_fine_and_come_by_onset() -> None:
    play, still, reunion = ep("Play", 0, 2), ep("Still-face", 2, 4), ep("Reunion", 5, 6)
    assert in_order([reunion, play, still], 6 * S) == [play, still, reunion]
    assert in_order([ep("Play", 0, 99)], 0) == [ep("Play", 0, 99)]  # no video yet: no end


@pytest.mark.parametrize(
    ("episodes", "said"),
    [
        ([ep("Play", 0, 2), ep("Still", 1.5, 3)], "Still begins at 00:00:01.500, before Play ends at 00:00:02.000"),
        ([ep("Play", 0, 2), ep("Inside", 0, 1)], "Inside begins at 00:00:00.000, before Play ends"),
        ([ep("Play", 2, 2)], "must end after it begins, at 00:00:02.000"),
        ([ep("Play", 0, 61)], "ends at 00:01:01.000, after the end of the observation. End it at 00:01:00.000"),
        ([Episode("p", "Play", -1, 5)], "whole microseconds from 0 on"),
        ([Episode("p", "Play", 0, 1.5)], "whole microseconds from 0 on"),  # type: ignore[arg-type]
        ([Episode("p", "Play", 0, 2**53)], "whole microseconds from 0 on"),
        ([ep("Play", 0, 1), ep("play", 1, 2, "other")], "The name play stands twice"),
        ([ep("Play", 0, 1), ep("Reunion", 1, 2, "play")], "The id play stands twice"),
        ([ep("Play", 0, 1, "a b")], "1 to 64 letters"),
        ([ep(f"E{n}", n / 10, n / 10 + 0.1) for n in range(201)], "at most 200 episodes, not 201"),
    ],
)
def test_what_cannot_be_is_refused_in_words(episodes: list[Episode], said: str) -> None:
    with pytest.raises(Invalid, match=said.replace("(", r"\(")):
        in_order(episodes, 60 * S)


def test_bouts_become_episodes_named_after_their_codes() -> None:
    coding = Coding(small_scheme())
    operations = [add("smile", 0), add("neutral", 2 * S), add("unscorable", 4 * S), add("smile", 5 * S), cover(0, 7 * S)]
    for one in operations:
        coding.take(apply(coding, Operation.from_json(one)))
    stream = coding.scheme.streams[0]
    before = [{"id": "e7", "name": "neutral", "onset_us": 0, "offset_us": 1}]
    found = of_bouts(coding, stream, before)
    times = [(one.name, one.onset_us // S, one.offset_us // S) for one in found]
    assert times == [("Smile", 0, 2), ("Neutral", 2, 4), ("Smile 2", 5, 7)]  # the last reaches to what was watched
    assert found[1].id == "e7"
    assert len({one.id for one in found}) == 3
