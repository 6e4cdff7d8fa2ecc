"""Who is at the screen: `GET /api/me`, `POST /api/me {"person": id}`, their preferences, and the chooser page `/who`."""

from __future__ import annotations

from html import escape
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from coder_app.errors import Conflict, NotFound
from coder_app.model.ids import new_id
from coder_app.reports import key_card
from coder_app.web import visitor
from coder_app.web.answers import answering, as_json, body, person_of, place_of, visitor_of
from coder_app.web.plain import plain_page
from coder_app.workflow import preferences


class Choice(BaseModel):
    person: str = Field(min_length=1, max_length=64)


class Preferences(BaseModel):
    """`values` of that person; None forgets one. Named, so that what one person left in a browser never becomes another's."""

    person: str = Field(min_length=1, max_length=64)
    values: dict[str, Any] = Field(max_length=preferences.MOST_NAMES)


def _shown(person: dict[str, Any] | None) -> dict[str, Any] | None:
    return None if person is None else {"id": person["id"], "name": person["name"], "role": person["role"]}


class KeyRow(BaseModel):
    keys: list[str] = Field(max_length=8)
    name: str = Field(max_length=120)


class KeyGroup(BaseModel):
    name: str = Field(max_length=120)
    rows: list[KeyRow] = Field(max_length=120)


class KeyCard(BaseModel):
    """The keys as the page shows them: the coder's own map, and the codes of the pass."""

    model_config = ConfigDict(str_strip_whitespace=True)
    title: str = Field(max_length=200)
    pass_name: str = Field(alias="pass", max_length=200)
    groups: list[KeyGroup] = Field(max_length=60)


@answering
async def me(request: Request) -> Response:
    """Also gives a browser without a cookie (possible only under --no-token) its browser id."""
    place, known = place_of(request), visitor_of(request)
    person = await run_in_threadpool(visitor.person_of, place, known, request.query_params.get("coding"))
    here = known or visitor.Visitor(new_id())
    answer = as_json({"person": _shown(person), "folder": place.folder_id, "browser": here.browser})
    if known is None:
        answer.headers["Set-Cookie"] = visitor.cookie_header(place, here)
    return answer


@answering
async def choose(request: Request) -> Response:
    place = place_of(request)
    choice = await body(request, Choice)
    person = place.lab.store.get("person", choice.person)
    if person is None or person["binned_at"] is not None:
        raise NotFound(f"There is no person with the id {choice.person}. Choose one of the people of this folder.")
    known = visitor_of(request)
    chosen = visitor.Visitor(new_id() if known is None else known.browser, person["id"])
    answer = as_json({"person": _shown(person), "folder": place.folder_id, "browser": chosen.browser})
    answer.headers["Set-Cookie"] = visitor.cookie_header(place, chosen)
    return answer


@answering
async def preferred(request: Request) -> Response:
    """What the person who asks has chosen. `?coding=` as for `/api/me`."""
    person = await person_of(request, request.query_params.get("coding"))
    kept = await run_in_threadpool(preferences.read, place_of(request).lab, person)
    return as_json({"person": person["id"], "values": kept})


@answering
async def prefer(request: Request) -> Response:
    choice = await body(request, Preferences)
    person = await person_of(request, request.query_params.get("coding"))
    if person["id"] != choice.person:
        raise Conflict(f"These preferences are another person's; {person['name']} is at the screen.", code="other_person")
    kept = await run_in_threadpool(preferences.keep, place_of(request).lab, person, choice.values)
    return as_json({"person": person["id"], "values": kept})


@answering
async def card(request: Request) -> Response:
    """The key card of the person who asks, as PDF."""
    wanted = await body(request, KeyCard)
    person = await person_of(request, request.query_params.get("coding"))
    groups = [key_card.Group(g.name, tuple((tuple(row.keys), row.name) for row in g.rows)) for g in wanted.groups]
    title = ", ".join(part for part in (wanted.title, wanted.pass_name) if part)
    page = await run_in_threadpool(key_card.pdf, person["name"], title, groups)
    headers = {"Content-Disposition": 'attachment; filename="key-card.pdf"', "Cache-Control": "private, no-store"}
    return Response(page, media_type="application/pdf", headers=headers)


def _local(address: str) -> str:
    """Only a path of ours is gone on to: anything that a browser could read as another host becomes the first page."""
    fine = address.startswith("/") and not address.startswith("//") and "\\" not in address and address.isprintable()
    return address if fine else "/"


def _button(person: dict[str, Any], current: str | None) -> str:
    mark = ' aria-current="true"' if person["id"] == current else ""
    role = f"{person['role']}, sample study" if person["sample"] else person["role"]
    return (
        f'<li><button type="button" data-person="{escape(person["id"])}"{mark}>{escape(person["name"])}'
        f"<span>{escape(role)}</span></button></li>"
    )


@answering
async def who(request: Request) -> Response:
    place, known = place_of(request), visitor_of(request)
    people = await run_in_threadpool(visitor.choices, place.lab)
    current = None if known is None else known.person_id
    buttons = "".join(_button(person, current) for person in people)
    onward = escape(_local(request.query_params.get("next", "/")))
    names = f'<ul data-next="{onward}">{buttons}</ul>'
    inside = f'<p>Codings are kept under the name chosen here.</p>{names}<p id="said" role="status"></p>'
    return HTMLResponse(plain_page("Who are you?", inside, script="/static-web/who.js"))


ROUTES = [
    Route("/api/me", me, methods=["GET"]),
    Route("/api/me", choose, methods=["POST"]),
    Route("/api/me/preferences", preferred, methods=["GET"]),
    Route("/api/me/preferences", prefer, methods=["POST"]),
    Route("/api/me/key-card", card, methods=["POST"]),
    Route("/who", who, methods=["GET"]),
]
