"""Ids and instants."""

from __future__ import annotations

import re
import time
import uuid

from coder_app.model import ids


def test_a_new_id_is_a_version_7_uuid_of_now():
    before = time.time_ns() // 1_000_000
    made = uuid.UUID(ids.new_id())
    assert made.version == 7
    assert made.variant == uuid.RFC_4122
    assert before <= made.int >> 80 <= time.time_ns() // 1_000_000


def test_new_ids_differ_and_sort_by_time():
    first = ids.new_id()
    time.sleep(0.002)
    assert first < ids.new_id()
    assert len({ids.new_id() for _ in range(1000)}) == 1000


def test_a_split_id_is_the_uuid5_of_the_event_id_in_the_operation():
    # RFC 9562, appendix A.4: UUIDv5 of "www.example.com" in the DNS namespace.
    assert ids.split_id("6ba7b810-9dad-11d1-80b4-00c04fd430c8", "www.example.com") == "2ed6657d-e927-568b-95e1-2665a8aea6a2"


def test_now_is_utc_with_milliseconds():
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", ids.now())
