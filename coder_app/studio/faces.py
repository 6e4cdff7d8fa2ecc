"""What the expressions look like as numbers, by name. Acting mixes them; drawing never sees the names.

Idle motion may add at most 0.2 (infant) or 0.25 (caregiver) to `corner` and 0.2 to `knit`: more reads as a smile or a frown.
"""

from __future__ import annotations

from dataclasses import replace

from coder_app.studio.pose import Expression

INFANT_REST = Expression(corner=0.16, open=0.12, brow_raise=0.15)
SMILE = replace(INFANT_REST, corner=0.85, widen=0.66, open=0.30, cheek=0.30, narrow=0.08, brow_raise=0.22)
INFANT = {
    "neutral": INFANT_REST,
    "smile": SMILE,
    "smile_duchenne": replace(SMILE, corner=0.95, widen=0.78, open=0.5, cheek=0.85, narrow=0.42, brow_raise=0.25),
    "laugh": replace(SMILE, corner=0.95, widen=0.85, open=0.85, cheek=0.9, narrow=0.48, brow_raise=0.3),
    "clouding": Expression(corner=-0.75, pout=0.75, knit=0.45, brow_inner=0.55, narrow=0.12, flush=0.15),
    "negative": Expression(
        corner=-0.85, widen=0.35, open=0.38, square=0.75, knit=0.8, brow_inner=0.6, narrow=0.36, cheek=0.3, flush=0.45
    ),
    "cry": Expression(
        corner=-0.8, widen=0.62, open=1.0, square=0.9, knit=0.85, brow_inner=0.3, squeeze=0.92, cheek=0.5, tear=0.9, flush=0.9
    ),
    "o_mouth": Expression(open=0.75, round=0.95, brow_raise=0.5),
    "coo": replace(INFANT_REST, open=0.42, round=0.35, brow_raise=0.3),
    "sober": Expression(corner=-0.08, open=0.06, brow_raise=0.3, brow_inner=0.18, knit=0.05),
    "suck": Expression(open=0.15, round=0.3, brow_raise=0.1),
    "effort": Expression(corner=0.05, widen=0.2, press=0.6, knit=0.35, flush=0.25),
}
CAREGIVER_REST = Expression(corner=0.25, widen=0.1, brow_raise=0.14)
CAREGIVER = {
    "neutral": CAREGIVER_REST,
    "smile": Expression(corner=0.95, widen=0.8, open=0.42, cheek=0.6, narrow=0.18, brow_raise=0.3, tilt=-4),
    "laugh": Expression(corner=0.95, widen=0.72, open=0.7, cheek=0.55, narrow=0.2, brow_raise=0.55, tilt=-6),
    "surprise": Expression(corner=0.1, open=0.9, round=0.45, brow_raise=1.0, narrow=-0.24),
    "woe": Expression(corner=-0.6, pout=0.9, brow_inner=1.0, brow_raise=0.38, narrow=0.06, tilt=-12),
    "frown": Expression(corner=-0.55, press=0.75, knit=0.95, narrow=0.22),
    "harsh": Expression(corner=-0.45, open=0.45, square=0.6, widen=0.2, knit=1.0, narrow=0.15),
    "blank": Expression(alive=0.0, narrow=0.1),
    "soothing": Expression(corner=0.28, open=0.1, round=0.25, brow_inner=0.5, brow_raise=0.1, narrow=0.14, tilt=-8),
    "worried": Expression(corner=-0.12, open=0.12, round=0.3, brow_inner=0.55, knit=0.15),
    "o_mouth": Expression(open=0.72, round=0.95, brow_raise=0.6),
    "looming": Expression(corner=0.9, widen=0.85, open=0.75, brow_raise=1.0, narrow=-0.18),
}
