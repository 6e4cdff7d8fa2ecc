"""The table of frame times. Oracle: the presentation times that the clips were encoded with."""

import numpy as np
import pytest
from clips import KINDS

from coder_app.errors import MediaError
from coder_app.jobs.registry import Cancelled
from coder_app.media import frames


@pytest.mark.parametrize("sound", [False, True], ids=["silent", "sound"])
@pytest.mark.parametrize("kind", KINDS)
def test_times_are_those_encoded(clip, kind, sound):
    made = clip(kind, sound=sound)
    times = frames.read(made.path)
    assert times.container_us.dtype == np.int64
    assert tuple(times.container_us.tolist()) == made.container_us
    assert times.end_us == made.end_us
    assert tuple(times.observation_us.tolist()) == made.observation_us
    assert len(times) == 120


@pytest.mark.parametrize("codec", ["libvpx-vp9", "libx265", "mpeg4"])
def test_other_codings(clip, codec):
    kind = "webm" if codec == "libvpx-vp9" else "25"
    made = clip(kind, codec=codec, frames=30, options={"x265-params": "log-level=none"} if codec == "libx265" else None)
    assert tuple(frames.read(made.path).container_us.tolist()) == made.container_us


def test_two_frames_and_one(clip):
    assert frames.read(clip("25", frames=2).path).container_us.tolist() == [0, 40_000]


def test_save_and_load(clip, tmp_path):
    times = frames.read(clip("vfr").path)
    frames.save(times, tmp_path / "new" / "frames.npy")
    assert frames.load(tmp_path / "new" / "frames.npy") == times
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["frames.npy"]


@pytest.mark.parametrize(
    "content",
    [None, b"", b"nonsense", np.array([3]), np.array([3, 2]), np.array([1.0, 2.0]), np.array([[1, 2]])],
    ids=["missing", "empty", "nonsense", "one", "backwards", "floats", "two rows"],
)
def test_a_damaged_table_is_said(tmp_path, content):
    path = tmp_path / "frames.npy"
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif content is not None:
        np.save(path, content)
    with pytest.raises(MediaError, match=r"frames\.npy: .*Delete this file"):
        frames.load(path)


def test_reading_reports_and_can_be_stopped(clip):
    said = []
    frames.read(clip("25").path, lambda fraction, message: said.append((fraction, message)))
    assert said
    assert all(0 <= fraction <= 1 and message == "Reading frame times" for fraction, message in said)

    def stop(*_):
        raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        frames.read(clip("25").path, stop)
