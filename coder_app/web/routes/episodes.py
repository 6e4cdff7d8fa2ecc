"""The episodes of an observation: seen, kept, adopted from a submitted coding."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from coder_app.model.check import MAX_TIME_US
from coder_app.model.episode import MOST
from coder_app.web.answers import answering, as_json, asking, body, place_of
from coder_app.workflow import episodes

Time = Annotated[int, Field(ge=0, le=MAX_TIME_US, strict=True)]


class Episode(BaseModel):
    id: str = Field(min_length=1, max_length=64)
    name: str = Field(max_length=1000)
    onset_us: Time
    offset_us: Time


class Episodes(BaseModel):
    """`before` are the episodes on which the change was made: kept only if they still are those."""

    episodes: list[Episode] = Field(max_length=MOST + 1)  # one more than may be, which is refused in words
    before: list[Episode] = Field(max_length=MOST)


class Adopted(BaseModel):
    stream: str = Field(min_length=1, max_length=64)


@answering
async def seen(request: Request) -> Response:
    """`?coding=` as for `/api/me`."""

    def work() -> Any:
        person = asking(request, request.query_params.get("coding"))
        return episodes.listing(place_of(request).lab, person, request.path_params["id"])

    return as_json(await run_in_threadpool(work))


@answering
async def kept(request: Request) -> Response:
    sent = await body(request, Episodes)
    wanted, before = ([one.model_dump() for one in rows] for rows in (sent.episodes, sent.before))

    def work() -> Any:
        person = asking(request, request.query_params.get("coding"))
        return {"episodes": episodes.keep(place_of(request).lab, person, request.path_params["id"], wanted, before)}

    return as_json(await run_in_threadpool(work))


@answering
async def adopted(request: Request) -> Response:
    sent, coding_id = await body(request, Adopted), request.path_params["id"]

    def work() -> Any:
        return {"episodes": episodes.adopt(place_of(request).lab, asking(request, coding_id), coding_id, sent.stream)}

    return as_json(await run_in_threadpool(work))


ROUTES = [
    Route("/api/observations/{id}/episodes", seen, methods=["GET"]),
    Route("/api/observations/{id}/episodes", kept, methods=["POST"]),
    Route("/api/codings/{id}/adopt-episodes", adopted, methods=["POST"]),
]
