"""What the player needs of a video: the file with ranges, the time of every frame, waveform and filmstrip."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from coder_app.errors import MediaError, NotFound
from coder_app.web.answers import answering, person_of, place_of
from coder_app.workflow import access, media

WAVEFORM_BIN_US = 10_000


async def _media(request: Request) -> dict[str, Any]:
    """The media row, for someone who may see it. Raises NotFound, NotAllowed."""
    person = await person_of(request, request.query_params.get("coding"))
    media_id = request.path_params["id"]
    row = await run_in_threadpool(place_of(request).lab.store.get, "media", media_id)
    if row is None:
        raise NotFound(f"There is no video with the id {media_id}.")
    access.require(person, "media.view", row)
    return dict(row)


@answering
async def video(request: Request) -> Response:
    """The working copy where there is one (`?original=1`: never), with ranges. Streams from disk."""
    row = await _media(request)
    original = request.query_params.get("original") == "1"
    try:
        path = await run_in_threadpool(media.video_path, place_of(request).lab, row["id"], original)
    except MediaError as error:
        raise NotFound(str(error), code="media_missing") from error
    kind = mimetypes.guess_type(path.name)[0] or "video/mp4"
    return FileResponse(path, media_type=kind, content_disposition_type="inline", filename=path.name)


@answering
async def frames(request: Request) -> Response:
    """Container time of every frame, little-endian int64 microseconds. Headers: what to add to get the clock of the
    observation (`?observation=`; else of the video itself), and the end on that clock."""
    row = await _media(request)
    lab = place_of(request).lab
    times = await run_in_threadpool(media.frame_times, lab, row["id"])
    offset_us = await run_in_threadpool(_offset_us, lab, row["id"], request.query_params.get("observation"))
    to_clock_us = offset_us - int(row["first_us"])
    headers = {
        "X-Observation-Offset-Us": str(to_clock_us),
        "X-End-Us": str(int(times.end_us) + to_clock_us),
        "X-Frame-Count": str(len(times.container_us)),
    }
    data = times.container_us.astype("<i8").tobytes()
    return Response(data, media_type="application/octet-stream", headers=headers)


def _offset_us(lab: Any, media_id: str, observation_id: str | None) -> int:
    if observation_id is None:
        return 0
    observation = lab.store.get("observation", observation_id)
    if observation is None or observation["media_id"] != media_id:
        raise NotFound(f"There is no observation {observation_id} of the video {media_id}.")
    return int(observation["media_offset_us"])


def _derived(request: Request, row: dict[str, Any], name: str) -> Path:
    path: Path = place_of(request).lab.folder.derived_of(row["id"]) / name
    if not path.is_file():
        raise NotFound(f"{row['name']}: {name} is not made yet. Its job is on the Videos page.", code="not_ready")
    return path


@answering
async def waveform(request: Request) -> Response:
    """Pairs of int8 (lowest, highest) per bin, from the first frame on."""
    row = await _media(request)
    if not row["info"]["has_audio"]:
        raise NotFound(f"{row['name']} has no sound, so there is no waveform.", code="no_audio")
    path = _derived(request, row, media.WAVEFORM)
    return FileResponse(path, media_type="application/octet-stream", headers={"X-Bin-Us": str(WAVEFORM_BIN_US)})


@answering
async def filmstrip(request: Request) -> Response:
    return FileResponse(_derived(request, await _media(request), media.FILMSTRIP), media_type="image/jpeg")


@answering
async def filmstrip_index(request: Request) -> Response:
    return FileResponse(_derived(request, await _media(request), media.FILMSTRIP_INDEX), media_type="application/json")


ROUTES = [
    Route("/api/media/{id}/video", video, methods=["GET"]),
    Route("/api/media/{id}/frames", frames, methods=["GET"]),
    Route("/api/media/{id}/waveform", waveform, methods=["GET"]),
    Route("/api/media/{id}/filmstrip", filmstrip, methods=["GET"]),
    Route("/api/media/{id}/filmstrip.json", filmstrip_index, methods=["GET"]),
]
