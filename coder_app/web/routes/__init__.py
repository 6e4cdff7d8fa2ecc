"""The routes beside the pages, one module a subject; `ALL` is the one list of them."""

from __future__ import annotations

from starlette.routing import Route

from coder_app.web.routes import assets, codings, exports, health, jobs, me, media, uploads

ALL: list[Route] = [
    *health.ROUTES,
    *me.ROUTES,
    *codings.ROUTES,
    *exports.ROUTES,
    *media.ROUTES,
    *uploads.ROUTES,
    *jobs.ROUTES,
    *assets.ROUTES,
]
