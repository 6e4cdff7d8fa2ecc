"""Long work: how far it is, and an end to it. `GET /api/jobs?about=`, `POST /api/jobs/{id}/cancel`."""

from __future__ import annotations

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from coder_app.errors import NotFound
from coder_app.jobs import queue
from coder_app.web.answers import answering, as_json, person_of, place_of
from coder_app.workflow import access

SHOWN = ("id", "task", "about", "label", "state", "progress", "message", "made_at", "ended_at")
AT_MOST = 200


def _shown(job: dict[str, Any]) -> dict[str, Any]:
    return {name: job[name] for name in SHOWN}


@answering
async def listing(request: Request) -> Response:
    """The newest jobs first, at most 200; `progress` is per mille."""
    access.require(await person_of(request), "jobs.view")
    store, about = place_of(request).lab.store, request.query_params.get("about")
    found = await run_in_threadpool(queue.about, store, about) if about else await run_in_threadpool(store.all, "job")
    newest = sorted(found, key=lambda job: str(job["made_at"]), reverse=True)[:AT_MOST]
    return as_json([_shown(dict(job)) for job in newest])


@answering
async def cancel(request: Request) -> Response:
    access.require(await person_of(request), "jobs.cancel")
    store, job_id = place_of(request).lab.store, request.path_params["id"]
    if await run_in_threadpool(store.get, "job", job_id) is None:
        raise NotFound(f"There is no job with the id {job_id}.")
    await run_in_threadpool(queue.cancel, store, job_id)
    return as_json(_shown(dict(store.get("job", job_id))))


ROUTES = [
    Route("/api/jobs", listing, methods=["GET"]),
    Route("/api/jobs/{id}/cancel", cancel, methods=["POST"]),
]
