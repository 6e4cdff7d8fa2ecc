"""A working copy shows every frame of the original at its very time, upright, with its sound."""

import dataclasses
from fractions import Fraction

import av
import numpy as np
import pytest
from clips import KINDS, picture, read_barcode

from coder_app.errors import MediaError
from coder_app.jobs.registry import Cancelled
from coder_app.media import frames, probe, waveform, working_copy
from coder_app.media.scan import scan


def numbers(path):
    with av.open(str(path)) as container:
        return [read_barcode(frame.to_ndarray(format="gray")) for frame in container.decode(video=0)]


@pytest.mark.parametrize("sound", [False, True], ids=["silent", "sound"])
@pytest.mark.parametrize("kind", KINDS)
def test_times_and_pictures_are_the_originals(clip, tmp_path, kind, sound):
    made = clip(kind, sound=sound)
    copy = working_copy.make(made.path, tmp_path / "copy.mp4")
    info, times = probe.read(copy)
    assert tuple(times.container_us.tolist()) == made.container_us
    assert times.end_us == made.end_us
    assert numbers(copy) == list(range(120))
    assert (info.container, info.video_codec, info.audio_codec) == ("mp4", "h264", "aac" if sound else None)
    assert info.browser_playable
    assert not info.needs_working_copy
    assert not info.b_frames
    assert np.flatnonzero(scan(copy).keyframes).tolist() == list(range(0, 120, 6))


@pytest.mark.parametrize("kind", ["25", "start2s", "editlist", "webm"])
def test_sound_stays_in_step(clip, tmp_path, kind):
    made = clip(kind, sound=True)
    copy = working_copy.make(made.path, tmp_path / "copy.mp4")
    tone = [np.fromfile(waveform.make(path, tmp_path / "w"), np.int8)[1::2] > 30 for path in (made.path, copy)]
    edges = [np.flatnonzero(np.diff(loud.astype(int))) for loud in tone]
    assert len(edges[0]) >= 5
    assert edges[1] == pytest.approx(edges[0], abs=1)  # bins of 10 ms


def test_a_gap_in_the_sound_stays_a_gap(clip, tmp_path):
    """Drops one second of sound packets from the middle; what follows must not move up."""
    source_path, gapped = clip("25", sound=True).path, tmp_path / "gap.mkv"
    with av.open(str(source_path)) as source, av.open(str(gapped), "w") as target:
        streams = {s.index: target.add_stream_from_template(s) for s in source.streams}
        for packet in source.demux():
            if packet.size == 0 or (packet.stream.type == "audio" and 1.0 <= packet.pts * packet.time_base < 2.0):
                continue
            packet.stream = streams[packet.stream_index]
            target.mux(packet)
    copy = working_copy.make(gapped, tmp_path / "copy.mp4")
    loud = np.fromfile(waveform.make(copy, tmp_path / "w"), np.int8)[1::2] > 30
    assert loud[55:95].all()
    assert not loud[105:195].any()
    assert loud[355:395].all()
    assert not loud[305:345].any()


@pytest.mark.parametrize(("angle", "clockwise"), [(90, 270), (-90, 90), (180, 180)])
def test_the_picture_is_set_upright(tmp_path, angle, clockwise):
    path = tmp_path / "turned.mp4"
    with av.open(str(path), "w") as target:
        stream = target.add_stream("libx264", rate=25)
        stream.width, stream.height = (180, 320) if clockwise % 180 else (320, 180)
        stream.pix_fmt = "yuv420p"
        stream.set_display_rotation(angle)
        for number in range(10):
            grey = np.rot90(picture(number, 320, 180).to_ndarray(format="gray"), k=clockwise // 90)
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(grey), format="gray").reformat(format="yuv420p")
            frame.pts, frame.time_base = number, Fraction(1, 25)
            target.mux(stream.encode(frame))
        target.mux(stream.encode(None))
    copy = working_copy.make(path, tmp_path / "copy.mp4")
    info = probe.probe(copy)
    assert (info.width, info.height, info.rotation) == (320, 180, 0)
    assert numbers(copy) == list(range(10))


@pytest.mark.parametrize(
    ("size", "expected"), [((3840, 2160), (1920, 1080)), ((2160, 3840), (1080, 1920)), ((322, 182), (322, 182))]
)
def test_large_pictures_are_made_to_fit(clip, tmp_path, size, expected):
    made = clip("25", frames=3, size=size)
    info = probe.probe(working_copy.make(made.path, tmp_path / "copy.mp4"))
    assert (info.width, info.height) == expected


def test_a_frame_that_cannot_be_decoded_repeats_the_one_before(clip, tmp_path):
    """From number 24, a keyframe, up to the next keyframe only the first byte is left of each packet."""
    made = clip("webm", frames=48)
    spoilt = tmp_path / "spoilt.webm"
    with av.open(str(made.path)) as source, av.open(str(spoilt), "w") as target:
        video = target.add_stream_from_template(source.streams.video[0])
        for number, packet in enumerate(p for p in source.demux(video=0) if p.size):
            data = bytes(packet)
            copy = av.Packet(data[:1] if 24 <= number < 36 else data)
            copy.pts, copy.dts, copy.duration, copy.stream = packet.pts, packet.dts, packet.duration, video
            copy.time_base, copy.is_keyframe = packet.time_base, packet.is_keyframe
            target.mux(copy)
    copy = working_copy.make(spoilt, tmp_path / "copy.mp4")
    assert frames.read(copy) == frames.read(made.path)
    seen = numbers(copy)
    assert seen[:24] == list(range(24))
    assert set(seen[24:36]) == {23}
    assert seen[36:] == list(range(36, 48))


def test_a_copy_with_other_times_is_refused(clip, tmp_path, monkeypatch):
    real = working_copy.scan

    def one_later(path, progress):
        found = real(path, progress)
        return found if path.suffix == ".mp4" else dataclasses.replace(found, ticks=found.ticks + 1)

    monkeypatch.setattr(working_copy, "scan", one_later)
    out = tmp_path / "out"
    with pytest.raises(MediaError, match=r"other frame times \(frame 0 at \d+ instead of 0 microseconds\)"):
        working_copy.make(clip("25", frames=30).path, out / "copy.mp4")
    assert list(out.iterdir()) == []


def test_progress_is_steady_and_stopping_leaves_nothing(clip, tmp_path):
    def stop(fraction, _):
        if fraction > 0.3:
            raise Cancelled("Stopped.")

    said = []
    made = clip("25", size=(1280, 720), sound=True)
    working_copy.make(made.path, tmp_path / "copy.mp4", lambda *what: said.append(what))
    fractions = [fraction for fraction, _ in said]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0
    assert {message for _, message in said} == {"Making the working copy"}
    with pytest.raises(Cancelled):
        working_copy.make(made.path, tmp_path / "second.mp4", stop)
    assert [path.name for path in tmp_path.iterdir()] == ["copy.mp4"]
