"""A coding as data: exact times, frame numbers of the observation's video, open bouts, links, who may."""

from __future__ import annotations

from typing import Any

import double_coded
import journal_kit
import pytest

from coder_app.errors import NotAllowed, NotFound
from coder_app.workflow import codings, episodes, exports
from coder_app.workflow.lab import Lab

S = 1_000_000
Row = dict[str, Any]


def events(lab: Lab, person: Row, coding: Row) -> list[Row]:
    return exports.coding_export(lab, person, coding["id"]).events


def test_rows_are_in_order_and_name_where_they_belong(bare_lab: Lab, supervisor: Row) -> None:
    _, _, ben = double_coded.pair(bare_lab)
    rows = events(bare_lab, supervisor, ben)
    assert [(row["stream"], row["code"]) for row in rows] == [
        ("face", "smile"),
        ("face", "neutral"),
        ("face", "unscorable"),
        ("acts", "pat"),
        ("acts", "beep"),
        ("acts", "beep"),
    ]
    assert {(row["study"], row["observation"], row["coder"], row["scheme"]) for row in rows} == {
        ("Study of P01", "P01", "Ben", "play-mini@1.0")
    }
    assert rows[0]["software"].startswith("coder-app ")


def test_frames_are_those_of_the_video(bare_lab: Lab, supervisor: Row) -> None:
    # 25 frames a second from 0: 4 s is frame 100. The last bout ends with the video: 250, one past the last frame.
    _, ana, _ = double_coded.pair(bare_lab)
    smile, neutral, pat, beep = events(bare_lab, supervisor, ana)
    assert (smile["onset_frame"], smile["offset_frame"]) == (0, 100)
    assert (neutral["onset_frame"], neutral["offset_frame"]) == (100, 250)
    assert (pat["onset_frame"], pat["offset_frame"]) == (50, 150)
    assert (beep["onset_frame"], beep["offset_frame"], beep["offset_us"]) == (75, None, None)


def test_open_bouts_end_at_their_reach_and_say_so(bare_lab: Lab, supervisor: Row) -> None:
    place = double_coded.observation(bare_lab)
    event = double_coded.state("acts", "pat", 2, 0) | {"offset_us": None}
    half = double_coded.coding(bare_lab, place["id"], "Cora", [event], submitted=False, watched={"acts": [[0, 7 * S]]})
    (row,) = events(bare_lab, supervisor, half)
    assert (row["open"], row["onset_us"], row["offset_us"], row["offset_frame"]) == (True, 2 * S, 7 * S, 175)


def test_links(bare_lab: Lab, supervisor: Row) -> None:
    place = double_coded.observation(bare_lab)
    made = [
        double_coded.state("face", "smile", 0, 4, id="target"),
        double_coded.state("acts", "pat", 1, 2, link={"to": "target"}),
        double_coded.state("acts", "pat", 3, 4, link={"to": None}),
        double_coded.point("beep", 5),
    ]
    rows = events(bare_lab, supervisor, double_coded.coding(bare_lab, place["id"], "Ana", made))
    assert [row["link"] for row in rows] == [None, "target", "unprompted", None]


def test_spans_and_scheme_go_with_it(bare_lab: Lab, supervisor: Row) -> None:
    _, ana, _ = double_coded.pair(bare_lab)
    export = exports.coding_export(bare_lab, supervisor, ana["id"])
    assert {"stream": "acts", "kind": "coded", "from_us": 0, "to_us": 10 * S} in export.spans
    assert {"stream": "face", "kind": "watched", "from_us": 0, "to_us": 10 * S} in export.spans
    told = export.to_json()
    assert told["scheme"]["id"] == "play-mini"
    assert [event["id"] for event in told["events"]] == [event["event"] for event in export.events]


def test_who_may(bare_lab: Lab, supervisor: Row, researcher: Row) -> None:
    _, ana, _ = double_coded.pair(bare_lab)
    with pytest.raises(NotAllowed):
        exports.coding_export(bare_lab, researcher, ana["id"])
    codings.bin(bare_lab, supervisor, ana["id"])
    with pytest.raises(NotFound, match="in the bin"):
        exports.coding_export(bare_lab, supervisor, ana["id"])


def test_an_earlier_revision_is_as_it_was(bare_lab: Lab, supervisor: Row) -> None:
    journal_kit.observation_with_video(bare_lab)
    cleo, coding = journal_kit.start_coding(bare_lab)
    codings.commit(bare_lab, cleo, coding, "w1", 0, [journal_kit.add("smile", 0), journal_kit.add("neutral", 2 * S)])
    codes = [[e["code"] for e in exports.coding_export(bare_lab, supervisor, coding, n).events] for n in (0, 1, 2, None)]
    assert codes == [[], ["smile"], ["smile", "neutral"], ["smile", "neutral"]]
    with pytest.raises(NotFound, match="no revision 3"):
        exports.coding_export(bare_lab, supervisor, coding, 3)


def test_a_coding_can_be_taken_away_without_its_video(bare_lab: Lab, supervisor: Row) -> None:
    # the video of journal_kit's observation is nowhere, and neither is its table of frames
    journal_kit.observation_with_video(bare_lab)
    cleo, coding = journal_kit.start_coding(bare_lab)
    codings.commit(bare_lab, cleo, coding, "w1", 0, [journal_kit.add("smile", 0, 2 * S)])
    found = exports.coding_export(bare_lab, supervisor, coding)
    (row,) = found.events
    assert (row["onset_us"], row["offset_us"], row["onset_frame"], row["offset_frame"]) == (0, 2 * S, None, None)
    assert found.about["frames"].startswith("none: The video O-01.mp4 is not at")


def test_episodes_are_named(bare_lab: Lab, supervisor: Row) -> None:
    """Ana's smile is from 0 to 4 s, her pat begins at 2 s, her beep is at 3 s; the warm-up ends at 2 s, and 2 s is play."""
    place, ana, _ = double_coded.pair(bare_lab)
    now = [
        {"id": "w", "name": "Warm-up", "onset_us": 0, "offset_us": 2 * S},
        {"id": "p", "name": "Play", "onset_us": 2 * S, "offset_us": 3 * S},
    ]
    assert exports.coding_export(bare_lab, supervisor, ana["id"]).episodes == []  # it was submitted without
    codings.reopen(bare_lab, supervisor, ana["id"], "For the episodes.")
    episodes.keep(bare_lab, supervisor, place["id"], now, [])
    found = exports.coding_export(bare_lab, supervisor, ana["id"])
    assert found.episodes == found.to_json()["episodes"] == now
    assert {row["code"]: row["episode_name"] for row in found.events} == {
        "smile": "Warm-up", "neutral": None, "pat": "Play", "beep": None,
    }  # fmt: skip
