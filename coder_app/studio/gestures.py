"""Hands by name: what an infant's hands do, and each kind of touch at the place where it is at home.

A touch is where the hands are and a `Beat`, the way they move while the touch lasts. Stage units; angles in degrees.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from coder_app.studio.pose import CAREGIVER_HANDS, INFANT_HANDS, Hand, Hands


@dataclass(frozen=True, slots=True)
class Beat:
    """A hand goes `per_s` times a second to (dx, dy) and as far the other way; there it curls and lifts so much more."""

    per_s: float = 0.0
    dx: float = 0.0
    dy: float = 0.0
    curl: float = 0.0
    lift: float = 0.0


@dataclass(frozen=True, slots=True)
class Touch:
    hands: Hands
    beat: Beat = Beat()

    def at(self, t: float) -> Hands:
        """The hands `t` seconds after the hand has come to its place; at 0 they are where `hands` says."""
        share = math.sin(2 * math.pi * self.beat.per_s * t)
        return replace(self.hands, left=self._moved(self.hands.left, share), right=self._moved(self.hands.right, -share))

    def _moved(self, hand: Hand, share: float) -> Hand:
        if hand in (CAREGIVER_HANDS.left, CAREGIVER_HANDS.right):
            return hand
        beat = self.beat
        curl, lift = (min(max(part, 0.0), 1.0) for part in (hand.curl + beat.curl * share, hand.lift + beat.lift * share))
        return replace(hand, x=hand.x + beat.dx * share, y=hand.y + beat.dy * share, curl=curl, lift=lift)


def _one(hand: Hand) -> Hands:
    return Hands(hand, CAREGIVER_HANDS.right)


INFANT = {
    "rest": INFANT_HANDS,
    "happy": Hands(Hand(280, 402, 40, 0.2), Hand(484, 330, -60, 0.8, thumb=-1.0)),
    "excited": Hands(Hand(212, 306, -122, 0.9), Hand(492, 302, -56, 0.9, thumb=-1.0)),
    "stiff": Hands(Hand(224, 372, 150, 0.0), Hand(480, 372, 30, 0.0, thumb=-1.0)),
    "to_toy": Hands(Hand(184, 304, -132, 0.7), INFANT_HANDS.right),
    "fist_to_mouth": Hands(Hand(376, 272, -40, 0.0, follow=1.0), INFANT_HANDS.right),
    "interlaced": Hands(Hand(334, 388, 8, 0.3), Hand(370, 388, 172, 0.3, thumb=-1.0), laced=1.0),
    "strap": Hands(Hand(308, 376, -48, 0.0), INFANT_HANDS.right),
    "reach": Hands(Hand(294, 416, 60, 0.0), Hand(548, 344, -14, 0.75, thumb=-1.0)),
    "push_away": Hands(Hand(230, 392, 100, 0.0), Hand(478, 318, -70, 0.8, thumb=-1.0)),
}
"""What the infant's hands do, by name. "strap" grips the strap, "push_away" goes with a trunk that turns or arches."""

TOUCHES = {
    "affectionate": Touch(_one(Hand(468, 285, 204, 0.05, thumb=-1.0, follow=1.0)), Beat(0.5, 5, 15)),
    "static": Touch(_one(Hand(434, 352, 205, 0.2))),
    "playful": Touch(Hands(Hand(318, 428, 190, 0.9, curl=0.8), Hand(430, 392, 208, 0.9, curl=0.8)), Beat(3.0, 5, -7, 0.2, 0.3)),
    "comforting": Touch(_one(Hand(374, 366, 200, 0.2)), Beat(1.0, 2, -14, lift=0.6)),
    "instrumental": Touch(_one(Hand(424, 316, 204, 0.0, curl=0.3, follow=1.0, cloth=1.0)), Beat(1.4, 20, 3)),
    "intrusive": Touch(_one(Hand(490, 262, 190, 0.0, point=1.0, thumb=-1.0, follow=1.0)), Beat(2.0, -16, 2, lift=-0.5)),
}
"""The caregiver's kinds of touch: a stroke of the cheek, a hand that rests on the shoulder, a tickle of the belly with both
hands, a pat on the chest, a cloth that wipes the chin, a finger that pokes the cheek."""
