"""How routes answer: JSON, errors as `{"error": {"code", "message"}}` with a fitting status, people asked for once."""

from __future__ import annotations

import functools
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

from pydantic import BaseModel, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, HTTPConnection, Request
from starlette.responses import JSONResponse, Response

from coder_app.errors import CoderError, Conflict, Invalid, MediaError, NotAllowed, NotFound, SchemeError, StoreError
from coder_app.web import visitor
from coder_app.web.place import Place

STATUS: tuple[tuple[type[CoderError], int], ...] = (
    (NotFound, 404),
    (NotAllowed, 403),
    (Conflict, 409),
    (Invalid, 422),
    (SchemeError, 422),
    (MediaError, 422),
    (StoreError, 500),
    (CoderError, 400),
)

LOG = logging.getLogger(__name__)

Asked = TypeVar("Asked", bound=HTTPConnection)
More = ParamSpec("More")
Body = TypeVar("Body", bound=BaseModel)


def status_of(error: CoderError) -> int:
    return next(status for kind, status in STATUS if isinstance(error, kind))


def refusal(status: int, code: str, message: str, **more: Any) -> JSONResponse:
    return JSONResponse({"error": {"code": code, "message": message, **more}}, status_code=status)


def answering(
    endpoint: Callable[Concatenate[Asked, More], Awaitable[Response]],
) -> Callable[Concatenate[Asked, More], Awaitable[Response]]:
    """Turn what `endpoint` raises into its JSON answer; what nobody foresaw is logged and told as 500."""

    @functools.wraps(endpoint)
    async def answer(request: Asked, *more: More.args, **named: More.kwargs) -> Response:
        try:
            return await endpoint(request, *more, **named)
        except CoderError as error:
            holder = getattr(error, "holder", None)
            holding = {} if holder is None else {"holder": holder}
            return refusal(status_of(error), error.code, str(error), **holding)
        except ClientDisconnect:
            raise
        except Exception:
            LOG.exception("%s %s", request.scope.get("method", "websocket"), request.url.path)
            return refusal(500, "internal", "Something went wrong inside the app; the terminal says what. Try again.")

    return answer


async def body(request: Request, shape: type[Body]) -> Body:
    """The JSON body as `shape`. Raises Invalid naming each field that does not fit."""
    return shaped(request, await request.body() or b"{}", shape)


def shaped(request: HTTPConnection, text: str | bytes, shape: type[Body]) -> Body:
    """JSON that came with `request` as `shape`. Raises Invalid naming each field that does not fit."""
    try:
        return shape.model_validate_json(text)
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'body'}: {e['msg']}" for e in error.errors())
        raise Invalid(f"{request.url.path}: {faults}", code="bad_request") from error


def place_of(request: HTTPConnection) -> Place:
    place: Place = request.scope["coder.place"]
    return place


def visitor_of(request: HTTPConnection) -> visitor.Visitor | None:
    found: visitor.Visitor | None = request.scope.get("coder.visitor")
    return found


def asking(request: HTTPConnection, coding_id: str | None = None) -> dict[str, Any]:
    """The person who asks. Reads the database: not for the event loop. Raises NotAllowed if nobody has been chosen yet."""
    person = visitor.person_of(place_of(request), visitor_of(request), coding_id)
    if person is None:
        raise NotAllowed("Nobody has been chosen yet. Open the app and say who you are.", code="no_person")
    return person


async def person_of(request: Request, coding_id: str | None = None) -> dict[str, Any]:
    """`asking`, off the event loop."""
    return await run_in_threadpool(asking, request, coding_id)


def number(request: Request, name: str, default: int) -> int:
    """Query value `name` as a whole number >= 0."""
    text = request.query_params.get(name)
    if text is None:
        return default
    if not text.isascii() or not text.isdigit():
        raise Invalid(
            f"{request.url.path}: {name} must be a whole number of at least 0, found {text[:40]!r}.", code="bad_request"
        )
    return int(text)


def as_json(value: Any, status: int = 200) -> Response:
    """Compact JSON; numbers from numpy are not expected here."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Response(text.encode(), status_code=status, media_type="application/json")
