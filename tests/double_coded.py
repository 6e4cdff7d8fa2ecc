"""A lab with one observation coded twice and by a key, small enough to compute by hand; no video file is needed.

The observation lasts 10 s at 25 frames a second; the container's first frame is at 2 s. Coded with play-mini (below):
face (exclusive, exhaustive): Ana smile 0-4, neutral 4-10; Ben smile 0-5, neutral 5-9, unscorable 9-10.
acts (codes may overlap, watched 0-10): Ana pat 2-6, beep at 3; Ben pat 3-6, beep at 3.4 and 8.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from coder_app.codebook import load
from coder_app.media import frames
from coder_app.model.scheme import Scheme
from coder_app.workflow import codings, people, studies
from coder_app.workflow.lab import Lab

Row = dict[str, Any]
S = 1_000_000
FRAME_US = 40_000
FIRST_US = 2 * S

SOURCE = """
id: play-mini
version: "{version}"
name: Play, small example
status: original
citations: [Own wording]
licence_note: Free to use and change.
purpose: A scheme for tests.
age_months: [2, 12]
setting: Face to face.
analysis: {{unit_s: 1.0, tolerance_s: [0.5, 1.0]}}
passes:
  - {{id: p1, name: All, streams: [face, acts], hide: none, mute: false}}
  - {{id: p2, name: Rating, streams: [overall], hide: none, mute: false}}
modifiers:
  - {{id: marked, short: M, name: Marked, hotkey: "m"}}
streams:
  - id: face
    name: Face
    actor: infant
    kind: state
    exclusive: true
    exhaustive: true
    codes:
      - {{id: smile, short: IFS, name: Smile, hotkey: "s", definition: Lip corners up.}}
      - {{id: neutral, short: IFN, name: Neutral, hotkey: "n", definition: Relaxed.}}
      - {{id: unscorable, short: IFU, name: Unscorable, hotkey: "u", unscorable: true, definition: Not visible.}}
  - id: acts
    name: Acts
    actor: caregiver
    kind: state
    exclusive: false
    codes:
      - {{id: pat, short: PAT, name: Pat, hotkey: "p", modifiers: [marked], definition: Taps softly.}}
      - {{id: {extra}, short: HLD, name: Hold, hotkey: "h", definition: Keeps a hand on.}}
      - {{id: beep, short: BEP, name: Beep, hotkey: "b", kind: point, definition: A short sound.}}
  - id: overall
    name: Overall
    actor: session
    kind: rating
    codes:
      - {{id: warmth, short: WRM, name: Warmth, hotkey: "1", definition: How warm., scale: {{per: session, min: 1, max: 5}}}}
"""


def source(version: str = "1.0", extra: str = "hold") -> str:
    return SOURCE.format(version=version, extra=extra)


def scheme(version: str = "1.0", extra: str = "hold") -> Scheme:
    return load.parse(source(version, extra), "play-mini.yaml")


def observation(lab: Lab, name: str = "P01") -> Row:
    """An observation of 250 frames in a study of its own."""
    person = people.first(lab)
    study = studies.add(lab, person, f"Study of {name}")
    media = lab.store.insert(
        "media",
        name="clip",
        path=f"media/{name}.mp4",
        copied=True,
        fingerprint=name,
        size_bytes=1,
        info={},
        frame_count=250,
        first_us=FIRST_US,
        end_us=10 * S,
        working_copy="not_needed",
        problems=[],
    )
    table = frames.FrameTimes(FIRST_US + np.arange(250, dtype=np.int64) * FRAME_US, FIRST_US + 10 * S)
    place = lab.folder.derived_of(media["id"])
    place.mkdir(parents=True, exist_ok=True)
    frames.save(table, place / "frames.npy")
    return studies.add_observation(lab, person, study["id"], name, media_id=media["id"])


def state(stream: str, code: str, onset: float, offset: float, **more: Any) -> Row:
    onset_us, offset_us = round(onset * S), round(offset * S)
    return {"kind": "state", "stream": stream, "code": code, "onset_us": onset_us, "offset_us": offset_us, **more}


def point(code: str, at: float, **more: Any) -> Row:
    return {"kind": "point", "stream": "acts", "code": code, "onset_us": round(at * S), **more}


ANA = [state("face", "smile", 0, 4), state("face", "neutral", 4, 10), state("acts", "pat", 2, 6), point("beep", 3)]
BEN = [
    state("face", "smile", 0, 5),
    state("face", "neutral", 5, 9),
    state("face", "unscorable", 9, 10),
    state("acts", "pat", 3, 6, modifiers={"marked": True}, comment="=1+1 unsure, soft"),
    point("beep", 3.4),
    point("beep", 8, comment="second"),
]
WATCHED = {"face": [[0, 10 * S]], "acts": [[0, 10 * S]]}


def coding(lab: Lab, observation_id: str, coder: str, events: list[Row], **more: Any) -> Row:
    """A coding with these events by a person of that name; submitted unless `submitted=False`."""
    person = people.named(lab, coder, role=more.pop("role", "researcher"))
    made, text = more.pop("scheme", None) or scheme(), more.pop("source", None) or source()
    watched = more.pop("watched", WATCHED)
    options = {"is_key": False, **more}
    return codings.import_coding(lab, observation_id, person["id"], made, text, events, watched, **options)


def pair(lab: Lab) -> tuple[Row, Row, Row]:
    """(observation, Ana's coding, Ben's coding)."""
    place = observation(lab)
    return place, coding(lab, place["id"], "Ana", ANA), coding(lab, place["id"], "Ben", BEN)
