"""Codings: load, lease, operations, submit, reopen, history. Thin: parse, call `workflow.codings`, answer."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Annotated, Any

from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from coder_app.web.answers import answering, as_json, asking, body, number, place_of, shaped, visitor_of
from coder_app.workflow import codings, corrections

Word = Annotated[str, Field(min_length=1, max_length=64)]
Count = Annotated[int, Field(ge=0, le=2**31 - 1, strict=True)]
Reason = Annotated[str, Field(max_length=2000)]
HISTORY_LIMIT = 1000


class Lease(BaseModel):
    writer: Word
    browser: Word | None = None
    take_over: bool = False


class Release(BaseModel):
    writer: Word


class Operations(BaseModel):
    """`after` is the revision the first operation was made on."""

    writer: Word
    after: Count
    operations: Annotated[list[dict[str, Any]], Field(max_length=100_000)]


class Submission(BaseModel):
    writer: Word
    revision: Count
    reason: Reason | None = None


class Reopening(BaseModel):
    reason: Reason


class ChosenPass(BaseModel):
    id: Annotated[Word, Field(alias="pass")]


async def _call(request: HTTPConnection, function: Callable[..., Any], *arguments: Any) -> Response:
    """`function(lab, person, coding id, *arguments)` as JSON: off the event loop, and with the person found on the same way."""
    coding_id = request.path_params["id"]

    def work() -> Any:
        return function(place_of(request).lab, asking(request, coding_id), coding_id, *arguments)

    return as_json(await run_in_threadpool(work))


@answering
async def load(request: Request) -> Response:
    return await _call(request, codings.payload)


@answering
async def lease(request: Request) -> Response:
    asked, known = await body(request, Lease), visitor_of(request)
    browser = known.browser if known is not None else asked.browser or asked.writer
    return await _call(request, codings.claim, asked.writer, browser, asked.take_over)


@answering
async def release(request: Request) -> Response:
    return await _call(request, codings.release, (await body(request, Release)).writer)


@answering
async def _commit(request: HTTPConnection, text: str | bytes) -> Response:
    sent = shaped(request, text, Operations)
    return await _call(request, codings.commit, sent.writer, sent.after, sent.operations)


async def operations(request: Request) -> Response:
    return await _commit(request, await request.body())


async def operations_line(socket: WebSocket) -> None:
    """The same for a page that stays: each message is the body of one request, and is answered by `{"status", "body"}`."""
    await socket.accept()
    with suppress(WebSocketDisconnect):
        while True:
            answer = await _commit(socket, await socket.receive_text())
            await socket.send_text(f'{{"status":{answer.status_code},"body":{bytes(answer.body).decode()}}}')


def _findings(*asked: Any) -> dict[str, Any]:
    return {"findings": codings.check(*asked)}


@answering
async def findings(request: Request) -> Response:
    """What stands against submitting, the blocking ones first."""
    return await _call(request, _findings)


def _corrections(*asked: Any) -> dict[str, Any]:
    return {"corrections": corrections.corrections(*asked)}


@answering
async def corrected(request: Request) -> Response:
    """The keys whose times the coder's own reaction time was taken off."""
    return await _call(request, _corrections)


@answering
async def submit(request: Request) -> Response:
    sent = await body(request, Submission)
    return await _call(request, codings.submit, sent.writer, sent.revision, sent.reason or "")


@answering
async def reopen(request: Request) -> Response:
    return await _call(request, codings.reopen, (await body(request, Reopening)).reason)


@answering
async def choose_pass(request: Request) -> Response:
    return await _call(request, codings.choose_pass, (await body(request, ChosenPass)).id)


@answering
async def history(request: Request) -> Response:
    limit = min(number(request, "limit", 200), HISTORY_LIMIT)
    return await _call(request, codings.history, number(request, "before", 2**53), limit)


ROUTES = [
    Route("/api/codings/{id}", load, methods=["GET"]),
    Route("/api/codings/{id}/history", history, methods=["GET"]),
    Route("/api/codings/{id}/lease", lease, methods=["POST"]),
    Route("/api/codings/{id}/release", release, methods=["POST"]),
    Route("/api/codings/{id}/operations", operations, methods=["POST"]),
    WebSocketRoute("/api/codings/{id}/operations", operations_line),
    Route("/api/codings/{id}/findings", findings, methods=["GET"]),
    Route("/api/codings/{id}/corrections", corrected, methods=["GET"]),
    Route("/api/codings/{id}/submit", submit, methods=["POST"]),
    Route("/api/codings/{id}/reopen", reopen, methods=["POST"]),
    Route("/api/codings/{id}/pass", choose_pass, methods=["POST"]),
]
