"""Scheme files: what is read, and that every problem is told at once with its place and line."""

from __future__ import annotations

import contextlib
import json
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from coder_app import codebook
from coder_app.codebook import book, load, source
from coder_app.codebook.problems import Problem
from coder_app.errors import SchemeError
from coder_app.model.scheme import Scheme

# The example of design.md 4, word for word where it counts.
MINI = Path(__file__).with_name("play_mini.yaml").read_text(encoding="utf-8")


def problems_of(text: str) -> list[Problem]:
    with pytest.raises(SchemeError) as caught:
        load.parse(text, "schemes/play.yaml")
    return list(caught.value.problems)


def test_every_field_of_the_example_arrives() -> None:
    scheme = load.parse(MINI, "play_mini.yaml")
    assert (scheme.id, scheme.version, scheme.age_months) == ("play-mini", "1.0", (2.0, 12.0))
    assert scheme.analysis.unit_us == 1_000_000
    assert scheme.analysis.tolerance_us == (500_000, 1_000_000, 2_000_000)
    smile = scheme.stream("infant_face").code("smile")
    assert (smile.hotkey, smile.short, smile.min_us, smile.include) == ("s", "IFS", 400_000, ("Open mouth",))
    assert scheme.passes[0].hide == "right"
    assert scheme.passes[0].mute
    assert [value.id for value in scheme.modifiers[1].values] == ["face", "mixed"]
    assert scheme.stream("caregiver_return").code("violation").kind == "point"
    assert scheme.stream("sensitivity").code("overall").scale.anchors[0] == (1, "Geared to own wishes")
    assert scheme.links[0].window_us == (0, 2_000_000)
    assert scheme.links[0].unprompted
    assert scheme.impossible == (("caregiver_return.still_face", "caregiver_return.facial_mirroring"),)


def test_unscorable_is_implied_where_no_code_is_it() -> None:
    scheme = load.parse(MINI, "play_mini.yaml")
    assert not any(code.implied for code in scheme.stream("infant_face").codes)
    implied = scheme.stream("caregiver_return").codes[-1]
    assert (implied.id, implied.kind, implied.unscorable, implied.implied, implied.hotkey) == (
        "unscorable",
        "state",
        True,
        True,
        None,
    )
    assert not any(code.unscorable for code in scheme.stream("sensitivity").codes)


def test_a_scheme_survives_a_trip_through_json() -> None:
    scheme = load.parse(MINI, "play_mini.yaml")
    assert Scheme.from_json(json.loads(json.dumps(scheme.to_json()))) == scheme


@pytest.mark.parametrize("scheme_id", sorted(codebook.shipped()))
def test_shipped_schemes_are_lawful_and_named_after_themselves(scheme_id: str) -> None:
    scheme = load.read(codebook.shipped()[scheme_id])
    assert scheme.id == scheme_id
    assert all(code.definition for stream in scheme.streams for code in stream.codes)
    shown = book.markdown(scheme)
    assert all(code.name in shown for stream in scheme.streams for code in stream.codes if not code.implied)


def test_quick_scheme_holds_what_the_domain_brief_lists() -> None:
    """domain.md 1a, last bullets."""
    scheme = load.read(codebook.shipped()["serve-and-return-quick"])
    assert {stream.id: [code.id for code in stream.codes if not code.implied] for stream in scheme.streams} == {
        "infant_gaze": ["face", "object", "averted", "eyes_closed", "unscorable"],
        "infant_face": ["smile", "neutral", "negative", "unscorable"],
        "infant_voice": ["coo", "fuss", "cry"],
        "caregiver_face": ["positive", "neutral", "marked", "negative", "blank", "unscorable"],
        "caregiver_voice": ["infant_directed", "narrating", "soothing"],
        "returns": ["contingent_return", "facial_mirroring", "vocal_mirroring", "affect_mirroring"],
        "regulation": ["comforting", "playful_up", "intrusion", "still_face"],
        "dyad": ["avoidance", "repair"],
    }
    exhaustive = {stream.id for stream in scheme.streams if stream.exhaustive}
    assert exhaustive == {"infant_gaze", "infant_face", "caregiver_face"}
    assert [modifier.id for modifier in scheme.modifiers] == ["marked"]


def test_message_says_file_line_place_found_and_what_to_do() -> None:
    text = MINI.replace('hotkey: "n"', 'hotkey: "s"')
    (problem,) = problems_of(text)
    line = next(n for n, row in enumerate(text.splitlines(), 1) if "id: neutral" in row)
    assert problem.place == "streams[0].codes[1].hotkey"
    assert str(problem).startswith(
        f"schemes/play.yaml line {line}: streams[0].codes[1].hotkey: "
        "'s' is already the key of 'Smile' (streams[0].codes[0]); expected a key that no other code of pass 'p1' has."
    )


# (what is changed in the example: old, new), (place, words in the message)
SLIPS = {
    "version_number": ('version: "1.0"', "version: 1.0", "version", ["1.0", "text", "in quotes", "number"]),
    "hotkey_number": ('hotkey: "1"', "hotkey: 1", "streams[2].codes[0].hotkey", ["in quotes", "number"]),
    "hotkey_boolean": ('hotkey: "u"', "hotkey: yes", "streams[0].codes[2].hotkey", ["true", "in quotes", "yes-or-no"]),
    "hotkey_y": ('hotkey: "u"', "hotkey: y", "streams[0].codes[2].hotkey", ["true", "in quotes", "yes-or-no"]),
    "hotkey_n": ('hotkey: "n"', "hotkey: n", "streams[0].codes[1].hotkey", ["false", "in quotes", "yes-or-no"]),
    "hotkey_two": ('hotkey: "u"', 'hotkey: "uu"', "streams[0].codes[2].hotkey", ["'uu'", "one small letter"]),
    "hotkey_capital": ('hotkey: "u"', 'hotkey: "U"', "streams[0].codes[2].hotkey", ["small letter"]),
    "hotkey_transport": ('hotkey: "u"', 'hotkey: ","', "streams[0].codes[2].hotkey", ["move the video"]),
    "hotkey_missing": (' hotkey: "u",', "", "streams[0].codes[2].hotkey", ["missing", "Add 'hotkey:'"]),
    "unknown_key": ("exhaustive: true", "exaustive: true", "streams[0].exaustive", ["unknown key", "mean 'exhaustive'"]),
    "unknown_top": ("tie_rules:", "tierules:", "tierules", ["Did you mean 'tie_rules'"]),
    "literal": ("status: original", "status: orignal", "status", ["'orignal'", "Did you mean 'original'"]),
    "exhaustive_alone": ("    exclusive: true\n", "", "streams[0].exhaustive", ["to be exclusive"]),
    "pass_reference": ("[infant_face]", "[infant_fase]", "passes[0].streams[0]", ["Did you mean 'infant_face'"]),
    "pass_empty": ("streams: [infant_face],", "streams: [],", "passes[0].streams", ["at least 1 entry"]),
    "stream_unshown": ("[caregiver_return, sensitivity]", "[caregiver_return]", "streams[2].id", ["in no pass"]),
    "modifier_reference": ("[marked, channel]", "[marked, chanel]", "streams[1].codes[0].modifiers[1]", ["'channel'"]),
    "modifier_keys": ('name: Face, hotkey: "f"', 'name: Face, hotkey: "m"', "modifiers[1].values[0].hotkey", ["'Marked'"]),
    "modifier_values": ('name: Mixed, hotkey: "x"', 'name: Mixed, hotkey: "f"', "modifiers[1].values[1].hotkey", ["already"]),
    "modifier_no_key": ('name: Marked, hotkey: "m"', "name: Marked", "modifiers[0].hotkey", ["missing"]),
    "scale_on_state": (
        "min_s: 2.0,",
        "scale: {per: session, min: 1, max: 3},",
        "streams[1].codes[1].scale",
        ["only on ratings"],
    ),
    "scale_missing": (",\n         scale: {per: session", "}\n  #", "streams[2].codes[0].scale", ["missing"]),
    "scale_anchor": ("9: Prompt", "10: Prompt", "streams[2].codes[0].scale.anchors[10]", ["from 1 to 9"]),
    "scale_order": ("min: 1, max: 9", "min: 9, max: 1", "streams[2].codes[0].scale.max", ["above min"]),
    "scale_per": ("{per: session", "{per: minute", "streams[2].codes[0].scale.per", ["session or episode"]),
    "too_fine": ("min_s: 2.0", "min_s: 0.0000001", "streams[1].codes[1].min_s", ["six decimals"]),
    "min_text": ("min_s: 2.0", 'min_s: "2"', "streams[1].codes[1].min_s", ["without quotes"]),
    "min_zero": ("min_s: 2.0", "min_s: 0", "streams[1].codes[1].min_s", ["more than 0"]),
    "min_on_point": ("kind: point,", "kind: point, min_s: 1.0,", "streams[1].codes[2].min_s", ["only on states"]),
    "rating_in_state": ("kind: point,", "kind: rating,", "streams[1].codes[2].kind", ["rating"]),
    "link_reference": (
        "target: [infant_face.smile]",
        "target: [infant_face.smil]",
        "links[0].target[0]",
        ["'infant_face.smile'"],
    ),
    "link_form": ("target: [infant_face.smile]", "target: [smile]", "links[0].target[0]", ["stream.code"]),
    "link_window": ("[0.0, 2.0]", "[2.0, 0.5]", "links[0].window_s", ["start before"]),
    "link_edge": ("from_edge: onset", "from_edge: middle", "links[0].from_edge", ["onset or offset"]),
    "link_rating": ("target: [infant_face.smile]", "target: [sensitivity.overall]", "links[0].target[0]", ["is a rating"]),
    "impossible_self": (
        "[[caregiver_return.still_face, caregiver_return.facial_mirroring]]",
        "[[caregiver_return.still_face, caregiver_return.still_face]]",
        "impossible[0]",
        ["with itself"],
    ),
    "duplicate_id": ("{id: neutral,", "{id: smile,", "streams[0].codes[1].id", ["already the id of 'Smile'"]),
    "duplicate_short": ("short: IFN", "short: IFS", "streams[0].codes[1].short", ["already the short of 'Smile'"]),
    "duplicate_key": ("setting:", "purpose:", "", ["'purpose' a second time (first on line"]),
    "unscorable_unsaid": (" unscorable: true,", "", "streams[0].codes[2].id", ["unscorable: true"]),
    "id_form": ("{id: neutral,", "{id: Neutral face,", "streams[0].codes[1].id", ["small letters"]),
    "tolerance": ("[0.5, 1.0, 2.0]}", "[0.5, -1.0, 0.5]}", "analysis.tolerance_s[1]", ["0 or more"]),
    "ages": ("[2, 12]", "[12, 2]", "age_months", ["younger"]),
    "nothing": ("name: Play, small example", "name:", "name", ["nothing", "leave the key out"]),
    "tag": ("purpose: Shows", "purpose: !!python/name:os.system Shows", "", ["tag", "no tags"]),
    "alias": ("purpose: Shows each", "purpose: *other #", "", ["an alias"]),
}


@pytest.mark.parametrize("slip", sorted(SLIPS))
def test_a_slip_is_told_with_its_place_line_and_hint(slip: str) -> None:
    old, new, place, words = SLIPS[slip]
    assert old in MINI
    found = [problem for problem in problems_of(MINI.replace(old, new, 1)) if problem.place == place]
    assert found, [str(problem) for problem in problems_of(MINI.replace(old, new, 1))]
    message = " ".join(str(problem) for problem in found)
    assert all(word in message for word in words), message
    assert all(problem.line is not None for problem in found)


def test_every_problem_is_told_at_once() -> None:
    text = MINI
    places = set()
    for slip in ("version_number", "hotkey_number", "unknown_top", "pass_reference", "link_reference", "min_zero", "ages"):
        old, new, place, _ = SLIPS[slip]
        text = text.replace(old, new, 1)
        places.add(place)
    found = problems_of(text)
    assert places <= {problem.place for problem in found}
    assert [p.line for p in found] == sorted(p.line or 0 for p in found)


def test_points_in_links_have_no_offset() -> None:
    text = MINI.replace("target: [infant_face.smile]", "target: [caregiver_return.violation]").replace(
        "from_edge: onset", "from_edge: offset"
    )
    assert any("has no offset" in str(problem) for problem in problems_of(text))


def test_the_same_key_in_another_pass_is_lawful() -> None:
    text = MINI.replace('name: Still-face, hotkey: "k"', 'name: Still-face, hotkey: "s"')
    assert load.parse(text, "x").stream("caregiver_return").code("still_face").hotkey == "s"


def test_a_clash_across_the_streams_of_a_pass_is_found() -> None:
    (problem,) = problems_of(MINI.replace('hotkey: "1"', 'hotkey: "k"'))
    assert problem.place == "streams[2].codes[0].hotkey"
    assert "'Still-face' (streams[1].codes[1])" in problem.found


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("id: a\nname: [b\nversion: c\n", None, "YAML"),
        ("id: a\n\tname: b\n", 2, "YAML"),
        ("", None, "nothing"),
        ("- a\n- b\n", 1, "a list"),
        ("id: a\n---\nid: b\n", 2, "second document"),
        ("? [a, b]\n: c\n", 1, "as a key"),
        ("name: \x00", None, "YAML"),
    ],
)
def test_what_is_no_scheme_is_one_problem(text: str, line: int | None, word: str) -> None:
    found = problems_of(text)
    assert word in str(found[0])
    if line is not None:
        assert found[0].line == line


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 100_000,
        "a: " + "{b: " * 100_000,
        "a: &a [x,x]\nb: &b [*a,*a]\n" + "".join(f"c{i}: [*b,*b,*b]\n" for i in range(1000)),
        "id: " + "9" * 400_000,
        "analysis: {unit_s: 1" + "0" * 100_000 + ".0}",
        "streams: [" + "{id: a}, " * 50_000 + "]",
        "passes: [{id: a, name: a, streams: [" + "zzzz, " * 80_000 + "]}]\n",
        "x" * (source.MAX_BYTES + 1),
    ],
    ids=["deep_list", "deep_map", "aliases", "long_number", "long_decimal", "many_streams", "many_references", "too_long"],
)
def test_hostile_texts_are_refused_quickly(text: str) -> None:
    started = time.monotonic()
    assert problems_of(text)
    assert time.monotonic() - started < 20


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_no_text_raises_anything_but_a_scheme_error(text: str) -> None:
    with pytest.raises(SchemeError):
        load.parse(text, "x")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_replaced_value_raises_anything_but_a_scheme_error(data: st.DataObject) -> None:
    """Any value of the example replaced by any other plain value: a scheme or a SchemeError."""
    tree = yaml.safe_load(MINI)
    node, steps = tree, data.draw(st.integers(1, 5))
    for _ in range(steps):
        key = data.draw(st.sampled_from(sorted(node, key=str) if isinstance(node, dict) else range(len(node))))
        if not isinstance(node[key], (dict, list)) or not node[key]:
            break
        parent, node = node, node[key]
    else:
        node = parent
    scalars = st.one_of(st.none(), st.booleans(), st.integers(-5, 5), st.floats(0, 3), st.text("ab.c_", max_size=4))
    node[key] = data.draw(
        st.one_of(scalars, st.lists(scalars, max_size=3), st.dictionaries(st.text("ab", min_size=1), scalars))
    )
    with contextlib.suppress(SchemeError):
        load.parse(yaml.safe_dump(tree), "x")


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(SchemeError, match="cannot be read"):
        load.read(tmp_path / "none.yaml")


def test_latin_text_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "latin.yaml"
    path.write_bytes("id: a\nname: Säugling\n".encode("latin-1"))
    with pytest.raises(SchemeError) as caught:
        load.read(path)
    assert caught.value.problems[0].line == 2


def test_seconds_become_exact_microseconds() -> None:
    text = MINI.replace("unit_s: 1.0", "unit_s: 0.040001").replace("[0.0, 2.0]", "[-0.5, 1.1]")
    scheme = load.parse(text, "x")
    assert scheme.analysis.unit_us == 40_001  # 0.040001 s; as a float 40000.99999999999
    assert scheme.links[0].window_us == (-500_000, 1_100_000)


def test_the_example_of_the_documentation_is_lawful() -> None:
    text = Path(__file__).parents[2].joinpath("docs", "schemes.md").read_text(encoding="utf-8")
    example = text.split("```yaml\n")[1].split("```")[0]
    assert load.parse(example, "docs/schemes.md") == load.parse(MINI, "play_mini.yaml")
