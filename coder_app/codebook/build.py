"""A checked scheme file becomes the `Scheme` the rest of the house knows, with all that a file may leave out filled in."""

from __future__ import annotations

from coder_app.codebook import file
from coder_app.model.scheme import Analysis, Code, LinkRule, Modifier, ModifierValue, Pass, Scale, Scheme, Stream

IMPLIED = Code(
    id="unscorable",
    name="Unscorable",
    kind="state",
    definition="Cannot be judged here; this time leaves every table.",
    unscorable=True,
    implied=True,
)


def scheme(part: file.SchemeFile) -> Scheme:
    return Scheme(
        id=part.id,
        version=part.version,
        name=part.name,
        status=part.status,
        streams=tuple(_stream(stream) for stream in part.streams),
        passes=tuple(Pass(p.id, p.name, tuple(p.streams), p.hide, p.mute) for p in part.passes),
        modifiers=tuple(_modifier(modifier) for modifier in part.modifiers),
        links=tuple(_link(link) for link in part.links),
        impossible=tuple((first, second) for first, second in part.impossible),
        tie_rules=tuple(part.tie_rules),
        citations=tuple(part.citations),
        licence_note=part.licence_note,
        purpose=part.purpose,
        age_months=None if part.age_months is None else (part.age_months[0], part.age_months[1]),
        setting=part.setting,
        analysis=Analysis(part.analysis.unit_s, tuple(part.analysis.tolerance_s)),
    )


def _stream(part: file.StreamPart) -> Stream:
    codes = tuple(_code(code, part.kind) for code in part.codes)
    if part.kind != "rating" and not any(code.unscorable for code in codes):
        codes = (*codes, IMPLIED)
    return Stream(part.id, part.name, part.actor, part.kind, part.exclusive, part.exhaustive, codes)


def _code(part: file.CodePart, stream_kind: str) -> Code:
    scale = part.scale
    return Code(
        id=part.id,
        name=part.name,
        kind=part.kind or stream_kind,
        hotkey=part.hotkey,
        short=part.short or "",
        definition=part.definition,
        onset=part.onset,
        offset=part.offset,
        include=tuple(part.include),
        exclude=tuple(part.exclude),
        examples=tuple(part.examples),
        min_us=part.min_s,
        modifiers=tuple(part.modifiers),
        unscorable=part.unscorable,
        scale=None if scale is None else Scale(scale.per, scale.min, scale.max, tuple(sorted(scale.anchors.items()))),
    )


def _modifier(part: file.ModifierPart) -> Modifier:
    values = tuple(ModifierValue(value.id, value.name, value.hotkey) for value in part.values)
    return Modifier(part.id, part.name, part.hotkey, part.short or "", part.required, values)


def _link(part: file.LinkPart) -> LinkRule:
    window = (part.window_s[0], part.window_s[1])
    return LinkRule(part.id, tuple(part.source), tuple(part.target), part.from_edge, window, part.unprompted)
