"""protocol.py and frontend/protocol.js name the same routes, headers and fields, and both name what the house really uses."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest
from coding_parity import node
from starlette.routing import Route

from coder_app.model.event import EVENT_KINDS, OPERATION_KINDS, Event
from coder_app.web import routes
from coder_app.web.routes import assets, codings, episodes, me, tracks
from coder_app.web.workbench import protocol

NAMES = (
    "ROUTES",
    "HEADERS",
    "OPERATION_KINDS",
    "EVENT_KINDS",
    "EVENT_FIELDS",
    "RATING_FIELDS",
    "OPERATION_FIELDS",
    "COVER_FIELDS",
    "CODED_FIELDS",
    "BODIES",
    "ROOT_TESTID",
    "ROOT_ATTRIBUTES",
    "MOUNT_FIELDS",
)


@pytest.fixture(scope="module")
def theirs() -> dict[str, Any]:
    address = (assets.WORKBENCH / "protocol.js").as_uri()
    script = f"import * as p from {json.dumps(address)}; console.log(JSON.stringify(p));"
    done = subprocess.run(
        [node(), "--input-type=module", "-e", script], capture_output=True, encoding="utf-8", check=True, timeout=60
    )
    return dict(json.loads(done.stdout))


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_say_the_same(theirs: dict[str, Any], name: str) -> None:
    assert theirs[name] == json.loads(json.dumps(getattr(protocol, name)))


def test_nothing_is_said_in_one_language_only(theirs: dict[str, Any]) -> None:
    ours = {name for name in vars(protocol) if name.isupper()}
    assert {name for name in theirs if name.isupper()} == ours == set(NAMES)


def test_kinds_and_fields_are_those_of_the_model() -> None:
    assert protocol.OPERATION_KINDS == OPERATION_KINDS
    assert protocol.EVENT_KINDS == EVENT_KINDS
    assert tuple(Event("e", "point", "s", "c", 0).to_json()) == protocol.EVENT_FIELDS
    assert tuple(Event("e", "rating", "s", "c", None).to_json()) == protocol.EVENT_FIELDS + protocol.RATING_FIELDS


def test_every_address_is_served() -> None:
    served = {route.path for route in routes.ALL if isinstance(route, Route)}
    assert set(protocol.ROUTES.values()) <= served


def test_bodies_are_those_the_routes_read() -> None:
    shapes = {
        "lease": codings.Lease,
        "operations": codings.Operations,
        "submit": codings.Submission,
        "reopen": codings.Reopening,
        "pass": codings.ChosenPass,
        "adoptEpisodes": episodes.Adopted,
        "episodes": episodes.Episodes,
        "preferences": me.Preferences,
        "keyCard": me.KeyCard,
        "region": tracks.Region,
    }
    for name, shape in shapes.items():
        read = {field.alias or key for key, field in shape.model_fields.items()}
        assert read == set(protocol.BODIES[name]), name
