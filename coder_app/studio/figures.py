"""What a key says in numbers: time in each code, offers and their answers, matches, misses and repairs of a pair.

They are computed from the script's own events, so that whoever codes the clip, or measures a coding of it, has figures to
compare with. Times are whole microseconds inside and seconds in what comes out; nothing is rounded.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from coder_app.model.scheme import Scheme
from coder_app.studio.script import Happening, Script

Span = tuple[int, int]
Figures = dict[str, Any]

WINDOWS_S = (1, 2, 3)
LONGEST_US = 3_000_000  # an act later than this answers nothing
AWAY_US = 1_000_000  # looking at the face is an offer after looking elsewhere for so long
OFFERS = {"infant_voice": ("coo", "fuss", "cry"), "infant_face": ("smile",), "infant_body": ("reach",)}
VOICED = ("infant_voice",)  # offers that may also be timed from their end
NO_ACT = {
    "caregiver_face": ("neutral", "blank", "unscorable"),
    "caregiver_touch": ("none", "unscorable"),
    "caregiver_voice": (),
}
MATCHES = {
    "positive": [("positive", "positive")],
    "monitor": [("monitor", "monitor"), ("monitor", "positive_voice")],
    "negative": [
        (i, c) for i in ("negative", "protest", "withdrawn") for c in ("negative", "withdrawn", "intrusive", "hostile")
    ],
}
PHASES = ("infant_phase", "caregiver_phase")
LEAST_REPAIR_US = 2_000_000  # the rule for repairs coded by hand: a mismatch of this length at least


def figures_of(script: Script, scheme: Scheme) -> Figures:
    """Everything that can be derived from a script's scored streams; per episode where the script has episodes."""
    parts = {"whole": (0, script.length_us)} | {e.id: (e.at_us, e.to_us) for e in script.episodes}
    found: Figures = {"clip": script.id, "version": script.version, "scheme": f"{scheme.id}@{scheme.version}", "parts": {}}
    for name, span in parts.items():
        found["parts"][name] = {
            "seconds": _s(span[1] - span[0]),
            "streams": {stream: time_in_codes(script, scheme, stream, span) for stream in script.scores},
        }
        if all(stream in script.scores for stream in PHASES):
            found["parts"][name]["dyad"] = dyad(script, span)
    if {"play", "still_face", "reunion"} <= set(parts):
        found["still_face_effect"] = still_face_effect(found["parts"])
    if any(offers(script)) and any(acts(script)):
        found["answers"] = answers(script)
    return found


def time_in_codes(script: Script, scheme: Scheme, stream: str, span: Span) -> Figures:
    """Seconds, bouts (begun or running in the span), mean length and share of the scorable time for each code used."""
    known = scheme.stream(stream)
    assert known is not None
    codes: Figures = {}
    inside = [(event.code, *_cut(event, span)) for event in script.events(stream)]
    seen = [(code, start, end) for code, start, end in inside if start < end]
    hidden = {code.id for code in known.codes if code.unscorable}
    scorable = span[1] - span[0] - sum(end - start for code, start, end in seen if code in hidden)
    for code in dict.fromkeys(code for code, _, _ in seen):
        lengths = [end - start for one, start, end in seen if one == code]
        model = known.code(code)
        point = model is not None and model.kind == "point"
        codes[code] = {"bouts": len(lengths)} if point else {
            "seconds": _s(sum(lengths)),
            "bouts": len(lengths),
            "mean_s": _s(sum(lengths)) / len(lengths),
        }  # fmt: skip
        if known.exclusive and code not in hidden and not point:
            codes[code]["percent"] = 100 * sum(lengths) / scorable
    return {"scorable_s": _s(scorable), "codes": codes}


def offers(script: Script) -> list[tuple[int, int, bool]]:
    """Onset, end and whether it is a sound, of each scored offer of the infant, in order."""
    found = [
        (event.at_us, event.end_us, stream in VOICED)
        for stream, codes in OFFERS.items()
        if stream in script.scores
        for event in script.events(stream)
        if event.code in codes
    ]
    if "infant_gaze" in script.scores:
        looks = script.events("infant_gaze")
        for i, look in enumerate(looks):
            away = [before for before in looks[:i] if before.code != "face"]
            if look.code == "face" and away and look.at_us - away[-1].at_us >= AWAY_US:
                found.append((look.at_us, look.end_us, False))
    return sorted(found)


def acts(script: Script) -> list[int]:
    """Onsets of what the caregiver does to the infant in the scored streams, in order."""
    return sorted(
        event.at_us
        for stream, none in NO_ACT.items()
        if stream in script.scores
        for event in script.events(stream)
        if event.code not in none
    )


def answers(script: Script) -> Figures:
    """Latency of the first act after each offer (None beyond 3 s), timed in two ways, and tables for windows of 1 to 3 s."""
    made, done = offers(script), acts(script)
    by_onset = [_latency(onset, done) for onset, _, _ in made]
    by_end = [_latency(end if voiced else onset, done) for onset, end, voiced in made]
    return {
        "offers": len(made),
        "from_onset": _answered(by_onset),
        "voices_from_end": _answered(by_end),
        "tables": {f"{w}": contingency([onset for onset, _, _ in made], done, script.length_us, w) for w in WINDOWS_S},
    }


def _latency(from_us: int, done: Sequence[int]) -> int | None:
    return next((act - from_us for act in done if 0 <= act - from_us <= LONGEST_US), None)


def _answered(latencies: Sequence[int | None]) -> Figures:
    within = {f"{w}": sum(one is not None and one <= w * 1_000_000 for one in latencies) for w in WINDOWS_S}
    return {"latencies_s": [None if one is None else _s(one) for one in latencies], "answered_within": within}


def contingency(given: Iterable[int], target: Iterable[int], length_us: int, window_s: int) -> Figures:
    """The 2 x 2 table of seconds: given are the seconds of offers and those after, up to the window; target those of acts.

    Odds ratio, Yule's Q and the adjusted residual z; None where they do not exist.
    """
    units = range(math.ceil(length_us / 1_000_000))
    near = {onset // 1_000_000 + step for onset in given for step in range(window_s)}
    hit = {onset // 1_000_000 for onset in target}
    a = sum(unit in near and unit in hit for unit in units)
    b = sum(unit in near and unit not in hit for unit in units)
    c = sum(unit not in near and unit in hit for unit in units)
    d = len(units) - a - b - c
    ratio = a * d / (b * c) if b * c else None
    return {"a": a, "b": b, "c": c, "d": d, "odds_ratio": ratio, "yule_q": _yule(a * d, b * c), "z": _residual(a, b, c, d)}


def _yule(same: int, other: int) -> float | None:
    return (same - other) / (same + other) if same + other else None


def _residual(a: int, b: int, c: int, d: int) -> float | None:
    n = a + b + c + d
    expected = (a + b) * (a + c) / n
    spread = expected * (1 - (a + b) / n) * (1 - (a + c) / n)
    return (a - expected) / math.sqrt(spread) if spread > 0 else None


def dyad(script: Script, span: Span) -> Figures:
    """Matching without shared objects: its share of the scorable time; repairs (a mismatch ends in a match), rate and latency.

    A repair by hand is one after at least 2 s of mismatch; `repairs_by_hand_s` gives its times.
    """
    stretches = dyadic_states(script, span)
    scorable = sum(end - start for state, start, end in stretches if state != "unscorable")
    matched = sum(end - start for state, start, end in stretches if state == "match")
    mended = [
        (start, end)
        for (state, start, end), (following, _, _) in pairwise(stretches)
        if (state, following) == ("mismatch", "match")
    ]
    return {
        "match_percent": 100 * matched / scorable if scorable else None,
        "repairs": len(mended),
        "repairs_per_minute": 60e6 * len(mended) / scorable if scorable else None,
        "mismatches_s": [_s(end - start) for start, end in mended],
        "mean_latency_s": _s(sum(end - start for start, end in mended)) / len(mended) if mended else None,
        "repairs_by_hand_s": [_s(end) for start, end in mended if end - start >= LEAST_REPAIR_US],
    }


def dyadic_states(script: Script, span: Span) -> list[tuple[str, int, int]]:
    """ "match", "mismatch" and "unscorable" in turn, each with its start and end."""
    infant, caregiver = (script.events(stream) for stream in PHASES)
    edges = sorted({*span, *(us for e in (*infant, *caregiver) for us in (e.at_us, e.end_us) if span[0] < us < span[1])})
    made: list[tuple[str, int, int]] = []
    for start, end in pairwise(edges):
        state = _state(_code_at(infant, start), _code_at(caregiver, start))
        if made and made[-1][0] == state:
            start = made.pop()[1]
        made.append((state, start, end))
    return made


def _code_at(events: Sequence[Happening], us: int) -> str:
    return next((event.code for event in events if event.at_us <= us < event.end_us), "unscorable")


def _state(infant: str, caregiver: str) -> str:
    if "unscorable" in (infant, caregiver):
        return "unscorable"
    return "match" if any((infant, caregiver) in pairs for pairs in MATCHES.values()) else "mismatch"


def still_face_effect(parts: Figures) -> Figures:
    """Differences in percentage points between episodes: effect (play - still), recovery (reunion - still), carry-over (play -
    reunion), for each infant phase and for looking at the face (positive and monitor)."""

    def share(part: str, *codes: str) -> float:
        found = parts[part]["streams"]["infant_phase"]["codes"]
        return float(sum(found.get(code, {}).get("percent", 0.0) for code in codes))

    named = {code: (code,) for code in ("positive", "monitor", "object", "protest")} | {"at_face": ("positive", "monitor")}
    return {
        name: {
            "effect": share("play", *codes) - share("still_face", *codes),
            "recovery": share("reunion", *codes) - share("still_face", *codes),
            "carry_over": share("play", *codes) - share("reunion", *codes),
        }
        for name, codes in named.items()
    }


def _cut(event: Happening, span: Span) -> Span:
    return max(event.at_us, span[0]), min(event.end_us, span[1])


def _s(us: int) -> float:
    return us / 1_000_000
