"""A coding to take away: `GET /api/codings/{id}/export?format=csv|xlsx|json`, for those who may see its marks."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from coder_app.errors import Invalid
from coder_app.reports import coding as report
from coder_app.web.answers import answering, person_of, place_of
from coder_app.workflow import exports, filenames
from coder_app.workflow.exports import CodingExport


@answering
async def export(request: Request) -> Response:
    """The file as an attachment; also of a recovered version."""
    asked = request.query_params.get("format", "csv")
    if asked not in report.FORMATS:
        raise Invalid(f"There is no format {asked[:40]!r}. The formats are {', '.join(report.FORMATS)}.", code="bad_request")
    person = await person_of(request, request.path_params["id"])
    make, kind = report.FORMATS[asked]
    found = await run_in_threadpool(exports.coding_export, place_of(request).lab, person, request.path_params["id"])
    content = await run_in_threadpool(make, found)
    return Response(content, media_type=kind, headers={"Content-Disposition": _attachment(file_name(found, asked))})


def file_name(found: CodingExport, ending: str) -> str:
    """Observation, coder, scheme and revision in a name that every system takes."""
    about = found.about
    recovered = " recovered" if about["state"] == "recovered" else ""
    name = f"{about['observation']} {about['coder']} {about['scheme']}{recovered} r{about['revision']}.{ending}"
    return filenames.safe(re.sub(r"[/\\]", "_", name))


def _attachment(name: str) -> str:
    """RFC 6266: letters beyond ASCII in the second form, and the nearest ones for who does not read it."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


ROUTES = [Route("/api/codings/{id}/export", export, methods=["GET"])]
