"""The measuring code, tried on curves, sounds and faces whose truth is known because they are made here."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from studio.measure import hearing, seeing
from studio.measure.ramps import first_beyond, fitted

RATE = 48_000
APART = 60.0


def smooth(times: np.ndarray, start: float, length: float) -> np.ndarray:
    x = np.clip((times - start) / length, 0, 1)
    return x * x * (3 - 2 * x)


@pytest.mark.parametrize("start", [0.0, 0.013, -0.05, 0.031])
@pytest.mark.parametrize("size", [4.0, -0.3])
def test_a_ramp_is_found_between_frames_in_noise_and_past_slips(start: float, size: float) -> None:
    times = np.arange(-10, 18) / 25
    noise = np.random.default_rng(3).normal(0, 0.02 * abs(size), len(times))
    curve = 7 + size * smooth(times, start, 0.3) + noise
    curve[[3, 20]] += 5 * size
    curve[9] = np.nan
    found = fitted(times, curve, 0.3, -0.24, 0.24)
    assert found.start_s == pytest.approx(start, abs=0.012)
    assert found.size == pytest.approx(size, rel=0.05)
    assert found.left < 0.05


def test_a_ramp_that_was_not_seen_is_an_error() -> None:
    with pytest.raises(ValueError, match="only 3 of 28"):
        fitted(np.arange(28) / 25, np.array([1.0] * 3 + [np.nan] * 25), 0.3, -0.2, 0.2)


def test_the_first_value_beyond_what_was_before() -> None:
    times = np.arange(10) / 25
    assert first_beyond(times, np.array([5, 5.1, 4.9, 5, 5, 5.2, 6, 7, 7, 7.0]), 4 / 25, 0.1) == pytest.approx(6 / 25)
    assert first_beyond(times, np.full(10, 5.0), 4 / 25, 0.1) is None


def tone(hz: float, from_s: float, to_s: float, side: str, long_s: float = 2.0, level: float = 0.2) -> np.ndarray:
    """Three harmonics on one side, the other side at 0.4 of it."""
    times = np.arange(round(long_s * RATE)) / RATE
    wave = level * sum(np.sin(2 * np.pi * hz * k * times) / k for k in (1, 2, 3)) * ((times >= from_s) & (times < to_s))
    sides = (1.0, 0.4) if side == "left" else (0.4, 1.0)
    return np.stack([sides[0] * wave, sides[1] * wave], 1)


@pytest.mark.parametrize("hz", [165.0, 204.0, 330.0, 430.0, 580.0])
def test_pitch_is_the_lowest_harmonic_even_where_it_is_weak(hz: float) -> None:
    times = np.arange(RATE) / RATE
    wave = 0.02 * np.sin(2 * np.pi * hz * times) + 0.2 * np.sin(4 * np.pi * hz * times) + 0.2 * np.sin(6 * np.pi * hz * times)
    assert hearing.pitch(np.stack([wave, wave], 1), RATE, 0.5) == pytest.approx(hz, rel=0.005)


def test_noise_and_silence_have_no_pitch() -> None:
    noise = np.random.default_rng(1).normal(0, 0.1, (RATE, 2))
    assert hearing.pitch(noise, RATE, 0.5) is None
    assert hearing.pitch(np.zeros((RATE, 2)), RATE, 0.5) is None
    assert hearing.noisiness(noise, RATE, 0.1, 0.9) > 0.8


def test_stretches_have_their_times_side_and_loudness() -> None:
    wave = tone(300, 0.5, 0.9, "left") + tone(200, 1.3, 1.6, "right")
    first, second = hearing.stretches(wave, RATE, 0.2)
    assert (first.side, second.side) == ("left", "right")
    assert (first.from_s, first.to_s, second.from_s, second.to_s) == pytest.approx((0.5, 0.9, 1.3, 1.6), abs=0.006)
    power = 0.5 * 0.04 * (1 + 1 / 4 + 1 / 9) * (1 + 0.16)
    assert first.level_db == pytest.approx(10 * np.log10(power), abs=0.3)


def test_one_side_is_heard_through_the_other() -> None:
    wave = tone(300, 0.5, 1.5, "left") + tone(200, 0.9, 1.2, "right", level=0.08)
    assert hearing.leak_of(wave, RATE, 0.55, 0.85) == pytest.approx(0.4, abs=0.01)
    (right,) = hearing.stretches(hearing.of_side(wave, RATE, "right", 0.4), RATE, 0.1)
    assert (right.from_s, right.to_s) == pytest.approx((0.9, 1.2), abs=0.012)


def painted(
    iris: float = 0, open_: float = 1, brow: float = 30, width: float = 15, corner: float = 0, tilt: float = 0
) -> np.ndarray:
    """A face of circles and lines on a plain wall, eyes 60 apart: nothing like the drawn ones but in what a face is."""
    face = np.full((300, 300, 3), (230, 240, 235), np.uint8)
    skin = (150, 185, 235)
    cv2.circle(face, (150, 150), 95, skin, -1, cv2.LINE_AA)
    for x in (120, 180):
        cv2.ellipse(face, (x, 140), (15, max(round(12 * open_), 1)), 0, 0, 360, (252, 253, 254), -1, cv2.LINE_AA)
        eye = np.zeros(face.shape[:2], np.uint8)
        cv2.ellipse(eye, (x, 140), (15, max(round(12 * open_), 1)), 0, 0, 360, 255, -1)
        dark = np.zeros_like(eye)
        cv2.circle(dark, (round(x + iris), 140), 8, 255, -1)
        face[(eye > 0) & (dark > 0)] = (30, 25, 30)
        cv2.line(face, (x - 13, round(140 - brow)), (x + 13, round(140 - brow)), (50, 70, 100), 4, cv2.LINE_AA)
    across = np.linspace(-1, 1, 21)
    line = np.stack([150 + width * across, 185 - corner * across**2], 1).round().astype(np.int32)
    cv2.polylines(face, [line], False, (90, 90, 190), 7, cv2.LINE_AA)
    turn = cv2.getRotationMatrix2D((150, 150), tilt, 1.0)
    return np.asarray(cv2.warpAffine(face, turn, (300, 300), borderMode=cv2.BORDER_REPLICATE))


def seen(picture: np.ndarray) -> tuple[seeing.Face, seeing.Mouth]:
    face = seeing.face(picture, APART)
    assert len(face.eyes) == 2
    assert face.mouth is not None
    return face, face.mouth


def test_eyes_are_found_where_they_are_and_the_iris_in_them() -> None:
    for iris in (-6.0, 0.0, 6.0):
        face, _ = seen(painted(iris=iris))
        assert [eye.x for eye in face.eyes] == pytest.approx([120, 180], abs=1.5)
        assert [eye.y for eye in face.eyes] == pytest.approx([140, 140], abs=2)
        assert [eye.pupil_x * eye.width for eye in face.eyes] == pytest.approx([iris, iris], abs=1.5)


def test_lids_brows_and_mouth_are_measured() -> None:
    rest, mouth = seen(painted())
    lowered, _ = seen(painted(open_=0.6))
    raised, _ = seen(painted(brow=36))
    _, smile = seen(painted(width=25, corner=8))
    _, frown = seen(painted(corner=-8))
    assert lowered.eyes[0].height / rest.eyes[0].height == pytest.approx(0.6, abs=0.08)
    assert raised.brows[0] is not None
    assert rest.brows[0] is not None
    assert raised.brows[0] - rest.brows[0] == pytest.approx(6, abs=1)
    assert smile.width - mouth.width == pytest.approx(20, abs=2)
    assert smile.corner > mouth.corner + 4 > frown.corner + 8


def test_a_tilted_head_measures_the_same() -> None:
    straight, mouth = seen(painted(width=20, corner=5))
    tilted, leaning = seen(painted(width=20, corner=5, tilt=12))
    assert leaning.width == pytest.approx(mouth.width, abs=2)
    assert leaning.corner == pytest.approx(mouth.corner, abs=1.5)
    assert straight.brows[1] is not None
    assert tilted.brows[1] == pytest.approx(straight.brows[1], abs=1.5)


def test_no_face_is_seen_where_there_is_none() -> None:
    assert seeing.face(np.full((200, 200, 3), 240, np.uint8), APART) == seeing.Face((), (), None)
    covered = painted()
    covered[120:160, 95:205] = (150, 185, 235)
    assert seeing.face(covered, APART).eyes == ()
