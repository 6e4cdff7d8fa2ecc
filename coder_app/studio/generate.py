"""Scripts nobody has seen before, made up from a seed, for practice that cannot be learnt by heart."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import numpy as np

from coder_app.errors import Invalid
from coder_app.model.scheme import Scheme
from coder_app.studio.acts import ACTS, MEANS
from coder_app.studio.play import OF_PHASES, OF_STREAMS, RESTS, Event, Play, caregiver, infant, joined, phases, snapped
from coder_app.studio.script import Script, check_against, checked

SHORTEST_S, LONGEST_S = 10.0, 600.0


def generate(
    scheme: Scheme,
    seed: int,
    length_s: float = 60.0,
    difficulty: float = 0.0,
    codes: Sequence[str] = (),
    casting: tuple[str, str] | None = None,
) -> Script:
    """A script for a scheme; the same arguments give the same script.

    `codes` are streams ("infant_gaze") or codes ("infant_gaze.face"): what the key is to score, and all that its streams are to
    hold; without any, everything that can be made up.
    Raises Invalid for a scheme, code or length that cannot be.
    """
    if not SHORTEST_S <= length_s <= LONGEST_S:
        raise Invalid(f"length {length_s:g} s: expected {SHORTEST_S:g} to {LONGEST_S:g} s.", code="script")
    if not 0 <= difficulty <= 1:
        raise Invalid(f"difficulty {difficulty:g}: expected a number from 0 (plain) to 1 (subtle).", code="script")
    wanted = _wanted(scheme, codes)
    play = Play(np.random.default_rng(seed), snapped(length_s), difficulty)
    if scheme.stream("infant_phase") is not None:
        phases(play, wanted)
    else:
        infant(play, wanted)
        caregiver(play)
    for stream, allowed in wanted.items():
        play.streams[stream] = _only(play.streams.get(stream, []), allowed, RESTS.get(stream))
    script = checked(_data(scheme, play, seed, list(wanted), casting), f"made from seed {seed}")
    check_against(script, scheme)
    return script


def _wanted(scheme: Scheme, codes: Sequence[str]) -> dict[str, set[str]]:
    """Stream -> the codes it may hold."""
    made = OF_PHASES if scheme.stream("infant_phase") is not None else OF_STREAMS
    can = {stream.id: {code.id for code in stream.codes} & made[stream.id] for stream in scheme.streams if stream.id in made}
    if not can:
        raise Invalid(
            f"{scheme.id}: no play can be made up for this scheme. It has no stream of {', '.join(OF_STREAMS)}.", code="script"
        )
    if not codes:
        return can
    found: dict[str, set[str]] = {}
    for name in codes:
        stream, _, code = name.partition(".")
        known = can.get(stream)
        if known is None:
            raise Invalid(
                f"codes '{name}': no stream '{stream}' that can be made up. Streams: {', '.join(can)}.", code="script"
            )
        if code and code not in known:
            raise Invalid(
                f"codes '{name}': no such code to make up. Codes of {stream}: {', '.join(sorted(known))}.", code="script"
            )
        found.setdefault(stream, set()).update({code} if code else known)
    for stream, rest in RESTS.items():
        if stream in found:
            found[stream] |= {rest} & can[stream]
    return found


def _only(events: list[Event], allowed: set[str], rest: str | None) -> list[Event]:
    """The events of a stream that may be there; in a stream without gaps others are taken by rest."""
    if rest is None:
        return sorted((event for event in events if event["code"] in allowed), key=lambda event: float(event["at"]))
    return joined([e if e["code"] in allowed else {"at": e["at"], "to": e["to"], "code": rest} for e in events])


def _data(scheme: Scheme, play: Play, seed: int, scores: list[str], casting: tuple[str, str] | None) -> dict[str, Any]:
    """The script in plain values. What happens in streams the scheme does not have is acted all the same."""
    from coder_app.studio.looks import CAREGIVERS, INFANTS  # draws on OpenCV

    drawn = [sorted(looks)[int(play.rng.integers(len(looks)))] for looks in (INFANTS, CAREGIVERS)]
    infant, caregiver = casting or drawn
    known = {stream.id for stream in scheme.streams}
    return {
        "id": f"made-{scheme.id}-{seed}",
        "version": "1.0",
        "name": f"Made up, seed {seed}",
        "purpose": f"Made up from seed {seed}; nobody has seen it before.",
        "scheme": scheme.id,
        "length_s": _seconds(play.length_s),
        "seed": seed,
        "difficulty": play.difficulty,
        "cast": {"infant": infant, "caregiver": caregiver},
        "scores": scores,
        "streams": {
            stream: [_event(event, scores) for event in events]
            for stream, events in play.streams.items()
            if stream in known and (events or stream in scores)
        },
        "acts": {
            stream: [_act(stream, event) for event in events]
            for stream, events in play.streams.items()
            if stream not in known and stream in ACTS
        },
    }


def _event(event: Event, scores: list[str]) -> dict[str, Any]:
    made = {name: value for name, value in event.items() if name in ("code", "as", "modifiers")}
    made |= {"at": _seconds(event["at"]), "to": _seconds(event["to"])}
    answers = event.get("answers")
    if answers is not None and answers["stream"] in scores:
        made["answers"] = {"stream": answers["stream"], "at": _seconds(answers["at"])}
    return made


def _act(stream: str, event: Event) -> dict[str, Any]:
    act = event.get("as") or MEANS.get((stream, event["code"]), {}).get(stream, event["code"])
    return {"at": _seconds(event["at"]), "to": _seconds(event["to"]), "code": act}


def _seconds(value: float) -> Decimal:
    """Exactly the frame's time: 25 frames a second have two decimals."""
    return Decimal(f"{value:.2f}")
