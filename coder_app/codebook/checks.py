"""What the parts of a scheme file must mean to one another. Each check yields everything it finds; `CHECKS` lists them all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from coder_app.codebook.draft import Draft, DraftCode, Item
from coder_app.codebook.problems import Finding, Path, did_you_mean, place_of

Check = Callable[[Draft], Iterator[Finding]]


def _twice(entries: Iterable[tuple[Path, str, str]], expected: str, hint: str = "") -> Iterator[Finding]:
    """`entries` are (place, word, owner); every later use of a word is a finding that names its first owner."""
    seen: dict[str, str] = {}
    for path, word, owner in entries:
        if word in seen:
            yield Finding(path, f"'{word}' is already {seen[word]}", expected, hint)
        else:
            seen[word] = f"{owner} ({place_of(path[:-1])})"


def ids_once(draft: Draft) -> Iterator[Finding]:
    """Ids are unique among passes, modifiers, streams, links, the codes of a stream and the values of a modifier."""
    groups = [(draft.top, key) for key in ("passes", "modifiers", "streams", "links")]
    groups += [(stream, "codes") for stream in draft.top.items("streams")]
    groups += [(modifier, "values") for modifier in draft.top.items("modifiers")]
    for owner, key in groups:
        found = ((item.at("id"), item.text("id") or "", f"the id of {item.label}") for item in owner.items(key))
        yield from _twice((entry for entry in found if entry[1]), "an id of its own")


def shorts_once(draft: Draft) -> Iterator[Finding]:
    """Letter keys are unique within a stream and among modifiers, so that a table can use them."""
    for owner, key in [*((stream, "codes") for stream in draft.top.items("streams")), (draft.top, "modifiers")]:
        found = ((item.at("short"), item.text("short") or "", f"the short of {item.label}") for item in owner.items(key))
        yield from _twice((entry for entry in found if entry[1]), "a short of its own")


def pass_streams(draft: Draft) -> Iterator[Finding]:
    """Passes name streams that exist, each once; every stream is in a pass."""
    shown: set[str] = set()
    for one in draft.top.items("passes"):
        named: set[str] = set()
        for path, stream_id in one.texts("streams"):
            if stream_id not in draft.streams:
                yield Finding(path, f"no stream '{stream_id}'", "the id of a stream", did_you_mean(stream_id, draft.streams))
            elif stream_id in named:
                yield Finding(path, f"'{stream_id}' is already in this pass", "each stream once in a pass")
            named.add(stream_id)
        shown |= named
    for stream_id, stream in draft.streams.items():
        if stream_id not in shown:
            hint = f"Add '{stream_id}' to the streams of a pass, or remove the stream."
            yield Finding(stream.at("id"), f"stream '{stream_id}' is in no pass", "every stream in a pass", hint)


def keys_of_a_pass(draft: Draft) -> Iterator[Finding]:
    """A hotkey is unique within a pass, across the streams it shows. A clash is told once, though several passes show it."""
    told: set[Path] = set()
    for one in draft.top.items("passes"):
        streams = dict.fromkeys(name for _, name in one.texts("streams") if name in draft.streams)
        codes = [code for name in streams for code in draft.streams[name].items("codes")]
        found = ((code.at("hotkey"), code.text("hotkey") or "", f"the key of {code.label}") for code in codes)
        expected = f"a key that no other code of pass '{one.text('id')}' has"
        hint = "Streams with the same keys go into separate passes."
        for finding in _twice((entry for entry in found if entry[1]), expected, hint):
            if finding.path not in told:
                told.add(finding.path)
                yield finding


def modifiers_of_codes(draft: Draft) -> Iterator[Finding]:
    """Codes name modifiers that exist, and the keys asked for after a code differ."""
    told: set[Path] = set()
    for code in draft.codes:
        asked: list[tuple[Path, str, str]] = []
        named: set[str] = set()
        for path, name in code.item.texts("modifiers"):
            if name not in draft.modifiers:
                yield Finding(path, f"no modifier '{name}'", "the id of a modifier", did_you_mean(name, draft.modifiers))
            elif name in named:
                yield Finding(path, f"'{name}' is already a modifier of this code", "each modifier once")
            else:
                asked += _asked_keys(draft.modifiers[name])
            named.add(name)
        for finding in _twice(asked, f"keys that differ among the modifiers of {code.item.label}"):
            if finding.path not in told:
                told.add(finding.path)
                yield finding


def _asked_keys(modifier: Item) -> list[tuple[Path, str, str]]:
    items = list(modifier.items("values")) or [modifier]
    return [(item.at("hotkey"), key, f"the key of {item.label}") for item in items if (key := item.text("hotkey"))]


def modifier_keys(draft: Draft) -> Iterator[Finding]:
    """A yes-or-no modifier has a key; one with values has none of its own."""
    for modifier in draft.top.items("modifiers"):
        if modifier.value.get("values"):
            if "hotkey" in modifier.value:
                hint = "Remove it: the keys of the values are asked for."
                yield Finding(modifier.at("hotkey"), "a key beside values", "keys only in the values", hint)
            yield from _twice(_asked_keys(modifier), "keys that differ among the values")
        elif "hotkey" not in modifier.value:
            hint = "Add 'hotkey:', or give 'values:'."
            yield Finding(modifier.at("hotkey"), "missing", "a key for a yes-or-no modifier", hint)
        if modifier.flag("required") and not modifier.value.get("values"):
            hint = "A yes or no is always answered: give 'values:' or remove 'required'."
            yield Finding(modifier.at("required"), "required without values", "values to choose from", hint)


def stream_flags(draft: Draft) -> Iterator[Finding]:
    """Exhaustive requires exclusive; both are for state streams."""
    for stream in draft.top.items("streams"):
        if stream.flag("exhaustive") and not stream.flag("exclusive"):
            hint = "Add 'exclusive: true', or remove 'exhaustive'."
            yield Finding(stream.at("exhaustive"), "exhaustive without exclusive", "an exhaustive stream to be exclusive", hint)
        if stream.text("kind") in ("point", "rating"):
            for flag in ("exclusive", "exhaustive"):
                if stream.flag(flag):
                    found = f"{flag} on a {stream.text('kind')} stream"
                    yield Finding(stream.at(flag), found, f"{flag} only where the kind is state", f"Remove '{flag}'.")


def code_kinds(draft: Draft) -> Iterator[Finding]:
    """A code differs from its stream's kind only between state and point; ratings keep to themselves."""
    for code in draft.codes:
        own, stream_kind = code.item.text("kind"), code.stream.text("kind")
        if own is not None and stream_kind is not None and own != stream_kind and "rating" in (own, stream_kind):
            found = f"a {own} in a {stream_kind} stream"
            yield Finding(
                code.item.at("kind"), found, "only ratings in rating streams, and only there", "Make a stream for it."
            )
        yield from _scale_of(code)
        if code.kind in ("point", "rating") and "min_s" in code.item.value:
            yield Finding(code.item.at("min_s"), f"min_s on a {code.kind}", "min_s only on states", "Remove it.")
        if code.kind == "rating" and code.item.value.get("modifiers"):
            yield Finding(code.item.at("modifiers"), "modifiers on a rating", "modifiers on states and points", "Remove them.")


def _scale_of(code: DraftCode) -> Iterator[Finding]:
    scale, path = code.item.value.get("scale"), code.item.at("scale")
    if code.kind == "rating" and scale is None:
        yield Finding(path, "missing", "a scale for a rating", "Add 'scale: {per: session, min: 1, max: 9}'.")
    if code.kind in ("state", "point") and scale is not None:
        yield Finding(path, f"a scale on a {code.kind}", "scales only on ratings", "Remove it, or make it a rating.")
    if not isinstance(scale, dict):
        return
    low, high = scale.get("min"), scale.get("max")
    if not (type(low) is int and type(high) is int):
        return
    if not low < high or high - low > 100:
        found = f"a scale from {low} to {high}"
        yield Finding((*path, "max"), found, "max above min, at most 100 apart")
    anchors = scale.get("anchors")
    for value in anchors if isinstance(anchors, dict) else ():
        if type(value) is int and not low <= value <= high:
            yield Finding((*path, "anchors", value), f"an anchor at {value}", f"anchors from {low} to {high}")


def unscorable_codes(draft: Draft) -> Iterator[Finding]:
    """Unscorable codes are states; the id `unscorable` means one."""
    for code in draft.codes:
        if code.item.flag("unscorable") and code.kind in ("point", "rating"):
            hint = "Write 'kind: state'." if code.kind == "point" else "Leave the rating out instead."
            yield Finding(code.item.at("unscorable"), f"an unscorable {code.kind}", "unscorable codes to be states", hint)
        if code.item.text("id") == "unscorable" and not code.item.flag("unscorable"):
            hint = "Add 'unscorable: true', or choose another id."
            yield Finding(code.item.at("id"), "the id 'unscorable' without 'unscorable: true'", "the two together", hint)


def _known(draft: Draft, path: Path, ref: object) -> Iterator[Finding]:
    if not isinstance(ref, str) or ref.count(".") != 1:
        return
    if ref not in draft.by_ref:
        yield Finding(path, f"no code '{ref}'", "stream.code of a code in this file", did_you_mean(ref, draft.by_ref))
    elif draft.by_ref[ref].kind == "rating":
        yield Finding(path, f"'{ref}' is a rating", "a state or a point")


def link_rules(draft: Draft) -> Iterator[Finding]:
    """Links name codes that exist; a pair of source and target is in one link only; windows run forwards."""
    pairs: dict[tuple[str, str], Path] = {}
    for link in draft.top.items("links"):
        for key in ("source", "target"):
            for path, ref in link.texts(key):
                yield from _known(draft, path, ref)
        for path, target in link.texts("target"):
            code = draft.by_ref.get(target)
            if link.text("from_edge") == "offset" and code is not None and code.kind == "point":
                yield Finding(path, f"'{target}' is a point, which has no offset", "states where from_edge is offset")
        yield from _pairs_once(link, pairs)
        window = link.value.get("window_s")
        if isinstance(window, list) and len(window) == 2 and all(not isinstance(w, (str, dict, list, bool)) for w in window):
            low, high = window
            if low is not None and high is not None and low > high:
                yield Finding(link.at("window_s"), f"from {low} to {high}", "its start before its end", "Turn them round.")


def _pairs_once(link: Item, pairs: dict[tuple[str, str], Path]) -> Iterator[Finding]:
    sources, targets = list(link.texts("source")), list(link.texts("target"))
    for source_path, source in sources[:200]:
        for _, target in targets[:200]:
            first = pairs.setdefault((source, target), source_path)
            if first is not source_path:
                found = f"'{source}' already answers '{target}' ({place_of(first)})"
                yield Finding(source_path, found, "each source and target in one link, once")


def impossible_pairs(draft: Draft) -> Iterator[Finding]:
    """Pairs that cannot be at the same instant: two different codes that exist, each pair once."""
    seen: dict[frozenset[str], Path] = {}
    pairs = draft.top.value.get("impossible")
    for i, pair in enumerate(pairs if isinstance(pairs, list) else ()):
        path: Path = ("impossible", i)
        if not isinstance(pair, list) or len(pair) != 2 or not all(isinstance(ref, str) for ref in pair):
            continue
        for j, ref in enumerate(pair):
            yield from _known(draft, (*path, j), ref)
        key = frozenset(pair)
        if len(key) == 1:
            yield Finding(path, f"'{pair[0]}' with itself", "two different codes")
        elif key in seen:
            yield Finding(path, "a pair given before", "each pair once", f"The first is {place_of(seen[key])}.")
        seen.setdefault(key, path)


def analysis_and_age(draft: Draft) -> Iterator[Finding]:
    """Tolerances are not negative and not twice; ages run upwards."""
    analysis = draft.top.value.get("analysis")
    listed = analysis.get("tolerance_s") if isinstance(analysis, dict) else None
    tolerances = [(i, t) for i, t in enumerate(listed if isinstance(listed, list) else ()) if _is_number(t)]
    for n, (i, tolerance) in enumerate(tolerances):
        path: Path = ("analysis", "tolerance_s", i)
        if tolerance < 0:
            yield Finding(path, f"{tolerance}", "a tolerance of 0 or more")
        if any(tolerance == earlier for _, earlier in tolerances[:n][:100]):
            yield Finding(path, f"{tolerance} a second time", "each tolerance once")
    ages = draft.top.value.get("age_months")
    if isinstance(ages, list) and len(ages) == 2 and all(_is_number(age) for age in ages) and ages[0] > ages[1]:
        yield Finding(("age_months",), f"from {ages[0]} to {ages[1]}", "the younger age first", "Turn them round.")


def _is_number(value: object) -> bool:
    return value is not None and not isinstance(value, (bool, str, list, dict))


CHECKS: tuple[Check, ...] = (
    ids_once,
    shorts_once,
    pass_streams,
    keys_of_a_pass,
    modifiers_of_codes,
    modifier_keys,
    stream_flags,
    code_kinds,
    unscorable_codes,
    link_rules,
    impossible_pairs,
    analysis_and_age,
)
