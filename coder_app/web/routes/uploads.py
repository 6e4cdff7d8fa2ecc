"""Uploads that stream to disk and go on where they stopped: begin, put pieces at an offset, finish."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from coder_app.web.answers import answering, as_json, body, number, person_of, place_of
from coder_app.workflow import uploads

PIECE_BYTES = 4 << 20


class Beginning(BaseModel):
    name: Annotated[str, Field(min_length=1, max_length=255)]
    size: Annotated[int, Field(ge=0, strict=True)]


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    return {"id": row["id"], "name": row["name"], "size": row["size_bytes"], "received": row["received_bytes"]}


@answering
async def begin(request: Request) -> Response:
    """A new upload, or the unfinished one of the same name and size by the same person: `received` says where to go on."""
    sent = await body(request, Beginning)
    person = await person_of(request)
    row = await run_in_threadpool(uploads.begin, place_of(request).lab, person, sent.name, sent.size)
    return as_json(_shown(row), 201)


@answering
async def append(request: Request) -> Response:
    """The bytes from `?offset=` on. A connection that breaks leaves what has arrived."""
    person, lab, upload_id = await person_of(request), place_of(request).lab, request.path_params["id"]
    offset, held = number(request, "offset", 0), bytearray()
    row: dict[str, Any] | None = None

    async def keep() -> None:
        nonlocal row, offset
        piece = bytes(held)
        held.clear()
        row = await run_in_threadpool(uploads.append, lab, person, upload_id, offset, piece)
        offset += len(piece)

    try:
        async for chunk in request.stream():
            held += chunk
            if len(held) >= PIECE_BYTES:
                await keep()
    except ClientDisconnect:
        pass
    if held or row is None:
        await keep()
    assert row is not None
    return as_json(_shown(row))


@answering
async def finish(request: Request) -> Response:
    """All bytes are here: the file becomes a video of the folder, its derived files are made by jobs."""
    person, lab = await person_of(request), place_of(request).lab
    media = await run_in_threadpool(uploads.finish, lab, person, request.path_params["id"])
    return as_json({"media": {"id": media["id"], "name": media["name"], "problems": media["problems"]}}, 201)


ROUTES = [
    Route("/api/uploads", begin, methods=["POST"]),
    Route("/api/uploads/{id}", append, methods=["PUT"]),
    Route("/api/uploads/{id}/finish", finish, methods=["POST"]),
]
