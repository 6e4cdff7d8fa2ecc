"""The door to PyAV and OpenCV: loads them when needed, opens files safely, and puts libav's errors into words.

Files come from strangers. Only containers that hold their media themselves are opened (no playlists, no scripts, no image
sequences, no network), with limits on streams, picture size, frames and duration; nothing in a file is ever run.
"""

from __future__ import annotations

import errno
import importlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coder_app.errors import MediaError
from coder_app.media.whole import missing_part

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.stream import VideoStream

MAX_STREAMS = 64
MAX_SIDE_PX = 16_384
MAX_PIXELS = 8192 * 8192
MAX_FRAMES = 20_000_000
MAX_DURATION_US = 48 * 3600 * 1_000_000

CONTAINERS = (
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpeg,mpegts,mpegvideo,m4v,h264,hevc,asf,flv,live_flv,ogg,mxf,dv,gxf,wtv,rm,nut,ivf,"
    "wav,mp3,flac,aac"
)
"""libav's names of the formats that are opened. Sound files are among them so that one can say that there is no picture."""

# Module -> what can't be done without it, what people call it, and the package to install.
LIBRARIES = {
    "av": ("Videos can't be read", "PyAV", "av"),
    "cv2": ("Motion can't be measured", "OpenCV", "opencv-python"),
}

ODD_ERRORS = (OSError, ValueError, RuntimeError, EOFError, MemoryError, LookupError, ArithmeticError, NotImplementedError)
"""What PyAV raises on strange files. Its own errors derive from these too, a progress callback's `Cancelled` does not."""


def load(module: str = "av") -> Any:
    """PyAV, the submodule of it that is named, or OpenCV ("cv2"). Raises MediaError where it cannot be imported."""
    try:
        return importlib.import_module(module)
    except (ImportError, OSError) as error:
        work, library, package = LIBRARIES[module.partition(".")[0]]
        raise MediaError(
            f"{work} on this machine: the library {library} does not load ({error}). "
            f"Install it again with: python -m pip install --force-reinstall {package}",
            code="media_library",
        ) from error


def no_video(path: Path, reason: str, next_step: str) -> MediaError:
    """The one voice of this package: file, reason, next step."""
    return MediaError(f"{path.name}: {reason} {next_step} (File: {path})")


def check_file(path: Path) -> None:
    """Raises MediaError unless `path` is a readable, whole, non-empty file."""
    try:
        if path.is_dir():
            raise no_video(path, "this is a folder, not a video.", "Choose the files in it.")
        if not path.exists():
            raise no_video(path, "there is no such file.", "If it was moved or its drive is not connected, relink it.")
        if not path.is_file():
            raise no_video(path, "this is not an ordinary file.", "Copy the video to a folder and choose that copy.")
        if path.stat().st_size == 0:
            raise no_video(path, "the file is empty (0 bytes).", "Copy it again from the camera.")
        missing = missing_part(path)
    except OSError as error:
        raise no_video(path, f"the file can't be read ({error.strerror or error}).", "Check its permissions.") from error
    if missing is not None:
        raise no_video(path, missing, "Copy it again from the camera; if that one is the same, it needs a repair tool.")


@contextmanager
def opened(path: Path | str) -> Iterator[InputContainer]:
    """The opened container of a checked file; whatever goes wrong inside the block is told as a MediaError.

    PyAV's streams are only valid inside the block.
    """
    path = Path(path)
    av = load()
    check_file(path)
    with in_words(path):
        container = av.open(
            str(path.absolute()),
            metadata_errors="replace",
            options={"format_whitelist": CONTAINERS, "protocol_whitelist": "file"},
        )
        try:
            if len(container.streams) > MAX_STREAMS:
                raise no_video(path, f"it has more than {MAX_STREAMS} tracks.", "Export it with one video and one sound track.")
            yield container
        finally:
            container.close()


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Turns what libav and the system raise while working on `path` into MediaError."""
    try:
        yield
    except ODD_ERRORS as error:
        raise explain(path, error) from error


def explain(path: Path, error: BaseException) -> MediaError:
    """The MediaError that says in words what `error` means for `path`."""
    number = getattr(error, "errno", None)
    if number == errno.ENOSPC:
        return no_video(path, "the disk is full.", "Make room in the data folder and try again.")
    if isinstance(error, PermissionError) or number in (errno.EACCES, errno.EPERM):
        return no_video(path, "the file can't be read (permission denied).", "Check its permissions.")
    av = load()
    if isinstance(error, av.error.InvalidDataError | av.error.ArgumentError | av.error.DemuxerNotFoundError):
        reason = "this is no video, or it is damaged or in a format that can't be read."
    elif isinstance(error, EOFError):
        reason = "it ends before its first picture, so it has no frames."
    elif isinstance(error, av.error.DecoderNotFoundError):
        reason = "its picture is in a coding that can't be read here."
    else:
        reason = f"the video could not be read ({type(error).__name__}: {error})."
    return no_video(path, reason, "Check that it plays elsewhere; if so, export it as MP4 (H.264).")


def video_of(container: InputContainer, path: Path) -> VideoStream:
    """The first real video track (cover pictures don't count), checked against the limits.

    Raises MediaError where there is none, where its coding is unknown, or where a picture would be absurdly large.
    """
    stream = next((s for s in container.streams.video if not is_cover(s)), None)
    if stream is None:
        has_sound = bool(container.streams.audio)
        reason = "it holds only sound, no video." if has_sound else "it holds no video."
        raise no_video(path, reason, "Choose the file with the picture.")
    context = stream.codec_context
    if context is None or not context.is_decoder:
        raise no_video(path, "its picture is in a coding that can't be read here.", "Export it as MP4 (H.264).")
    width, height = context.width, context.height
    if width < 1 or height < 1:
        raise no_video(path, "its pictures have no size, so none can be shown.", "Export it again as MP4 (H.264).")
    if max(width, height) > MAX_SIDE_PX or width * height > MAX_PIXELS:
        raise no_video(path, f"its pictures are too large ({width} x {height}).", "Export it at 4K or smaller.")
    return stream


def time_base(stream: VideoStream) -> Fraction:
    """The stream's clock tick in seconds."""
    return Fraction(stream.time_base or 1)


def is_cover(stream: VideoStream) -> bool:
    """Whether the stream is a still picture attached to the file, such as the cover of a song."""
    return bool(stream.disposition & load("av.stream").Disposition.attached_pic)


def only(container: InputContainer, *wanted: Any) -> None:
    """Lets libav skip the data of every stream but the `wanted` ones."""
    nothing = load("av.stream").Discard.all
    keep = {stream.index for stream in wanted}
    for stream in container.streams:
        if stream.index not in keep:
            stream.discard = nothing


Progress = Callable[[float, str], None]


def silent(fraction: float, message: str) -> None:
    """A progress callback that says nothing."""
