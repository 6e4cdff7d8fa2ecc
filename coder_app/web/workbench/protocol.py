"""The one list of addresses, messages and fields that cross between browser and server. Mirrored by frontend/protocol.js."""

from __future__ import annotations

ROUTES = {
    "health": "/api/health",
    "me": "/api/me",
    "preferences": "/api/me/preferences",
    "keyCard": "/api/me/key-card",
    "coding": "/api/codings/{id}",
    "lease": "/api/codings/{id}/lease",
    "release": "/api/codings/{id}/release",
    "operations": "/api/codings/{id}/operations",
    "submit": "/api/codings/{id}/submit",
    "reopen": "/api/codings/{id}/reopen",
    "findings": "/api/codings/{id}/findings",
    "corrections": "/api/codings/{id}/corrections",
    "pass": "/api/codings/{id}/pass",
    "adoptEpisodes": "/api/codings/{id}/adopt-episodes",
    "episodes": "/api/observations/{id}/episodes",
    "video": "/api/media/{id}/video",
    "frames": "/api/media/{id}/frames",
    "waveform": "/api/media/{id}/waveform",
    "filmstrip": "/api/media/{id}/filmstrip",
    "filmstripIndex": "/api/media/{id}/filmstrip.json",
    "tracks": "/api/media/{id}/tracks",
    "spectrogram": "/api/media/{id}/spectrogram",
    "motion": "/api/media/{id}/motion",
    "regions": "/api/media/{id}/regions",
    "region": "/api/regions/{id}",
    "regionRemove": "/api/regions/{id}/remove",
    "regionMotion": "/api/regions/{id}/motion",
    "jobCancel": "/api/jobs/{id}/cancel",
}

HEADERS = {"offset_us": "X-Observation-Offset-Us", "end_us": "X-End-Us", "bin_us": "X-Bin-Us"}

OPERATION_KINDS = ("add", "change", "remove", "undo", "redo", "cover", "uncover")
EVENT_KINDS = ("state", "point", "rating")
EVENT_FIELDS = (
    "id",
    "kind",
    "stream",
    "code",
    "onset_us",
    "offset_us",
    "modifiers",
    "comment",
    "unsure",
    "link",
    "late_us",
)
RATING_FIELDS = ("value", "episode", "evidence_us")
OPERATION_FIELDS = ("id", "kind", "made_at", "group")
COVER_FIELDS = ("pass", "streams", "from_us", "to_us", "speed")
CODED_FIELDS = ("seen_us",)

BODIES = {
    "lease": ("writer", "browser", "take_over"),
    "release": ("writer",),
    "operations": ("writer", "after", "operations"),
    "submit": ("writer", "revision", "reason"),
    "reopen": ("reason",),
    "pass": ("pass",),
    "adoptEpisodes": ("stream",),
    "episodes": ("episodes", "before"),
    "preferences": ("person", "values"),
    "keyCard": ("title", "pass", "groups"),
    "region": ("name", "x", "y", "width", "height"),
}

ROOT_TESTID = "workbench"
ROOT_ATTRIBUTES = (
    "ready",
    "coding",
    "frame",
    "time-us",
    "playing",
    "revision",
    "pending",
    "seeking",
    "writable",
)

MOUNT_FIELDS = ("coding", "folder", "base")
