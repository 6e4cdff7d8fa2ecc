"""Who is on the stage: colours and proportions of the infants, the caregivers, and their rooms."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from coder_app.studio.canvas import Colour, bgr, blend

Ball = tuple[tuple[float, float, float], tuple[float, float, float]]
Style = Literal[
    "wisp", "coils", "straight", "downy", "bun", "short", "curls", "bob", "scarf", "receding", "parted", "set", "braids"
]


@dataclass(frozen=True, slots=True)
class Skin:
    base: str
    shade: str
    light: str
    blush: str
    lip: str
    lip_dark: str
    line: str


@dataclass(frozen=True, slots=True)
class Tones:
    """The colours of a skin at one instant."""

    base: Colour
    shade: Colour
    light: Colour
    blush: Colour
    lip: Colour
    lip_dark: Colour
    line: Colour

    def fold(self, share: float) -> Colour:
        """The colour of a line in the skin, darker with `share`."""
        return blend(self.shade, self.line, share)


def tones(skin: Skin, flush: float) -> Tones:
    """A skin flushed by 0..1."""
    base, shade, light, blush = bgr(skin.base), bgr(skin.shade), bgr(skin.light), bgr(skin.blush)
    fair = base[1] > 140
    red = blend(blush, bgr("#D64B3C"), 0.45 if fair else 0.05)
    return Tones(
        blend(base, red, 0.24 * flush),
        blend(shade, red, 0.45 * flush),
        blend(light, red, 0.16 * flush),
        blend(blush, bgr("#D9483C"), (0.5 if fair else 0.12) * flush),
        bgr(skin.lip),
        bgr(skin.lip_dark),
        bgr(skin.line),
    )


@dataclass(frozen=True, slots=True)
class Build:
    """Proportions of a head in head units (its radius is 1): x right, y down, z toward the viewer.

    `skull` (the first two carry hair) and `flesh` are ellipsoids (centre, radii). Features are written as seen from the front.
    """

    infant: bool
    skull: tuple[Ball, ...]
    flesh: tuple[Ball, ...]
    surface: tuple[float, float, float]
    eye: tuple[float, float, float, float, float]  # x, y, half width, up, down
    iris: float
    slant: float  # how much higher the outer corner of an eye lies
    fold: float  # 1 a crease above the lid, 0 a smooth lid
    brow: tuple[float, float, float]  # y, inner x, outer x
    brow_width: tuple[float, float, float]  # inner, middle, outer
    nose: tuple[float, float, float]  # y, how far it stands out, radius
    mouth: tuple[float, float]  # y, half width
    lips: tuple[float, float]  # upper, lower thickness
    ear: tuple[float, float, float, float, float]  # x, y, z, width, half height
    blush: tuple[float, float, float, float]  # x, y, radii


INFANT = Build(
    infant=True,
    skull=(((0, -0.25, -0.16), (0.95, 0.88, 1.02)), ((0, -0.10, 0.10), (0.88, 0.80, 0.80))),
    flesh=(
        ((-0.40, 0.34, 0.20), (0.53, 0.47, 0.52)),
        ((0.40, 0.34, 0.20), (0.53, 0.47, 0.52)),
        ((0, 0.40, 0.22), (0.72, 0.55, 0.58)),
    ),
    surface=(1.10, 1.20, 0.88),
    eye=(0.375, 0.165, 0.192, 0.19, 0.145),
    iris=0.145,
    slant=0.006,
    fold=1.0,
    brow=(-0.165, 0.24, 0.52),
    brow_width=(0.040, 0.058, 0.030),
    nose=(0.30, 0.12, 0.085),
    mouth=(0.55, 0.175),
    lips=(0.042, 0.055),
    ear=(0.93, 0.20, -0.10, 0.14, 0.18),
    blush=(0.56, 0.43, 0.24, 0.17),
)
ADULT = Build(
    infant=False,
    skull=(((0, -0.32, -0.16), (0.80, 0.78, 0.94)), ((0, -0.08, 0.10), (0.75, 0.80, 0.70))),
    flesh=(
        ((-0.33, 0.26, 0.20), (0.43, 0.46, 0.42)),
        ((0.33, 0.26, 0.20), (0.43, 0.46, 0.42)),
        ((0, 0.44, 0.16), (0.66, 0.50, 0.54)),
        ((0, 0.55, 0.28), (0.44, 0.50, 0.38)),
    ),
    surface=(0.86, 1.22, 0.80),
    eye=(0.325, 0.065, 0.185, 0.15, 0.105),
    iris=0.113,
    slant=0.018,
    fold=1.0,
    brow=(-0.215, 0.17, 0.53),
    brow_width=(0.034, 0.052, 0.018),
    nose=(0.36, 0.17, 0.078),
    mouth=(0.605, 0.225),
    lips=(0.042, 0.062),
    ear=(0.77, 0.14, -0.04, 0.15, 0.20),
    blush=(0.45, 0.36, 0.21, 0.15),
)
BROAD = replace(
    ADULT,
    flesh=(*ADULT.flesh[:2], ((0, 0.47, 0.16), (0.70, 0.52, 0.54)), ((0, 0.57, 0.28), (0.52, 0.52, 0.40))),
    eye=(0.325, 0.065, 0.175, 0.135, 0.098),
    brow=(-0.20, 0.17, 0.53),
    brow_width=(0.048, 0.066, 0.026),
    nose=(0.37, 0.18, 0.092),
    mouth=(0.625, 0.23),
    lips=(0.040, 0.060),
)
ROUND = replace(
    ADULT,
    flesh=(
        ((-0.34, 0.27, 0.20), (0.45, 0.47, 0.42)),
        ((0.34, 0.27, 0.20), (0.45, 0.47, 0.42)),
        ((0, 0.42, 0.16), (0.70, 0.52, 0.54)),
        ((0, 0.51, 0.28), (0.48, 0.50, 0.38)),
    ),
    mouth=(0.595, 0.215),
)


def smooth_lidded(build: Build) -> Build:
    """The same head with hardly a crease above its lids, and eyes that rise outward."""
    return replace(build, slant=0.040, fold=0.25)


@dataclass(frozen=True, slots=True)
class Head:
    """`age` 0..1 deepens lines; `beard` and `glasses` are colours or empty; `band` is the colour of a hair band or scarf."""

    build: Build
    skin: Skin
    style: Style
    hair: str
    sheen: str
    brow: str
    iris: str
    iris_light: str
    beard: str = ""
    glasses: str = ""
    band: str = ""
    age: float = 0.0


@dataclass(frozen=True, slots=True)
class InfantLook:
    who: str
    head: Head
    seat: str
    seat_light: str
    cushion: str
    strap: str
    suit: str
    suit_shade: str
    collar: str
    wall: tuple[str, str]

    @property
    def skin(self) -> Skin:
        return self.head.skin


@dataclass(frozen=True, slots=True)
class CaregiverLook:
    who: str
    head: Head
    top: str
    top_shade: str
    top_light: str
    wall: tuple[str, str]
    deep: bool = False  # a man's voice

    @property
    def skin(self) -> Skin:
        return self.head.skin


WARM = Skin("#F0BD97", "#DB9A75", "#FAD5B4", "#EC8D78", "#D9786C", "#C4625A", "#6B3F33")
DEEP = Skin("#9C6644", "#774729", "#B98059", "#B5533F", "#A3524A", "#843C38", "#3A2118")
LIGHT = Skin("#F7D3BA", "#E5AE92", "#FFE6D4", "#F0958A", "#E08478", "#C96C66", "#7A4E42")
OLIVE = Skin("#DDAE83", "#BF8A60", "#EEC8A2", "#D87E66", "#C56A60", "#A8524C", "#5E3A2A")
IVORY = Skin("#F3CDA9", "#DDA984", "#FCE3C8", "#EF9280", "#DB776C", "#C05F59", "#6A4536")
EBONY = Skin("#7A4B33", "#58331F", "#966447", "#97443A", "#8F4A46", "#6C302F", "#2A1711")

INFANTS = {
    "a": InfantLook(
        "infant with a brown tuft",
        Head(INFANT, WARM, "wisp", "#7C533B", "#A97C5E", "#A2765B", "#54402F", "#A27448"),
        *("#6F9A93", "#8FB5AB", "#BFD6CB", "#4F7A76"),
        *("#F2B45F", "#DB9444", "#FFF4E2", ("#F3E4D2", "#FCF4E8")),
    ),
    "b": InfantLook(
        "infant with black coils",
        Head(INFANT, DEEP, "coils", "#2E211C", "#57443A", "#4B3026", "#3A261B", "#7A5233"),
        *("#C78667", "#DBA285", "#F0D6C1", "#9A5F47"),
        *("#8DB3A8", "#6A958B", "#FBF4E6", ("#F2E6D8", "#FBF5EC")),
    ),
    "c": InfantLook(
        "infant with fair hair",
        Head(INFANT, LIGHT, "wisp", "#C98F57", "#E8BC86", "#C69468", "#4F6B78", "#93B4BD"),
        *("#7F8DB0", "#A0ACCA", "#D0D7E8", "#5F6C92"),
        *("#E58D78", "#C56C59", "#FFF4E6", ("#F4E7DA", "#FDF6ED")),
    ),
    "d": InfantLook(
        "infant with a little down",
        Head(INFANT, OLIVE, "downy", "#6B4A33", "#94704F", "#7A5840", "#4A3322", "#8C6239"),
        *("#B98A9A", "#D3ACB8", "#F0DCE0", "#8E6273"),
        *("#86A7C6", "#6486A8", "#F8F3E8", ("#EFE7DC", "#FAF6EE")),
    ),
    "e": InfantLook(
        "infant with straight black hair",
        Head(smooth_lidded(INFANT), IVORY, "straight", "#2B2423", "#5A4D49", "#5B4740", "#33241C", "#76512F"),
        *("#8E9F6E", "#AEBD8F", "#DDE4C8", "#69784C"),
        *("#F0DCA8", "#D3B877", "#FFFDF4", ("#F1E8D8", "#FBF7EC")),
    ),
    "f": InfantLook(
        "infant with black coils and a band",
        Head(INFANT, EBONY, "coils", "#211815", "#493831", "#35231C", "#2B1C14", "#65432A", band="#E9A23F"),
        *("#7FA3B5", "#A1C0CE", "#D5E4EA", "#587C8E"),
        *("#F3C9BC", "#D99F90", "#FFF7EC", ("#F2EADC", "#FBF7EF")),
    ),
}
CAREGIVERS = {
    "a": CaregiverLook(
        "mother with a bun",
        Head(ADULT, WARM, "bun", "#5A3526", "#8A5A40", "#74493A", "#4A3426", "#94663F"),
        *("#CF6F55", "#AE5440", "#DD8A70", ("#DCE6DF", "#F0F4EE")),
    ),
    "b": CaregiverLook(
        "father with a beard",
        Head(BROAD, DEEP, "short", "#241A17", "#4A3A33", "#2E1F1A", "#35231A", "#6B472C", beard="#3A2620"),
        *("#47707A", "#335760", "#648E97", ("#E3E2EC", "#F4F3F6")),
        deep=True,
    ),
    "c": CaregiverLook(
        "mother with red curls",
        Head(ADULT, LIGHT, "curls", "#9A4F2C", "#C97A4B", "#8F5637", "#4E6B55", "#8FAF86"),
        *("#DDA544", "#BC8530", "#EBBD68", ("#DFE8E6", "#F2F6F3")),
    ),
    "d": CaregiverLook(
        "mother with a headscarf",
        Head(ROUND, OLIVE, "scarf", "#5B7F8C", "#86A6B0", "#4A3226", "#4A3020", "#8E5F35", band="#EADFCB"),
        *("#B5747C", "#935660", "#CC949B", ("#E8E4DA", "#F7F4EC")),
    ),
    "e": CaregiverLook(
        "grandmother with grey hair and glasses",
        Head(ROUND, WARM, "set", "#B9B4AE", "#DEDAD4", "#98877B", "#5B4A3C", "#9C7E5C", glasses="#8A5A4A", age=0.9),
        *("#7C86A8", "#5F698C", "#9BA4C1", ("#E6E9E2", "#F5F7F1")),
    ),
    "f": CaregiverLook(
        "grandfather with white hair, beard and glasses",
        Head(BROAD, EBONY, "receding", "#CFCBC6", "#ECE9E5", "#B9B2AB", "#2D1E16", "#5E4029", "#D2CDC8", "#3B3A3C", age=1.0),
        *("#8C6E50", "#6C5239", "#A88B6C", ("#E2E6EA", "#F3F5F7")),
        deep=True,
    ),
    "g": CaregiverLook(
        "mother with a black bob",
        Head(smooth_lidded(ROUND), IVORY, "bob", "#241E1F", "#5A4E4F", "#3E3030", "#33241C", "#7A5432"),
        *("#7E9B7A", "#5F7C5C", "#9DB699", ("#EAE3E2", "#F8F4F2")),
    ),
    "h": CaregiverLook(
        "father with fair hair and glasses",
        Head(BROAD, LIGHT, "parted", "#A9773F", "#D0A165", "#9A6C3F", "#5A7585", "#9BBAC6", glasses="#40464E"),
        *("#6C7A5E", "#525F46", "#8A987B", ("#E1E5E9", "#F2F4F7")),
        deep=True,
    ),
    "i": CaregiverLook(
        "mother with braids",
        Head(ADULT, EBONY, "braids", "#1D1513", "#47372F", "#2B1B16", "#2E1E15", "#66452B"),
        *("#C9903E", "#A5722B", "#DCAB60", ("#E4E6DC", "#F4F5EE")),
    ),
}
EYE_WHITE, LASH, MOUTH, TONGUE, TEETH, GUMS = "#FFFCF6", "#241613", "#6B2B2E", "#DE7F80", "#FFFAF2", "#E58F8C"
INK, PAPER = "#4A3B35", "#FBF6EE"
