"""Pictures out of a practice clip, for pages and documents: one frame, or a short loop without sound."""

from __future__ import annotations

from pathlib import Path

import cv2

from coder_app.errors import Invalid
from coder_app.studio.canvas import Picture
from coder_app.studio.output import put, whole
from coder_app.studio.scene import Scene
from coder_app.studio.script import Script
from coder_app.studio.stage import Stage

LOOP_EVERY = 2  # every second frame is smooth enough for what is only looked at, and half as large
STILL_QUALITY, LOOP_QUALITY = 85, 82  # of WebP, 1 to 100


def still(script: Script, at_us: int, out: Path) -> None:
    """The frame on the screen at `at_us`, as PNG or WebP by the ending of `out`, in the size of the script."""
    _inside(script, at_us)
    _named(out, (".png", ".webp"))
    (picture,) = _drawn(script, [int(at_us / script.frame_us)])
    how = [cv2.IMWRITE_WEBP_QUALITY, STILL_QUALITY] if out.suffix == ".webp" else []
    _, data = cv2.imencode(out.suffix, picture, how)
    put(out, data.tobytes())


def loop(script: Script, from_us: int, to_us: int, out: Path) -> None:
    """The frames of [from_us, to_us) as an animation that starts over (WebP), in the size of the script."""
    _inside(script, from_us)
    _inside(script, to_us - 1)
    if to_us <= from_us:
        raise Invalid(f"A loop from {from_us / 1e6:g} s to {to_us / 1e6:g} s has no frames. Give a later end.")
    _named(out, (".webp",))
    animation = cv2.Animation()
    animation.frames = _drawn(script, list(range(int(from_us / script.frame_us), int(to_us / script.frame_us), LOOP_EVERY)))
    animation.durations = [int(script.frame_us * LOOP_EVERY / 1000)] * len(animation.frames)
    with whole(out) as part:
        if not cv2.imwriteanimation(str(part), animation, [cv2.IMWRITE_WEBP_QUALITY, LOOP_QUALITY]):
            raise OSError("its folder takes no file")


def _drawn(script: Script, frames: list[int]) -> list[Picture]:
    width, height = script.size
    scene, stage = Scene(script), Stage(script.cast, (width, height))
    return [stage.draw(scene.at(frame)) for frame in frames]


def _inside(script: Script, t_us: int) -> None:
    if not 0 <= t_us < script.length_us:
        raise Invalid(f"{script.id} lasts from 0 to {script.length_us / 1e6:g} s: there is no frame at {t_us / 1e6:g} s.")


def _named(out: Path, endings: tuple[str, ...]) -> None:
    if out.suffix not in endings:
        raise Invalid(f"{out.name} does not say what it is to be. Let the name end in {' or '.join(endings)}.")
