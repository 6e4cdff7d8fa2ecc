"""The spectrogram of a video and its regions: what there is, having it measured, and the measures themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from coder_app.media.motion import WHOLE, Box
from coder_app.web.answers import answering, as_json, asking, body, place_of
from coder_app.workflow import tracks

Share = Annotated[int, Field(ge=0, le=WHOLE, strict=True)]


class Region(BaseModel):
    """Left edge, top, width and height in ten-thousandths of the picture's."""

    name: Annotated[str, Field(max_length=1000)]
    x: Share
    y: Share
    width: Share
    height: Share

    @property
    def box(self) -> Box:
        return Box(self.x, self.y, self.width, self.height)


async def _call(request: Request, function: Callable[..., Any], *arguments: Any) -> Any:
    """`function(lab, person, id of the address, *arguments)`, off the event loop."""

    def work() -> Any:
        person = asking(request, request.query_params.get("coding"))
        return function(place_of(request).lab, person, request.path_params["id"], *arguments)

    return await run_in_threadpool(work)


@answering
async def listing(request: Request) -> Response:
    return as_json(await _call(request, tracks.tracks))


@answering
async def make_spectrogram(request: Request) -> Response:
    return as_json(await _call(request, tracks.make_spectrogram))


@answering
async def spectrogram(request: Request) -> Response:
    """The columns of all levels, with ranges; what they are says the list of tracks."""
    return FileResponse(await _call(request, tracks.spectrogram_file), media_type="application/octet-stream")


@answering
async def measure(request: Request) -> Response:
    return as_json(await _call(request, tracks.measure))


@answering
async def add(request: Request) -> Response:
    sent = await body(request, Region)
    return as_json(await _call(request, tracks.add_region, sent.name, sent.box), 201)


@answering
async def change(request: Request) -> Response:
    sent = await body(request, Region)
    return as_json(await _call(request, tracks.change_region, sent.name, sent.box))


@answering
async def remove(request: Request) -> Response:
    await _call(request, tracks.remove_region)
    return as_json({})


@answering
async def motion(request: Request) -> Response:
    """Little-endian float32, one a frame; NaN where there is no value."""
    return FileResponse(await _call(request, tracks.motion_file), media_type="application/octet-stream")


ROUTES = [
    Route("/api/media/{id}/tracks", listing, methods=["GET"]),
    Route("/api/media/{id}/spectrogram", make_spectrogram, methods=["POST"]),
    Route("/api/media/{id}/spectrogram", spectrogram, methods=["GET"]),
    Route("/api/media/{id}/motion", measure, methods=["POST"]),
    Route("/api/media/{id}/regions", add, methods=["POST"]),
    Route("/api/regions/{id}", change, methods=["POST"]),
    Route("/api/regions/{id}/remove", remove, methods=["POST"]),
    Route("/api/regions/{id}/motion", motion, methods=["GET"]),
]
