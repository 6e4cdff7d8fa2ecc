"""Made-up scripts: lawful, repeatable, with the rates they are meant to have and with traps."""

from __future__ import annotations

import itertools
from collections import defaultdict

import numpy as np
import pytest

from coder_app import codebook
from coder_app.codebook import load
from coder_app.errors import Invalid
from coder_app.model.coding import Coding
from coder_app.model.event import Event
from coder_app.model.interval import Spans
from coder_app.model.scheme import Scheme
from coder_app.studio.acts import acted
from coder_app.studio.generate import generate
from coder_app.studio.key import key_of
from coder_app.studio.play import PHASES, TOUCHED
from coder_app.studio.script import Answers, Script, parse, text_of

SCHEMES = ("serve-and-return", "serve-and-return-quick", "engagement-phases")


def scheme(name: str) -> Scheme:
    return load.read(codebook.shipped()[name])


def many(name: str, n: int, length_s: float = 90.0) -> list[Script]:
    known = scheme(name)
    return [generate(known, seed, length_s, difficulty=(seed % 3) / 2) for seed in range(n)]


@pytest.mark.parametrize("name", SCHEMES)
def test_what_is_made_up_is_lawful(name: str) -> None:
    """Scheme, links and impossible pairs hold; the key restores as a coding of the model; everything can be acted."""
    known = scheme(name)
    for script in many(name, 25):
        acted(script)
        key = key_of(script, known)
        watched = {stream: Spans.of((a, b) for a, b in parts) for stream, parts in key.watched.items()}
        Coding.restore(known, map(Event.from_json, key.events), watched, {})
        by_id = {event["id"]: event for event in key.events}
        for event in key.events:
            target = by_id.get((event["link"] or {}).get("to"))
            if target is not None:
                assert within_window(known, event, target), (script.seed, event)
        for one, two in known.impossible:
            assert not together(script, one, two), (script.seed, one, two)


def within_window(known: Scheme, source: dict, target: dict) -> bool:
    names = [f"{event['stream']}.{event['code']}" for event in (source, target)]
    rule = next(rule for rule in known.links if names[0] in rule.source and names[1] in rule.target)
    edge = target["onset_us"] if rule.from_edge == "onset" else target["offset_us"]
    return rule.window_us[0] <= source["onset_us"] - edge <= rule.window_us[1]


def together(script: Script, one: str, two: str) -> bool:
    first, second = ([e for e in script.events(ref.split(".")[0]) if e.code == ref.split(".")[1]] for ref in (one, two))
    return any(a.at_us < b.end_us and b.at_us < a.end_us for a, b in itertools.product(first, second))


def test_one_seed_one_script_and_another_another() -> None:
    known = scheme("serve-and-return")
    assert text_of(generate(known, 5)) == text_of(generate(known, 5))
    assert generate(known, 5).streams != generate(known, 6).streams


def test_a_written_script_reads_back_as_it_was() -> None:
    script = generate(scheme("serve-and-return"), 12, 45.0, 0.5)
    assert parse(text_of(script), "again") == script


def shares(scripts: list[Script], stream: str) -> tuple[dict[str, float], dict[str, float]]:
    """Share of the time and mean bout in seconds of each code."""
    lengths: dict[str, list[float]] = defaultdict(list)
    for script in scripts:
        for event in script.events(stream):
            lengths[event.code].append((event.end_us - event.at_us) / 1e6)
    whole = sum(map(sum, lengths.values()))
    return {code: sum(x) / whole for code, x in lengths.items()}, {code: float(np.mean(x)) for code, x in lengths.items()}


def test_phases_have_the_means_and_about_the_shares_they_are_meant_to_have() -> None:
    """40 plays of 300 s. A phase never follows itself, so shares lie a little beside those of a corpus where it can."""
    share, mean = shares([generate(scheme("engagement-phases"), seed, 300.0) for seed in range(40)], "infant_phase")
    for code, habit in PHASES["infant_phase"].items():
        assert mean[code] == pytest.approx(habit.mean_s, rel=0.2), code
        assert share[code] == pytest.approx(habit.share, abs=0.09), code


def test_successive_bouts_go_together() -> None:
    """Correlation of the logarithms of lengths, each relative to its code's mean: near the 0.35 put in, in a stream with bouts
    long enough not to be cut off."""
    pairs = []
    for script in [generate(scheme("engagement-phases"), seed, 600.0) for seed in range(12)]:
        events = script.events("infant_phase")[:-1]
        logs = [np.log((e.end_us - e.at_us) / 1e6 / PHASES["infant_phase"][e.code].mean_s) for e in events]
        pairs += list(itertools.pairwise(logs))
    assert np.corrcoef(np.array(pairs).T)[0, 1] == pytest.approx(0.35, abs=0.12)


def test_touch_takes_most_of_the_time() -> None:
    share, _ = shares(many("serve-and-return", 40), "caregiver_touch")
    assert 1 - share["none"] == pytest.approx(TOUCHED, abs=0.06)


def test_traps_are_there() -> None:
    """In 20 plays: a caregiver's smile before the infant's, one at a sad face, a coo on a neutral face, an intrusive touch."""
    found: dict[str, int] = defaultdict(int)
    for script in many("serve-and-return", 20):
        smiles = [e for e in script.events("caregiver_face") if e.code == "positive"]
        for face in script.events("infant_face"):
            for smile in smiles:
                found["before"] += face.code == "smile" and smile.at_us < face.at_us < smile.end_us
                found["sad"] += face.code == "negative" and face.at_us < smile.at_us and smile.end_us < face.end_us
            for coo in script.events("infant_voice"):
                found["coo"] += coo.code == "coo" and face.code == "neutral" and face.at_us <= coo.at_us < face.end_us
        found["rough"] += sum(e.code == "rough" for e in script.events("caregiver_touch"))
    assert all(found[kind] >= 3 for kind in ("before", "sad", "coo", "rough")), dict(found)


def test_mirrors_follow_what_they_mirror() -> None:
    for script in many("serve-and-return-quick", 10):
        for event in script.events("returns"):
            if event.code in ("facial_mirroring", "vocal_mirroring") and isinstance(event.answers, Answers):
                serve = next(e for e in script.events(event.answers.stream) if e.at_us == event.answers.at_us)
                assert serve.code == {"facial_mirroring": "smile", "vocal_mirroring": "coo"}[event.code]
                assert serve.at_us < event.at_us < serve.end_us + 2_000_000


def test_codes_choose_what_is_scored_and_shown() -> None:
    script = generate(
        scheme("serve-and-return"), 3, 60.0, codes=["infant_gaze.face", "infant_gaze.averted", "caregiver_touch.playful"]
    )
    assert script.scores == ["infant_gaze", "caregiver_touch"]
    assert {e.code for e in script.events("infant_gaze")} == {"face", "averted"}
    assert {e.code for e in script.events("caregiver_touch")} <= {"playful", "none"}


def test_difficulty_shortens_what_happens() -> None:
    known = scheme("engagement-phases")
    plain, subtle = (
        np.mean([len(generate(known, seed, 120.0, difficulty=d).events("infant_phase")) for seed in range(15)])
        for d in (0.0, 1.0)
    )
    assert subtle > 1.15 * plain


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"length_s": 5.0}, "length 5 s: expected 10 to 600 s"),
        ({"difficulty": 2.0}, "difficulty 2"),
        ({"codes": ["infant_hair"]}, "no stream 'infant_hair'"),
        ({"codes": ["infant_gaze.blue"]}, "no such code"),
        ({"casting": ("z", "a")}, "expected one of a, b"),
    ],
)
def test_what_cannot_be_made_up_is_told(arguments: dict, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        generate(scheme("serve-and-return"), 1, **arguments)


def test_a_scheme_without_people_is_told() -> None:
    with pytest.raises(Invalid, match="no play can be made up"):
        generate(scheme("still-face-episodes"), 1)
