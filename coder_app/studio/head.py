"""A head that turns: its parts from far to near. In the face: skin, far eye, near eye, lines, brows, mouth, nose."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from coder_app.studio.canvas import Canvas, Mask
from coder_app.studio.eyes import brow, eye, glasses, within
from coder_app.studio.features import beard_shade, ear, lines, nose, skin, tears
from coder_app.studio.frame import Frame
from coder_app.studio.hair import CUTS, Cap, behind
from coder_app.studio.looks import CaregiverLook, Head, InfantLook, tones
from coder_app.studio.mouth import mouth
from coder_app.studio.pose import Person


def infant(canvas: Canvas, frame: Frame, look: InfantLook, person: Person) -> None:
    draw(canvas, frame, look.head, person)


def caregiver(canvas: Canvas, frame: Frame, look: CaregiverLook, person: Person) -> None:
    draw(canvas, frame, look.head, person)


def draw(canvas: Canvas, frame: Frame, head: Head, person: Person) -> None:
    """One head, or as much of it as lies in the picture; the build of `frame` gives way to that of `head`."""
    frame = replace(frame, build=head.build, jaw=within(person.face.open))
    tone = tones(head.skin, person.face.flush)
    outline = frame.outline()
    whole = canvas.mask([outline])
    if not whole.cover.size:
        return
    behind(canvas, frame, head)
    ears = [side for side in (-1, 1) if CUTS[head.style].ears]
    nearness = {side: float(frame.depth(np.array([side * head.build.ear[0], *head.build.ear[1:3]]))) for side in ears}
    before = {side: within((nearness[side] - 0.02) / 0.16) for side in ears}
    for side in ears:
        ear(canvas, frame, side, tone, float(before[side] < 0.99))
    cap = Cap(canvas, frame, head, outline)
    shadow = cap.shadow(canvas).cut(whole).seen_from(whole)

    def soft(layer: Canvas, mask: Mask) -> None:
        skin(layer, frame, head, tone, person.face, mask)

    def face(layer: Canvas) -> None:
        layer.paint(shadow, tone.shade, 0.30 if head.build.infant else 0.55)
        far = 1 if frame.turn > 0 else -1
        for side in (far, -far):
            eye(layer, frame, side, head, tone, person)
        lines(layer, frame, head, tone, person.face)
        for side in (far, -far):
            brow(layer, frame, side, head, person)
        mouth(layer, frame, replace(tone, shade=beard_shade(head)) if head.beard else tone, person.face)
        nose(layer, frame, tone)
        tears(layer, frame, person.face.tear)

    canvas.modelled(whole, tone.base, soft, 3, face)
    cap.draw(canvas)
    for side in ears:
        ear(canvas, frame, side, tone, before[side])
    if head.glasses:
        glasses(canvas, frame, head)
