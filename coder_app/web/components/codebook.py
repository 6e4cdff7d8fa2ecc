"""A scheme as its codebook: streams, codes with their keys, definitions. Scheme in, quiet HTML out."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

import streamlit as st

from coder_app.codebook.book import STATUS
from coder_app.model.scheme import Code, LinkRule, Modifier, Scheme, Stream
from coder_app.web import words

ACTORS = {"infant": "Infant", "caregiver": "Caregiver", "dyad": "Dyad", "session": "Session"}


def show(scheme: Scheme) -> None:
    st.html(f'<div class="coder-book">{"".join(_parts(scheme))}</div>')


def _parts(scheme: Scheme) -> Iterator[str]:
    yield f"<p>{escape(scheme.purpose)}</p>" if scheme.purpose else ""
    yield f'<p class="coder-quiet">{escape(facts(scheme))}</p>'
    yield _passes(scheme)
    for stream in scheme.streams:
        yield _stream(stream, scheme)
    if scheme.modifiers:
        yield "<h3>Modifiers</h3>" + "".join(_modifier(modifier) for modifier in scheme.modifiers)
    if scheme.links:
        yield "<h3>Links</h3><ul>" + "".join(f"<li>{escape(_link(rule))}</li>" for rule in scheme.links) + "</ul>"
    if scheme.tie_rules:
        yield "<h3>When unsure</h3><ul>" + "".join(f"<li>{escape(rule)}</li>" for rule in scheme.tie_rules) + "</ul>"
    if scheme.citations:
        yield "<h3>Sources</h3><ul>" + "".join(f"<li>{escape(text)}</li>" for text in scheme.citations) + "</ul>"
    yield f'<p class="coder-quiet">{escape(scheme.licence_note)}</p>' if scheme.licence_note else ""


def facts(scheme: Scheme) -> str:
    """Status, ages, setting in one line."""
    ages = "" if scheme.age_months is None else f"{scheme.age_months[0]:g} to {scheme.age_months[1]:g} months"
    return " · ".join(filter(None, (STATUS.get(scheme.status, scheme.status), ages, scheme.setting.rstrip("."))))


def _passes(scheme: Scheme) -> str:
    names = {stream.id: stream.name for stream in scheme.streams}
    lines = []
    for one in scheme.passes:
        notes = [f"{one.hide} half hidden"] if one.hide != "none" else []
        notes += ["without sound"] if one.mute else []
        streams = ", ".join(names.get(stream, stream) for stream in one.streams)
        note = f' <span class="coder-quiet">({escape(", ".join(notes))})</span>' if notes else ""
        lines.append(f"<li><b>{escape(one.name)}</b>: {escape(streams)}{note}</li>")
    return f"<h3>Passes</h3><ol>{''.join(lines)}</ol>"


def _stream(stream: Stream, scheme: Scheme) -> str:
    rows = "".join(_code(code, scheme) for code in stream.codes if not code.implied)
    head = "<tr><th>Key</th><th>Code</th><th>Definition</th></tr>"
    mark = (
        f'<span class="coder-actor" data-actor="{escape(stream.actor)}">{ACTORS.get(stream.actor, escape(stream.actor))}</span>'
    )
    return (
        f"<h3>{escape(stream.name)} {mark}</h3><p class='coder-quiet'>{escape(_kind(stream))}</p>"
        f"<table class='coder-table'><thead>{head}</thead><tbody>{rows}</tbody></table>"
    )


def _kind(stream: Stream) -> str:
    if stream.kind == "rating":
        return "Ratings."
    if stream.exhaustive:
        return "One code at any time: the next onset ends the bout before it."
    if stream.exclusive:
        return "At most one code at any time; time without a code means none of them."
    return "Each code is present or absent on its own."


def _code(code: Code, scheme: Scheme) -> str:
    key = f"<kbd>{escape(code.hotkey)}</kbd>" if code.hotkey else ""
    kind = f"<small>{escape(code.kind)}</small>" if code.kind == "point" else ""
    name = f"<b>{escape(code.name)}</b><small>{escape(code.short)}</small>{kind}"
    return f"<tr><td>{key}</td><td>{name}</td><td>{''.join(_definition(code, scheme))}</td></tr>"


def _definition(code: Code, scheme: Scheme) -> Iterator[str]:
    yield escape(code.definition)
    names = {modifier.id: modifier.name for modifier in scheme.modifiers}
    scale = "" if code.scale is None else f"{code.scale.min} to {code.scale.max} per {code.scale.per}"
    anchors = () if code.scale is None else tuple(f"{value}: {text}" for value, text in code.scale.anchors)
    parts = (
        ("Onset", code.onset),
        ("Offset", code.offset),
        ("Counts", "; ".join(code.include)),
        ("Does not count", "; ".join(code.exclude)),
        ("Examples", "; ".join(code.examples)),
        ("At least", "" if code.min_us is None else words.seconds(code.min_us)),
        ("Modifiers", ", ".join(names.get(one, one) for one in code.modifiers)),
        ("Scale", "; ".join(filter(None, (scale, *anchors)))),
    )
    for word, text in parts:
        if text:
            yield f"<small><i>{word}</i> {escape(text)}</small>"


def _modifier(modifier: Modifier) -> str:
    values = ", ".join(f"{value.name} ({value.hotkey})" for value in modifier.values) or f"yes or no ({modifier.hotkey})"
    needed = ", required" if modifier.required else ""
    return f"<p><b>{escape(modifier.name)}</b> {escape(values)}{needed}</p>"


def _link(rule: LinkRule) -> str:
    start, end = (words.seconds(us) for us in rule.window_us)
    return f"{', '.join(rule.source)} after {', '.join(rule.target)}: {start} to {end} from its {rule.from_edge}"
