"""Pictures as a person sees them: turned upright, with square pixels, at a wanted size."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from coder_app.media.library import load

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

    from coder_app.media.scan import Tracks


def shown_size(tracks: Tracks) -> tuple[int, int]:
    """Width and height of the picture upright and with square pixels (the width is stretched)."""
    width, height = max(round(tracks.width * tracks.pixel_aspect), 1), tracks.height
    return (height, width) if tracks.rotation % 180 == 90 else (width, height)


def even(value: float) -> int:
    """The nearest even number, at least 2."""
    return max(2 * round(value / 2), 2)


def rgb(frame: VideoFrame, rotation: int, width: int, height: int) -> np.ndarray:
    """uint8, shape (height, width, 3): the frame at that size after turning it clockwise by `rotation` degrees."""
    across, down = (height, width) if rotation % 180 == 90 else (width, height)
    array = frame.reformat(width=across, height=down, format="rgb24", interpolation="AREA").to_ndarray()
    return np.ascontiguousarray(_turned(array, rotation))


def grey(frame: VideoFrame, rotation: int, width: int, height: int) -> np.ndarray:
    """uint8, shape (height, width): the frame's grey levels, 0 black to 255 white, at that size after turning it likewise."""
    across, down = (height, width) if rotation % 180 == 90 else (width, height)
    array = frame.reformat(width=across, height=down, format="gray", interpolation="AREA").to_ndarray()
    return np.ascontiguousarray(_turned(array, rotation))


def yuv420p(frame: VideoFrame, rotation: int, width: int, height: int) -> VideoFrame:
    """The frame as 8-bit 4:2:0 in the limited range, turned and scaled likewise; `width` and `height` are even."""
    across, down = (height, width) if rotation % 180 == 90 else (width, height)
    limited = load("av.video.reformatter").ColorRange.MPEG
    flat = frame.reformat(width=across, height=down, format="yuv420p", dst_color_range=limited)
    if rotation == 0:
        return flat
    values = flat.to_ndarray().reshape(-1)
    luma, quarter = across * down, across * down // 4
    planes = (
        values[:luma].reshape(down, across),
        values[luma : luma + quarter].reshape(down // 2, across // 2),
        values[luma + quarter :].reshape(down // 2, across // 2),
    )
    turned = np.concatenate([np.ascontiguousarray(_turned(plane, rotation)).reshape(-1) for plane in planes])
    return load().VideoFrame.from_ndarray(turned.reshape(height * 3 // 2, width), format="yuv420p")


def jpeg(array: np.ndarray, quality: int = 4) -> bytes:
    """A JPEG of an RGB array of even width and height; `quality` from 2 (best) to 31."""
    av = load()
    height, width = array.shape[:2]
    context = av.CodecContext.create("mjpeg", "w")
    context.width, context.height, context.pix_fmt = width, height, "yuvj420p"
    context.time_base = 1
    context.qmin = context.qmax = quality
    frame = av.VideoFrame.from_ndarray(array, format="rgb24").reformat(format="yuvj420p")
    return b"".join(bytes(packet) for packet in [*context.encode(frame), *context.encode(None)])


def _turned(array: np.ndarray, rotation: int) -> np.ndarray:
    return np.rot90(array, k=-rotation // 90)
