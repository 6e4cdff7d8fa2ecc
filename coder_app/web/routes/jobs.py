"""Long work: how far it is, and an end to it. `GET /api/jobs?about=`, `POST /api/jobs/{id}/cancel`."""

from __future__ import annotations

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from coder_app.jobs import queue
from coder_app.web.answers import answering, as_json, person_of, place_of
from coder_app.workflow import access

SHOWN = ("id", "task", "about", "label", "state", "progress", "message", "made_at", "ended_at")
AT_MOST = 200


def _shown(job: dict[str, Any]) -> dict[str, Any]:
    return {name: job[name] for name in SHOWN}


@answering
async def listing(request: Request) -> Response:
    """Those under way, then at most 200 that have ended, newest first; `progress` is per mille."""
    access.require(await person_of(request), "jobs.view")
    store, about = place_of(request).lab.store, request.query_params.get("about")
    find = (lambda: list(reversed(queue.about(store, about)))) if about else (lambda: queue.recent(store, AT_MOST))
    return as_json([_shown(job) for job in await run_in_threadpool(find)])


@answering
async def cancel(request: Request) -> Response:
    store, job_id = place_of(request).lab.store, request.path_params["id"]
    person, job = await person_of(request), await run_in_threadpool(queue.get, store, job_id)
    access.require(person, "jobs.cancel", {"person_id": job["arguments"].get("person_id")})
    return as_json(_shown(await run_in_threadpool(queue.cancel, store, job_id)))


ROUTES = [
    Route("/api/jobs", listing, methods=["GET"]),
    Route("/api/jobs/{id}/cancel", cancel, methods=["POST"]),
]
