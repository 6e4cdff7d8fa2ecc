"""A small scheme, an observation of 60 s and operations on it, for tests that write codings."""

from __future__ import annotations

from typing import Any

from coder_app.model.ids import new_id, now
from coder_app.model.scheme import Code, LinkRule, Modifier, ModifierValue, Pass, Scale, Scheme, Stream
from coder_app.workflow import codings, people
from coder_app.workflow.lab import Lab

END_US = 60_000_000


def small_scheme() -> Scheme:
    """`play-mini` of the design notes: an exhaustive stream, one with overlapping codes, a point and a rating."""
    face = Stream(
        "infant_face", "Infant face", "infant", "state", True, True,
        (
            Code("smile", "Smile", "state", "s", "IFS", min_us=400_000),
            Code("neutral", "Neutral", "state", "n", "IFN", min_us=400_000),
            Code("unscorable", "Unscorable", "state", "u", "IFU", unscorable=True),
        ),
    )  # fmt: skip
    returns = Stream(
        "caregiver_return", "Caregiver returns", "caregiver", "state", False, False,
        (
            Code("facial_mirroring", "Facial mirroring", "state", "f", "MIF", modifiers=("marked", "channel")),
            Code("still_face", "Still-face", "state", "k", "CSF"),
            Code("violation", "Violation", "point", "v", "VIO"),
            Code("unscorable", "Unscorable", "state", None, "", unscorable=True, implied=True),
        ),
    )  # fmt: skip
    scale = Scale("session", 1, 9, ((1, "Low"), (9, "High")))
    rating = Stream(
        "sensitivity", "Sensitivity", "session", "rating", False, False,
        (Code("overall", "Sensitivity", "rating", "1", "SEN", scale=scale),),
    )  # fmt: skip
    channel = (ModifierValue("face", "Face", "f"), ModifierValue("mixed", "Mixed", "x"))
    return Scheme(
        id="play-mini",
        version="1.0",
        name="Play, small example",
        status="original",
        streams=(face, returns, rating),
        passes=(Pass("p1", "Infant face", ("infant_face",)), Pass("p2", "Returns", ("caregiver_return", "sensitivity"))),
        modifiers=(Modifier("marked", "Marked", "m"), Modifier("channel", "Channel", required=True, values=channel)),
        links=(
            LinkRule("serve", ("caregiver_return.facial_mirroring",), ("infant_face.smile",), "onset", (0, 2_000_000), True),
        ),
        impossible=(("caregiver_return.still_face", "caregiver_return.facial_mirroring"),),
    )


def observation_with_video(lab: Lab, name: str = "O-01") -> dict[str, Any]:
    """An observation whose video is a row only: 25 frames a second for 60 s, no file."""
    studies = lab.store.all("study")
    study = studies[0] if studies else lab.store.insert("study", name="Pilot")
    info = {"width": 640, "height": 360, "measured_fps": 25.0, "nominal_fps": "25", "has_audio": True}
    media = lab.store.insert(
        "media", name=f"{name}.mp4", path=f"/nowhere/{name}.mp4", copied=False, fingerprint="0" * 64, size_bytes=1, info=info,
        frame_count=1500, first_us=0, end_us=END_US, working_copy="not_needed", problems=[],
    )  # fmt: skip
    return lab.store.insert(
        "observation", study_id=study["id"], name=name, variables={}, media_id=media["id"], media_offset_us=0, episodes=[]
    )


def coder(lab: Lab, name: str = "Cleo", role: str = "researcher") -> dict[str, Any]:
    return people.named(lab, name, role)


def operation(kind: str, **fields: Any) -> dict[str, Any]:
    return {"id": new_id(), "kind": kind, "made_at": now(), "group": None, **fields}


def add(code: str, at: int | None, end: int | None = None, stream: str = "infant_face", **fields: Any) -> dict[str, Any]:
    """An `add`; a state unless `fields` says another `kind`. `group` belongs to the operation, the rest to the event."""
    group = fields.pop("group", None)
    event = {
        "id": new_id(), "kind": "state", "stream": stream, "code": code, "onset_us": at, "offset_us": end,
        "modifiers": {}, "comment": "", "unsure": False, "link": None, "late_us": 0, **fields,
    }  # fmt: skip
    return operation("add", event=event, group=group)


def cover(start: int, end: int, *streams: str) -> dict[str, Any]:
    return operation("cover", **{"pass": "p1", "streams": list(streams or ("infant_face",)), "from_us": start, "to_us": end})


def undo(of: dict[str, Any]) -> dict[str, Any]:
    return operation("undo", undoes=of["id"])


def redo(of: dict[str, Any]) -> dict[str, Any]:
    return operation("redo", undoes=of["id"])


def start_coding(lab: Lab, name: str = "Cleo", role: str = "researcher") -> tuple[dict[str, Any], str]:
    """A person and the id of a new coding of the lab's first observation by them, with the small scheme."""
    person = coder(lab, name, role)
    observation = lab.store.all("observation")[0]
    row = codings.start(lab, person, observation["id"], small_scheme(), "id: play-mini", person["id"])
    return person, row["id"]


def ids(operations: list[dict[str, Any]]) -> list[str]:
    return [one["id"] for one in operations]
