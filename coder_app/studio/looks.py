"""Who is on the stage: colours and proportions of the three infants, three caregivers, and their rooms."""

from __future__ import annotations

from dataclasses import dataclass

Ball = tuple[tuple[float, float, float], tuple[float, float, float]]


@dataclass(frozen=True, slots=True)
class Skin:
    base: str
    shade: str
    light: str
    blush: str
    lip: str
    line: str


@dataclass(frozen=True, slots=True)
class Build:
    """Proportions of a head in head units (its radius is 1): x right, y down, z toward the viewer.

    `skull` and `flesh` are ellipsoids (centre, radii). Features are written as seen from the front.
    """

    skull: tuple[Ball, ...]
    flesh: tuple[Ball, ...]
    surface: tuple[float, float, float]
    eye: tuple[float, float, float, float, float]  # x, y, half width, up, down
    iris: float
    brow: tuple[float, float, float, float]  # y, inner x, outer x, width
    nose: tuple[float, float]  # y, radius
    mouth: tuple[float, float]  # y, half width
    lips: tuple[float, float]  # upper, lower thickness
    ear: tuple[float, float, float]  # x, y, radius
    blush: tuple[float, float, float]  # x, y, radius


INFANT = Build(
    skull=(((0, -0.24, -0.16), (0.97, 0.90, 1.02)),),
    flesh=(
        ((0, -0.04, 0.18), (0.90, 0.86, 0.80)),
        ((-0.40, 0.34, 0.20), (0.53, 0.47, 0.52)),
        ((0.40, 0.34, 0.20), (0.53, 0.47, 0.52)),
        ((0, 0.42, 0.22), (0.70, 0.53, 0.58)),
    ),
    surface=(1.10, 1.20, 0.88),
    eye=(0.375, 0.165, 0.195, 0.20, 0.15),
    iris=0.148,
    brow=(-0.17, 0.23, 0.53, 0.05),
    nose=(0.31, 0.085),
    mouth=(0.56, 0.185),
    lips=(0.040, 0.055),
    ear=(0.92, 0.20, 0.19),
    blush=(0.55, 0.43, 0.22),
)
ADULT = Build(
    skull=(((0, -0.32, -0.16), (0.82, 0.82, 0.94)),),
    flesh=(
        ((0, -0.10, 0.12), (0.755, 0.80, 0.72)),
        ((-0.33, 0.26, 0.20), (0.43, 0.46, 0.42)),
        ((0.33, 0.26, 0.20), (0.43, 0.46, 0.42)),
        ((0, 0.44, 0.16), (0.66, 0.50, 0.54)),
        ((0, 0.56, 0.28), (0.44, 0.50, 0.38)),
    ),
    surface=(0.86, 1.22, 0.80),
    eye=(0.325, 0.065, 0.188, 0.155, 0.11),
    iris=0.116,
    brow=(-0.21, 0.15, 0.54, 0.056),
    nose=(0.36, 0.085),
    mouth=(0.605, 0.225),
    lips=(0.042, 0.062),
    ear=(0.78, 0.14, 0.19),
    blush=(0.45, 0.36, 0.19),
)


@dataclass(frozen=True, slots=True)
class InfantLook:
    skin: Skin
    hair: str
    brow: str
    iris: str
    seat: str
    cushion: str
    suit: str
    suit_shade: str
    wall: tuple[str, str]


@dataclass(frozen=True, slots=True)
class CaregiverLook:
    """`style` of the hair: "bun", "short" or "curls"; `beard` is a colour or empty."""

    skin: Skin
    hair: str
    style: str
    brow: str
    iris: str
    top: str
    top_shade: str
    wall: tuple[str, str]
    beard: str = ""


WARM = Skin("#F0BD97", "#DB9A75", "#FAD5B4", "#EC8D78", "#D9786C", "#6B3F33")
DEEP = Skin("#9C6644", "#774729", "#B98059", "#B5533F", "#B05A52", "#3A2118")
LIGHT = Skin("#F7D3BA", "#E5AE92", "#FFE6D4", "#F0958A", "#E08478", "#7A4E42")

INFANTS = {
    "a": InfantLook(WARM, "#7C533B", "#A2765B", "#54402F", "#6F9A93", "#BFD6CB", "#F2B45F", "#DB9444", ("#F3E4D2", "#FCF4E8")),
    "b": InfantLook(DEEP, "#2E211C", "#4B3026", "#3A261B", "#C78667", "#F0D6C1", "#8DB3A8", "#6A958B", ("#F2E6D8", "#FBF5EC")),
    "c": InfantLook(LIGHT, "#C98F57", "#C69468", "#4F6B78", "#7F8DB0", "#D0D7E8", "#E58D78", "#C56C59", ("#F4E7DA", "#FDF6ED")),
}
CAREGIVERS = {
    "a": CaregiverLook(WARM, "#5A3526", "bun", "#74493A", "#4A3426", "#CF6F55", "#AE5440", ("#DCE6DF", "#F0F4EE")),
    "b": CaregiverLook(DEEP, "#241A17", "short", "#2E1F1A", "#35231A", "#47707A", "#335760", ("#E3E2EC", "#F4F3F6"), "#3A2620"),
    "c": CaregiverLook(LIGHT, "#9A4F2C", "curls", "#8F5637", "#4E6B55", "#DDA544", "#BC8530", ("#DFE8E6", "#F2F6F3")),
}
EYE_WHITE, LASH, MOUTH, TONGUE, TEETH = "#FFFCF6", "#2A1915", "#6B2B2E", "#DE7F80", "#FFFAF2"
INK, PAPER = "#4A3B35", "#FBF6EE"
