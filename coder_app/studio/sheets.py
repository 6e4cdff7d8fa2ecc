"""Contact sheets: what each code looks like, as numbered stills and strips without names, and the answers apart. Whoever knows
only the definitions can be tried on them. Codes that are easily taken for each other stand on the same sheet.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np

from coder_app.studio.canvas import Picture
from coder_app.studio.output import put
from coder_app.studio.scene import Scene
from coder_app.studio.script import Script, parse
from coder_app.studio.stage import Stage

SIZE = (960, 360)
LENGTH_S, ONSET_S = 9.0, 1.0  # every item is acted from the onset to the end of a clip of its own
CASTS = (("a", "a"), ("b", "b"), ("c", "c"), ("d", "d"), ("e", "g"), ("f", "i"), ("a", "e"), ("c", "h"), ("b", "f"))
GAP, ROW = 10, 8
STILL_HEIGHT, STRIP_HEIGHT = 270, 190
WHOLE = slice(0, SIZE[1])
CUTS = {"both": (WHOLE, slice(0, 960)), "left": (WHOLE, slice(0, 478)), "right": (WHOLE, slice(482, 960))}
STRIP_CUTS = {"left": (slice(10, 355), slice(120, 465)), "right": (slice(30, 300), slice(555, 825))}
PAPER, INK = (238, 246, 251), (53, 59, 74)


@dataclass(frozen=True, slots=True)
class Item:
    """What is acted (stream of `acts.ACTS` -> act) and the code it is to be taken for. `frames_s` are the times shown, after
    the onset: one for a still, several for a strip. `until_s` ends the act early."""

    code: str
    acts: dict[str, str]
    frames_s: tuple[float, ...] = (2.0,)
    until_s: float = LENGTH_S - ONSET_S


def _strip(step_s: float, first_s: float = 0.8) -> tuple[float, ...]:
    return tuple(round(first_s + step_s * i, 2) for i in range(ROW))


@dataclass(frozen=True, slots=True)
class Sheet:
    """`shown` cuts the panels: "both" panes, "left" or "right"."""

    id: str
    question: str
    shown: str
    items: tuple[Item, ...]
    seed: int = field(default=1)


FACE = {"infant_gaze": "face"}
SHEETS = (
    Sheet(
        "infant-gaze",
        "Where does the infant look?",
        "left",
        (
            Item("infant_gaze.face", {"infant_gaze": "face"}),
            Item("infant_gaze.face", {"infant_gaze": "face", "infant_face": "o_mouth"}),
            Item("infant_gaze.object", {"infant_gaze": "object"}),
            Item("infant_gaze.object", {"infant_gaze": "hands"}),
            Item("infant_gaze.averted", {"infant_gaze": "averted"}),
            Item("infant_gaze.averted", {"infant_gaze": "averted", "infant_face": "sober"}),
            Item("infant_gaze.eyes_closed", {"infant_gaze": "eyes_closed"}),
            Item("infant_gaze.unscorable", {"infant_gaze": "unscorable"}),
            Item("infant_gaze.unscorable", {"infant_gaze": "hand_over"}),
        ),
    ),
    Sheet(
        "infant-face",
        "What does the infant's face show?",
        "left",
        (
            Item("infant_face.neutral", FACE | {"infant_face": "neutral"}),
            Item("infant_face.neutral", FACE | {"infant_face": "o_mouth"}),
            Item("infant_face.neutral", FACE | {"infant_face": "effort"}),
            Item("infant_face.neutral", FACE | {"infant_face": "sober"}),
            Item("infant_face.smile", FACE | {"infant_face": "smile"}),
            Item("infant_face.smile, cheeks raised (D)", FACE | {"infant_face": "smile_duchenne"}),
            Item("infant_face.smile, cheeks raised (D)", FACE | {"infant_face": "laugh"}),
            Item("infant_face.negative", FACE | {"infant_face": "clouding"}),
            Item("infant_face.negative", FACE | {"infant_face": "negative"}),
            Item("infant_face.negative", FACE | {"infant_face": "cry"}),
            Item("infant_face.unscorable", {"infant_gaze": "hand_over"}),
            Item("infant_face.smile", {"infant_gaze": "object", "infant_face": "smile"}),
        ),
    ),
    Sheet(
        "infant-body",
        "What does the infant's body do?",
        "left",
        (
            Item("none of the codes", FACE),
            Item("infant_body.reach", FACE | {"infant_body": "reach"}),
            Item("none of the codes: a reach for a toy", {"infant_gaze": "object", "infant_body": "to_toy"}),
            Item("infant_body.turn_away", {"infant_gaze": "averted", "infant_body": "turn_away"}),
            Item("infant_body.turn_away, arched", {"infant_gaze": "averted", "infant_body": "arch"}),
            Item("infant_body.oral_comfort", FACE | {"infant_body": "fist_to_mouth"}),
            Item("infant_body.hand_comfort", {"infant_gaze": "averted", "infant_body": "interlaced"}),
            Item("infant_body.hand_comfort or object, by the eyes", {"infant_gaze": "hands", "infant_body": "strap"}),
            Item("infant_body.conflict: reach, head away", {"infant_gaze": "averted", "infant_body": "reach_turned"}),
        ),
    ),
    Sheet(
        "caregiver-face",
        "What does the caregiver's face show?",
        "right",
        (
            Item("caregiver_face.neutral", {"caregiver_face": "neutral"}),
            Item("caregiver_face.positive", {"caregiver_face": "positive"}),
            Item("caregiver_face.positive", {"caregiver_face": "laugh"}),
            Item("caregiver_face.marked: mock surprise", {"caregiver_face": "surprise"}),
            Item("caregiver_face.marked: woe", {"caregiver_face": "woe"}),
            Item("caregiver_face.negative", {"caregiver_face": "negative"}),
            Item("caregiver_face.negative", {"caregiver_face": "harsh"}),
            Item("caregiver_face.blank, if it lasts 2 s", {"caregiver_face": "blank"}),
            Item("caregiver_face.neutral, concerned", {"caregiver_face": "worried"}),
            Item("caregiver_face.neutral, soothing", {"caregiver_face": "soothing"}),
        ),
    ),
    Sheet(
        "caregiver-gaze",
        "Where does the caregiver look?",
        "both",
        (
            Item("caregiver_gaze.face", {"caregiver_gaze": "face"}),
            Item("caregiver_gaze.infant_focus", {"caregiver_gaze": "infant_focus", "infant_gaze": "object"}),
            Item("caregiver_gaze.elsewhere", {"caregiver_gaze": "elsewhere"}),
            Item("caregiver_gaze.face", {"caregiver_gaze": "face", "infant_gaze": "object"}),
        ),
    ),
    Sheet(
        "both",
        "What happens between the two?",
        "both",
        (
            Item("returns.facial_mirroring (of a smile)", {"infant_face": "smile_duchenne", "caregiver_face": "positive"}),
            Item("no mirroring: a smile at a sad face", {"infant_face": "negative", "caregiver_face": "positive"}),
            Item("returns.facial_mirroring (of an O)", {"infant_face": "o_mouth", "caregiver_face": "o_mouth"}),
            Item("returns.affect_mirroring, marked", {"infant_face": "negative", "caregiver_face": "woe"}),
            Item(
                "regulation.comforting",
                {"infant_face": "clouding", "caregiver_face": "soothing", "caregiver_touch": "comforting"},
            ),
            Item(
                "regulation.playful_up",
                {"infant_face": "laugh", "caregiver_face": "laugh", "caregiver_touch": "playful"},
            ),
            Item(
                "regulation.intrusion: looming",
                {"infant_gaze": "averted", "infant_body": "turn_away", "caregiver_face": "looming", "caregiver_body": "loom"},
            ),
            Item("regulation.still_face", {"caregiver_face": "blank"}),
        ),
    ),
    Sheet(
        "touch",
        "How does the caregiver touch? Eight moments one after the other.",
        "left",
        tuple(
            Item(f"caregiver_touch.{touch}", {"infant_face": face, "caregiver_touch": touch}, _strip(0.16, 1.0))
            for touch, face in (
                ("affectionate", "neutral"),
                ("static", "neutral"),
                ("playful", "smile_duchenne"),
                ("comforting", "clouding"),
                ("instrumental", "neutral"),
                ("rough", "negative"),
                ("none", "neutral"),
            )
        ),
    ),
    Sheet(
        "infant-moves",
        "What does the infant do? Eight moments one after the other.",
        "left",
        (
            Item("infant_voice.coo", {"infant_voice": "coo"}, _strip(0.2, -0.2), 0.8),
            Item("infant_voice.fuss", {"infant_face": "clouding", "infant_voice": "fuss"}, _strip(0.2, -0.2), 1.0),
            Item("infant_voice.cry", {"infant_face": "cry", "infant_voice": "cry"}, _strip(0.2, 0.6)),
            Item("infant_voice.coo (a laugh)", {"infant_face": "laugh", "infant_voice": "laugh"}, _strip(0.2, 0.2)),
            Item("infant_body.stress_sign (hiccup)", {"infant_body": "hiccup"}, _strip(0.08, -0.12), 0.2),
            Item("infant_body.reach", {"infant_body": "reach"}, _strip(0.2, -0.2), 1.4),
            Item("infant_body.conflict: a reach that freezes", {"infant_body": "frozen_reach"}, _strip(0.5, -0.2), 3.6),
            Item("infant_gaze.averted", {"infant_gaze": "averted"}, _strip(0.08, -0.12)),
            Item("infant_gaze.object", {"infant_gaze": "object"}, _strip(0.08, -0.12)),
        ),
    ),
    Sheet(
        "caregiver-moves",
        "What does the caregiver do? Eight moments one after the other.",
        "right",
        (
            Item("caregiver_face.blank", {"caregiver_face": "blank"}, _strip(0.8, 0.6)),
            Item("caregiver_face.neutral", {"caregiver_face": "neutral"}, _strip(0.8, 0.6)),
            Item("caregiver_voice.narrating", {"caregiver_voice": "narrating"}, _strip(0.3, 0.2), 3.0),
            Item("caregiver_voice.infant_directed", {"caregiver_voice": "infant_directed"}, _strip(0.3, 0.2), 3.0),
            Item(
                "caregiver_voice.soothing", {"caregiver_face": "soothing", "caregiver_voice": "soothing"}, _strip(0.3, 0.2), 3.0
            ),
            Item("caregiver_voice.harsh", {"caregiver_face": "negative", "caregiver_voice": "harsh"}, _strip(0.3, 0.2), 3.0),
            Item(
                "caregiver_voice.other_directed",
                {"caregiver_gaze": "elsewhere", "caregiver_voice": "other_directed"},
                _strip(0.3, 0.2),
                3.0,
            ),
        ),
    ),
)


def ordered(sheet: Sheet) -> list[Item]:
    """The items in the order of their numbers, which gives nothing away."""
    order = np.random.default_rng([sheet.seed, *sheet.id.encode()]).permutation(len(sheet.items))
    return [sheet.items[i] for i in order]


def script_of(item: Item, cast: tuple[str, str], seed: int = 4) -> Script:
    """A clip in which only this item is acted."""
    to = ONSET_S + item.until_s
    base = {"infant_gaze": [{"at": 0, "code": "face"}]}
    acts = {stream: [{"at": ONSET_S, "to": round(to, 2), "code": act}] for stream, act in item.acts.items()}
    head = {"id": "sheet", "version": "1.0", "name": "Sheet", "scheme": "serve-and-return", "length_s": LENGTH_S, "seed": seed}
    whole = {**head, "size": SIZE, "cast": dict(zip(("infant", "caregiver"), cast, strict=True))}
    return parse(json.dumps({**whole, "scores": ["infant_gaze"], "streams": base, "acts": acts}), item.code)


def frames(item: Item, cast: tuple[str, str]) -> list[Picture]:
    """The pictures of an item, with the first seed by which nobody blinks in them."""
    for seed in range(4, 100):
        script = script_of(item, cast, seed)
        scene, stage = Scene(script), Stage(script.cast, SIZE)
        numbers = [round((ONSET_S + after_s) * script.fps) for after_s in item.frames_s]
        blinks = (scene.blinking(who, (number + 1) / script.fps) for number in numbers for who in ("infant", "caregiver"))
        if not any(blinks):
            return [stage.draw(scene.at(number)) for number in numbers]
    raise AssertionError(f"{item.code}: somebody blinks with every seed")


def panel(sheet: Sheet, number: int) -> Picture:
    """The item of that number, counted from 1, with its number above."""
    item = ordered(sheet)[number - 1]
    made = frames(item, CASTS[(number - 1) % len(CASTS)])
    rows, columns = (STRIP_CUTS if len(made) > 1 else CUTS)[sheet.shown]
    pictures = [picture[rows, columns] for picture in made]
    height = STRIP_HEIGHT if len(made) > 1 else STILL_HEIGHT
    return _numbered(_beside([_scaled(picture, height) for picture in pictures]), number)


def drawn(sheet: Sheet) -> Picture:
    """The sheet as one BGR picture: a strip a row, or stills in columns that leave few places empty."""
    panels = [panel(sheet, number) for number in range(1, len(sheet.items) + 1)]
    strips = any(len(item.frames_s) > 1 for item in sheet.items)
    columns = 1 if strips else 2 if sheet.shown == "both" else min((4, 5, 3), key=lambda many: -len(panels) % many)
    return _above([_beside(panels[i : i + columns]) for i in range(0, len(panels), columns)])


def _scaled(picture: Picture, height: int) -> Picture:
    width = round(picture.shape[1] * height / picture.shape[0])
    return np.asarray(cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def _beside(parts: list[Picture]) -> Picture:
    gap = np.full((parts[0].shape[0], GAP, 3), PAPER, np.uint8)
    return np.hstack([part for picture in parts for part in (picture, gap)][:-1])


def _above(rows: list[Picture]) -> Picture:
    width = max(row.shape[1] for row in rows)
    wide = [cv2.copyMakeBorder(row, GAP, 0, GAP, GAP + width - row.shape[1], cv2.BORDER_CONSTANT, value=PAPER) for row in rows]
    return np.asarray(cv2.copyMakeBorder(np.vstack(wide), 0, GAP, 0, 0, cv2.BORDER_CONSTANT, value=PAPER), np.uint8)


def _numbered(picture: Picture, number: int) -> Picture:
    """The picture with its number above."""
    titled = cv2.copyMakeBorder(picture, 26, 0, 0, 0, cv2.BORDER_CONSTANT, value=PAPER)
    cv2.putText(titled, str(number), (2, 19), cv2.FONT_HERSHEY_SIMPLEX, 0.62, INK, 2, cv2.LINE_AA)
    return np.asarray(titled, np.uint8)


def answers() -> str:
    """The answers of all sheets as Markdown."""
    lines = [
        "# Answers to the contact sheets",
        "",
        "Codes are those of `serve-and-return`. The pictures: [README.md](README.md).",
    ]
    for sheet in SHEETS:
        lines += ["", f"## {sheet.id}.jpg: {sheet.question}", ""]
        lines += [f"{number}. {item.code}" for number, item in enumerate(ordered(sheet), start=1)]
    return "\n".join(lines) + "\n"


def write(folder: Path, progress: Callable[[float], None] = lambda share: None) -> list[Path]:
    """Writes every sheet as a JPEG and the answers as `answers.md`; each file whole or not at all. Raises StoreError."""
    made = []
    for i, sheet in enumerate(SHEETS):
        _, data = cv2.imencode(".jpg", drawn(sheet), [cv2.IMWRITE_JPEG_QUALITY, 88])
        made.append(put(folder / f"{sheet.id}.jpg", data.tobytes()))
        progress((i + 1) / len(SHEETS))
    made.append(put(folder / "answers.md", answers().encode()))
    return made
