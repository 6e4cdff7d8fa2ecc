"""A coding as data to take away: events with seconds and frame numbers, spans, scheme. Files are made by `reports`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from coder_app import __version__
from coder_app.errors import MediaError, NotFound
from coder_app.model.clock import FrameTable
from coder_app.model.coding import Coding
from coder_app.model.event import Event
from coder_app.model.ids import now
from coder_app.model.scheme import Scheme
from coder_app.workflow import coding_access, codings, media
from coder_app.workflow.codings import CodingRecord
from coder_app.workflow.lab import Lab

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class CodingExport:
    """`about`: name -> value, what stands on the first sheet. `events`: one row an event, in order of stream and time, times in
    microseconds and frames, None where there is none. `spans`: (stream, kind, from_us, to_us) rows. `episodes`: those of the
    observation, as frozen with a submitted coding. `history` is not part of it: the journal stays in the data folder."""

    about: Row
    events: list[Row]
    spans: list[Row]
    scheme: Scheme
    episodes: list[Row]

    def to_json(self) -> Row:
        """With `id`, as everywhere in JSON: that of the coding, and of each event."""
        events = [{"id": event["event"]} | event for event in self.events]
        about = {"id": self.about["coding"], "about": self.about}
        return about | {"events": events, "episodes": self.episodes, "spans": self.spans, "scheme": self.scheme.to_json()}


def coding_export(lab: Lab, person: Row, coding_id: str, revision: int | None = None) -> CodingExport:
    """The coding as it stands, or as it was at `revision`: a submitted one as frozen. Raises NotFound, NotAllowed."""
    row = lab.store.get("coding", coding_id)
    if row is None or row["binned_at"] is not None:
        raise NotFound(f"There is no coding {coding_id}, or it is in the bin. See: coder-app coding list")
    coding_access.require(lab, person, "coding.view", row)
    record = codings.record(lab, coding_id, revision)
    frames, said = _frames(lab, record)
    about = _about(record) | {"frames": said}
    events = [_identity(about) | event for event in event_rows(record.coding, frames, record.episodes)]
    return CodingExport(about, events, span_rows(record.coding), record.scheme, record.episodes)


def event_rows(coding: Coding, frames: FrameTable | None, episodes: Sequence[Row] = ()) -> list[Row]:
    """Every event; open bouts end at their reach and say so. `offset_frame` is the first frame no longer in the bout, `episode`
    the id of the episode that a rating is of; `episode_name` names that, and of any other event the one it begins in."""
    rows = []
    order = {stream.id: i for i, stream in enumerate(coding.scheme.streams)}
    for event in sorted(coding.events.values(), key=lambda e: (order[e.stream], e.onset_us or 0, e.id)):
        is_open = event.kind == "state" and event.offset_us is None
        offset = coding.reach_us(event) if is_open else event.offset_us
        rows.append(
            {
                "stream": event.stream,
                "code": event.code,
                "kind": event.kind,
                "onset_us": event.onset_us,
                "offset_us": offset,
                "onset_frame": _frame(frames, event.onset_us),
                "offset_frame": _frame(frames, offset),
                "open": is_open,
                "link": _link(event),
                "modifiers": dict(event.modifiers),
                "comment": event.comment,
                "unsure": event.unsure,
                "late_us": event.late_us,
                "value": event.value,
                "episode": event.episode,
                "episode_name": _episode_name(event, episodes),
                "evidence_us": list(event.evidence_us),
                "event": event.id,
            }
        )
    return rows


def span_rows(coding: Coding) -> list[Row]:
    """Per stream the coded span (what the statistics use) and, under it, what was watched."""
    rows = []
    for stream in coding.scheme.streams:
        for kind, spans in (("coded", coding.span(stream.id)), ("watched", coding.watched[stream.id])):
            rows += [{"stream": stream.id, "kind": kind, "from_us": start, "to_us": end} for start, end in spans]
    return rows


def _about(record: CodingRecord) -> Row:
    return {
        "study": record.study["name"],
        "observation": record.observation["name"],
        "observation_id": record.observation["id"],
        "age_months": record.observation["age_months"],
        "end_us": record.end_us,
        "coding": record.id,
        "coder": record.coder,
        "is_key": record.is_key,
        "state": record.state,
        "revision": record.revision,
        "scheme": f"{record.scheme.id}@{record.scheme.version}",
        "scheme_name": record.scheme.name,
        "scheme_version_id": record.scheme_version_id,
        "software": f"coder-app {__version__}",
        "exported_at": now(),
    }


def _identity(about: Row) -> Row:
    """The columns that make a row of events understandable on its own."""
    names = ("study", "observation", "coding", "coder", "is_key", "state", "revision", "scheme", "software")
    return {name: about[name] for name in names}


def _frames(lab: Lab, record: CodingRecord) -> tuple[FrameTable | None, str]:
    """The frames of the observation's video on the observation's clock, and what to say of them. A coding can be taken away
    without its video: then there are times, and no frames."""
    if record.media is None:
        return None, "none: the observation has no video"
    try:
        times = media.frame_times(lab, record.media["id"])
    except MediaError as error:
        return None, f"none: {error}"
    shift = record.observation["media_offset_us"] - int(times.container_us[0])
    return FrameTable(times.container_us + shift, times.end_us + shift), f"those of {record.media['name']}, from 0"


def _frame(frames: FrameTable | None, t_us: int | None) -> int | None:
    if frames is None or t_us is None:
        return None
    return len(frames) if t_us >= frames.end_us else frames.frame_at(t_us)


def _episode_name(event: Event, episodes: Sequence[Row]) -> str | None:
    def holds(one: Row) -> bool:
        return one["id"] == event.episode or (
            event.onset_us is not None and one["onset_us"] <= event.onset_us < one["offset_us"]
        )

    return next((one["name"] for one in episodes if holds(one)), None)


def _link(event: Event) -> str | None:
    """Id of the event answered, "unprompted", or None for not answered."""
    if event.link is None:
        return None
    return event.link["to"] or "unprompted"
