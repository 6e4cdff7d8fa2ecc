"""The routes beside the pages, one module a subject; `ALL` is the one list of them."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, Route

from coder_app.web.answers import refusal
from coder_app.web.routes import assets, codings, episodes, exports, health, jobs, me, media, tracks, uploads


async def nowhere(request: Request) -> Response:
    """What no route under `/api/` takes, as JSON; the pages would answer it with a page."""
    path = request.url.path
    routes = [route for route in ALL[:-1] if isinstance(route, Route)]
    methods = {m for route in routes if route.matches(request.scope)[0] is Match.PARTIAL for m in route.methods or ()}
    if methods:
        answer = refusal(405, "method_not_allowed", f"{path} takes {', '.join(sorted(methods))}, not {request.method}.")
        answer.headers["Allow"] = ", ".join(sorted(methods))
        return answer
    return refusal(404, "not_found", f"There is no {path[:200]} here.")


ALL: list[BaseRoute] = [
    *health.ROUTES,
    *me.ROUTES,
    *codings.ROUTES,
    *episodes.ROUTES,
    *exports.ROUTES,
    *media.ROUTES,
    *tracks.ROUTES,
    *uploads.ROUTES,
    *jobs.ROUTES,
    *assets.ROUTES,
    Route("/api/{path:path}", nowhere, methods=["GET", "POST", "PUT", "PATCH", "DELETE"]),
]
