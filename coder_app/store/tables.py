"""The tables. Ids are text (UUIDv7) made by the app; instants are ISO 8601 UTC text; times on a clock are integer microseconds.

Deleting is moving into the bin: `binned_at` is set and the row stays until the bin is emptied.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Id = String(64)
Instant = String(32)

setting = Table(
    "setting",
    metadata,
    Column("name", String(64), primary_key=True),  # folder_id, port, media_roots, cookie_secret ...
    Column("value", JSON, nullable=False),
)

person = Table(
    "person",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("role", String(16), nullable=False),  # researcher | supervisor | student
    Column("made_at", Instant, nullable=False),
    Column("binned_at", Instant),
)

study = Table(
    "study",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False),
    Column("note", Text, nullable=False, default=""),
    Column("made_at", Instant, nullable=False),
    Column("binned_at", Instant),
)

media = Table(
    "media",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False),
    Column("path", Text, nullable=False),  # relative to the data folder when copied in, else absolute
    Column("copied", Boolean, nullable=False),
    Column("fingerprint", String(64), nullable=False),  # of the content; finds a moved file again
    Column("size_bytes", BigInteger, nullable=False),
    Column("info", JSON, nullable=False),  # media.probe.MediaInfo
    Column("frame_count", Integer, nullable=False),
    Column("first_us", BigInteger, nullable=False),  # container time of the first frame
    Column("end_us", BigInteger, nullable=False),  # end on the media's own clock, first frame = 0
    Column("working_copy", String(16), nullable=False),  # not_needed | needed | ready | failed
    Column("problems", JSON, nullable=False),  # list of sentences
    Column("made_at", Instant, nullable=False),
    Column("binned_at", Instant),
)

region = Table(
    "region",  # a part of a video's picture whose motion is measured
    metadata,
    Column("id", Id, primary_key=True),
    Column("media_id", Id, ForeignKey("media.id"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("x", Integer, nullable=False),  # left edge and top, width and height: ten-thousandths of the picture's
    Column("y", Integer, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("person_id", Id, nullable=False),  # who drew it
    Column("made_at", Instant, nullable=False),
)

observation = Table(
    "observation",
    metadata,
    Column("id", Id, primary_key=True),
    Column("study_id", Id, ForeignKey("study.id"), nullable=False, index=True),
    Column("name", Text, nullable=False),  # the pseudonymous id
    Column("age_months", JSON),  # a number, or null
    Column("variables", JSON, nullable=False),  # free variables: name -> text
    Column("media_id", Id, ForeignKey("media.id"), index=True),
    Column("media_offset_us", BigInteger, nullable=False, default=0),
    Column("episodes", JSON, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("binned_at", Instant),
)

scheme_version = Table(
    "scheme_version",
    metadata,
    Column("id", Id, primary_key=True),  # sha256 of the canonical JSON, first 32 hex digits
    Column("scheme_id", String(64), nullable=False),
    Column("version", String(32), nullable=False),
    Column("name", Text, nullable=False),
    Column("body", JSON, nullable=False),  # Scheme.to_json()
    Column("source", Text, nullable=False),  # the YAML text it was read from
    Column("made_at", Instant, nullable=False),
)

coding = Table(
    "coding",
    metadata,
    Column("id", Id, primary_key=True),
    Column("observation_id", Id, ForeignKey("observation.id"), nullable=False, index=True),
    Column("person_id", Id, ForeignKey("person.id"), nullable=False, index=True),
    Column("scheme_version_id", Id, ForeignKey("scheme_version.id"), nullable=False),
    Column("state", String(16), nullable=False),  # open | submitted | recovered
    Column("is_key", Boolean, nullable=False, default=False),  # a gold key, readable by supervisors as a coder
    Column("label", Text, nullable=False, default=""),
    Column("revision", Integer, nullable=False, default=0),  # the count of committed operations
    Column("event_count", Integer, nullable=False, default=0),
    Column("recovered_from", Id, ForeignKey("coding.id"), index=True),
    Column("recovered_at", Integer),  # revision of the original on which the kept operations were made
    Column("recovered_writer", Id),
    Column("recovered_why", String(16)),  # conflict | submitted | binned | unlawful
    Column("pass_id", String(64)),  # the pass last worked in
    Column("made_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("binned_at", Instant),
)

operation = Table(
    "operation",
    metadata,
    Column("coding_id", Id, ForeignKey("coding.id"), primary_key=True),
    Column("seq", Integer, primary_key=True),  # 1, 2, 3 ...; the revision after it
    Column("id", Id, nullable=False, index=True),
    Column("writer", Id, nullable=False),
    Column("person_id", Id, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("body", Text, nullable=False),  # the operation as sent, JSON text
    Column("refused", Text),  # recovered versions: why, as JSON {"code", "message"}
    UniqueConstraint("coding_id", "id"),
    Index(None, "coding_id", "writer", "seq"),
)

step = Table(  # the undo history, derived from the journal like `event` and `span`
    "step",
    metadata,
    Column("coding_id", Id, ForeignKey("coding.id"), primary_key=True),
    Column("op", Id, primary_key=True),  # id of the operation
    Column("undone", Boolean, nullable=False),
    Column("place", Integer, nullable=False),  # 0, 1, 2 ... in the list `done`, or if undone in `undone`
    Column("entry", Text, nullable=False),  # Entry as JSON text: {"op", "group", "before"}
    Index(None, "coding_id", "undone", "place"),
)

event = Table(
    "event",
    metadata,
    Column("coding_id", Id, ForeignKey("coding.id"), primary_key=True),
    Column("id", Id, primary_key=True),
    Column("stream", String(64), nullable=False),
    Column("code", String(64), nullable=False),
    Column("onset_us", BigInteger),
    Column("offset_us", BigInteger),
    Column("body", Text, nullable=False),  # Event.to_json() as JSON text
    Index(None, "coding_id", "stream", "onset_us"),
)

span = Table(
    "span",
    metadata,
    Column("coding_id", Id, ForeignKey("coding.id"), primary_key=True),
    Column("stream", String(64), primary_key=True),
    Column("kind", String(16), primary_key=True),  # watched | own
    Column("from_us", BigInteger, primary_key=True),  # a row for each part, so that a commit writes only what changed
    Column("to_us", BigInteger, nullable=False),
)

played = Table(  # sums over the covers of the journal that say how fast they were played
    "played",
    metadata,
    Column("coding_id", Id, ForeignKey("coding.id"), primary_key=True),
    Column("pass_id", String(64), primary_key=True),
    Column("percent", Integer, primary_key=True, autoincrement=False),  # of the recorded speed
    Column("played_us", BigInteger, nullable=False),  # of the recording, what was played again counted again
)

submission = Table(
    "submission",
    metadata,
    Column("id", Id, primary_key=True),
    Column("coding_id", Id, ForeignKey("coding.id"), nullable=False, index=True),
    Column("revision", Integer, nullable=False),
    Column("person_id", Id, nullable=False),
    Column("reason", Text, nullable=False, default=""),
    Column("frozen", Text, nullable=False),  # events, spans, scheme version id, episodes as JSON text
    Column("made_at", Instant, nullable=False),
    Column("reopened_at", Instant),
    Column("reopened_by", Id),
    Column("reopen_reason", Text, nullable=False, default=""),
)

lease = Table(
    "lease",
    metadata,
    Column("coding_id", Id, ForeignKey("coding.id"), primary_key=True),
    Column("writer", Id, nullable=False),
    Column("browser", Id, nullable=False),
    Column("person_id", Id, nullable=False),
    Column("renewed_at", Instant, nullable=False),
)

agreement_run = Table(
    "agreement_run",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", Id, nullable=False),
    Column("first_coding_id", Id, ForeignKey("coding.id"), nullable=False),
    Column("second_coding_id", Id, ForeignKey("coding.id"), nullable=False),
    Column("options", JSON, nullable=False),
    Column("made_at", Instant, nullable=False),
)

job = Table(
    "job",
    metadata,
    Column("id", Id, primary_key=True),
    Column("task", String(64), nullable=False),
    Column("arguments", JSON, nullable=False),
    Column("about", Id, index=True),  # id of the thing worked on, for example a media id
    Column("label", Text, nullable=False),
    Column("state", String(16), nullable=False, index=True),  # waiting | running | done | failed | cancelled
    Column("progress", Integer, nullable=False, default=0),  # per mille
    Column("message", Text, nullable=False, default=""),
    Column("cancel", Boolean, nullable=False, default=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("worker", String(64)),
    Column("beat_at", Instant),
    Column("made_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("result", JSON),
)

log = Table(
    "log",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("made_at", Instant, nullable=False),
    Column("person_id", Id),
    Column("action", String(64), nullable=False),
    Column("about", Id),
    Column("detail", JSON, nullable=False),
)

upload = Table(
    "upload",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("received_bytes", BigInteger, nullable=False, default=0),
    Column("person_id", Id, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("checksum", LargeBinary),
)
