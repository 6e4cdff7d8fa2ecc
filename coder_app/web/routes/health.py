"""`GET /api/health`: whether the server is up, and which version it is. Open to all, and says nothing else."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from coder_app import __version__
from coder_app.web.answers import as_json


async def health(request: Request) -> Response:
    return as_json({"status": "ok", "version": __version__})


ROUTES = [Route("/api/health", health, methods=["GET"])]
