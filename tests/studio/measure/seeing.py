"""What can be seen of a face in a frame, from its pixels alone: eyes, brows, mouth. Nothing here knows how it was drawn.

A face is found by its eyes: small patches of white beside something dark, two of them side by side. Skin is what lies below
them and between; the mouth is what is redder than skin below the eyes, a brow what is darker than skin above an eye.
Pictures are BGR, height x width x 3; x is right, y is down; lengths are pixels.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

Picture = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]
WHITE_LUMA, WHITE_CHROMA, DARK_LUMA, HAIR_LUMA = 205, 14, 75, 60
CHEEK_LUMA = 19.0  # how much the brightness of a cheek varies at most
RED = (0.09, 0.15)  # log of red over green, above that of the skin: half of what the reddest has, within these bounds


@dataclass(frozen=True, slots=True)
class Eye:
    """Middle between the corners, width and height of what shows of an eye in pixels; the pupil from there, in eye widths."""

    x: float
    y: float
    width: float
    height: float
    pupil_x: float
    pupil_y: float


@dataclass(frozen=True, slots=True)
class Mouth:
    """Pixels. `corner` is how high the corners stand over the middle of the upper lip, a little below 0 at rest."""

    x: float
    y: float
    width: float
    height: float
    corner: float


@dataclass(frozen=True, slots=True)
class Face:
    """Eyes from left to right, none where both are shut or hidden; how high each brow stands over its eye, in pixels."""

    eyes: tuple[Eye, ...]
    brows: tuple[float | None, ...]
    mouth: Mouth | None


@dataclass(frozen=True, slots=True)
class Colours:
    luma: npt.NDArray[np.float32]
    chroma: npt.NDArray[np.float32]  # distance from grey
    red: npt.NDArray[np.float32]  # log of red over green

    @classmethod
    def of(cls, picture: Picture) -> Colours:
        parts = cv2.cvtColor(picture, cv2.COLOR_BGR2YCrCb).astype(np.float32)
        chroma = np.hypot(parts[..., 1] - 128, parts[..., 2] - 128)
        bgr = picture.astype(np.float32)
        return cls(parts[..., 0], chroma, np.log((bgr[..., 2] + 12) / (bgr[..., 1] + 12)))


def face(picture: Picture, apart: float) -> Face:
    """The face in a pane. `apart` is the distance of the eyes in pixels when facing the viewer."""
    colours = Colours.of(picture)
    patches = _eye_patches(colours, apart)
    if not patches:
        return Face((), (), None)
    skin = _skin(picture, patches, apart)
    eyes = tuple(_eye(picture, colours, patch, skin, apart) for patch in patches)
    upright, at = _upright(colours, eyes)
    brows = tuple(_brow(upright, x, y, eye.height, skin, apart) for (x, y), eye in zip(at, eyes, strict=True))
    middle = (sum(x for x, _ in at) / len(at), sum(y for _, y in at) / len(at))
    return Face(eyes, brows, _mouth(upright, *middle, skin, apart, 1.2 if len(eyes) == 2 else 0.3))


def _upright(colours: Colours, eyes: tuple[Eye, ...]) -> tuple[Colours, list[tuple[float, float]]]:
    """The pane turned so that the line of the eyes lies level, and where the eyes are then."""
    if len(eyes) == 1:
        return colours, [(eyes[0].x, eyes[0].y)]
    a, b = eyes
    tilt = float(np.degrees(np.arctan2(b.y - a.y, b.x - a.x)))
    turn = cv2.getRotationMatrix2D(((a.x + b.x) / 2, (a.y + b.y) / 2), tilt, 1.0)
    size = (colours.luma.shape[1], colours.luma.shape[0])
    of = (colours.luma, colours.chroma, colours.red)
    parts = [cv2.warpAffine(part, turn, size, borderMode=cv2.BORDER_REPLICATE) for part in of]
    at = [tuple(turn @ np.array([eye.x, eye.y, 1.0])) for eye in eyes]
    return Colours(*parts), [(float(x), float(y)) for x, y in at]


def _luma(colour: npt.NDArray[np.float32]) -> float:
    return float(colour @ np.array([0.114, 0.587, 0.299], np.float32))


def _eye_patches(colours: Colours, apart: float) -> list[tuple[float, float]]:
    """Middles of the one or two patches that look like eyes, left to right: the pair, else the one, that shows
    most white, and the pair that lies level."""
    white = (colours.luma > WHITE_LUMA) & (colours.chroma < WHITE_CHROMA)
    dark = (colours.luma < DARK_LUMA).astype(np.uint8)
    near_dark = cv2.dilate(dark, np.ones((5, 5), np.uint8)) > 0
    count, labels, stats, _ = cv2.connectedComponentsWithStats(white.astype(np.uint8), connectivity=8)
    touching = np.bincount(labels[near_dark & white], minlength=count)
    most = 0.16 * apart**2
    seeds = [i for i in range(1, count) if stats[i, 4] < most and touching[i] >= max(2, 0.7 * stats[i, 4] ** 0.5)]
    mask = np.isin(labels, seeds).astype(np.uint8)
    reach = 2 * round(0.11 * apart) + 1
    joined = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    count, labels, stats, middles = cv2.connectedComponentsWithStats(joined, connectivity=8)
    whites = np.bincount(labels[mask > 0], minlength=count)
    around = cv2.dilate(labels.astype(np.float32), _disc(0.06 * apart)).astype(int)
    darks = np.bincount(around[dark > 0], minlength=count)
    at = {i: (float(middles[i][0]), float(middles[i][1])) for i in range(1, count) if whites[i] >= 5 and darks[i] >= 5}
    small = [i for i in at if stats[i, 2] < 0.9 * apart and stats[i, 3] < 0.6 * apart]
    fit = sorted((i for i in small if _in_skin(colours, at[i], apart)), key=lambda i: -whites[i])
    both = [(i, j) for i in fit for j in fit if 0.35 * apart < at[j][0] - at[i][0] < 1.35 * apart]
    pairs = [(i, j) for i, j in both if abs(at[j][1] - at[i][1]) < 0.45 * (at[j][0] - at[i][0])]
    if pairs:
        slant = {(i, j): abs(at[j][1] - at[i][1]) for i, j in pairs}
        return [at[i] for i in max(pairs, key=lambda pair: whites[pair[0]] + whites[pair[1]] - 4 * slant[pair])]
    return [at[i] for i in fit[:1]]


def _in_skin(colours: Colours, middle: tuple[float, float], apart: float) -> bool:
    """Whether what lies around a patch is mostly neither hair nor wall nor cushion, and a plain cheek lies below it."""
    rows, columns = _box(colours.luma.shape, *middle, 0.42 * apart, 0.3 * apart, 0.42 * apart)
    luma, chroma = colours.luma[rows, columns], colours.chroma[rows, columns]
    cheek = colours.luma[_box(colours.luma.shape, middle[0], middle[1], 0.16 * apart, -0.28 * apart, 0.5 * apart)]
    plain = cheek.size > 0 and float(cheek.std()) < CHEEK_LUMA
    return bool(plain and (luma < HAIR_LUMA).mean() < 0.30 and ((luma > WHITE_LUMA) & (chroma < 26)).mean() < 0.34)


def _skin(picture: Picture, patches: list[tuple[float, float]], apart: float) -> npt.NDArray[np.float32]:
    """Colour of the skin: the middle colour of a patch below the eyes and between them."""
    x = sum(p[0] for p in patches) / len(patches)
    y = max(p[1] for p in patches) + 0.22 * apart
    r = round(0.14 * apart)
    part = picture[round(y) - r // 2 : round(y) + r, max(round(x) - r, 0) : round(x) + r]
    return np.asarray(np.median(part.reshape(-1, 3), 0), np.float32)


def _box(shape: tuple[int, ...], x: float, y: float, beside: float, up: float, down: float) -> tuple[slice, slice]:
    """Rows and columns of what lies so far beside, above and below a point, within the picture."""
    rows = slice(max(round(y - up), 0), min(round(y + down), shape[0]))
    return rows, slice(max(round(x - beside), 0), min(round(x + beside), shape[1]))


def _eye(picture: Picture, colours: Colours, patch: tuple[float, float], skin: npt.NDArray[np.float32], apart: float) -> Eye:
    x, y = patch
    r = 0.38 * apart
    rows, columns = _box(picture.shape, x, y, r, 0.8 * r, 0.8 * r)
    part = picture[rows, columns].astype(np.float32)
    luma, chroma = colours.luma[rows, columns], colours.chroma[rows, columns]
    other = (np.abs(part - skin).sum(2) > 95) & ((luma < 0.62 * _luma(skin)) | (chroma < WHITE_CHROMA + 6))
    count, labels, stats, middles = cv2.connectedComponentsWithStats(other.astype(np.uint8), connectivity=8)
    if count < 2:
        return Eye(x, y, 0.0, 0.0, 0.0, 0.0)
    centre = np.array([x - columns.start, y - rows.start])
    size = [stats[i, 4] - 2.0 * float(np.hypot(*(middles[i] - centre))) for i in range(1, count)]
    best = 1 + int(np.argmax(size))
    ys, xs = np.nonzero(labels == best)
    left, right = np.percentile(xs, [2, 98])
    inner = np.abs(xs - (left + right) / 2) < 0.25 * (right - left)
    top, bottom = np.percentile(ys[inner], [4, 96]) if inner.any() else np.percentile(ys, [4, 96])
    dark = cv2.morphologyEx(((luma < DARK_LUMA) & (labels == best)).astype(np.uint8), cv2.MORPH_OPEN, _disc(0.05 * apart))
    weight = np.clip(DARK_LUMA + 25 - luma, 0, None) * dark
    wide, tall = right - left + 1, bottom - top + 1
    corners = (float(np.mean(ys[xs < left + 0.07 * wide])), float(np.mean(ys[xs > right - 0.07 * wide])))
    middle_x, middle_y = (left + right) / 2, sum(corners) / 2
    if weight.sum() > 0:
        grid_y, grid_x = np.mgrid[: luma.shape[0], : luma.shape[1]]
        pupil_x = (float((weight * grid_x).sum() / weight.sum()) - middle_x) / wide
        pupil_y = (float((weight * grid_y).sum() / weight.sum()) - middle_y) / wide
    else:
        pupil_x = pupil_y = float("nan")
    return Eye(columns.start + middle_x, rows.start + middle_y, wide, tall, pupil_x, pupil_y)


def _disc(radius: float) -> npt.NDArray[np.uint8]:
    r = max(1, round(radius))
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * r + 1, 2 * r + 1)), np.uint8)


def _brow(colours: Colours, x: float, y: float, tall: float, skin: npt.NDArray[np.float32], apart: float) -> float | None:
    """Height of the brow over the eye: the darkest stroke above the lid that is not the hair."""
    skin_luma = _luma(skin)
    lowest = tall / 2 + 0.04 * apart
    rows, columns = _box(colours.luma.shape, x, y, 0.26 * apart, 0.78 * apart, -lowest)
    darker = np.clip(0.90 * skin_luma - colours.luma[rows, columns], 0, None)
    count, labels, stats, _ = cv2.connectedComponentsWithStats((darker > 0.06 * skin_luma).astype(np.uint8), connectivity=8)
    strokes = [i for i in range(1, count) if stats[i, 2] > 0.16 * apart and stats[i, 3] < 0.30 * apart and stats[i, 1] > 0]
    if not strokes:
        return None
    best = max(strokes, key=lambda i: float(darker[labels == i].sum()))
    weight = darker * (labels == best)
    grid_y = np.arange(weight.shape[0])[:, None]
    return float(y - (rows.start + float((weight * grid_y).sum() / weight.sum())))


def _mouth(colours: Colours, x: float, y: float, skin: npt.NDArray[np.float32], apart: float, aside: float) -> Mouth | None:
    """What is redder than the skin below the eyes, both lips with the teeth between them. `aside` says how much it counts that
    a patch is near the upright line through `x`: less where only one eye is seen."""
    red = colours.red
    rows, columns = _box(red.shape, x, y, apart, -0.36 * apart, 1.25 * apart)
    skin_red = float(np.log((skin[2] + 12) / (skin[1] + 12)))
    part = red[rows, columns]
    inner = part[:, round(x - columns.start - 0.2 * apart) : round(x - columns.start + 0.2 * apart)]
    most = float(np.percentile(inner, 99)) if inner.size else 0.0
    found = (part > skin_red + float(np.clip(0.5 * (most - skin_red), *RED))).astype(np.uint8)
    found = cv2.morphologyEx(found, cv2.MORPH_CLOSE, _disc(0.03 * apart))
    count, labels, stats, middles = cv2.connectedComponentsWithStats(found, connectivity=8)
    fit = [i for i in range(1, count) if stats[i, 4] > 0.004 * apart**2 and stats[i, 2] > 0.12 * apart]
    if not fit:
        return None
    centre = x - columns.start
    best = max(fit, key=lambda i: stats[i, 4] ** 0.5 - aside * abs(middles[i][0] - centre) - 0.5 * middles[i][1])
    near = [i for i in fit if _belongs(stats[i], stats[best], apart)]
    ys, xs = np.nonzero(np.isin(labels, near))
    left, right = np.percentile(xs, [0.5, 99.5])
    wide = right - left + 1
    middle = np.abs(xs - (left + right) / 2) < 0.15 * wide
    ends = (xs < left + 0.10 * wide) | (xs > right - 0.10 * wide)
    spans = [(ys[xs == column].min(), ys[xs == column].max()) for column in np.unique(xs[middle])]
    top, bottom = (float(np.mean(edge)) for edge in zip(*spans, strict=True))
    corner = top - float(np.mean(ys[ends]))
    at = (columns.start + (left + right) / 2, rows.start + (top + bottom) / 2)
    return Mouth(*at, wide, bottom - top + 1, corner)


def _belongs(part: npt.NDArray[np.int32], whole: npt.NDArray[np.int32], apart: float) -> bool:
    """Whether a patch is of the same mouth: a lip above or below the other."""
    aside = abs(part[0] + part[2] / 2 - whole[0] - whole[2] / 2)
    return bool(aside < 0.2 * apart and abs(part[1] - whole[1]) < 0.5 * apart and part[2] > 0.3 * whole[2])
