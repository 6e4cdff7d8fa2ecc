"""A scheme printed as a codebook, in Markdown: what a coder reads before coding."""

from __future__ import annotations

from collections.abc import Iterator

from coder_app.model.scheme import Code, Scheme, Stream

STATUS = {
    "original": "Original wording",
    "public-description": "Public description, own wording",
    "ratings": "Rating scales",
    "structure": "Structure only",
}


def markdown(scheme: Scheme) -> str:
    """The codebook: heading, purpose, passes in coding order, every stream with its codes, tie rules, sources."""
    lines = [f"# {scheme.name} {scheme.version}", "", *_about(scheme), "", "## Passes", ""]
    names = {stream.id: stream.name for stream in scheme.streams}
    for number, one in enumerate(scheme.passes, 1):
        notes = [f"hide the {one.hide} half"] if one.hide != "none" else []
        notes += ["without sound"] if one.mute else []
        note = f" ({', '.join(notes)})" if notes else ""
        lines.append(f"{number}. {one.name}: {', '.join(names[s] for s in one.streams)}{note}")
    for stream in scheme.streams:
        lines += ["", f"## {stream.name}", "", _kind(stream), ""]
        for code in stream.codes:
            lines += _code(code, scheme)
    if scheme.tie_rules:
        lines += ["", "## When unsure", "", *(f"- {rule}" for rule in scheme.tie_rules)]
    if scheme.citations:
        lines += ["", "## Sources", "", *(f"- {citation}" for citation in scheme.citations)]
    return "\n".join(lines) + "\n"


def _about(scheme: Scheme) -> Iterator[str]:
    if scheme.purpose:
        yield scheme.purpose
    age = "" if scheme.age_months is None else f"Age {scheme.age_months[0]:g} to {scheme.age_months[1]:g} months. "
    facts = f"{age}{scheme.setting}".strip()
    if facts:
        yield facts
    yield f"{STATUS.get(scheme.status, scheme.status)}. {scheme.licence_note}".strip()


def _kind(stream: Stream) -> str:
    if stream.kind == "rating":
        return "Ratings."
    if stream.exhaustive:
        return "One code at any time: the next onset ends the bout before it."
    if stream.exclusive:
        return "At most one code at any time; time without a code means none of them."
    return "Each code is present or absent on its own."


def _code(code: Code, scheme: Scheme) -> Iterator[str]:
    if code.implied:
        return
    key = f"`{code.hotkey}` " if code.hotkey else ""
    short = f" ({code.short})" if code.short else ""
    yield f"- {key}**{code.name}**{short}: {code.definition}"
    if code.onset or code.offset:
        yield f"  Onset: {code.onset} Offset: {code.offset}"
    for word, texts in (("In", code.include), ("Out", code.exclude), ("Example", code.examples)):
        if texts:
            yield f"  {word}: {'; '.join(texts)}."
    if code.min_us is not None:
        yield f"  At least {code.min_us / 1_000_000:g} s."
    names = {modifier.id: modifier.name for modifier in scheme.modifiers}
    if code.modifiers:
        yield f"  Modifiers: {', '.join(names[m] for m in code.modifiers)}."
    if code.scale is not None:
        anchors = "; ".join(f"{value} {text}" for value, text in code.scale.anchors)
        yield f"  {code.scale.min} to {code.scale.max} per {code.scale.per}. {anchors}".rstrip()
