"""Our own JavaScript and styles. A folder of modules has its content in the address, so a browser never mixes two versions."""

from __future__ import annotations

import hashlib
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from coder_app.web.answers import refusal

WEB = Path(__file__).resolve().parent.parent
WORKBENCH = WEB / "workbench" / "frontend"
OWN = WEB / "frontend"
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".webp": "image/webp"}


def version(folder: Path = WORKBENCH) -> str:
    """A short hash of the names and contents of all modules in `folder`."""
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.suffix in TYPES):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def _file(folder: Path, name: str) -> Response:
    path = (folder / name).resolve()
    if path.suffix not in TYPES or not path.is_relative_to(folder) or not path.is_file():
        return refusal(404, "not_found", f"There is no file {name[:200]} here.")
    return FileResponse(path, media_type=TYPES[path.suffix], headers={"Cache-Control": "no-cache"})


async def workbench(request: Request) -> Response:
    return _file(WORKBENCH, request.path_params["path"])


async def own(request: Request) -> Response:
    return _file(OWN, request.path_params["path"])


ROUTES = [
    Route("/static-workbench/{version}/{path:path}", workbench, methods=["GET"]),
    Route("/static-web/{path:path}", own, methods=["GET"]),
]
