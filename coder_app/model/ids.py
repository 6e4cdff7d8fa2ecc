"""Ids and instants. Ids are UUID text; those of new things are UUIDv7 (RFC 9562), so they sort by the time they were made."""

from __future__ import annotations

import secrets
import time
import uuid
from datetime import UTC, datetime


def new_id() -> str:
    """A UUIDv7 as 36 characters: 48 bits of Unix milliseconds, version and variant, 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000
    bits = (milliseconds & (2**48 - 1)) << 80 | 0x7 << 76 | secrets.randbits(12) << 64 | 0b10 << 62 | secrets.randbits(62)
    return str(uuid.UUID(int=bits))


def split_id(operation_id: str, event_id: str) -> str:
    """The id of the later part when operation `operation_id` (UUID text) splits event `event_id`: their UUIDv5.

    The browser and the server each compute it, so it has to follow from what both know.
    """
    return str(uuid.uuid5(uuid.UUID(operation_id), event_id))


def now() -> str:
    """This instant as ISO 8601 in UTC, with milliseconds and Z: "2026-11-22T10:15:02.123Z"."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
